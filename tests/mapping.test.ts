import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { writeEdition } from '#edition/folder';
import { type Imported, importTables } from '#importers/index';
import { temporaryFolder } from './folders.ts';
import { ods, xlsx } from './office.ts';

/** What a mapping can say, each with a small table. */

const METHOD = `edition: { id: t, title: T }
method:
  scales:
    - { id: s, kind: number, min: 0, max: 100 }
    - id: yn
      kind: options
      answers: [{ answer: yes, points: 2, name: Yes }, { answer: partial, points: 1, name: Partly }, { answer: no, points: 0, name: No }]
  rounding: { rule: half-up, digits: 3 }
  ranking: { measure: total, basis: exact, ties: competition }
  measures:
    - { id: total, name: Total, combine: sum }
`;
const AB = `    - { id: a, parent: total, name: First question, scale: s }
    - { id: b, parent: total, name: Second question, scale: s }
`;

type Files = Readonly<Record<string, string | Uint8Array>>;

async function read(files: Files, mapping: string): Promise<Imported> {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries({ ...files, 'mapping.yaml': mapping })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  const [one] = await importTables(folder, join(folder, 'mapping.yaml'), () => {});
  if (!one) throw new Error('nothing was imported');
  return one;
}

interface Row {
  readonly unit: string;
  readonly measure: string;
  readonly answer: string;
  readonly citations: string;
  readonly note: string;
}

function rows({ edition }: Imported): Row[] {
  const folder = temporaryFolder();
  writeEdition(edition, folder);
  return Papa.parse<Row>(readFileSync(join(folder, 'answers.csv'), 'utf8').trim(), { header: true }).data;
}

const answers = (one: Imported) =>
  rows(one).map(({ unit, measure, answer }) => `${unit} ${measure} ${answer}`);
const said = ({ remarks }: Imported) => remarks.map(({ kind, message }) => `${kind}: ${message}`).join('\n');
const figures = ({ edition }: Imported) =>
  edition.published.map(({ unit, measure, figure, value }) => `${unit} ${measure} ${figure} ${value}`);

const cell = (at: string, value: string, rest = '') =>
  /^[\d.]+$/.test(value)
    ? `<c r="${at}"${rest}><v>${value}</v></c>`
    : `<c r="${at}" t="inlineStr"${rest}><is><t>${value}</t></is></c>`;
const sheet = (table: readonly (readonly string[])[], after = '') =>
  `<sheetData>${table
    .map(
      (cells, row) =>
        `<row r="${row + 1}">${cells.map((text, column) => (text === '' ? '' : cell(`${'ABCDEFG'[column]}${row + 1}`, text))).join('')}</row>`,
    )
    .join('')}</sheetData>${after}`;

