import type { EntryOf, Evidence, Quote } from '#edition/index';
import type { Archive } from './archive.ts';
import { DamagedError } from './archive-error.ts';
import { canonicalJson } from './canonical.ts';
import { sha256 } from './hash.ts';
import { numberedLines } from './redaction-preview.ts';
import { redact, redactedParts, type Sealed } from './seal.ts';

/** What would go of one capture of a letter. */
export interface RedactionPlan {
  readonly manifest: string;
  /** What the archive, and quotes, name the letter by. */
  readonly root: string;
  readonly text: string;
  /** What was taken out of it before. */
  readonly before: readonly EntryOf<'redaction'>[];
  /** From line to line, counted from 1. */
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

/**
 * What would go of each capture of a letter: the lines that are named, as the latest capture counts them; and in the others the lines that say the same,
 * wherever they stand there.
 * @throws RangeError if no capture of the source is a letter, or the latest has no such lines
 */
export async function planRedaction(
  archive: Archive,
  { captures, redactions }: Evidence,
  source: string,
  [from, to]: readonly [from: number, to: number],
): Promise<readonly RedactionPlan[]> {
  const letters: Omit<RedactionPlan, 'ranges'>[] = [];
  for (const { manifest: hash } of captures.filter((own) => own.source === source)) {
    const manifest = await archive.manifest(hash);
    const part = manifest.parts.find(({ role }) => role === 'sealed');
    if (part)
      letters.push({
        manifest: hash,
        root: part.sha256,
        text: await archive.text(manifest),
        before: redactions.filter((own) => own.manifest === hash),
      });
  }
  const latest = letters.at(-1);
  if (latest === undefined)
    throw new RangeError(
      `No capture of “${source}” is a letter. Only letters are kept line by line; mark the source as one (kind letter) before it is captured.`,
    );
  const lines = numberedLines(latest.text);
  if (!(from >= 1 && from <= to && to <= lines.length))
    throw new RangeError(`The letter has lines 1 to ${lines.length}.`);
  const words = new Set(
    lines
      .slice(from - 1, to)
      .map(({ text }) => text.trim())
      .filter((text) => /[^█\s]/.test(text)),
  );
  return letters.map((letter): RedactionPlan => {
    if (letter.root === latest.root) return { ...letter, ranges: [[from, to]] };
    const same = numberedLines(letter.text).filter(({ text }) => words.has(text.trim()));
    return { ...letter, ranges: same.map(({ number }) => [number, number]) };
  });
}

/**
 * Takes lines out of the captures of a letter, and records it in the ledger first: what is gone is never gone in silence.
 * @returns of how many captures
 */
export function redactCaptures(
  archive: Archive,
  source: string,
  plans: readonly RedactionPlan[],
  reason: string,
): number {
  const touched = plans.filter(({ ranges }) => ranges.length > 0);
  for (const { manifest, root, ranges, before } of touched) {
    let letter = archive.letters.get(root);
    const flaw = sealedFlaw(letter, before);
    if (flaw !== undefined)
      throw new DamagedError(`the letter is not as it was left: ${flaw}. Nothing was taken out`);
    const entries = ranges.map(([from, to]) => {
      letter = redact(letter, from, to);
      const left = sha256(canonicalJson(letter));
      return {
        kind: 'redaction' as const,
        source,
        manifest,
        lines: [from, to] as [number, number],
        reason,
        letter: left,
      };
    });
    archive.append(...entries);
    archive.letters.replace(root, letter);
  }
  return touched.length;
}

/**
 * Whether a letter is as its redactions left it: exactly the lines that they name are gone, and what is left is what was left. Undefined if it is.
 * @param redactions those of its capture, in their order
 */
export function sealedFlaw(
  sealed: Sealed,
  redactions: readonly Pick<EntryOf<'redaction'>, 'lines' | 'letter'>[],
): string | undefined {
  const { lines, file, all } = redactedParts(sealed);
  const beyond = redactions.find(({ lines: [from, to] }) => from > to || to > all);
  if (beyond)
    return `the ledger says that lines ${beyond.lines.join(' to ')} were taken out, and it has ${all}`;
  const isRecorded = (line: number) => redactions.some(({ lines: [from, to] }) => line >= from && line <= to);
  const gone = new Set(lines);
  const unrecorded = lines.filter((line) => !isRecorded(line));
  if (unrecorded.length > 0)
    return `line ${unrecorded.join(', ')} was taken out, and the ledger does not say so`;
  const kept = Array.from({ length: all }, (_, index) => index + 1).filter(
    (line) => isRecorded(line) && !gone.has(line),
  );
  if (kept.length > 0)
    return `the ledger says that line ${kept.join(', ')} was taken out, and it is there: take it out again with “assay archive redact”`;
  if (file && redactions.length === 0) return 'the file was taken out, and the ledger does not say so';
  const left = redactions.at(-1)?.letter;
  return left === undefined || left === sha256(canonicalJson(sealed))
    ? undefined
    : 'it is not what was left of it when lines were taken out: it was changed after that';
}

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
