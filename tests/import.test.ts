import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { readEdition, writeEdition } from '#edition/folder';
import { CODE, isError } from '#edition/index';
import {
  agreements,
  ImportError,
  type Imported,
  importOpenDataIndex,
  importRdr,
  importTables,
  MappingError,
  withVerification,
} from '#importers/index';
import { scoreAndRank } from '#scoring/index';
import { temporaryFolder } from './folders.ts';

const DATA = 'tests/data';
const quiet = () => {};

/** Published figures as `matched of checked`, by where they were printed. */
const figures = ({ edition }: Imported) =>
  Object.fromEntries(
    agreements(scoreAndRank(edition)).map(({ where, matched, checked }) => [
      where,
      `${matched} of ${checked}`,
    ]),
  );

/** The edition that came of an import holds, once it is written and read again. */
function expectToHold({ edition }: Imported): void {
  const folder = temporaryFolder();
  writeEdition(edition, folder);
  expect(readEdition(folder).problems.filter(isError)).toEqual([]);
}

describe('published releases', () => {
  it('Ranking Digital Rights 2020: all figures but one total, where two files disagree', async () => {
    const [imported] = (await importRdr(join(DATA, 'rdr-2020.zip'), quiet)).map(withVerification);
    if (!imported) throw new Error('nothing was imported');
    expect(figures(imported)).toEqual({
      'level scores': '4780 of 4780',
      'element scores': '28453 of 28453',
      'summary scores': '1820 of 1820',
      'quick overview': '78 of 78',
      'total scores, totals': '25 of 26',
      'rankings, positions': '26 of 26',
    });
    expect(imported.edition.deviations).toMatchObject([
      {
        explanation: expect.stringContaining(
          'Another file of the release has other figures (summary scores). 26 of 26 totals agree',
        ),
        figures: [{ unit: 'facebook', published: '45.25', computed: '45.24' }],
      },
    ]);
    expect(imported.remarks.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['files-disagree', 'date-as-reference', 'dangling-reference', 'unread']),
    );
    expectToHold(imported);
  });

  it('Ranking Digital Rights 2019: all but the company whose G6 was averaged differently', async () => {
    const [imported] = (await importRdr(join(DATA, 'rdr-2019.zip'), quiet)).map(withVerification);
    if (!imported) throw new Error('nothing was imported');
    expect(figures(imported)).toEqual({
      levels: '3399 of 3399',
      indicators: '839 of 840',
      elements: '16073 of 16073',
      'summary scores': '71 of 72',
      'summary scores, totals': '23 of 24',
    });
    // One company of 24 does not show how it was computed: nothing is proposed.
    expect(imported.edition.deviations).toEqual([]);
    expectToHold(imported);
  });

  it('the Global Open Data Index: all entries, places and ranks of three years', async () => {
    const imported = (await importOpenDataIndex(join(DATA, 'open-data-index.zip'), quiet)).map(
      withVerification,
    );
    expect(imported.map(figures)).toEqual([
      { entries: '597 of 597', 'places, totals': '130 of 130', 'places, positions': '130 of 130' },
      { entries: '970 of 970', 'places, totals': '133 of 133', 'places, positions': '133 of 133' },
      { entries: '1586 of 1586', 'places, totals': '149 of 149', 'places, positions': '149 of 149' },
    ]);
    for (const one of imported) expectToHold(one);
  });

  it('a folder of something else is refused', async () => {
    await expect(importRdr(join(DATA, 'sobol.zip'), quiet)).rejects.toThrow(
      'holds no release of Ranking Digital Rights',
    );
  });
});

/** A copy of an example, with other files laid over it. */
function example(
  name: 'councils' | 'coverage',
  files: Readonly<Record<string, string | Uint8Array>> = {},
): string {
  const folder = temporaryFolder();
  cpSync(join('examples', name), folder, { recursive: true });
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
  return folder;
}

const imported = async (folder: string): Promise<Imported> => {
  const [one] = await importTables(folder, join(folder, 'mapping.yaml'), quiet);
  if (!one) throw new Error('nothing was imported');
  return one;
};

const text = (file: string) => readFileSync(join('examples', file), 'utf8');

