import type { Company, Measure } from '#edition/index';
import { amountOf } from '#scoring/index';
import { at } from '../addresses.ts';
import { likelyRanks } from '../firmness.ts';
import { halfOf, headlineOf, summaryOf, sureText } from '../headline.ts';
import type { Notes } from '../notes.ts';
import type { Page } from '../page.ts';
import { numbersOf, pagesOf, ROWS_PER_PAGE } from '../paging.ts';
import { Bar } from '../parts/bar.tsx';
import { Caution } from '../parts/caution.tsx';
import { Credit } from '../parts/credit.tsx';
import { FilterForm, filterClasses, filtersOf } from '../parts/filters.tsx';
import { Prose } from '../parts/prose.tsx';
import { placeText, ScoreCell } from '../parts/score.tsx';
import { Name, T } from '../parts/text.tsx';
import type { Site } from '../site.ts';
import type { View } from '../view.ts';

/** By what the companies can be sorted; each order has pages of its own, so that sorting needs no script. */
export type SortKey =
  | { readonly kind: 'rank' | 'company' | 'score' }
  | { readonly kind: 'measure'; readonly measure: Measure };

export function rankingPages(site: Site): Page[] {
  const keys: SortKey[] = [
    { kind: 'rank' },
    { kind: 'company' },
    { kind: 'score' },
    ...site.columns.map((measure): SortKey => ({ kind: 'measure', measure })),
  ];
  return keys.flatMap((key) =>
    [false, true].flatMap((reversed) => {
      const order = sorted(site, key, reversed);
      return pagesOf(order.length).map((number): Page => {
        const rows = order.slice((number - 1) * ROWS_PER_PAGE, number * ROWS_PER_PAGE);
        const place: Place = { key, reversed, number, of: numbersOf(order.length), rows, order };
        const first = isFirst(place);
        return {
          path: addressOf(key, reversed, number),
          kind: first ? 'ranking' : 'ranking-sorted',
          ...(number === 1 && place.of === 1 ? { scripts: ['sort.js'] } : {}),
          title: (view) => (first ? view.texts.title.value : sortedTitle(view, place)),
          ...(first ? { description: (view) => summaryOf(view) } : {}),
          body: (view, notes) => (
            <>
              {first ? <Opening view={view} /> : <h1>{sortedTitle(view, place)}</h1>}
              <RankingTable view={view} place={place} />
              {first ? <FindingsList view={view} notes={notes} /> : null}
            </>
          ),
        };
      });
    }),
  );
}

/** Whose it is, what it found, what was measured, and what it must not be taken for. */
function Opening({ view }: { view: View }) {
  const { texts, site } = view;
  const ranked = site.ranking.rows.filter((row) => row.rank !== null);
  return (
    <>
      <Credit view={view} />
      <h1>
        <T view={view} of={headlineOf(view)} />
      </h1>
      <p class="standfirst">
        {texts.summary ? (
          <T view={view} of={texts.summary} />
        ) : new Set(ranked.map(({ group }) => group)).size === 1 ? (
          halfOf(view, ranked)
        ) : (
          <T view={view} of={texts.title} />
        )}
      </p>
      <Caution view={view} />
    </>
  );
}

interface Place {
  readonly key: SortKey;
  readonly reversed: boolean;
  readonly number: number;
  readonly of: number;
  readonly rows: readonly Company[];
  readonly order: readonly Company[];
}

const isFirst = ({ key, reversed, number }: Pick<Place, 'key' | 'reversed' | 'number'>) =>
  key.kind === 'rank' && !reversed && number === 1;

export function addressOf(key: SortKey, reversed: boolean, number: number): string {
  if (isFirst({ key, reversed, number })) return at.ranking;
  return at.sorted(key.kind === 'measure' ? `measures/${key.measure.id}` : key.kind, reversed, number);
}

/** Highest first for figures, A first for names; companies that are not ranked, or not scored, come last in every order. */
function sorted(site: Site, key: SortKey, reversed: boolean): Company[] {
  const ranked = site.ranking.rows.flatMap((row) => site.company(row.company) ?? []);
  const turn = reversed ? -1 : 1;
  if (key.kind === 'company') {
    const collator = new Intl.Collator(site.edition.meta.languages[0]);
    return ranked.toSorted((a, b) => turn * collator.compare(a.name, b.name));
  }
  const measure = key.kind === 'measure' ? key.measure.id : site.total.id;
  const values = new Map(
    ranked.map((company, index) => {
      const score = site.scored.scores.of(company.id, measure);
      const known =
        score?.kind === 'interval' ? { value: score.low.add(score.high), known: true } : undefined;
      return [company, { ...known, index }] as const;
    }),
  );
  return ranked.toSorted((a, b) => {
    const [x, y] = [values.get(a), values.get(b)];
    if (!x?.value || !y?.value) return x?.value ? -1 : y?.value ? 1 : 0;
    const order = key.kind === 'rank' ? x.index - y.index : y.value.compare(x.value);
    return turn * order || x.index - y.index;
  });
}