describe('where a table stands', () => {
  it('a heading over two rows: names are joined, and found by their last part', async () => {
    const csv = ',2019,,2020,\nUnit,A,B,A,B\nash,1,2,3,4\n';
    const table = (a: string, b: string) =>
      `${METHOD}${AB}tables: [{ file: t.csv, heading: 2, unit: Unit, answers: { a: "${a}", b: "${b}" } }]`;
    expect(answers(await read({ 't.csv': csv }, table('2020 / A', '2020 / B')))).toEqual([
      'ash a 3',
      'ash b 4',
    ]);
    await expect(read({ 't.csv': csv }, table('A', 'B'))).rejects.toThrow('has no column “A”');
  });

  it('merged cells name the columns, and the rows, that they cover', async () => {
    const merged = sheet(
      [
        ['', 'Scores', '', 'Other'],
        ['Unit', 'A', 'B', 'A'],
        ['ash', '1', '2', '9'],
        ['', '5', '6', '9'],
      ],
      '<mergeCells><mergeCell ref="B1:C1"/><mergeCell ref="A3:A4"/></mergeCells>',
    );
    const one = await read(
      { 't.xlsx': xlsx([{ name: 'S', xml: merged }]) },
      `${METHOD}${AB}doubled: last\ntables: [{ file: t.xlsx, heading: 2, unit: Unit, answers: { a: Scores / A, b: B } }]`,
    );
    expect(answers(one)).toEqual(['ash a 5', 'ash b 6']);
    expect(said(one)).toContain('answered twice');
  });

  it('columns by their letters, and a name that two columns have', async () => {
    const one = await read(
      { 't.csv': 'Unit,,Score,Score\nash,1,2,3\n' },
      `${METHOD}${AB}tables: [{ file: t.csv, unit: column A, answers: { a: column B, b: Score } }]`,
    );
    expect(answers(one)).toEqual(['ash a 1', 'ash b 2']);
    expect(said(one)).toContain(
      '“t.csv” has two columns “Score”; the first is read. The other is called “Score (2)”',
    );
  });

  it('names of columns and sheets whatever their case, blanks and line breaks', async () => {
    const one = await read(
      { 't.csv': '"The\nUnit",A ,b\nash,1,2\n' },
      `${METHOD}${AB}tables: [{ file: t.csv, unit: the unit, answers: { a: A, b: B } }]`,
    );
    expect(answers(one)).toEqual(['ash a 1', 'ash b 2']);
  });

  it('rows to stop at', async () => {
    const one = await read(
      { 't.csv': 'Unit,A,B\nash,1,2\nAll countries,1,2\nbay,3,4\n' },
      `${METHOD}${AB}tables: [{ file: t.csv, unit: Unit, until: "all*", answers: { a: A, b: B } }]`,
    );
    expect(answers(one)).toEqual(['ash a 1', 'ash b 2']);
    expect(one.accounts[0]?.passed).toEqual([{ why: 'below the table', cells: 6 }]);
  });

  it('“where”, for units and leaves too', async () => {
    const one = await read(
      {
        'u.csv': 'Id,Name,In\nash,Ash,yes\nbay,Bay,no\n',
        'q.csv': 'Id,Kind\na,q\nz,other\n',
        't.csv': 'Unit,Q,A\nash,a,1\n',
      },
      `${METHOD}leaves: { parent: total, scale: s, from: { file: q.csv, id: Id, where: { Kind: q } } }
units: { file: u.csv, id: Id, name: Name, where: { In: yes } }
tables: [{ file: t.csv, unit: Unit, measure: Q, answer: A }]`,
    );
    expect(one.edition.companies.map(({ name }) => name)).toEqual(['Ash']);
    expect(answers(one)).toEqual(['ash a 1']);
  });

  it('the separator and the character set, said or found', async () => {
    const cyrillic = Buffer.from([
      ...Buffer.from('Unit;A;B\n'),
      ...[0xd0, 0xee, 0xf1, 0xf1, 0xe8, 0xff], // Россия
      ...Buffer.from(';1,5;2\n'),
    ]);
    const mapping = (rest: string) =>
      `${METHOD}${AB}tables: [{ file: t.csv, ${rest} unit: Unit, answers: { a: A, b: B } }]`;
    const named = await read({ 't.csv': cyrillic }, mapping('encoding: windows-1251, separator: semicolon,'));
    expect(named.edition.companies[0]?.name).toBe('Россия');
    await expect(read({ 't.csv': cyrillic }, mapping('separator: tab,'))).rejects.toThrow('no column “Unit”');
    await expect(read({ 't.csv': cyrillic }, mapping('encoding: klingon,'))).rejects.toThrow(
      'There is no encoding “klingon”',
    );
  });

  it.each([
    ['windows-1251', ['Великобритания', 'Республика Корея', 'Соединённые Штаты Америки', 'Казахстан']],
    ['windows-1251', ['Україна', 'Київстар', 'Європа']],
    ['iso-8859-2', ['Česká republika', 'Maďarsko', 'Žďár nad Sázavou', 'Łódź', 'Košice a okolí jsou hezké']],
    ['windows-1250', ['Łódź', 'Kraków', 'Wrocław', 'Poznań', 'Gdańsk', 'Białystok', 'Częstochowa']],
    ['iso-8859-7', ['Ελλάδα', 'Κύπρος', 'Γερμανία']],
    ['windows-1252', ['Österreich', 'Türkei', 'Dänemark', 'Rumänien']],
    ['windows-1252', ['España', 'Perú', 'México']],
    ['utf-16le', ['Österreich']],
  ])('%s is recognised: %s', async (set, names) => {
    const table = names.map((name) => `${name};1;2`).join('\n');
    const one = await read(
      { 't.csv': encoded(`Unit;A;B\n${table}\n`, set) },
      `${METHOD}${AB}tables: [{ file: t.csv, unit: Unit, answers: { a: A, b: B } }]`,
    );
    expect(one.edition.companies.map(({ name }) => name)).toEqual(names);
    expect(said(one)).toContain('does not say its encoding');
  });
});

