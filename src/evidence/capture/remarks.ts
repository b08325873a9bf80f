import { type Manifest, partOf } from '../archive/manifest.ts';

const MOST_NAMED = 3;

/** What a person should know of a capture that has come out well: what of the page is not in its text, and where it is. */
export function remarksOn(manifest: Manifest): string[] {
  const frames = (manifest.frames ?? []).map((own) => URL.parse(own, manifest.final)?.href ?? own);
  return [
    ...apartFrom(manifest),
    ...frames
      .slice(0, MOST_NAMED)
      .map(
        (own) => `a frame holds more, which is not in the text: capture ${own}, or the page with --browser`,
      ),
    ...(frames.length > MOST_NAMED ? [`so do ${frames.length - MOST_NAMED} other frames`] : []),
  ];
}

/** What is kept apart from the text, in words for what was captured. */
function apartFrom(manifest: Manifest): string[] {
  const hidden = partOf(manifest, 'hidden');
  // Whoever reads a document of a word processor says so.
  if (hidden === undefined || manifest.extractor?.id === 'word') return [];
  const apart = `${hidden.bytes.toLocaleString('en')} bytes, kept apart`;
  return manifest.extractor?.id === 'pdf'
    ? [`running heads and page numbers of the PDF are not in the text: ${apart}`]
    : [`the page hides or strikes out some of its text: ${apart}`];
}

/** Why it cannot be told from a capture whether readers see a passage that is in its text; undefined where it can. */
export function doubtOf({ unsure = [] }: Pick<Manifest, 'unsure'>): string | undefined {
  if (unsure.length === 0) return undefined;
  const what = unsure.map((own) => (own === 'scripts' ? 'scripts' : 'style sheets')).join(' and ');
  return `The page has ${what} that were not looked at; whether they change what readers see of this, a capture with --browser tells.`;
}
