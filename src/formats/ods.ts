import { percentText, plainDigits } from './numbers.ts';
import {
  type CellKind,
  type Merge,
  MOST_COLUMNS,
  MOST_ROWS,
  type SheetCell,
  type SheetEntry,
  type SheetRow,
} from './sheet.ts';
import { walkXml } from './xml.ts';
import type { ZipFiles } from './zip-files.ts';

interface OdsSheet {
  readonly name: string;
  readonly style: string;
  readonly rows: SheetRow[];
  readonly hiddenColumns: Set<number>;
  readonly merges: Merge[];
}

type Attributes = Readonly<Record<string, string>>;

/** A row or cell that is repeated more often than this only fills the sheet up. */
const MOST_REPEATED = 1024;
/** What is repeated takes a few bytes in the file, and room for each cell here. */
const MOST_CELLS = 5_000_000;

/**
 * The sheets of an OpenDocument spreadsheet, in their order (OpenDocument 1.3, part 3, 9).
 * @throws Error if it is none, or locked
 */
export function odsSheets(files: ZipFiles): SheetEntry[] {
  if (/<(?:\w+:)?encryption-data\b/.test(files.get('META-INF/manifest.xml') ?? ''))
    throw new Error('it is locked with a password: save it without one');
  const content = files.get('content.xml');
  if (content === undefined) throw new Error('it holds no content');
  const { sheets, hiddenStyles } = walkContent(content);
  return sheets.map(({ style, ...sheet }) => ({
    name: sheet.name,
    hidden: hiddenStyles.has(style),
    read: () => sheet,
  }));
}

function walkContent(content: string) {
  const sheets: OdsSheet[] = [];
  const hiddenStyles = new Set<string>();
  let [style, column, rowNumber] = ['', 0, 0];
  let row = { hidden: false, repeated: 1, cells: [] as SheetCell[] };
  let cell: ReturnType<typeof openedCell> | undefined;
  let [depth, inComment, paragraphs] = [0, false, 0];
  let filled = 0;
  const write = (text: string) => {
    if (!cell || depth === 0) return;
    if (inComment) cell.comment += text;
    else cell.shown += text;
  };
  const startCell = (attributes: Attributes) => {
    cell = openedCell(attributes);
    [depth, paragraphs] = [0, 0];
  };
  const endCell = () => {
    if (!cell) return;
    const { repeated, spanned } = cell;
    const read = cellOf(cell, column + 1);
    for (let own = 0; read && own < Math.min(repeated, MOST_REPEATED); own++)
      row.cells.push({ ...read, column: column + 1 + own });
    const [down, across] = spanned;
    const [top, left] = [rowNumber, column + 1];
    if (down > 1 || across > 1)
      sheets.at(-1)?.merges.push({ top, left, bottom: top + down - 1, right: left + across - 1 });
    column += repeated;
    cell = undefined;
  };
  const openers: Readonly<Record<string, (attributes: Attributes) => void>> = {
    style: ({ name = '' }) => {
      style = name;
    },
    'table-properties': ({ display }) => {
      if (display === 'false') hiddenStyles.add(style);
    },
    table: ({ name = '', 'style-name': look = '' }) => {
      sheets.push({ name, style: look, rows: [], hiddenColumns: new Set(), merges: [] });
      [column, rowNumber] = [0, 1];
    },
    'table-column': (attributes) => {
      const times = repeats(attributes['number-columns-repeated'], MOST_COLUMNS);
      if (isAway(attributes))
        for (let own = 1; own <= times; own++) sheets.at(-1)?.hiddenColumns.add(column + own);
      column += times;
    },
    'table-row': (attributes) => {
      const repeated = repeats(attributes['number-rows-repeated'], MOST_ROWS);
      row = { hidden: isAway(attributes), repeated, cells: [] };
      column = 0;
    },
    'table-cell': startCell,
    'covered-table-cell': startCell,
    annotation: () => {
      [inComment, paragraphs] = [true, 0];
    },
    p: () => {
      if (!cell) return;
      depth++;
      if (paragraphs++ > 0) write('\n');
    },
    a: ({ href }) => {
      if (cell && href) cell.link ||= href;
    },
    s: ({ c }) => write(' '.repeat(repeats(c, 100))),
    tab: () => write('\t'),
    'line-break': () => write('\n'),
  };
  const closers: Readonly<Record<string, () => void>> = {
    p: () => {
      if (cell) depth--;
    },
    annotation: () => {
      [inComment, paragraphs] = [false, 0];
    },
    'table-cell': endCell,
    'covered-table-cell': endCell,
    'table-row': () => {
      const rows = sheets.at(-1)?.rows ?? [];
      const times = row.cells.length > 0 ? Math.min(row.repeated, MOST_REPEATED, MOST_ROWS - rows.length) : 0;
      filled += times * row.cells.length;
      if (filled > MOST_CELLS)
        throw new Error(`it has more than ${MOST_CELLS.toLocaleString('en')} cells that hold something`);
      for (let own = 0; own < times; own++)
        rows.push({ number: rowNumber + own, hidden: row.hidden, cells: row.cells });
      rowNumber += row.repeated;
    },
  };
  walkXml(content, {
    open(name, attributes) {
      if (Object.hasOwn(openers, name)) openers[name]?.(attributes);
    },
    close(name) {
      if (Object.hasOwn(closers, name)) closers[name]?.();
    },
    text: write,
  });
  return { sheets, hiddenStyles };
}