describe('the worked examples', () => {
  it('councils: several files, long, ranked within groups', async () => {
    const councils = withVerification(await imported(example('councils')));
    expectToHold(councils);
    const { edition } = councils;
    expect(edition.companies.map(({ id, name, group }) => [id, name, group])).toEqual([
      ['e01', 'Ashford', 'District'],
      ['e02', 'Bay Town', 'District'],
      ['e03', 'Elmshire', 'County'],
      ['e04', 'Firth', 'County'],
    ]);
    expect(edition.methodology.measures.at(-1)).toMatchObject({ id: 'q4', parent: 'buildings', weight: '3' });
    expect(edition.sources.map(({ URL }) => URL)).toContain('https://bay.example/homes');
    expect(councils.remarks.map(({ message }) => message)).toEqual([
      '“e04” has no row for “q4”; taken as not-assessed.',
      expect.stringContaining('2 of 2 totals agree with each of two causes, and 1 with the rules'),
    ]);
    expect(edition.deviations).toEqual([]);
  });

  it('coverage: wide, commas for decimals, lines before the header', async () => {
    const coverage = await imported(example('coverage'));
    expectToHold(coverage);
    expect(coverage.edition.answers.numbers.get('price')).toEqual(['12.50', '1040.00', '30.00', '21.25']);
    expect(figures(coverage)).toEqual({ 'coverage.csv, totals': '3 of 3' });
  });
});

describe('tables as spreadsheets write them', () => {
  const answers = text('councils/answers-2024.csv').replace('A declaration', 'Une déclaration');
  it.each([
    ['Windows-1252', Buffer.from(answers, 'latin1')],
    ['UTF-16 with a byte-order mark', Buffer.from(`\uFEFF${answers}`, 'utf16le')],
    ['UTF-8 with a byte-order mark', Buffer.from(`\uFEFF${answers}`)],
    ['tabs', Buffer.from(answers.replaceAll(';', '\t'))],
    ['CR LF', Buffer.from(answers.replaceAll('\n', '\r\n'))],
  ])('%s', async (_, bytes) => {
    const { edition } = await imported(example('councils', { 'answers-2024.csv': bytes }));
    expect(edition.answers.rows.note).toContain('Une déclaration without targets.');
  });

  it('XLSX, with a sheet that is named', async () => {
    const rows = text('coverage/coverage.csv')
      .trim()
      .split('\n')
      .map((line) => line.split(';').map((cell) => ({ value: cell, type: String })));
    const sheets = [
      { sheet: 'Notes', data: [[{ value: 'Nothing', type: String }]] },
      { sheet: 'Data', data: rows },
    ];
    const bytes = (await writeExcelFile(sheets).toBuffer()) as Buffer;
    const mapping = text('coverage/mapping.yaml').replace(
      'file: coverage.csv',
      'file: coverage.xlsx\n    sheet: Data',
    );
    const folder = example('coverage', { 'coverage.xlsx': bytes, 'mapping.yaml': mapping });
    expect(figures(await imported(folder))).toEqual({ 'coverage.xlsx, totals': '3 of 3' });
    writeFileSync(join(folder, 'mapping.yaml'), mapping.replace('sheet: Data', 'sheet: Date'));
    await expect(imported(folder)).rejects.toThrow(
      '“coverage.xlsx” has no sheet “Date”. Did you mean “Data”? Its sheets are “Notes”, “Data”.',
    );
  });
});

