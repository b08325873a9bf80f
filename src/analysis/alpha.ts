import type { Ratings } from './ratings.ts';
import { answerCounts, once, pairSums, type Tally, type Times, tallyOf, totalOf } from './tally.ts';

/**
 * Krippendorff’s alpha (K. Krippendorff, “Computing Krippendorff’s Alpha-Reliability”, 2011): every pair of ratings of a unit counts with 1/(m−1), m being
 * the ratings that the unit has; units with fewer than two count for nothing.
 */

export const METRICS = ['nominal', 'ordinal', 'interval', 'ratio'] as const;
export type Metric = (typeof METRICS)[number];

/**
 * 1 − observed / expected disagreement.
 * @returns undefined where it is not defined: no two ratings of a unit, or only one value in all of them (0/0)
 */
export const krippendorffAlpha = (ratings: Ratings, metric: Metric): number | undefined => {
  const tally = tallyOf(ratings);
  return alphaOf(tally, metric)(once(tally));
};

/** Alpha of samples of the same units. What does not depend on the sample is computed once. */
export function alphaOf(tally: Tally, metric: Metric): (times: Times) => number | undefined {
  const fixed = metric === 'ordinal' ? undefined : pairSums(tally, distanceOf(tally, metric), 'rating');
  const expectedOf = expectedFor(tally, metric);
  return (times) => {
    const margins = answerCounts(tally, times, { least: 2, each: 'rating' });
    let [total, values] = [0, 0];
    for (const code of tally.used) {
      const own = margins[code] as number;
      total += own;
      if (own > 0) values++;
    }
    if (values < 2) return undefined;
    const middles = metric === 'ordinal' ? middlesOf(margins) : undefined;
    const observed = fixed ?? pairSums(tally, squareOf(middles ?? margins), 'rating');
    const expected = expectedOf(margins, total, middles);
    // Pairs count in both orders where they are observed, and once where they are expected.
    return expected === 0 ? undefined : 1 - ((total - 1) * totalOf(observed, times)) / 2 / expected;
  };
}

type Expected = (margins: Float64Array, total: number, middles: Float64Array | undefined) => number;

/**
 * The differences of all pairs of ratings, each pair once. Of squares of differences it is the number of ratings times the sum of squares about
 * their mean; of ratios there is no such shortcut.
 */
function expectedFor({ used, ratings: { domain } }: Tally, metric: Metric): Expected {
  const values = Float64Array.from(domain);
  switch (metric) {
    case 'nominal':
      return (margins, total) => {
        let alike = 0;
        for (const code of used) alike += (margins[code] as number) ** 2;
        return (total ** 2 - alike) / 2;
      };
    case 'ordinal':
    case 'interval':
      return (margins, total, middles) => {
        const places = middles ?? values;
        let mean = 0;
        for (const code of used) mean += ((margins[code] as number) * (places[code] as number)) / total;
        let squares = 0;
        for (const code of used)
          squares += (margins[code] as number) * ((places[code] as number) - mean) ** 2;
        return total * squares;
      };
    case 'ratio': {
      const size = used.length;
      const distances = Float64Array.from({ length: size ** 2 }, (_, place) =>
        ratioOf(
          values[used[Math.floor(place / size)] as number] as number,
          values[used[place % size] as number] as number,
        ),
      );
      return (margins) => {
        let sum = 0;
        for (let one = 0; one < used.length; one++) {
          const own = margins[used[one] as number] as number;
          if (own === 0) continue;
          let row = 0;
          for (let other = 0; other < one; other++)
            row +=
              (margins[used[other] as number] as number) * (distances[one * used.length + other] as number);
          sum += own * row;
        }
        return sum;
      };
    }
  }
}

type Distance = (one: number, other: number) => number;

/** The squared difference of two values, by their places in the domain. */
function distanceOf({ ratings: { domain } }: Tally, metric: Exclude<Metric, 'ordinal'>): Distance {
  const value = (place: number) => domain[place] as number;
  switch (metric) {
    case 'nominal':
      return (a, b) => (a === b ? 0 : 1);
    case 'interval':
      return (a, b) => (value(a) - value(b)) ** 2;
    case 'ratio':
      return (a, b) => ratioOf(value(a), value(b));
  }
}

const ratioOf = (one: number, other: number) =>
  one + other === 0 ? 0 : ((one - other) / (one + other)) ** 2;

/** Where each value lies among the ratings: the number of those below it, and half of its own. */
function middlesOf(margins: Float64Array): Float64Array {
  const middles = new Float64Array(margins.length);
  let below = 0;
  for (let place = 0; place < margins.length; place++) {
    const own = margins[place] as number;
    middles[place] = below + own / 2;
    below += own;
  }
  return middles;
}

const squareOf =
  (places: Float64Array): Distance =>
  (a, b) =>
    ((places[a] as number) - (places[b] as number)) ** 2;
