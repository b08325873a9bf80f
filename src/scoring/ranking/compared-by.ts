import {
  type Fraction,
  fraction,
  type Rounding,
  rounded,
  roundedDouble,
  roundScaled,
} from '#arithmetic/index';
import type { Edition, Methodology } from '#edition/index';

/** How the scores on a measure are compared where units are ranked by it. Plain data: it can be handed to a thread. */
export interface ComparedBy {
  /** −1 where lower is better. */
  readonly sign: 1 | -1;
  /** They are compared as they are printed, or as the ranking rounds them. */
  readonly rounding: Rounding | undefined;
  /** Floating-point scores are compared by their nearest multiples of this; 0 is as they are. */
  readonly tolerance: string | undefined;
  readonly floating: boolean;
}

const USUAL_TOLERANCE = '0.000000001';

/** @param floating whether the scores on the measure are floating-point numbers */
export function comparedBy(
  { ranking, measures, rounding }: Methodology,
  measure: string,
  floating: boolean,
): ComparedBy {
  const own = measures.find(({ id }) => id === measure);
  const isPublished = ranking.basis === 'published';
  const printed = own?.rounding ?? rounding;
  return {
    sign: own?.direction === 'lower' && !own.normalise ? -1 : 1,
    rounding: isPublished
      ? ((measure === ranking.measure ? ranking.rounding : undefined) ?? printed)
      : undefined,
    tolerance: floating && !isPublished ? (ranking.tolerance ?? USUAL_TOLERANCE) : undefined,
    floating,
  };
}

/** What a score is compared by: the higher, the better. */
export function exactKey({ sign, rounding, tolerance, floating }: ComparedBy): (score: Fraction) => Fraction {
  const signed = (value: Fraction) => (sign < 0 ? value.neg() : value);
  if (rounding) return (score) => signed(rounded(score, rounding, floating));
  if (tolerance === undefined || fraction(tolerance).equals(0)) return signed;
  const step = fraction(tolerance);
  return (score) => signed(fraction(roundScaled(score.div(step), NEAREST, floating)));
}

const NEAREST: Rounding = { rule: 'half-up', digits: 0 };

/** Scores that are exact are compared in doubles by steps of this, which is finer than any two that differ in practice. */
const FINE = 1e-9;
/** Puts the borders of the steps where no number that people write lies. */
const OFFSET = 0.271_828_182_845;

/** The same of doubles that stand for exact scores or are floating-point scores: what ties exactly ties here. */
export function doubleKey({ sign, rounding, tolerance }: ComparedBy): (score: number) => number {
  if (rounding) return (score) => sign * roundedDouble(score, rounding);
  if (tolerance === undefined) return (score) => sign * Math.floor(score / FINE + OFFSET);
  const step = fraction(tolerance).valueOf();
  if (step === 0) return (score) => sign * Number(score.toPrecision(15));
  return (score) => sign * roundedDouble(score / step, NEAREST);
}

/** The group of each company as a number, in the order in which groups are first met; all 0 where companies are ranked together. */
export function groupsOf({
  companies,
  methodology,
}: Pick<Edition, 'companies' | 'methodology'>): readonly number[] {
  if (methodology.ranking.within !== 'group') return companies.map(() => 0);
  const numbers = new Map<string, number>();
  return companies.map(({ group }) => {
    const number = numbers.get(group) ?? numbers.size;
    numbers.set(group, number);
    return number;
  });
}

/** How many of a sequence, in which what holds comes first, there are that it holds for. Cost: the logarithm of its length. */
export function countFirst(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
