import type { NumberReader } from './numbers.ts';
import {
  blockOf,
  columnNumber,
  type Merge,
  MOST_COLUMNS,
  type Sheet,
  type SheetCell,
  type SheetRow,
} from './sheet.ts';
import { walkXml } from './xml.ts';

/** What a sheet says beside its cells. */
export interface XlsxSheet extends Omit<Sheet, 'name'> {
  /** Cells that are linked, by the block that a link covers. */
  readonly links: readonly { readonly block: Merge; readonly relation: string; readonly location: string }[];
}

const isTrue = (value: string | undefined) => value === '1' || value === 'true';

const TEXTS: ReadonlySet<string> = new Set(['v', 't', 'f', 'rPh']);

const NO_CELL: RawCell = { column: 0, type: 'n', style: 0, value: '', formula: undefined, hasValue: false };
interface RawCell {
  column: number;
  type: string;
  style: number;
  value: string;
  formula: string | undefined;
  hasValue: boolean;
}

/** The cells of one sheet of an XLSX file that hold something, row by row. */
export function readCells(xml: string, strings: readonly string[], numbers: NumberReader): XlsxSheet {
  const rows: SheetRow[] = [];
  const hiddenColumns = new Set<number>();
  const merges: Merge[] = [];
  const links: { block: Merge; relation: string; location: string }[] = [];
  let row: { number: number; hidden: boolean; cells: SheetCell[] } = { number: 0, hidden: false, cells: [] };
  let cell: RawCell = { ...NO_CELL };
  let inside = '';
  const openers: Readonly<Record<string, (attributes: Readonly<Record<string, string>>) => void>> = {
    c: ({ r, t, s }) => {
      const column = r === undefined ? cell.column + 1 : columnNumber(r);
      cell = { ...NO_CELL, column, type: t ?? 'n', style: Number(s ?? 0) };
    },
    row: ({ r, hidden }) => {
      row = { number: Number(r ?? row.number + 1), hidden: isTrue(hidden), cells: [] };
      cell = { ...NO_CELL };
    },
    col: ({ hidden, min, max }) => {
      const last = isTrue(hidden) ? Math.min(MOST_COLUMNS, Number(max)) : 0;
      for (let column = Number(min); column <= last; column++) hiddenColumns.add(column);
    },
    mergeCell: ({ ref = '' }) => {
      merges.push(blockOf(ref));
    },
    hyperlink: ({ ref = '', id = '', location = '' }) => {
      links.push({ block: blockOf(ref), relation: id, location });
    },
    f: () => {
      cell.formula = '';
    },
    v: () => {
      cell.hasValue = true;
    },
  };
  walkXml(xml === '' ? '<none/>' : xml, {
    open(name, attributes) {
      if (Object.hasOwn(openers, name)) openers[name]?.(attributes);
      if (TEXTS.has(name)) inside = name;
    },
    close(name) {
      if (TEXTS.has(name)) inside = '';
      if (name === 'c') {
        const read = cellOf(cell, strings, numbers);
        if (read) row.cells.push(read);
      } else if (name === 'row' && row.cells.length > 0) {
        row.cells.sort((one, other) => one.column - other.column);
        rows.push(row);
      }
    },
    text(text) {
      if (inside === 'v' || inside === 't') cell.value += text;
      else if (inside === 'f') cell.formula += text;
    },
  });
  return { rows, hiddenColumns, merges, links };
}

function cellOf(cell: RawCell, strings: readonly string[], numbers: NumberReader): SheetCell | undefined {
  const { column, type, value, formula } = cell;
  const isEmptyText = type === 'str' && cell.hasValue;
  if (formula !== undefined && value.trim() === '' && !isEmptyText)
    return { column, kind: 'unstored', text: '', shown: '', ...linkOf(formula) };
  const read = readValue(cell, strings, numbers);
  if (read.text === '') return undefined;
  return { column, ...read, ...(formula === undefined ? {} : linkOf(formula)) };
}

function readValue(
  { type, style, value }: RawCell,
  strings: readonly string[],
  numbers: NumberReader,
): Pick<SheetCell, 'kind' | 'text' | 'shown'> {
  const same = (kind: SheetCell['kind'], text: string) => ({ kind, text, shown: text });
  if (type === 's') return same('text', strings[Number(value)] ?? '');
  if (type === 'b') return same('boolean', value === '1' ? 'TRUE' : value === '0' ? 'FALSE' : value);
  if (type === 'e') return same('error', value);
  if (type === 'd') return same('date', value.replace(/T00:00:00(?:\.0+)?Z?$/, ''));
  const number = type === 'n' && value.trim() !== '' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? numbers(number, style) : same('text', unescaped(value));
}

/** Where a formula makes a link of its cell: HYPERLINK("https://…"; "text"). */
function linkOf(formula: string): { readonly link?: string } {
  const address = /^\s*(?:_xlfn\.)?HYPERLINK\(\s*"((?:[^"]|"")*)"/i.exec(formula)?.[1];
  return address ? { link: address.replaceAll('""', '"') } : {};
}

/** Characters that XML cannot hold stand as _x000D_ (ECMA-376, 22.9.2.19). */
export const unescaped = (text: string) =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : text;
