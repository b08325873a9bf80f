import type { CellKind, SheetCell } from '#formats/sheets';

/** A cell of a table: of a CSV file a text, of a spreadsheet more. */
export type TableCell = string | SheetCell | undefined;

const ERROR = /^(?:#(?:N\/A|REF!|DIV\/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!)|Err:\d{3})$/;

export const textOf = (cell: TableCell): string => (typeof cell === 'string' ? cell : (cell?.text ?? ''));

export function kindOf(cell: TableCell): CellKind {
  if (typeof cell === 'object') return cell.kind === 'text' && ERROR.test(cell.text) ? 'error' : cell.kind;
  return cell !== undefined && /[#E]/.test(cell) && ERROR.test(cell.trim()) ? 'error' : 'text';
}

/** Whether a cell holds something that has to be accounted for. */
export const isFilled = (cell: TableCell): boolean =>
  textOf(cell).trim() !== '' || kindOf(cell) === 'unstored';
