import { didYouMean } from '#edition/index';
import { ImportError } from './import-error.ts';
import type { Progress, Remarks } from './imported.ts';
import { type Row, type Rows, readRows } from './rows.ts';
import type { SourceFile } from './source-files.ts';
import type { TablePlace } from './table-mapping.ts';

interface Input {
  readonly files: readonly SourceFile[];
  readonly remarks: Remarks;
  readonly progress: Progress;
}

/** The columns that a table is read by. */
interface Wanted {
  /** The one that says what the row is about: a unit or a measure. Where nothing else stands in a row, it is about nothing. */
  readonly key: string;
  readonly others: readonly string[];
  /** Whether a row with a name alone is one, as in a list. */
  readonly isList?: boolean;
}

/**
 * Calls with each row of the files that a table of the mapping names, but those that are no rows of it: what `where` leaves out, what stands
 * below `until`, headings and footnotes among the rows.
 * @throws ImportError if there is no such file, or one of them lacks a column
 */
export async function eachTableRow(
  { files, remarks, progress }: Input,
  table: TablePlace,
  wanted: Wanted,
  take: (row: Row, table: Rows) => void,
): Promise<void> {
  for (const file of filesFor(table, files)) {
    const rows = await readRows(file, table, remarks);
    checkColumns(file.name, [wanted.key, ...wanted.others, ...Object.keys(table.where ?? {})], rows, remarks);
    let count = 0;
    let isBelow = false;
    let why: string | undefined;
    for await (const row of rows.rows) {
      if (++count % 20_000 === 0) progress(file.name, count);
      isBelow ||= table.until !== undefined && begins(row.first(), table.until);
      why = isBelow ? 'below the table' : noRowOf(table, row, wanted, why === SUMMARY);
      if (why !== undefined) passOver(row, wanted.key, why, remarks);
      else {
        if (!wanted.isList) saySummary(row, wanted.key, remarks);
        take(row, rows);
      }
    }
    progress(file.name, count);
    sayUneven(file.name, rows, remarks);
    if (count === 0) remarks.add('unread', `“${file.name}” has a heading and no rows.`);
  }
}

export function sayUneven(file: string, { columns, uneven }: Rows, remarks: Remarks): void {
  for (const { line, cells } of uneven)
    remarks.add(
      'unread',
      `${file}, line ${line}: ${cells === 1 ? 'one cell' : `${cells} cells`} where there are ${columns.length} columns.`,
      'unread: uneven rows',
    );
}

const FOOTNOTE = 'headings and notes among the rows';
const SUMMARY = 'averages and sums below the table';
/** What a row below a table begins with that says something of it, where no number stands in it. */
const NOTES =
  /^(?:foot)?(?:notes?|sources?|legend|remarks?|quellen?|anmerkung(?:en)?|hinweise?|remarques?|fuentes?|notas?)\s*(:|$)/i;

/** With a colon it is a note wherever it stands; without one it may be a name, but below an empty row. */
function isNote(row: Row, key: string): boolean {
  const [, colon] = NOTES.exec(row.peek(key).trim()) ?? [];
  return colon === ':' || (colon !== undefined && row.isAfterGap);
}

const SUMMARIES =
  /^(?:(?:grand |over-?all )?(?:total|average|mean|median|sum|min(?:imum)?|max(?:imum)?|range|std\.? ?dev\.?|standard deviation|count|n|mittelwert|durchschnitt|summe|moyenne|promedio|média))s?:?$/i;

/** Why a row is none of the table; undefined if it is one. */
function noRowOf(
  table: TablePlace,
  row: Row,
  { key, others, isList }: Wanted,
  isBelowSummary: boolean,
): string | undefined {
  if (!isWanted(row, table.where)) return 'rows that “where” leaves out';
  if (isList) return undefined;
  if (row.holdsOnly(key) || (row.peek(key).trim() === '' && row.holdsOne())) return FOOTNOTE;
  if (isNote(row, key) && !others.some((name) => /^\W*\d/.test(row.peek(name)))) return FOOTNOTE;
  if ((row.isAfterGap || isBelowSummary) && SUMMARIES.test(row.peek(key).trim())) return SUMMARY;
  return undefined;
}

