import type { NumberShow } from './sheet-numbers.ts';
import { walkXml } from './xml.ts';

export interface SheetCell {
  readonly column: number;
  readonly text: string;
}
export interface SheetRow {
  readonly number: number;
  readonly hidden: boolean;
  readonly cells: SheetCell[];
}

interface SheetCells {
  readonly rows: readonly SheetRow[];
  /** Cells of hidden columns, in their rows. */
  readonly hiddenCells: readonly SheetRow[];
  /** How many formulas have no stored value. */
  readonly unstored: number;
}

/** A sheet has no more. */
const COLUMNS = 16_384;

const isTrue = (value: string | undefined) => value === '1' || value === 'true';

/** The cells of one sheet that hold something, row by row. */
export function readCells(xml: string, strings: readonly string[], show: NumberShow): SheetCells {
  const rows: SheetRow[] = [];
  const hiddenCells: SheetRow[] = [];
  const hiddenColumns = new Uint8Array(COLUMNS + 1);
  let unstored = 0;
  let row = { number: 0, hidden: false };
  let cell = { column: 0, type: '', style: 0, value: '', formula: false };
  let inside = '';
  const add = (to: SheetRow[], column: number, text: string) => {
    const last = to.at(-1);
    if (last?.number === row.number) last.cells.push({ column, text });
    else to.push({ ...row, cells: [{ column, text }] });
  };
  walkXml(xml === '' ? '<none/>' : xml, {
    open(name, attributes) {
      if (name === 'col' && isTrue(attributes.hidden))
        hiddenColumns.fill(1, Number(attributes.min), Math.min(COLUMNS, Number(attributes.max)) + 1);
      else if (name === 'row')
        row = { number: Number(attributes.r ?? row.number + 1), hidden: isTrue(attributes.hidden) };
      else if (name === 'c')
        cell = {
          column: attributes.r === undefined ? cell.column + 1 : columnOf(attributes.r),
          type: attributes.t ?? 'n',
          style: Number(attributes.s ?? 0),
          value: '',
          formula: false,
        };
      else if (name === 'f') cell.formula = true;
      if (name === 'v' || name === 't') inside = name;
      if (name === 'rPh') inside = 'rPh';
    },
    close(name) {
      if (name === 'v' || name === 't' || name === 'rPh') inside = '';
      if (name !== 'c') return;
      if (cell.formula && cell.value === '') unstored++;
      const text = cellText(cell, strings, show);
      if (text === '') return;
      add(hiddenColumns[cell.column] === 1 && !row.hidden ? hiddenCells : rows, cell.column, text);
    },
    text(text) {
      if (inside === 'v' || inside === 't') cell.value += text;
    },
  });
  for (const { cells } of rows) cells.sort((one, other) => one.column - other.column);
  return { rows, hiddenCells, unstored };
}

/** `A` is 1, `XFD` is 16,384. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference.slice(0, 3).toUpperCase()) {
    const value = letter.charCodeAt(0) - 64;
    if (value < 1 || value > 26) break;
    column = column * 26 + value;
  }
  return column;
}

function cellText(
  { type, style, value }: { readonly type: string; readonly style: number; readonly value: string },
  strings: readonly string[],
  show: NumberShow,
): string {
  if (type === 's') return oneLine(strings[Number(value)] ?? '');
  if (type === 'b') return value === '1' ? 'TRUE' : value === '0' ? 'FALSE' : value;
  if (type === 'd') return value.replace(/T00:00:00(?:\.0+)?Z?$/, '');
  if (type !== 'n' || value.trim() === '') return oneLine(value);
  const number = Number(value);
  return Number.isNaN(number) ? oneLine(value) : oneLine(show(number, style));
}

const oneLine = (text: string) => text.replace(/[\t\n\r]+/g, ' ').trim();
