import { existsSync, readFileSync } from 'node:fs';
import { type LedgerEntry, ledgerEntrySchema, type Quote } from '#edition/index';
import { quoteHolds } from '../quotes/quote.ts';
import { type Archive, openArchive } from './archive.ts';
import { ArchiveError, DamagedError } from './archive-error.ts';
import { canonicalJson } from './canonical.ts';
import { sha256 } from './hash.ts';
import { type Head, readHead, signedText, timestampFile } from './head.ts';
import { ledgerLines, NO_PREVIOUS } from './ledger.ts';
import type { Manifest } from './manifest.ts';
import { leafHash, makeTree } from './merkle.ts';
import { sealedRoot } from './seal.ts';
import { verifyText } from './signature.ts';

/** Something about an archive that does not hold: what it is of, and what is wrong. */
export interface Flaw {
  readonly of: string;
  readonly message: string;
}

export interface ArchiveReport {
  readonly flaws: readonly Flaw[];
  readonly entries: number;
  readonly captures: number;
  readonly quotes: number;
  readonly head: Head | undefined;
  /** Whether the head is signed by the key that the edition names. */
  readonly signed: boolean;
  /** Entries after the last signed head: an interrupted command leaves them, the next one signs them. */
  readonly unsigned: number;
  /** When a time-stamp authority saw the head, if one did. */
  readonly stamped: string | undefined;
  /** A last line without its end: never acknowledged, and removed by the next command that writes. */
  readonly halfLine: boolean;
  /** Blobs that nothing names: left by a command that was interrupted. */
  readonly strays: number;
}

export interface VerifyOptions {
  readonly quotes?: readonly Quote[];
  /** The public key that the edition names. */
  readonly signedBy?: string | undefined;
  /** A head that was printed elsewhere: the ledger must still contain what it fixed. */
  readonly printed?: string | undefined;
}

/** Proves an archive from its own bytes, offline: the chain, the head, every blob and letter, every quote. Reads the ledger as a stream. */
export async function verifyArchive(folder: string, options: VerifyOptions = {}): Promise<ArchiveReport> {
  const archive = openArchive(folder);
  const flaws: Flaw[] = [];
  const chain = await verifyChain(folder, options.printed, flaws);
  const named = new Set<string>();
  const texts = new Map<string, string>();
  for (const entry of chain.captures)
    await verifyCapture(archive, entry, { named, texts, redactions: chain.redactions }, flaws);
  await verifyQuotes(archive, options.quotes ?? [], texts, flaws);
  const blobs = await archive.blobs.list();
  return {
    flaws,
    entries: chain.entries,
    captures: chain.captures.length,
    quotes: options.quotes?.length ?? 0,
    ...(await verifyHead(folder, chain, options.signedBy, flaws)),
    halfLine: chain.halfLine,
    strays: blobs.filter((hash) => !named.has(hash)).length,
  };
}

type CaptureEntry = Extract<LedgerEntry, { kind: 'capture' }>;
type RedactionEntry = Extract<LedgerEntry, { kind: 'redaction' }>;

interface Chain {
  readonly entries: number;
  readonly captures: readonly CaptureEntry[];
  readonly redactions: readonly RedactionEntry[];
  readonly halfLine: boolean;
  /** What the chain and the tree were when the ledger had as many entries as the head says. */
  readonly atHead: { readonly chain: string; readonly root: string } | undefined;
}

/** Follows the chain from line to line; where it breaks, says how. */
async function verifyChain(folder: string, printed: string | undefined, flaws: Flaw[]): Promise<Chain> {
  const head = safely(() => readHead(folder));
  const follow = makeFollower(head?.entries, printed, flaws);
  let halfLine = false;
  for await (const lines of ledgerLines(folder))
    for (const { bytes, whole } of lines) {
      if (whole) follow.line(bytes);
      else halfLine = true;
    }
  return { ...follow.end(), halfLine };
}

