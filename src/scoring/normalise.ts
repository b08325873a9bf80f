import Fraction from 'fraction.js';
import type { Measure } from '#edition/index';

export interface Normaliser {
  of(value: number): number;
  /** The lowest and highest value that it gives. */
  readonly range: readonly [low: number, high: number];
}

/**
 * What makes numbers of different kinds comparable, in floating point (OECD/JRC Handbook on Constructing Composite Indicators, 2008, step 5):
 *
 * - min–max: `a + (b − a) (x − min) / (max − min)` over the units;
 * - goalposts: the same with declared ends in place of min and max;
 * - z-score: `m + s (x − mean) / sd`, with the standard deviation over n − 1.
 *
 * Where lower is better, x counts negatively.
 * @param values one number for each unit that has one: at least two different ones, but for goalposts
 */
export function normaliser({ normalise, direction }: Measure, values: readonly number[]): Normaliser {
  const sign = direction === 'lower' ? -1 : 1;
  const signed = values.map((value) => sign * value);
  if (!normalise) return { of: (value) => value, range: [Math.min(...values), Math.max(...values)] };
  if (normalise.method === 'z-score') {
    const mean = sum(signed) / signed.length;
    const sd = Math.sqrt(sum(signed.map((value) => (value - mean) ** 2)) / (signed.length - 1));
    const [centre, spread] = [exact(normalise.mean ?? '0'), exact(normalise.sd ?? '1')];
    const of = (value: number) => centre + (spread * (sign * value - mean)) / sd;
    return { of, range: [lowest(values.map(of)), highest(values.map(of))] };
  }
  const [a, b] = [exact(normalise.to[0]), exact(normalise.to[1])];
  const ends = normalise.method === 'goalposts' ? normalise.from.map((end) => sign * exact(end)) : signed;
  const [min, max] = [lowest(ends), highest(ends)];
  const of = (value: number) =>
    a + ((b - a) * (Math.min(max, Math.max(min, sign * value)) - min)) / (max - min);
  return { of, range: [a, b] };
}

const exact = (text: string) => new Fraction(text).valueOf();
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const lowest = (values: readonly number[]) =>
  values.reduce((least, value) => Math.min(least, value), Infinity);
const highest = (values: readonly number[]) =>
  values.reduce((most, value) => Math.max(most, value), -Infinity);
