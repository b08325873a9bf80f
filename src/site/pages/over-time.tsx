import { rankAt } from '#scoring/index';
import { at } from '../addresses.ts';
import type { Page } from '../page.ts';
import { rankText } from '../parts/score.tsx';
import { Name, T } from '../parts/text.tsx';
import type { Earlier, Site } from '../site.ts';
import type { View } from '../view.ts';

/** The editions of a series side by side: only what is comparable, with every break marked. */
export function overTimePages(site: Site): Page[] {
  if (site.earlier.length === 0) return [];
  return [
    {
      path: at.overTime,
      kind: 'over-time',
      title: (view) => view.say('nav.over-time'),
      body: (view) => (
        <>
          <h1>{view.say('nav.over-time')}</h1>
          <p class="standfirst">{view.say('over-time.about')}</p>
          <Moved view={view} />
          <Ranks view={view} />
          {[site.total, ...site.criteria].map((measure) => (
            <Scores view={view} measure={measure.id} />
          ))}
          <Breaks view={view} />
        </>
      ),
    },
  ];
}

/** What is different from the edition before, first: totals and scores that moved, the largest steps first. */
function Moved({ view }: { view: View }) {
  const { site, say, texts } = view;
  const before = site.earlier.at(-1);
  if (!before) return null;
  const moves = site.ranking.rows.flatMap(({ company }) =>
    [site.total, ...site.criteria].flatMap((measure) => {
      if (!isComparable(before, measure.id)) return [];
      const [was, now] = [
        before.printedScore(company, measure.id),
        site.scoreOf(company, measure.id)?.printed,
      ];
      if (was === undefined || now === undefined || was === now) return [];
      return [{ company, measure: measure.id, was, now, by: Math.abs(Number(now) - Number(was)) || 0 }];
    }),
  );
  return (
    <>
      <h2 id="moved">{say('over-time.moved')}</h2>
      {moves.length === 0 ? <p>{say('over-time.nothing-moved')}</p> : null}
      <ul>
        {moves
          .toSorted((a, b) => b.by - a.by)
          .slice(0, MOST_MOVES)
          .map(({ company, measure, was, now }) => (
            <li>
              <a href={view.href(view.site.pageOf(company))}>
                <Name view={view} of={texts.company(company, 'name')} />
              </a>
              , <T view={view} of={texts.measure(measure, 'name')} />: {was} → <b>{now}</b>
            </li>
          ))}
      </ul>
    </>
  );
}

const MOST_MOVES = 100;

function editionName(view: View, earlier: Earlier) {
  return <T view={view} of={view.texts.original(earlier.scored.edition.meta.title)} />;
}

function Heads({ view }: { view: View }) {
  return (
    <thead>
      <tr>
        <th scope="col">{view.say('ranking.company')}</th>
        {view.site.earlier.map((earlier) => (
          <th scope="col">{editionName(view, earlier)}</th>
        ))}
        <th scope="col">
          <T view={view} of={view.texts.title} />
        </th>
      </tr>
    </thead>
  );
}

function Ranks({ view }: { view: View }) {
  const { site, say } = view;
  return (
    <>
      <h2 id="ranks">{say('over-time.ranks')}</h2>
      <section class="scroll" tabindex={0} aria-labelledby="ranks">
        <table>
          <Heads view={view} />
          <tbody>
            {site.ranking.rows.map(({ company, rank }) => (
              <tr>
                <CompanyHead view={view} company={company} />
                {site.earlier.map(({ scored, comparison }) => {
                  const index = scored.edition.companies.findIndex(({ id }) => id === company);
                  return (
                    <td>
                      {!comparison.ranksComparable
                        ? say('over-time.break')
                        : index < 0
                          ? say('over-time.absent')
                          : rankText(rankAt(scored.ranks, index))}
                    </td>
                  );
                })}
                <td>{rankText(rank)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function CompanyHead({ view, company }: { view: View; company: string }) {
  return (
    <th scope="row">
      <a href={view.href(view.site.pageOf(company))}>
        <Name view={view} of={view.texts.company(company, 'name')} />
      </a>
    </th>
  );
}

function Scores({ view, measure }: { view: View; measure: string }) {
  const { site, say, texts } = view;
  const id = `m-${measure}`;
  return (
    <>
      <h2 id={id}>
        <a href={view.href(at.measure(measure))}>
          <T view={view} of={texts.measure(measure, 'name')} />
        </a>
      </h2>
      <section class="scroll" tabindex={0} aria-labelledby={id}>
        <table>
          <Heads view={view} />
          <tbody>
            {site.ranking.rows.map(({ company }) => (
              <tr>
                <CompanyHead view={view} company={company} />
                {site.earlier.map((earlier) => (
                  <td>
                    {isComparable(earlier, measure)
                      ? (earlier.printedScore(company, measure) ?? say('over-time.absent'))
                      : say('over-time.break')}
                  </td>
                ))}
                <td>{site.scoreOf(company, measure)?.printed ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function isComparable({ comparison }: Earlier, measure: string): boolean {
  const status = comparison.measures.find((own) => own.measure === measure)?.status;
  return status === 'same' || status === 'reworded';
}

/** What cannot be compared, and why. */
function Breaks({ view }: { view: View }) {
  const { site, say, texts } = view;
  return (
    <>
      <h2 id="breaks">{say('over-time.breaks')}</h2>
      {site.earlier.map((earlier) => {
        const broken = earlier.comparison.measures.filter(({ status }) => status !== 'same');
        const { added, removed } = earlier.comparison.units;
        return (
          <section>
            <h3>{editionName(view, earlier)}</h3>
            {broken.length + added.length + removed.length === 0 ? <p>{say('over-time.no-breaks')}</p> : null}
            <ul>
              {broken.map(({ measure, status, why }) => (
                <li>
                  <T view={view} of={texts.measure(measure, 'name') ?? texts.original(measure)} />:{' '}
                  {say(`over-time.${status as 'changed'}`)}
                  {why.length > 0 ? (
                    <>
                      {' '}
                      (<T view={view} of={{ value: why.join('; '), language: 'en' }} />)
                    </>
                  ) : null}
                </li>
              ))}
              {added.map((unit) => (
                <li>
                  <Name view={view} of={texts.company(unit, 'name') ?? texts.service(unit, 'name')} />:{' '}
                  {say('over-time.unit-added')}
                </li>
              ))}
              {removed.map((unit) => (
                <li>
                  {unit}: {say('over-time.unit-removed')}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </>
  );
}
