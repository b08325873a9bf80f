import { headerOf } from '../capture/headers.ts';
import type { DocumentText } from '../text/document-text.ts';
import { EXTRACTORS, extractText } from '../text/extract.ts';
import { ExtractError } from '../text/extract-error.ts';
import { PAINTED, readPainted } from '../text/page/painted-nodes.ts';
import { TextLimitError } from '../text/page/parse-html.ts';
import type { Archive } from './archive.ts';
import { type Manifest, partOf } from './manifest.ts';

/** Whether the text of a capture was made by a reader that this program still has, so that the same can be made again. */
export function isReadAsToday({ extractor }: Manifest): boolean {
  if (extractor?.id === PAINTED.id) return extractor.version === PAINTED.version;
  return (
    extractor !== undefined &&
    Object.entries(EXTRACTORS).some(([id, version]) => id === extractor.id && version === extractor.version)
  );
}

type Read = Pick<DocumentText, 'text' | 'hidden' | 'blocks'>;

/**
 * Reads what a capture kept once more, as the reader of today does; undefined where there is not one document that it was read from.
 * @throws ExtractError if it cannot be read; MissingError, DamagedError
 */
export async function readKept(archive: Archive, manifest: Manifest): Promise<Read | undefined> {
  const painted = partOf(manifest, 'painted');
  if (painted) return readPaintedPart(Buffer.from(await archive.blobs.get(painted.sha256)).toString('utf8'));
  const dom = partOf(manifest, 'dom');
  const bodies = manifest.parts.filter(({ role }) => role === 'body');
  const part = dom ?? (bodies.length === 1 ? bodies[0] : undefined);
  if (!part) return undefined;
  return extractText({
    bytes: await archive.blobs.get(part.sha256),
    contentType: dom
      ? 'text/html; charset=utf-8'
      : headerOf(manifest.hops?.at(-1)?.headers ?? [], 'content-type'),
    charset: dom ? undefined : manifest.asked?.charset,
    name: part.name ?? URL.parse(manifest.final ?? '')?.pathname,
  });
}

async function readPaintedPart(kept: string): Promise<Read> {
  const { paintedText } = await import('../text/page/painted-text.ts');
  try {
    return paintedText(readPainted(kept));
  } catch (error) {
    if (error instanceof TextLimitError) throw new ExtractError(error.message);
    throw error;
  }
}
