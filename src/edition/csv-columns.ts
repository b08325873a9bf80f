import Papa from 'papaparse';
import { cellPlaces, parseCsv } from './csv-file.ts';
import type { Place, Report, TextFile } from './place.ts';

/** A CSV file by its columns: of half a gigabyte of answers, rows would take several times the memory. */
export interface ColumnTable<Column extends string> {
  readonly length: number;
  /** Empty where an optional column is missing. */
  column(name: Column): readonly string[];
  at(row: number, column: Column): Place;
}

/** So much text is parsed at once. */
const CHUNK = 2 ** 22;

/**
 * Parses CSV as `parseCsv` does, into columns.
 * @param distinct columns whose cells hardly ever are the same; equal cells of all others are kept once
 */
export function parseCsvColumns<Column extends string>(
  source: TextFile,
  columns: readonly Column[],
  distinct: readonly Column[],
  report: Report,
): ColumnTable<Column> | undefined {
  const large = source.text.length > CHUNK ? inChunks(source, columns, distinct) : undefined;
  if (large) return large;
  // Small files, and those in which something does not hold: it is reported from the whole.
  const table = parseCsv(source, columns, report);
  if (!table) return undefined;
  const cells = table.columns.map((_, index) => table.rows.map((row) => row[index] ?? ''));
  return {
    length: table.rows.length,
    column: (name) => cells[table.columns.indexOf(name)] ?? [],
    at: table.at,
  };
}

/** Undefined where anything is not as it should be. */
function inChunks<Column extends string>(
  source: TextFile,
  columns: readonly Column[],
  distinct: readonly Column[],
): ColumnTable<Column> | undefined {
  const { text } = source;
  const header = text.slice(0, text.indexOf('\n')).split(',');
  if (header.length !== columns.length || !columns.every((name) => header.includes(name))) return undefined;
  const cells = header.map((): string[] => []);
  const kept = header.map((name) =>
    distinct.some((own) => own === name) ? undefined : new Map<string, string>(),
  );
  for (let start = text.indexOf('\n') + 1; start < text.length; ) {
    const end = recordEnd(text, start);
    const { data, errors } = Papa.parse<string[]>(text.slice(start, end), { delimiter: ',', newline: '\n' });
    if (errors.some(({ type }) => type === 'Quotes')) return undefined;
    if (data.at(-1)?.length === 1 && data.at(-1)?.[0] === '') data.pop();
    for (const row of data) {
      if (row.length !== header.length) return undefined;
      takeRow(row, cells, kept);
    }
    start = end;
  }
  const places = cellPlaces(source);
  return {
    length: cells[0]?.length ?? 0,
    column: (name) => cells[header.indexOf(name)] ?? [],
    at: (row, column) => places(row + 1, header.indexOf(column)),
  };
}

/** After the first line end behind a chunk that stands in no quotes. */
function recordEnd(text: string, start: number): number {
  let quote = text.indexOf('"', start);
  let isQuoted = false;
  for (let end = text.indexOf('\n', start + CHUNK); end >= 0; end = text.indexOf('\n', end + 1)) {
    while (quote >= 0 && quote < end) {
      isQuoted = !isQuoted;
      quote = text.indexOf('"', quote + 1);
    }
    if (!isQuoted) return end + 1;
  }
  return text.length;
}

function takeRow(
  row: readonly string[],
  cells: readonly string[][],
  kept: readonly (Map<string, string> | undefined)[],
): void {
  for (let index = 0; index < cells.length; index++) {
    const cell = row[index] ?? '';
    const same = kept[index];
    const known = same ? same.get(cell) : cell;
    if (known === undefined) same?.set(cell, cell);
    cells[index]?.push(known ?? cell);
  }
}
