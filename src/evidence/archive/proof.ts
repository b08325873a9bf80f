import { z } from 'zod';
import { headSchema, isSigned, type LedgerFile, ledgerFiles, parseEntry } from '#edition/folder';
import { type Quote, quotesSchema } from '#edition/index';
import { quoteFlaw } from '../quotes/quote-flaw.ts';
import { manifestSchema, openArchive } from './archive.ts';
import { canonicalJson } from './canonical.ts';
import { sha256 } from './hash.ts';
import { readHead } from './head.ts';
import { ledgerLines } from './ledger.ts';
import { inclusionProof, leafHash, verifyInclusion } from './merkle.ts';
import { sealedRoot, sealedSchema, sealedText } from './seal.ts';

/** There is nothing to prove a quote with. */
export class ProofError extends Error {}

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const proofSchema = z.strictObject({
  format: z.literal(2),
  /** Neither its id nor its note: nothing of the archive fixes them. */
  quote: quotesSchema.element.omit({ id: true, note: true }),
  /** The text; of a letter, the sealed letter as it is. */
  text: z.string().optional(),
  letter: sealedSchema.optional(),
  manifest: manifestSchema,
  /** The line of the ledger, and the way from it to the root. */
  entry: z.string(),
  index: z.int().min(0),
  path: z.array(hex).max(64),
  head: headSchema,
});

/** All that is needed to see that a passage stood in a capture: from the passage to the head, nothing else. */
export type Proof = z.infer<typeof proofSchema>;

/** The proof of one quote. @throws ProofError if the archive does not have it under a head */
export async function proofOf(folder: string, quote: Quote): Promise<Proof> {
  const found = await findEntry(folder, quote);
  const archive = openArchive(folder);
  const manifest = await archive.manifest(found.manifest);
  const sealed = manifest.parts.find(({ role }) => role === 'sealed');
  const { id: _, note: __, ...passage } = quote;
  return {
    format: 2,
    quote: passage,
    ...(sealed
      ? { letter: archive.letters.get(sealed.sha256) }
      : { text: await archive.text(manifest, quote.hidden ? 'hidden' : 'text') }),
    // A manifest was read from JSON; the schema says nothing that its type does not.
    manifest: manifest as Proof['manifest'],
    entry: found.line,
    index: found.index,
    path: inclusionProof(found.leaves, found.index),
    head: found.head,
  };
}

async function findEntry(folder: string, quote: Quote) {
  const headed = ledgerFiles(folder).flatMap((file) => {
    const head = readHead(folder, file);
    return head ? [{ file, head }] : [];
  });
  if (headed.length === 0) throw new ProofError('The archive has no head yet: assay archive head.');
  for (const { file, head } of headed) {
    const found = await findIn(folder, file, head.entries, quote);
    if (found) return { ...found, head };
  }
  throw new ProofError(
    `No capture of “${quote.source}” under a head has the text of “${quote.id}”. Write a new head: assay archive head.`,
  );
}

/** The entry of a capture that has the text of the quote, among the first entries of a ledger, with the leaves of their tree. */
async function findIn(folder: string, file: LedgerFile, most: number, quote: Quote) {
  const leaves: Buffer[] = [];
  let found: { line: string; index: number; manifest: string } | undefined;
  for await (const lines of ledgerLines(folder, file))
    for (const { bytes, whole } of lines) {
      if (!whole || leaves.length >= most) continue;
      leaves.push(leafHash(bytes));
      const line = bytes.toString('utf8');
      const manifest = found ? undefined : manifestOfCapture(line, quote);
      if (manifest !== undefined) found = { line, index: leaves.length - 1, manifest };
    }
  return found && { ...found, leaves };
}

/** The manifest that a line names, if it is a capture with the text of the quote. */
function manifestOfCapture(line: string, { source, text }: Quote): string | undefined {
  if (!line.includes(text)) return undefined;
  const entry = parseEntry(line);
  return typeof entry !== 'string' &&
    entry.kind === 'capture' &&
    entry.source === source &&
    entry.text === text
    ? entry.manifest
    : undefined;
}

export type CheckedProof =
  | { readonly holds: false; readonly why: string }
  /** What the proof proves, from the proof itself: the passage, of which source, as it was captured when and where. */
  | {
      readonly holds: true;
      readonly passage: string;
      readonly shown: boolean;
      readonly source: string;
      readonly time: string;
      readonly address: string | undefined;
      /** The key that signed the head; undefined if it is not signed, and then only a printed root fixes it. */
      readonly key: string | undefined;
    };

/**
 * Whether a proof holds, and what it proves then.
 * @param printed the root of a head as it was printed elsewhere
 */
export function checkProof(file: string, printed?: string): CheckedProof {
  const proof = parseProof(file);
  const why = proof === undefined ? 'the file is no proof' : flawIn(proof, printed);
  if (proof === undefined || why !== undefined) return { holds: false, why: why ?? '' };
  const { quote, manifest, head } = proof;
  return {
    holds: true,
    passage: quote.exact,
    shown: quote.hidden !== true,
    source: manifest.source,
    time: manifest.time,
    address: manifest.final ?? manifest.address,
    key: head.key,
  };
}

function parseProof(file: string): Proof | undefined {
  try {
    return proofSchema.safeParse(JSON.parse(file)).data;
  } catch {
    return undefined;
  }
}

function flawIn(proof: Proof, printed: string | undefined): string | undefined {
  const { head } = proof;
  return (
    textFlawIn(proof) ??
    entryFlawIn(proof) ??
    // A head without a signature names no key either.
    ((head.signature === undefined ? head.key === undefined : isSigned(head))
      ? undefined
      : 'the signature is not of this head') ??
    (printed === undefined || printed === head.root
      ? undefined
      : 'its head is another than the one that was printed')
  );
}

/** From the passage to the capture. */
function textFlawIn({ quote, text, letter, manifest }: Proof): string | undefined {
  if (letter && (quote.hidden || text !== undefined)) return 'a letter has no text that it does not show';
  const held = letter ? sealedText(letter) : (text ?? '');
  const flaw = quoteFlaw(quote, held, manifest.pages);
  if (flaw !== undefined) return `the passage does not stand in the text where it says: ${flaw}`;
  const hashOf = (role: string) => manifest.parts.find((own) => own.role === role)?.sha256;
  if (
    hashOf(letter ? 'sealed' : quote.hidden ? 'hidden' : 'text') !==
    (letter ? sealedRoot(letter) : sha256(held))
  )
    return 'the text is not that of the capture';
  return hashOf(letter ? 'sealed' : 'text') === quote.text
    ? undefined
    : 'the text that the quote names is not that of the capture';
}

/** From the capture to the head. */
function entryFlawIn({ quote, manifest, entry, index, path, head }: Proof): string | undefined {
  const line = parseEntry(entry);
  const isOfCapture =
    typeof line !== 'string' &&
    line.kind === 'capture' &&
    line.manifest === sha256(canonicalJson(manifest)) &&
    line.source === quote.source &&
    line.source === manifest.source &&
    line.text === quote.text;
  if (!isOfCapture) return 'the capture is not that of the ledger entry';
  const leaf = leafHash(Buffer.from(entry));
  return line.number === index && verifyInclusion({ leaf, index, size: head.entries, path, root: head.root })
    ? undefined
    : 'the entry is not in the ledger that the head fixes';
}
