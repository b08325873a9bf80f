import type { Company, Measure } from '#edition/index';
import { at } from '../addresses.ts';
import { withoutMarks } from '../feed.ts';
import { likelyRanks } from '../firmness.ts';
import type { Notes } from '../notes.ts';
import type { Page } from '../page.ts';
import { Bar } from '../parts/bar.tsx';
import { Caution } from '../parts/caution.tsx';
import { Credit } from '../parts/credit.tsx';
import { Facts } from '../parts/facts.tsx';
import { countryName, countryNameIn } from '../parts/filters.tsx';
import { Letters } from '../parts/letters.tsx';
import { Plan } from '../parts/next-levels.tsx';
import { Prose } from '../parts/prose.tsx';
import { placeInWords, rankText, Score } from '../parts/score.tsx';
import { Name, plainText, T } from '../parts/text.tsx';
import type { Site } from '../site.ts';
import type { Text } from '../texts.ts';
import type { View } from '../view.ts';
import { comparisonsOf } from './compare.tsx';

const nameOf = (view: View, company: Company) =>
  plainText(view.texts.company(company.id, 'name')?.value ?? company.id);

export function companyPages(site: Site): Page[] {
  return site.edition.companies.map((company) => ({
    path: site.pageOf(company.id),
    kind: 'company',
    title: (view) => nameOf(view, company),
    description: (view) => {
      return view.say('company.description', {
        company: nameOf(view, company),
        place: placeInWords(view, company.id),
        score: site.row(company.id)?.published ?? '–',
      });
    },
    picture: `cards/${company.id}`,
    body: (view, notes) => <CompanyPage view={view} notes={notes} company={company} />,
  }));
}

