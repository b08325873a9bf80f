import type { Scored } from '#scoring/index';
import {
  type Alternative,
  leaveOneOut,
  otherAggregations,
  otherMissingRules,
  otherRoundings,
  otherWeights,
  type WeightSet,
} from './alternatives.ts';
import { type AnswerSwap, answerSwap } from './answer-swap.ts';
import { type DrawJob, MOST_COMPANIES, type RankCounts, type RatedCell, type Uncertainty } from './draws.ts';
import { dominance, openRanks, rankedBranch, type WeightSwap, weightSwap } from './exact-statements.ts';
import { laddersOf } from './ladders.ts';
import { makeNominal, type Nominal } from './nominal.ts';
import { GENERATOR } from './random.ts';
import { bandsOf, type RankSummary, summarise } from './rank-summary.ts';
import { noisyNodes, type Sensitivity, sensitivity } from './sensitivity.ts';
import { singleAnswers, stepGains } from './single-answers.ts';

/** How firm a ranking is: everything that is asked of it, as plain data. */
export interface Robustness {
  readonly edition: string;
  readonly generator: { readonly name: string; readonly seed: number };
  readonly settings: Omit<RobustnessSettings, 'ratings' | 'weightSets'>;
  /** The ranking as it is, exactly. */
  readonly ranking: readonly {
    readonly company: string;
    readonly name: string;
    readonly group: string;
    readonly best: number;
    readonly worst: number;
  }[];
  readonly scenarios: readonly Scenario[];
  readonly leaveOneOut: readonly Alternative[];
  readonly alternatives: readonly Alternative[];
  readonly singleAnswers: readonly {
    readonly company: string;
    readonly changes: number;
    readonly moving: number;
    readonly best: number;
    readonly worst: number;
  }[];
  /** What nobody assessed filled every way: exact best and worst ranks of those it matters to. */
  readonly open: readonly { readonly company: string; readonly best: number; readonly worst: number }[];
  readonly dominance: readonly {
    readonly company: string;
    readonly beats: readonly string[];
    readonly beatenBy: readonly string[];
  }[];
  readonly dominanceOver: readonly string[];
  readonly neighbours: readonly Neighbours[];
  /** Ids of companies, best first; those of one band cannot be told apart. Undefined where there are too many to compare each with each. */
  readonly bands: readonly (readonly string[])[] | undefined;
  readonly sensitivity: Sensitivity;
}

export interface Scenario {
  readonly id: 'any-weights' | 'noisy-weights' | 'answers' | 'open' | 'raters' | 'all';
  readonly draws: number;
  readonly used: number;
  readonly refused: number;
  readonly failed: number;
  readonly companies: readonly RankSummary[];
  /** `wins[a][b]`: the share of draws in which a has a better rank than b, by the order of `companies`; only for few. */
  readonly wins: readonly (readonly number[])[] | undefined;
}

export interface Neighbours {
  readonly higher: string;
  readonly lower: string;
  /** Whether they share a rank as it is. */
  readonly tied: boolean;
  readonly weights: WeightSwap;
  readonly answers: AnswerSwap;
  /** The share of draws of everything at once in which the lower is ahead. */
  readonly overtakes: number | undefined;
}

export interface RobustnessSettings {
  readonly seed: number;
  readonly draws: number;
  /** Weights vary by up to this share either way. */
  readonly spread: number;
  /** The chance that an answer is a level off. */
  readonly chance: number;
  /** For which k the probability of being among the first k is given. */
  readonly among: readonly number[];
  /** Bands are told apart in at least this share of draws. */
  readonly confidence: number;
  readonly sensitivityPoints: number;
  readonly resamples: number;
  readonly weightSets: readonly WeightSet[];
  /** Answers that raters disagree on, to be drawn from theirs. */
  readonly ratings: readonly RatedCell[];
}

export const DEFAULT_SETTINGS: RobustnessSettings = {
  seed: 1,
  draws: 10_000,
  spread: 0.25,
  chance: 0.1,
  among: [1, 3],
  confidence: 0.95,
  sensitivityPoints: 256,
  resamples: 200,
  weightSets: [],
  ratings: [],
};

/** There are too many companies for what was asked. */
export class TooManyError extends Error {}

/** Does the draws of a job: in this process, or spread over several. */
export type Runner = (job: DrawJob) => RankCounts | Promise<RankCounts>;

/**
 * Everything that can be said about how firm a ranking is.
 * @throws TooManyError for more companies than distributions are kept for
 */
