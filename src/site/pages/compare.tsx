import type { Company } from '#edition/index';
import { at } from '../addresses.ts';
import type { Page } from '../page.ts';
import { rankText, ScoreCell } from '../parts/score.tsx';
import { Name, plainText, T } from '../parts/text.tsx';
import type { Site } from '../site.ts';
import type { View } from '../view.ts';

/** Up to so many companies, every pair has a page; of more, each company has one with its neighbours in the ranking. */
const MOST_FOR_PAIRS = 20;
/** Up to so many companies, one page lets readers choose which to put side by side. */
const MOST_FOR_PICKER = 60;
const NEIGHBOURS = 3;

/** Where a company is compared, and with whom. */
export function comparisonsOf(
  site: Site,
  company: string,
): readonly { path: string; others: readonly string[] }[] {
  const { companies } = site.edition;
  if (companies.length < 2) return [];
  if (companies.length > MOST_FOR_PAIRS)
    return [{ path: at.compareNeighbours(company), others: neighboursOf(site, company) }];
  const own = companies.findIndex(({ id }) => id === company);
  return companies.flatMap(({ id }, index) =>
    index === own
      ? []
      : [{ path: index < own ? at.comparePair(id, company) : at.comparePair(company, id), others: [id] }],
  );
}

/** The three companies nearest in the ranking. */
function neighboursOf(site: Site, company: string): string[] {
  const group = site.row(company)?.group;
  const rows = site.ranking.rows.filter((row) => row.group === group);
  const place = rows.findIndex((row) => row.company === company);
  const from = Math.max(0, Math.min(place - 1, rows.length - NEIGHBOURS - 1));
  return rows
    .slice(from, from + NEIGHBOURS + 1)
    .flatMap((row) => (row.company === company ? [] : [row.company]));
}

export function comparePages(site: Site): Page[] {
  const { companies } = site.edition;
  if (companies.length < 2) return [];
  const picker: Page[] = companies.length <= MOST_FOR_PICKER ? [pickerPage(site)] : [];
  if (companies.length > MOST_FOR_PAIRS)
    return [
      ...picker,
      ...companies.map((company) =>
        sideBySide(site, at.compareNeighbours(company.id), [company.id, ...neighboursOf(site, company.id)]),
      ),
    ];
  const pairs = companies.flatMap((a, index) =>
    companies.slice(index + 1).map((b) => sideBySide(site, at.comparePair(a.id, b.id), [a.id, b.id])),
  );
  return [...picker, ...pairs];
}

function sideBySide(site: Site, path: string, ids: readonly string[]): Page {
  const companies = ids.flatMap((id) => site.company(id) ?? []);
  const title = (view: View) =>
    view.say('compare.title', {
      companies: new Intl.ListFormat(view.language).format(
        companies.map(({ id, name }) => plainText(view.texts.company(id, 'name')?.value ?? name)),
      ),
    });
  return {
    path,
    kind: 'compare-pair',
    title,
    body: (view) => (
      <>
        <h1>{title(view)}</h1>
        <Comparison view={view} companies={companies} />
        {view.has(at.compare) ? (
          <p>
            <a href={view.href(at.compare)}>{view.say('compare.others')}</a>
          </p>
        ) : null}
      </>
    ),
  };
}

function pickerPage(site: Site): Page {
  const { companies } = site.edition;
  return {
    path: at.compare,
    kind: 'compare',
    title: (view) => view.say('nav.compare'),
    body: (view) => (
      <>
        <h1>{view.say('nav.compare')}</h1>
        <div class="filters picker">
          <fieldset>
            <legend>{view.say('compare.choose')}</legend>
            {companies.map((company, index) => (
              <label>
                <input type="checkbox" id={`c-${index}`} />{' '}
                <Name view={view} of={view.texts.company(company.id, 'name')} />
              </label>
            ))}
          </fieldset>
          <a href={view.href(at.compare)}>{view.say('compare.reset')}</a>
        </div>
        <p class="hint">{view.say('compare.hint')}</p>
        <Comparison view={view} companies={companies} picked />
      </>
    ),
  };
}

/** Companies side by side, a column each. */
function Comparison({
  view,
  companies,
  picked = false,
}: {
  view: View;
  companies: readonly Company[];
  picked?: boolean;
}) {
  const { site, say, texts } = view;
  const column = (index: number) => (picked ? { class: `c${index}` } : {});
  return (
    <section class={picked ? 'scroll picked' : 'scroll'} tabindex={0} aria-label={say('table.region')}>
      <table class="compare">
        <thead>
          <tr>
            <td />
            {companies.map((company, index) => (
              <th scope="col" {...column(index)}>
                <a href={view.href(view.site.pageOf(company.id))}>
                  <Name view={view} of={texts.company(company.id, 'name')} />
                </a>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{say('ranking.rank')}</th>
            {companies.map((company, index) => (
              <td {...column(index)}>{rankText(site.row(company.id)?.rank ?? null)}</td>
            ))}
          </tr>
          <tr>
            <th scope="row">{say('ranking.score')}</th>
            {companies.map((company, index) => (
              <td {...column(index)}>
                <b>{site.row(company.id)?.published}</b>
              </td>
            ))}
          </tr>
          {site.criteria.map((measure) => (
            <tr>
              <th scope="row">
                <a href={view.href(at.measure(measure.id))}>
                  <T view={view} of={texts.measure(measure.id, 'name')} />
                </a>
              </th>
              {companies.map((company, index) => (
                <ScoreCell
                  view={view}
                  company={company.id}
                  measure={measure.id}
                  {...(picked ? { column: `c${index}` } : {})}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The rules of the style sheet that show the companies chosen, and only those. */
export function pickerStyles(site: Site): string {
  const { companies } = site.edition;
  if (companies.length > MOST_FOR_PICKER || companies.length < 2) return '';
  const shown = companies.map((_, index) => `main:has(#c-${index}:checked) .picked .c${index}`).join(',\n');
  return `main:has(.picker :checked) .picked :is(${companies.map((_, index) => `.c${index}`).join(',')}){display:none}\n${shown}{display:table-cell}`;
}