/** A text in a set that Node reads and does not write: by looking each byte up. */
function encoded(text: string, set: string): Uint8Array {
  if (set === 'utf-16le') return Buffer.from(text, 'utf16le');
  const decoder = new TextDecoder(set);
  const bytes = new Map(
    Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]),
  );
  return Uint8Array.from(Array.from(text, (character) => bytes.get(character) ?? 0x3f));
}

describe('what is asked', () => {
  it('columns that are headed by the name or the id of a measure', async () => {
    const one = await read(
      { 't.csv': 'Unit,first question,b,Else\nash,1,2,x\n' },
      `${METHOD}${AB}tables: [{ file: t.csv, unit: Unit, answers: by-heading }]`,
    );
    expect(answers(one)).toEqual(['ash a 1', 'ash b 2']);
    expect(one.accounts[0]?.passed).toEqual([{ why: 'column “Else”, which is not asked for', cells: 1 }]);
  });

  it('measures of long rows by their names', async () => {
    const one = await read(
      { 't.csv': 'Unit,Q,A\nash,First question,1\nash,B,2\nash,Overall,3\n' },
      `${METHOD}${AB}tables: [{ file: t.csv, unit: Unit, measure: Q, answer: A, rows: { Overall: total } }]
measures: { B: b }`,
    );
    expect(answers(one)).toEqual(['ash a 1', 'ash b 2']);
    expect(figures(one)).toEqual(['ash total total 3']);
  });

  it('units that are named across, questions down', async () => {
    const one = await read(
      { 't.csv': 'Q,Hint,ash,bay\na,h,1,2\nb,,3,\nRank,,2,1\n' },
      `${METHOD}${AB}tables: [{ file: t.csv, measure: Q, units-across: [ash, bay], rows: { Rank: position } }]`,
    );
    expect(answers(one)).toEqual(['ash a 1', 'bay a 2', 'ash b 3', 'bay b not-assessed']);
    expect(figures(one)).toEqual(['ash total position 2', 'bay total position 1']);
  });

  it('parents by the beginning of a name, weights in words', async () => {
    const one = await read(
      {
        'q.csv': 'Id,Weight\nG1,high\nG2,low\nP1,2.5\n',
        't.csv': 'Unit,Q,A\nash,G1,1\nash,G2,2\nash,P1,3\n',
      },
      `${METHOD}    - { id: governance, parent: total, name: Governance, combine: mean }
    - { id: privacy, parent: total, name: Privacy, combine: mean }
leaves:
  { parent: total, scale: s, parents: { G: governance, P: privacy }, weights: { high: 3, low: 1 }, from: { file: q.csv, id: Id, weight: Weight } }
tables: [{ file: t.csv, unit: Unit, measure: Q, answer: A }]`,
    );
    expect(
      one.edition.methodology.measures.slice(-3).map(({ id, parent, weight }) => `${parent} ${id} ${weight}`),
    ).toEqual(['governance g1 3', 'governance g2 1', 'privacy p1 2.5']);
  });

  it('a matrix of points, in words too; an answer without points cannot be given', async () => {
    const one = await read(
      {
        'q.csv': 'Id,Yes,Partly,No\nq1,full,half,none\nq2,5,,0\n',
        't.csv': 'Unit,q1,q2\nash,Partly,Yes\nbay,Yes,Partly\n',
      },
      `${METHOD}leaves:
  { parent: total, scale: yn, points: { full: 4, half: 2, none: 0 }, from: { file: q.csv, id: Id, points: { yes: Yes, partial: Partly, no: No } } }
tables: [{ file: t.csv, unit: Unit, answers: { q1: q1, q2: q2 } }]`,
    );
    expect(one.edition.methodology.measures.slice(-2)).toMatchObject([
      { points: { yes: '4', partial: '2', no: '0' } },
      { points: { yes: '5', no: '0' }, excludes: ['partial'] },
    ]);
    expect(answers(one)).toEqual(['ash q1 partial', 'bay q1 yes', 'ash q2 yes', 'bay q2 not-assessed']);
    await expect(
      read(
        { 'q.csv': 'Id,Yes\nq1,lots\n', 't.csv': 'Unit,q1\nash,Yes\n' },
        `${METHOD}leaves: { parent: total, scale: yn, from: { file: q.csv, id: Id, points: { yes: Yes } } }
tables: [{ file: t.csv, unit: Unit, answers: { q1: q1 } }]`,
      ),
    ).rejects.toThrow('q.csv, line 2: “lots” is no number of points');
  });
});

