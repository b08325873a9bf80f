import type { Measure } from '#edition/index';
import { aheadWhatever, reweigh, type Weighed } from '#scoring/reweigh';
import { at } from '../addresses.ts';
import type { Page } from '../page.ts';
import { Caution } from '../parts/caution.tsx';
import { rankText } from '../parts/score.tsx';
import { Name, plainText, T } from '../parts/text.tsx';
import type { Site } from '../site.ts';
import type { View } from '../view.ts';

/** The most that a slider gives; weights are whole numbers. */
const MOST_WEIGHT = 100;
/** Up to so many companies are ranked again as a slider moves. */
const MOST_COMPANIES = 3_000;
/** Examples are shown for so many companies, and pairs that never change for so many. */
const MOST_SHOWN = 60;
const MOST_NEVER = 12;

interface Weighing {
  readonly measures: readonly Measure[];
  /** In the order of the ranking. */
  readonly companies: readonly { readonly id: string; readonly weighed: Weighed }[];
  /** The weights that give the ranking as it is. */
  readonly weights: readonly number[];
}

/** The ranking under weights of one’s own. There is such a page only where the criteria, weighed, give the ranking exactly as it is. */
export function weightsPages(site: Site): Page[] {
  const weighing = weighingOf(site);
  if (!weighing) return [];
  return [
    {
      path: at.weights,
      kind: 'weights',
      scripts: ['weights.js'],
      title: (view) => view.say('nav.weights'),
      description: (view) => view.say('weights.about'),
      body: (view) => <Weights view={view} weighing={weighing} />,
    },
  ];
}

/** What is weighed, if weights on the criteria reproduce every rank; undefined otherwise. */
export function weighingOf(site: Site): Weighing | undefined {
  const { columns, scored, ranking } = site;
  if (columns.length < 2 || ranking.rows.length < 2 || ranking.rows.length > MOST_COMPANIES) return undefined;
  const groups = [...new Set(ranking.rows.map(({ group }) => group))];
  const companies = ranking.rows.map(({ company, group }) => {
    const points = columns.map(({ id }) => {
      const score = scored.scores.of(company, id);
      if (score?.kind !== 'interval') return null;
      return [score.low, score.high, score.max] as const;
    });
    return { id: company, group: groups.indexOf(group), points };
  });
  const denominators = companies.flatMap(({ points }) =>
    points.flatMap((own) => own?.map((value) => BigInt(value.d)) ?? []),
  );
  const common = denominators.reduce((all, own) => (all * own) / gcd(all, own), 1n);
  if (common > 1_000_000n) return undefined;
  const whole = companies.map(({ id, group, points }) => ({
    id,
    weighed: {
      group,
      points: points.map((own) => {
        if (!own) return null;
        const [low, high, most] = own.map((value) => Number(value.mul(common.toString()).valueOf()));
        return [low ?? 0, high ?? 0, most ?? 0] as const;
      }),
    },
  }));
  const weights = columns.map(() => 50);
  const again = reweigh(
    whole.map(({ weighed }) => weighed),
    weights,
  );
  const isSame = ranking.rows.every((row, index) => {
    const [best, worst] = typeof row.rank === 'number' ? [row.rank, row.rank] : (row.rank ?? [0, 0]);
    return again[index]?.best === best && again[index]?.worst === worst;
  });
  return isSame ? { measures: columns, companies: whole, weights } : undefined;
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));