const isAway = ({ visibility }: Attributes) => visibility === 'collapse' || visibility === 'filter';

function repeats(text: string | undefined, most: number): number {
  const number = Number(text ?? 1);
  return Number.isInteger(number) && number > 0 ? Math.min(number, most) : 1;
}

const openedCell = (attributes: Attributes) => ({
  attributes,
  repeated: repeats(attributes['number-columns-repeated'], MOST_COLUMNS),
  spanned: [
    repeats(attributes['number-rows-spanned'], MOST_ROWS),
    repeats(attributes['number-columns-spanned'], MOST_COLUMNS),
  ] as const,
  shown: '',
  comment: '',
  link: '',
});

function cellOf(
  { attributes, shown, comment, link }: ReturnType<typeof openedCell>,
  column: number,
): SheetCell | undefined {
  const extras = {
    ...(link && !link.startsWith('#') ? { link } : {}),
    ...(comment.trim() ? { comment: comment.trim() } : {}),
  };
  const { kind, text } = readValue(attributes, shown);
  if (text === '' && kind !== 'unstored' && Object.keys(extras).length === 0) return undefined;
  return { column, kind, text, shown, ...extras };
}

function readValue(
  attributes: Attributes,
  shown: string,
): { readonly kind: CellKind; readonly text: string } {
  const number = Number(attributes.value);
  const isNumber = attributes.value !== undefined && Number.isFinite(number);
  // A cell has the attribute “value-type” twice where it holds an error: what OpenDocument knows, and what the program adds.
  if (/^(?:#[A-Z/0]+[!?]?|Err:\d+)$/.test(shown) && attributes.formula !== undefined)
    return { kind: 'error', text: shown };
  switch (attributes['value-type']) {
    case 'percentage':
      if (isNumber) return { kind: 'percent', text: percentText(number) };
      break;
    case 'float':
    case 'currency':
      if (isNumber) return { kind: 'number', text: plainDigits(number) };
      break;
    case 'date':
      return {
        kind: 'date',
        text: (attributes['date-value'] ?? shown).replace(/T00:00:00$/, '').replace('T', ' '),
      };
    case 'boolean':
      return { kind: 'boolean', text: attributes['boolean-value'] === 'true' ? 'TRUE' : 'FALSE' };
    case 'string':
      return { kind: 'text', text: attributes['string-value'] ?? shown };
  }
  if (attributes.formula !== undefined && shown === '') return { kind: 'unstored', text: '' };
  return { kind: 'text', text: shown };
}
