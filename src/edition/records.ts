import { isErrorValue, parseCsv, spreadsheetDamage, type Table } from './csv-file.ts';
import { dateDamage } from './date-damage.ts';
import { isDay } from './dates.ts';
import type { Search } from './evidence.ts';
import { ID_PATTERN } from './ids.ts';
import type { Company, Letter, PublishedFigure, Service } from './model.ts';
import type { Place, Report, TextFile } from './place.ts';
import { PARTIAL_DATE } from './values.ts';

/** Records read from a CSV file, and where each cell of them stands. */
export interface Records<T> {
  readonly records: readonly T[];
  at(record: T, column: string): Place;
}

interface Column<T> {
  /** Reads a cell; where it does not hold, gives what is wrong, and a value to go on with, so that one mistake is not reported as ten. */
  read(cell: string): { readonly value: T; readonly complaint?: string };
}

const pattern = (holds: RegExp, what: string): Column<string> => ({
  read: (cell) =>
    holds.test(cell) ? { value: cell } : { value: cell, complaint: `“${cell}” is no ${what}` },
});
const text: Column<string> = { read: (cell) => ({ value: cell }) };
const filled: Column<string> = {
  read: (cell) => (cell.trim() === '' ? { value: cell, complaint: 'must not be empty' } : { value: cell }),
};
const id = pattern(ID_PATTERN, 'id: lower-case words of a–z and 0–9 joined by single hyphens');
const optionalId: Column<string> = { read: (cell) => (cell === '' ? { value: '' } : id.read(cell)) };
const partialDate = pattern(PARTIAL_DATE, 'date such as 2016, 2016-07 or 2016-07-12');
const date: Column<string> = {
  read: (cell) => {
    if (cell === '') return { value: '' };
    return PARTIAL_DATE.test(cell) && !isDay(cell)
      ? { value: cell, complaint: `“${cell}” is no day that there is` }
      : partialDate.read(cell);
  },
};
const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
/** Codes that stand for no country, though a table of names may have them. */
const NO_COUNTRY = new Set(['ZZ', 'XA', 'XB', 'QO', 'EU', 'EZ', 'UN']);
const country: Column<string> = {
  read: (cell) =>
    cell === '' || isCountry(cell)
      ? { value: cell }
      : { value: '', complaint: `“${cell}” is no ISO 3166-1 code of a country, such as GB or KE` },
};

/** By the region codes that the runtime knows; a code that stands for another (UK for GB) is none. */
function isCountry(cell: string): boolean {
  if (!/^[A-Z]{2}$/.test(cell) || NO_COUNTRY.has(cell)) return false;
  return regions.of(cell) !== undefined && new Intl.Locale(`und-${cell}`).region === cell;
}
const count: Column<number | undefined> = {
  read: (cell) =>
    /^\d{1,15}$/.test(cell)
      ? { value: Number(cell) }
      : cell === ''
        ? { value: undefined }
        : { value: undefined, complaint: `“${cell}” is no whole number` },
};
const round: Column<number> = {
  read: (cell) =>
    /^[1-9]\d?$/.test(cell)
      ? { value: Number(cell) }
      : { value: 1, complaint: `“${cell}” is no round such as 1 or 2` },
};
function oneOf<const T extends string>(first: T, ...others: readonly T[]): Column<T> {
  const values = [first, ...others];
  return {
    read: (cell) => {
      const value = values.find((candidate) => candidate === cell);
      return value === undefined
        ? { value: first, complaint: `“${cell}” must be ${values.join(' or ')}` }
        : { value };
    },
  };
}

type Columns<T> = { readonly [K in keyof T]-?: Column<T[K]> };

const COMPANY: Columns<Company> = { id, name: filled, headquarters: text, country, group: text, note: text };
const SERVICE: Columns<Service> = {
  id,
  company: id,
  part_of: optionalId,
  name: filled,
  kind: text,
  users: count,
  users_counted: text,
  users_as_of: date,
  users_source: optionalId,
  note: text,
};
const LETTER: Columns<Letter> = {
  company: id,
  date,
  direction: oneOf('sent', 'received'),
  kind: oneOf('letter', 'email'),
  round,
  about: text,
  outcome: text,
  source: optionalId,
  reply_by: date,
  remark: text,
};
const PUBLISHED: Columns<PublishedFigure> = {
  unit: id,
  measure: id,
  figure: oneOf('score', 'total', 'position', 'grade'),
  value: filled,
  where: text,
};

const filledDate: Column<string> = {
  read: (cell) => (cell === '' ? { value: cell, complaint: 'must not be empty' } : date.read(cell)),
};
const SEARCH: Columns<Search> = {
  unit: id,
  measure: id,
  date: filledDate,
  where: filled,
  words: filled,
  note: text,
};

/** Columns that a file may do without. They are written only where one of them is filled. */
export const OPTIONAL_COLUMNS: readonly string[] = ['group', 'part_of', 'reply_by', 'remark'];

/** The columns of the CSV files, in the order in which they are written. */
export const COLUMNS = {
  companies: Object.keys(COMPANY),
  services: Object.keys(SERVICE),
  correspondence: Object.keys(LETTER),
  published: Object.keys(PUBLISHED),
  searches: Object.keys(SEARCH),
  answers: ['unit', 'measure', 'answer', 'citations', 'note'],
} as const;

export const readCompanies = (source: TextFile, report: Report) => readRecords(source, COMPANY, report);
export const readServices = (source: TextFile, report: Report) => readRecords(source, SERVICE, report);
export const readCorrespondence = (source: TextFile, report: Report) => readRecords(source, LETTER, report);
export const readPublished = (source: TextFile, report: Report) => readRecords(source, PUBLISHED, report);
export const readSearches = (source: TextFile, report: Report) => readRecords(source, SEARCH, report);

function readRecords<T extends object>(
  source: TextFile,
  columns: Columns<T>,
  report: Report,
): Records<T> | undefined {
  const names = Object.keys(columns) as (keyof T & string)[];
  const table = parseCsv(source, names, report, OPTIONAL_COLUMNS);
  if (!table) return undefined;
  const rowOf = new Map(table.rows.map((cells, row) => [readRow(table, cells, row, columns, report), row]));
  return {
    records: [...rowOf.keys()],
    at: (record, column) => table.at(rowOf.get(record) ?? 0, column as keyof T & string),
  };
}

function readRow<T extends object>(
  table: Table<keyof T & string>,
  cells: readonly string[],
  row: number,
  columns: Columns<T>,
  report: Report,
): T {
  const record: Partial<T> = {};
  for (const column of OPTIONAL_COLUMNS) if (column in columns) Object.assign(record, { [column]: '' });
  table.columns.forEach((column, index) => {
    const cell = cells[index] ?? '';
    const { value, complaint } = columns[column].read(cell);
    record[column] = value;
    const isDate = [date, filledDate].some((own) => own === columns[column]);
    const inPlace = isDate && PARTIAL_DATE.test(cell); // a date, if a wrong one, where a date belongs
    const damage =
      inPlace || (complaint === undefined && !isErrorValue(cell))
        ? undefined
        : ((isDate ? dateDamage(cell) : undefined) ?? spreadsheetDamage(cell));
    const isId = [id, optionalId].some((own) => own === columns[column]);
    if (damage) report('spreadsheet-damage', table.at(row, column), damage);
    else if (complaint)
      report(isId ? 'bad-id' : 'value', table.at(row, column), `Column “${column}”: ${complaint}.`);
  });
  return record as T; // every column of T was read
}
