import type { Label, Source } from '#edition/index';
import { at, PROSE_PAGES } from '../addresses.ts';
import { formatDate } from '../dates.ts';
import type { Page } from '../page.ts';
import { numbersOf, pagesOf, ROWS_PER_PAGE } from '../paging.ts';
import { QuoteInContext } from '../parts/quote.tsx';
import { SourceReference } from '../parts/reference.tsx';
import { Name, plainText, T } from '../parts/text.tsx';
import type { Site } from '../site.ts';
import type { Use } from '../uses.ts';
import type { View } from '../view.ts';

/** A page for every source, with all that cites it, and lists of them all. */
export function sourcePages(site: Site): Page[] {
  const all = site.edition.sources.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const lists = pagesOf(all.length).map(
    (number): Page => ({
      path: at.sources(number),
      kind: 'sources',
      title: (view) => title(view, number, all.length),
      body: (view) => (
        <>
          <h1>{title(view, number, all.length)}</h1>
          <p class="standfirst">{view.say('sources.about', { count: all.length })}</p>
          <ul class="sources">
            {all.slice((number - 1) * ROWS_PER_PAGE, number * ROWS_PER_PAGE).map((source) => (
              <li>
                <SourceReference view={view} source={source} />{' '}
                <a href={view.href(at.source(source.id))}>
                  {view.say('sources.cited', { count: site.usesOf(source.id).length })}
                </a>
              </li>
            ))}
          </ul>
          {all.length > ROWS_PER_PAGE ? (
            <nav aria-label={view.say('paging.pages')} class="paging">
              <ol>
                {pagesOf(all.length).map((page) => (
                  <li>
                    <a
                      href={view.href(at.sources(page))}
                      {...(page === number ? { 'aria-current': 'page' } : {})}
                    >
                      {view.say('paging.page', { number: page, of: numbersOf(all.length) })}
                    </a>
                  </li>
                ))}
              </ol>
            </nav>
          ) : null}
        </>
      ),
    }),
  );
  return [...lists, ...site.edition.sources.map((source) => sourcePage(source))];
}

const title = (view: View, number: number, count: number) =>
  numbersOf(count) > 1
    ? `${view.say('sources.title')} (${view.say('paging.page', { number, of: numbersOf(count) })})`
    : view.say('sources.title');

function sourcePage(source: Source): Page {
  return {
    path: at.source(source.id),
    kind: 'source',
    title: () => plainText(source.title),
    body: (view) => {
      const { say, site, texts } = view;
      const uses = site.usesOf(source.id);
      return (
        <>
          <h1>
            <T view={view} of={texts.original(source.title)} />
          </h1>
          <p>
            <SourceReference view={view} source={source} />
          </p>
          <dl class="facts">
            <div>
              <dt>{say('sources.kind')}</dt>
              <dd>{say(`kind.${source.custom.kind}`)}</dd>
            </div>
            <div>
              <dt>{say('sources.label')}</dt>
              <dd>{say(`label.${labelOfSource(site, source)}-meaning`)}</dd>
            </div>
            {source.custom.footnotes ? (
              <div>
                <dt>{say('sources.footnotes')}</dt>
                <dd>{source.custom.footnotes.join(', ')}</dd>
              </div>
            ) : null}
            <div>
              <dt>{say('sources.id')}</dt>
              <dd>
                <code>{source.id}</code>
              </dd>
            </div>
          </dl>
          {source.custom.note ? (
            <p>
              <T view={view} of={texts.original(source.custom.note)} />
            </p>
          ) : null}
          <Captures view={view} source={source} />
          <h2 id="uses">{say('sources.uses')}</h2>
          {uses.length === 0 ? <p>{say('sources.unused')}</p> : null}
          <ul>
            {uses.map((use) => (
              <li>
                <UseLink view={view} use={use} />
                {use.locator ? `, ${use.locator}` : null}
              </li>
            ))}
          </ul>
        </>
      );
    },
  };
}

/** The best of what its citations are labelled. */
function labelOfSource(site: Site, source: Source): Label {
  return site
    .quotesOf(source.id)
    .some((quote) => site.labelOf({ source: source.id, quote: quote.id, locator: '' }) === 'quoted')
    ? 'quoted'
    : site.labelOf({ source: source.id, locator: '' });
}

/** The stored copies of a source, and what is quoted from them. */
function Captures({ view, source }: { view: View; source: Source }) {
  const { site, say } = view;
  const captures = site.edition.evidence.captures.filter((own) => own.source === source.id);
  const quotes = site.quotesOf(source.id);
  return (
    <>
      {captures.length > 0 ? (
        <>
          <h2 id="captures">{say('capture.title')}</h2>
          <ul>
            {captures.toReversed().map(({ time, verdict, manifest }) => (
              <li>
                {say('capture.one', {
                  date: formatDate(time.slice(0, 10), view.language),
                  verdict: verdict.replace('-', ''),
                })}{' '}
                <small>
                  {say('capture.manifest')} <code>{manifest}</code>
                </small>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {quotes.length > 0 ? (
        <>
          <h2 id="quotes">{say('quote.all')}</h2>
          {quotes.map((quote) => (
            <QuoteInContext view={view} quote={quote} />
          ))}
        </>
      ) : null}
    </>
  );
}

function UseLink({ view, use }: { view: View; use: Use }) {
  const { say, texts, site } = view;
  const unit =
    'unit' in use ? (
      <Name view={view} of={texts.company(use.unit, 'name') ?? texts.service(use.unit, 'name')} />
    ) : null;
  const unitPage = 'unit' in use ? site.pageOf(use.unit) : '';
  switch (use.kind) {
    case 'answer':
    case 'reasons': {
      const reasons = at.score(use.unit, use.measure);
      return (
        <a href={view.href(view.has(reasons) ? reasons : at.measure(use.measure))}>
          {unit}: <T view={view} of={texts.measure(use.measure, 'name')} />
        </a>
      );
    }
    case 'introduction':
    case 'users':
      return <a href={view.href(unitPage)}>{unit}</a>;
    case 'letter':
      return (
        <a href={view.href(`${at.correspondence}#company-${use.unit}`)}>
          {say('nav.correspondence')}: {unit}
        </a>
      );
    case 'methodology':
      return (
        <a href={view.href(at.measure(use.measure))}>
          {say('nav.methodology')}: <T view={view} of={texts.measure(use.measure, 'name')} />
        </a>
      );
    case 'finding':
      return (
        <a href={view.href(`${at.findings}#finding-${use.finding}`)}>
          {say('nav.findings')}: <T view={view} of={texts.finding(use.finding, 'heading')} />
        </a>
      );
    case 'prose':
      return <a href={view.href(PROSE_PAGES[use.file])}>{say(`${use.file}.title`)}</a>;
    case 'origin':
      return <a href={view.href(at.about)}>{say('sources.origin')}</a>;
  }
}
