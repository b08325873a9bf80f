import { type CellKind, columnLetters } from '#formats/sheets';
import { ImportError } from './import-error.ts';
import type { Remarks } from './imported.ts';
import type { RowAccount } from './reading/account.ts';
import { isFilled, kindOf, type TableCell, textOf } from './reading/cell.ts';
import { csvRecords, SEPARATORS } from './reading/csv.ts';
import { headingNames, placesOf } from './reading/heading.ts';
import { hiddenIn, sayHidden } from './reading/hidden.ts';
import { type SheetRecord, sheetOf, sheetRecords } from './reading/workbook.ts';
import type { SourceFile } from './source-files.ts';

export interface TableForm {
  /** Of a spreadsheet; the first that is not hidden if not said. */
  readonly sheet?: string | undefined;
  /** So many rows stand above the heading. */
  readonly skip?: number | undefined;
  /** So many rows the heading has; one if not said. */
  readonly heading?: number | undefined;
  readonly separator?: keyof typeof SEPARATORS | undefined;
  readonly encoding?: string | undefined;
}

/** A table as spreadsheets and programs write it. */
export interface Rows {
  /** Names of the columns, trimmed; of equal ones the later have a number added. */
  readonly columns: readonly string[];
  /** The column that is meant by its name, by the last part of it, or as `column B`; undefined if there is none. */
  find(name: string): string | undefined;
  readonly rows: AsyncIterable<Row>;
  /** Rows with more or fewer cells than there are columns, so far. */
  readonly uneven: readonly { readonly line: number; readonly cells: number }[];
}

const SHEETS = /\.(?:xls[xmb]?|xlt[xm]?|ods|ots)$/i;

/**
 * Reads a table, row by row: CSV with commas, semicolons, tabs or bars, in any character set; or a sheet of an XLSX, XLSM or ODS file. What
 * becomes of its cells is accounted for in the remarks.
 * @throws ImportError if it is empty, or cannot be read
 */
export async function readRows(file: SourceFile, form: TableForm = {}, remarks?: Remarks): Promise<Rows> {
  const { skip = 0, heading: height = 1 } = form;
  const table = await opened(file, form, remarks);
  const iterator = table.records[Symbol.asyncIterator]();
  const account = remarks?.accountOf(file.name, table.sheet);
  let next = await iterator.next();
  const heading: SheetRecord[] = [];
  let above = skip;
  for (let count = 1; !next.done && heading.length < height; count++) {
    const record: SheetRecord = next.value;
    const at = table.sheet === undefined ? count : record.line;
    // Where nothing is skipped, the heading is the first row that holds something.
    if (heading.length === 0 && skip === 0) above = filledIn(record).includes(true) ? at - 1 : at;
    if (at > above + height) break;
    if (at > above) {
      heading.push(record);
      account?.heading(record.line, filledIn(record));
    } else account?.row(record.line, filledIn(record)).passAllOver(`above the heading`);
    next = await iterator.next();
  }
  if (heading.length === 0 && next.done) throw new ImportError(table.empty);
  const columns = headingNames(heading, table.sheet === undefined);
  account?.named(columns);
  const layout: Layout = { file: file.name, sheet: table.sheet, places: placesOf(columns), remarks };
  const uneven: { line: number; cells: number }[] = [];
  async function* rows(): AsyncGenerator<Row> {
    let [isAfterGap, before] = [false, heading.at(-1)?.line ?? 0];
    for (; !next.done; next = await iterator.next()) {
      const record: SheetRecord = next.value;
      isAfterGap ||= table.sheet !== undefined && record.line > before + 1;
      before = record.line;
      const filled = filledIn(record);
      const last = filled.lastIndexOf(true) + 1;
      account?.linked(record.line, linkedIn(record));
      if (last === 0 && record.copies.size === 0) {
        isAfterGap = true;
        continue;
      }
      if (table.sheet === undefined && (last > columns.length || record.cells.length < columns.length))
        uneven.push({ line: record.line, cells: record.cells.length });
      yield new Row(layout, record, filled, isAfterGap, account?.row(record.line, filled) ?? NO_ACCOUNT);
      isAfterGap = false;
    }
    table.end();
  }
  return {
    columns,
    find: (name) => columns[layout.places(name)],
    rows: rows(),
    uneven,
  };
}

const filledIn = ({ cells, copies }: SheetRecord): boolean[] =>
  Array.from(cells, (cell, index) => isFilled(cell) && !copies.has(index));

/** The cells that are linked, or commented on. */
const linkedIn = ({ cells, copies }: SheetRecord): number[] =>
  Array.from(cells, (cell, index) => {
    const hasExtras = typeof cell === 'object' && (cell.link !== undefined || cell.comment !== undefined);
    return hasExtras && !copies.has(index) ? [index] : [];
  }).flat();

const NO_ACCOUNT: RowAccount = { use() {}, takeExtras() {}, passOver() {}, passAllOver() {} };
const NO_COPIES: ReadonlySet<number> = new Set();

interface OpenTable {
  readonly sheet: string | undefined;
  readonly records: AsyncIterable<SheetRecord>;
  /** What is said if it is empty. */
  readonly empty: string;
  /** What is to be said once all has been read. */
  end(): void;
}

