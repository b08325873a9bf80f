import readExcelFile from 'read-excel-file/node';
import { ExtractError } from './extract-error.ts';
import { checkZip } from './zip-limits.ts';

/** A spreadsheet as text: each sheet with its name, a line a row, tabs between cells. @throws ExtractError */
export async function sheetText(bytes: Uint8Array): Promise<string> {
  checkZip(bytes);
  const sheets = await readExcelFile(Buffer.from(bytes)).catch((error: unknown) => {
    throw new ExtractError(
      `the spreadsheet cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  });
  return sheets
    .map(({ sheet, data }) =>
      [sheet, ...data.map((row) => row.map(cellText).join('\t').trimEnd())].join('\n'),
    )
    .join('\n\n');
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  return cell instanceof Date
    ? cell.toISOString().replace(/T00:00:00\.000Z$/, '')
    : String(cell).replace(/[\t\n\r]+/g, ' ');
}
