import { at } from '../addresses.ts';
import type { Page } from '../page.ts';
import { AsOf } from '../parts/as-of.tsx';
import { Contact } from '../parts/contact.tsx';
import { Credit } from '../parts/credit.tsx';
import { SourceReference } from '../parts/reference.tsx';
import { Name, T } from '../parts/text.tsx';
import type { Site } from '../site.ts';
import type { Text } from '../texts.ts';
import type { View } from '../view.ts';

export function aboutPages(site: Site): Page[] {
  return [
    {
      path: at.about,
      kind: 'about',
      title: (view) => view.say('nav.about'),
      body: (view) => <About view={view} />,
    },
    ...indexPages(site),
  ];
}

function About({ view }: { view: View }) {
  const { site, say, texts } = view;
  const { meta } = site.edition;
  const origin = site.source(meta.origin ?? '');
  return (
    <>
      <h1>{say('nav.about')}</h1>
      <Credit view={view} />
      {texts.summary ? (
        <p class="standfirst">
          <T view={view} of={texts.summary} />
        </p>
      ) : null}
      <h2 id="does-not-say">{say('about.does-not-say')}</h2>
      <ul>
        {texts.doesNotSay.map((sentence) => (
          <li>
            <T view={view} of={sentence} />
          </li>
        ))}
      </ul>
      <h2 id="as-of">{say('about.as-of-title')}</h2>
      <p>
        <AsOf view={view} /> <T view={view} of={texts.cutOffBasis} />
      </p>
      {origin ? (
        <>
          <h2 id="origin">{say('about.origin')}</h2>
          <p>
            <SourceReference view={view} source={origin} />{' '}
            <a href={view.href(at.source(origin.id))}>{say('note.source')}</a>
          </p>
        </>
      ) : null}
      <h2 id="evidence">{say('about.evidence')}</h2>
      <p>{say('about.labels', { sources: site.edition.sources.length })}</p>
      <Evidence view={view} />
      <h2 id="objections">{say('contest.title')}</h2>
      <p>
        {say('contest.how')}{' '}
        {meta.contact === undefined ? null : (
          <>
            {say('contest.contact')} <Contact contact={meta.contact} subject={meta.id} />.{' '}
          </>
        )}
        <a href={view.href(at.corrections)}>{say('contest.corrections')}</a>
      </p>
      <h2 id="reading">{say('about.reading')}</h2>
      <p>{say('about.accessible')}</p>
    </>
  );
}

/** How many citations can be checked how far, and what fixes the archive. */
function Evidence({ view }: { view: View }) {
  const { site, say } = view;
  const { evidence } = site.edition;
  const counts = site.labelCounts;
  const all = counts.quoted + counts.captured + counts.cited;
  return (
    <>
      <p>
        {all > 0 ? say('evidence.counts', { all, ...counts }) : null}{' '}
        {evidence.captures.length === 0 ? say('evidence.none') : null}
      </p>
      {evidence.head === undefined ? null : (
        <p>
          {say('evidence.head', { entries: evidence.entries })} <code>{evidence.head}</code>
        </p>
      )}
    </>
  );
}

/** Entries of the index on one page. */
const ENTRIES_PER_PAGE = 500;

interface Entry {
  readonly path: string;
  readonly kind: 'company' | 'service' | 'measure' | 'source' | 'finding';
  text(view: View): Text | undefined;
}

/** Everything that has a page, from A to Z. The order is that of the original texts, the same in every language. */
function indexPages(site: Site): Page[] {
  const { companies, services, methodology, sources, findings } = site.edition;
  const entries: (Entry & { sort: string })[] = [
    ...companies.map(({ id, name }) => ({
      sort: name,
      path: site.pageOf(id),
      kind: 'company' as const,
      text: (view: View) => view.texts.company(id, 'name'),
    })),
    ...services.map(({ id, name }) => ({
      sort: name,
      path: site.pageOf(id),
      kind: 'service' as const,
      text: (view: View) => view.texts.service(id, 'name'),
    })),
    ...methodology.measures.map(({ id, name }) => ({
      sort: name,
      path: at.measure(id),
      kind: 'measure' as const,
      text: (view: View) => view.texts.measure(id, 'name'),
    })),
    ...findings.map(({ id, heading }) => ({
      sort: heading,
      path: `${at.findings}#finding-${id}`,
      kind: 'finding' as const,
      text: (view: View) => view.texts.finding(id, 'heading'),
    })),
    ...sources.map(({ id, title }) => ({
      sort: title,
      path: at.source(id),
      kind: 'source' as const,
      text: (view: View) => view.texts.original(title),
    })),
  ];
  const collator = new Intl.Collator(site.edition.meta.languages[0], {
    sensitivity: 'base',
    ignorePunctuation: true,
  });
  entries.sort((a, b) => collator.compare(a.sort, b.sort));
  const count = Math.max(1, Math.ceil(entries.length / ENTRIES_PER_PAGE));
  return Array.from({ length: count }, (_, index): Page => {
    const number = index + 1;
    const shown = entries.slice(index * ENTRIES_PER_PAGE, number * ENTRIES_PER_PAGE);
    const letters = Map.groupBy(shown, ({ sort }) => letterOf(sort));
    const title = (view: View) =>
      count > 1
        ? `${view.say('nav.index')} (${view.say('paging.page', { number, of: count })})`
        : view.say('nav.index');
    return {
      path: at.index(number),
      kind: 'index',
      title,
      body: (view) => (
        <>
          <h1>{title(view)}</h1>
          {count > 1 ? (
            <nav aria-label={view.say('paging.pages')} class="paging">
              <ol>
                {Array.from({ length: count }, (__, page) => (
                  <li>
                    <a
                      href={view.href(at.index(page + 1))}
                      {...(page === index ? { 'aria-current': 'page' } : {})}
                    >
                      {letterOf(entries[page * ENTRIES_PER_PAGE]?.sort ?? '')}–
                      {letterOf(
                        entries[Math.min((page + 1) * ENTRIES_PER_PAGE, entries.length) - 1]?.sort ?? '',
                      )}{' '}
                      ({page + 1})
                    </a>
                  </li>
                ))}
              </ol>
            </nav>
          ) : null}
          {[...letters].map(([letter, own]) => (
            <section>
              <h2>{letter}</h2>
              <ul class="index">
                {own.map((entry) => (
                  <li>
                    <a href={view.href(entry.path)}>
                      <Name view={view} of={entry.text(view)} />
                    </a>{' '}
                    <small>{view.say(`index.${entry.kind}`)}</small>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </>
      ),
    };
  });
}

/** The letter an entry stands under: without accents, figures and signs together. */
function letterOf(name: string): string {
  const first = /\p{L}|\p{N}/u.exec(name.normalize('NFD'))?.[0] ?? '#';
  return /\p{N}/u.test(first) ? '0–9' : first.toLocaleUpperCase();
}
