import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { gzipSync, strToU8, zipSync } from 'fflate';
import type { ReaderName } from './readers.ts';

/**
 * Inputs that look like what a reader reads. What is written by hand in no test: pieces in any order, one of them a great many times (time that
 * grows with the square of a length shows there), values of the wrong kind in the right place, bytes turned or cut off.
 */
type Bytes = fc.Arbitrary<Uint8Array>;

const LONGEST = 150_000;
const times = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 4 }) },
  { weight: 1, arbitrary: fc.constantFrom(50, 1_000, 40_000) },
);
const ODD_TEXTS = [
  '',
  ' ',
  '\0',
  '\u0001',
  '\u0085',
  '\u2028',
  '\u202e',
  '\ud800',
  '\ufeff',
  '\ufffd',
  'é',
  '٣',
  '😀',
  '\t',
  '\n',
  '\r',
  '\r\n',
  '"',
  "'",
  '\\',
  'constructor',
  '__proto__',
  'toString',
  'hasOwnProperty',
  '-0',
  '1e999',
  'NaN',
  '99999999999999999999',
  '=1+1',
  '../../x',
  'javascript:alert(1)',
] as const;

/** Pieces in any order, each as often as may be. */
const texts = (...pieces: readonly string[]): fc.Arbitrary<string> =>
  fc
    .array(
      fc.tuple(
        fc.oneof(
          { weight: 8, arbitrary: fc.constantFrom(...pieces) },
          { weight: 1, arbitrary: fc.constantFrom(...ODD_TEXTS) },
          { weight: 1, arbitrary: fc.string({ maxLength: 20, unit: 'binary' }) },
        ),
        times,
      ),
      { maxLength: 14 },
    )
    .map((parts) =>
      parts
        .map(([piece, count]) => piece.repeat(count).slice(0, LONGEST))
        .join('')
        .slice(0, LONGEST),
    );
const asBytes = (of: fc.Arbitrary<string>): Bytes => of.map((text) => Uint8Array.from(Buffer.from(text)));

/** Some bytes turned, cut off, put in or doubled. */
function damaged(of: Bytes): Bytes {
  const change = fc.record({
    kind: fc.constantFrom('none', 'turn', 'cut', 'insert', 'double', 'zero'),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    byte: fc.nat(255),
    length: fc.integer({ min: 1, max: 64 }),
  });
  return fc.tuple(of, fc.array(change, { maxLength: 4 })).map(([bytes, changes]) =>
    changes.reduce<Uint8Array>((own, { kind, at, byte, length }) => {
      const place = Math.floor(at * own.length);
      const [before, after] = [own.subarray(0, place), own.subarray(place)];
      switch (kind) {
        case 'turn':
          return Buffer.concat([before, [byte], after.subarray(1)].map((part) => Buffer.from(part)));
        case 'cut':
          return before;
        case 'insert':
          return Buffer.concat([before, Buffer.alloc(length, byte), after]);
        case 'double':
          return Buffer.concat([before, after.subarray(0, length), after]);
        case 'zero':
          return Buffer.concat([before, Buffer.alloc(Math.min(4, after.length)), after.subarray(4)]);
        default:
          return own;
      }
    }, bytes),
  );
}

/** A value of JSON with something else in the place of a few of its parts. */
function bent(value: unknown): fc.Arbitrary<string> {
  const odd = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      true,
      0,
      -1,
      1.5,
      1e15,
      536_870_000,
      2 ** 31,
      Number.MAX_SAFE_INTEGER,
      [],
      {},
      [[]],
      [null],
      { constructor: 1 },
      'x'.repeat(LONGEST),
      '█'.repeat(1000),
      '0'.repeat(64),
      '2026-02-30T00:00:00Z',
      '+275760-09-13T00:00:00Z',
      '-000001-01-01T00:00:00Z',
    ),
    fc.constantFrom(...ODD_TEXTS),
    fc.integer(),
    fc.string({ maxLength: 30, unit: 'grapheme' }),
    fc.jsonValue({ maxDepth: 3 }),
  );
  const step = fc.record({
    way: fc.array(fc.nat(1000), { minLength: 1, maxLength: 6 }),
    what: fc.constantFrom('replace', 'remove', 'add', 'double'),
    odd,
    key: fc.oneof(fc.constantFrom(...ODD_TEXTS), fc.string({ maxLength: 5 })),
  });
  return fc.array(step, { maxLength: 4 }).map((steps) => {
    const root = { root: structuredClone(value) };
    for (const { way, what, odd: other, key } of steps) {
      const [at, name] = partAt(root, way);
      if (what === 'replace') at[name] = other;
      else if (what === 'double' && Array.isArray(at)) at.push(at[Number(name)]);
      else if (Array.isArray(at)) at.splice(Number(name), 1);
      else if (what === 'add')
        Object.defineProperty(at, key, {
          value: other,
          enumerable: true,
          configurable: true,
          writable: true,
        });
      else if (at !== root) delete at[name];
    }
    return JSON.stringify(root.root) ?? '';
  });
}

