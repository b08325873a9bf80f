import { attributeOf } from './cascade.ts';
import type { Element } from './parse-html.ts';

/** A table while it is read: which words stand at the heads of its rows and columns. */
export interface TableHeads {
  row(inHead: boolean): void;
  /** The heads of a cell that begins here. */
  cell(element: Element): readonly string[];
  /** What stands in the cell that ends here, where that may be a head. */
  endCell(text: string): void;
  /** Whether the words of this cell are wanted. */
  wants(element: Element): boolean;
}

interface Cell {
  readonly column: number;
  readonly span: number;
  readonly isHead: boolean;
  text: string;
}

const MOST_SPANNED = 50;

export function makeTableHeads(): TableHeads {
  const columns: string[] = [];
  /** How many further rows each column is taken for by a cell from above. */
  const taken: number[] = [];
  let row: Cell[] = [];
  let inHead = false;
  let next = 0;
  const endRow = () => {
    if (row.length > 0 && (inHead || row.every(({ isHead }) => isHead)))
      for (const { column, span, text } of row)
        for (let own = column; own < column + span; own++)
          columns[own] = [columns[own], text].filter(Boolean).join(' – ');
    row = [];
    next = 0;
  };
  const spanOf = (element: Element, name: string) =>
    Math.min(MOST_SPANNED, Math.max(1, Number.parseInt(attributeOf(element, name) ?? '1', 10) || 1));
  return {
    row(isHead) {
      endRow();
      inHead = isHead;
    },
    cell(element) {
      while ((taken[next] ?? 0) > 0) {
        taken[next] = (taken[next] ?? 0) - 1;
        next++;
      }
      const [column, span, down] = [next, spanOf(element, 'colspan'), spanOf(element, 'rowspan')];
      next += span;
      for (let own = column; own < next; own++) taken[own] = down - 1;
      const first = row[0];
      row.push({ column, span, isHead: element.tagName === 'th', text: '' });
      return [first?.column === 0 || first?.isHead ? first.text : '', columns[column] ?? ''].filter(Boolean);
    },
    endCell(text) {
      const last = row.at(-1);
      if (last) last.text = text;
    },
    wants: (element) => element.tagName === 'th' || inHead || row.length === 1,
  };
}
