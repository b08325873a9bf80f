import { unzipSync, zipSync } from 'fflate';
import { ImportError } from './import-error.ts';

const MOST_BYTES = 512 * 1024 * 1024;
/** Cells are laid out as a rectangle, empty ones too. */
const MOST_CELLS = 20_000_000;

/**
 * A workbook that can be held and read: unpacked and packed again, since the reader waits for ever where an archive is cut off, and no sheet
 * wider and longer than can be laid out (one cell in the last row of the last column makes one of seventeen thousand million).
 * @throws ImportError
 */
export function soundWorkbook(name: string, bytes: Uint8Array, mostBytes = MOST_BYTES): Uint8Array {
  const files = unpacked(name, bytes, mostBytes);
  for (const [path, content] of Object.entries(files))
    if (/^\/?xl\/worksheets\/[^/]*\.xml$/i.test(path)) checkSheet(name, content);
  return zipSync(files, { level: 0 });
}

function unpacked(name: string, bytes: Uint8Array, mostBytes: number): Record<string, Uint8Array> {
  let size = 0;
  try {
    return unzipSync(bytes, {
      filter: ({ originalSize }) => {
        size += originalSize;
        if (size > mostBytes)
          throw new ImportError(
            `“${name}” unpacks to more than ${mostBytes / 2 ** 20} MiB, which is the most that is read.`,
          );
        return true;
      },
    });
  } catch (error) {
    if (error instanceof ImportError) throw error;
    throw new ImportError(`“${name}” is no spreadsheet that can be read.`, { cause: error });
  }
}

/** What is read at once: a sheet of hundreds of megabytes is no one string. */
const STEP = 1024 * 1024;
/** No reference to a cell is longer; one may stand across two steps. */
const LONGEST_REFERENCE = 32;

function checkSheet(name: string, xml: Uint8Array): void {
  let [rows, columns] = [0, 0];
  for (let at = 0; at < xml.length; at += STEP) {
    const text = Buffer.from(xml.subarray(at, at + STEP + LONGEST_REFERENCE)).toString('latin1');
    for (const [, column = '', row] of text.matchAll(/\br\s?=\s?["']([A-Za-z]{0,7})(\d{1,12})["']/g)) {
      rows = Math.max(rows, Number(row));
      columns = Math.max(columns, columnNumber(column));
    }
    if (rows * columns > MOST_CELLS)
      throw new ImportError(
        `“${name}” has a sheet of ${rows.toLocaleString('en')} rows and ${columns.toLocaleString('en')} columns, more than can be read. Perhaps something stands in a cell far off; remove it, or save the table as CSV.`,
      );
  }
}

const columnNumber = (letters: string) =>
  [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