describe('what stands in small tables', () => {
  const NUMBERS = '{ id: s, kind: number, min: 0, max: 10, no-evidence: 0 }';
  const mapping = (method: string, rest: string) =>
    `edition: { id: t, title: T }\nmethod:\n  scales: [${NUMBERS}, { id: l, kind: levels, answers: [{ answer: 0, points: 0, name: No }, { answer: 1, points: 1, name: Partly }, { answer: 2, points: 2, name: Yes }] }]\n  rounding: { rule: half-up, digits: 3 }\n  ranking: { measure: total, basis: exact, ties: competition }\n${method}\n${rest}`;
  const importSmall = (table: string, text: string) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 't.csv'), table);
    writeFileSync(join(folder, 'mapping.yaml'), text);
    return imported(folder);
  };
  const tree = (extra = '') =>
    `  measures:\n    - { id: total, name: Total, combine: mean }\n    - { id: p, parent: total, name: P, scale: s }\n    - { id: e, parent: total, name: E, combine: mean${extra} }\n    - { id: a, parent: e, name: A, scale: s }\n    - { id: b, parent: e, name: B, scale: s }`;
  const WIDE =
    'tables: [{ file: t.csv, unit: Unit, answers: { p: P, a: A, b: B }, scores: { e: E }, total: Total }]';

  it('a score that was published without its parts counts as given, with its reason', async () => {
    const table = 'Unit,P,A,B,E,Total\nash,7.5,7,8,7.5,7.5\nbay,6,,,5.4,5.7\n';
    const found = withVerification(
      await importSmall(table, mapping(`${tree()}\n  not-assessed: left-out`, WIDE)),
    );
    expect(found.edition.methodology.exceptions).toEqual([
      {
        unit: 'bay',
        measure: 'e',
        given: '5.4',
        maximum: '10',
        reason: 'Published as 5.4 without its parts (t.csv).',
      },
    ]);
    expect(found.remarks).toEqual([
      {
        kind: 'given',
        message:
          'The score of “bay” on “e” was published as 5.4, and none of its parts: it counts as given, of at most 10.',
      },
    ]);
    expect(figures(found)).toEqual({ 't.csv': '2 of 2', 't.csv, totals': '2 of 2' });
    expectToHold(found);
  });

  it('with the most that it could have been, where a share of that is taken', async () => {
    const table = 'Unit,P,A,B,E,Total\nash,7.5,7,8,7.5,75\nbay,6,,,5.4,57\n';
    const method = tree().replace('combine: mean }', 'combine: mean, out-of: 100 }');
    const found = withVerification(
      await importSmall(table, mapping(`${method}\n  not-assessed: left-out`, WIDE)),
    );
    expect(found.edition.methodology.exceptions).toMatchObject([
      { unit: 'bay', given: '5.4', maximum: '10' },
    ]);
    expect(figures(found)).toEqual({ 't.csv': '2 of 2', 't.csv, totals': '2 of 2' });
    expectToHold(found);
  });

  it('a measure is rounded before it is combined, where the mapping says so', async () => {
    const table = 'Unit,P,A,B,E,Total\nash,7.5,7,8.4,7.7,7.600\nbay,6,5,5.7,5.4,5.700\n';
    const rounded = tree(', rounding: { rule: half-up, digits: 1 }, rounded: true');
    const found = withVerification(await importSmall(table, mapping(rounded, WIDE)));
    expect(figures(found)).toEqual({ 't.csv': '2 of 2', 't.csv, totals': '2 of 2' });
    const exactly = withVerification(
      await importSmall(table, mapping(tree(', rounding: { rule: half-up, digits: 1 }'), WIDE)),
    );
    expect(exactly.edition.deviations).toMatchObject([
      {
        explanation: expect.stringContaining('Scores on “e” were rounded before they were combined. 2 of 2'),
      },
    ]);
  });

  it('an empty cell and a missing row are told apart', async () => {
    const table = 'Unit,Measure,Answer\nash,p,4\nash,a,\nash,b,2\nbay,p,5\nbay,a,6\n';
    const long = 'tables: [{ file: t.csv, unit: Unit, measure: Measure, answer: Answer }]';
    const { edition, remarks } = await importSmall(
      table,
      mapping(tree(), `empty-cell: no-evidence\nmissing-row: not-applicable\n${long}`),
    );
    const scores = scoreAndRank(edition).scores;
    const exact = (unit: string, measure: string) => {
      const score = scores.of(unit, measure);
      return score?.kind === 'interval' ? score.low.toFraction() : 'none';
    };
    expect([exact('ash', 'a'), exact('bay', 'b'), exact('ash', 'e'), exact('bay', 'e')]).toEqual([
      '0',
      'none',
      '1',
      '6',
    ]);
    expect(remarks.map(({ message }) => message)).toEqual([
      '“bay” has no row for “b”; taken as not-applicable.',
      '1 cell is empty, on “a”; taken as no-evidence.',
    ]);
  });

  it('an answer that a question excludes stays open, and is said', async () => {
    const method =
      '  measures:\n    - { id: total, name: Total, combine: mean }\n    - { id: p, parent: total, name: P, scale: l, excludes: [1] }';
    const { edition, remarks } = await importSmall(
      'Unit,P\nash,Yes\nbay,Partly\n',
      mapping(method, 'tables: [{ file: t.csv, unit: Unit, answers: { p: P } }]'),
    );
    expect([...edition.answers.codes]).toEqual([CODE.FIRST_ANSWER + 2, CODE.NOT_ASSESSED]);
    expect(remarks).toEqual([
      {
        kind: 'unread',
        message:
          't.csv, line 3: “Partly” is no answer to “p”, which excludes it; it is taken as not-assessed. Mend the cell, or “excludes” of the measure.',
      },
    ]);
  });
});

