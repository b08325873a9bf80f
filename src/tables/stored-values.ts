import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { Sheet } from './workbook.ts';

/**
 * A workbook with the results of its formulas beside them: previews, and programs that read and do not compute, show a formula without one as
 * an empty cell.
 */
export function withStoredValues(bytes: Uint8Array, sheets: readonly Sheet[]): Buffer {
  const files = unzipSync(bytes);
  for (const [index, { data }] of sheets.entries()) {
    const path = `xl/worksheets/sheet${index + 1}.xml`;
    const file = files[path];
    if (!file || !data.some((row) => row.some((cell) => cell?.type === 'Formula'))) continue;
    const xml = strFromU8(file).replace(
      /<c r="([A-Z]+)(\d+)"([^>]*)>(<f>[^<]*<\/f>)<\/c>/g,
      (whole, letters: string, row: string, attributes: string, formula: string) => {
        const stored = data[Number(row) - 1]?.[columnOf(letters)]?.stored;
        if (stored === undefined) return whole;
        const type = typeof stored === 'string' ? ' t="str"' : '';
        return `<c r="${letters}${row}"${attributes}${type}>${formula}<v>${xmlText(String(stored))}</v></c>`;
      },
    );
    files[path] = strToU8(xml);
  }
  return Buffer.from(zipSync(files, { level: 6 }));
}

const columnOf = (letters: string) =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
const xmlText = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
