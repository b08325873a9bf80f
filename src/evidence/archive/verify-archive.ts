import {
  type Head,
  isSigned,
  OutsideError,
  readWithin,
  type Signed,
  signedText,
  strangerIn,
} from '#edition/folder';
import { inOrder, type PlacedEntry, type Quote, tipsOf, upTo } from '#edition/index';
import { quoteFlaw } from '../quotes/quote-flaw.ts';
import { type Archive, openArchive } from './archive.ts';
import { ArchiveError, DamagedError } from './archive-error.ts';
import { type Chain, type Flaw, followLedgers } from './chains.ts';
import type { Manifest } from './manifest.ts';
import { sealedFlaw } from './redaction.ts';
import { type Sealed, sealedRoot } from './seal.ts';
import { textFlaw } from './text-again.ts';

export type { Flaw } from './chains.ts';

/** A ledger of the archive, as far as it is proved. */
export interface LedgerReport {
  /** Its file in the folder of the edition. */
  readonly file: string;
  readonly entries: number;
  readonly head: Head | undefined;
  /** Whether its head is signed by a key that the edition names. */
  readonly signed: boolean;
  /** Entries after its head, or after its signed head where the edition names keys: nobody has vouched for them. */
  readonly open: number;
  /** When a time-stamp authority saw its head, if one did. */
  readonly stamped: string | undefined;
}

export interface ArchiveReport {
  readonly flaws: readonly Flaw[];
  readonly entries: number;
  readonly captures: number;
  readonly quotes: number;
  readonly ledgers: readonly LedgerReport[];
  /** What fixes the archive as it stands: see `Evidence`. */
  readonly head: string | undefined;
  /** Whether every ledger is signed to its end by keys that the edition names. */
  readonly signed: boolean;
  /** Entries of all ledgers that no head fixes, or no signed one where the edition names keys. */
  readonly open: number;
  /** The sources of captures among them. */
  readonly openSources: readonly string[];
  /** A last line without its end: never acknowledged, and removed by the next command that writes. */
  readonly halfLine: boolean;
  /** Blobs that nothing names: left by a command that was interrupted. */
  readonly strays: number;
  /** Captures of which nobody else can tell whether their text is that of what was kept: it was read by a browser, or by an earlier version. */
  readonly unproved: number;
}

export interface VerifyOptions {
  readonly quotes?: readonly Quote[];
  /** Who signs for the edition; nobody if not said. */
  readonly signed?: Signed;
  /** A head that was printed elsewhere: the ledgers must still contain what it fixed. */
  readonly printed?: string | undefined;
  /** Read the texts of all captures again; else only of those that quotes stand in. */
  readonly allTexts?: boolean;
}

/**
 * Proves an archive from its own bytes, offline: chains, heads and signatures, every blob and letter, the text of captures against what it was read from,
 * every quote with its surroundings.
 */
export async function verifyArchive(folder: string, options: VerifyOptions = {}): Promise<ArchiveReport> {
  const archive = openArchive(folder);
  const signed = options.signed ?? { edition: '', signers: [] };
  const { chains, flaws: followed } = await followLedgers(folder, options.printed);
  const flaws = [...followed];
  const ledgers: LedgerReport[] = [];
  for (const chain of chains) ledgers.push(await ledgerReport(folder, chain, signed, flaws));
  const openOf = new Map(ledgers.map(({ file, entries, open }) => [file, entries - open]));
  const entries = inOrder(
    chains.map((chain) => ({
      name: chain.file.name,
      entries: chain.entries,
      fixed: openOf.get(chain.file.file) ?? 0,
    })),
  );
  const believed = signed.signers.length === 0 ? entries : entries.filter(({ fixed }) => fixed);
  const captures = await verifyCaptures(archive, entries, believed, options, flaws);
  checkReferences(entries, captures.manifests, flaws);
  const quotes = options.quotes ?? [];
  await verifyQuotes(archive, quotes, captures.texts, flaws);
  const blobs = await archive.blobs.list();
  const open = entries.filter(({ fixed }) => !fixed);
  return {
    flaws,
    entries: entries.length,
    captures: captures.number,
    quotes: quotes.length,
    ledgers,
    head: tipsOf(
      chains.map(({ file, entries: own, end }) => {
        const whole = { name: file.name, entries: own, chain: end.chain, fixed: 0 };
        return signed.signers.length === 0 ? whole : upTo(whole, openOf.get(file.file) ?? 0);
      }),
    ),
    signed:
      followed.length === 0 && ledgers.length > 0 && ledgers.every((own) => own.signed && own.open === 0),
    open: open.length,
    openSources: [...new Set(open.flatMap((own) => (own.kind === 'capture' ? [own.source] : [])))],
    halfLine: chains.some(({ halfLine }) => halfLine),
    strays: blobs.filter((hash) => !captures.named.has(hash)).length,
    unproved: captures.unproved,
  };
}

