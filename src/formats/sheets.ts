import { odsSheets } from './ods.ts';
import type { SheetEntry } from './sheet.ts';
import { xlsxSheets } from './xlsx.ts';
import { unzipTexts } from './zip-files.ts';

/** The cells of spreadsheets: XLSX and XLSM (ECMA-376), ODS (OpenDocument 1.3). */
export {
  type CellKind,
  columnLetters,
  columnNumber,
  type Merge,
  type Sheet,
  type SheetCell,
  type SheetEntry,
  type SheetRow,
} from './sheet.ts';

const isWanted = (name: string) =>
  /\.(?:xml|rels)$/i.test(name) && !/drawing|theme|media|pivot|vml/i.test(name);

/**
 * The sheets of a spreadsheet, XLSX or ODS, by what it holds whatever it is called.
 * @param mostBytes what it may unpack to
 * @throws Error if it is none, is broken or locked, or is larger than may be
 */
export function openSpreadsheet(bytes: Uint8Array, mostBytes?: number): SheetEntry[] {
  const files = unzipTexts(bytes, isWanted, mostBytes);
  const sheets = files.has('content.xml') ? odsSheets(files) : xlsxSheets(files);
  if (sheets.length === 0) throw new Error('it holds no sheet');
  return sheets;
}
