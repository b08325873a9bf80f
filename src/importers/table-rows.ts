import { didYouMean } from '#edition/index';
import { ImportError } from './import-error.ts';
import type { Progress, Remarks } from './imported.ts';
import { type Row, readRows } from './rows.ts';
import type { SourceFile } from './source-files.ts';
import type { TablePlace } from './table-mapping.ts';

export interface TableRow extends Row {
  readonly file: string;
}

interface Input {
  readonly files: readonly SourceFile[];
  readonly remarks: Remarks;
  readonly progress: Progress;
}

/**
 * Calls with each row of the files that a table of the mapping names.
 * @throws ImportError if there is no such file, or one of them lacks a column
 */
export async function eachTableRow(
  { files, remarks, progress }: Input,
  table: TablePlace & { readonly where?: Readonly<Record<string, string | readonly string[]>> | undefined },
  columns: readonly string[],
  take: (row: TableRow) => void,
): Promise<void> {
  for (const file of filesFor(table, files)) {
    const { columns: actual, rows, uneven } = await readRows(file, table);
    checkColumns(file.name, columns, actual);
    let count = 0;
    for await (const row of rows) {
      if (++count % 20_000 === 0) progress(file.name, count);
      if (isWanted(row, table.where)) take({ ...row, file: file.name });
    }
    progress(file.name, count);
    for (const { line, cells } of uneven)
      remarks.add(
        'unread',
        `${file.name}, line ${line}: ${cells} cells where there are ${actual.length} columns.`,
        'unread: uneven rows',
      );
    if (count === 0) remarks.add('unread', `“${file.name}” has a header and no rows.`);
  }
}

function isWanted(row: Row, where: Readonly<Record<string, string | readonly string[]>> = {}): boolean {
  return Object.entries(where).every(([column, wanted]) => {
    const text = row.cell(column).trim();
    return typeof wanted === 'string' ? text === wanted : wanted.includes(text);
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

function checkColumns(file: string, wanted: readonly string[], actual: readonly string[]): void {
  for (const name of wanted)
    if (!actual.includes(name))
      throw new ImportError(
        `“${file}” has no column “${name}”.${didYouMean(name, actual)} Its columns are ${actual.map((own) => `“${own}”`).join(', ')}. Mend the mapping, or say with “skip” how many lines stand before the header.`,
      );
}
