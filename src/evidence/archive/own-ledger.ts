import { randomBytes } from 'node:crypto';
import { closeSync, constants, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';
import { openWithin, readWithin, realFolder, writeWithin } from '#edition/folder';
import { LEDGER_NAME } from '#edition/index';
import { canonicalJson } from './canonical.ts';
import { sha256 } from './hash.ts';

/**
 * Which ledgers this very copy of an edition has written, and how they ended. Two copies never write to one ledger, so that they can be joined without a
 * conflict; and what stands in a ledger that this copy did not put there is not signed as if it had. Version control does not keep it.
 */

const FILE = 'captures/copy.json';

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const endSchema = z.strictObject({
  entries: z.int().min(0),
  size: z.int().min(0),
  /** SHA-256 of the last line. */
  chain: hex,
});
const copySchema = z.strictObject({
  format: z.literal(1),
  /** Where the copy is: a copy of the copy is another. */
  place: hex,
  ledgers: z.array(
    z.strictObject({
      name: z.string().regex(LEDGER_NAME),
      /** Its end; while an entry is being written, as it was and as it will be: whatever happens in between, it is one of them. */
      ends: z.array(endSchema).max(2),
      /** The ends of the other ledgers that it has seen. */
      seen: z.array(hex),
    }),
  ),
});

/** Branches of version control have a ledger each; those that nobody went on with for long are forgotten. */
const MOST_LEDGERS = 50;

export type End = z.infer<typeof endSchema>;
export type OwnLedger = z.infer<typeof copySchema>['ledgers'][number];

const placeOf = (folder: string) => sha256(`${hostname()}\n${realFolder(folder)}`);

/** The ledgers that this copy has written; none in a copy that is new. */
export function ownLedgers(folder: string): readonly OwnLedger[] {
  const [line] =
    readWithin(folder, FILE, 1024 * 1024)
      ?.toString('utf8')
      .split('\n') ?? [];
  if (line === undefined) return [];
  try {
    const copy = copySchema.safeParse(JSON.parse(line));
    return copy.success && copy.data.place === placeOf(folder) ? copy.data.ledgers : [];
  } catch {
    return [];
  }
}

/**
 * Keeps in mind how one of them ends, while the archive is locked. Written over what stood there, in one go, without waiting for the disk: an entry is
 * acknowledged only after it, and if it is lost, a new ledger is begun. What is left of a longer line before it does not count.
 */
export function keepOwnLedger(folder: string, known: readonly OwnLedger[], own: OwnLedger): void {
  const others = known.filter(({ name }) => name !== own.name);
  if (known.length === 0) keepOutOfVersionControl(folder);
  const ledgers = [...others, own].slice(-MOST_LEDGERS);
  const line = Buffer.from(`${canonicalJson({ format: 1, place: placeOf(folder), ledgers })}\n`);
  const file = openWithin(folder, FILE, constants.O_WRONLY | constants.O_CREAT);
  try {
    writeSync(file, line, 0, line.length, 0);
  } finally {
    closeSync(file);
  }
}

export const newLedgerName = () => randomBytes(5).toString('hex');

const IGNORED = ['lock', 'lock-journal', 'copy.json', 'tmp/', '*.new'];

/** What is passing, or of this copy alone, is no part of the archive; and version control must not turn line ends in what is addressed by its bytes. */
export function keepOutOfVersionControl(folder: string): void {
  const ignore = readWithin(folder, 'captures/.gitignore', 1024 * 1024)?.toString('utf8') ?? '';
  const lines = ignore.split('\n').filter(Boolean);
  const missing = IGNORED.filter((line) => !lines.includes(line));
  if (missing.length > 0) writeWithin(folder, 'captures/.gitignore', [...lines, ...missing, ''].join('\n'));
  for (const sub of ['captures', 'ledger'])
    if (realFolder(folder, sub) !== undefined && readWithin(folder, `${sub}/.gitattributes`) === undefined)
      writeWithin(folder, `${sub}/.gitattributes`, '* -text\n');
}
