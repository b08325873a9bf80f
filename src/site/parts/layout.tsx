import { raw } from 'hono/html';
import { at } from '../addresses.ts';
import { formatDate } from '../dates.ts';
import { directionOf, isLanguage, LANGUAGE_NAMES } from '../languages.ts';
import type { View } from '../view.ts';
import { plainText, T } from './text.tsx';

/** Nothing is loaded from elsewhere, and nothing in a page runs or is styled in place. */
export const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'";

export interface LayoutProps {
  readonly view: View;
  readonly title: string;
  readonly description?: string;
  /** The HTML of what the page says, and of its endnotes. */
  readonly body: string;
  /** `page` has everything around it; `embed` and `report` have what they need. */
  readonly frame: 'page' | 'embed' | 'report';
  readonly script?: boolean;
}

export function Layout({ view, title, description, body, frame, script = false }: LayoutProps) {
  const name = plainText(view.texts.title.value);
  return (
    <html lang={view.language} dir={view.direction}>
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={CONTENT_SECURITY_POLICY} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>{title === name ? name : `${title} – ${name}`}</title>
        {description ? <meta name="description" content={description} /> : null}
        <Addresses view={view} title={title} description={description} />
        <link rel="icon" type="image/png" href={view.file('assets/icon.png')} />
        <link rel="stylesheet" href={view.file('assets/site.css')} />
        {script ? <script src={view.file('assets/sort.js')} defer /> : null}
      </head>
      <body class={frame}>
        {frame === 'page' ? <Header view={view} /> : null}
        <main id="main">{raw(body)}</main>
        <Footer view={view} frame={frame} />
      </body>
    </html>
  );
}

function Header({ view: own }: { view: View }) {
  const { say, site } = own;
  return (
    <header>
      <a class="skip" href="#main">
        {say('nav.skip')}
      </a>
      <p class="masthead">
        <a href={own.href(at.ranking)}>
          <T view={own} of={own.texts.title} />
        </a>
      </p>
      <nav aria-label={say('nav.main')}>
        <ul>
          {navigation(own).map(([path, label]) => (
            <li>
              <a href={own.href(path)} {...(path === own.path ? { 'aria-current': 'page' } : {})}>
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {site.languages.length > 1 ? (
        <nav aria-label={say('nav.languages')} class="languages">
          <ul>
            {site.languages.filter(isLanguage).map((language) => (
              <li>
                <a
                  href={own.inLanguage(language)}
                  lang={language}
                  dir={directionOf(language)}
                  hreflang={language}
                  {...(language === own.language ? { 'aria-current': 'true' } : {})}
                >
                  {LANGUAGE_NAMES[language]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      ) : null}
    </header>
  );
}

function navigation(view: View): [string, string][] {
  const { say } = view;
  const all: [string, string][] = [
    [at.ranking, say('nav.ranking')],
    [at.findings, say('nav.findings')],
    [at.firmness, say('nav.firmness')],
    [at.methodology, say('nav.methodology')],
    [at.compare, say('nav.compare')],
    [at.overTime, say('nav.over-time')],
    [at.verification, say('nav.verification')],
    [at.corrections, say('nav.corrections')],
    [at.data, say('nav.data')],
    [at.index(1), say('nav.index')],
    [at.about, say('nav.about')],
  ];
  return all.filter(([path]) => view.has(path));
}

/** Addresses for machines: other languages, the feed, and, where the site’s own address is known, the permanent one and the card. */
function Addresses({
  view,
  title,
  description,
}: {
  view: View;
  title: string;
  description: string | undefined;
}) {
  const { site } = view;
  const base = site.url;
  const absolute =
    base === undefined
      ? undefined
      : `${base}${view.language === site.languages[0] ? '' : `${view.language}/`}${view.path}`;
  const card = `card-${view.language}.png`;
  return (
    <>
      {site.languages
        .filter((language) => language !== view.language)
        .map((language) => (
          <link rel="alternate" hreflang={language} href={view.inLanguage(language)} />
        ))}
      <link
        rel="alternate"
        type="application/atom+xml"
        title={view.say('corrections.title')}
        href={view.file('corrections.atom')}
      />
      {absolute === undefined ? null : (
        <>
          <link rel="canonical" href={absolute} />
          <meta property="og:title" content={title} />
          <meta property="og:url" content={absolute} />
          {description ? <meta property="og:description" content={description} /> : null}
          {site.files.some((file) => file.path === card) ? (
            <meta property="og:image" content={`${base}${card}`} />
          ) : null}
        </>
      )}
    </>
  );
}

/** As of when, what this does not say, and what is not translated: on every page. */
function Footer({ view, frame }: { view: View; frame: LayoutProps['frame'] }) {
  const { say, site, texts } = view;
  const { meta } = site.edition;
  return (
    <footer>
      <p>
        <strong>{say('about.as-of')}</strong> <AsOf view={view} />
      </p>
      <p>
        <strong>{say('about.does-not-say')}</strong>{' '}
        {texts.doesNotSay.slice(0, 2).map((sentence) => (
          <>
            <T view={view} of={sentence} />{' '}
          </>
        ))}
        {frame === 'page' && texts.doesNotSay.length > 2 ? (
          <a href={view.href(`${at.about}#does-not-say`)}>{say('about.all-limits')}</a>
        ) : null}
      </p>
      {meta.publisher ? (
        <p>
          {say('about.publisher')} <T view={view} of={texts.original(meta.publisher)} />.{' '}
          {say('about.licence')} {meta.licence}.
        </p>
      ) : null}
      {view.seen.original ? (
        <p>{say('translation.partly', { language: languageName(view, meta.languages[0] ?? 'en') })}</p>
      ) : null}
    </footer>
  );
}

/** Up to when evidence counts, in words. */
export function AsOf({ view }: { view: View }) {
  const date = view.site.edition.meta['cut-off']?.date;
  return (
    <>
      {date === undefined
        ? view.say('about.no-cut-off')
        : view.say('about.cut-off', { date: formatDate(date, view.language) })}
    </>
  );
}

export function languageName(view: View, language: string): string {
  return new Intl.DisplayNames([view.language], { type: 'language' }).of(language) ?? language;
}
