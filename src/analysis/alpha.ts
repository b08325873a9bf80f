import type { Ratings } from './ratings.ts';

/**
 * Krippendorff’s alpha (K. Krippendorff, “Computing Krippendorff’s Alpha-Reliability”, 2011), from the matrix of coincidences: every pair of ratings of a unit counts with
 * 1/(m−1), m being the ratings that the unit has; units with fewer than two count for nothing. Cost: units × raters² for the matrix, values² for each metric.
 */

export const METRICS = ['nominal', 'ordinal', 'interval', 'ratio'] as const;
export type Metric = (typeof METRICS)[number];

/** The matrix of coincidences, row by row, and its margins. */
export interface Coincidences {
  readonly domain: readonly number[];
  readonly matrix: Float64Array;
  readonly margins: Float64Array;
  /** The ratings that can be paired. */
  readonly total: number;
}

export function coincidencesOf({ domain, raters, units, codes }: Ratings): Coincidences {
  const size = domain.length;
  const matrix = new Float64Array(size * size);
  const given = new Int16Array(raters);
  for (let unit = 0; unit < units; unit++) {
    let count = 0;
    for (let rater = 0; rater < raters; rater++) {
      const code = codes[unit * raters + rater] as number;
      if (code >= 0) given[count++] = code;
    }
    for (let one = 0; one < count; one++)
      for (let other = one + 1; other < count; other++)
        (matrix[(given[one] as number) * size + (given[other] as number)] as number) += 1 / (count - 1);
  }
  return { domain, ...symmetric(matrix, size) };
}

/** A pair counts in both orders. */
function symmetric(matrix: Float64Array, size: number): Omit<Coincidences, 'domain'> {
  const both = matrix.map(
    (own, place) => own + (matrix[(place % size) * size + Math.floor(place / size)] as number),
  );
  const margins = Float64Array.from({ length: size }, (_, row) =>
    both.subarray(row * size, (row + 1) * size).reduce((sum, own) => sum + own, 0),
  );
  return { matrix: both, margins, total: margins.reduce((sum, own) => sum + own, 0) };
}

/**
 * 1 − observed / expected disagreement.
 * @returns undefined where it is not defined: no two ratings of a unit, or only one value in all of them (0/0)
 */
export function krippendorffAlpha(coincidences: Coincidences, metric: Metric): number | undefined {
  const { matrix, margins, total } = coincidences;
  const size = margins.length;
  const distance = distanceOf(coincidences, metric);
  let observed = 0;
  let expected = 0;
  for (let row = 0; row < size; row++) {
    const own = margins[row] as number;
    if (own === 0) continue;
    for (let column = row + 1; column < size; column++) {
      const other = margins[column] as number;
      if (other === 0) continue;
      const far = distance(row, column);
      observed += (matrix[row * size + column] as number) * far;
      expected += own * other * far;
    }
  }
  return expected === 0 ? undefined : 1 - ((total - 1) * observed) / expected;
}

/** The squared difference of two values, by their places in the domain. */
function distanceOf({ domain, margins }: Coincidences, metric: Metric): (a: number, b: number) => number {
  const value = (place: number) => domain[place] as number;
  switch (metric) {
    case 'nominal':
      return () => 1;
    case 'interval':
      return (a, b) => (value(a) - value(b)) ** 2;
    case 'ratio':
      return (a, b) => (value(a) + value(b) === 0 ? 0 : ((value(a) - value(b)) / (value(a) + value(b))) ** 2);
    case 'ordinal': {
      // How many ratings lie between two values, the two themselves counting half.
      const below = new Float64Array(margins.length + 1);
      margins.forEach((own, place) => {
        below[place + 1] = (below[place] as number) + own;
      });
      const middle = (place: number) => (below[place] as number) + (margins[place] as number) / 2;
      return (a, b) => (middle(a) - middle(b)) ** 2;
    }
  }
}
