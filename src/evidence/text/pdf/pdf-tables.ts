import type { PdfLine } from './pdf-lines.ts';

/** So many lines side by side make a table; fewer may be chance. */
const LEAST_ROWS = 3;
const SHORT = 12;

/**
 * Tables that a file paints column by column, as rows. Columns of prose look alike at first: their lines are filled to the end, and those of a table are not.
 */
export function rowsOf(lines: readonly PdfLine[]): PdfLine[] {
  const blocks = blocksOf(lines);
  const done: PdfLine[][] = [];
  for (const block of blocks) {
    const before = done.at(-1);
    if (before && isBeside(before, block)) done[done.length - 1] = merged(before, block);
    else done.push(block);
  }
  return done.flat();
}

/** Lines that follow each other down the page. */
function blocksOf(lines: readonly PdfLine[]): PdfLine[][] {
  const blocks: PdfLine[][] = [];
  for (const line of lines) {
    const block = blocks.at(-1);
    const last = block?.at(-1);
    if (block && last && line.across < last.across && line.across > last.across - last.size * 6)
      block.push(line);
    else blocks.push([line]);
  }
  return blocks;
}

const isLevel = (one: PdfLine, other: PdfLine) =>
  Math.abs(one.across - other.across) < Math.min(one.size, other.size) * 0.4;

function isBeside(before: readonly PdfLine[], block: readonly PdfLine[]): boolean {
  if (block.length < LEAST_ROWS || !isRagged(block)) return false;
  const rows = rowsBeside(before, block);
  if (rows.size < block.length || !isRagged([...rows.values()])) return false;
  return [...rows].every(([cell, row]) => row.to < cell.from + 1);
}

/** Which line of the first block each of the second stands beside; both go down the page, so one walk finds all. */
function rowsBeside(before: readonly PdfLine[], block: readonly PdfLine[]): Map<PdfLine, PdfLine> {
  const rows = new Map<PdfLine, PdfLine>();
  let at = 0;
  for (const line of block) {
    while (
      at < before.length &&
      (before[at]?.across ?? 0) > line.across &&
      !isLevel(before[at] as PdfLine, line)
    )
      at++;
    const beside = before[at];
    if (beside && isLevel(beside, line)) rows.set(line, beside);
  }
  return rows;
}

/** Whether lines end where their words end, rather than where a column does. */
function isRagged(lines: readonly PdfLine[]): boolean {
  const widths = lines.map(({ from, to }) => to - from);
  const most = widths.reduce((widest, width) => Math.max(widest, width), 0);
  const mean = widths.reduce((sum, width) => sum + width, 0) / Math.max(1, widths.length);
  return mean < most * 0.8 || lines.every(({ text }) => text.length <= SHORT);
}

function merged(before: readonly PdfLine[], block: readonly PdfLine[]): PdfLine[] {
  const besides = new Map([...rowsBeside(before, block)].map(([cell, row]) => [row, cell]));
  return before.map((row) => {
    const cell = besides.get(row);
    return cell ? { ...row, text: `${row.text}\t${cell.text}`, to: cell.to } : row;
  });
}
