import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { LedgerEntry } from '#edition/index';
import { canonicalJson } from './canonical.ts';
import { sha256 } from './hash.ts';
import { whileLocked } from './lock.ts';

/** ledger.jsonl: a line an entry, each with the SHA-256 of the line before it. What is appended is never changed. */

export const NO_PREVIOUS = '0'.repeat(64);

type Distributed<T> = T extends unknown ? Omit<T, 'number' | 'previous' | 'time'> : never;
/** An entry before it has its place in the ledger. */
export type NewEntry = Distributed<LedgerEntry>;

const CHUNK = 64 * 1024;

/**
 * Appends entries, in this order and next to each other; when it returns, they are on the disk. A line that an earlier process left half written is
 * removed first: it was never acknowledged.
 * @throws ArchiveBusyError; SystemError if the disk is full, and then nothing of it is in the ledger
 */
export function appendEntries(
  folder: string,
  entries: readonly NewEntry[],
  now: () => Date = () => new Date(),
): LedgerEntry[] {
  return whileLocked(join(folder, 'captures'), () => {
    const file = openSync(join(folder, 'ledger.jsonl'), constants.O_RDWR | constants.O_CREAT, 0o644);
    try {
      const { end, last } = wholeEnd(file);
      let previous = last === undefined ? NO_PREVIOUS : sha256(last);
      let number = last === undefined ? 0 : numberOf(last) + 1;
      const time = now().toISOString();
      const placed: LedgerEntry[] = [];
      let text = '';
      for (const entry of entries) {
        const whole = { ...entry, number, previous, time } as LedgerEntry;
        const line = canonicalJson(whole);
        placed.push(whole);
        text += `${line}\n`;
        previous = sha256(line);
        number++;
      }
      ftruncateSync(file, end);
      try {
        writeAll(file, Buffer.from(text), end);
        fsyncSync(file);
      } catch (error) {
        ftruncateSync(file, end);
        throw error;
      }
      return placed;
    } finally {
      closeSync(file);
    }
  });
}

function numberOf(line: Buffer): number {
  const { number } = JSON.parse(line.toString('utf8')) as { number: number };
  return number;
}

function writeAll(file: number, bytes: Buffer, at: number): void {
  for (let written = 0; written < bytes.length; )
    written += writeSync(file, bytes, written, bytes.length - written, at + written);
}

/** Where the last whole line ends, and that line; found from the end, however long the ledger is. */
function wholeEnd(file: number): { end: number; last: Buffer | undefined } {
  const { size } = fstatSync(file);
  let tail = Buffer.alloc(0);
  for (let from = size; ; ) {
    const end = tail.lastIndexOf(10);
    const before = end > 0 ? tail.lastIndexOf(10, end - 1) : -1;
    if (end >= 0 && (before >= 0 || from === 0))
      return { end: from + end + 1, last: tail.subarray(before + 1, end) };
    if (from === 0) return { end: 0, last: undefined };
    const take = Math.min(CHUNK, from);
    const chunk = Buffer.alloc(take);
    readSync(file, chunk, 0, take, from - take);
    tail = Buffer.concat([chunk, tail]);
    from -= take;
  }
}

/** One line of the ledger, as bytes without its end. */
export interface Line {
  readonly bytes: Buffer;
  readonly whole: boolean;
}

/** The lines of the ledger, a chunk at a time; the last is not whole where its end was never written. */
export async function* ledgerLines(folder: string): AsyncGenerator<Line[]> {
  const path = join(folder, 'ledger.jsonl');
  if (!existsSync(path)) return;
  const file = await open(path, 'r');
  try {
    yield* linesOf(file);
  } finally {
    await file.close();
  }
}

async function* linesOf(file: FileHandle): AsyncGenerator<Line[]> {
  let rest = Buffer.alloc(0);
  for (;;) {
    const chunk = Buffer.alloc(16 * CHUNK);
    const { bytesRead } = await file.read(chunk, 0, chunk.length);
    if (bytesRead === 0) break;
    const all =
      rest.length === 0 ? chunk.subarray(0, bytesRead) : Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
    const lines: Line[] = [];
    let at = 0;
    for (let end = all.indexOf(10); end >= 0; at = end + 1, end = all.indexOf(10, at))
      lines.push({ bytes: all.subarray(at, end), whole: true });
    rest = all.subarray(at);
    if (lines.length > 0) yield lines;
  }
  if (rest.length > 0) yield [{ bytes: rest, whole: false }];
}