async function ledgerReport(
  folder: string,
  { file, head, end }: Chain,
  by: Signed,
  flaws: Flaw[],
): Promise<LedgerReport> {
  const flaw = head && signatureFlaw(head, file.name, by);
  if (flaw !== undefined) flaws.push({ of: file.head, message: flaw });
  const signed = head?.signature !== undefined && flaw === undefined && by.signers.length > 0;
  const fixed = head !== undefined && (by.signers.length === 0 || signed) ? head.entries : 0;
  return {
    file: file.file,
    entries: end.entries,
    head,
    signed,
    open: Math.max(0, end.entries - fixed),
    stamped: head && (await verifyStamp(folder, file.stamp, head, flaws)),
  };
}

/** What is wrong with the signature of a head: it does not hold, it is somebody else’s, or it is missing where there should be one. */
function signatureFlaw(head: Head, ledger: string, by: Signed): string | undefined {
  if (head.signature === undefined)
    return by.signers.length === 0
      ? undefined
      : 'it is not signed, though edition.yaml names who signs (signed-by): assay archive head --vouch, with ASSAY_KEY';
  if (!isSigned(head)) return 'its signature is not of this head: one of them was changed';
  return by.signers.length === 0 ? undefined : strangerIn(head, ledger, by);
}

async function verifyStamp(
  folder: string,
  file: string,
  head: Head,
  flaws: Flaw[],
): Promise<string | undefined> {
  const bytes = readWithin(folder, file, 1024 * 1024);
  if (bytes === undefined) return undefined;
  const { verifyTimestamp } = await import('./timestamp.ts');
  const stamp = await verifyTimestamp(bytes, signedText(head));
  if (stamp.holds) return stamp.time;
  flaws.push({ of: file, message: stamp.why });
  return undefined;
}

interface Verified {
  readonly number: number;
  readonly named: ReadonlySet<string>;
  /** By source and text: the manifest of a capture that has it. */
  readonly texts: ReadonlyMap<string, Manifest>;
  /** The source of each manifest that the ledgers name as a capture. */
  readonly manifests: ReadonlyMap<string, string>;
  readonly unproved: number;
}

async function verifyCaptures(
  archive: Archive,
  entries: readonly PlacedEntry[],
  believed: readonly PlacedEntry[],
  { quotes = [], allTexts = false }: VerifyOptions,
  flaws: Flaw[],
): Promise<Verified> {
  const redactions = Map.groupBy(
    believed.filter((entry) => entry.kind === 'redaction'),
    ({ manifest }) => manifest,
  );
  const quoted = new Set(quotes.map(({ source, text }) => `${source} ${text}`));
  const verified = {
    named: new Set<string>(),
    texts: new Map<string, Manifest>(),
    manifests: new Map<string, string>(),
    number: 0,
    unproved: 0,
  };
  const readAgain = new Set<string>();
  for (const entry of entries) {
    if (entry.kind !== 'capture') continue;
    verified.number++;
    verified.named.add(entry.manifest);
    verified.manifests.set(entry.manifest, entry.source);
    const of = `capture ${entry.number}${entry.ledger ? ` of ledger ${entry.ledger},` : ''} of “${entry.source}”`;
    const complain = (message: string) => flaws.push({ of, message });
    try {
      const manifest = await archive.manifest(entry.manifest);
      const key = `${entry.source} ${entry.text}`;
      if (entry.text !== undefined) verified.texts.set(key, manifest);
      const letterFlaw = (sealed: Sealed) => sealedFlaw(sealed, redactions.get(entry.manifest) ?? []);
      const parts = await verifyParts(archive, manifest, verified.named, letterFlaw);
      for (const message of [...entryFlaws(entry, manifest), ...parts]) complain(message);
      if (parts.length > 0 || readAgain.has(entry.manifest) || !(allTexts || quoted.has(key))) continue;
      readAgain.add(entry.manifest);
      const again = await textFlaw(archive, manifest);
      if (again === 'unproved') verified.unproved++;
      else if (again !== undefined) complain(again);
    } catch (error) {
      complain(`its manifest: ${messageOf(error)}`);
    }
  }
  return verified;
}

