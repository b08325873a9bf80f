import Papa from 'papaparse';
import { dateReadings } from './date-damage.ts';
import type { Place, TextFile } from './place.ts';
import { textFile } from './place.ts';
import { PARTIAL_DATE } from './values.ts';

/** A cell, row or column that a spreadsheet wrote in its own way, and what it should be. */
export interface SaveChange {
  readonly line: number;
  readonly what: string;
  readonly from: string;
  readonly to: string;
}

/** A CSV file as a spreadsheet saved it, put right. */
export interface SpreadsheetSave {
  readonly text: string;
  /** What was found, in a few words each. */
  readonly found: readonly string[];
  readonly changes: readonly SaveChange[];
  /** The line in which each record of the text began before. */
  readonly lines: readonly number[];
}

const DATES: Readonly<Record<string, readonly string[]>> = {
  correspondence: ['date', 'reply_by'],
  services: ['users_as_of'],
  searches: ['date'],
};
const NUMBERS: Readonly<Record<string, readonly string[]>> = { answers: ['answer'], published: ['value'] };
/** What is written for people; blanks within it, and at its beginning, are theirs. */
const TEXTS = new Set([
  'note',
  'name',
  'headquarters',
  'about',
  'outcome',
  'where',
  'words',
  'users_counted',
]);

/**
 * What a spreadsheet program makes of a CSV file when it saves it: a byte-order mark, CR LF, semicolons or tabs, empty columns and rows, blanks
 * around cells, decimal commas, dates in its own form. Undefined where nothing of it is to be seen. What could mean two things stays as it is.
 */
export function spreadsheetSave(file: string, raw: string): SpreadsheetSave | undefined {
  if (!mayBeSaved(raw)) return undefined;
  const text = raw.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const found = new Set<string>();
  if (raw.startsWith('\uFEFF')) found.add('a byte-order mark');
  if (raw.includes('\r')) found.add('line ends of Windows');
  const separator = separatorOf(text);
  if (separator !== ',') found.add(separator === ';' ? 'semicolons' : 'tabs');
  const parsed = Papa.parse<string[]>(text, { delimiter: separator, newline: '\n' });
  if (parsed.errors.some(({ type }) => type === 'Quotes'))
    return found.size > 0 && separator === ','
      ? { text, found: [...found], changes: [], lines: [] }
      : undefined;
  const { rows, changes } = putRight(parsed.data, tableOf(file), separator, found);
  if (found.size === 0) return undefined;
  return {
    text: `${Papa.unparse(
      rows.map(({ cells }) => [...cells]),
      { newline: '\n' },
    )}\n`,
    found: [...found],
    changes,
    lines: rows.map(({ line }) => line),
  };
}

interface PlacedRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Which table of the edition a file is, or a part of: answers.csv, and answers/ash.csv. */
export const tableOf = (file: string): string =>
  file.includes('/') ? file.replace(/\/.*$/s, '') : file.replace(/\.csv$/, '');

function putRight(data: readonly string[][], table: string, separator: string, found: Set<string>) {
  const records = placed(data);
  const header = (records[0]?.cells ?? []).map((cell) => cell.trim());
  const width = filledWidth(header, records);
  const changes: SaveChange[] = [];
  const rows: PlacedRecord[] = [];
  const order = header.map((name, column) =>
    DATES[table]?.includes(name)
      ? dayOrder(records.slice(1).map(({ cells }) => cells[column] ?? ''))
      : undefined,
  );
  for (const [index, { line, cells }] of records.entries()) {
    if (cells.every((cell) => cell.trim() === '')) {
      found.add('empty rows');
      continue;
    }
    const own = evenly(cells, { width, full: header.length }, found).map((cell, column) => {
      const what = header[column] ?? '';
      const to =
        index === 0
          ? cell.trim()
          : tidied(cell, { column: what, table, separator, order: order[column] }, found);
      if (to.trim() !== cell.trim()) changes.push({ line, what, from: cell, to });
      return to;
    });
    rows.push({ line, cells: own });
  }
  return { rows, changes };
}

/** Looked at before anything is parsed: nearly all files were never near a spreadsheet, and some are large. */
function mayBeSaved(raw: string): boolean {
  if (raw.startsWith('\uFEFF') || raw.includes('\r')) return true;
  const header = raw.slice(0, Math.max(0, raw.indexOf('\n')));
  return (
    /[;\t ]|,$/.test(header) ||
    /\n,*\n/.test(raw) ||
    /[ \u00a0](?:,|\n|$)|^[ \u00a0]/m.test(raw) ||
    /(?:^|,)"?(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|[1-6]\d{4}|\d{1,2}-[A-Za-z]{3}-\d{2,4})"?(?:,|$)/m.test(
      raw,
    ) ||
    /"-?\d+,\d+"/.test(raw)
  );
}

