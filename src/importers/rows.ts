import Papa from 'papaparse';
import readExcelFile from 'read-excel-file/node';
import { ImportError } from './import-error.ts';
import type { SourceFile } from './source-files.ts';
import { soundWorkbook } from './workbook-limits.ts';

/** A row of a table, by the names of its columns. */
export interface Row {
  /** Where it begins, counted from 1. */
  readonly line: number;
  /** The text of a column; empty where the row has none. */
  cell(column: string): string;
}

/** A table as spreadsheets and programs write it. */
export interface Rows {
  /** Names of the columns, trimmed; of equal ones the later have a number added. */
  readonly columns: readonly string[];
  readonly rows: AsyncIterable<Row>;
  /** Rows with more or fewer cells than there are columns, so far. */
  readonly uneven: readonly { readonly line: number; readonly cells: number }[];
}

/**
 * Reads a table, row by row: CSV with commas, semicolons, tabs or bars, in UTF-8, UTF-16 or Windows-1252; or a sheet of an XLSX file.
 * @throws ImportError if it is empty, or cannot be read
 */
export async function readRows(
  file: SourceFile,
  { sheet, skip = 0 }: { sheet?: string | undefined; skip?: number | undefined } = {},
): Promise<Rows> {
  const records = /\.xlsx$/i.test(file.name) ? await sheetRecords(file, sheet) : csvRecords(file);
  const iterator = records[Symbol.asyncIterator]();
  let above = 0;
  for (let skipped = 0; skipped < skip; skipped++) above += linesIn((await iterator.next()).value ?? []);
  const first = await iterator.next();
  if (first.done) throw new ImportError(`“${file.name}” is empty.`);
  const columns = uniqueNames(first.value.map((name) => name.trim()));
  const places = new Map(columns.map((name, index) => [name, index]));
  const uneven: { line: number; cells: number }[] = [];
  async function* rows(): AsyncGenerator<Row> {
    let line = 1 + above + linesIn(first.value ?? []);
    for (;;) {
      const { value: cells, done } = await iterator.next();
      if (done) return;
      const at = line;
      line += linesIn(cells);
      if (cells.every((cell) => cell.trim() === '')) continue;
      if (cells.length !== columns.length) uneven.push({ line: at, cells: cells.length });
      yield { line: at, cell: (column) => cells[places.get(column) ?? -1] ?? '' };
    }
  }
  return { columns, rows: rows(), uneven };
}

/** How many lines of the file a record takes up. */
function linesIn(cells: readonly string[]): number {
  let lines = 1;
  for (const cell of cells)
    for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) lines++;
  return lines;
}

function uniqueNames(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

/** So much text is parsed at once; a record longer than that is tried again when there is twice as much, so that time grows with length only. */
const STEP = 256 * 1024;

async function* csvRecords(file: SourceFile): AsyncGenerator<string[]> {
  const encoding = await encodingOf(file);
  let text = '';
  let enough = STEP;
  let form: Papa.ParseConfig | undefined;
  for await (const piece of decoded(file, encoding)) {
    text += piece;
    if (text.length < enough) continue;
    form ??= formOf(text);
    const { records, end } = parsed(text, form, 'goes on');
    yield* records;
    text = text.slice(end);
    enough = Math.max(STEP, 2 * text.length);
  }
  if (text !== '') yield* parsed(text, form ?? formOf(text), 'ends').records;
}

/** How a table separates cells and lines, by its beginning. */
function formOf(text: string): Papa.ParseConfig {
  const { meta } = Papa.parse(text.slice(0, STEP), { preview: 10, delimitersToGuess: [',', ';', '\t', '|'] });
  return { delimiter: meta.delimiter, newline: meta.linebreak as '\n' | '\r' | '\r\n' };
}

/** The records of a text; of one that goes on, without the last, which may not be whole. */
function parsed(text: string, form: Papa.ParseConfig, then: 'goes on' | 'ends') {
  const { data, meta } = new Papa.Parser(form).parse(text, 0, then === 'goes on') as Papa.ParseResult<
    string[]
  >;
  return { records: data, end: meta.cursor };
}

async function* decoded(file: SourceFile, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of file.open()) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** By its byte-order mark; else UTF-8 if all of it is, and Windows-1252, which spreadsheets of old write, if not. */
async function encodingOf(file: SourceFile): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let isFirst = true;
  try {
    for await (const chunk of file.open()) {
      if (isFirst && chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le';
      if (isFirst && chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf-16be';
      isFirst = false;
      decoder.decode(chunk, { stream: true });
    }
    decoder.decode();
    return 'utf-8';
  } catch (error) {
    if (error instanceof TypeError) return 'windows-1252';
    throw error;
  }
}

async function* sheetRecords(file: SourceFile, wanted: string | undefined): AsyncGenerator<string[]> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.open()) chunks.push(chunk);
  const bytes = soundWorkbook(file.name, Buffer.concat(chunks));
  const sheets = await readExcelFile(Buffer.from(bytes)).catch((error: unknown) => {
    throw new ImportError(`“${file.name}” is no spreadsheet that can be read.`, { cause: error });
  });
  const found = wanted === undefined ? sheets[0] : sheets.find(({ sheet }) => sheet === wanted);
  if (!found)
    throw new ImportError(
      `“${file.name}” has no sheet “${wanted}”. Its sheets are ${sheets.map(({ sheet }) => `“${sheet}”`).join(', ')}.`,
    );
  for (const row of found.data) yield row.map(cellText);
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  return cell instanceof Date ? cell.toISOString().replace(/T00:00:00\.000Z$/, '') : String(cell);
}
