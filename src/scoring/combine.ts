import Fraction from 'fraction.js';
import type { Combine } from '#edition/index';
import type { LargeRow } from './columns.ts';
import { leastCommonMultiple } from './divisors.ts';
import type { ScoredBand } from './plan.ts';

/** The combining rules on rows of any size. They define what the rules mean; the fast path in add-up.ts must agree with them. */

/** The rules that are exact; the other means are floating point (floating.ts). */
export type ExactRule = Exclude<Combine, 'geometric-mean' | 'harmonic-mean'>;

export interface Part {
  readonly row: LargeRow;
  readonly weight: bigint;
  /** Of a part that counts negatively: the least it can be, which the attainable maximum takes. */
  readonly lowest?: Fraction | undefined;
}

/**
 * Combines what is applicable; undefined if nothing is (or all that is has the weight 0).
 * @param unit what the weights of a weighted sum are over
 */
export function combineRows(rule: ExactRule, parts: readonly Part[], unit = 1n): LargeRow | undefined {
  if (parts.length === 0) return undefined;
  if (rule === 'min' || rule === 'max') return extreme(rule, parts);
  const isSum = rule === 'sum' || rule === 'weighted-sum';
  const weights = isSum ? unit : parts.reduce((sum, { weight }) => sum + weight, 0n);
  if (weights === 0n) return undefined;
  const denominator = parts.reduce(
    (common, { row, lowest }) =>
      leastCommonMultiple(leastCommonMultiple(common, row.denominator), lowest?.d ?? 1n),
    1n,
  );
  let [low, high, max] = [0n, 0n, 0n];
  for (const { row, weight, lowest } of parts) {
    const factor = weight * (denominator / row.denominator);
    low += factor * (weight < 0n ? row.high : row.low);
    high += factor * (weight < 0n ? row.low : row.high);
    max += lowest ? weight * lowest.s * lowest.n * (denominator / lowest.d) : factor * row.max;
  }
  return { low, high, max, denominator: denominator * weights };
}

function extreme(rule: 'min' | 'max', parts: readonly Part[]): LargeRow {
  const denominator = parts.reduce((common, { row }) => leastCommonMultiple(common, row.denominator), 1n);
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

/** The value as a share of the attainable maximum, times `outOf`; undefined where nothing above 0 can be attained. */
export function shareOfMaximum(row: LargeRow, outOf: Fraction): LargeRow | undefined {
  if (row.max <= 0n) return undefined;
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
  const points = bandsTouched(low, high, bands)
    .map((band) => band.points)
    .toSorted((a, b) => a.compare(b));
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

/** The bands that an interval of values reaches into. */
export function bandsTouched(
  low: Fraction,
  high: Fraction,
  bands: readonly ScoredBand[],
): readonly ScoredBand[] {
  return bands.filter(
    (band, index) =>
      high.compare(band.from) >= 0 &&
      (index === bands.length - 1 ? low.compare(band.to) <= 0 : low.compare(band.to) < 0),
  );
}

/** The band that a value falls into. */
export function bandOf(value: Fraction, bands: readonly ScoredBand[]): ScoredBand | undefined {
  return bands.findLast((band) => value.compare(band.from) >= 0) ?? bands[0];
}
