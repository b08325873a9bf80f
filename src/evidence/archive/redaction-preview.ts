import type { Quote } from '#edition/index';

/** The lines of a text as `redact` counts them, from 1. */
export function numberedLines(text: string): { readonly number: number; readonly text: string }[] {
  return (text.match(/[^\n]*\n|[^\n]+$/g) ?? []).map((line, index) => ({
    number: index + 1,
    text: line.replace(/\n$/, ''),
  }));
}

/** What would go with lines of a letter. */
export interface RedactionPreview {
  readonly lines: readonly { readonly number: number; readonly text: string }[];
  /** Quotes that stand in the lines: they would hold no more. */
  readonly broken: readonly string[];
  /** Quotes that keep something of the lines around them: it would be blackened. */
  readonly blackened: readonly string[];
}

/**
 * What would be taken out, and which quotes it touches.
 * @param root what the quotes name the text by
 * @throws RangeError if the text has no such lines
 */
export function redactionPreview(
  text: string,
  root: string,
  quotes: readonly Quote[],
  ranges: readonly (readonly [from: number, to: number])[],
): RedactionPreview {
  const lines = numberedLines(text);
  const points = (own: string) => [...own].length;
  const spans = ranges.map(([from, to]) => {
    if (!(from >= 1 && from <= to && to <= lines.length))
      throw new RangeError(`The letter has lines 1 to ${lines.length}.`);
    const start = lines.slice(0, from - 1).reduce((sum, line) => sum + points(line.text) + 1, 0);
    const end = lines.slice(from - 1, to).reduce((sum, line) => sum + points(line.text) + 1, start) - 1;
    return { start, end };
  });
  const own = quotes.filter((quote) => quote.text === root);
  const touches = (first: number, last: number) =>
    spans.some(({ start, end }) => first < end && last > start);
  const broken = own.filter((quote) => touches(quote.start, quote.end));
  return {
    lines: ranges.flatMap(([from, to]) => lines.slice(from - 1, to)),
    broken: broken.map(({ id }) => id),
    blackened: own
      .filter(
        (quote) =>
          !broken.includes(quote) &&
          touches(quote.start - points(quote.prefix), quote.end + points(quote.suffix)),
      )
      .map(({ id }) => id),
  };
}