function makeFollower(headEntries: number | undefined, printed: string | undefined, flaws: Flaw[]) {
  const tree = makeTree();
  const [captures, redactions]: [CaptureEntry[], RedactionEntry[]] = [[], []];
  let last = NO_PREVIOUS;
  let number = 0;
  let broken = false;
  let sawPrinted = printed === undefined || printed === NO_PREVIOUS;
  let atHead: Chain['atHead'] = headEntries === 0 ? { chain: last, root: tree.root() } : undefined;
  return {
    line(bytes: Buffer) {
      const entry = broken ? parseLine(bytes) : checkLine(bytes, number, last, flaws);
      if (typeof entry === 'string') {
        // Where the chain is broken, everything after it is; one place says enough.
        if (!broken) flaws.push({ of: `ledger.jsonl, line ${number + 1}`, message: entry });
        broken = true;
      } else if (entry.kind === 'capture') captures.push(entry);
      else if (entry.kind === 'redaction') redactions.push(entry);
      last = sha256(bytes);
      sawPrinted ||= last === printed;
      tree.add(leafHash(bytes));
      if (++number === headEntries) atHead = { chain: last, root: tree.root() };
    },
    end(): Omit<Chain, 'halfLine'> {
      if (!sawPrinted)
        flaws.push({
          of: 'ledger.jsonl',
          message: `no entry has the hash ${printed} that was printed: the ledger was changed or cut after that release`,
        });
      return { entries: number, captures, redactions, atHead };
    },
  };
}

function parseLine(bytes: Buffer): LedgerEntry | string {
  try {
    const parsed = ledgerEntrySchema.safeParse(JSON.parse(bytes.toString('utf8')));
    return parsed.success ? parsed.data : 'it is no entry of a ledger';
  } catch {
    return 'it is no entry of a ledger';
  }
}

/** An entry that follows on the line before it, or what is wrong with it. */
function checkLine(bytes: Buffer, number: number, last: string, flaws: Flaw[]): LedgerEntry | string {
  const entry = parseLine(bytes);
  if (typeof entry === 'string') return `${entry}: it was changed`;
  if (entry.number !== number)
    return entry.number > number
      ? `it has the number ${entry.number} where ${number} belongs: entries before it were deleted, or the order was changed`
      : `it has the number ${entry.number} where ${number} belongs: the order was changed, or entries were put in`;
  if (entry.previous !== last)
    return number === 0
      ? 'it names an entry before it, and there is none: the beginning was deleted'
      : `it does not follow on the line before it: line ${number} was changed after it was written, or this one was put in`;
  if (canonicalJson(entry) !== bytes.toString('utf8'))
    flaws.push({
      of: `ledger.jsonl, line ${number + 1}`,
      message: 'it is not written in canonical form: it was changed',
    });
  return entry;
}

async function verifyHead(
  folder: string,
  chain: Chain,
  signedBy: string | undefined,
  flaws: Flaw[],
): Promise<Pick<ArchiveReport, 'head' | 'signed' | 'unsigned' | 'stamped'>> {
  const of = 'captures/head.json';
  const none = { head: undefined, signed: false, unsigned: chain.entries, stamped: undefined };
  let head: Head | undefined;
  try {
    head = readHead(folder);
  } catch (error) {
    flaws.push({ of, message: `${messageOf(error)}: it was changed` });
    return none;
  }
  if (!head) {
    if (chain.entries > 0)
      flaws.push({ of, message: 'it is not there; the next capture writes it, or “assay archive head”' });
    return none;
  }
  if (head.entries > chain.entries)
    flaws.push({
      of: 'ledger.jsonl',
      message: `it has ${chain.entries} entries where the head says ${head.entries}: ${head.entries - chain.entries} were cut off at its end`,
    });
  else if (chain.atHead?.chain !== head.chain)
    flaws.push({
      of: 'ledger.jsonl',
      message: `entry ${head.entries - 1} is not the one that the head fixes: the ledger was rewritten`,
    });
  else if (chain.atHead.root !== head.root)
    flaws.push({ of, message: 'its Merkle root is not that of the ledger: it was changed' });
  const signed = verifySignature(head, signedBy, flaws);
  return {
    head,
    signed,
    unsigned: Math.max(0, chain.entries - head.entries),
    stamped: await verifyStamp(folder, head, flaws),
  };
}

