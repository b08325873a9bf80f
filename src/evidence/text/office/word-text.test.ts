import { describe, expect, it } from 'vitest';
import { docx, odt, paragraph, run, zip } from '../../../../tests/office.ts';
import { extractText } from '../extract.ts';
import { ExtractError } from '../extract-error.ts';

const read = (bytes: Uint8Array, name: string) => extractText({ bytes, name });
const rtf = (body: string, head = '\\ansi\\ansicpg1252') => Buffer.from(`{\\rtf1${head} ${body}}`, 'latin1');

describe('the text of a Word document', () => {
  it('is its paragraphs, its tables by row, and its notes at the end', async () => {
    const cell = (...texts: string[]) => `<w:tc>${texts.map((text) => paragraph(run(text))).join('')}</w:tc>`;
    const { text } = await read(
      docx(
        paragraph(
          `${run('We answer')}<w:r><w:tab/></w:r>${run('lawful ')}${run('requests.')}<w:r><w:footnoteReference w:id="7"/></w:r>`,
        ) +
          `<w:tbl><w:tr>${cell('Requests')}${cell('41')}</w:tr><w:tr>${cell('Refused', 'in part')}${cell('32')}</w:tr></w:tbl>` +
          paragraph(
            `${run('Line one')}<w:r><w:br/></w:r>${run('line two, non')}<w:r><w:noBreakHyphen/></w:r>${run('breaking')}`,
          ),
        {
          'word/footnotes.xml': `<w:footnotes><w:footnote w:type="separator" w:id="0">${paragraph(run('——'))}</w:footnote><w:footnote w:id="7">${paragraph(run('In Alder only.'))}</w:footnote></w:footnotes>`,
          'word/header1.xml': `<w:hdr>${paragraph(run('Alder Ltd'))}</w:hdr>`,
          'word/header2.xml': `<w:hdr>${paragraph(run('Alder Ltd'))}</w:hdr>`,
        },
      ),
      'letter.docx',
    );
    expect(text.replace('——\n\n', '')).toBe(
      'Alder Ltd\n\nWe answer\tlawful requests.[1]\n\nRequests\t41\nRefused in part\t32\n\nLine one\nline two, non\u2011breaking\n\n[1] In Alder only.',
    );
  });

  it.each([
    ['deleted', `<w:del>${'<w:r><w:delText>never </w:delText></w:r>'}</w:del>`],
    ['moved away', `<w:moveFrom>${run('never ')}</w:moveFrom>`],
    ['struck out', run('never ', '<w:strike/>')],
    ['struck out twice', run('never ', '<w:dstrike w:val="true"/>')],
    ['hidden', run('never ', '<w:vanish/>')],
    ['hidden by a style', run('never ', '<w:rStyle w:val="Secret"/>')],
    ['hidden by what a style is based on', run('never ', '<w:rStyle w:val="Child"/>')],
  ])('words that are %s are no text, and not lost', async (_, words) => {
    const styles =
      '<w:styles><w:style w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="Child"><w:basedOn w:val="Secret"/></w:style><w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style></w:styles>';
    const { text, hidden } = await read(
      docx(paragraph(run('We ') + words + run('share data.')), { 'word/styles.xml': styles }),
      'a.docx',
    );
    expect({ text, hidden: hidden.trim() }).toEqual({ text: 'We share data.', hidden: 'never' });
  });

  it('what was inserted is text, and a look that was taken back does not count', async () => {
    const { text, remarks } = await read(
      docx(
        paragraph(
          `<w:ins>${run('We ')}</w:ins>${run('keep ', '<w:strike w:val="0"/>')}${run('logs.', '<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>')}`,
          '<w:rPr><w:vanish/></w:rPr>',
        ),
      ),
      'a.docx',
    );
    expect(text).toBe('We keep logs.');
    expect(remarks).toEqual([expect.stringContaining('tracked changes')]);
  });

  it('says what it is called, who wrote it, and when', async () => {
    const core =
      '<cp:coreProperties><dc:title>Your questions</dc:title><dc:creator>Jane Roe</dc:creator><dcterms:created>2025-01-01T00:00:00Z</dcterms:created><dcterms:modified>2026-12-01T23:40:00Z</dcterms:modified></cp:coreProperties>';
    expect(await read(docx(paragraph(run('x')), { 'docProps/core.xml': core }), 'a.docx')).toMatchObject({
      kind: 'word',
      title: 'Your questions',
      letter: { author: 'Jane Roe', date: '2026-12-01' },
    });
  });

  it('is known by what is in it, whatever it is called', async () => {
    expect(await read(docx(paragraph(run('x'))), 'letter')).toMatchObject({ kind: 'word', text: 'x' });
    expect(await read(odt('<text:p>x</text:p>'), 'letter.bin')).toMatchObject({ kind: 'word', text: 'x' });
    expect(await read(rtf('x'), 'letter.doc')).toMatchObject({ kind: 'word', text: 'x' });
  });
});

