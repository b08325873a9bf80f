import type { Company, Measure } from '#edition/index';
import { amountOf, type RankingRow } from '#scoring/index';
import { at } from '../addresses.ts';
import { likelyRanks } from '../firmness.ts';
import type { Page } from '../page.ts';
import { numbersOf, pagesOf, ROWS_PER_PAGE } from '../paging.ts';
import { FilterForm, filterClasses, filtersOf } from '../parts/filters.tsx';
import { AsOf } from '../parts/layout.tsx';
import { Prose } from '../parts/prose.tsx';
import { Bar, rankText, ScoreCell } from '../parts/score.tsx';
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
          script: number === 1 && place.of === 1,
          title: (view) => (first ? view.texts.title.value : sortedTitle(view, place)),
          ...(first ? { description: (view) => summaryOf(view) } : {}),
          body: (view, notes) => (
            <>
              <h1>{first ? <T view={view} of={view.texts.title} /> : sortedTitle(view, place)}</h1>
              <p class="standfirst">{summaryOf(view)}</p>
              <p class="as-of">
                <AsOf view={view} /> <a href={view.href(at.about)}>{view.say('about.does-not-say-link')}</a>
              </p>
              <RankingTable view={view} place={place} />
              {first ? <FindingsList view={view} notes={notes} /> : null}
            </>
          ),
        };
      });
    }),
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

/** What the ranking found, in a few words made from its figures; what is not certain yet is said to be open. */
export function summaryOf(view: View): string {
  const { site, say } = view;
  const ranked = site.ranking.rows.filter((row) => row.rank !== null);
  if (ranked.length === 0) return say('ranking.nobody');
  const groups = [...Map.groupBy(ranked, ({ group }) => group)];
  const sentences = groups.map(([group, own]) => {
    const sentence = [endsOf(view, own), ...(own.length > 1 ? [halfOf(view, own)] : [])].join(' ');
    return group === '' ? sentence : say('ranking.group', { group, sentence });
  });
  return sentences.join(' ');
}

/** Who comes first and who last, of those who are ranked together. */
function endsOf(view: View, ranked: readonly RankingRow[]): string {
  const { site, say } = view;
  const [first, last] = [ranked[0], ranked.at(-1)];
  if (!first || !last) return say('ranking.nobody');
  const nameOf = (row: RankingRow) => view.texts.company(row.company, 'name')?.value ?? row.company;
  const figures = {
    first: nameOf(first),
    score: first.published,
    maximum: site.scoreOf(first.company, site.total.id)?.maximum ?? '',
    count: ranked.length,
  };
  const sharing = (row: RankingRow) => ranked.filter((own) => own.rank === row.rank).length;
  const ties = sharing(first);
  const isCertain = (row: RankingRow) => typeof row.rank === 'number';
  const lead =
    ranked.length === 1
      ? say('ranking.only', figures)
      : !isCertain(first)
        ? say('ranking.first-open')
        : ties === ranked.length
          ? say('ranking.all-equal', figures)
          : say('ranking.first', { ...figures, ties });
  return ranked.length > 1 && ties < ranked.length && isCertain(last)
    ? `${lead} ${say('ranking.last', { last: nameOf(last), ties: sharing(last), score: last.published })}`
    : lead;
}

/** How many companies reach half of what they could; from how many to how many, where missing answers leave it open. */
function halfOf({ site, say }: View, ranked: readonly RankingRow[]): string {
  const reach = (end: 'low' | 'high') =>
    ranked.filter(({ company }) => {
      const score = site.scored.scores.of(company, site.total.id);
      return score?.kind === 'interval' && score[end].mul(2).compare(score.max) >= 0;
    }).length;
  const [from, to] = [reach('low'), reach('high')];
  return from === to
    ? say('ranking.half', { half: from, count: ranked.length })
    : say('ranking.half-open', { from, to, count: ranked.length });
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
  return (
    <div class="ranking">
      <h2 id="table-title" class="quiet">
        {say('ranking.table-title')}
      </h2>
      <FilterForm view={view} filters={filters} />
      <section class="scroll" tabindex={0} aria-labelledby="table-title">
        <table class="sortable">
          <thead>
            <tr>
              <Head view={view} place={place} of={{ kind: 'rank' }} />
              <Head view={view} place={place} of={{ kind: 'company' }} />
              <Head view={view} place={place} of={{ kind: 'score' }} />
              {site.columns.map((measure) => (
                <Head view={view} place={place} of={{ kind: 'measure', measure }} />
              ))}
              {site.edition.services.length > 0 ? <th scope="col">{say('ranking.services')}</th> : null}
            </tr>
          </thead>
          <tbody>
            {place.rows.map((company) => (
              <Row view={view} company={company} classes={filterClasses(site, filters, company)} />
            ))}
          </tbody>
        </table>
      </section>
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
        {rankText(row?.rank ?? null)}
        <Likely view={view} company={company.id} />
      </td>
      <th scope="row">
        <a href={view.href(view.site.pageOf(company.id))}>
          <Name view={view} of={view.texts.company(company.id, 'name')} />
        </a>
        {row?.group ? (
          <small class="group">
            <Name view={view} of={{ value: row.group, language: site.edition.meta.languages[0] ?? 'en' }} />
          </small>
        ) : null}
      </th>
      <td class="total">
        <b>{row?.published}</b>
        {row?.apart ? <small> ({row.apart})</small> : null}
        <Bar share={score?.share} />
      </td>
      {site.columns.map((measure) => (
        <ScoreCell view={view} company={company.id} measure={measure.id} />
      ))}
      {site.edition.services.length > 0 ? (
        <td class="services">
          {site.servicesOf(company.id).map((service, index) => (
            <>
              {index > 0 ? ', ' : ''}
              <a href={view.href(view.site.pageOf(service.id))}>
                <Name view={view} of={view.texts.service(service.id, 'name')} />
              </a>
            </>
          ))}
        </td>
      ) : null}
    </tr>
  );
}

/** Where a company stands nine times out of ten, beside its rank. */
function Likely({ view, company }: { view: View; company: string }) {
  const likely = likelyRanks(view.site.firmness, company);
  if (!likely) return null;
  const range = likely[0] === likely[1] ? String(likely[0]) : likely.join('–');
  return (
    <small class="likely" title={view.say('ranking.likely-label', { range })}>
      {range}
    </small>
  );
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

function FindingsList({ view, notes }: { view: View; notes: Parameters<Page['body']>[1] }) {
  const { findings } = view.site.edition;
  if (findings.length === 0) return null;
  return (
    <section class="findings" aria-labelledby="findings">
      <h2 id="findings">{view.say('findings.title')}</h2>
      {findings.map((finding) => (
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
    </section>
  );
}