function sortedTitle(view: View, { key, reversed, number, of }: Place): string {
  const by =
    key.kind === 'measure'
      ? (view.texts.measure(key.measure.id, 'name')?.value ?? key.measure.id)
      : view.say(`ranking.${key.kind}`);
  const title = view.say(reversed ? 'ranking.sorted-reversed' : 'ranking.sorted', { by });
  return of > 1 ? `${title} (${view.say('paging.page', { number, of })})` : title;
}

function RankingTable({ view, place }: { view: View; place: Place }) {
  const { site, say } = view;
  const filters = place.of === 1 ? filtersOf(site) : [];
  const groups = [...Map.groupBy(place.rows, ({ id }) => site.row(id)?.group ?? '')];
  const sure = sureText(view);
  return (
    <div class="ranking">
      <h2 id="table-title" class="quiet">
        {say('ranking.table-title')}
      </h2>
      {sure === undefined ? null : (
        <p class="sure">
          {sure} <a href={view.href(at.firmness)}>{say('firmness.title')}</a>
        </p>
      )}
      <FilterForm view={view} filters={filters} />
      {groups.map(([group, rows], index) => (
        <section
          class="scroll"
          tabindex={0}
          aria-labelledby={group === '' ? 'table-title' : `group-${index + 1}`}
        >
          <table class={groups.length === 1 ? 'sortable' : 'sortable grouped'}>
            {group === '' ? null : (
              <caption id={`group-${index + 1}`}>
                <Name view={view} of={view.texts.original(group)} />
              </caption>
            )}
            <thead>
              <tr>
                <Head view={view} place={place} of={{ kind: 'rank' }} />
                <Head view={view} place={place} of={{ kind: 'company' }} />
                <Head view={view} place={place} of={{ kind: 'score' }} />
                {site.columns.map((measure) => (
                  <Head view={view} place={place} of={{ kind: 'measure', measure }} />
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((company) => (
                <Row view={view} company={company} classes={filterClasses(site, filters, company)} />
              ))}
            </tbody>
          </table>
        </section>
      ))}
      <p class="sorted hint" role="status" data-said={say('ranking.sorted-said')} hidden />
      <Legend view={view} />
      <Paging view={view} place={place} />
    </div>
  );
}

function Head({ view, place, of }: { view: View; place: Place; of: SortKey }) {
  const same =
    of.kind === place.key.kind &&
    (of.kind !== 'measure' || place.key.kind !== 'measure' || of.measure.id === place.key.measure.id);
  const falls = of.kind === 'score' || of.kind === 'measure';
  const ascending = falls === place.reversed;
  const target = addressOf(of, same && !place.reversed, 1);
  return (
    <th
      scope="col"
      class={of.kind}
      {...(same ? { 'aria-sort': ascending ? 'ascending' : 'descending' } : {})}
    >
      <a href={view.href(target)}>
        {of.kind === 'measure' ? (
          <T
            view={view}
            of={view.texts.measure(of.measure.id, 'short') ?? view.texts.measure(of.measure.id, 'name')}
          />
        ) : (
          view.say(`ranking.${of.kind}`)
        )}
      </a>
    </th>
  );
}

function Row({ view, company, classes }: { view: View; company: Company; classes: string }) {
  const { site } = view;
  const row = site.row(company.id);
  const score = site.scoreOf(company.id, site.total.id);
  return (
    <tr {...(classes ? { class: classes } : {})}>
      <td class="rank">
        {placeText(view, company.id)}
        <Likely view={view} company={company.id} />
      </td>
      <th scope="row">
        <a href={view.href(view.site.pageOf(company.id))}>
          <Name view={view} of={view.texts.company(company.id, 'name')} />
        </a>
        <Parts view={view} company={company.id} />
      </th>
      <td class="total">
        <b>{row?.published}</b>
        {row?.apart ? <small> ({row.apart})</small> : null}
        <Bar of={score?.bar} />
      </td>
      {site.columns.map((measure) => (
        <ScoreCell view={view} company={company.id} measure={measure.id} />
      ))}
    </tr>
  );
}

/** What a company is assessed for, below its name. */
function Parts({ view, company }: { view: View; company: string }) {
  const parts = view.site.servicesOf(company);
  if (parts.length === 0) return null;
  return (
    <small class="parts">
      {parts.map((service, index) => (
        <>
          {index > 0 ? ', ' : ''}
          <Name view={view} of={view.texts.service(service.id, 'name')} />
        </>
      ))}
    </small>
  );
}

/** Where a company stands nine times out of ten, beside its rank. */
function Likely({ view, company }: { view: View; company: string }) {
  const likely = likelyRanks(view.site.firmness, company);
  if (!likely) return null;
  if (likely[0] === likely[1]) return null;
  const range = likely.join('–');
  return <small class="likely">{view.say('ranking.likely-label', { range })}</small>;
}

/** What figures, words and patterns mean. */
function Legend({ view }: { view: View }) {
  const { site, say } = view;
  const scales = new Set(site.columns.flatMap((measure) => site.scale(measure.scale) ?? []));
  const open = site.edition.companies.some((company) => typeof amountRange(site, company.id) === 'object');
  return (
    <div class="legend">
      <p>
        {say('ranking.legend', {
          maximum: site.total['out-of'] ?? 'none',
          rule: site.edition.methodology.rounding.rule.replace('-', ''),
        })}
        {open ? ` ${say('ranking.legend-open')}` : null}
        {view.has(at.firmness) ? (
          <>
            {' '}
            {say('ranking.likely')} <a href={view.href(at.firmness)}>{say('firmness.title')}</a>
          </>
        ) : null}{' '}
        <a href={view.href(at.methodology)}>{say('ranking.how')}</a>
      </p>
      {[...scales]
        .filter((scale) => scale.kind === 'levels')
        .slice(0, 3)
        .map((scale) => (
          <dl>
            {scale.answers.map((option) => (
              <div>
                <dt>{option.answer}</dt>
                <dd>
                  <T view={view} of={view.texts.option(scale.id, option.answer, 'name')} />
                </dd>
              </div>
            ))}
          </dl>
        ))}
    </div>
  );
}

function amountRange(site: Site, company: string) {
  const score = site.scored.scores.of(company, site.total.id);
  return score === undefined ? null : amountOf(score);
}

/** The other pages of this order, each with the companies it begins and ends with. */
function Paging({ view, place }: { view: View; place: Place }) {
  if (place.of === 1) return null;
  const name = (company: Company | undefined) =>
    company ? view.texts.company(company.id, 'name') : undefined;
  return (
    <nav aria-label={view.say('paging.pages')} class="paging">
      <ol>
        {pagesOf(place.order.length).map((number) => {
          const [from, to] = [
            (number - 1) * ROWS_PER_PAGE,
            Math.min(number * ROWS_PER_PAGE, place.order.length) - 1,
          ];
          return (
            <li>
              <a
                href={view.href(addressOf(place.key, place.reversed, number))}
                {...(number === place.number ? { 'aria-current': 'page' } : {})}
              >
                {view.number(from + 1)}–{view.number(to + 1)}
              </a>{' '}
              <Name view={view} of={name(place.order[from])} /> –{' '}
              <Name view={view} of={name(place.order[to])} />
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

/** The few findings that lead, in full; the others by their headings. */
function FindingsList({ view, notes }: { view: View; notes: Notes }) {
  const { findings } = view.site.edition;
  if (findings.length === 0) return null;
  const leads = findings.filter(({ lead }) => lead);
  const first = leads.length > 0 ? leads : findings.slice(0, 3);
  const others = findings.filter((finding) => !first.includes(finding));
  return (
    <section class="findings" aria-labelledby="findings">
      <h2 id="findings">{view.say('findings.title')}</h2>
      <div class="leads">
        {first.map((finding) => (
          <article>
            <h3>
              <a href={view.href(`${at.findings}#finding-${finding.id}`)}>
                <T view={view} of={view.texts.finding(finding.id, 'heading')} />
              </a>
            </h3>
            <Prose
              view={view}
              notes={notes}
              of={view.texts.finding(finding.id, 'text')}
              headings={4}
              finding={finding.id}
            />
          </article>
        ))}
      </div>
      {others.length > 0 ? (
        <ul class="others">
          {others.map((finding) => (
            <li>
              <a href={view.href(`${at.findings}#finding-${finding.id}`)}>
                <T view={view} of={view.texts.finding(finding.id, 'heading')} />
              </a>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