export async function robustness(
  scored: Scored,
  settings: RobustnessSettings,
  run: Runner,
): Promise<Robustness> {
  const { edition } = scored;
  if (edition.companies.length > MOST_COMPANIES)
    throw new TooManyError(
      `There are ${edition.companies.length} companies; rank distributions are kept for ${MOST_COMPANIES} at most.`,
    );
  const nominal = makeNominal(scored);
  const idOf = (company: number) => edition.companies[company]?.id ?? '';
  const gains = stepGains(nominal);
  const scenarios: { readonly scenario: Scenario; readonly counts: RankCounts }[] = [];
  for (const { id, uncertainties } of plans(nominal, settings)) {
    const counts = await run({
      model: nominal.model,
      uncertainties,
      seed: settings.seed,
      draws: settings.draws,
    });
    scenarios.push({ scenario: scenarioOf(id, counts, nominal, settings), counts });
  }
  const everything = scenarios.find(({ scenario }) => scenario.id === 'all');
  const ahead = dominance(scored);
  const { ratings: _ratings, weightSets: _sets, ...shown } = settings;
  return {
    edition: edition.meta.id,
    generator: { name: GENERATOR, seed: settings.seed },
    settings: shown,
    ranking: rankingAsIs(nominal),
    scenarios: scenarios.map(({ scenario }) => scenario),
    leaveOneOut: leaveOneOut(nominal),
    alternatives: [
      ...otherWeights(nominal, settings.weightSets),
      ...otherAggregations(nominal),
      ...otherRoundings(nominal),
      ...otherMissingRules(nominal),
    ],
    singleAnswers: singleAnswers(nominal, gains).map(({ company, ...rest }) => ({
      company: idOf(company),
      ...rest,
    })),
    open: openRanks(scored),
    dominance: ahead
      ? nominal.order.map((company) => ({
          company: idOf(company),
          beats: ahead.beats[company]?.map(idOf) ?? [],
          beatenBy: ahead.beatenBy[company]?.map(idOf) ?? [],
        }))
      : [],
    dominanceOver: ahead?.over ?? [],
    neighbours: neighboursOf(nominal, gains, everything?.counts),
    bands:
      everything &&
      bandsOf(everything.counts, nominal.order, nominal.model.groups, settings.confidence)?.map((band) =>
        band.map(idOf),
      ),
    sensitivity: sensitivity(nominal, { ...settings, points: settings.sensitivityPoints }),
  };
}

function rankingAsIs({ order, scored }: Nominal): Robustness['ranking'] {
  const { edition, ranks } = scored;
  const isGrouped = edition.methodology.ranking.within === 'group';
  return order.map((company) => ({
    company: edition.companies[company]?.id ?? '',
    name: edition.companies[company]?.name ?? '',
    group: isGrouped ? (edition.companies[company]?.group ?? '') : '',
    best: ranks.best[company] ?? 0,
    worst: ranks.worst[company] ?? 0,
  }));
}

/** Which uncertainties there are to draw from, each alone and then all at once. */
function plans({ model, scored }: Nominal, settings: RobustnessSettings) {
  const ladders = laddersOf(scored);
  const noise: Uncertainty = { kind: 'noise', nodes: noisyNodes(model), spread: settings.spread };
  const answers: Uncertainty[] =
    ladders.length > 0 ? [{ kind: 'answers', chance: settings.chance, ladders }] : [];
  const open: Uncertainty[] = model.isOpen ? [{ kind: 'open', ladders }] : [];
  const raters: Uncertainty[] =
    settings.ratings.length > 0 ? [{ kind: 'raters', cells: settings.ratings }] : [];
  const all: { readonly id: Scenario['id']; readonly uncertainties: readonly Uncertainty[] }[] = [
    {
      id: 'any-weights',
      uncertainties: rankedBranch(scored) ? [{ kind: 'simplex', node: model.total }] : [],
    },
    { id: 'noisy-weights', uncertainties: noise.nodes.length > 0 ? [noise] : [] },
    { id: 'answers', uncertainties: answers },
    { id: 'open', uncertainties: open },
    { id: 'raters', uncertainties: raters },
    {
      id: 'all',
      uncertainties: [...(noise.nodes.length > 0 ? [noise] : []), ...answers, ...open, ...raters],
    },
  ];
  return all.filter(({ uncertainties }) => uncertainties.length > 0);
}

function scenarioOf(
  id: Scenario['id'],
  counts: RankCounts,
  { scored }: Nominal,
  { draws, among }: RobustnessSettings,
): Scenario {
  const companies = scored.edition.companies.map((company) => company.id);
  const { used, refused, wins } = counts;
  return {
    id,
    draws,
    used,
    refused,
    failed: draws - used - refused,
    companies: used === 0 ? [] : summarise(counts, companies, among),
    wins:
      wins &&
      companies.map((_, a) =>
        companies.map((_other, b) => (wins[a * companies.length + b] ?? 0) / Math.max(1, used)),
      ),
  };
}

function neighboursOf(
  nominal: Nominal,
  gains: ReturnType<typeof stepGains>,
  counts: RankCounts | undefined,
): Neighbours[] {
  const { order, model, scored, ranks } = nominal;
  const { companies } = scored.edition;
  return order.slice(1).flatMap((lower, place) => {
    const higher = order[place] ?? 0;
    if (model.groups[higher] !== model.groups[lower]) return [];
    const [upperId, lowerId] = [companies[higher]?.id ?? '', companies[lower]?.id ?? ''];
    const won = counts?.wins?.[lower * companies.length + higher];
    return [
      {
        higher: upperId,
        lower: lowerId,
        tied: ranks[higher] === ranks[lower],
        weights: weightSwap(scored, upperId, lowerId),
        answers: answerSwap(nominal, gains, higher, lower),
        overtakes: won === undefined || !counts ? undefined : won / Math.max(1, counts.used),
      },
    ];
  });
}
