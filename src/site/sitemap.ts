import { escapeMarkup } from './escape.ts';
import type { Page } from './page.ts';
import type { Site } from './site.ts';
import { languageFolder } from './view.ts';

/** A sitemap holds no more addresses than these (sitemaps.org, protocol 0.9). */
const MOST_ADDRESSES = 50_000;

/** Pages that nobody looks for. */
const LEFT_OUT = new Set(['embed', 'missing', 'ranking-sorted']);

/** The addresses of the pages for search engines, as far as one sitemap holds them. */
export function sitemapOf(url: string, site: Site, pages: readonly Page[]): string {
  const addresses = site.languages.flatMap((language) =>
    pages
      .filter(({ kind }) => !LEFT_OUT.has(kind))
      .map(({ path }) => url + languageFolder(site, language) + path),
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...addresses.slice(0, MOST_ADDRESSES).map((address) => `<url><loc>${escapeMarkup(address)}</loc></url>`),
    '</urlset>',
    '',
  ].join('\n');
}
