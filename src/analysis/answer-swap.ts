import { type Combine, RULES } from '#scoring/rules/index';
import { laddersOf } from './ladders.ts';
import type { Nominal } from './nominal.ts';
import type { Gain, StepGains } from './single-answers.ts';

/** How few answers have to change for the lower of two neighbours to catch up. */
export type AnswerSwap =
  | {
      readonly state: 'possible';
      /** How many answers of the lower have to be better, each as good as can be. */
      readonly lowerUp: number | undefined;
      /** How many answers of the higher have to be worse. */
      readonly higherDown: number | undefined;
      /** The measures of one such answer, where one is enough. */
      readonly measures: readonly string[];
      /** Whether no smaller number is possible; else only that one answer is or is not enough was tried. */
      readonly isSmallest: boolean;
    }
  | { readonly state: 'impossible' };

const NEAR = 1e-9;

/**
 * The largest gains first: where totals are sums and arithmetic means all the way, gains add up, and no other choice needs fewer answers. Where
 * they are not, one answer alone is tried, and more are not counted.
 */
export function answerSwap(nominal: Nominal, gains: StepGains, higher: number, lower: number): AnswerSwap {
  const { sign } = nominal.model.compared;
  const gap = sign * ((nominal.totals[higher] ?? 0) - (nominal.totals[lower] ?? 0));
  const isLinear = isAdditive(nominal);
  const extremes = (company: number) => [...(gains.best[company] ?? []), ...(gains.worst[company] ?? [])];
  const up = largest(extremes(lower), sign);
  const down = largest(extremes(higher), -sign);
  const lowerUp = fewest(up, gap, isLinear);
  const higherDown = fewest(down, gap, isLinear);
  if (lowerUp === undefined && higherDown === undefined && isLinear) return { state: 'impossible' };
  const enough = [...up, ...down].filter(({ by }) => Math.abs(by) >= gap - NEAR);
  const names = new Set(enough.map(({ node }) => nominal.model.nodes[node]?.measure ?? ''));
  return {
    state: 'possible',
    lowerUp,
    higherDown,
    measures: [...names],
    isSmallest: isLinear || lowerUp === 1 || higherDown === 1,
  };
}

const largest = (gains: readonly Gain[], sign: number): Gain[] =>
  gains.filter(({ by }) => by * sign > NEAR).toSorted((a, b) => sign * (b.by - a.by));

function fewest(sorted: readonly Gain[], gap: number, isLinear: boolean): number | undefined {
  let sum = 0;
  for (const [index, { by }] of sorted.entries()) {
    sum += Math.abs(by);
    if (sum >= gap - NEAR) return index + 1;
    if (!isLinear) return undefined;
  }
  return undefined;
}

/** Whether totals are made of sums and arithmetic means alone, in which each answer counts for itself. */
function isAdditive({ model, scored }: Nominal): boolean {
  const isPlain = (rule: Combine) => RULES[rule].linear !== undefined;
  return (
    laddersOf(scored).length > 0 &&
    model.nodes.every(
      ({ kind, combine, bands, rounded, across, unitRules }) =>
        !rounded &&
        (kind === 'leaf' ||
          (isPlain(combine) &&
            !bands &&
            unitRules.length === 0 &&
            (across?.every(({ rule }) => isPlain(rule)) ?? true))),
    )
  );
}
