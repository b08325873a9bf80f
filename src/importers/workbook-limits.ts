import { Unzip, UnzipInflate } from 'fflate';
import { ImportError } from './import-error.ts';

const MOST_BYTES = 512 * 1024 * 1024;
/** Cells are laid out as a rectangle, empty ones too. */
const MOST_CELLS = 20_000_000;
const STEP = 64 * 1024;
/** No reference to a cell is longer. */
const LONGEST_REFERENCE = 32;

/**
 * Makes sure that a workbook can be held: one cell in the last row of the last column makes a sheet of seventeen thousand million.
 * @throws ImportError
 */
export function checkWorkbook(name: string, bytes: Uint8Array, mostBytes = MOST_BYTES): void {
  let size = 0;
  const refuse = (why: string) => new ImportError(`“${name}” ${why}`);
  const unzip = new Unzip((file) => {
    const isSheet = /^xl\/worksheets\/[^/]*\.xml$/i.test(file.name);
    let [rows, columns, kept] = [0, 0, ''];
    file.ondata = (error, chunk) => {
      // What is thrown below comes back here.
      if (error) throw error instanceof ImportError ? error : refuse('is no spreadsheet that can be read.');
      size += chunk.length;
      if (size > mostBytes)
        throw refuse(`unpacks to more than ${mostBytes / 2 ** 20} MiB, which is the most that is read.`);
      if (!isSheet) return;
      const text = kept + Buffer.from(chunk).toString('latin1');
      kept = text.slice(-LONGEST_REFERENCE);
      for (const [, column = '', row] of text.matchAll(/\br\s*=\s*["']([A-Za-z]{0,7})(\d{1,12})["']/g)) {
        rows = Math.max(rows, Number(row));
        columns = Math.max(columns, columnNumber(column));
      }
      if (rows * columns > MOST_CELLS)
        throw refuse(
          `has a sheet of ${rows.toLocaleString('en')} rows and ${columns.toLocaleString('en')} columns, more than can be read. Perhaps something stands in a cell far off; remove it, or save the table as CSV.`,
        );
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    for (let at = 0; at < bytes.length; at += STEP)
      unzip.push(bytes.subarray(at, at + STEP), at + STEP >= bytes.length);
  } catch (error) {
    if (error instanceof ImportError) throw error;
    throw new ImportError(`“${name}” is no spreadsheet that can be read.`, { cause: error });
  }
}

const columnNumber = (letters: string) =>
  [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