/** What an entry and its manifest say differently. */
function entryFlaws(entry: PlacedEntry<'capture'>, manifest: Manifest): string[] {
  const text = (
    manifest.parts.find(({ role }) => role === 'text') ?? manifest.parts.find(({ role }) => role === 'sealed')
  )?.sha256;
  const same =
    manifest.source === entry.source &&
    manifest.verdict === entry.verdict &&
    manifest.address === entry.address &&
    text === entry.text;
  return same ? [] : ['its manifest says something else than the ledger'];
}

/** What does not hold of the parts of a capture, each by itself. */
async function verifyParts(
  archive: Archive,
  { parts }: Manifest,
  named: Set<string>,
  letterFlaw: (sealed: Sealed) => string | undefined,
): Promise<string[]> {
  const flaws: string[] = [];
  for (const { role, sha256, bytes } of parts) {
    try {
      if (role === 'sealed') {
        const sealed = archive.letters.get(sha256);
        if (sealedRoot(sealed) !== sha256) throw new DamagedError('a line of the letter was changed');
        const flaw = letterFlaw(sealed);
        if (flaw !== undefined) throw new DamagedError(flaw);
      } else if ((await archive.blobs.get(sha256)).length !== bytes)
        throw new DamagedError('it has another size than its manifest says');
    } catch (error) {
      flaws.push(`its ${role}: ${messageOf(error)}`);
    }
    if (role !== 'sealed') named.add(sha256);
  }
  return flaws;
}

/** Every manifest that an entry names must be that of a capture of the same source. */
function checkReferences(
  entries: readonly PlacedEntry[],
  manifests: ReadonlyMap<string, string>,
  flaws: Flaw[],
): void {
  for (const entry of entries) {
    if (!('manifest' in entry) || entry.kind === 'capture' || entry.manifest === undefined) continue;
    if (manifests.get(entry.manifest) !== entry.source)
      flaws.push({
        of: `${entry.kind} ${entry.number}${entry.ledger ? ` of ledger ${entry.ledger},` : ''} of “${entry.source}”`,
        message:
          'it names a capture that is not in the archive: it was put in, or that capture was taken out',
      });
  }
}

/** A quote holds if it stands in the text exactly where it says, and what is kept around it stands around it. */
async function verifyQuotes(
  archive: Archive,
  quotes: readonly Quote[],
  texts: ReadonlyMap<string, Manifest>,
  flaws: Flaw[],
): Promise<void> {
  for (const quote of quotes) {
    const complain = (message: string) => flaws.push({ of: `quote “${quote.id}”`, message, quote: quote.id });
    const manifest = texts.get(`${quote.source} ${quote.text}`);
    if (manifest === undefined) {
      complain(`no capture of “${quote.source}” has the text that it names`);
      continue;
    }
    try {
      const text = await archive.text(manifest, quote.hidden ? 'hidden' : 'text');
      const flaw = quoteFlaw(quote, text, manifest.pages);
      if (flaw !== undefined) complain(flaw);
    } catch (error) {
      complain(`its text cannot be read: ${messageOf(error)}`);
    }
  }
}

function messageOf(error: unknown): string {
  if (error instanceof ArchiveError || error instanceof OutsideError) return error.message;
  throw error;
}
