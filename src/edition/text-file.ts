import { isUtf8 } from 'node:buffer';
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { reportConflicts } from './merge-conflict.ts';
import { type Report, type TextFile, textFile } from './place.ts';
import type { RuleId } from './rules.ts';
import { placedSave, type SpreadsheetSave, spreadsheetSave } from './spreadsheet-save.ts';

const MEBIBYTE = 1024 * 1024;
/** A JavaScript string holds 512 MiB at most; an answers.csv of five million rows has about 200. */
export const LARGEST = { csv: 400 * MEBIBYTE, other: 32 * MEBIBYTE } as const;

/** Reads one file of the edition, or reports why not and gives undefined. Nothing outside the folder is read. */
export function readTextFile(folder: string, file: string, report: Report): TextFile | undefined {
  const start = { file, line: 1, column: 1 };
  const bytes = readBytes(folder, file, (rule, message) => report(rule, start, message));
  if (!bytes) return undefined;
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    report('encoding', start, 'The file is UTF-16, as a spreadsheet’s “Unicode text” is. Save it as UTF-8.');
    return undefined;
  }
  let text = bytes.toString('utf8');
  if (reportConflicts(file, text, report)) return undefined;
  if (!isUtf8(bytes)) {
    report(
      'encoding',
      textFile(file, text).at(text.indexOf('\uFFFD')),
      'Here begins something that is not UTF-8. Save the file as UTF-8.',
    );
  }
  const save =
    file.endsWith('.csv') && isUtf8(bytes) && !text.includes('\0') ? spreadsheetSave(file, text) : undefined;
  if (save) {
    report('spreadsheet-save', start, saveMessage(save));
    return placedSave(file, save);
  }
  if (text.startsWith('\uFEFF')) {
    report('byte-order-mark', start, 'The file begins with a byte-order mark. Save it as UTF-8 without one.');
    text = text.slice(1);
  }
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    report(
      'encoding',
      textFile(file, text).at(nul),
      'A NUL character stands here: this is no text file, or it is damaged.',
    );
    return undefined;
  }
  const carriageReturn = text.indexOf('\r');
  if (carriageReturn >= 0) {
    report(
      'line-ends',
      textFile(file, text).at(carriageReturn),
      'Lines end with CR LF or CR. Save the file with LF line ends (Unix).',
    );
    text = text.replace(/\r\n?/g, '\n');
  }
  return textFile(file, text);
}

const MOST_SHOWN = 3;

function saveMessage({ found, changes }: SpreadsheetSave): string {
  const what = `${found.length > 1 ? `${found.slice(0, -1).join(', ')} and ` : ''}${found.at(-1)}`;
  const shown = changes
    .slice(0, MOST_SHOWN)
    .map(({ line, from, to }) => `“${from}” in line ${line} as ${to}`);
  const more = changes.length > MOST_SHOWN ? [`${changes.length - MOST_SHOWN} more`] : [];
  const read = changes.length > 0 ? `: ${[...shown, ...more].join(', ')}` : '';
  return `A spreadsheet has saved this file, with ${what}. It is read as it should be${read}; “assay check --fix” writes it so.`;
}

/** The path of a file that stands within the folder, links followed; undefined if it leads out. Throws if it is not there. */
export function pathWithin(folder: string, file: string): string | undefined {
  const root = realpathSync(folder);
  const real = realpathSync(resolve(root, file));
  return real === root || real.startsWith(root + sep) ? real : undefined;
}

/** Whether something stands there; a path that no file can have is not there either. */
export function isThere(folder: string, file: string): boolean {
  try {
    return lstatSync(join(folder, file), { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

function readBytes(
  folder: string,
  file: string,
  fail: (rule: RuleId, message: string) => void,
): Buffer | undefined {
  let descriptor: number | undefined;
  try {
    const path = pathWithin(folder, file);
    if (!path) {
      fail(
        'outside-folder',
        'This is a link that leads out of the edition folder. Put the file itself here.',
      );
      return undefined;
    }
    if (!statSync(path).isFile()) {
      fail('unreadable-file', 'This is not a regular file. Put a text file here.');
      return undefined;
    }
    descriptor = openSync(path, constants.O_RDONLY);
    const { size } = fstatSync(descriptor);
    const largest = /\.(?:csv|jsonl)$/.test(file) ? LARGEST.csv : LARGEST.other;
    if (size > largest) {
      fail(
        'file-too-large',
        `The file has ${mebibytes(size)}; at most ${mebibytes(largest)} are read. Split the edition, or look what got into the file.`,
      );
      return undefined;
    }
    const bytes = Buffer.allocUnsafe(size);
    let read = 0;
    while (read < size) {
      const count = readSync(descriptor, bytes, read, size - read, read);
      if (count === 0) break;
      read += count;
    }
    return bytes.subarray(0, read);
  } catch (error) {
    fail(
      'unreadable-file',
      `The file cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
    );
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

const mebibytes = (bytes: number) => `${Math.ceil(bytes / MEBIBYTE).toLocaleString('en')} MiB`;
