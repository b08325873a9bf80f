import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, readSync } from 'node:fs';
import { openWithin } from './files/within.ts';
import { type LedgerEnd, type OwnLedger, ownLedgers } from './own-ledgers.ts';
import { type LedgerFile, ledgerFile } from './read-ledger.ts';

/** How ledgers end, found from their ends, however long they are. */

export const NO_PREVIOUS = '0'.repeat(64);
export const NO_ENTRY: LedgerEnd = { entries: 0, size: 0, chain: NO_PREVIOUS };

const CHUNK = 64 * 1024;
/** Beyond this, a line is no entry that anybody wrote. */
export const LONGEST_LINE = 16 * 1024 * 1024;

/** Where the last whole line of a ledger ends, and when it was written; undefined if the ledger is not there, or its end is no entry. @throws OutsideError */
export function endOf(folder: string, { file }: LedgerFile): { end: LedgerEnd; time: string } | undefined {
  let descriptor: number;
  try {
    descriptor = openWithin(folder, file, constants.O_RDONLY);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const { end, last } = wholeEnd(descriptor);
    if (last === undefined) return { end: NO_ENTRY, time: '' };
    const { number, time } = JSON.parse(last.toString('utf8')) as { number?: unknown; time?: unknown };
    if (!Number.isSafeInteger(number) || typeof time !== 'string') return undefined;
    const chain = createHash('sha256').update(last).digest('hex');
    return { end: { entries: Number(number) + 1, size: end, chain }, time };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

function wholeEnd(file: number): { end: number; last: Buffer | undefined } {
  const { size } = fstatSync(file);
  let tail = Buffer.alloc(0);
  for (let from = size; ; ) {
    const end = tail.lastIndexOf(10);
    const before = end > 0 ? tail.lastIndexOf(10, end - 1) : -1;
    if (end >= 0 && (before >= 0 || from === 0))
      return { end: from + end + 1, last: tail.subarray(before + 1, end) };
    if (from === 0) return { end: 0, last: undefined };
    if (tail.length > LONGEST_LINE) throw new SyntaxError('no line of a ledger is so long');
    const take = Math.min(Math.max(CHUNK, tail.length), from);
    const chunk = Buffer.alloc(take);
    readSync(file, chunk, 0, take, from - take);
    tail = Buffer.concat([chunk, tail]);
    from -= take;
  }
}

/** How a ledger ends that this copy has written; undefined where it is not as this copy left it. */
export function endOfOwn(folder: string, own: OwnLedger): { end: LedgerEnd; time: string } | undefined {
  const found = endOf(folder, ledgerFile(own.name));
  const isOwn =
    found !== undefined &&
    own.ends.some(({ size, chain }) => size === found.end.size && chain === found.end.chain);
  return isOwn ? found : undefined;
}

/** The ledgers of this copy that end as it left them. @throws OutsideError */
export function ledgersAsLeft(folder: string): ReadonlySet<string> {
  return new Set(ownLedgers(folder).flatMap((own) => (endOfOwn(folder, own) ? [own.name] : [])));
}

/** The ledgers of this copy that do not: on another branch, put back, or taken away. @throws OutsideError */
export function ledgersNotAsLeft(folder: string): readonly string[] {
  return ownLedgers(folder).flatMap((own) => (endOfOwn(folder, own) ? [] : [own.name]));
}
