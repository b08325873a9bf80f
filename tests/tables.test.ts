import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { readEdition, writeEdition } from '#edition/folder';
import { isError } from '#edition/index';
import { type Imported, importTables, withVerification } from '#importers/index';
import { temporaryFolder } from './folders.ts';
import { ods, xlsx } from './office.ts';

/** Tables as people have them: each folder of tests/tables is one of a kind that was read wrongly once. */

const CASES = 'tests/tables';
const quiet = () => {};

async function imported(name: string, mapping = `${CASES}/${name}/mapping.yaml`): Promise<Imported> {
  const [one] = await importTables(`${CASES}/${name}/in`, mapping, quiet);
  if (!one) throw new Error('nothing was imported');
  return one;
}

/** What each unit answers, in the order of the measures, as answers.csv has it once the edition is written; it passes `check`. */
function answersOf({ edition }: Imported): Record<string, string> {
  const folder = temporaryFolder();
  writeEdition(edition, folder);
  expect(readEdition(folder).problems.filter(isError)).toEqual([]);
  const { data } = Papa.parse<Record<string, string>>(
    readFileSync(join(folder, 'answers.csv'), 'utf8').trim(),
    {
      header: true,
    },
  );
  const byUnit = Object.groupBy(data, ({ unit }) => unit ?? '');
  return Object.fromEntries(
    Object.entries(byUnit).map(([unit, rows]) => [unit, (rows ?? []).map(({ answer }) => answer).join(' ')]),
  );
}

const messages = ({ remarks }: Imported) => remarks.map(({ message }) => message);
const published = ({ edition }: Imported) =>
  Object.fromEntries(edition.published.map(({ unit, figure, value }) => [`${unit} ${figure}`, value]));
const OPEN = 'not-assessed';

interface Case {
  readonly answers: Record<string, string>;
  readonly published?: Record<string, string>;
  /** What is said, among other things. */
  readonly said?: readonly string[];
}

const READ: Readonly<Record<string, Case>> = {
  'xlsx-decimal-comma': { answers: { ash: '1.234 12.5', bay: '2.5 1234.5' } },
  'csv-zero-comma': {
    answers: { ash: '0.125 0.5', bay: '0.250 0.75' },
    published: { 'ash total': '0.625', 'bay total': '1.000' },
    said: ['t.csv, line 2: “0,125” has a decimal comma'],
  },
  'xlsx-formula-uncached': {
    answers: { ash: '1 2', bay: `3 ${OPEN}`, elm: '4 5' },
    published: { 'elm total': '9' },
    said: [
      't.xlsx, sheet “S”, column D, row 2: a formula was saved without its value',
      't.xlsx, sheet “S”, column C, row 3: a formula was saved without its value',
      't.xlsx, sheet “S”, column D, row 3: a formula was saved without its value',
    ],
  },
  'xlsx-percent-mixed': {
    answers: { ash: '45 10', bay: '100 0' },
    said: [
      't.xlsx, sheet “S”: the column “A” holds per cent (“45%”, t.xlsx, sheet “S”, column B, row 2): 45%',
    ],
  },
  'xlsx-tie-noise': { answers: { ash: '0.1 0.2', bay: '0.3 0', elm: '0.3 0' } },
  'xlsx-float': { answers: { ash: '0.3 0.0000001', bay: '1000 0.05' } },
  'rank-bands': {
    answers: { ash: '9 2', bay: '5 2', elm: '5 1', oak: '2 1' },
    published: {
      'ash total': '11',
      'ash position': '1',
      'bay total': '7',
      'bay position': '2-3',
      'elm total': '6',
      'elm position': '2-3',
      'oak total': '3',
      'oak position': '4+',
    },
  },
  'csv-footer': {
    answers: { ash: '1 2', bay: '3 4' },
    said: ['t.csv, line 6: “Average”', 't.csv, line 7: nothing stands there but “Note:', 't.csv, line 8:'],
  },
  'xlsx-row-numbers': {
    answers: { ash: '1 2', bay: `${OPEN} 4` },
    said: ['t.xlsx, sheet “S”, column B, row 3: “x” is no answer to “a”'],
  },
  'xlsx-hidden': {
    answers: { ash: '1 2', bay: '4 5' },
    said: ['“New” is read, the first that is not hidden', 'hidden, and read all the same: row 3'],
  },
  'xlsx-merged': { answers: { ash: '1 2', bay: '3 4' } },
  'xlsx-sheet-name': { answers: { ash: '1 2' } },
  'xlsx-dates': {
    answers: { '1-2': '1 2', '2023-03-15': `${OPEN} ${OPEN}`, '2023-03-16-12-00': '4 5' },
    said: [
      't.xlsx, sheet “S”, column A, row 3: a unit is called “2023-03-15”, which looks like a date',
      'row 3: “1900-01-01” is no answer to “a”, but a date',
    ],
  },
  'csv-preamble': { answers: { ash: '1 2', bay: '3 4' } },
  'csv-utf16-nobom': { answers: { ash: '1 2' }, said: ['it is read as utf-16le'] },
  lockfile: { answers: { ash: '1 2' } },
  'published-more-digits': {
    answers: { ok: '9.566666667 8.011111111', ash: '9.566666667 8.011111112' },
  },
  'csv-numbers': {
    answers: {
      n1: '1234.5 2',
      n2: '1234.5 2',
      n3: '1234.5 2',
      n4: '-5 2',
      n5: '-5 2',
      n6: '12.5 2',
      n7: '1234 2',
      n8: '5 2',
      n9: '0.5 2',
      n10: '5 2',
      n11: '1000 2',
      n12: `${OPEN} 2`,
      n13: '12 2',
      n14: `${OPEN} 2`,
      n15: `${OPEN} 2`,
      n16: '0.5 2',
      n17: `${OPEN} 2`,
      n18: `${OPEN} 2`,
      n19: '3 2',
      n20: `${OPEN} 2`,
      n21: `${OPEN} 2`,
      n22: `${OPEN} 2`, // 1,234,567 in India’s groups is more than the scale goes to
    },
    said: [
      'line 7: “12.5*” is read as 12.5; the mark “*” is left out',
      'line 15: “..” is taken as an empty cell',
    ],
  },
  'intermediate-rounding': { answers: { ash: '7.5 7 8 8.2', bay: '6 5 5 6.1' } },
};

