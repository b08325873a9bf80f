import type { EntryOf, Quote } from '#edition/index';
import type { Archive } from '../archive/archive.ts';
import { ArchiveError } from '../archive/archive-error.ts';
import type { Manifest } from '../archive/manifest.ts';
import { readKept } from '../archive/read-kept.ts';
import { choosePlace, findQuote, indexText } from '../quotes/find.ts';
import { type OldText, oldText } from '../quotes/quoted-texts.ts';
import type { Block } from '../text/blocks.ts';
import type { Extracted } from '../text/extract.ts';
import { ExtractError } from '../text/extract-error.ts';

/** Captures read once more: the archive keeps their text, and what the text is made of (blocks) is read from the document when it is needed. */

/** The text of a page as the reader of today gives it; undefined where there is nothing to gain from that. */
async function readAgain(archive: Archive, manifest: Manifest): Promise<Read | undefined> {
  if (manifest.extractor?.id !== 'html' && manifest.extractor?.id !== 'painted') return undefined;
  try {
    return await readKept(archive, manifest);
  } catch (error) {
    if (error instanceof ExtractError || error instanceof ArchiveError) return undefined;
    throw error;
  }
}

type Read = Pick<Extracted, 'text' | 'blocks'>;

/** The blocks of a text of the archive; undefined where its document does not give that text any more. */
export async function blocksOf(
  archive: Archive,
  manifest: Manifest,
  text: string,
): Promise<readonly Block[] | undefined> {
  const again = await readAgain(archive, manifest);
  return again?.text === text ? again.blocks : undefined;
}

/**
 * The text that quotes of a source were taken from. Where another version of the reader gives another text of the same document, a quote that stands in
 * that text is compared there, so that what is read better is not taken for a change of the page. Undefined if the archive does not have the text.
 */
export async function oldTextOf(
  archive: Archive,
  captures: readonly EntryOf<'capture'>[],
  hash: string,
): Promise<OldText | undefined> {
  const entry = captures.findLast(({ text }) => text === hash);
  if (entry === undefined) return undefined;
  try {
    const manifest = await archive.manifest(entry.manifest);
    const text = await archive.text(manifest);
    const again = await readAgain(archive, manifest);
    const stored = oldText(text, again?.text === text ? again.blocks : undefined);
    return again === undefined || again.text === text ? stored : asReadToday(stored, again);
  } catch (error) {
    if (error instanceof ArchiveError) return undefined;
    throw error;
  }
}

function asReadToday(stored: OldText, { text, blocks }: Read): OldText {
  const today = oldText(text, blocks);
  const index = indexText(text);
  return {
    at(quote: Quote) {
      const before = stored.at(quote);
      if (!before) return undefined;
      const { start, end } = before.range;
      const context = {
        prefix: before.layout.text.slice(Math.max(0, start - 64), start),
        suffix: before.layout.text.slice(end, end + 64),
      };
      const found = findQuote(index, quote.exact);
      const range =
        found.kind === 'exact' || found.kind === 'typographic'
          ? choosePlace(text, found.places, context)
          : undefined;
      return range ? { layout: today.layout(), range } : before;
    },
    layout: stored.layout,
  };
}
