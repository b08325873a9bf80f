import Papa from 'papaparse';
import { didYouMean } from './ids.ts';
import type { Place, Report, TextFile } from './place.ts';

/** A CSV file whose header and quotes hold. Rows count from 0, without the header. */
export interface Table<Column extends string> {
  readonly columns: readonly Column[];
  /** Every row has as many cells as there are columns. */
  readonly rows: readonly (readonly string[])[];
  at(row: number, column: Column): Place;
}

/** Parses CSV (RFC 4180, commas) that must have exactly these columns, in any order; optional ones may be missing. */
export function parseCsv<Column extends string>(
  source: TextFile,
  columns: readonly Column[],
  report: Report,
  optional: readonly string[] = [],
): Table<Column> | undefined {
  const parsed = Papa.parse<string[]>(source.text, { delimiter: ',', newline: '\n' });
  const data = parsed.data;
  if (data.at(-1)?.length === 1 && data.at(-1)?.[0] === '') data.pop();
  const places = cellPlaces(source);
  for (const error of parsed.errors) {
    if (error.type !== 'Quotes') continue;
    report(
      'csv-syntax',
      places(error.row ?? 0, 0),
      'The quotes of this row do not match. A cell with a comma, a quote or a line break stands in quotes, and quotes within it are doubled.',
    );
  }
  const header = data[0] ?? [];
  if (
    !checkHeader(header, columns, optional, source.ownColumns ?? [], (index, message) =>
      report('csv-header', places(0, index), message),
    )
  )
    return undefined;
  if (parsed.errors.some((error) => error.type === 'Quotes')) return undefined;
  const rows = data.slice(1);
  let damaged = false;
  rows.forEach((row, index) => {
    if (row.length === header.length) return;
    damaged = true;
    const what =
      row.length === 1 && row[0] === ''
        ? 'The row is empty; remove it'
        : `The row has ${row.length} cells instead of ${header.length}; a cell with a comma must stand in quotes`;
    report('csv-syntax', places(index + 1, 0), `${what}.`);
  });
  if (damaged) return undefined;
  const kept = header.flatMap((name, index) => (columns.includes(name as Column) ? [index] : []));
  return {
    columns: kept.map((index) => header[index] as Column),
    rows: kept.length === header.length ? rows : rows.map((row) => kept.map((index) => row[index] ?? '')),
    at: (row, column) => places(row + 1, header.indexOf(column)),
  };
}

/** A file with more columns is another file. */
const MOST_COLUMNS = 100;

function checkHeader(
  header: readonly string[],
  columns: readonly string[],
  optional: readonly string[],
  own: readonly string[],
  fail: (index: number, message: string) => void,
): boolean {
  let good = true;
  const complain = (index: number, message: string) => {
    good = false;
    fail(index, message);
  };
  if (header.length === 1 && columns.length > 1 && /[;\t]/.test(header[0] ?? '')) {
    complain(0, 'The cells are separated by semicolons or tabs. Save the file with commas.');
    return false;
  }
  const seen = new Set<string>();
  for (const [index, name] of header.entries()) {
    const isKnown = columns.includes(name);
    if ((isKnown || own.includes(name)) && !seen.has(name)) {
      seen.add(name);
      continue;
    }
    if (index >= MOST_COLUMNS) {
      complain(
        index,
        `The file has ${header.length.toLocaleString('en')} columns; those after this are not looked at.`,
      );
      break;
    }
    complain(
      index,
      isKnown
        ? `The column “${name}” stands twice.`
        : `The column “${name}” is not known.${didYouMean(name, columns)} The columns are ${columns.join(', ')}; one that the edition keeps for itself is declared in edition.yaml, under “columns”.`,
    );
  }
  for (const column of columns) {
    if (!seen.has(column) && !optional.includes(column))
      complain(0, `The column “${column}” is missing. The columns are ${columns.join(', ')}.`);
  }
  return good;
}

/** Finds where a cell stands by scanning the text again; the starts of all records are kept from the first time on. */
export function cellPlaces(source: TextFile): (record: number, cell: number) => Place {
  let starts: number[] | undefined;
  return (record, cell) => {
    starts ??= recordStarts(source.text);
    let at = starts[record] ?? source.text.length;
    for (let skipped = 0; skipped < cell; skipped++) {
      const end = cellEnd(source.text, at);
      if (source.text[end] !== ',') break;
      at = end + 1;
    }
    return source.at(at);
  };
}

/** Where the records of a CSV text begin. */
export function recordStarts(text: string): number[] {
  const starts = [0];
  for (let at = 0; at < text.length; ) {
    const end = cellEnd(text, at);
    if (text[end] === '\n') starts.push(end + 1);
    at = end + 1;
  }
  return starts;
}

/** The offset of the comma or line end after the cell that begins here. */
function cellEnd(text: string, start: number): number {
  let at = start;
  if (text[at] === '"') {
    for (at++; at < text.length; at++) {
      if (text[at] !== '"') continue;
      if (text[at + 1] === '"') at++;
      else break;
    }
  }
  while (at < text.length && text[at] !== ',' && text[at] !== '\n') at++;
  return at;
}

const ERROR_VALUES = /^#(?:REF!|N\/A|NAME\?|VALUE!|DIV\/0!|NULL!|NUM!|SPILL!|CALC!|####*)$/;
const MONTHS = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
const DATE_LIKE = new RegExp(
  `^(?:\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{1,4}|\\d{1,2}[-/.](?:${MONTHS})[a-z]*(?:[-/.]\\d{2,4})?|(?:${MONTHS})[a-z]*[-/. ]\\d{1,4})$`,
  'i',
);

/** What a spreadsheet has done to a cell that should be an id, a level or a number; undefined if nothing is to be seen. */
export function spreadsheetDamage(cell: string): string | undefined {
  if (ERROR_VALUES.test(cell))
    return `“${cell}” is a spreadsheet’s error value. Write what the cell should hold.`;
  if (DATE_LIKE.test(cell))
    return `“${cell}” looks like an id that a spreadsheet turned into a date. Write the id again, and format the column as text.`;
  if (/^'/.test(cell))
    return `“${cell}” begins with an apostrophe, as a spreadsheet keeps numbers as text. Remove it.`;
  if (/^-?\d+[.,]0+$/.test(cell))
    return `“${cell}” is a whole number with decimals that a spreadsheet added. Write “${cell.replace(/[.,]0+$/, '')}”.`;
  if (/^\d(?:[.,]\d+)?E[+-]?\d+$/i.test(cell))
    return `“${cell}” is a number in a spreadsheet’s short form. Write all its digits.`;
  if (/^\d{1,3}(?:[,.\u00a0\u202f ]\d{3})+$/.test(cell))
    return `“${cell}” is a number with separators between thousands. Write “${cell.replace(/\D/g, '')}”.`;
  if (cell !== cell.trim() || /[\u00a0\u200b]/.test(cell))
    return `“${cell}” has spaces around it (or one that cannot be seen). Remove them.`;
  return undefined;
}

/** Whether a cell is an error value of a spreadsheet, wherever it stands. */
export const isErrorValue = (cell: string) => cell.startsWith('#') && ERROR_VALUES.test(cell);