describe('what is answered', () => {
  it('words for scores, and scores that are nothing', async () => {
    const one = await read(
      { 't.csv': 'Unit,A,B,T\nash,1,2,Full\nbay,1,2,–\nelm,1,2,much\n' },
      `${METHOD}${AB}values-of-scores: { Full: 100 }
tables: [{ file: t.csv, unit: Unit, answers: { a: A, b: B }, total: T }]`,
    );
    expect(figures(one)).toEqual(['ash total total 100']);
    expect(said(one)).toContain('unread: t.csv, line 4: “much” is no number');
    expect(one.accounts[0]?.passed).toEqual([
      { why: 'words for no figure, such as “–”', cells: 1 },
      { why: 'figures that could not be read', cells: 1 },
    ]);
  });

  it('“NA” beside a score is not “not applicable”: the score counts only if the mapping says so', async () => {
    const csv = 'Unit,Q,A,S\nash,a,NA,50\nash,b,7,7\n';
    const mapping = (rest: string) =>
      `${METHOD}${AB}values: { NA: not-applicable }
tables: [{ file: t.csv, unit: Unit, measure: Q, answer: A, score: S${rest} }]`;
    const asked = await read({ 't.csv': csv }, mapping(''));
    expect(answers(asked)).toEqual(['ash a not-assessed', 'ash b 7']);
    expect(said(asked)).toContain('“ash” has “NA” on “a” and a score of 50 in the same row');
    expect(answers(await read({ 't.csv': csv }, mapping(', score-for-answer: true')))).toEqual([
      'ash a 50',
      'ash b 7',
    ]);
  });

  it('per cent as shares, if the mapping says so', async () => {
    const one = await read(
      { 't.csv': 'Unit,A,B\nash,45%,7%\n' },
      `${METHOD}${AB}percent: share\ntables: [{ file: t.csv, unit: Unit, answers: { a: A, b: B } }]`,
    );
    expect(answers(one)).toEqual(['ash a 0.45', 'ash b 0.07']);
  });

  it('a column that mixes per cent and plain numbers is said', async () => {
    const one = await read(
      { 't.csv': 'Unit,A,B\nash,45%,1\nbay,45,1\n' },
      `${METHOD}${AB}tables: [{ file: t.csv, unit: Unit, answers: { a: A, b: B } }]`,
    );
    expect(said(one)).toContain('It has numbers without a sign too (“45”, t.csv, line 3)');
  });

  it('positions as they are printed, but not what a spreadsheet made a date of', async () => {
    const printed = [
      '1',
      '=2',
      '3=',
      'T4',
      '5th',
      '#6',
      '7–9',
      '201-250',
      '10+',
      '2-Mar',
      'first',
      'Joint 11th',
    ];
    const one = await read(
      { 't.csv': `Unit,A,B,R\n${printed.map((rank, index) => `u${index},1,2,${rank}`).join('\n')}\n` },
      `${METHOD}${AB}tables: [{ file: t.csv, unit: Unit, answers: { a: A, b: B }, position: R }]`,
    );
    expect(one.edition.published.map(({ value }) => value)).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7–9',
      '201-250',
      '10+',
      '11',
    ]);
    expect(said(one)).toContain(
      'date-as-reference: t.csv, line 11: the published position of “u9” is “2-Mar”, a date',
    );
    expect(said(one)).toContain('line 12: “first” is no position');
  });
});

