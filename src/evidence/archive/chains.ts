import {
  type Head,
  type LedgerFile,
  ledgerFiles,
  NO_PREVIOUS,
  OutsideError,
  parseEntry,
} from '#edition/folder';
import type { LedgerEntry } from '#edition/index';
import { ArchiveError } from './archive-error.ts';
import { canonicalJson } from './canonical.ts';
import { sha256 } from './hash.ts';
import { readHead } from './head.ts';
import { ledgerLines } from './ledger.ts';
import { leafHash, makeTree } from './merkle.ts';

/** Something about an archive that does not hold: what it is of, and what is wrong. */
export interface Flaw {
  readonly of: string;
  readonly message: string;
  /** The quote that does not hold, by its id. */
  readonly quote?: string;
  /** The line of a ledger that it is about, from 1. */
  readonly place?: { readonly file: string; readonly line: number };
}

/** What fixes a ledger up to an entry: the hash of its last line, and the root of the tree over all of them. */
export interface Fixed {
  readonly entries: number;
  readonly chain: string;
  readonly root: string;
}

/** One ledger, followed from its first line to its last. */
export interface Chain {
  readonly file: LedgerFile;
  readonly entries: readonly LedgerEntry[];
  readonly end: Fixed;
  /** A last line without its end: never acknowledged. */
  readonly halfLine: boolean;
  /** The head that was last written. */
  readonly head: Head | undefined;
}

/** All ledgers of an archive, and what does not hold about them: each chain, each head as far as it goes, and what they say of each other. */
export async function followLedgers(
  folder: string,
  printed?: string,
): Promise<{ readonly chains: readonly Chain[]; readonly flaws: readonly Flaw[] }> {
  const flaws: Flaw[] = [];
  const followed: { chain: Chain; hashes: readonly string[] }[] = [];
  for (const file of ledgerFiles(folder)) followed.push(await followOne(folder, file, flaws));
  checkSeen(followed, flaws);
  const lines = new Set(printed === undefined ? [] : followed.flatMap(({ hashes }) => hashes));
  for (const head of printed?.split('+') ?? [])
    if (head !== NO_PREVIOUS && !lines.has(head))
      flaws.push({
        of: 'the ledgers',
        message: `no entry has the hash ${head} that was printed: a ledger was changed, cut or taken away after that release`,
      });
  return { chains: followed.map(({ chain }) => chain), flaws };
}

async function followOne(
  folder: string,
  file: LedgerFile,
  flaws: Flaw[],
): Promise<{ chain: Chain; hashes: readonly string[] }> {
  const head = headIn(folder, file, flaws);
  const tree = makeTree();
  const entries: LedgerEntry[] = [];
  const hashes: string[] = [];
  let [last, time, broken, halfLine] = [NO_PREVIOUS, '', false, false];
  let atHead: Fixed | undefined =
    head?.entries === 0 ? { entries: 0, chain: last, root: tree.root() } : undefined;
  for await (const lines of ledgerLines(folder, file))
    for (const { bytes, whole } of lines) {
      if (!whole) {
        halfLine = true;
        continue;
      }
      const entry = parseEntry(bytes.toString('utf8'));
      // Where the chain is broken, everything after it is; one place says enough.
      const flaw = broken ? undefined : flawIn(entry, bytes, { number: tree.size, last, time });
      if (flaw !== undefined) flaws.push({ ...ofLine(file, tree.size + 1), message: flaw });
      broken ||= flaw !== undefined;
      if (typeof entry !== 'string') {
        entries.push(entry);
        time = entry.time;
      }
      last = sha256(bytes);
      tree.add(leafHash(bytes));
      hashes.push(last);
      if (tree.size === head?.entries) atHead = { entries: tree.size, chain: last, root: tree.root() };
    }
  const end = { entries: tree.size, chain: last, root: tree.root() };
  if (head) checkHead(file, head, end, atHead, flaws);
  return { chain: { file, entries, end, halfLine, head }, hashes };
}

/** Clocks differ; days do not. */
const DAY_MS = 24 * 3600 * 1000;

const ofLine = ({ file }: LedgerFile, line: number) => ({
  of: `${file}, line ${line}`,
  place: { file, line },
});

/** What is wrong with a line of a ledger where it stands; undefined if nothing is. */
function flawIn(
  entry: LedgerEntry | string,
  bytes: Buffer,
  { number, last, time }: { readonly number: number; readonly last: string; readonly time: string },
): string | undefined {
  if (typeof entry === 'string') return `it is no entry of a ledger (${entry}): it was changed`;
  if (entry.number !== number)
    return entry.number > number
      ? `it has the number ${entry.number} where ${number} belongs: entries before it were deleted, or the order was changed`
      : `it has the number ${entry.number} where ${number} belongs: the order was changed, or entries were put in`;
  if (entry.previous !== last)
    return number === 0
      ? 'it names an entry before it, and there is none: the beginning was deleted'
      : `it does not follow on the line before it: line ${number} was changed after it was written, or this one was put in`;
  if (entry.time < time)
    return `it says ${entry.time}, which is before the time of the entry before it (${time}): one of them was put in`;
  if (Date.parse(entry.time) > Date.now() + DAY_MS) return `it says ${entry.time}, which is yet to come`;
  return canonicalJson(entry) === bytes.toString('utf8')
    ? undefined
    : 'it is not written in canonical form: it was changed';
}

function headIn(folder: string, file: LedgerFile, flaws: Flaw[]): Head | undefined {
  try {
    return readHead(folder, file);
  } catch (error) {
    if (!(error instanceof ArchiveError || error instanceof OutsideError)) throw error;
    flaws.push({ of: file.head, message: `${error.message}: it was changed` });
    return undefined;
  }
}

/** The head fixes what stands up to it: that must be in the ledger still. */
function checkHead(file: LedgerFile, head: Head, end: Fixed, atHead: Fixed | undefined, flaws: Flaw[]): void {
  if (head.entries > end.entries)
    flaws.push({
      of: file.file,
      message: `it has ${end.entries} entries where the head says ${head.entries}: ${head.entries - end.entries} were cut off at its end`,
    });
  else if (atHead?.chain !== head.chain)
    flaws.push({
      of: file.file,
      message: `entry ${head.entries - 1} is not the one that the head fixes: the ledger was rewritten`,
    });
  else if (atHead.root !== head.root)
    flaws.push({ of: file.head, message: 'its Merkle root is not that of the ledger: it was changed' });
}

/** What a ledger has seen of another must stand there: an archive cannot lose the work of one person while that of another is kept. */
function checkSeen(
  followed: readonly { readonly chain: Chain; readonly hashes: readonly string[] }[],
  flaws: Flaw[],
): void {
  const byName = new Map(followed.map((own) => [own.chain.file.name, own]));
  const said = new Set<string>();
  for (const { chain } of followed)
    for (const entry of chain.entries) {
      if (entry.kind !== 'seen') continue;
      for (const { ledger, entries, chain: hash } of entry.ledgers) {
        const other = byName.get(ledger);
        if (other?.hashes[entries - 1] === hash || said.has(ledger)) continue;
        said.add(ledger);
        flaws.push({
          ...ofLine(chain.file, entry.number + 1),
          message: `it has seen ${entries} entries of the ledger “${ledger || 'ledger.jsonl'}” that ${other ? 'are not there so: it was cut or rewritten' : 'is not there'}`,
        });
      }
    }
}
