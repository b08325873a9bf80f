import { openSpreadsheet, type Sheet, type SheetCell, type SheetRow } from '#formats/sheets';
import type { DocumentText } from '../document-text.ts';

/** Beyond this many columns apart, cells stand side by side: one cell far out must not cost a tab for each before it. */
const FAR = 256;

/**
 * A spreadsheet as it is shown: each sheet with its name, a line a row, a tab between columns, numbers and dates as they are formatted. Only cells that are there
 * are read, wherever they stand. What is in hidden sheets, rows and columns is given apart.
 * @throws Error if it is none
 */
export function sheetText(bytes: Uint8Array): Partial<DocumentText> {
  const shown: string[] = [];
  const hidden: string[] = [];
  let unstored = 0;
  for (const entry of openSpreadsheet(bytes)) {
    const sheet = entry.read();
    unstored += sheet.rows.flatMap(({ cells }) => cells).filter(({ kind }) => kind === 'unstored').length;
    const { visible, awayRows, awayCells } = parted(sheet);
    (entry.hidden ? hidden : shown).push([sheet.name, ...linesOf(visible)].join('\n'));
    for (const away of [awayRows, awayCells])
      if (away.length > 0) hidden.push([sheet.name, ...linesOf(away)].join('\n'));
  }
  return {
    text: shown.join('\n\n'),
    hidden: hidden.join('\n\n'),
    remarks:
      unstored > 0
        ? [
            `${unstored} of its formulas were saved without a value: open it, save it again, and capture that file`,
          ]
        : [],
  };
}

/** What is seen, and what hidden rows and hidden columns hold. */
function parted({ rows, hiddenColumns }: Sheet) {
  const filtered = (isWanted: (row: SheetRow, cell: SheetCell) => boolean): SheetRow[] =>
    rows.flatMap((row) => {
      const cells = row.cells.filter((cell) => cell.shown.trim() !== '' && isWanted(row, cell));
      return cells.length > 0 ? [{ ...row, cells }] : [];
    });
  return {
    visible: filtered((row, { column }) => !row.hidden && !hiddenColumns.has(column)),
    awayRows: filtered((row) => row.hidden),
    awayCells: filtered((row, { column }) => !row.hidden && hiddenColumns.has(column)),
  };
}

function linesOf(rows: readonly SheetRow[]): string[] {
  let first = Number.POSITIVE_INFINITY;
  for (const { cells } of rows) first = Math.min(first, cells[0]?.column ?? first);
  const lines: string[] = [];
  let before = 0;
  for (const { number, cells } of rows) {
    if (before > 0 && number > before + 1) lines.push('');
    before = number;
    let line = '';
    let column = first;
    for (const cell of cells) {
      const apart = cell.column - column;
      line += (apart > FAR ? '\t' : '\t'.repeat(Math.max(0, apart))) + oneLine(cell.shown);
      column = cell.column;
    }
    lines.push(line);
  }
  return lines;
}

const oneLine = (text: string) => text.replace(/[\t\n\r]+/g, ' ').trim();