describe('files that are called otherwise than they are', () => {
  const any = (file: string) =>
    `${METHOD}${AB}tables: [{ file: "${file}", unit: Unit, answers: { a: A, b: B } }]`;

  it.each([
    ['t.csv', xlsx([{ name: 'S', xml: sheet([['Unit']]) }]), '“t.csv” is no CSV file but a spreadsheet'],
    ['t.csv', '%PDF-1.7\n', '“t.csv” is no CSV file but a PDF'],
    ['t.csv', Buffer.from('d0cf11e0a1b11ae1', 'hex'), '“t.csv” is no CSV file but in an old format of Excel'],
    ['t.xlsx', 'Unit,A,B\nash,1,2\n', '“t.xlsx” is no spreadsheet but something else that was called so'],
    [
      't.xls',
      '<html><table><tr><td>Unit</td></tr></table></html>',
      '“t.xls” is no spreadsheet but a page or XML',
    ],
  ])('%s: %#', async (name, content, message) => {
    await expect(read({ [name]: content }, any(name))).rejects.toThrow(message);
  });
});

describe('who is assessed', () => {
  it('averages and sums below an empty row are none; right below the others they are said', async () => {
    const mapping = `${METHOD}${AB}tables: [{ file: t.csv, unit: Unit, answers: { a: A, b: B } }]`;
    const below = await read(
      { 't.csv': 'Unit,A,B\nash,1,2\n,,\nAverage,1,2\nMedian,1,2\nTotal,1,2\n' },
      mapping,
    );
    expect(below.edition.companies.map(({ name }) => name)).toEqual(['ash']);
    const beside = await read({ 't.csv': 'Unit,A,B\nash,1,2\nTotal,3,4\n' }, mapping);
    expect(beside.edition.companies.map(({ name }) => name)).toEqual(['ash', 'Total']);
    expect(said(beside)).toContain(
      't.csv, line 3: “Total” is called like a summary, and is read as one of those in “Unit”',
    );
  });

  it('a note of several cells is none, but a unit that is called so and has numbers is', async () => {
    const mapping = `${METHOD}${AB}tables: [{ file: t.csv, unit: Unit, answers: { a: A, b: B } }]`;
    const one = await read(
      { 't.csv': 'Unit,A,B\nash,1,2\nLegend,3,4\nSource:,own,\n\nNote,see the text,\n' },
      mapping,
    );
    expect(one.edition.companies.map(({ name }) => name)).toEqual(['ash', 'Legend']);
    expect(said(one)).toContain(
      't.csv, line 6: “Note” begins a row without a number; it is taken for a heading or a note.',
    );
  });

  it('units whose names differ in their case alone are said', async () => {
    const one = await read(
      { 't.csv': 'Unit,A,B\nAsh,1,2\nash,3,4\n' },
      `${METHOD}${AB}tables: [{ file: t.csv, unit: Unit, answers: { a: A, b: B } }]`,
    );
    expect(said(one)).toContain('t.csv, line 3: “ash” and “Ash” are two units.');
  });

  it('an empty sheet is refused, with the names of the others', async () => {
    const file = xlsx([
      { name: 'Cover', xml: '<sheetData/>' },
      { name: 'Data', xml: sheet([['Unit', 'A']]) },
    ]);
    await expect(
      read(
        { 't.xlsx': file },
        `${METHOD}${AB}tables: [{ file: t.xlsx, unit: Unit, answers: { a: A, b: A } }]`,
      ),
    ).rejects.toThrow(
      '“t.xlsx”, sheet “Cover”, is empty. Its other sheets are “Data”; name one with “sheet”.',
    );
  });
});

