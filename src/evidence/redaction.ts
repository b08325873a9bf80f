import type { Evidence } from '#edition/index';
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
