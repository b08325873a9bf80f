import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { readEdition, writeEdition } from '#edition/folder';
import { isError } from '#edition/index';
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

const DATA = '../shared/data';
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

describe.skipIf(!existsSync(DATA))('published releases', () => {
  it('Ranking Digital Rights 2020: all figures but one total, where two files disagree', async () => {
    const [imported] = (await importRdr(join(DATA, 'rdr-2020'), quiet)).map(withVerification);
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
        explanation: expect.stringContaining('Two files of the release disagree'),
        figures: [{ unit: 'facebook', published: '45.25', computed: '45.24' }],
      },
    ]);
    expect(imported.remarks.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['files-disagree', 'date-as-reference', 'dangling-reference', 'unread']),
    );
    expectToHold(imported);
  });

  it('Ranking Digital Rights 2019: all but the company whose G6 was averaged differently', async () => {
    const [imported] = (await importRdr(join(DATA, 'rdr-2019'), quiet)).map(withVerification);
    if (!imported) throw new Error('nothing was imported');
    expect(figures(imported)).toEqual({
      levels: '3399 of 3399',
      indicators: '839 of 840',
      elements: '16073 of 16073',
      'summary scores': '71 of 72',
      'summary scores, totals': '23 of 24',
    });
    expect(imported.edition.deviations[0]).toMatchObject({
      explanation: expect.stringContaining('the mean of all 3 services alike'),
      figures: [{ unit: 'bharti-airtel', measure: 'g6' }],
    });
    expectToHold(imported);
  });

  it('the Global Open Data Index: all entries, places and ranks of three years', async () => {
    const imported = (await importOpenDataIndex(join(DATA, 'open-data-index'), quiet)).map(withVerification);
    expect(imported.map(figures)).toEqual([
      { entries: '597 of 597', 'places, totals': '130 of 130', 'places, positions': '130 of 130' },
      { entries: '970 of 970', 'places, totals': '133 of 133', 'places, positions': '133 of 133' },
      { entries: '1586 of 1586', 'places, totals': '149 of 149', 'places, positions': '149 of 149' },
    ]);
    for (const one of imported) expectToHold(one);
  });

  it('a folder of something else is refused', async () => {
    await expect(importRdr(join(DATA, 'sobol'), quiet)).rejects.toThrow(
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
      '2 of 2 totals agree with half-even or floor, 1 with half-up, which is declared.',
    ]);
    expect(edition.deviations).toMatchObject([
      {
        explanation: expect.stringContaining('cutting off'),
        figures: [{ unit: 'e03', published: '62', computed: '63' }],
      },
    ]);
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
      '“coverage.xlsx” has no sheet “Date”. Its sheets are “Notes”, “Data”.',
    );
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
