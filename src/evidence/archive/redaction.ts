import type { Evidence, Quote } from '#edition/index';
import { openArchive } from './archive.ts';
import { redact } from './seal.ts';

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
    archive.append({ kind: 'redaction', source, manifest: hash, lines: [...lines], reason });
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
