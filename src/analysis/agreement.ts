import { pairOf, type Ratings } from './ratings.ts';
import {
  answerCounts,
  once,
  pairSums,
  type Tally,
  type Times,
  tallyOf,
  totalOf,
  unitsWith,
} from './tally.ts';

/**
 * Coefficients of agreement between raters for categories, with missing ratings and weights for partial agreement. Formulas: K. L. Gwet, Handbook of Inter-Rater
 * Reliability (4th edition, 2014), chapters 2 to 5: observed agreement from units with two ratings or more, expected agreement from those with one or more.
 * All depend on the domain, that is, on the answers that could be given. A coefficient is undefined (0/0) where chance alone would bring everybody to agree.
 */

export const WEIGHTS = ['identity', 'linear', 'quadratic', 'ordinal'] as const;
export type Weighting = (typeof WEIGHTS)[number];

/** How much two answers agree, from 0 to 1: all or nothing, by their distance, by its square, or by how many pairs of answers lie between them. */
export function weightMatrix(domain: readonly number[], weighting: Weighting): Float64Array {
  const size = domain.length;
  const span = (domain[size - 1] ?? 0) - (domain[0] ?? 0);
  const pairs = (steps: number) => ((steps + 1) * steps) / 2;
  const weight = (a: number, b: number): number => {
    if (a === b) return 1;
    const far = Math.abs((domain[a] as number) - (domain[b] as number)) / span;
    switch (weighting) {
      case 'identity':
        return 0;
      case 'linear':
        return 1 - far;
      case 'quadratic':
        return 1 - far ** 2;
      case 'ordinal':
        return 1 - pairs(Math.abs(a - b)) / pairs(size - 1);
    }
  };
  return Float64Array.from({ length: size * size }, (_, place) =>
    weight(Math.floor(place / size), place % size),
  );
}

/** Whether two numbers of agreement leave nothing to divide by, but for the noise of floating point. */
const TOLERANCE = 1e-12;
const corrected = (observed: number | undefined, expected: number | undefined): number | undefined =>
  observed === undefined || expected === undefined || 1 - expected < TOLERANCE
    ? undefined
    : (observed - expected) / (1 - expected);

/** A coefficient of samples of the same units. What does not depend on the sample is computed once. */
export type Coefficient = (times: Times) => number | undefined;

/** The share of pairs of ratings of a unit that agree, as the mean over units; undefined where no unit has two. */
function observedAgreement(tally: Tally, weights: Float64Array): Coefficient {
  const size = tally.ratings.domain.length;
  const agreeing = pairSums(tally, (one, other) => weights[one * size + other] as number, 'pair');
  return (times) => {
    const units = unitsWith(tally, times, 2);
    return units === 0 ? undefined : totalOf(agreeing, times) / units;
  };
}

/** How often each answer is given: the mean over units of the share of their ratings. */
function prevalence(tally: Tally, times: Times): Float64Array {
  const units = unitsWith(tally, times, 1);
  return answerCounts(tally, times, { least: 1, each: 'unit' }).map((own) => own / units);
}

const sum = (values: Float64Array): number => values.reduce((all, own) => all + own, 0);

/** Percentage agreement, corrected for nothing. */
export const percentOf = (tally: Tally, weighting: Weighting = 'identity'): Coefficient =>
  observedAgreement(tally, weightMatrix(tally.ratings.domain, weighting));

/** How much two answers agree that are drawn from these shares: the sum of weight × share × share. By the answers that occur, for they are few. */
function drawnAgreement({ used, ratings }: Tally, weights: Float64Array): (shares: Float64Array) => number {
  const size = ratings.domain.length;
  const count = used.length;
  const own = Float64Array.from({ length: count * count }, (_, place) =>
    Number(weights[(used[Math.floor(place / count)] as number) * size + (used[place % count] as number)]),
  );
  return (shares) => {
    let all = 0;
    for (let row = 0; row < count; row++) {
      const share = shares[used[row] as number] as number;
      if (share === 0) continue;
      let agreeing = 0;
      for (let column = 0; column < count; column++)
        agreeing += (own[row * count + column] as number) * (shares[used[column] as number] as number);
      all += share * agreeing;
    }
    return all;
  };
}

/** Fleiss’s kappa (1971), generalised to missing ratings and weights: chance from how often each answer is given. */
export function fleissOf(tally: Tally, weighting: Weighting = 'identity'): Coefficient {
  const weights = weightMatrix(tally.ratings.domain, weighting);
  const observed = observedAgreement(tally, weights);
  const drawn = drawnAgreement(tally, weights);
  return (times) => corrected(observed(times), drawn(prevalence(tally, times)));
}

/**
 * Gwet’s AC1 (identity weights) and AC2: chance from how unevenly answers are given, so that one that is nearly always given does not make agreement vanish. Where only
 * one answer is possible, nothing is spread, and chance is nothing.
 */