function separatorOf(text: string): string {
  const header = text.slice(0, text.indexOf('\n') < 0 ? text.length : text.indexOf('\n'));
  const other = header.includes(';') ? ';' : '\t';
  if (header.includes(',') || !header.includes(other)) return ',';
  // A header alone may have been mended by hand.
  const rows = text
    .split('\n')
    .slice(1, 100)
    .filter((line) => line.trim() !== '');
  return rows.filter((line) => line.includes(other)).length >= rows.length / 2 ? other : ',';
}

/** Records with the line in which each begins; the empty end of a file is none. */
function placed(data: readonly string[][]): PlacedRecord[] {
  let line = 1;
  const records = data.map((cells) => {
    const own = { line, cells };
    line += 1 + cells.reduce((sum, cell) => sum + (cell.match(/\n/g)?.length ?? 0), 0);
    return own;
  });
  const last = records.at(-1);
  return last?.cells.length === 1 && last.cells[0] === '' ? records.slice(0, -1) : records;
}

/** Columns without a name in which nothing stands are no columns. */
function filledWidth(header: readonly string[], records: readonly PlacedRecord[]): number {
  let width = header.length;
  while (
    width > 0 &&
    header[width - 1] === '' &&
    records.every(({ cells }) => (cells[width - 1] ?? '').trim() === '')
  )
    width--;
  return width;
}

/**
 * A row as wide as the header: what a spreadsheet wrote below columns without a name goes, and cells that it left out at the end come back. A row
 * that is wider than all columns has a comma too many somewhere, and nobody knows where.
 */
function evenly(
  cells: readonly string[],
  { width, full }: { readonly width: number; readonly full: number },
  found: Set<string>,
): readonly string[] {
  if (cells.length === width || cells.length > full) return cells;
  if (cells.length > width) {
    found.add('empty columns');
    return cells.slice(0, width);
  }
  if (cells.length < 2) return cells;
  found.add('rows cut short');
  return [...cells, ...Array.from({ length: width - cells.length }, () => '')];
}

/**
 * Whether the dates of a column have the day or the month first: a spreadsheet writes all of them alike, so that one that can be read in one way
 * only tells of the others. Undefined where none does, or they differ.
 */
function dayOrder(cells: readonly string[]): 'day' | 'month' | undefined {
  const orders = new Set(
    cells.flatMap((cell) => {
      const [, first, second] = /^\s*(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}\s*$/.exec(cell) ?? [];
      if (first === undefined || second === undefined) return [];
      return Number(first) > 12 ? ['day' as const] : Number(second) > 12 ? ['month' as const] : [];
    }),
  );
  return orders.size === 1 ? [...orders][0] : undefined;
}

interface CellPlace {
  readonly column: string;
  readonly table: string;
  readonly separator: string;
  readonly order: 'day' | 'month' | undefined;
}

function tidied(cell: string, { column, table, separator, order }: CellPlace, found: Set<string>): string {
  const bare = TEXTS.has(column)
    ? cell.replace(/[ \u00a0]+$/, '')
    : cell.replace(/^[\s\u00a0]+|[\s\u00a0]+$/g, '');
  if (bare !== cell) found.add('blanks around cells');
  if (DATES[table]?.includes(column) && bare !== '' && !PARTIAL_DATE.test(bare)) {
    // Of two readings, the first has the day first.
    const readings = dateReadings(bare) ?? [];
    const date = readings.length < 2 ? readings[0] : order && readings[order === 'day' ? 0 : 1];
    if (date !== undefined) {
      found.add('dates in its own form');
      return date;
    }
  }
  const number = /^(-?\d+),(\d+)$/.exec(bare);
  // Between commas, three digits behind one may be thousands.
  if (NUMBERS[table]?.includes(column) && number && (separator !== ',' || number[2]?.length !== 3)) {
    found.add('decimal commas');
    return `${number[1]}.${number[2]}`;
  }
  return bare;
}

/** The text of such a file, whose places are those before it was put right. */
export function placedSave(file: string, save: SpreadsheetSave): TextFile {
  const { text, lines } = save;
  const own = textFile(file, text);
  let starts: number[] | undefined;
  return {
    file,
    text,
    at: (offset): Place => {
      const place = own.at(offset);
      starts ??= recordLines(text);
      let record = 0;
      while (record + 1 < starts.length && (starts[record + 1] ?? 0) <= place.line) record++;
      const line = lines[record];
      return line === undefined
        ? place
        : { ...place, line: line + place.line - (starts[record] ?? place.line) };
    },
  };
}

/** The lines in which the records of a text begin. */
function recordLines(text: string): number[] {
  return placed(Papa.parse<string[]>(text, { delimiter: ',', newline: '\n' }).data).map(({ line }) => line);
}