describe('where it comes from', () => {
  it('addresses that differ only behind # are places of one source; #! is another page', async () => {
    const one = await read(
      {
        't.csv':
          'Unit,A,B,S\nash,1,2,https://example.org/p#one\nbay,1,2,https://example.org/p#two\nelm,1,2,https://example.org/#!/x\n',
      },
      `${METHOD}${AB}tables: [{ file: t.csv, unit: Unit, answers: { a: A, b: B }, source: S }]`,
    );
    expect(one.edition.sources.map(({ URL }) => URL)).toEqual([
      undefined,
      'https://example.org/p',
      'https://example.org/#!/x',
    ]);
    expect(
      rows(one)
        .map(({ citations }) => citations)
        .slice(0, 3),
    ).toEqual(['example-org-p, #one', 'example-org-p, #two', 'example-org-x']);
  });

  it('an answer without reasons has none: the place is in the citation, and the edition counts them', async () => {
    const one = await read(
      { 't.csv': 'Unit,A,B,Why\nash,1,2,\nbay,3,4,seen\n' },
      `${METHOD}${AB}tables: [{ file: t.csv, unit: Unit, answers: { a: A, b: B }, note: Why }]`,
    );
    expect(rows(one).map(({ note, citations }) => `${note}|${citations}`)).toEqual([
      '|release, t.csv line 2',
      'seen|release, t.csv line 3',
      '|release, t.csv line 2',
      'seen|release, t.csv line 3',
    ]);
    expect(one.edition.meta['without-reasons']).toBe(2);
  });

  it('files that nothing is read of are named', async () => {
    const one = await read(
      {
        't.csv': 'Unit,A,B\nash,1,2\n',
        'u.csv': 'x\n',
        '~$t.xlsx': 'lock',
        's.xlsx': xlsx([{ name: 'S', xml: sheet([['x']]) }]),
      },
      `${METHOD}${AB}tables: [{ file: t.csv, unit: Unit, answers: { a: A, b: B } }]`,
    );
    expect(one.unopened).toEqual(['s.xlsx', 'u.csv']);
  });

  it('one’s own tables are no release: nothing says that a program made it, and sums are only compared', async () => {
    const one = await read(
      { 't.csv': 'Unit,A,B,T\nash,1,2,4\n' },
      `${METHOD}${AB}own: true\ntables: [{ file: t.csv, unit: Unit, answers: { a: A, b: B }, total: T }]`,
    );
    expect(one.edition.meta.origin).toBeUndefined();
    expect(one.edition.meta['does-not-say'].join()).not.toContain('program');
  });
});

