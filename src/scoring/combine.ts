import Fraction from 'fraction.js';
import type { LargeRow } from './columns.ts';
import { leastCommonMultiple } from './divisors.ts';
import type { ScoredBand } from './plan.ts';

/** The combining rules on rows of any size. They define what the rules mean; the fast path in score.ts must agree with them. */

export interface Part {
  readonly row: LargeRow;
  readonly weight: bigint;
}

/** Combines what is applicable; undefined if nothing is (or all that is has the weight 0). */
export function combineRows(
  rule: 'sum' | 'mean' | 'weighted-mean' | 'min' | 'max',
  parts: readonly Part[],
): LargeRow | undefined {
  if (parts.length === 0) return undefined;
  if (rule === 'min' || rule === 'max') return extreme(rule, parts);
  const weights = rule === 'sum' ? 1n : parts.reduce((sum, { weight }) => sum + weight, 0n);
  if (weights === 0n) return undefined;
  const denominator = commonDenominator(parts);
  let [low, high, max] = [0n, 0n, 0n];
  for (const { row, weight } of parts) {
    const factor = weight * (denominator / row.denominator);
    const own = factor * row.low;
    low += own;
    high += row.high === row.low ? own : factor * row.high;
    max += factor * row.max;
  }
  return { low, high, max, denominator: denominator * weights };
}

const commonDenominator = (parts: readonly Part[]) =>
  parts.reduce((common, { row }) => leastCommonMultiple(common, row.denominator), 1n);

function extreme(rule: 'min' | 'max', parts: readonly Part[]): LargeRow {
  const denominator = commonDenominator(parts);
  const pick = (of: (row: LargeRow) => bigint) => {
    const values = parts.map(({ row }) => of(row) * (denominator / row.denominator));
    return values.reduce((best, value) => ((rule === 'min' ? value < best : value > best) ? value : best));
  };
  return {
    low: pick((row) => row.low),
    high: pick((row) => row.high),
    max: pick((row) => row.max),
    denominator,
  };
}

/** The value as a share of the attainable maximum, times `outOf`. */
export function shareOfMaximum(row: LargeRow, outOf: Fraction): LargeRow {
  return {
    low: row.low * outOf.n,
    high: row.high * outOf.n,
    max: row.max * outOf.n,
    denominator: row.max * outOf.d,
  };
}

/** The points of the bands that the interval touches: from the lowest of them to the highest. */
export function bandPoints(row: LargeRow, bands: readonly ScoredBand[]): LargeRow {
  const low = new Fraction(row.low, row.denominator);
  const high = new Fraction(row.high, row.denominator);
  const touched = bands.filter(
    (band, index) =>
      isAbove(high, band.from) &&
      (index === bands.length - 1 ? low.compare(band.to) <= 0 : low.compare(band.to) < 0),
  );
  const points = touched.map((band) => band.points).toSorted((a, b) => a.compare(b));
  const best = bands
    .map((band) => band.points)
    .reduce((max, value) => (value.compare(max) > 0 ? value : max));
  const [lowest, highest] = [points[0], points.at(-1)];
  if (!lowest || !highest)
    throw new Error(`No band holds ${low.toFraction()}; check the edition before scoring it.`);
  const denominator = [lowest, highest, best].reduce((lcm, value) => leastCommonMultiple(lcm, value.d), 1n);
  const whole = (value: Fraction) => value.s * value.n * (denominator / value.d);
  return { low: whole(lowest), high: whole(highest), max: whole(best), denominator };
}

const isAbove = (value: Fraction, from: Fraction) => value.compare(from) >= 0;

/** The band that a value falls into. */
export function bandOf(value: Fraction, bands: readonly ScoredBand[]): ScoredBand | undefined {
  return bands.findLast((band) => value.compare(band.from) >= 0) ?? bands[0];
}
