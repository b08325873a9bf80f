import { formatDate } from '../dates.ts';
import type { View } from '../view.ts';

/** Up to when evidence counts, in words. */
export function asOfText(view: View): string {
  const date = view.site.edition.meta['cut-off']?.date;
  return date === undefined
    ? view.say('about.no-cut-off')
    : view.say('about.cut-off', { date: formatDate(date, view.language) });
}

export function AsOf({ view }: { view: View }) {
  return <>{asOfText(view)}</>;
}
