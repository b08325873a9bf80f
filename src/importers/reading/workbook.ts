import { didYouMean } from '#edition/index';
import { type Merge, openSpreadsheet, type Sheet, type SheetCell, type SheetEntry } from '#formats/sheets';
import { ImportError } from '../import-error.ts';
import type { SourceFile } from '../source-files.ts';
import type { TableCell } from './cell.ts';

/** More than a workbook of research has. */
const MOST_BYTES = 512 * 1024 * 1024;

export interface SheetRecord {
  /** As the spreadsheet counts its rows. */
  readonly line: number;
  readonly cells: readonly TableCell[];
  /** Columns, from 0, in which a cell above stands for this one, with which it is merged. */
  readonly copies: ReadonlySet<number>;
}

/**
 * The sheet of a spreadsheet that is asked for, or the first that is not hidden.
 * @throws ImportError if it is no spreadsheet that can be read, or has no such sheet
 */
export async function sheetOf(file: SourceFile, wanted: string | undefined) {
  const sheets = await openFile(file);
  const visible = sheets.filter(({ hidden }) => !hidden);
  const entry = wanted === undefined ? (visible[0] ?? sheets[0]) : named(sheets, wanted);
  if (!entry)
    throw new ImportError(
      `“${file.name}” has no sheet “${wanted}”.${didYouMean(
        wanted ?? '',
        sheets.map(({ name }) => name),
      )} Its sheets are ${sheets.map(({ name, hidden }) => `“${name}”${hidden ? ' (hidden)' : ''}`).join(', ')}.`,
    );
  return { entry, sheet: inWords(file.name, () => entry.read()), sheets };
}

/** Blanks around a name and the case of its letters do not matter where the name itself is not there. */
function named(sheets: readonly SheetEntry[], wanted: string): SheetEntry | undefined {
  const folded = (name: string) => name.trim().replace(/\s+/g, ' ').toLowerCase();
  return (
    sheets.find(({ name }) => name === wanted) ?? sheets.find(({ name }) => folded(name) === folded(wanted))
  );
}

async function openFile(file: SourceFile): Promise<SheetEntry[]> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.open()) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  if (bytes.subarray(0, 8).equals(Buffer.from('d0cf11e0a1b11ae1', 'hex')) || /\.xlsb$/i.test(file.name))
    throw new ImportError(
      `“${file.name}” is in an old or binary format of Excel, or locked with a password, and cannot be read. Open it in a spreadsheet program and save it as XLSX, without a password.`,
    );
  if (bytes.length > 0 && bytes.subarray(0, 2).toString('latin1') !== 'PK')
    throw new ImportError(
      `“${file.name}” is no spreadsheet but ${/^\s*<|^\ufeff?\s*</.test(bytes.subarray(0, 200).toString('utf8')) ? 'a page or XML that was called so: open it in a spreadsheet program and save it as XLSX' : 'something else that was called so: if it is a text with separators, call it .csv'}.`,
    );
  return inWords(file.name, () => openSpreadsheet(bytes, MOST_BYTES));
}

/** @throws ImportError in the place of what a broken file throws */
function inWords<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new ImportError(
      `“${name}” is no spreadsheet that can be read: ${error instanceof Error ? error.message : error}.`,
      { cause: error },
    );
  }
}

/** The rows of a sheet that hold something. A block of merged cells stands for each of its rows, and in a heading for each of its columns. */
export function* sheetRecords(sheet: Sheet, headingUntil: number): Generator<SheetRecord> {
  const rows = new Map(sheet.rows.map((row) => [row.number, row.cells]));
  const last = sheet.rows.at(-1)?.number ?? 0;
  const spread = new Map<number, Spread[]>();
  let places = 0;
  for (const merge of sheet.merges) {
    const cell = rows.get(merge.top)?.find(({ column }) => column === merge.left);
    const right = merge.top <= headingUntil ? merge.right : merge.left;
    if (!cell) continue;
    for (const { row, column } of placesIn({ ...merge, right, bottom: Math.min(merge.bottom, last) })) {
      if (++places > MOST_PLACES) break;
      const own = spread.get(row);
      if (own) own.push({ column, cell });
      else spread.set(row, [{ column, cell }]);
    }
  }
  for (const line of [...new Set([...rows.keys(), ...spread.keys()])].toSorted((a, b) => a - b))
    yield recordOf(line, rows.get(line) ?? [], spread.get(line) ?? []);
}

interface Spread {
  readonly column: number;
  readonly cell: SheetCell;
}

function recordOf(line: number, own: readonly SheetCell[], spread: readonly Spread[]): SheetRecord {
  const cells: TableCell[] = [];
  for (const cell of own) cells[cell.column - 1] = cell;
  const copies = new Set<number>();
  for (const { column, cell } of spread)
    if (cells[column - 1] === undefined) {
      cells[column - 1] = cell;
      copies.add(column - 1);
    }
  return { line, cells, copies };
}

/** The places of a block but its first. */
function* placesIn({ top, left, bottom, right }: Merge): Generator<{ row: number; column: number }> {
  for (let row = top; row <= Math.min(bottom, top + MOST_SPREAD); row++)
    for (let column = left; column <= Math.min(right, left + MOST_SPREAD); column++)
      if (row > top || column > left) yield { row, column };
}

/** A block that is merged over more rows or columns is no cell of a table. */
const MOST_SPREAD = 1000;
/** Nor are there more places of merged cells in a sheet that people made. */
const MOST_PLACES = 1_000_000;
