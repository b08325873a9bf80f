import { pairOf, type Ratings } from './ratings.ts';

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

/** For each unit with a rating, how many raters gave each answer. */
function* countsOf({
  domain,
  raters,
  units,
  codes,
}: Ratings): Iterable<{ counts: Float64Array; ratings: number }> {
  const counts = new Float64Array(domain.length);
  for (let unit = 0; unit < units; unit++) {
    counts.fill(0);
    let ratings = 0;
    for (let rater = 0; rater < raters; rater++) {
      const code = codes[unit * raters + rater] as number;
      if (code < 0) continue;
      (counts[code] as number)++;
      ratings++;
    }
    if (ratings > 0) yield { counts, ratings };
  }
}

/** The share of pairs of ratings of a unit that agree, as the mean over units; undefined where no unit has two. */
export function observedAgreement(ratings: Ratings, weights: Float64Array): number | undefined {
  const size = ratings.domain.length;
  let [sum, units] = [0, 0];
  for (const { counts, ratings: number } of countsOf(ratings)) {
    if (number < 2) continue;
    units++;
    let agreeing = 0;
    for (let row = 0; row < size; row++) {
      const own = counts[row] as number;
      if (own === 0) continue;
      let weighted = 0;
      for (let column = 0; column < size; column++)
        weighted += (weights[row * size + column] as number) * (counts[column] as number);
      agreeing += own * (weighted - 1);
    }
    sum += agreeing / (number * (number - 1));
  }
  return units === 0 ? undefined : sum / units;
}

/** How often each answer is given: the mean over units of the share of their ratings. */
function prevalence(ratings: Ratings): Float64Array {
  const shares = new Float64Array(ratings.domain.length);
  let units = 0;
  for (const { counts, ratings: number } of countsOf(ratings)) {
    units++;
    counts.forEach((own, place) => {
      (shares[place] as number) += own / number;
    });
  }
  return shares.map((own) => own / units);
}

const sum = (values: Float64Array): number => values.reduce((all, own) => all + own, 0);

/** Percentage agreement, corrected for nothing. */
export const percentAgreement = (ratings: Ratings, weighting: Weighting = 'identity'): number | undefined =>
  observedAgreement(ratings, weightMatrix(ratings.domain, weighting));

/** Fleiss’s kappa (1971), generalised to missing ratings and weights: chance from how often each answer is given. */
export function fleissKappa(ratings: Ratings, weighting: Weighting = 'identity'): number | undefined {
  const weights = weightMatrix(ratings.domain, weighting);
  const shares = prevalence(ratings);
  let expected = 0;
  shares.forEach((one, row) => {
    shares.forEach((other, column) => {
      expected += (weights[row * shares.length + column] as number) * one * other;
    });
  });
  return corrected(observedAgreement(ratings, weights), expected);
}

/**
 * Gwet’s AC1 (identity weights) and AC2: chance from how unevenly answers are given, so that one that is nearly always given does not make agreement vanish. Where only
 * one answer is possible, nothing is spread, and chance is nothing.
 */
export function gwetAc(ratings: Ratings, weighting: Weighting = 'identity'): number | undefined {
  const size = ratings.domain.length;
  const weights = weightMatrix(ratings.domain, weighting);
  const spread = sum(prevalence(ratings).map((share) => share * (1 - share)));
  const expected = size < 2 ? 0 : (sum(weights) / (size * (size - 1))) * spread;
  return corrected(observedAgreement(ratings, weights), expected);
}

/** Brennan and Prediger’s coefficient (1981): by chance, every answer is as likely as any other. */
export function brennanPrediger(ratings: Ratings, weighting: Weighting = 'identity'): number | undefined {
  const size = ratings.domain.length;
  const weights = weightMatrix(ratings.domain, weighting);
  return size < 2 ? undefined : corrected(observedAgreement(ratings, weights), sum(weights) / size ** 2);
}

/** Conger’s kappa (1980), Cohen’s for any number of raters: chance from how often each rater gives each answer. */
export function congerKappa(ratings: Ratings, weighting: Weighting = 'identity'): number | undefined {
  const size = ratings.domain.length;
  const weights = weightMatrix(ratings.domain, weighting);
  const shares = raterShares(ratings);
  if (shares.length < 2) return undefined;
  let expected = 0;
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const [meanRow, meanColumn] = [row, column].map(
        (place) => shares.reduce((all, own) => all + (own[place] as number), 0) / shares.length,
      ) as [number, number];
      const products = shares.reduce((all, own) => all + (own[row] as number) * (own[column] as number), 0);
      const covariance = (products - shares.length * meanRow * meanColumn) / (shares.length - 1);
      expected +=
        (weights[row * size + column] as number) * (meanRow * meanColumn - covariance / shares.length);
    }
  return corrected(observedAgreement(ratings, weights), expected);
}

/** For each rater who gave a rating, the share of each answer. */
function raterShares({ domain, raters, units, codes }: Ratings): Float64Array[] {
  return Array.from({ length: raters }, (_, rater) => {
    const counts = new Float64Array(domain.length);
    let number = 0;
    for (let unit = 0; unit < units; unit++) {
      const code = codes[unit * raters + rater] as number;
      if (code < 0) continue;
      (counts[code] as number)++;
      number++;
    }
    return number === 0 ? undefined : counts.map((own) => own / number);
  }).filter((shares) => shares !== undefined);
}

/**
 * Cohen’s kappa (1960) of two raters, weighted (1968) if asked for, over the units that both rated.
 * @throws RangeError if there are not exactly two raters
 */
export function cohenKappa(ratings: Ratings, weighting: Weighting = 'identity'): number | undefined {
  if (ratings.raters !== 2) throw new RangeError('Cohen’s kappa is of two raters; take them pair by pair.');
  return congerKappa(bothRated(ratings), weighting);
}

function bothRated(ratings: Ratings): Ratings {
  const codes: number[] = [];
  for (let unit = 0; unit < ratings.units; unit++) {
    const [one = -1, other = -1] = ratings.codes.subarray(unit * 2, unit * 2 + 2);
    if (one >= 0 && other >= 0) codes.push(one, other);
  }
  return { ...ratings, units: codes.length / 2, codes: Int16Array.from(codes) };
}

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
