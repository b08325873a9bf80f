import type { Neighbours, Robustness } from '#analysis/index';
import { at } from '../addresses.ts';
import { bandsOfGroup } from '../headline.ts';
import type { Page } from '../page.ts';
import { Name, T } from '../parts/text.tsx';
import type { Site } from '../site.ts';
import type { View } from '../view.ts';

/** How firm the ranking is: where companies stand if weights or answers were a little different, and what would swap them. */
export function firmnessPages(site: Site): Page[] {
  const { firmness } = site;
  if (!firmness) return [];
  return [
    {
      path: at.firmness,
      kind: 'firmness',
      title: (view) => view.say('firmness.title'),
      body: (view) => (
        <>
          <h1>{view.say('firmness.title')}</h1>
          <p class="standfirst">
            {view.say('firmness.about', { draws: firmness.settings.draws, count: firmness.settings.draws })}
          </p>
          <Intervals view={view} firmness={firmness} />
          <Bands view={view} firmness={firmness} />
          <Swaps view={view} firmness={firmness} />
          <LeftOut view={view} firmness={firmness} />
          <Ahead view={view} firmness={firmness} />
          <details>
            <summary>{view.say('firmness.technical')}</summary>
            <p>
              {view.say('firmness.made', {
                generator: firmness.generator.name,
                seed: firmness.generator.seed,
                used: firmness.scenarios.reduce((sum, { used }) => sum + used, 0),
                refused: firmness.scenarios.reduce((sum, { refused }) => sum + refused, 0),
              })}
            </p>
          </details>
        </>
      ),
    },
  ];
}

type Parts = { readonly view: View; readonly firmness: Robustness };

const rangeText = (low: number, high: number) => (low === high ? String(low) : `${low}–${high}`);
const percent = (share: number) => Math.round(share * 100);

/** A share in per cent as a language writes it; what happened at all is never printed as nothing. */
function shareText({ say }: View, share: number): string {
  if (share > 0 && share < 0.005) return say('percent.less-than-one');
  return say('percent', { share: share < 1 ? Math.min(99, percent(share)) : 100 });
}

function Company({ view, company }: { view: View; company: string }) {
  return (
    <a href={view.href(view.site.pageOf(company))}>
      <Name view={view} of={view.texts.company(company, 'name')} />
    </a>
  );
}

