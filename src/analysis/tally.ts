import type { Ratings } from './ratings.ts';

/**
 * What each unit adds to the coefficients of agreement, counted once. A resample of the units is then a sum of what they add: its cost grows with
 * units × raters and with the square of the answers that occur, not with units × answers.
 */
export interface Tally {
  readonly ratings: Ratings;
  /** The codes that were given, unit by unit, and where those of each unit begin. */
  readonly given: Int16Array;
  readonly starts: Int32Array;
  /** The codes that occur. */
  readonly used: Int16Array;
}

export function tallyOf(ratings: Ratings): Tally {
  const { domain, units, raters, codes } = ratings;
  const starts = new Int32Array(units + 1);
  const given = new Int16Array(codes.length);
  const isUsed = new Uint8Array(domain.length);
  let end = 0;
  for (let unit = 0; unit < units; unit++) {
    for (let at = unit * raters; at < (unit + 1) * raters; at++) {
      const code = codes[at] as number;
      if (code < 0) continue;
      given[end++] = code;
      isUsed[code] = 1;
    }
    starts[unit + 1] = end;
  }
  const used = Int16Array.from([...isUsed.keys()].filter((code) => isUsed[code] === 1));
  return { ratings, starts, given: given.subarray(0, end), used };
}

/** How often each unit counts in a sample. */
export type Times = Int32Array;
export const once = ({ ratings }: Tally): Times => new Int32Array(ratings.units).fill(1);

/**
 * What a sum over pairs of ratings comes to for each unit: of m ratings, each ordered pair counts with 1/(m(m−1)), or with 1/(m−1). Units with
 * fewer than two ratings have none.
 */
export function pairSums(
  { given, starts, ratings }: Tally,
  of: (one: number, other: number) => number,
  per: 'pair' | 'rating',
): Float64Array {
  const sums = new Float64Array(ratings.units);
  for (let unit = 0; unit < ratings.units; unit++) {
    const [start, end] = [starts[unit] as number, starts[unit + 1] as number];
    const number = end - start;
    if (number < 2) continue;
    let sum = 0;
    for (let one = start; one < end; one++)
      for (let other = one + 1; other < end; other++)
        sum += 2 * of(given[one] as number, given[other] as number);
    sums[unit] = sum / (per === 'pair' ? number * (number - 1) : number - 1);
  }
  return sums;
}

/** A sum over the units of a sample. */
export function totalOf(sums: Float64Array, times: Times): number {
  let total = 0;
  for (let unit = 0; unit < sums.length; unit++) total += (times[unit] as number) * (sums[unit] as number);
  return total;
}

/** How many units of a sample have so many ratings at least. */
export function unitsWith({ starts, ratings }: Tally, times: Times, least: number): number {
  let units = 0;
  for (let unit = 0; unit < ratings.units; unit++)
    if ((starts[unit + 1] as number) - (starts[unit] as number) >= least) units += times[unit] as number;
  return units;
}

/** How often each answer is given in a sample: every rating counts one, or each unit’s ratings together. Units need so many ratings at least. */
export function answerCounts(
  { given, starts, ratings }: Tally,
  times: Times,
  { least, each }: { readonly least: number; readonly each: 'rating' | 'unit' },
): Float64Array {
  const counts = new Float64Array(ratings.domain.length);
  for (let unit = 0; unit < ratings.units; unit++) {
    const [start, end] = [starts[unit] as number, starts[unit + 1] as number];
    const often = times[unit] as number;
    if (often === 0 || end - start < least) continue;
    const worth = each === 'unit' ? often / (end - start) : often;
    for (let at = start; at < end; at++) (counts[given[at] as number] as number) += worth;
  }
  return counts;
}