function verifySignature(head: Head, signedBy: string | undefined, flaws: Flaw[]): boolean {
  const of = 'captures/head.json';
  if (signedBy === undefined) {
    if (head.signature !== undefined && !isSignedBy(head, head.key ?? ''))
      flaws.push({ of, message: 'its signature is not of this head' });
    return false;
  }
  if (head.signature === undefined)
    flaws.push({ of, message: 'it is not signed, though edition.yaml names a key (signed-by)' });
  else if (isSignedBy(head, signedBy)) return true;
  else
    flaws.push({
      of,
      message:
        head.key === signedBy
          ? 'its signature is not of this head: one of them was changed'
          : `it is signed by another key (${head.key}) than the one edition.yaml names`,
    });
  return false;
}

const isSignedBy = (head: Head, key: string) =>
  safely(() => verifyText(key, signedText(head), head.signature ?? '')) === true;

async function verifyStamp(folder: string, head: Head, flaws: Flaw[]): Promise<string | undefined> {
  const path = timestampFile(folder);
  if (!existsSync(path)) return undefined;
  const { verifyTimestamp } = await import('./timestamp.ts');
  const stamp = await verifyTimestamp(readFileSync(path), signedText(head));
  if (stamp.holds) return stamp.time;
  flaws.push({ of: 'captures/head.tsr', message: stamp.why });
  return undefined;
}

interface Known {
  readonly named: Set<string>;
  /** By source and text: the manifest of a capture that has it. */
  readonly texts: Map<string, string>;
  readonly redactions: readonly RedactionEntry[];
}

async function verifyCapture(
  archive: Archive,
  entry: CaptureEntry,
  known: Known,
  flaws: Flaw[],
): Promise<void> {
  const of = `capture ${entry.number} of “${entry.source}”`;
  known.named.add(entry.manifest);
  let manifest: Manifest;
  try {
    manifest = await archive.manifest(entry.manifest);
  } catch (error) {
    flaws.push({ of, message: `its manifest: ${messageOf(error)}` });
    return;
  }
  if (manifest.source !== entry.source || manifest.verdict !== entry.verdict)
    flaws.push({ of, message: 'its manifest says something else than the ledger' });
  for (const part of manifest.parts) {
    try {
      if (part.role === 'sealed') verifyLetter(archive, part.sha256, entry, known.redactions);
      else if (!known.named.has(part.sha256)) await archive.blobs.get(part.sha256);
    } catch (error) {
      flaws.push({ of, message: `its ${part.role}: ${messageOf(error)}` });
    }
    if (part.role !== 'sealed') known.named.add(part.sha256);
  }
  if (entry.text !== undefined) known.texts.set(`${entry.source} ${entry.text}`, entry.manifest);
}

function verifyLetter(
  archive: Archive,
  root: string,
  entry: CaptureEntry,
  redactions: readonly RedactionEntry[],
): void {
  const sealed = archive.letters.get(root);
  if (sealedRoot(sealed) !== root) throw new DamagedError('a line of the letter was changed');
  const redacted = sealed.segments.some((segment) => 'redacted' in segment);
  if (redacted && !redactions.some(({ manifest }) => manifest === entry.manifest))
    throw new DamagedError('lines of the letter were taken out, and the ledger does not say so');
}

/** A quote holds if it stands in the text exactly where it says. */
async function verifyQuotes(
  archive: Archive,
  quotes: readonly Quote[],
  texts: ReadonlyMap<string, string>,
  flaws: Flaw[],
): Promise<void> {
  for (const quote of quotes) {
    const of = `quote “${quote.id}”`;
    const hash = texts.get(`${quote.source} ${quote.text}`);
    if (hash === undefined) {
      flaws.push({ of, message: `no capture of “${quote.source}” has the text that it names` });
      continue;
    }
    try {
      const text = await archive.text(await archive.manifest(hash), quote.hidden ? 'hidden' : 'text');
      if (!quoteHolds(quote, text))
        flaws.push({ of, message: 'the text of the capture has something else in its place' });
    } catch (error) {
      flaws.push({ of, message: `its text cannot be read: ${messageOf(error)}` });
    }
  }
}

function messageOf(error: unknown): string {
  if (error instanceof ArchiveError) return error.message;
  throw error;
}

function safely<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined; // said where it is verified
  }
}