const REFUSED: Readonly<Record<string, string>> = {
  'csv-stray-quote': 't.csv, line 4: a quote opens before “never closed,9” and is not closed',
  'xls-biff': '“t.xls” is in an old or binary format of Excel',
  ods: '“t.ods” is no spreadsheet that can be read: it holds no sheet.',
};

describe('tables as people have them', () => {
  it.each(Object.entries(READ))('%s', async (name, { answers, said = [], ...rest }) => {
    const one = await imported(name);
    expect(answersOf(one)).toEqual(answers);
    if (rest.published) expect(published(one)).toEqual(rest.published);
    for (const text of said) expect(messages(one).join('\n')).toContain(text);
  });

  it.each(Object.entries(REFUSED))('%s is refused in words', async (name, message) => {
    await expect(imported(name)).rejects.toThrow(message);
  });

  it('questions down and units across; headings among them are no questions', async () => {
    const one = await imported('xlsx-transposed');
    expect(
      answersOf(one)
        .tuta?.split(' ')
        .filter((answer) => answer !== OPEN),
    ).toEqual(['yes', 'yes', 'partial']);
    expect(published(one)).toEqual({ 'protonmail total': '3', 'tuta total': '2', 'gmail total': '0' });
    expect(messages(one).join('\n')).toContain('nothing stands there but “ENCRYPTION”');
  });

  it('links of cells become sources with the places they were read at, comments become notes', async () => {
    const one = await imported('xlsx-links-and-comments');
    const { edition } = one;
    for (const { extras } of one.accounts) expect(extras.taken).toBe(extras.cells);
    expect(one.accounts[0]?.extras.cells).toBeGreaterThan(90);
    const sources = edition.sources.filter(({ id }) => id !== 'release');
    expect(sources.length).toBe(8);
    for (const { URL, custom } of sources) {
      expect(URL).toMatch(/^https:/);
      expect(custom?.footnotes?.[0]).toMatch(/^s\.xlsx, sheet “Maya”, column [A-N], row \d+$/);
    }
    expect(edition.answers.rows.note.filter((note) => note !== '').length).toBe(31);
    expect(edition.meta['without-reasons']).toBe(96 - 31 - 3);
  });

  it('every case is one of these', () => {
    const known = [
      ...Object.keys(READ),
      ...Object.keys(REFUSED),
      'xlsx-transposed',
      'xlsx-links-and-comments',
      'branch-without-parts',
    ];
    expect(readdirSync(CASES).toSorted()).toEqual(known.toSorted());
  });

  it('a branch without parts counts as it was given', async () => {
    const one = withVerification(await imported('branch-without-parts'));
    expect(one.edition.methodology.exceptions).toMatchObject([{ unit: 'bay', measure: 'e', given: '5.4' }]);
    expect(one.edition.deviations).toEqual([]);
  });
});