function CompanyPage({ view, notes, company }: { view: View; notes: Notes; company: Company }) {
  const { site, say, texts } = view;
  const services = site.servicesOf(company.id);
  const compared = comparisonsOf(site, company.id);
  return (
    <>
      <h1>
        <Name view={view} of={texts.company(company.id, 'name')} />
      </h1>
      <Caution view={view} />
      <Standing view={view} company={company.id} />
      <dl class="facts">
        {company.headquarters || company.country ? (
          <div>
            <dt>{say('filter.headquarters')}</dt>
            <dd>
              <Headquarters view={view} company={company} />
            </dd>
          </div>
        ) : null}
        {services.length > 0 ? (
          <div>
            <dt>{say('ranking.services')}</dt>
            <dd>
              {services.map((service, index) => (
                <>
                  {index > 0 ? ', ' : ''}
                  <a href={view.href(view.site.pageOf(service.id))}>
                    <Name view={view} of={texts.service(service.id, 'name')} />
                  </a>
                </>
              ))}
            </dd>
          </div>
        ) : null}
      </dl>
      {texts.company(company.id, 'note') ? (
        <p>
          <T view={view} of={texts.company(company.id, 'note')} />
        </p>
      ) : null}
      <Extremes view={view} company={company.id} />
      <Profile view={view} company={company} />
      <Beside view={view} company={company} />
      <p>
        <a href={view.href(at.raise(company.id))}>{say('raise.title', { company: nameOf(view, company) })}</a>
        {view.has(at.scorecard(company.id)) ? (
          <>
            {' · '}
            <a href={view.href(at.scorecard(company.id))}>{say('scorecard.link')}</a>
          </>
        ) : null}
      </p>
      <Prose view={view} notes={notes} of={texts.introduction(company.id)} headings={2} />
      <Letters view={view} notes={notes} company={company} />
      <Facts view={view} notes={notes} units={[company]} />
      {compared.length > 0 ? (
        <>
          <h2 id="compare">{say('compare.with')}</h2>
          <ul class="inline">
            {compared.map(({ path, others }) => (
              <li>
                <a href={view.href(path)}>
                  {others.map((other, index) => (
                    <>
                      {index > 0 ? ', ' : ''}
                      <Name view={view} of={texts.company(other, 'name')} />
                    </>
                  ))}
                </a>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </>
  );
}

/** What the edition writes, and the country in the language of the page, unless one says the other. */
function Headquarters({ view, company }: { view: View; company: Company }) {
  const written = view.texts.company(company.id, 'headquarters');
  const country = company.country ? countryName(view, company.country) : '';
  const inEdition = company.country ? countryNameIn(view.original.language, company.country) : '';
  if (country !== '' && (!written || written.value === inEdition || written.value === country))
    return <>{country}</>;
  const isSaid = country === '' || [country, inEdition].some((name) => written?.value.includes(name));
  return (
    <>
      <T view={view} of={written} />
      {isSaid ? null : `, ${country}`}
    </>
  );
}

/** What is published beside the total, and scores that were given without their parts. */
function Beside({ view, company }: { view: View; company: Company }) {
  const { site, say, texts } = view;
  const given = site.given(company.id);
  const line = (id: string, after = '') => {
    const score = site.scoreOf(company.id, id);
    const grade = site.gradeOn(company.id, id);
    return (
      <li>
        <a href={view.href(at.measure(id))}>
          <T view={view} of={texts.measure(id, 'name')} />
        </a>
        : <b>{score?.printed}</b>
        {grade === null ? null : ` (${grade})`}
        {after}
      </li>
    );
  };
  return (
    <>
      {site.beside.length > 0 ? (
        <>
          <h2>{say('company.beside')}</h2>
          <ul>{site.beside.map(({ id }) => line(id))}</ul>
        </>
      ) : null}
      {given.length > 0 ? (
        <>
          <h2>{say('company.given')}</h2>
          <ul>{given.map(({ measure, reason }) => line(measure, ` – ${plainText(reason)}`))}</ul>
        </>
      ) : null}
    </>
  );
}

/** Where a company stands, in words and among all totals. */
export function Standing({ view, company }: { view: View; company: string }) {
  const { site, say } = view;
  const row = site.row(company);
  const likely = likelyRanks(site.firmness, company);
  return (
    <>
      <p class="verdict">
        <b class="total">{row?.published}</b>{' '}
        {say('company.place', {
          place: placeInWords(view, company),
          maximum: site.total['out-of'] ?? 'none',
        })}
        {likely && likely[0] !== likely[1]
          ? ` ${say('company.likely', { low: likely[0], high: likely[1] })}`
          : null}
      </p>
      <Strip view={view} company={company} measure={site.total.id} />
    </>
  );
}

/** So many marks can be told apart on one strip. */
const MOST_MARKS = 400;

/** All scores on a measure on one line, one of them marked; the figures stand elsewhere. */
export function Strip({ view, company, measure }: { view: View; company: string; measure: string }) {
  const { site } = view;
  const group = site.row(company)?.group;
  const rivals = site.ranking.rows.filter((row) => row.group === group);
  if (rivals.length < 3 || rivals.length > MOST_MARKS) return null;
  const placeOf = (id: string) => {
    const bar = site.scoreOf(id, measure)?.bar;
    return bar && Math.min(100, bar.from + bar.width);
  };
  const own = placeOf(company);
  const others = new Set(
    rivals.flatMap((row) => (row.company === company ? [] : (placeOf(row.company) ?? []))),
  );
  return (
    <div class="strip" aria-hidden="true">
      {[...others].map((place) => (
        <span class={place > 0 ? `f${place}` : ''} />
      ))}
      {own === undefined ? null : <span class={`own${own > 0 ? ` f${own}` : ''}`} />}
    </div>
  );
}

/** On what a company does best and worst, by the share of what is attainable; nothing where all is alike. */
export function Extremes({ view, company }: { view: View; company: string }) {
  const { site, say, texts } = view;
  const scored = site.criteria.flatMap((measure) => {
    const share = site.scoreOf(company, measure.id)?.share;
    return share === undefined ? [] : [{ measure, share }];
  });
  const shares = scored.map(({ share }) => share);
  const [least, most] = [Math.min(...shares), Math.max(...shares)];
  if (scored.length < 2 || least === most) return null;
  const names = (share: number) =>
    scored
      .filter((own) => own.share === share)
      .slice(0, MOST_EXTREMES)
      .map(({ measure }, index) => (
        <>
          {index > 0 ? ', ' : ''}
          <T view={view} of={texts.measure(measure.id, 'name')} />
        </>
      ));
  return (
    <ul class="extremes">
      <li>
        <b>{say('company.strongest')}</b> {names(most)}
      </li>
      <li>
        <b>{say('company.weakest')}</b> {names(least)}
      </li>
    </ul>
  );
}

const MOST_EXTREMES = 3;

/** The scores on all criteria: each with its bar, the middle of all marked on it, its place, and the first of its reasons. */
export function Profile({ view, company, links = true }: { view: View; company: Company; links?: boolean }) {
  const { site, say, texts } = view;
  const branches = columnsAbove(site);
  return (
    <div class="scroll">
      <table class="profile stacked">
        <caption>{say('company.profile')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('measure.criterion')}</th>
            <th scope="col">{say('ranking.score')}</th>
            <th scope="col">{say('company.place-on-criterion')}</th>
            <th scope="col">{say('score.reasons')}</th>
          </tr>
        </thead>
        <tbody>
          {site.criteria.map((measure, index) => {
            const score = site.scoreOf(company.id, measure.id);
            const name = <T view={view} of={texts.measure(measure.id, 'name')} />;
            const reason = firstReason(view, company.id, measure.id);
            const above = branches[index];
            return (
              <>
                {above && above !== branches[index - 1] ? (
                  <tr class="branch">
                    <th scope="rowgroup">
                      <T view={view} of={texts.measure(above.id, 'name')} />
                    </th>
                    <td colspan={3}>
                      {site.scoreOf(company.id, above.id)?.printed}{' '}
                      {say('score.of', { maximum: site.scoreOf(company.id, above.id)?.maximum ?? '–' })}
                    </td>
                  </tr>
                ) : null}
                <tr>
                  <th scope="row">
                    {links ? <a href={view.href(at.score(company.id, measure.id))}>{name}</a> : name}
                  </th>
                  <td data-label={say('ranking.score')}>
                    {score ? <Score view={view} score={score} /> : '–'}
                    <Bar of={score?.bar} mark={site.medianOn(measure.id)} />
                  </td>
                  <td data-label={say('company.place-on-criterion')}>
                    {placeOnText(view, company.id, measure.id)}
                  </td>
                  <td>{reason ? <T view={view} of={reason} /> : null}</td>
                </tr>
              </>
            );
          })}
        </tbody>
        {site.criteria.some(({ id }) => site.medianOn(id) !== undefined) ? (
          <tfoot>
            <tr>
              <td colspan={4}>{say('company.median')}</td>
            </tr>
          </tfoot>
        ) : null}
      </table>
    </div>
  );
}

/** The branch just above each criterion, where it is not the total: its subtotal heads them. */
function columnsAbove(site: Site): (Measure | undefined)[] {
  return site.criteria.map(({ parent }) => {
    const above = site.measure(parent ?? '');
    return above === undefined || above === site.total || site.childrenOf(above.id).length < 2
      ? undefined
      : above;
  });
}

/** The rank on one measure, and with how many it is shared: a first place that eight share is none. */
function placeOnText(view: View, company: string, measure: string): string {
  const { site, say } = view;
  const rank = site.placeOn(measure, company);
  if (typeof rank !== 'number') return rankText(rank);
  const group = site.row(company)?.group;
  const sharing = site.ranking.rows.filter(
    (row) => row.group === group && site.placeOn(measure, row.company) === rank,
  ).length;
  return say('company.place-shared', { rank, sharing });
}

/** The first sentence of the reasons, without its citations; undefined where there is none. */
export function firstReason(view: View, company: string, measure: string): Text | undefined {
  const reasons = view.texts.section(company, measure) ?? view.texts.note(company, measure);
  if (!reasons) return undefined;
  const [paragraph = ''] = withoutMarks(reasons.value)
    .replace(/^\s*(?:[-*>#]+\s*)?/, '')
    .split(/\n\s*\n/);
  const text = paragraph.replace(/\s+/g, ' ').trim();
  const [sentence] = [...new Intl.Segmenter(reasons.language, { granularity: 'sentence' }).segment(text)];
  const value = sentence?.segment.trim() ?? '';
  return value === '' ? undefined : { value, language: reasons.language };
}

/** Companies have a scorecard of one page each, where they are no more than these. */
const MOST_SCORECARDS = 60;

/** One page about a company, to be printed and sent: where it stands, why, what it replied, and what would raise it. */
export function scorecardPages(site: Site): Page[] {
  if (site.edition.companies.length > MOST_SCORECARDS) return [];
  return site.edition.companies.map((company) => ({
    path: at.scorecard(company.id),
    kind: 'scorecard',
    frame: 'report',
    title: (view) => view.say('scorecard.title', { company: nameOf(view, company) }),
    body: (view) => (
      <div class="scorecard">
        <Credit view={view} />
        <h1>
          <a href={view.href(site.pageOf(company.id))}>
            <Name view={view} of={view.texts.company(company.id, 'name')} />
          </a>
        </h1>
        <Standing view={view} company={company.id} />
        <Profile view={view} company={company} links={false} />
        <Extremes view={view} company={company.id} />
        <h2>{view.say('raise.heading')}</h2>
        <Plan view={view} company={company} brief />
        <Caution view={view} />
      </div>
    ),
  }));
}

export function raisePages(site: Site): Page[] {
  return site.edition.companies.map((company) => ({
    path: at.raise(company.id),
    kind: 'raise',
    title: (view) => view.say('raise.title', { company: nameOf(view, company) }),
    description: (view) => view.say('raise.about', { company: nameOf(view, company) }),
    body: (view) => (
      <>
        <h1>{view.say('raise.title', { company: nameOf(view, company) })}</h1>
        <p class="standfirst">{view.say('raise.about', { company: nameOf(view, company) })}</p>
        <p>
          <a href={view.href(view.site.pageOf(company.id))}>
            <Name view={view} of={view.texts.company(company.id, 'name')} />
          </a>
        </p>
        <Plan view={view} company={company} />
      </>
    ),
  }));
}
