import { attributeOf } from './cascade.ts';
import { joined } from './names.ts';
import type { Element } from './parse-html.ts';

/** A table while it is read: which words stand at the heads of its rows and columns. */
export interface TableHeads {
  row(inHead: boolean): void;
  /** The heads of a cell that begins here. */
  cell(element: Element): readonly string[];
  /** What stands in the cell that ends here, where that may be a head; and whether all of it is bold. */
  endCell(text: string, bold: boolean): void;
  /** Whether the words of this cell are wanted. */
  wants(element: Element): boolean;
}

interface Cell {
  readonly column: number;
  readonly span: number;
  readonly isHead: boolean;
  text: string;
  bold: boolean;
}

/** A cell that reaches down into other rows, and the first row that it does not reach. */
interface Spanning {
  readonly cell: Cell;
  readonly until: number;
}

const MOST_COLUMNS = 50;
/** Columns times rows: what further rows have to step over. */
const MOST_SPANNED = 2500;
const MOST_ROW_HEADS = 4;

export function makeTableHeads(): TableHeads {
  const columns: string[] = [];
  const spanning: (Spanning | undefined)[] = [];
  /** The cells of this row; and those at its head, from rows above too. */
  let row: Cell[] = [];
  let rowHeads: Cell[] = [];
  let number = 0;
  let inHead = false;
  /** Nothing stands above this row but titles over the whole table. */
  let isFirst = true;
  let next = 0;
  const endRow = () => {
    number++;
    if (row.length === 0) return;
    const isBold = isFirst && row.some(({ text }) => text !== '') && row.every(isBoldOrHead);
    if (inHead || isBold || row.every(({ isHead }) => isHead))
      for (const { column, span, text } of row)
        for (let own = column; own < column + span; own++) columns[own] = joined(columns[own] ?? '', text);
    isFirst &&= row.length === 1 && isBold;
  };
  const addRowHead = (cell: Cell) => {
    if ((cell.column === 0 || cell.isHead) && rowHeads.length < MOST_ROW_HEADS && !rowHeads.includes(cell))
      rowHeads.push(cell);
  };
  const isTaken = (column: number) => {
    const above = spanning[column];
    if (!above || above.until <= number) return false;
    addRowHead(above.cell);
    return true;
  };
  return {
    row(isHead) {
      endRow();
      row = [];
      rowHeads = [];
      next = 0;
      inHead = isHead;
    },
    cell(element) {
      while (isTaken(next)) next++;
      const isHead = element.tagName === 'th';
      const [column, span] = [next, spanOf(element, 'colspan', MOST_COLUMNS)];
      const until = number + spanOf(element, 'rowspan', MOST_SPANNED / span);
      next += span;
      const cell = { column, span, isHead, text: '', bold: false };
      for (let own = column; own < next; own++) spanning[own] = { cell, until };
      const heads = (isHead ? rowHeads.slice(0, 1) : rowHeads).map(({ text }) => text);
      row.push(cell);
      addRowHead(cell);
      return [...heads, columns[column] ?? ''].filter(Boolean);
    },
    endCell(text, bold) {
      const last = row.at(-1);
      if (last) Object.assign(last, { text, bold });
    },
    wants: (element) => element.tagName === 'th' || inHead || isFirst || row.length === 1,
  };
}

const isBoldOrHead = ({ isHead, text, bold }: Cell) => isHead || bold || text === '';

const spanOf = (element: Element, name: string, most: number) =>
  Math.min(most, Math.max(1, Number.parseInt(attributeOf(element, name) ?? '1', 10) || 1));
