/** So many rows stand on one page of a long table. */
export const ROWS_PER_PAGE = 200;

/** How many pages so many rows take; at least one. */
export function numbersOf(rows: number): number {
  return Math.max(1, Math.ceil(rows / ROWS_PER_PAGE));
}

/** 1, 2, …: the pages of so many rows. */
export function pagesOf(rows: number): number[] {
  return Array.from({ length: numbersOf(rows) }, (_, index) => index + 1);
}
