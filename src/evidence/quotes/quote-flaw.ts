import type { Quote } from '#edition/index';
import type { Manifest } from '../archive/manifest.ts';
import { toUnits } from './code-points.ts';
import { quoteHolds } from './quote.ts';

/**
 * What does not hold of a quote in the text that it names; undefined if all does. The passage must stand there, and so must all that readers are shown
 * with it: what stands before and after it, and its page.
 */
export function quoteFlaw(
  quote: Pick<Quote, 'start' | 'end' | 'exact' | 'prefix' | 'suffix' | 'page'>,
  text: string,
  pages: Manifest['pages'] = [],
): string | undefined {
  const { start, end, exact, prefix, suffix, page } = quote;
  if (exact === '' || !quoteHolds(quote, text))
    return 'the text of the capture has something else in its place';
  const units = toUnits(text);
  const [from, to] = [units(start), units(end)];
  if (!text.slice(0, from).endsWith(prefix) || !text.startsWith(suffix, to))
    return `what is kept as standing ${text.slice(0, from).endsWith(prefix) ? 'after' : 'before'} it does not stand there: quote it again with “assay quote”`;
  const index = pages.findIndex(([first, last]) => start >= first && start < last);
  const stands = index < 0 ? undefined : index + 1;
  return page === stands
    ? undefined
    : `it stands on ${stands === undefined ? 'no page that has a number' : `page ${stands}`}, not on page ${page ?? 'none'}`;
}
