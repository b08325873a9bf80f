import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SaveChange, spreadsheetSave } from './spreadsheet-save.ts';
import { pathWithin } from './text-file.ts';

/** A file that was written as it should be. */
export interface FixedFile {
  readonly file: string;
  readonly found: readonly string[];
  readonly changes: readonly SaveChange[];
}

/** Where files of an edition stand that people write. */
const FOLDERS = [
  '',
  'answers',
  'assessments',
  'correspondence',
  'quotes',
  'ratings',
  'searches',
  'sources',
  'translations',
];
const MOST_BYTES = 400 * 1024 * 1024;

/**
 * Writes the files of an edition as they should be where a program saved them in its own way: what spreadsheets make of CSV, byte-order marks, and
 * line ends of Windows. What could mean two things is left alone.
 */
export function fixFolder(folder: string): FixedFile[] {
  return FOLDERS.flatMap((within) => {
    const path = join(folder, within);
    if (!existsSync(path) || !statSync(path).isDirectory()) return [];
    return readdirSync(path)
      .filter((name) => /\.(?:csv|yaml|md|json)$/.test(name))
      .toSorted()
      .flatMap((name) => fixFile(folder, within === '' ? name : `${within}/${name}`) ?? []);
  });
}

function fixFile(folder: string, file: string): FixedFile | undefined {
  const path = pathWithin(folder, file);
  if (path === undefined || !statSync(path).isFile() || statSync(path).size > MOST_BYTES) return undefined;
  const raw = readUtf8(path);
  if (raw === undefined) return undefined;
  const save = file.endsWith('.csv') ? spreadsheetSave(file, raw) : plainSave(raw);
  if (!save || save.text === raw) return undefined;
  const beside = `${path}.being-written-${process.pid}`;
  writeFileSync(beside, save.text);
  renameSync(beside, path);
  return { file, found: save.found, changes: save.changes };
}

function plainSave(raw: string) {
  const found = [
    ...(raw.startsWith('\uFEFF') ? ['a byte-order mark'] : []),
    ...(raw.includes('\r') ? ['line ends of Windows'] : []),
  ];
  const text = raw.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  return found.length > 0 ? { text, found, changes: [] } : undefined;
}

function readUtf8(path: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  } catch {
    return undefined; // what it is in is not known
  }
}
