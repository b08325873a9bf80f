import type { EntryOf, Evidence, Quote } from '#edition/index';
import { openArchive } from './archive.ts';
import { canonicalJson } from './canonical.ts';
import { sha256 } from './hash.ts';
import { redact, redactedParts, type Sealed } from './seal.ts';

/**
 * Takes lines out of every capture of a letter, and records it in the ledger first: what is gone is never gone in silence.
 * @returns how many captures had them
 * @throws RangeError if no capture of the source is a letter, or it has no such lines
 */
export async function redactCapture(
  folder: string,
  { captures }: Evidence,
  source: string,
  lines: readonly [from: number, to: number],
  reason: string,
): Promise<number> {
  const archive = openArchive(folder);
  let number = 0;
  for (const { manifest: hash } of captures.filter((own) => own.source === source)) {
    const manifest = await archive.manifest(hash);
    const part = manifest.parts.find(({ role }) => role === 'sealed');
    if (!part) continue;
    const redacted = redact(archive.letters.get(part.sha256), ...lines);
    const [from, to] = lines;
    archive.append({
      kind: 'redaction',
      source,
      manifest: hash,
      lines: [from, to],
      reason,
      letter: sha256(canonicalJson(redacted)),
    });
    archive.letters.replace(part.sha256, redacted);
    number++;
  }
  if (number === 0)
    throw new RangeError(
      `No capture of “${source}” is a letter. Only letters are kept line by line; mark the source as one (kind letter) before it is captured.`,
    );
  return number;
}

/**
 * Whether a letter is as its redactions left it: exactly the lines that they name are gone, and what is left is what was left. Undefined if it is.
 * @param redactions those of its capture, in their order
 */
export function sealedFlaw(
  sealed: Sealed,
  redactions: readonly Pick<EntryOf<'redaction'>, 'lines' | 'letter'>[],
): string | undefined {
  const recorded = new Set(redactions.flatMap(({ lines: [from, to] }) => range(from, to)));
  const { lines, file } = redactedParts(sealed);
  const unrecorded = lines.filter((line) => !recorded.has(line));
  if (unrecorded.length > 0)
    return `line ${unrecorded.join(', ')} was taken out, and the ledger does not say so`;
  const kept = [...recorded].filter((line) => !lines.includes(line));
  if (kept.length > 0)
    return `the ledger says that line ${kept.join(', ')} was taken out, and it is there: take it out again with “assay archive redact”`;
  if (file && redactions.length === 0) return 'the file was taken out, and the ledger does not say so';
  const left = redactions.at(-1)?.letter;
  return left === undefined || left === sha256(canonicalJson(sealed))
    ? undefined
    : 'it is not what was left of it when lines were taken out: it was changed after that';
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/**
 * What has to change in quotes.yaml once lines of a letter are gone: the surroundings that quotes keep, and the quotes that stood in those lines.
 * @param text the letter as it is now
 */
export function quotesAfterRedaction(
  quotes: readonly Quote[],
  root: string,
  text: string,
): { readonly changed: readonly Quote[]; readonly broken: readonly Quote[] } {
  const points = [...text];
  const own = quotes.filter((quote) => quote.text === root);
  const now = own.map((quote): Quote => {
    const [before, after] = [[...quote.prefix].length, [...quote.suffix].length];
    return {
      ...quote,
      exact: points.slice(quote.start, quote.end).join(''),
      prefix: points.slice(quote.start - before, quote.start).join(''),
      suffix: points.slice(quote.end, quote.end + after).join(''),
    };
  });
  return {
    changed: now.filter((quote, index) => {
      const old = own[index];
      return quote.exact === old?.exact && (quote.prefix !== old.prefix || quote.suffix !== old.suffix);
    }),
    broken: now.filter((quote, index) => quote.exact !== own[index]?.exact),
  };
}
