import {
  type Head,
  isSigned,
  isVouchedFor,
  type LedgerFile,
  ledgersAsLeft,
  ledgersNotAsLeft,
  type Signed,
  signedIn,
  signedText,
  writeWithin,
} from '#edition/folder';
import { tipsOf, upTo } from '#edition/index';
import { ArchiveError } from './archive-error.ts';
import { canonicalJson } from './canonical.ts';
import { type Chain, type Flaw, followLedgers } from './chains.ts';
import { readHead } from './head.ts';
import { joinLedgers } from './ledger.ts';
import { whileLocked } from './lock.ts';
import { publicKeyOf, signText } from './signature.ts';

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
    const own = ledgersAsLeft(folder);
    const signed = signedIn(folder);
    const heads = new Map<string, Head>();
    for (const chain of chains) {
      const { name } = chain.file;
      const before = readHead(folder, chain.file);
      // Another process may have written a head that goes further.
      const isNew = (own.has(name) || vouch) && (before?.entries ?? 0) <= chain.end.entries;
      const head = isNew ? headFor(before, chain, signed.edition, privateKey) : before;
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
  /** Ledgers that this copy wrote and that are not as it left them. */
  readonly gone: readonly string[];
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
  const signed = signedIn(folder);
  const before = await followLedgers(folder);
  if (tipsAmong(before.chains, signed, ledgersAsLeft(folder)).length > 1) {
    if (before.flaws[0]) throw unfit(before.flaws[0]);
    joinLedgers(folder);
  }
  const written = await writeHead(folder, privateKey, options);
  const { chains } = await followLedgers(folder);
  const tip = tipsAmong(chains, signed, ledgersAsLeft(folder))[0];
  if (!tip) return undefined;
  return {
    head: tip.end.chain,
    ledger: tip.file,
    heads: chains.flatMap(({ file }) => {
      const head = written.get(file.name);
      return head ? [{ ledger: file, head }] : [];
    }),
    gone: ledgersNotAsLeft(folder),
    open: chains.reduce(
      (sum, { file, end }) => sum + end.entries - (written.get(file.name)?.entries ?? 0),
      0,
    ),
  };
}

/** The ledgers that no other has seen to their ends; where the edition names who signs, of what they vouch for, or this copy wrote. */
function tipsAmong(chains: readonly Chain[], signed: Signed, own: ReadonlySet<string>): Chain[] {
  const believed = chains.map(({ file, entries, end, head }) => {
    const whole = { name: file.name, entries, chain: end.chain, fixed: 0 };
    if (signed.signers.length === 0 || own.has(file.name)) return whole;
    return upTo(whole, head && isVouchedFor(head, file.name, signed) ? head.entries : 0);
  });
  const tips = tipsOf(believed)?.split('+') ?? [];
  return chains.filter((_, index) => {
    const part = believed[index];
    return part && part.entries.length > 0 && tips.includes(part.chain);
  });
}

const unfit = ({ of, message }: Flaw) =>
  new UnfitError(
    `${of}: ${message}. No head is written, and nothing signed, until that is mended (version control has what stood there)`,
  );

/** A head that is signed must be signed by the key that it names; whose key that may be, the edition says where it is verified. */
const signatureFlaw = ({ file, head }: Chain): Flaw | undefined =>
  head?.signature === undefined || isSigned(head)
    ? undefined
    : { of: file.head, message: 'its signature is not of this head: one of them was changed' };

function headFor(
  before: Head | undefined,
  { file, end }: Chain,
  edition: string,
  privateKey: string | undefined,
): Head | undefined {
  if (end.entries === 0) return before;
  const key = privateKey === undefined ? undefined : publicKeyOf(privateKey);
  const isFixed = before?.entries === end.entries;
  const isOfThis = before?.format === 2 && before.edition === edition && before.ledger === file.name;
  if (isFixed && (key === undefined || (before.key === key && isOfThis))) return before;
  const time = new Date().toISOString();
  const bare: Head = { format: 2, edition, ledger: file.name, ...end, time };
  return privateKey === undefined || key === undefined
    ? bare
    : { ...bare, key, signature: signText(privateKey, signedText({ ...bare, key })) };
}