/** The object that a way through a value leads to, and the key of it. */
function partAt(root: Record<string, unknown>, way: readonly number[]): [Record<string, unknown>, string] {
  let [at, name] = [root, 'root'];
  for (const turn of way) {
    const own = at[name];
    if (own === null || typeof own !== 'object') break;
    const keys = Object.keys(own);
    if (keys.length === 0) break;
    [at, name] = [own as Record<string, unknown>, keys[turn % keys.length] ?? ''];
  }
  return [at, name];
}

const TAGS =
  'div span p a b i table tr td th ul li pre code textarea select option svg math template noscript script style title iframe details summary ruby rt del ins bdo form input button h1 x-y'.split(
    ' ',
  );
const html = texts(
  ...TAGS.flatMap((tag) => [`<${tag}>`, `</${tag}>`, `<${tag} `]),
  '<',
  '>',
  '<!--',
  '-->',
  '<!',
  '<![CDATA[',
  ']]>',
  '<!doctype html>',
  '&',
  '&#',
  '&#x110000;',
  '&amp;',
  '&nbsp;',
  ' hidden',
  ' class="',
  '"',
  "'",
  '=',
  ' style="display:none"',
  ' style="',
  'display:',
  'none',
  ';',
  '/*',
  '*/',
  ' dir=rtl',
  ' aria-hidden=true',
  ' href="',
  ' type=password',
  ' charset=',
  'utf-16',
  '/>',
  '\n',
  ' ',
  'word',
  'Log in',
  'a',
  '\u00ad',
  '\u200b',
  '.',
  '<meta charset=x>',
  '<meta http-equiv=refresh content="0;url=/a">',
  '<base href="',
  '<frameset>',
  '<plaintext>',
  '<a name=x ',
);
const mail = texts(
  'From: a <b@c.example>\r\n',
  'To: ',
  'Subject: ',
  '=?utf-8?B?',
  '=?utf-8?Q?',
  '?=',
  'Date: Mon, 2 Mar 2026 10:00:00 +0100\r\n',
  'Content-Type: text/plain; charset=utf-8\r\n',
  'Content-Type: text/html\r\n',
  'Content-Type: multipart/mixed; boundary=b\r\n',
  'Content-Type: multipart/alternative; boundary="c"\r\n',
  'Content-Type: message/rfc822\r\n',
  'Content-Type: ',
  'Content-Transfer-Encoding: base64\r\n',
  'Content-Transfer-Encoding: quoted-printable\r\n',
  "Content-Disposition: attachment; filename*0*=utf-8''a",
  '; ',
  'name=',
  '\r\n',
  '\r\n\r\n',
  '\n',
  '--b\r\n',
  '--b--\r\n',
  '--c\r\n',
  '--c--\r\n',
  '> ',
  '=3D',
  '=',
  'YWJj',
  ' ',
  '\t',
  '<p>',
  '</p>',
  'word',
  ',',
  '<',
  '>',
  '(',
  ')',
  '"',
  ':',
  ';',
  '@',
);

const cell = fc
  .tuple(
    fc.constantFrom(
      'A1',
      'B2',
      'C9',
      'Z99',
      'A1048576',
      'XFD1',
      'a1',
      '',
      'A0',
      'AAAA1',
      '1',
      'A99999999999',
    ),
    fc.constantFrom(
      '',
      ' t="s"',
      ' t="str"',
      ' t="inlineStr"',
      ' t="b"',
      ' t="e"',
      ' t="d"',
      ' t="x"',
      ' s="0"',
      ' s="999"',
    ),
    fc.constantFrom(
      '<v>1</v>',
      '<v>x</v>',
      '<v></v>',
      '<v>1e999</v>',
      '<v>999999</v>',
      '<v>-1</v>',
      '<is><t>a</t></is>',
      '<f>1+1</f>',
      '<f>1</f><v>2</v>',
      '',
      '<v>',
    ),
  )
  .map(([at, type, value]) => `<c r="${at}"${type}>${value}</c>`);
