import { type LedgerFile, writeWithin } from '#edition/folder';
import { tipsOf } from '#edition/index';
import { ArchiveError } from './archive-error.ts';
import { canonicalJson } from './canonical.ts';
import { type Chain, type Fixed, type Flaw, followLedgers } from './chains.ts';
import { type Head, readHead, signedText } from './head.ts';
import { endOfOwn, joinLedgers } from './ledger.ts';
import { whileLocked } from './lock.ts';
import { ownLedgers } from './own-ledger.ts';
import { publicKeyOf, signText, verifyText } from './signature.ts';

/** What stands in the archive does not hold, so that no head is written over it: a signature would vouch for it. */
export class UnfitError extends ArchiveError {}

export interface WriteHeadOptions {
  /** Also of ledgers, and of entries, that this copy of the edition did not write: somebody has looked at them. */
  readonly vouch?: boolean;
}

/**
 * Writes the heads of the ledgers of this copy, signed if there is a key. Before that, all ledgers are proved: every chain, every head before and that it
 * is a beginning of its ledger still, and that this copy itself wrote what comes after it.
 * @returns the heads of all ledgers, by their names
 * @throws UnfitError if anything of it does not hold
 */
export async function writeHead(
  folder: string,
  privateKey?: string,
  { vouch = false }: WriteHeadOptions = {},
): Promise<ReadonlyMap<string, Head>> {
  const { chains, flaws } = await followLedgers(folder);
  const flaw = flaws[0] ?? chains.map(signatureFlaw).find((own) => own !== undefined);
  if (flaw) throw unfit(flaw);
  return whileLocked(folder, () => {
    const own = new Map(ownLedgers(folder).map((ledger) => [ledger.name, endOfOwn(folder, ledger)?.end]));
    const heads = new Map<string, Head>();
    for (const chain of chains) {
      const { name } = chain.file;
      const isOwn = own.get(name) !== undefined;
      const before = readHead(folder, chain.file);
      // Another process may have written a head that goes further.
      const isNew = (isOwn || vouch) && (before?.entries ?? 0) <= chain.end.entries;
      const head = isNew ? headFor(before, chain.end, privateKey) : before;
      if (head && head !== before) writeWithin(folder, chain.file.head, `${canonicalJson(head)}\n`);
      if (head) heads.set(name, head);
    }
    return heads;
  });
}

/** What fixes a whole archive. */
export interface ArchiveHead {
  /** The hash of the last line of the ledger that has seen all others to their ends. */
  readonly head: string;
  /** That ledger. */
  readonly ledger: LedgerFile;
  /** The heads of all ledgers that have one. */
  readonly heads: readonly { readonly ledger: LedgerFile; readonly head: Head }[];
  /** Entries of ledgers that no head fixes, since this copy did not write them. */
  readonly open: number;
}

/**
 * Brings all ledgers under one head, and writes it: where several copies went on side by side, the ledger of this one notes how far the others have come.
 * Undefined for an archive without a ledger.
 * @throws UnfitError
 */
export async function writeOneHead(
  folder: string,
  privateKey?: string,
  options: WriteHeadOptions = {},
): Promise<ArchiveHead | undefined> {
  const before = await followLedgers(folder);
  if (tipsAmong(before.chains).length > 1) {
    if (before.flaws[0]) throw unfit(before.flaws[0]);
    joinLedgers(folder);
  }
  const written = await writeHead(folder, privateKey, options);
  const { chains } = await followLedgers(folder);
  const tip = tipsAmong(chains)[0];
  if (!tip) return undefined;
  return {
    head: tip.end.chain,
    ledger: tip.file,
    heads: chains.flatMap(({ file }) => {
      const head = written.get(file.name);
      return head ? [{ ledger: file, head }] : [];
    }),
    open: chains.reduce(
      (sum, { file, end }) => sum + end.entries - (written.get(file.name)?.entries ?? 0),
      0,
    ),
  };
}

function tipsAmong(chains: readonly Chain[]): Chain[] {
  const tips = tipsOf(
    chains.map(({ file, entries, end }) => ({ name: file.name, entries, chain: end.chain, fixed: 0 })),
  );
  return chains.filter(({ end }) => end.entries > 0 && tips?.split('+').includes(end.chain));
}

const unfit = ({ of, message }: Flaw) =>
  new UnfitError(
    `${of}: ${message}. No head is written, and nothing signed, until that is mended (version control has what stood there)`,
  );

/** A head that is signed must be signed by the key that it names; whose key that may be, the edition says where it is verified. */
function signatureFlaw({ file, head }: Chain) {
  if (head?.signature === undefined) return undefined;
  try {
    if (verifyText(head.key ?? '', signedText(head), head.signature)) return undefined;
  } catch {
    // a key that is none
  }
  return { of: file.head, message: 'its signature is not of this head: one of them was changed' };
}

function headFor(before: Head | undefined, end: Fixed, privateKey: string | undefined): Head | undefined {
  if (end.entries === 0) return before;
  const key = privateKey === undefined ? undefined : publicKeyOf(privateKey);
  const isFixed = before?.entries === end.entries;
  if (isFixed && (key === undefined || before.key === key)) return before;
  const bare: Head = { format: 1, ...end, time: new Date().toISOString() };
  return privateKey === undefined || key === undefined
    ? bare
    : { ...bare, key, signature: signText(privateKey, signedText(bare)) };
}
