import type { Quote, Source } from '#edition/index';

/** A quote for other programs: a W3C Web Annotation, and a link that shows the passage in a browser. */

/** The annotation of a quote in JSON-LD (W3C Web Annotation Data Model, https://www.w3.org/TR/annotation-model/). */
export function annotation(quote: Quote, source: Source | undefined): Record<string, unknown> {
  return {
    '@context': 'http://www.w3.org/ns/anno.jsonld',
    id: `urn:assay:quote:${quote.id}`,
    type: 'Annotation',
    motivation: 'highlighting',
    target: {
      source: source?.URL ?? `urn:assay:source:${quote.source}`,
      state: { type: 'State', 'assay:textSha256': quote.text },
      selector: [
        { type: 'TextQuoteSelector', exact: quote.exact, prefix: quote.prefix, suffix: quote.suffix },
        { type: 'TextPositionSelector', start: quote.start, end: quote.end },
      ],
    },
    ...(quote.note === undefined
      ? {}
      : { body: { type: 'TextualBody', value: quote.note, format: 'text/plain' } }),
  };
}

/** A passage longer than this is named by its first and last words. */
const LONG = 200;
const WORDS_OF_ENDS = 5;

/**
 * A link that opens the page and shows the passage (WICG Scroll to Text Fragment, https://wicg.github.io/scroll-to-text-fragment/); undefined if the source
 * has no address, or the passage stands in hidden text.
 */
export function fragmentLink(quote: Quote, source: Source | undefined): string | undefined {
  if (!source?.URL || !URL.canParse(source.URL) || quote.hidden) return undefined;
  const words = quote.exact.split(/\s+/).filter(Boolean);
  const isLong = quote.exact.length > LONG || quote.exact.includes('\n');
  const parts =
    isLong && words.length > 2 * WORDS_OF_ENDS
      ? [words.slice(0, WORDS_OF_ENDS).join(' '), words.slice(-WORDS_OF_ENDS).join(' ')]
      : [words.join(' ')];
  const address = source.URL.replace(/#.*$/, '');
  return `${address}#:~:text=${parts.map(encodePart).join()}`;
}

const encodePart = (text: string) => encodeURIComponent(text.toWellFormed()).replace(/-/g, '%2D');
