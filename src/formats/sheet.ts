/** What a cell holds. A formula that was saved without its result is `unstored`; what a spreadsheet shows as #N/A or #DIV/0! is an `error`. */
export type CellKind = 'text' | 'number' | 'percent' | 'date' | 'boolean' | 'error' | 'unstored';

export interface SheetCell {
  /** `A` is 1. */
  readonly column: number;
  readonly kind: CellKind;
  /**
   * What it means, in plain digits whatever its format: a number to the 15 digits that a spreadsheet holds, 45% where it is shown as per cent,
   * a day as 2026-03-02.
   */
  readonly text: string;
  /** What the sheet shows. */
  readonly shown: string;
  readonly link?: string;
  readonly comment?: string;
}

export interface SheetRow {
  /** As the spreadsheet counts it, from 1. */
  readonly number: number;
  readonly hidden: boolean;
  /** Those that hold something, from left to right. */
  readonly cells: readonly SheetCell[];
}

/** A block of cells that is one; its text stands in the first. */
export interface Merge {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export interface Sheet {
  readonly name: string;
  readonly rows: readonly SheetRow[];
  readonly hiddenColumns: ReadonlySet<number>;
  readonly merges: readonly Merge[];
}

/** A sheet that is read when it is asked for. */
export interface SheetEntry {
  readonly name: string;
  readonly hidden: boolean;
  read(): Sheet;
}

/** A sheet has no more columns. */
export const MOST_COLUMNS = 16_384;
/** A sheet has no more rows. */
export const MOST_ROWS = 1_048_576;

/** The number of a column by its letters: `A` is 1, `XFD` is 16,384. What follows the letters is left alone. */
export function columnNumber(reference: string): number {
  let column = 0;
  for (const letter of reference.slice(0, 3).toUpperCase()) {
    const value = letter.charCodeAt(0) - 64;
    if (value < 1 || value > 26) break;
    column = column * 26 + value;
  }
  return column;
}

/** The letters of a column by its number: 1 is `A`. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
}

/** The cells that a reference such as `B2:D4` covers. */
export function blockOf(reference: string): Merge {
  const [first = '', last = first] = reference.replaceAll('$', '').split(':');
  const row = (own: string) => Number(/\d+$/.exec(own)?.[0] ?? 0);
  return { top: row(first), left: columnNumber(first), bottom: row(last), right: columnNumber(last) };
}
