import { raw } from 'hono/html';
import { fewLimits } from '#edition/index';
import { at } from '../addresses.ts';
import { directionOf, isLanguage, LANGUAGE_NAMES } from '../languages.ts';
import type { View } from '../view.ts';
import { AsOf } from './as-of.tsx';
import { mailAddress } from './contact.tsx';
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
  /** The scripts it loads, by their file in assets. */
  readonly scripts?: readonly string[];
  /** The picture of the page, if it has one of its own. */
  readonly picture?: string | undefined;
}

export function Layout({ view, title, description, body, frame, scripts = [], picture }: LayoutProps) {
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
        <Addresses view={view} title={title} description={description} picture={picture} />
        <link rel="icon" type="image/png" href={view.file('assets/icon.png')} />
        <link rel="stylesheet" href={view.file('assets/site.css')} />
        {scripts.map((file) => (
          <script src={view.file(`assets/${file}`)} defer />
        ))}
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
  const pages = navigation(own);
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
      <nav aria-label={say('nav.main')} class="main">
        <ul>
          {pages.slice(0, FIRST_PAGES).map(([path, label]) => (
            <Entry view={own} path={path} label={label} />
          ))}
          {pages.length > FIRST_PAGES ? (
            <li>
              <details class="more">
                <summary>{say('nav.more')}</summary>
                <ul>
                  {pages.slice(FIRST_PAGES).map(([path, label]) => (
                    <Entry view={own} path={path} label={label} />
                  ))}
                </ul>
              </details>
            </li>
          ) : null}
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

/** So many entries stand in the open; the others are one step away. */
const FIRST_PAGES = 5;

function Entry({ view, path, label }: { view: View; path: string; label: string }) {
  return (
    <li>
      <a href={view.href(path)} {...(path === view.path ? { 'aria-current': 'page' } : {})}>
        {label}
      </a>
    </li>
  );
}

/** The pages of the menu, those that most readers come for first. */
function navigation(view: View): [string, string][] {
  const { say } = view;
  const all: [string, string][] = [
    [at.ranking, say('nav.ranking')],
    [at.parts, say('ranking.services')],
    [at.findings, say('nav.findings')],
    [at.rely, say('nav.rely')],
    [at.data, say('nav.data')],
    [at.methodology, say('nav.methodology')],
    [at.compare, say('nav.compare')],
    [at.weights, say('nav.weights')],
    [at.firmness, say('nav.firmness')],
    [at.overTime, say('nav.over-time')],
    [at.glance, say('nav.charts')],
    [at.recommendations, say('recommendations.title')],
    [at.background, say('background.title')],
    [at.correspondence, say('nav.correspondence')],
    [at.verification, say('nav.verification')],
    [at.corrections, say('nav.corrections')],
    [at.sources(1), say('sources.title')],
    [at.search, say('nav.search')],
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
  picture,
}: {
  view: View;
  title: string;
  description: string | undefined;
  picture: string | undefined;
}) {
  const { site } = view;
  const base = site.url;
  const absolute =
    base === undefined
      ? undefined
      : `${base}${view.language === site.languages[0] ? '' : `${view.language}/`}${view.path}`;
  const own = picture === undefined ? undefined : `${picture}-${view.language}.png`;
  const card = [own, `card-${view.language}.png`].find((file) =>
    site.files.some(({ path }) => path === file),
  );
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
          <meta property="og:type" content="article" />
          {card === undefined ? null : (
            <>
              <meta property="og:image" content={`${base}${card}`} />
              <meta name="twitter:card" content="summary_large_image" />
            </>
          )}
        </>
      )}
    </>
  );
}

/** As of when, what this does not say, whose it is, where to object, and what is not translated: on every page. */
function Footer({ view, frame }: { view: View; frame: LayoutProps['frame'] }) {
  const { say, site, texts } = view;
  const { meta } = site.edition;
  return (
    <footer>
      <p>
        <strong>
          <AsOf view={view} />
        </strong>{' '}
        {fewLimits(texts.doesNotSay).map((sentence) => (
          <>
            <T view={view} of={sentence} />{' '}
          </>
        ))}
        {frame === 'page' ? <a href={view.href(at.rely)}>{say('rely.title')}</a> : null}
      </p>
      {meta.publisher || texts.credit ? (
        <p>
          {texts.credit ? (
            <>
              <T view={view} of={texts.credit} />{' '}
            </>
          ) : null}
          {meta.publisher ? (
            <>
              {say('about.publisher')} <T view={view} of={texts.original(meta.publisher)} />.{' '}
            </>
          ) : null}
          {say('about.licence')} {meta.licence}.
        </p>
      ) : null}
      {frame === 'page' ? (
        <p>
          <WrongHere view={view} />
        </p>
      ) : null}
      {view.seen.original ? (
        <p>{say('translation.partly', { language: languageName(view, meta.languages[0] ?? 'en') })}</p>
      ) : null}
    </footer>
  );
}

/** Where to say that something on this page is wrong: a mail that names the page, or the page that says how. */
function WrongHere({ view }: { view: View }) {
  const { say, site } = view;
  const address = mailAddress(site.edition.meta.contact);
  return (
    <a
      href={
        address === undefined
          ? view.href(`${at.about}#objections`)
          : `mailto:${address}?subject=${encodeURIComponent(`${site.edition.meta.id}: ${view.path}`)}`
      }
    >
      {say('contest.wrong-here')}
    </a>
  );
}

export function languageName(view: View, language: string): string {
  return new Intl.DisplayNames([view.language], { type: 'language' }).of(language) ?? language;
}
