import { EXTRACTORS, extractText } from '../text/extract.ts';
import { ExtractError } from '../text/extract-error.ts';
import type { Archive } from './archive.ts';
import { type Manifest, partOf } from './manifest.ts';

/**
 * Whether the text of a capture is that of what was kept: it is read again, by the same reader, and must be the same. What this program cannot read
 * again as it was read (a reader of another version, a browser) rests on the word of whoever captured it.
 * @returns what does not hold; `unproved` where nobody can tell
 */
export async function textFlaw(
  archive: Archive,
  manifest: Manifest,
): Promise<string | 'unproved' | undefined> {
  const { extractor } = manifest;
  const text = partOf(manifest, 'text');
  const body = manifest.method === 'browser' ? partOf(manifest, 'dom') : partOf(manifest, 'body');
  const bodies = manifest.parts.filter(({ role }) => role === 'body').length;
  if (partOf(manifest, 'sealed')) return undefined; // line by line, by its own root
  if (extractor === undefined || text === undefined) return undefined;
  const isCurrent =
    Object.hasOwn(EXTRACTORS, extractor.id) && Reflect.get(EXTRACTORS, extractor.id) === extractor.version;
  if (!isCurrent || body === undefined || bodies > 1) return 'unproved';
  try {
    const read = await extractText({
      bytes: await archive.blobs.get(body.sha256),
      contentType: contentTypeOf(manifest),
      charset: manifest.method === 'browser' ? undefined : manifest.asked?.charset,
      name: body.name ?? nameOf(manifest),
    });
    const kept = { text: await archive.text(manifest), hidden: await archive.text(manifest, 'hidden') };
    return read.text === kept.text && read.hidden === kept.hidden
      ? undefined
      : 'its text is not what its reader makes of what was kept: one of them was put in';
  } catch (error) {
    if (!(error instanceof ExtractError)) throw error;
    return 'unproved';
  }
}

function contentTypeOf({ method, hops }: Manifest): string | undefined {
  if (method === 'browser') return 'text/html; charset=utf-8';
  return hops?.at(-1)?.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
}

const nameOf = ({ final }: Manifest) => (final === undefined ? undefined : URL.parse(final)?.pathname);