/** Right below the others, a summary may be one of them: an index may rank a company called Total. */
function saySummary(row: Row, key: string, remarks: Remarks): void {
  const text = row.peek(key).trim();
  if (SUMMARIES.test(text))
    remarks.add(
      'doubt',
      `${row.place()}: “${text}” is called like a summary, and is read as one of those in “${key}”. Leave it out with “until: ${text}”, or with “where”.`,
      'doubt: rows that are called like summaries',
    );
}

function passOver(row: Row, key: string, why: string, remarks: Remarks): void {
  row.passOver(why);
  if (why !== FOOTNOTE && why !== SUMMARY) return;
  const text = row.first().replace(/\s+/g, ' ').slice(0, 60);
  remarks.add(
    'doubt',
    why === SUMMARY
      ? `${row.place()}: “${text}” stands below an empty row and is called like a summary; it is taken for none of those in “${key}”.`
      : `${row.place()}: ${row.holdsOne() ? 'nothing stands there but ' : ''}“${text}”${row.holdsOne() ? ';' : ' begins a row without a number;'} it is taken for a heading or a note. If it belongs to the table, list it in “units” or “leaves”.`,
    `doubt: ${why}`,
  );
}

/** Whether a text begins as a pattern, in which a star stands for anything. */
function begins(text: string, pattern: string): boolean {
  const parts = pattern.toLowerCase().split('*');
  const lower = text.toLowerCase();
  let at = 0;
  for (const [index, part] of parts.entries()) {
    const found = index === 0 ? (lower.startsWith(part) ? 0 : -1) : lower.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return true;
}

function isWanted(row: Row, where: TablePlace['where'] = {}): boolean {
  return Object.entries(where).every(([column, wanted]) => {
    const text = row.peek(column).trim();
    const isMeant = typeof wanted === 'string' ? text === wanted : wanted.includes(text);
    if (isMeant) row.cell(column);
    return isMeant;
  });
}

/** Whether the end of a path, from the beginning of a name on, is like a pattern, in which a star stands for anything. */
export function isCalled(path: string, pattern: string): boolean {
  const [first = '', ...others] = pattern.toLowerCase().split('*');
  const last = others.pop();
  const name = path.toLowerCase();
  if (last === undefined) return name === first || name.endsWith(`/${first}`);
  const begin = name.startsWith(first) ? 0 : name.indexOf(`/${first}`) + 1;
  if (begin === 0 && !name.startsWith(first)) return false;
  let at = begin + first.length;
  for (const part of others) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.endsWith(last) && at <= name.length - last.length;
}

function filesFor(table: TablePlace, files: readonly SourceFile[]): SourceFile[] {
  const found = files.filter(({ name }) => isCalled(name, table.file));
  if (found.length > 0) return found;
  const names = files.map(({ name }) => name);
  throw new ImportError(
    `No file is called “${table.file}”.${didYouMean(table.file, names)} There ${names.length === 1 ? 'is' : 'are'} ${names.slice(0, 20).join(', ') || 'none'}.`,
  );
}

function checkColumns(file: string, wanted: readonly string[], rows: Rows, remarks: Remarks): void {
  for (const name of wanted) {
    const found = rows.find(name);
    if (found === undefined)
      throw new ImportError(
        `“${file}” has no column “${name}”.${didYouMean(name, rows.columns)} Its columns are ${rows.columns.map((own) => `“${own}”`).join(', ')}. Mend the mapping; say with “skip” how many rows stand above the heading, with “heading” how many it has, or name a column by its letters, as “column B”.`,
      );
    if (rows.columns.includes(`${found} (2)`))
      remarks.add(
        'doubt',
        `“${file}” has two columns “${found}”; the first is read. The other is called “${found} (2)”.`,
      );
  }
}