function Intervals({ view, firmness }: Parts) {
  const { say } = view;
  const { scenarios, ranking, settings, singleAnswers } = firmness;
  const summaries = scenarios.map(({ companies }) => new Map(companies.map((own) => [own.company, own])));
  const single = new Map(singleAnswers.map((own) => [own.company, own]));
  const all = summaries.at(-1);
  const groups = [...Map.groupBy(ranking, ({ group }) => group)];
  return (
    <>
      <ul>
        {scenarios.map(({ id }) => (
          <li>
            <b>{say(`firmness.${id}`)}</b>:{' '}
            {say(`firmness.${id}-about`, {
              spread: percent(settings.spread),
              chance: percent(settings.chance),
            })}
          </li>
        ))}
        <li>
          <b>{say('firmness.one')}</b>: {say('firmness.one-about')}
        </li>
      </ul>
      {groups.map(([group, rows], index) => (
        <>
          {group === '' ? null : <h2 id={`group-${index + 1}`}>{group}</h2>}
          <section class="scroll" tabindex={0} aria-label={group || say('firmness.title')}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{say('ranking.rank')}</th>
                  <th scope="col">{say('ranking.company')}</th>
                  {scenarios.map(({ id }) => (
                    <th scope="col">{say(`firmness.${id}`)}</th>
                  ))}
                  <th scope="col">{say('firmness.one')}</th>
                  <th scope="col">{say('firmness.first')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ company, best, worst }) => {
                  const own = single.get(company);
                  return (
                    <tr>
                      <td>
                        {view.site.isShared(company) ? `=${rangeText(best, worst)}` : rangeText(best, worst)}
                      </td>
                      <th scope="row">
                        <Company view={view} company={company} />
                      </th>
                      {summaries.map((scenario) => {
                        const summary = scenario.get(company);
                        return <td>{summary ? rangeText(summary.low, summary.high) : '–'}</td>;
                      })}
                      <td>{own ? rangeText(own.best, own.worst) : '–'}</td>
                      <td>{shareText(view, all?.get(company)?.first[1] ?? 0)}</td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </section>
        </>
      ))}
    </>
  );
}

function Bands({ view, firmness }: Parts) {
  if (!firmness.bands) return null;
  return (
    <>
      <h2 id="bands">{view.say('firmness.bands')}</h2>
      <p>{view.say('firmness.bands-about', { confidence: percent(firmness.settings.confidence) })}</p>
      {[...Map.groupBy(firmness.ranking, ({ group }) => group)].map(([group, rows]) => (
        <>
          {group === '' ? null : (
            <h3>
              <Name view={view} of={view.texts.original(group)} />
            </h3>
          )}
          <ol>
            {bandsOfGroup(view, rows)?.map((band) => (
              <li>
                {band.map((company, index) => (
                  <>
                    {index > 0 ? ', ' : ''}
                    <Company view={view} company={company} />
                  </>
                ))}
              </li>
            ))}
          </ol>
        </>
      ))}
    </>
  );
}

const MOST_PAIRS = 100;

function Swaps({ view, firmness }: Parts) {
  const { say } = view;
  if (firmness.neighbours.length === 0) return null;
  return (
    <>
      <h2 id="neighbours">{say('firmness.neighbours')}</h2>
      <p>{say('firmness.neighbours-about')}</p>
      <section class="scroll" tabindex={0} aria-labelledby="neighbours">
        <table>
          <thead>
            <tr>
              <th scope="col">{say('firmness.higher')}</th>
              <th scope="col">{say('firmness.lower')}</th>
              <th scope="col">{say('firmness.least-weights')}</th>
              <th scope="col">{say('firmness.fewest-answers')}</th>
              <th scope="col">{say('firmness.swapped')}</th>
            </tr>
          </thead>
          <tbody>
            {firmness.neighbours.slice(0, MOST_PAIRS).map((pair) => (
              <tr>
                <th scope="row">
                  <Company view={view} company={pair.higher} />
                </th>
                <td>
                  <Company view={view} company={pair.lower} />
                </td>
                <td>{pair.tied ? say('firmness.tied') : weightsText(view, pair.weights)}</td>
                <td>{pair.tied ? say('firmness.tied') : answersText(view, pair.answers)}</td>
                <td>{pair.overtakes === undefined ? '–' : shareText(view, pair.overtakes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function weightsText({ say }: View, swap: Neighbours['weights']): string {
  if (swap.state !== 'possible')
    return say(swap.state === 'impossible' ? 'firmness.no-weights' : 'firmness.not-computed');
  const [numerator = '0', denominator = '1'] = swap.share.split('/');
  return say('firmness.weights', { share: percent(Number(numerator) / Number(denominator)) });
}

function answersText({ say }: View, swap: Neighbours['answers']): string {
  if (swap.state === 'impossible') return say('firmness.no-answers');
  const better = swap.lowerUp ? say('firmness.better', { count: swap.lowerUp }) : '';
  const worse = swap.higherDown ? say('firmness.worse', { count: swap.higherDown }) : '';
  if (better && worse) return say('firmness.either', { better, worse });
  return better || worse || say('firmness.more-than-one');
}

const MOST_MEASURES = 40;

function LeftOut({ view, firmness }: Parts) {
  const { say, texts } = view;
  const used = firmness.leaveOneOut
    .flatMap((own) => (own.state === 'used' ? [own] : []))
    .toSorted((a, b) => b.shift.mean - a.shift.mean);
  if (used.length === 0) return null;
  return (
    <>
      <h2 id="left-out">{say('firmness.left-out')}</h2>
      <p>{say('firmness.left-out-about')}</p>
      <section class="scroll" tabindex={0} aria-labelledby="left-out">
        <table>
          <thead>
            <tr>
              <th scope="col">{say('firmness.measure')}</th>
              <th scope="col">{say('firmness.moving')}</th>
              <th scope="col">{say('firmness.furthest')}</th>
            </tr>
          </thead>
          <tbody>
            {used.slice(0, MOST_MEASURES).map(({ what, shift }) => (
              <tr>
                <th scope="row">
                  <a href={view.href(at.measure(what))}>
                    <T view={view} of={texts.measure(what, 'name')} />
                  </a>
                </th>
                <td>{shift.moved}</td>
                <td>{shift.most}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

const MOST_AHEAD = 30;

function Ahead({ view, firmness }: Parts) {
  const rows = firmness.dominance.filter(({ beats }) => beats.length > 0);
  if (rows.length === 0 || firmness.dominance.length > MOST_AHEAD) return null;
  return (
    <>
      <h2 id="ahead">{view.say('firmness.ahead')}</h2>
      <p>{view.say('firmness.ahead-about')}</p>
      <dl>
        {rows.map(({ company, beats }) => (
          <div>
            <dt>
              <Company view={view} company={company} />
            </dt>
            <dd>
              {beats.map((other, index) => (
                <>
                  {index > 0 ? ', ' : ''}
                  <Name view={view} of={view.texts.company(other, 'name')} />
                </>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
