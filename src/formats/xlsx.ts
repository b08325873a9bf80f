import { numberReader } from './numbers.ts';
import { blockOf, type Merge, type Sheet, type SheetCell, type SheetEntry, type SheetRow } from './sheet.ts';
import { relationsOf, type SheetPart, workbookOf } from './workbook.ts';
import { readCells, unescaped, type XlsxSheet } from './xlsx-cells.ts';
import { walkXml } from './xml.ts';
import type { ZipFiles } from './zip-files.ts';

/** The sheets of an XLSX file, in their order. */
export function xlsxSheets(files: ZipFiles): SheetEntry[] {
  const { sheets, from1904, strings: shared, styles } = workbookOf(files);
  const strings = sharedStrings(shared);
  const numbers = numberReader(styles, from1904);
  return sheets.map((part) => ({
    name: part.name,
    hidden: part.hidden,
    read: () => withExtras(readCells(files.get(part.path) ?? '', strings, numbers), part, files),
  }));
}

/** Links and comments stand beside the cells, and are put to them. */
function withExtras(read: XlsxSheet, part: SheetPart, files: ZipFiles): Sheet {
  const { links, ...sheet } = read;
  const extras = extrasOf(links, part, files);
  if (extras.size === 0) return { name: part.name, ...sheet };
  const rows = new Map(sheet.rows.map((row) => [row.number, row]));
  for (const { row, column, ...extra } of extras.values()) {
    const own: SheetRow = rows.get(row) ?? { number: row, hidden: false, cells: [] };
    const before = own.cells.find((cell) => cell.column === column);
    const cell: SheetCell = { column, kind: 'text', text: '', shown: '', ...before, ...extra };
    const cells = [...own.cells.filter((other) => other !== before), cell];
    rows.set(row, { ...own, cells: cells.toSorted((a, b) => a.column - b.column) });
  }
  return {
    name: part.name,
    ...sheet,
    rows: [...rows.values()].toSorted((a, b) => a.number - b.number),
  };
}

interface Extra {
  readonly row: number;
  readonly column: number;
  readonly link?: string;
  readonly comment?: string;
}

/** A link may cover a block of cells; of a larger one only its first cell is linked. */
const MOST_LINKED = 10_000;

function extrasOf(links: XlsxSheet['links'], part: SheetPart, files: ZipFiles): Map<string, Extra> {
  const extras = new Map<string, Extra>();
  const add = (row: number, column: number, extra: Pick<Extra, 'link' | 'comment'>): void => {
    const key = `${row}:${column}`;
    extras.set(key, { ...extras.get(key), row, column, ...extra });
  };
  const relations = relationsOf(files, part.path);
  for (const { block, relation, location } of links) {
    const target = relations.get(relation)?.target ?? '';
    if (target === '') continue; // a place of this workbook
    const link = location === '' || target.includes('#') ? target : `${target}#${location}`;
    for (const [row, column] of placesIn(block)) add(row, column, { link });
  }
  const parts = (type: string) => [...relations.values()].filter((own) => own.type === type);
  // What older programs show of a conversation comes first, and is replaced by the conversation.
  for (const { path } of [...parts('comments'), ...parts('threadedComment')])
    for (const [reference, comment] of commentsOf(files.get(path) ?? '')) {
      const { top, left } = blockOf(reference);
      if (comment !== '') add(top, left, { comment });
    }
  return extras;
}

function* placesIn({ top, left, bottom, right }: Merge): Generator<readonly [number, number]> {
  if ((bottom - top + 1) * (right - left + 1) > MOST_LINKED) return yield [top, left];
  for (let row = top; row <= bottom; row++)
    for (let column = left; column <= right; column++) yield [row, column];
}

function commentsOf(xml: string): Map<string, string> {
  const found = new Map<string, string>();
  let reference = '';
  let inText = false;
  let own = '';
  walkXml(xml === '' ? '<none/>' : xml, {
    open(name, attributes) {
      if (name === 'comment' || name === 'threadedComment') [reference, own] = [attributes.ref ?? '', ''];
      inText = name === 't' || (name === 'text' && inText);
      if (name === 'text') inText = true;
    },
    close(name) {
      if (name === 't' || name === 'text') inText = false;
      if (name !== 'comment' && name !== 'threadedComment') return;
      found.set(reference, [found.get(reference), unescaped(own).trim()].filter(Boolean).join('\n'));
    },
    text(text) {
      if (inText) own += text;
    },
  });
  return found;
}

/** The texts that cells name by number; how they are pronounced is left out. */
function sharedStrings(xml: string): string[] {
  const strings: string[] = [];
  let own = '';
  let spoken = 0;
  let inText = false;
  if (xml === '') return strings;
  walkXml(xml, {
    open(name) {
      if (name === 'si') own = '';
      if (name === 'rPh') spoken++;
      inText = name === 't' && spoken === 0;
    },
    close(name) {
      if (name === 'si') strings.push(unescaped(own));
      if (name === 'rPh') spoken--;
      inText = false;
    },
    text(text) {
      if (inText) own += text;
    },
  });
  return strings;
}