export function gwetOf(tally: Tally, weighting: Weighting = 'identity'): Coefficient {
  const size = tally.ratings.domain.length;
  const weights = weightMatrix(tally.ratings.domain, weighting);
  const observed = observedAgreement(tally, weights);
  const weight = size < 2 ? 0 : sum(weights) / (size * (size - 1));
  return (times) => {
    const spread = sum(prevalence(tally, times).map((share) => share * (1 - share)));
    return corrected(observed(times), weight * spread);
  };
}

/** Brennan and Prediger’s coefficient (1981): by chance, every answer is as likely as any other. */
export function brennanPredigerOf(tally: Tally, weighting: Weighting = 'identity'): Coefficient {
  const size = tally.ratings.domain.length;
  const weights = weightMatrix(tally.ratings.domain, weighting);
  const observed = observedAgreement(tally, weights);
  const expected = size < 2 ? undefined : sum(weights) / size ** 2;
  return (times) => corrected(observed(times), expected);
}

/**
 * Conger’s kappa (1980), Cohen’s for any number of raters: chance from how often each rater gives each answer, that is, the agreement of two different raters’ draws.
 */
export function congerOf(tally: Tally, weighting: Weighting = 'identity'): Coefficient {
  const weights = weightMatrix(tally.ratings.domain, weighting);
  const observed = observedAgreement(tally, weights);
  const drawn = drawnAgreement(tally, weights);
  return (times) => {
    const shares = raterShares(tally.ratings, times);
    const raters = shares.length;
    if (raters < 2) return undefined;
    // Of all pairs of raters, those of one with himself are taken out.
    const together = shares[0]?.map((_, place) =>
      shares.reduce((all, own) => all + (own[place] as number), 0),
    );
    const alone = shares.reduce((all, own) => all + drawn(own), 0);
    const expected = (drawn(together ?? new Float64Array()) - alone) / (raters * (raters - 1));
    return corrected(observed(times), expected);
  };
}

/** For each rater who gave a rating, the share of each answer. */
function raterShares({ domain, raters, units, codes }: Ratings, times: Times): Float64Array[] {
  return Array.from({ length: raters }, (_, rater) => {
    const counts = new Float64Array(domain.length);
    let number = 0;
    for (let unit = 0; unit < units; unit++) {
      const code = codes[unit * raters + rater] as number;
      if (code < 0) continue;
      (counts[code] as number) += times[unit] as number;
      number += times[unit] as number;
    }
    return number === 0 ? undefined : counts.map((own) => own / number);
  }).filter((shares) => shares !== undefined);
}

/**
 * Cohen’s kappa (1960) of two raters, weighted (1968) if asked for, over the units that both rated.
 * @throws RangeError if there are not exactly two raters
 */
export function cohenOf(tally: Tally, weighting: Weighting = 'identity'): Coefficient {
  const { ratings } = tally;
  if (ratings.raters !== 2) throw new RangeError('Cohen’s kappa is of two raters; take them pair by pair.');
  // What one of them alone rated is as if nobody had.
  const codes = ratings.codes.slice();
  for (let unit = 0; unit < ratings.units; unit++)
    if (Math.min(codes[unit * 2] as number, codes[unit * 2 + 1] as number) < 0)
      codes.fill(-1, unit * 2, unit * 2 + 2);
  return congerOf(tallyOf({ ...ratings, codes }), weighting);
}

/** A coefficient of ratings as they are. */
const asTheyAre =
  (of: (tally: Tally, weighting?: Weighting) => Coefficient) =>
  (ratings: Ratings, weighting: Weighting = 'identity'): number | undefined => {
    const tally = tallyOf(ratings);
    return of(tally, weighting)(once(tally));
  };
export const percentAgreement = asTheyAre(percentOf);
export const fleissKappa = asTheyAre(fleissOf);
export const gwetAc = asTheyAre(gwetOf);
export const brennanPrediger = asTheyAre(brennanPredigerOf);
export const congerKappa = asTheyAre(congerOf);
export const cohenKappa = asTheyAre(cohenOf);

/** Light’s kappa (1971): the mean of Cohen’s over all pairs of raters; undefined where one of them is. */
export function lightKappa(ratings: Ratings, weighting: Weighting = 'identity'): number | undefined {
  const kappas = pairsOf(ratings.raters).map(([one, other]) =>
    cohenKappa(pairOf(ratings, one, other), weighting),
  );
  return kappas.length === 0 || kappas.includes(undefined)
    ? undefined
    : kappas.reduce<number>((all, own) => all + (own ?? 0), 0) / kappas.length;
}

/** All pairs of raters, by their places. */
export function pairsOf(raters: number): [one: number, other: number][] {
  return Array.from({ length: raters }, (_, one) => one).flatMap((one) =>
    Array.from({ length: raters - one - 1 }, (_, step): [number, number] => [one, one + step + 1]),
  );
}