describe('a sheet of OpenDocument', () => {
  it('with per cent, dates, links, comments, errors and what is hidden', async () => {
    const number = (type: string, value: string, shown: string) =>
      `<table:table-cell office:value-type="${type}" office:value="${value}"><text:p>${shown}</text:p></table:table-cell>`;
    const text = (inner: string) =>
      `<table:table-cell office:value-type="string">${inner}</table:table-cell>`;
    const p = (inner: string) => `<text:p>${inner}</text:p>`;
    const body = `<table:table table:name="Old" table:style-name="away"><table:table-row>${text(p('x'))}</table:table-row></table:table>
<table:table table:name="S"><table:table-row>${['Unit', 'A', 'B', 'Total'].map((name) => text(p(name))).join('')}</table:table-row>
<table:table-row>${text(p('ash'))}${number('float', '0.30000000000000004', '0.3')}${text(`<office:annotation><text:p>seen by us</text:p></office:annotation>${p('<text:a xlink:href="https://example.org/b">2</text:a>')}`)}<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value=""><text:p>#DIV/0!</text:p></table:table-cell></table:table-row>
<table:table-row table:visibility="collapse">${text(p('bay'))}<table:table-cell table:number-columns-repeated="2" office:value-type="percentage" office:value="0.45"><text:p>45%</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2020-03-01"><text:p>1 Mar</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16000"/></table:table-row></table:table>`;
    const styles =
      '<style:style style:name="away" style:family="table"><style:table-properties table:display="false"/></style:style>';
    const one = await read(
      { 't.ods': ods(body, styles) },
      `${METHOD}${AB}tables: [{ file: t.ods, unit: Unit, answers: { a: A, b: B }, total: Total }]`,
    );
    expect(rows(one).map(({ unit, answer, note }) => `${unit} ${answer} ${note}`)).toEqual([
      'ash 0.3 ',
      'bay 45 ',
      'ash 2 seen by us',
      'bay 45 ',
    ]);
    expect(one.edition.sources[1]).toMatchObject({
      URL: 'https://example.org/b',
      custom: { footnotes: ['t.ods, sheet “S”, column C, row 2'] },
    });
    for (const text of [
      '#DIV/0!',
      'row 3',
      '“S” is read, the first that is not hidden',
      'is “2020-03-01”, a date',
    ])
      expect(said(one)).toContain(text);
  });
});

describe('the command', () => {
  const assay = (...args: string[]) =>
    spawnSync(process.execPath, ['--conditions=source', 'src/cli/main.ts', ...args], { encoding: 'utf8' });
  const tables = (text: string, mapping: string) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 't.csv'), text);
    writeFileSync(join(folder, 'mapping.yaml'), mapping);
    return folder;
  };
  const MAPPING = `${METHOD}${AB}tables: [{ file: t.csv, unit: Unit, answers: { a: A, b: B }, total: T }]`;

  it('of one’s own tables, what is written passes check and has no published figures', () => {
    const folder = tables('Unit,A,B,T\nash,1,2,4\n', MAPPING);
    const out = join(folder, 'out');
    const { stdout, status } = assay(
      'import',
      'table',
      join(folder, 't.csv'),
      out,
      '--mapping',
      join(folder, 'mapping.yaml'),
      '--own',
    );
    expect([status, stdout]).toEqual([
      0,
      expect.stringContaining('the total of “ash” on “total” is 4, and the rules give 3'),
    ]);
    expect(assay('check', out).status).toBe(0);
    expect(existsSync(join(out, 'published.csv'))).toBe(false);
    expect(stdout).toContain('8 cells that hold something, in t.csv: 4 of headings, 4 used, 0 passed over.');
  });

  it('leaves nothing behind of what does not hold', () => {
    const folder = tables(
      'Unit,A,B,T\nash,1,2,4\n',
      MAPPING.replace('parent: total, name: First', 'parent: nowhere, name: First'),
    );
    const { stderr, status } = assay(
      'import',
      'table',
      join(folder, 't.csv'),
      join(folder, 'out'),
      '--mapping',
      join(folder, 'mapping.yaml'),
    );
    expect(status).not.toBe(0);
    expect(stderr).toContain('nowhere');
    expect(readdirSync(folder).toSorted()).toEqual(['mapping.yaml', 't.csv']);
  });

  it('without a mapping says how to get one', () => {
    const { stderr, status } = assay('import', 'table', 't.csv', 'out');
    expect([status, stderr]).toEqual([2, expect.stringContaining('--draft t.csv')]);
  });
});
