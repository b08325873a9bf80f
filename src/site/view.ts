import { relative } from './addresses.ts';
import { type Direction, directionOf, type Language } from './languages.ts';
import { numberText, type Say } from './messages.ts';
import type { Site } from './site.ts';
import type { Texts } from './texts.ts';

/** A site seen from one page in one language. */
export interface View {
  readonly site: Site;
  readonly language: Language;
  readonly direction: Direction;
  /** The path of the page below the folder of its language. */
  readonly path: string;
  readonly say: Say;
  readonly texts: Texts;
  /** The address of a page in the same language, as a link from this one. Throws if the site has no such page. */
  href(path: string): string;
  /** The address of the same page in another language. */
  inLanguage(language: string): string;
  /** The address of a file that all languages share. */
  file(path: string): string;
  has(path: string): boolean;
  /** `1,000` as the language writes it. */
  number(value: number): string;
  /** The language of the edition’s own texts, as far as the interface speaks it, and what it says in that. */
  readonly original: { readonly language: Language; readonly say: Say };
  /** Whether something on the page is in another language than the page; pages say so. */
  readonly seen: { original: boolean };
}

export interface LanguageView {
  readonly original: View['original'];
  readonly site: Site;
  readonly language: Language;
  /** The first language stands at the root, the others in folders of their own. */
  readonly folder: string;
  readonly say: Say;
  readonly texts: Texts;
  readonly pages: ReadonlySet<string>;
}

/** What a page at a path sees. */
export function viewOf(
  { site, language, folder, say, texts, pages, original }: LanguageView,
  path: string,
): View {
  const own = folder + path;
  return {
    site,
    language,
    direction: directionOf(language),
    path,
    say,
    texts,
    href(target) {
      if (!pages.has(target.split('#')[0] ?? ''))
        throw new Error(`The page ${own} links to ${target}, which the site does not have.`);
      return relative(own, folder + target);
    },
    inLanguage: (other) => relative(own, languageFolder(site, other) + path),
    file: (target) => relative(own, target),
    has: (target) => pages.has(target),
    number: (value) => numberText(value, language),
    original,
    seen: { original: false },
  };
}

export function languageFolder(site: Pick<Site, 'languages'>, language: string): string {
  return language === site.languages[0] ? '' : `${language}/`;
}
