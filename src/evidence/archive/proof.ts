import type { Quote } from '#edition/index';
import { quoteHolds } from '../quotes/quote.ts';
import { openArchive } from './archive.ts';
import { canonicalJson } from './canonical.ts';
import { sha256 } from './hash.ts';
import { type Head, readHead, signedText } from './head.ts';
import { ledgerLines } from './ledger.ts';
import type { Manifest } from './manifest.ts';
import { inclusionProof, leafHash, verifyInclusion } from './merkle.ts';
import { type Sealed, sealedRoot, sealedText } from './seal.ts';
import { verifyText } from './signature.ts';

/** There is nothing to prove a quote with. */
export class ProofError extends Error {}

/** All that is needed to see that a passage stood in a capture: from the passage to the head, nothing else. */
export interface Proof {
  readonly format: 1;
  readonly quote: Quote;
  /** The text; of a letter, the sealed letter as it is. */
  readonly text?: string;
  readonly letter?: Sealed;
  readonly manifest: Manifest;
  /** The line of the ledger, and the way from it to the root. */
  readonly entry: string;
  readonly index: number;
  readonly path: readonly string[];
  readonly head: Head;
}

/** The proof of one quote. @throws ProofError if the archive does not have it under its head */
export async function proofOf(folder: string, quote: Quote): Promise<Proof> {
  const head = readHead(folder);
  if (!head) throw new ProofError('The archive has no head yet: assay archive head.');
  const leaves: Buffer[] = [];
  let found: { line: string; index: number; manifest: string } | undefined;
  for await (const lines of ledgerLines(folder))
    for (const { bytes, whole } of lines) {
      if (!whole || leaves.length >= head.entries) continue;
      leaves.push(leafHash(bytes));
      const line = bytes.toString('utf8');
      const manifest = found ? undefined : manifestOfCapture(line, quote);
      if (manifest !== undefined) found = { line, index: leaves.length - 1, manifest };
    }
  if (!found)
    throw new ProofError(
      `No capture of “${quote.source}” under the head has the text of “${quote.id}”. Write a new head: assay archive head.`,
    );
  const archive = openArchive(folder);
  const manifest = await archive.manifest(found.manifest);
  const sealed = manifest.parts.find(({ role }) => role === 'sealed');
  return {
    format: 1,
    quote,
    ...(sealed
      ? { letter: archive.letters.get(sealed.sha256) }
      : { text: await archive.text(manifest, quote.hidden ? 'hidden' : 'text') }),
    manifest,
    entry: found.line,
    index: found.index,
    path: inclusionProof(leaves, found.index),
    head,
  };
}

/** The manifest that a line names, if it is a capture with the text of the quote. */
function manifestOfCapture(line: string, { source, text }: Quote): string | undefined {
  if (!line.includes(text)) return undefined;
  const entry = JSON.parse(line) as { kind: string; source: string; text?: string; manifest: string };
  return entry.kind === 'capture' && entry.source === source && entry.text === text
    ? entry.manifest
    : undefined;
}

/**
 * What does not hold in a proof; undefined if it holds.
 * @param printed the root of a head as it was printed elsewhere
 */
export function checkProof(file: string, printed?: string): string | undefined {
  let proof: Proof;
  try {
    proof = JSON.parse(file) as Proof;
    return flawIn(proof, printed);
  } catch {
    return 'the file is no proof';
  }
}

function flawIn(
  { quote, text, letter, manifest, entry, index, path, head }: Proof,
  printed: string | undefined,
): string | undefined {
  const held = letter ? sealedText(letter) : (text ?? '');
  if (!quoteHolds(quote, held)) return 'the passage does not stand in the text where it says';
  const role = letter ? 'sealed' : quote.hidden ? 'hidden' : 'text';
  const part = manifest.parts.find((own) => own.role === role);
  if (part?.sha256 !== (letter ? sealedRoot(letter) : sha256(held)))
    return 'the text is not that of the capture';
  const line = JSON.parse(entry) as { manifest: string; text: string; source: string };
  if (
    line.manifest !== sha256(canonicalJson(manifest)) ||
    line.source !== quote.source ||
    line.text !== quote.text
  )
    return 'the capture is not that of the ledger entry';
  const leaf = leafHash(Buffer.from(entry));
  if (!verifyInclusion({ leaf, index, size: head.entries, path, root: head.root }))
    return 'the entry is not in the ledger that the head fixes';
  if (head.signature !== undefined && !verifyText(head.key ?? '', signedText(head), head.signature))
    return 'the signature is not of this head';
  return printed !== undefined && printed !== head.root
    ? 'its head is another than the one that was printed'
    : undefined;
}