function Weights({ view, weighing }: { view: View; weighing: Weighing }) {
  const { say, texts } = view;
  const { measures, companies, weights } = weighing;
  const base = reweigh(
    companies.map(({ weighed }) => weighed),
    weights,
  );
  return (
    <>
      <h1>{say('nav.weights')}</h1>
      <p class="standfirst">{say('weights.about')}</p>
      <Caution view={view} />
      <div
        class="weights needs-script"
        hidden
        data-percent={say('percent', { share: '{n}' })}
        data-same={say('weights.same')}
        data-none={say('weights.none')}
        data-up={say('weights.up', { name: '{name}', n: '{n}' })}
        data-down={say('weights.down', { name: '{name}', n: '{n}' })}
      >
        {measures.map((measure, index) => (
          <label>
            <span>
              <T view={view} of={texts.measure(measure.id, 'name')} />
            </span>
            <input type="range" min="0" max={MOST_WEIGHT} value={String(weights[index])} autocomplete="off" />
            <span class="share" />
          </label>
        ))}
        <button type="button">{say('weights.reset')}</button>
      </div>
      <p class="weights-said needs-script" role="status" hidden />
      <section class="scroll" tabindex={0} aria-label={say('nav.ranking')}>
        <table class="weighed">
          <thead>
            <tr>
              <th scope="col">{say('ranking.rank')}</th>
              <th scope="col">{say('ranking.company')}</th>
              <th scope="col">{say('ranking.score')}</th>
              <th scope="col">{say('weights.moved')}</th>
            </tr>
          </thead>
          <tbody>
            {companies.map(({ id, weighed }, index) => (
              <tr data-weighed={JSON.stringify(weighed)}>
                <td class="rank">{rankOf(base[index])}</td>
                <th scope="row">
                  <a href={view.href(view.site.pageOf(id))}>
                    <Name view={view} of={texts.company(id, 'name')} />
                  </a>
                </th>
                <td>{view.site.row(id)?.published}</td>
                <td />
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Examples view={view} weighing={weighing} />
      <Never view={view} weighing={weighing} />
    </>
  );
}

const rankOf = (own: { best: number; worst: number } | undefined) =>
  own === undefined || own.best === 0
    ? '–'
    : rankText(own.best === own.worst ? own.best : [own.best, own.worst]);

/** A few sets of weights, worked out beforehand: each criterion alone, and each left out. */
function Examples({ view, weighing }: { view: View; weighing: Weighing }) {
  const { say, texts } = view;
  const { measures, companies, weights } = weighing;
  if (companies.length > MOST_SHOWN) return null;
  const weighed = companies.map((own) => own.weighed);
  const name = (measure: Measure) =>
    plainText((texts.measure(measure.id, 'short') ?? texts.measure(measure.id, 'name'))?.value ?? measure.id);
  const sets = [
    ...measures.map((measure, index) => ({
      title: say('weights.only', { measure: name(measure) }),
      weights: weights.map((weight, place) => (place === index ? weight : 0)),
    })),
    ...measures.map((measure, index) => ({
      title: say('weights.without', { measure: name(measure) }),
      weights: weights.map((weight, place) => (place === index ? 0 : weight)),
    })),
  ].map((set) => ({ ...set, ranks: reweigh(weighed, set.weights) }));
  return (
    <>
      <h2 id="examples">{say('weights.sets')}</h2>
      <section class="scroll" tabindex={0} aria-labelledby="examples">
        <table class="compare">
          <thead>
            <tr>
              <th scope="col">{say('ranking.company')}</th>
              <th scope="col">{say('weights.reset')}</th>
              {sets.map(({ title }) => (
                <th scope="col">{title}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {companies.map(({ id }, index) => (
              <tr>
                <th scope="row">
                  <Name view={view} of={texts.company(id, 'name')} />
                </th>
                <td>{rankText(view.site.row(id)?.rank ?? null)}</td>
                {sets.map(({ ranks }) => (
                  <td>{rankOf(ranks[index])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

/** Of those next to each other, who stays ahead whatever the weights. */
function Never({ view, weighing: { companies } }: { view: View; weighing: Weighing }) {
  const { say, texts } = view;
  const name = (id: string) => plainText(texts.company(id, 'name')?.value ?? id);
  const pairs = companies.flatMap((higher, index) => {
    const lower = companies.slice(index + 1).find((own) => aheadWhatever(higher.weighed, own.weighed));
    return lower ? [{ higher: name(higher.id), lower: name(lower.id) }] : [];
  });
  if (pairs.length === 0) return null;
  return (
    <>
      <h2 id="never">{say('weights.never')}</h2>
      <ul>
        {pairs.slice(0, MOST_NEVER).map((pair) => (
          <li>{say('weights.never-about', pair)}</li>
        ))}
      </ul>
    </>
  );
}
