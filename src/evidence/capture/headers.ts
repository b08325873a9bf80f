import type { Hop } from '../archive/manifest.ts';

/** The value of a header; undefined if it was not sent. */
export function headerOf(headers: Hop['headers'], name: string): string | undefined {
  return headers.find(([own]) => own.toLowerCase() === name)?.[1];
}

/** Languages as `accept-language` asks for them, the first most: `fr, ar` gives `fr,ar;q=0.9,*;q=0.5`. */
export function acceptLanguage(tags: string): string {
  const each = languageTags(tags).map((tag, index) =>
    index === 0 ? tag : `${tag};q=${Math.max(1, 10 - index) / 10}`,
  );
  return [...each, '*;q=0.5'].join(',');
}

/** The tags of a list such as `fr-CH, ar`. @throws RangeError if one is no language tag (BCP 47) */
export function languageTags(list: string): string[] {
  return Intl.getCanonicalLocales(list.split(',').map((tag) => tag.trim()));
}
