import { fraction } from '#arithmetic/index';
import type { Measure, Normalise } from '#edition/index';
import { treatment } from './outliers.ts';

export interface Normaliser {
  /** Between what a number lies once it is normalised: the same twice, unless what it is normalised by is not known. */
  between(value: number): { readonly low: number; readonly high: number };
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
 * @param open between what the number of a unit lies that was not assessed, and that may move an end of min–max; undefined where there is none
 */
export function normaliser(
  measure: Measure,
  values: readonly number[],
  open?: readonly [number, number],
): Normaliser {
  const { normalise, direction } = measure;
  if (!normalise) throw new Error(`“${measure.id}” is not normalised.`);
  const treat = outlierTreatment(normalise, values);
  const sign = direction === 'lower' ? -1 : 1;
  const signed = (value: number) => sign * treat(value);
  if (normalise.method === 'z-score') return zScore(normalise, values, signed);
  const ends =
    normalise.method === 'goalposts' ? normalise.from.map((end) => sign * exact(end)) : values.map(signed);
  const [a, b] = [exact(normalise.to[0]), exact(normalise.to[1])];
  const [min, max] = [lowest(ends), highest(ends)];
  const share = (value: number, from: number, to: number) => {
    const clipped = Math.min(to, Math.max(from, signed(value)));
    return a + ((b - a) * (clipped - from)) / (to - from);
  };
  if (!open || normalise.method === 'goalposts') {
    const of = (value: number) => share(value, min, max);
    return { between: (value) => ({ low: of(value), high: of(value) }), range: [a, b] };
  }
  const wide = [...open.map((end) => sign * end), min, max];
  const [least, most] = [lowest(wide), highest(wide)];
  return {
    between: (value) => ({ low: share(value, min, most), high: share(value, least, max) }),
    range: [a, b],
  };
}

function outlierTreatment(normalise: Normalise, values: readonly number[]): (value: number) => number {
  return normalise.method === 'goalposts' || !normalise.outliers
    ? (value) => value
    : treatment(values, normalise.outliers.winsorise);
}

function zScore(
  { mean: centre = '0', sd: spread = '1' }: Extract<Normalise, { method: 'z-score' }>,
  values: readonly number[],
  signed: (value: number) => number,
): Normaliser {
  const own = values.map(signed);
  const mean = sum(own) / own.length;
  const sd = Math.sqrt(sum(own.map((value) => (value - mean) ** 2)) / (own.length - 1));
  const of = (value: number) => exact(centre) + (exact(spread) * (signed(value) - mean)) / sd;
  const scores = values.map(of);
  return {
    between: (value) => ({ low: of(value), high: of(value) }),
    range: [lowest(scores), highest(scores)],
  };
}

const exact = (text: string) => fraction(text).valueOf();
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const lowest = (values: readonly number[]) =>
  values.reduce((least, value) => Math.min(least, value), Infinity);
const highest = (values: readonly number[]) =>
  values.reduce((most, value) => Math.max(most, value), -Infinity);