const sheetXml = fc
  .array(fc.tuple(fc.constantFrom('1', '2', '9', '', 'x', '1048576'), fc.array(cell, { maxLength: 6 })), {
    maxLength: 6,
  })
  .map(
    (rows) =>
      `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows.map(([row, cells]) => `<row r="${row}">${cells.join('')}</row>`).join('')}</sheetData></worksheet>`,
  );
const workbook: Bytes = fc
  .tuple(
    sheetXml,
    texts('<si>', '</si>', '<t>', '</t>', 'a', '<r>', '<sst>', '</sst>', '&#x1;', '&lol;'),
    fc.constantFrom('xl/worksheets/sheet1.xml', 'xl/worksheets/../../x', 'xl/__proto__', '/etc/passwd'),
    fc.boolean(),
  )
  .map(([sheet, strings, path, inOrder]) =>
    zipSync({
      '[Content_Types].xml': strToU8('<Types/>'),
      'xl/_rels/workbook.xml.rels': strToU8(
        `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
      ),
      'xl/workbook.xml': strToU8(
        `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>`,
      ),
      'xl/sharedStrings.xml': strToU8(inOrder ? '<sst><si><t>a</t></si></sst>' : strings),
      [path]: strToU8(sheet),
    }),
  );

const openDocument: Bytes = fc
  .array(
    texts(
      '<table:table table:name="A">',
      '</table:table>',
      '<table:table-row table:number-rows-repeated="9999999">',
      '<table:table-row>',
      '</table:table-row>',
      '<table:table-cell table:number-columns-repeated="9999999" office:value-type="float" office:value="1e999">',
      '<table:table-cell office:value-type="percentage" office:value="0.1" table:number-rows-spanned="99999999">',
      '<table:covered-table-cell/>',
      '</table:table-cell>',
      '<office:annotation>',
      '</office:annotation>',
      '<text:p>a</text:p>',
      '<text:p>',
      '<text:s text:c="999999999"/>',
      '<text:a xlink:href="javascript:1">',
    ),
    { maxLength: 3 },
  )
  .map((parts) => zipSync({ 'content.xml': strToU8(`<office:document-content>${parts.join('')}`) }));

const warcText = texts(
  'WARC/1.1\r\n',
  'WARC/1.0\r\n',
  'WARC-Type: response\r\n',
  'WARC-Type: resource\r\n',
  'WARC-Type: revisit\r\n',
  'WARC-Record-ID: <urn:uuid:a>\r\n',
  'WARC-Target-URI: https://a.example/\r\n',
  'WARC-Target-URI: file:///etc/passwd\r\n',
  'WARC-Date: 2026-03-02T10:00:00Z\r\n',
  'WARC-Date: +275760-09-13T00:00:01Z\r\n',
  'WARC-Date: \r\n',
  'WARC-Date: x\r\n',
  'WARC-Payload-Digest: sha1:x\r\n',
  'WARC-Payload-Digest: sha256:\r\n',
  'WARC-Payload-Digest: constructor:x\r\n',
  'Content-Length: 60\r\n',
  'Content-Length: 99999999999\r\n',
  'Content-Length: -1\r\n',
  'Content-Length: x\r\n',
  'Content-Type: application/http; msgtype=response\r\n',
  '\r\n',
  '\r\n\r\n',
  'HTTP/1.1 200 OK\r\n',
  'HTTP/1.1 abc\r\n',
  'HTTP/1.1 1e20 x\r\n',
  'Content-Type: text/html\r\n',
  'Content-Encoding: gzip\r\n',
  'Transfer-Encoding: chunked\r\n',
  'Location: file:///x\r\n',
  'ffffffff\r\n',
  '-1\r\n',
  '<p>a</p>',
  ':',
  '\0',
);
const warc = fc
  .tuple(asBytes(warcText), fc.constantFrom('plain', 'gzip'))
  .map(([bytes, form]) => (form === 'gzip' ? gzipSync(bytes) : bytes));
const RESOURCES = {
  profile: 'data-package',
  resources: [
    { name: 'a', path: 'archive/a.warc', hash: `sha256:${'0'.repeat(64)}`, bytes: 1 },
    { name: 'p', path: 'pages/pages.jsonl' },
  ],
};
const wacz: Bytes = fc
  .tuple(
    warc,
    bent(RESOURCES),
    bent({ hash: `sha256:${'0'.repeat(64)}` }),
    bent({ url: 'https://a.example/', filename: 'a.warc', offset: '0', length: '10' }),
    bent({ url: 'https://a.example/' }),
  )
  .map(([archive, descriptor, digest, index, page]) =>
    zipSync({
      'archive/a.warc': archive,
      'datapackage.json': strToU8(descriptor),
      'datapackage-digest.json': strToU8(digest),
      'indexes/a.cdxj': strToU8(`a 2026 ${index}\n`),
      'pages/pages.jsonl': strToU8(`${page}\n`),
    }),
  );

const hex = (digit: string) => digit.repeat(64);
const MANIFEST = {
  format: 1,
  tool: 'assay',
  source: 'a',
  time: '2026-03-02T10:00:00.000Z',
  method: 'fetch',
  address: 'https://a.example/',
  final: 'https://a.example/',
  hops: [{ address: 'https://a.example/', status: 200, headers: [['content-type', 'text/html']] }],
  parts: [
    { role: 'body', type: 'text/html', sha256: hex('a'), bytes: 1 },
    { role: 'text', type: 'text/plain', sha256: hex('b'), bytes: 1 },
  ],
  extractor: { id: 'html', version: '1' },
  title: 'A',
  language: 'en',
  charset: 'utf-8',
  replaced: 0,
  pages: [[0, 1]],
  verdict: 'ok',
};
const SEALED = {
  format: 1,
  segments: [
    { salt: 'a', file: 'YQ==' },
    { salt: 'b', text: 'c\n' },
    { redacted: hex('d'), points: 3, newline: true, of: 'text' },
  ],
};
const HEAD = {
  format: 1,
  entries: 2,
  chain: hex('a'),
  root: hex('b'),
  time: '2026-03-02T10:00:00.000Z',
  key: 'A'.repeat(43),
  signature: 'B'.repeat(86),
};
const QUOTE = { id: 'a', source: 'b', text: hex('a'), start: 0, end: 1, exact: 'c', prefix: '', suffix: '' };
const PROOF = {
  format: 1,
  quote: QUOTE,
  text: 'c',
  letter: SEALED,
  manifest: MANIFEST,
  entry: '{"manifest":"a"}',
  index: 0,
  path: [hex('a')],
  head: HEAD,
};

const example = (file: string) => readFileSync(`editions/example/2026/${file}`, 'utf8');
const ledger = fc
  .array(
    fc.oneof(
      fc.constantFrom(...example('ledger.jsonl').trimEnd().split('\n')),
      fc
        .constantFrom(...example('ledger.jsonl').trimEnd().split('\n'))
        .chain((line) => bent(JSON.parse(line))),
      fc.constantFrom(...ODD_TEXTS),
    ),
    { maxLength: 8 },
  )
  .map((lines) => lines.map((line) => `${line}\n`).join(''));

/** A real file, of which some lines are left out, doubled, or replaced by pieces. */
function relined(file: string, ...pieces: readonly string[]): Bytes {
  const lines = example(file).split('\n');
  const change = fc.record({
    at: fc.nat(lines.length),
    remove: fc.nat(3),
    put: texts(...pieces, ...lines.slice(0, 12)),
  });
  return damaged(
    asBytes(
      fc.array(change, { maxLength: 4 }).map((changes) => {
        const own = [...lines];
        for (const { at, remove, put } of changes) own.splice(at, remove, put);
        return own.join('\n');
      }),
    ),
  );
}
const YAML_PIECES = [
  '- ',
  'a: ',
  ': ',
  '{',
  '}',
  '[',
  ']',
  '&a ',
  '*a',
  '<<: ',
  '!!str ',
  '!x ',
  '|\n',
  '>-\n',
  '  ',
  '\n',
  '---\n',
  '...\n',
  '# a\n',
  '"',
  "'",
  '? ',
  'id: a\n',
  'null',
  '~',
  '0x1',
  '1_0',
  '.inf',
  'yes',
  '%YAML 1.2\n',
  '<<<<<<< a\n',
  '=======\n',
  '>>>>>>> b\n',
];
const CSV_PIECES = [
  ',',
  '"',
  '""',
  '\n',
  'a',
  'yes',
  'alder',
  'manual',
  ';',
  '\t',
  '2/3/2026',
  '1,000',
  "'1",
  '#REF!',
  '0',
  '<<<<<<< a\n',
  '>>>>>>> b\n',
];
const MD_PIECES = [
  '# ',
  '## a {#a}\n',
  '{#',
  '}',
  '[',
  ']',
  '[@',
  '[@alder-repairs#',
  '](',
  ')',
  '{claim=',
  '{undecided="',
  '```sql a\n',
  '```',
  '~~~',
  'select 1',
  '---\n',
  '**',
  '*',
  '`',
  '<b>',
  '![',
  '|',
  '@a-b',
  '\n',
  '\n\n',
  ' ',
  '> ',
  '- ',
  '    ',
];

export const GRAMMARS: Readonly<Record<ReaderName, Bytes>> = {
  html: damaged(asBytes(html)),
  mail: damaged(asBytes(mail)),
  sheet: damaged(workbook),
  'text of any set': fc.oneof(
    fc.uint8Array({ maxLength: 500 }),
    asBytes(texts('\ufeff', '\0', 'a', '\ufffe')),
  ),
  wacz: damaged(wacz),
  warc: damaged(warc),
  manifest: asBytes(bent(MANIFEST)),
  'sealed letter': asBytes(bent(SEALED)),
  proof: asBytes(bent(PROOF)),
  'time stamp': fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    damaged(
      fc.constant(
        Uint8Array.from(
          Buffer.from('3080300a020100300506030a0b0c308006092a864886f70d010702a080308002010331', 'hex'),
        ),
      ),
    ),
  ),
  head: asBytes(bent(HEAD)),
  'ledger of an archive': damaged(asBytes(ledger)),
  'ledger.jsonl': damaged(asBytes(ledger)),
  'answers.csv': relined('answers.csv', ...CSV_PIECES),
  'companies.csv': relined('companies.csv', ...CSV_PIECES),
  'correspondence.csv': asBytes(
    texts(
      'company,date,direction,kind,round,about,outcome,source\n',
      'alder,',
      '2026-03-02,',
      'sent,',
      'letter,',
      '1,',
      ...CSV_PIECES,
    ),
  ),
  'edition.yaml': relined('edition.yaml', ...YAML_PIECES),
  'methodology.yaml': relined('methodology.yaml', ...YAML_PIECES),
  'quotes.yaml': relined('quotes.yaml', ...YAML_PIECES),
  'translations/fr.yaml': asBytes(
    fc.oneof(
      texts('measures:\n', '  manual: ', '{ name: a }\n', ...YAML_PIECES),
      bent({
        edition: { title: 'a' },
        measures: { manual: { name: 'b' } },
        findings: { manuals: { text: '[a]{claim=b}' } },
      }),
    ),
  ),
  'sources.json': fc.oneof(
    asBytes(bent(JSON.parse(example('sources.json')))),
    relined('sources.json', '{', '}', '[', ']', '"', ',', ':', '"id"', '1e999'),
  ),
  'findings.md': relined('findings.md', ...MD_PIECES),
  'background.md': asBytes(texts(...MD_PIECES)),
  'assessments/alder.md': asBytes(
    texts('---\nunit: alder\n---\n# A\n', '## Manual {#manual}\n', ...MD_PIECES),
  ),
  'table to import, CSV': fc.oneof(
    damaged(asBytes(texts(...CSV_PIECES, 'Company,A,B\n', '|', '\ufeff', '\r'))),
    fc.uint8Array({ maxLength: 300 }),
  ),
  'table to import, XLSX': damaged(workbook),
  'table to import, ODS': damaged(openDocument),
  'mapping of an import': asBytes(
    fc.oneof(
      texts('tables:\n', 'units:\n', 'file: a\n', ...YAML_PIECES),
      bent({ tables: [{ file: 'a*.csv' }] }),
    ),
  ),
};
