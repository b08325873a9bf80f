import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { docx, odt, paragraph, run, xlsx } from '../../../tests/office.ts';
import { extractText } from './extract.ts';
import { ExtractError } from './extract-error.ts';

/** Whatever a document holds: a text, or a refusal in words; never another exception, and never the limits, which are for large ones. */
async function holds(name: string, bytes: Uint8Array): Promise<void> {
  try {
    const { text, hidden, pages } = await extractText({ name, bytes });
    expect(text.includes('\0') || hidden.includes('\0')).toBe(false);
    for (const [start, end] of pages) expect(start >= 0 && start <= end && end <= text.length).toBe(true);
  } catch (error) {
    expect(error).toBeInstanceOf(ExtractError);
    expect(String(error)).not.toMatch(/takes longer|more memory|undefined|is not a function/);
  }
}

const runs = (numRuns: number) => ({ numRuns, endOnFailure: true });
const word = fc.constantFrom(
  'a',
  'We',
  'never',
  ' ',
  '\n',
  '\t',
  '&amp;',
  '&#0;',
  '&#x1F984;',
  '>',
  '"',
  "'",
  'שלום',
  'مرحبا',
  '█',
  '\u202e',
  '\ud800',
  '--',
  ']]>',
);
const soup = (pieces: fc.Arbitrary<string>, maxLength = 60) =>
  fc.array(pieces, { maxLength }).map((own) => own.join(''));

const tag = fc.constantFrom(
  ...'p div b i table tr td ul li blockquote pre a script style svg math select template title textarea iframe br form dialog noscript ruby rt'.split(
    ' ',
  ),
);
const attribute = fc.constantFrom(
  '',
  ' hidden',
  ' class="gmail_quote"',
  ' style="display:none"',
  ' id=divRplyFwdMsg',
  ' style="',
  ' charset=klingon',
  ' =',
  " a='",
);
const html = soup(
  fc.oneof(
    word,
    fc.tuple(tag, attribute).map(([name, own]) => `<${name}${own}>`),
    tag.map((name) => `</${name}>`),
    fc.constantFrom('<!--', '-->', '<![CDATA[', '<!', '<?', '<'),
  ),
);

const header = fc.constantFrom(
  'From: A <a@b>',
  'From: =?utf-8?Q?=FF?= <',
  'To: g: a@b, c@d;',
  'Date: x',
  'Date: Tue, 99 Foo 0000 99:99',
  'Subject: =?x?B?!!?=',
  'Content-Type: text/html',
  'Content-Type: text/plain; charset=klingon',
  'Content-Transfer-Encoding: base64',
  'Content-Transfer-Encoding: quoted-printable',
  'Content-Disposition: attachment; filename*=utf-8',
  'Content-Type: message/rfc822',
  'Content-Type: multipart/alternative; boundary=b',
  'Content-Type: multipart/mixed; boundary="b c"',
  'Content-Type: multipart/',
  ' folded',
  ':',
  'no header',
);
const mail = fc
  .array(
    fc.oneof(
      header,
      html,
      fc.constantFrom(
        '',
        '--b',
        '--b--',
        '--b c',
        '> quoted',
        '-----Original Message-----',
        'From: a',
        'Sent: b',
        '=ZZ',
        'AAAA',
      ),
    ),
    { maxLength: 40 },
  )
  .map((lines) => lines.join('\r\n'));

const wordElement = fc.constantFrom(
  ...'p r t tab br del ins delText rPr pPr vanish strike rStyle tbl tr tc footnoteReference footnote sym Fallback txbxContent'
    .split(' ')
    .map((name) => `w:${name}`),
);
const xml = soup(
  fc.oneof(
    word,
    wordElement.map((name) => `<${name}>`),
    wordElement.map((name) => `</${name}>`),
    wordElement.map((name) => `<${name} w:val="0" w:id="1"/>`),
  ),
);
/** A tree, so that it is read to its end. */
const tree = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 6 },
    run0(),
    fc
      .tuple(wordElement, fc.array(tie('node'), { maxLength: 4 }))
      .map(([name, own]) => `<${name}>${own.join('')}</${name}>`),
  ),
})).node;
function run0() {
  return fc.constantFrom('', run('x'), paragraph(run('y')), '<w:t>z</w:t>');
}

const rtf = soup(
  fc.oneof(
    word.map((own) => own.replaceAll('\ud800', '')),
    fc.constantFrom(
      '{',
      '}',
      '\\',
      "\\'",
      "\\'e9",
      "\\'zz",
      '\\u8364?',
      '\\u-1',
      '\\uc9',
      '\\par',
      '\\cell',
      '\\row',
      '\\f9',
      '{\\fonttbl{\\f1\\fcharset204;}}',
      '{\\info{\\title x}}',
      '\\bin99999999999',
      '\\bin2 ',
      '\\*',
      '{\\footnote ',
      '\\v',
      '\\ansicpg99999',
      '\\strike0',
      '\\revtim',
    ),
  ),
);

/** The bytes with some of them changed, and perhaps cut off. */
const mutated = (bytes: Uint8Array) =>
  fc
    .tuple(
      fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 }),
      fc.nat(bytes.length),
    )
    .map(([changes, cut]) => {
      const own = Uint8Array.from(bytes);
      for (const [at, value] of changes) own[at] = value;
      return cut % 4 === 0 ? own.subarray(0, cut) : own;
    });

describe('no document gives an exception, or takes longer than it may', () => {
  it(
    'pages',
    () =>
      fc.assert(
        fc.asyncProperty(html, (own) => holds('a.html', Buffer.from(own))),
        runs(150),
      ),
    60_000,
  );
  it(
    'mails',
    () =>
      fc.assert(
        fc.asyncProperty(mail, (own) => holds('a.eml', Buffer.from(own))),
        runs(300),
      ),
    60_000,
  );
  it(
    'texts of any bytes',
    () =>
      fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), (own) => holds('a.txt', own)),
        runs(150),
      ),
    60_000,
  );
  it(
    'Word files of any words',
    () =>
      fc.assert(
        fc.asyncProperty(fc.oneof(xml, tree), (own) =>
          holds('a.docx', docx(own, { 'word/styles.xml': `<w:styles>${own}</w:styles>` })),
        ),
        runs(200),
      ),
    60_000,
  );
  it(
    'OpenDocuments of any words',
    () =>
      fc.assert(
        fc.asyncProperty(tree, (own) => holds('a.odt', odt(own.replaceAll('w:', 'text:')))),
        runs(100),
      ),
    60_000,
  );
  it(
    'RTF',
    () =>
      fc.assert(
        fc.asyncProperty(rtf, (own) => holds('a.rtf', Buffer.from(`{\\rtf1 ${own}`))),
        runs(300),
      ),
    60_000,
  );

  it('archives of any bytes', () => {
    const whole = [
      ['a.docx', docx(paragraph(run('We never sell data.')))],
      ['a.odt', odt('<text:p>We never sell data.</text:p>')],
      [
        'a.xlsx',
        xlsx([{ name: 'S', xml: '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>' }]),
      ],
    ] as const;
    const any = fc.oneof(...whole.map(([name, bytes]) => mutated(bytes).map((own) => [name, own] as const)));
    return fc.assert(
      fc.asyncProperty(any, ([name, own]) => holds(name, own)),
      runs(200),
    );
  }, 60_000);

  it('PDFs of any bytes', () => {
    const bytes = new Uint8Array(readFileSync('tests/documents/he.pdf'));
    return fc.assert(
      fc.asyncProperty(mutated(bytes), (own) => holds('a.pdf', own)),
      runs(12),
    );
  }, 60_000);
});
