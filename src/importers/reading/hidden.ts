import { columnLetters, type Sheet, type SheetEntry } from '#formats/sheets';
import type { Remarks } from '../imported.ts';

/** What nobody sees who opens a sheet. */
export function hiddenIn(sheet: Sheet): {
  readonly rows: readonly number[];
  readonly columns: readonly string[];
} {
  const rows = sheet.rows
    .filter(({ hidden, cells }) => hidden && cells.length > 0)
    .map(({ number }) => number);
  const used = new Set(sheet.rows.flatMap(({ cells }) => cells.map(({ column }) => column)));
  const columns = [...sheet.hiddenColumns].filter((column) => used.has(column)).toSorted((a, b) => a - b);
  return { rows, columns: columns.map(columnLetters) };
}

/** What is hidden is read all the same, and said. */
export function sayHidden(
  file: string,
  { name, hidden }: SheetEntry,
  { rows, columns }: ReturnType<typeof hiddenIn>,
  remarks: Remarks,
): void {
  const parts = [
    ...(hidden ? ['the sheet itself'] : []),
    ...(rows.length > 0 ? [`${rows.length === 1 ? 'row' : 'rows'} ${shortened(rows.map(String))}`] : []),
    ...(columns.length > 0 ? [`${columns.length === 1 ? 'column' : 'columns'} ${shortened(columns)}`] : []),
  ];
  if (parts.length === 0) return;
  remarks.add(
    'doubt',
    `${file}, sheet “${name}”: hidden, and read all the same: ${parts.join(' and ')}. If that is not meant, remove it, or leave it out with “where”.`,
  );
}

const MOST_NAMED = 12;
const shortened = (names: readonly string[]) =>
  names.length <= MOST_NAMED
    ? names.join(', ')
    : `${names.slice(0, MOST_NAMED).join(', ')} and ${names.length - MOST_NAMED} more`;