describe('the text of an OpenDocument text', () => {
  it('is its paragraphs, lists, tables and notes; what is struck out or deleted is apart', async () => {
    const { text, hidden, title, letter } = await read(
      odt(
        '<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>J</dc:creator></office:change-info><text:p>never</text:p></text:deletion></text:changed-region></text:tracked-changes>' +
          '<text:h>Answers</text:h><text:p>We answer<text:s text:c="2"/>lawful<text:tab/>requests.<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>In Alder.</text:p></text:note-body></text:note></text:p>' +
          '<text:list><text:list-item><text:p>one</text:p></text:list-item><text:list-item><text:p>two</text:p></text:list-item></text:list>' +
          '<table:table><table:table-row><table:table-cell><text:p>A</text:p><text:p>B</text:p></table:table-cell><table:table-cell table:number-columns-repeated="1000000"><text:p>C</text:p></table:table-cell></table:table-row></table:table>' +
          '<text:p>We <text:span text:style-name="T1">do not </text:span>share.<text:line-break/>End</text:p>',
        '<style:style style:name="T1"><style:text-properties style:text-line-through-style="solid"/></style:style>',
        {
          'meta.xml':
            '<office:meta><dc:title>Answers</dc:title><meta:initial-creator>Jo</meta:initial-creator><dc:date>2026-12-01T10:00:00</dc:date></office:meta>',
        },
      ),
      'a.odt',
    );
    expect(text).toBe(
      'Answers\n\nWe answer  lawful\trequests.[1]\n\none\ntwo\n\nA B\tC\n\nWe share.\nEnd\n\nIn Alder.',
    );
    expect(hidden).toBe('never\n\ndo not');
    expect({ title, letter }).toEqual({ title: 'Answers', letter: { author: 'Jo', date: '2026-12-01' } });
  });
});

describe('what stands within a sentence of an OpenDocument text', () => {
  const note =
    '<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>In Alder.</text:p><text:p>Only there.</text:p></text:note-body></text:note>';
  const comment = '<office:annotation><dc:creator>J</dc:creator><text:p>Sure?</text:p></office:annotation>';
  const cell = (words: string) =>
    `<table:table><table:table-row><table:table-cell>${words}</table:table-cell></table:table-row></table:table>`;
  it.each([
    [
      'a note',
      (words: string) => words,
      note,
      'We hand out data[1] to the police.\n\nIn Alder.\nOnly there.',
      '',
    ],
    ['a comment', (words: string) => words, comment, 'We hand out data to the police.', 'Sure?'],
    ['a note, in a cell', cell, note, 'We hand out data[1] to the police.\n\nIn Alder.\nOnly there.', ''],
    ['a comment, in a cell', cell, comment, 'We hand out data to the police.', 'Sure?'],
  ])('does not break it: %s', async (_, around, what, text, hidden) => {
    const body = around(`<text:p>We hand out data${what} to the police.</text:p>`);
    expect(await read(odt(body), 'a.odt')).toMatchObject({ text, hidden });
  });
});