/** How many cells of a file hold something, counted without the importer. */
function filledCells(name: string, delimiter = ''): number {
  const bytes = readFileSync(name);
  if (name.endsWith('.csv')) {
    const { data } = Papa.parse<string[]>(bytes.toString('utf8'), { delimiter });
    return data.flat().filter((cell) => cell.trim() !== '').length;
  }
  const xml = (path: string) => Buffer.from(unzipSync(bytes)[path] ?? '').toString('utf8');
  return [...xml('xl/worksheets/sheet1.xml').matchAll(/<c [^>]*>(.*?)<\/c>/gs)].filter(([, cell = '']) =>
    /<v>|<f>|<t\b[^>]*>[^<]/.test(cell),
  ).length;
}

const accounted = ({ accounts: [account] }: Imported) => {
  if (!account) throw new Error('nothing is accounted for');
  const passed = account.passed.reduce((sum, { cells }) => sum + cells, 0);
  expect(account.heading + account.used + passed).toBe(account.cells);
  return account;
};

describe('every cell is used or accounted for', () => {
  it.each(Object.keys(READ).filter((name) => !['csv-utf16-nobom', 'xlsx-hidden'].includes(name)))(
    '%s',
    async (name) => {
      const file = readdirSync(`${CASES}/${name}/in`).find((own) => own.startsWith('t.')) ?? '';
      const delimiter = ['csv-preamble', 'csv-zero-comma'].includes(name) ? ';' : ',';
      const account = accounted(await imported(name));
      expect(account.cells).toBe(filledCells(`${CASES}/${name}/in/${file}`, delimiter));
    },
  );

  const MAPPING = `edition: { id: t, title: T }
method:
  scales: [{ id: s, kind: number, min: -1000, max: 100000 }]
  measures:
    - { id: total, name: Total, combine: sum }
    - { id: a, parent: total, name: A, scale: s }
    - { id: b, parent: total, name: B, scale: s }
  rounding: { rule: half-up, digits: 3 }
  ranking: { measure: total, basis: exact, ties: competition }
tables: [{ file: t.*, unit: Unit, answers: { a: A, b: B }, total: Total }]
decimal: point
doubled: first
`;
  const word = fc.constantFrom(
    '',
    '',
    '1',
    '2.5',
    '-3',
    '1,234',
    'x',
    'n/a',
    'a "b"',
    'one\ntwo',
    '12 %',
    ' ',
    '45*',
    'ü;|',
  );
  const row = fc.tuple(fc.constantFrom('ash', 'bay', 'elm', 'oak', '', 'Note: x'), word, word, word, word);
  const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
  const asXlsx = (rows: readonly (readonly string[])[]) =>
    xlsx([
      {
        name: 'S',
        xml: `<sheetData>${rows.map((cells, line) => `<row r="${line + 1}">${cells.map((text, column) => (text === '' ? '' : `<c r="${'ABCDE'[column]}${line + 1}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`)).join('')}</row>`).join('')}</sheetData>`,
      },
    ]);
  const asOds = (rows: readonly (readonly string[])[]) =>
    ods(
      `<table:table table:name="S">${rows
        .map(
          (cells) =>
            `<table:table-row>${cells
              .map((text) =>
                text === ''
                  ? '<table:table-cell/>'
                  : `<table:table-cell office:value-type="string">${text
                      .split('\n')
                      .map((line) => `<text:p>${escaped(line)}</text:p>`)
                      .join('')}</table:table-cell>`,
              )
              .join('')}</table:table-row>`,
        )
        .join('')}</table:table>`,
    );

  it('whatever stands in a table, and alike in CSV, XLSX and ODS', async () => {
    const files = {
      't.csv': (rows: readonly (readonly string[])[]) => Buffer.from(Papa.unparse(rows as string[][])),
      't.xlsx': asXlsx,
      't.ods': asOds,
    };
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), async (rows) => {
        const all = [['Unit', 'A', 'B', 'Total', 'Other'], ...rows, ['pine', '1', '2', '3', '']];
        const filled = all.flat().filter((text) => text.trim() !== '').length;
        const seen: unknown[] = [];
        for (const [name, bytes] of Object.entries(files)) {
          const folder = temporaryFolder();
          writeFileSync(join(folder, name), bytes(all));
          writeFileSync(join(folder, 'mapping.yaml'), MAPPING);
          const [one] = await importTables(folder, join(folder, 'mapping.yaml'), quiet);
          if (!one) throw new Error('nothing was imported');
          const { cells, used, heading } = accounted(one);
          expect(cells).toBe(filled);
          const { answers, published: figures } = one.edition;
          seen.push({
            used,
            heading,
            answers: [...answers.codes],
            units: answers.units,
            notes: answers.rows.note,
            figures: figures.map(({ where: _, ...own }) => own),
          });
        }
        expect(seen[1]).toEqual(seen[0]);
        expect(seen[2]).toEqual(seen[0]);
      }),
      { numRuns: 60 },
    );
  });
});
