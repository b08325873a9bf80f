import { createHash } from 'node:crypto';
import { closeSync, constants, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { LEDGER_NAME } from './evidence.ts';
import { realFolder } from './files/within.ts';

/**
 * Which ledgers this very copy of an edition has written, and how they ended. Two copies never write to one ledger, so that they can be joined without a
 * conflict; and what stands in a ledger that this copy did not put there is not signed as if it had. It is kept apart from the edition, with what belongs
 * to the person (XDG_STATE_HOME): whoever may write the folder, or have it overwritten by version control, must not be able to change it.
 */

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const endSchema = z.strictObject({
  entries: z.int().min(0),
  size: z.int().min(0),
  /** SHA-256 of the last line. */
  chain: hex,
});
const copySchema = z.strictObject({
  format: z.literal(1),
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

/** How a ledger ends. */
export type LedgerEnd = z.infer<typeof endSchema>;
export type OwnLedger = z.infer<typeof copySchema>['ledgers'][number];

const stateFolder = () =>
  join(process.env.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'assay', 'copies');

/** One file for each place: a copy of the copy is another. */
const fileOf = (folder: string) =>
  join(
    stateFolder(),
    `${createHash('sha256')
      .update(`${hostname()}\n${realFolder(folder)}`)
      .digest('hex')}.json`,
  );

/** The ledgers that this copy has written; none in a copy that is new, or where nothing can be kept. */
export function ownLedgers(folder: string): readonly OwnLedger[] {
  try {
    const [line = ''] = readFileSync(fileOf(folder), 'utf8').split('\n');
    return copySchema.safeParse(JSON.parse(line)).data?.ledgers ?? [];
  } catch {
    return [];
  }
}

/**
 * Keeps in mind how one of them ends, while the archive is locked. Written over what stood there, in one go, without waiting for the disk: an entry is
 * acknowledged only after it, and if it is lost, a new ledger is begun. What is left of a longer line before it does not count.
 */
export function keepOwnLedger(folder: string, known: readonly OwnLedger[], own: OwnLedger): void {
  const ledgers = [...known.filter(({ name }) => name !== own.name), own].slice(-MOST_LEDGERS);
  const line = Buffer.from(`${JSON.stringify({ format: 1, ledgers })}\n`);
  try {
    if (known.length === 0) mkdirSync(stateFolder(), { recursive: true, mode: 0o700 });
    const file = openSync(
      fileOf(folder),
      constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW,
      0o600,
    );
    try {
      writeSync(file, line, 0, line.length, 0);
    } finally {
      closeSync(file);
    }
  } catch {
    // Where nothing can be kept, every command begins a ledger of its own; nothing is lost by it.
  }
}