describe('the text of an RTF document', () => {
  it.each([
    ['paragraphs and lines', 'One\\par Two\\line three', 'One\n\nTwo\nthree'],
    ['tables', '\\trowd A\\cell B\\cell\\row C\\cell D\\cell\\row', 'A\tB\nC\tD'],
    ['Unicode, with what stands in for it', 'caf\\u233?, \\uc2\\u8364??\\uc1 5', 'café, €5'],
    [
      'letters beyond the first plane',
      '\\u-10178?\\u-8436?',
      '🌌'.length === 2 ? String.fromCharCode(65536 - 10178, 65536 - 8436) : '',
    ],
    ['typography', '\\ldblquote a\\rdblquote\\emdash b\\~c\\_d', '“a”—b\u00a0c\u2011d'],
    ['bytes of the code page', "\\'e9", 'é'],
    ['braces and backslashes', '\\{a\\}\\\\b', '{a}\\b'],
    [
      'groups that are no text',
      '{\\fonttbl{\\f0 Arial;}}{\\colortbl;\\red0;}{\\*\\generator X;}{\\pict 0a0b}{\\stylesheet{Normal;}}a',
      'a',
    ],
    ['fields as they show', '{\\field{\\*\\fldinst HYPERLINK "x"}{\\fldrslt here}}', 'here'],
    ['raw bytes', 'a\\bin3 }}}b', 'ab'],
    ['notes at the end', 'a{\\footnote In Alder.}b', 'a[*]b\n\nIn Alder.'],
  ])('%s', async (_, body, text) => {
    expect((await read(rtf(body), 'a.rtf')).text).toBe(text);
  });

  it('each font has its character set', async () => {
    const { text } = await read(
      rtf(
        "{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset204 B;}{\\f2\\fcharset128 C;}}\\f0\\'e9\\f1\\'cf\\f2\\'82\\'a0",
      ),
      'a.rtf',
    );
    expect(text).toBe('éПあ');
    expect((await read(rtf("\\'cf", '\\ansi\\ansicpg1251'), 'a.rtf')).text).toBe('П');
  });

  it('what is struck out, hidden or deleted is apart; the properties are read', async () => {
    expect(
      await read(
        rtf(
          '{\\info{\\title Your questions}{\\author Jane Roe}{\\creatim\\yr2026\\mo12\\dy1\\hr9}}We {\\strike do not }{\\v x}{\\deleted y}share.',
        ),
        'a.rtf',
      ),
    ).toMatchObject({
      text: 'We share.',
      hidden: 'do not xy',
      title: 'Your questions',
      letter: { author: 'Jane Roe', date: '2026-12-01' },
    });
  });
});

describe('a document of which words are struck out', () => {
  it.each([
    ['a.docx', docx(paragraph(run('We ') + run('never ', '<w:strike/>') + run('share.')))],
    [
      'a.odt',
      odt(
        '<text:p>We <text:span text:style-name="T1">never </text:span>share.</text:p>',
        '<style:style style:name="T1"><style:text-properties style:text-line-through-style="solid"/></style:style>',
      ),
    ],
    ['a.rtf', rtf('We {\\strike never }share.')],
  ])('says so: %s', async (name, bytes) => {
    expect((await read(bytes, name)).remarks).toEqual([
      'Some of its words are struck out, hidden, deleted or a comment: 5 characters, which are not in the text',
    ]);
  });

  it('and one without such words does not', async () => {
    expect((await read(docx(paragraph(run('We share.'))), 'a.docx')).remarks).toEqual([]);
    expect((await read(odt('<text:p>We share.</text:p>'), 'a.odt')).remarks).toEqual([]);
    expect((await read(rtf('We share.'), 'a.rtf')).remarks).toEqual([]);
  });
});

describe('what is not read is refused in words that say what to do', () => {
  const old = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
  it.each([
    ['a.doc', old, 'save it as .docx or PDF'],
    ['a.xls', old, 'save it as .xlsx'],
    ['a.docx', Buffer.concat([old, Buffer.from('EncryptedPackage', 'utf16le')]), 'locked with a password'],
    [
      'a.docx',
      zip({ 'word/document.xml': '<w:document><w:body>' }),
      'the document cannot be read: its XML is broken',
    ],
    ['a.docx', Buffer.from('PK nonsense'), 'the document cannot be read'],
    ['a.docx', Buffer.from('nonsense'), 'it is no document of a word processor'],
    [
      'a.odt',
      odt('', '', { 'META-INF/manifest.xml': '<m:manifest><m:encryption-data/></m:manifest>' }),
      'locked with a password',
    ],
  ])('%s', async (name, bytes, message) => {
    const failed = read(bytes, name);
    await expect(failed).rejects.toThrow(ExtractError);
    await expect(failed).rejects.toThrow(message);
  });

  it('and no entity is expanded', async () => {
    const bomb = `<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><w:document><w:body>${paragraph(run('&b;'))}</w:body></w:document>`;
    const { text } = await read(zip({ 'word/document.xml': bomb }), 'a.docx');
    expect(text.length).toBeLessThan(10);
  });
});
