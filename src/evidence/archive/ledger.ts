import { randomBytes } from 'node:crypto';
import { closeSync, constants, createReadStream, fsyncSync, ftruncateSync, writeSync } from 'node:fs';
import {
  endOf,
  endOfOwn,
  headOf,
  isVouchedFor,
  keepOwnLedger,
  LEDGERS,
  type LedgerEnd,
  type LedgerFile,
  LONGEST_LINE,
  ledgerFile,
  ledgerFiles,
  makeWithin,
  NO_ENTRY,
  type OwnLedger,
  openWithin,
  ownLedgers,
  signedIn,
  syncFolder,
} from '#edition/folder';
import { type LedgerEntry, ledgerEntrySchema } from '#edition/index';
import { ArchiveError } from './archive-error.ts';
import { makeArchiveFolder } from './archive-folder.ts';
import { canonicalJson } from './canonical.ts';
import { sha256 } from './hash.ts';
import { whileLocked } from './lock.ts';

/**
 * Ledgers: a line an entry, each with the SHA-256 of the line before it. What is appended is never changed. Each copy of an edition writes a ledger of its
 * own; an entry `seen` says how far the others went, so that the end of one ledger can fix all of them.
 */

type Distributed<T> = T extends unknown ? Omit<T, 'number' | 'previous' | 'time'> : never;
/** An entry before it has its place in the ledger. */
export type NewEntry = Distributed<LedgerEntry>;

const CHUNK = 64 * 1024;

/**
 * Appends entries to the ledger of this copy, in this order and next to each other; when it returns, they are on the disk. A line that an earlier process
 * left half written is removed first: it was never acknowledged.
 * @throws ArchiveBusyError; OutsideError; ArchiveError if an entry is none; SystemError if the disk is full, and then nothing of it is in the ledger
 */
export function appendEntries(
  folder: string,
  entries: readonly NewEntry[],
  now: () => Date = () => new Date(),
): LedgerEntry[] {
  return whileLocked(folder, () => {
    makeWithin(folder, LEDGERS);
    const before = ownLedgers(folder);
    const own = ledgerToGoOn(folder, before);
    if (before.length === 0) makeArchiveFolder(folder);
    const others = endsOfOthers(folder, own.name);
    const unseen = others.filter(({ end }) => !own.seen.includes(end.chain));
    const seen: NewEntry[] =
      unseen.length === 0
        ? []
        : [
            {
              kind: 'seen',
              ledgers: others.map(({ name, end }) => ({
                ledger: name,
                entries: end.entries,
                chain: end.chain,
              })),
            },
          ];
    if (seen.length + entries.length === 0) return [];
    const { lines, placed, end } = place(own, [...seen, ...entries], now);
    const known = { name: own.name, seen: others.map((other) => other.end.chain) };
    keepOwnLedger(folder, before, { ...known, ends: [own.end, end] });
    write(folder, ledgerFile(own.name), own.end.size, lines);
    // From now on it has one end: cut back to where it was, it is not its own any more.
    keepOwnLedger(folder, before, { ...known, ends: [end] });
    return placed.slice(seen.length);
  });
}

/** Appends what fixes the other ledgers too, so that the archive has one head; nothing where it has one already. */
export function joinLedgers(folder: string, now?: () => Date): void {
  appendEntries(folder, [], now);
}

interface GoingOn {
  readonly name: string;
  readonly end: LedgerEnd;
  readonly seen: readonly string[];
  readonly time: string;
}

/** The ledger of this copy that ends as this copy left it; else a new one. */
function ledgerToGoOn(folder: string, known: readonly OwnLedger[]): GoingOn {
  for (const own of known) {
    const found = endOfOwn(folder, own);
    if (found) return { name: own.name, seen: own.seen, ...found };
  }
  return { name: randomBytes(5).toString('hex'), end: NO_ENTRY, seen: [], time: '' };
}

/** How far the other ledgers go; where the edition names who signs, as far as one of them vouches for. */
function endsOfOthers(
  folder: string,
  name: string,
): { name: string; end: Pick<LedgerEnd, 'entries' | 'chain'> }[] {
  const signed = signedIn(folder);
  return ledgerFiles(folder).flatMap((file) => {
    if (file.name === name) return [];
    const head = signed.signers.length > 0 ? headOf(folder, file) : undefined;
    const end =
      signed.signers.length === 0
        ? endOf(folder, file)?.end
        : head && isVouchedFor(head, file.name, signed)
          ? head
          : undefined;
    return end && end.entries > 0 ? [{ name: file.name, end }] : [];
  });
}

/** Entries with their place after the end of a ledger: as lines, and where it ends then. Times never go back. */
function place(
  { end, time: last }: GoingOn,
  entries: readonly NewEntry[],
  now: () => Date,
): { lines: Buffer; placed: LedgerEntry[]; end: LedgerEnd } {
  const clock = now().toISOString();
  const time = clock < last ? last : clock;
  let { chain, entries: number } = end;
  let text = '';
  const placed = entries.map((entry): LedgerEntry => {
    const whole = ledgerEntrySchema.safeParse({ ...entry, number, previous: chain, time });
    if (!whole.success)
      throw new ArchiveError(
        `an entry cannot be appended: “${whole.error.issues[0]?.path.join('.')}” ${whole.error.issues[0]?.message}`,
      );
    const line = canonicalJson(whole.data);
    text += `${line}\n`;
    chain = sha256(line);
    number++;
    return whole.data;
  });
  const lines = Buffer.from(text);
  return { lines, placed, end: { entries: number, size: end.size + lines.length, chain } };
}

function write(folder: string, { file }: LedgerFile, at: number, lines: Buffer): void {
  if (lines.length === 0) return;
  const descriptor = openWithin(folder, file, constants.O_RDWR | constants.O_CREAT);
  try {
    ftruncateSync(descriptor, at);
    try {
      for (let written = 0; written < lines.length; )
        written += writeSync(descriptor, lines, written, lines.length - written, at + written);
      fsyncSync(descriptor);
      if (at === 0) syncFolder(makeWithin(folder, LEDGERS));
    } catch (error) {
      ftruncateSync(descriptor, at);
      throw error;
    }
  } finally {
    closeSync(descriptor);
  }
}

/** One line of a ledger, as bytes without its end. */
export interface Line {
  readonly bytes: Buffer;
  readonly whole: boolean;
}

/** The lines of a ledger, a chunk at a time; the last is not whole where its end was never written. @throws OutsideError */
export async function* ledgerLines(folder: string, { file }: LedgerFile): AsyncGenerator<Line[]> {
  const stream = createReadStream('', {
    fd: openWithin(folder, file, constants.O_RDONLY),
    highWaterMark: 16 * CHUNK,
  });
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const all = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const lines: Line[] = [];
    let at = 0;
    for (let end = all.indexOf(10); end >= 0; at = end + 1, end = all.indexOf(10, at))
      lines.push({ bytes: all.subarray(at, end), whole: true });
    rest = all.subarray(at);
    if (rest.length > LONGEST_LINE)
      throw new ArchiveError(`${file} has a line of more than ${LONGEST_LINE / 2 ** 20} MiB: it was changed`);
    if (lines.length > 0) yield lines;
  }
  if (rest.length > 0) yield [{ bytes: rest, whole: false }];
}