async function opened(file: SourceFile, form: TableForm, remarks: Remarks | undefined): Promise<OpenTable> {
  if (!SHEETS.test(file.name)) {
    const separator = form.separator && SEPARATORS[form.separator];
    const say = (message: string) => remarks?.add('doubt', message);
    async function* records(): AsyncGenerator<SheetRecord> {
      const csv = { skip: form.skip ?? 0, separator, encoding: form.encoding };
      for await (const record of csvRecords(file, csv, say)) yield { ...record, copies: NO_COPIES };
    }
    return { sheet: undefined, records: records(), empty: `“${file.name}” is empty.`, end() {} };
  }
  const { entry, sheet, sheets } = await sheetOf(file, form.sheet);
  const others = sheets.filter((own) => own !== entry);
  remarks?.sheetsOf(
    file.name,
    sheets.map(({ name }) => name),
  );
  if (form.sheet === undefined && others.length > 0)
    remarks?.add(
      'doubt',
      `“${file.name}” has ${sheets.length} sheets, and the mapping names none; “${entry.name}” is read${sheets[0] === entry ? '' : `, the first that is not hidden`}.`,
    );
  async function* records(): AsyncGenerator<SheetRecord> {
    yield* sheetRecords(sheet, (form.skip ?? 0) + (form.heading ?? 1));
  }
  const named = others.map(({ name }) => `“${name}”`).join(', ');
  return {
    sheet: entry.name,
    records: records(),
    empty: `“${file.name}”, sheet “${entry.name}”, is empty.${named === '' ? '' : ` Its other sheets are ${named}; name one with “sheet”.`}`,
    end: () => {
      if (remarks) sayHidden(file.name, entry, hiddenIn(sheet), remarks);
    },
  };
}

interface Layout {
  readonly file: string;
  readonly sheet: string | undefined;
  /** The index of a column; −1 if there is none. */
  readonly places: (column: string) => number;
  readonly remarks: Remarks | undefined;
}

/** A row of a table, by the names of its columns. */
export class Row {
  /** Where it begins: the line of a file, or the row of a sheet, counted from 1. */
  readonly line: number;
  /** Whether an empty row stands above it. */
  readonly isAfterGap: boolean;
  readonly #layout: Layout;
  readonly #cells: readonly TableCell[];
  readonly #filled: readonly boolean[];
  readonly #account: RowAccount;

  constructor(
    layout: Layout,
    { line, cells }: SheetRecord,
    filled: readonly boolean[],
    isAfterGap: boolean,
    account: RowAccount,
  ) {
    this.line = line;
    this.isAfterGap = isAfterGap;
    this.#layout = layout;
    this.#cells = cells;
    this.#filled = filled;
    this.#account = account;
  }

  get sheet(): string | undefined {
    return this.#layout.sheet;
  }

  get file(): string {
    return this.#layout.file;
  }

  /** Where the row stands, or one of its cells: `t.xlsx, sheet “S”, column B, row 3`. */
  place(column?: string): string {
    const { file, sheet, places } = this.#layout;
    if (sheet === undefined) return `${file}, line ${this.line}`;
    const letters = column === undefined ? '' : `column ${columnLetters(places(column) + 1)}, `;
    return `${file}, sheet “${sheet}”, ${letters}row ${this.line}`;
  }

  /** The text of a column, which is then used; empty where the row has none. Of an error or a formula without a value it is said. */
  cell(column: string): string {
    const index = this.#layout.places(column);
    const cell = this.#cells[index];
    if (cell === undefined) return '';
    const kind = kindOf(cell);
    if (kind === 'error' || kind === 'unstored') {
      this.#refuse(column, index, cell, kind);
      return '';
    }
    this.#account.use(index);
    return textOf(cell);
  }

  #refuse(column: string, index: number, cell: TableCell, kind: CellKind): void {
    const name =
      this.#layout.sheet === undefined ? `${this.place()}, column “${column}”` : this.place(column);
    this.#layout.remarks?.add(
      'unread',
      kind === 'error'
        ? `${name}: the cell holds the error ${textOf(cell).trim()}. Mend it in the spreadsheet, or empty it.`
        : `${name}: a formula was saved without its value. Open the file in a spreadsheet program, save it, and import it again.`,
      `unread: ${kind === 'error' ? 'errors' : 'formulas without a value'}`,
    );
    this.#account.passOver(index, kind === 'error' ? 'errors of formulas' : 'formulas without a value');
  }

  /** Looks at a column without using it. */
  peek(column: string): string {
    return textOf(this.#cells[this.#layout.places(column)]);
  }

  kind(column: string): CellKind {
    return kindOf(this.#cells[this.#layout.places(column)]);
  }

  /** Where the cell of a column is linked to, and what is commented on it. */
  extras(column: string): { readonly link?: string; readonly comment?: string } {
    const index = this.#layout.places(column);
    const cell = this.#cells[index];
    if (typeof cell !== 'object') return {};
    this.#account.takeExtras(index);
    return cell;
  }

  /** Whether nothing stands in the row but the cell of a column. */
  holdsOnly(column: string): boolean {
    const index = this.#layout.places(column);
    return (
      this.#filled[index] === true &&
      this.#filled.indexOf(true) === index &&
      this.#filled.lastIndexOf(true) === index
    );
  }

  /** Whether only one cell of the row holds something. */
  holdsOne(): boolean {
    const first = this.#filled.indexOf(true);
    return first >= 0 && this.#filled.lastIndexOf(true) === first;
  }

  /** The text of the first cell that holds something. */
  first(): string {
    return textOf(this.#cells[this.#filled.indexOf(true)]).trim();
  }

  /** The cell of a column, or all cells of the row, are not used after all. */
  passOver(why: string, column?: string): void {
    if (column === undefined) this.#account.passAllOver(why);
    else this.#account.passOver(this.#layout.places(column), why);
  }
}
