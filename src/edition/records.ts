import { z } from 'zod';
import { isErrorValue, parseCsv, spreadsheetDamage, type Table } from './csv-file.ts';
import { didYouMean, ID_PATTERN } from './ids.ts';
import type { Company, Letter, PublishedFigure, Service } from './model.ts';
import type { Place, Report, TextFile } from './place.ts';
import { PARTIAL_DATE } from './schema.ts';

/** Records read from a CSV file, and where each cell of them stands. Records that do not hold are left out. */
export interface Records<T> {
  readonly records: readonly T[];
  at(record: T, column: string): Place;
}

interface Column<T> {
  /** Reads a cell; gives a complaint (a string in an array) when it does not hold. */
  read(cell: string): { value: T } | { complaint: string };
}

const text: Column<string> = { read: (cell) => ({ value: cell }) };
const filled: Column<string> = {
  read: (cell) => (cell.trim() === '' ? { complaint: 'must not be empty' } : { value: cell }),
};
const id: Column<string> = {
  read: (cell) =>
    ID_PATTERN.test(cell)
      ? { value: cell }
      : { complaint: `“${cell}” is no id: lower-case words of a–z and 0–9 joined by single hyphens` },
};
const optionalId: Column<string> = { read: (cell) => (cell === '' ? { value: '' } : id.read(cell)) };
const date: Column<string> = {
  read: (cell) =>
    cell === '' || PARTIAL_DATE.test(cell)
      ? { value: cell }
      : { complaint: `“${cell}” is no date such as 2016, 2016-07 or 2016-07-12` },
};
const country: Column<string> = {
  read: (cell) =>
    /^(?:[A-Z]{2})?$/.test(cell)
      ? { value: cell }
      : { complaint: `“${cell}” is no ISO 3166-1 code of two capital letters` },
};
const count: Column<number | undefined> = {
  read: (cell) =>
    cell === ''
      ? { value: undefined }
      : /^\d{1,15}$/.test(cell)
        ? { value: Number(cell) }
        : { complaint: `“${cell}” is no whole number` },
};
const round: Column<number> = {
  read: (cell) =>
    /^[1-9]\d?$/.test(cell) ? { value: Number(cell) } : { complaint: `“${cell}” is no round such as 1 or 2` },
};
function oneOf<const T extends string>(...values: readonly T[]): Column<T> {
  const schema = z.enum(values);
  return {
    read: (cell) => {
      const result = schema.safeParse(cell);
      return result.success
        ? { value: result.data as T }
        : {
            complaint: `“${cell}” is none of ${values.join(', ')}.${didYouMean(cell, values)}`.replace(
              /\.$/,
              '',
            ),
          };
    },
  };
}

type Columns<T> = { readonly [K in keyof T]-?: Column<T[K]> };

const COMPANY: Columns<Company> = { id, name: filled, headquarters: text, country, note: text };
const SERVICE: Columns<Service> = {
  id,
  company: id,
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
};
const PUBLISHED: Columns<PublishedFigure> = {
  unit: id,
  measure: id,
  figure: oneOf('score', 'total', 'position'),
  value: filled,
  where: text,
};

/** The columns of the CSV files, in the order in which they are written. */
export const COLUMNS = {
  companies: Object.keys(COMPANY),
  services: Object.keys(SERVICE),
  correspondence: Object.keys(LETTER),
  published: Object.keys(PUBLISHED),
  answers: ['unit', 'measure', 'answer', 'citations', 'note'],
} as const;

export const readCompanies = (source: TextFile, report: Report) => readRecords(source, COMPANY, report);
export const readServices = (source: TextFile, report: Report) => readRecords(source, SERVICE, report);
export const readCorrespondence = (source: TextFile, report: Report) => readRecords(source, LETTER, report);
export const readPublished = (source: TextFile, report: Report) => readRecords(source, PUBLISHED, report);

function readRecords<T extends object>(
  source: TextFile,
  columns: Columns<T>,
  report: Report,
): Records<T> | undefined {
  const names = Object.keys(columns) as (keyof T & string)[];
  const table = parseCsv(source, names, report);
  if (!table) return undefined;
  const rowOf = new Map<T, number>();
  table.rows.forEach((cells, row) => {
    const record = readRow(table, cells, row, columns, report);
    if (record) rowOf.set(record, row);
  });
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
): T | undefined {
  const record: Partial<T> = {};
  let good = true;
  const complain = (
    rule: 'value' | 'bad-id' | 'spreadsheet-damage',
    column: keyof T & string,
    message: string,
  ) => {
    good = false;
    report(rule, table.at(row, column), message);
  };
  table.columns.forEach((column, index) => {
    const cell = cells[index] ?? '';
    if (isErrorValue(cell)) {
      complain('spreadsheet-damage', column, spreadsheetDamage(cell) ?? '');
      return;
    }
    const read = columns[column].read(cell);
    if ('value' in read) {
      record[column] = read.value;
      return;
    }
    const damage = spreadsheetDamage(cell);
    if (damage) complain('spreadsheet-damage', column, damage);
    else
      complain(
        columns[column] === id || columns[column] === optionalId ? 'bad-id' : 'value',
        column,
        `Column “${column}”: ${read.complaint}.`,
      );
  });
  return good ? (record as T) : undefined;
}