describe('what cannot be imported is refused, with the place', () => {
  const mapping = text('councils/mapping.yaml');
  const answers = text('councils/answers-2024.csv');
  it.each<[string, Readonly<Record<string, string>>, string]>([
    [
      'a column that is not there',
      { 'mapping.yaml': mapping.replace('answer: Answer', 'answer: Anwser') },
      '“answers-2024.csv” has no column “Anwser”. Did you mean “Answer”?',
    ],
    [
      'a file that is not there',
      { 'mapping.yaml': mapping.replace('totals.csv', 'total.csv') },
      'No file is called “total.csv”. Did you mean “totals.csv”?',
    ],
    ['an empty file', { 'totals.csv': '' }, '“totals.csv” is empty.'],
    [
      'a measure nobody knows',
      { 'answers-2024.csv': `${answers}2024;E04;Q9;N;;\n` },
      'answers-2024.csv, line 18: nothing is known of a measure “Q9”. Did you mean “Q1”?',
    ],
    [
      'a cell answered twice, and differently',
      { 'answers-2024.csv': `${answers}2024;E01;Q1;N;;\n` },
      '“e01” is answered twice on “q1”: “Y” (answers-2024.csv, line 2) and “N” (answers-2024.csv, line 18).',
    ],
    [
      'no unit at all',
      {
        'mapping.yaml': mapping
          .replace('"2024"', '"1999"')
          .replace(/units:[\s\S]*?leaves/, 'leaves')
          .replace(/ {2}- file: totals[\s\S]*?values/, 'values'),
      },
      'The tables name no unit.',
    ],
    [
      'a table without anything to read',
      { 'mapping.yaml': mapping.replace('    total: Score\n    position: Rank\n', '') },
      'says no column to read',
    ],
  ])('%s', async (_, files, message) => {
    await expect(imported(example('councils', files))).rejects.toThrow(message);
    await expect(imported(example('councils', files))).rejects.toBeInstanceOf(ImportError);
  });

  it('a mapping that does not hold, with line and column', async () => {
    const broken = imported(example('councils', { 'mapping.yaml': mapping.replace('tables:', 'tabels:') }));
    await expect(broken).rejects.toBeInstanceOf(MappingError);
    await expect(broken).rejects.toMatchObject({
      problems: expect.arrayContaining([
        expect.objectContaining({
          file: 'mapping.yaml',
          message: expect.stringContaining('Did you mean “tables”?'),
        }),
      ]),
    });
  });

  it('what is no answer stays open, and is said', async () => {
    const { edition, remarks } = await imported(
      example('councils', { 'answers-2024.csv': answers.replace('E01;Q1;Y', 'E01;Q1;Mostly') }),
    );
    expect(remarks).toContainEqual({
      kind: 'unread',
      message:
        'answers-2024.csv, line 2: “Mostly” is no answer to “q1”; it is taken as not-assessed. Add it to “values” of the mapping.',
    });
    expect(scoreAndRank(edition).scores.of('e01', 'plans')).toMatchObject({ kind: 'interval' });
  });

  it('weights that come near to 1 and miss it are said', async () => {
    const questions = text('councils/questions.csv')
      .replace(',2\n', ',0.6\n')
      .replace('Plans,1', 'Plans,0.38');
    const { remarks } = await imported(example('councils', { 'questions.csv': questions }));
    expect(remarks.map(({ message }) => message)).toContain(
      'The weights below “plans” in questions.csv add up to 0.98, not to 1.',
    );
  });
});
