import type { ColumnTable } from './csv-columns.ts';
import { namesWithin, OutsideError } from './files/within.ts';
import type { Report } from './place.ts';
import type { Records } from './records.ts';
import type { Structured } from './structured-file.ts';

/**
 * Files that several people write to at once can stand in parts: a file for each company, or for each source, in a folder of that name. What one person adds
 * then stands in another file than what the next one adds, and version control joins them without asking.
 */

/** A file, the folder of its parts, and what a part is of. */
export const IN_PARTS = {
  'sources.json': { folder: 'sources', ending: '.json', of: 'source' },
  'quotes.yaml': { folder: 'quotes', ending: '.yaml', of: 'source' },
  'answers.csv': { folder: 'answers', ending: '.csv', of: 'company' },
  'correspondence.csv': { folder: 'correspondence', ending: '.csv', of: 'company' },
  'searches.csv': { folder: 'searches', ending: '.csv', of: 'company' },
} as const;

export type FileInParts = keyof typeof IN_PARTS;

export const FILES_IN_PARTS = Object.keys(IN_PARTS) as FileInParts[];

/** Where a part stands. */
export function partFile(file: FileInParts, of: string): string {
  const { folder, ending } = IN_PARTS[file];
  return `${folder}/${of}${ending}`;
}

/** The files that hold what `file` does: itself, if it is there, then its parts in the order of their names. */
export function filesOf(folder: string, file: FileInParts, report?: Report): string[] {
  const { folder: sub, ending } = IN_PARTS[file];
  try {
    const whole = namesWithin(folder, '.').includes(file) ? [file] : [];
    const names = namesWithin(folder, sub);
    for (const name of names)
      if (!name.endsWith(ending) && !name.startsWith('.'))
        report?.(
          'unknown-file',
          { file: `${sub}/${name}`, line: 1, column: 1 },
          `Only files that end with ${ending} are read here. Rename it or move it away.`,
        );
    return [...whole, ...names.filter((name) => name.endsWith(ending)).map((name) => `${sub}/${name}`)];
  } catch (error) {
    if (!report) throw error;
    const isLink = error instanceof OutsideError;
    report(
      isLink ? 'outside-folder' : 'unreadable-file',
      { file: sub, line: 1, column: 1 },
      isLink ? error.message : 'This must be a folder that can be read, with the files that belong there.',
    );
    return [];
  }
}

/** One thing as a list of one. */
export const asList = <T>({ value, at }: Structured<T>): Structured<readonly T[]> => ({
  value: [value],
  at: ([, ...path]) => at(path),
});

/** What all parts hold; undefined where one of them cannot be read, so that what it holds is not reported as missing. */
export function everyPart<T>(parts: readonly (T | undefined)[]): readonly T[] | undefined {
  const whole = parts.filter((part) => part !== undefined);
  return whole.length === parts.length ? whole : undefined;
}

/** Lists of several files as one; places lead to the file that a thing stands in. */
export function joinLists<T>(
  parts: readonly Structured<readonly T[]>[] = [],
): Structured<readonly T[]> | undefined {
  const [only] = parts;
  if (parts.length <= 1) return only;
  return {
    value: parts.flatMap(({ value }) => value),
    at: ([index, ...path]) => {
      const { part, rest } = partAt(
        parts.map(({ value }) => value.length),
        Number(index ?? 0),
      );
      return (parts[part] ?? (only as Structured<readonly T[]>)).at([rest, ...path]);
    },
  };
}

/** In which of several parts, each so long, a thing of the whole stands; the end of the whole is the end of the last. */
function partAt(lengths: readonly number[], index: number): { part: number; rest: number } {
  let rest = index;
  for (const [part, length] of lengths.entries()) {
    if (rest < length || part === lengths.length - 1) return { part, rest };
    rest -= length;
  }
  return { part: 0, rest: index };
}

export function joinRecords<T>(parts: readonly Records<T>[] = []): Records<T> | undefined {
  const [only] = parts;
  if (parts.length <= 1) return only;
  const partOf = new Map(parts.flatMap((part) => part.records.map((record) => [record, part] as const)));
  return {
    records: parts.flatMap(({ records }) => records),
    at: (record, column) => (partOf.get(record) ?? (only as Records<T>)).at(record, column),
  };
}

export function joinTables<C extends string>(
  parts: readonly ColumnTable<C>[] = [],
): ColumnTable<C> | undefined {
  const [only] = parts;
  if (only === undefined || parts.length === 1) return only;
  const lengths = parts.map(({ length }) => length);
  const joined = new Map<C, readonly string[]>();
  return {
    length: lengths.reduce((sum, length) => sum + length, 0),
    column: (name) => {
      const cells = joined.get(name) ?? parts.flatMap((part) => part.column(name));
      joined.set(name, cells);
      return cells;
    },
    at: (row, column) => {
      const { part, rest } = partAt(lengths, row);
      return (parts[part] ?? only).at(rest, column);
    },
  };
}
