import Fraction from 'fraction.js';
import type { Edition, Measure, Scale } from '#edition/index';
import { double, numbersOf, type Row } from './values.ts';

/** Numbers made comparable, in doubles, as docs/methodology.md says it. */
export function normalised(edition: Edition, measure: Measure, scale: Scale, answer: string): Row {
  const { normalise } = measure;
  if (!normalise) throw new Error('not normalised');
  const notAssessed = edition.methodology['not-assessed'] ?? 'range';
  const sign = measure.direction === 'lower' ? -1 : 1;
  const numbers = numbersOf(edition, measure.id).map(Number);
  const none = scale['no-evidence'] === undefined ? undefined : of(scale['no-evidence']);
  const treat =
    'outliers' in normalise && normalise.outliers ? treated(numbers, normalise.outliers.winsorise) : same;
  const known = numbers.map((value) => sign * treat(value));
  const place = (value: number): { low: number; high: number } => {
    const x = sign * treat(value);
    if (normalise.method === 'z-score') {
      const mean = known.reduce((sum, own) => sum + own, 0) / known.length;
      const sd = Math.sqrt(known.reduce((sum, own) => sum + (own - mean) ** 2, 0) / (known.length - 1));
      const score = of(normalise.mean ?? '0') + (of(normalise.sd ?? '1') * (x - mean)) / sd;
      return { low: score, high: score };
    }
    const ends = normalise.method === 'goalposts' ? normalise.from.map((end) => sign * of(end)) : known;
    const [from, to] = [Math.min(...ends), Math.max(...ends)];
    const [a, b] = normalise.to.map(of) as [number, number];
    const on = (lowest: number, highest: number) =>
      a + ((b - a) * (Math.min(highest, Math.max(lowest, x)) - lowest)) / (highest - lowest);
    const isOpen =
      normalise.method === 'min-max' &&
      notAssessed === 'range' &&
      edition.answers.units.some((unit) => isNotAssessed(edition, unit, measure.id));
    if (!isOpen) return { low: on(from, to), high: on(from, to) };
    const wide = [...[scale.min, scale.max].map((end) => sign * of(end ?? '0')), from, to];
    return { low: on(from, Math.max(...wide)), high: on(Math.min(...wide), to) };
  };
  const scores =
    normalise.method === 'z-score' ? numbers.map((value) => place(value).low) : normalise.to.map(of);
  const all = none === undefined ? scores : [...scores, none];
  const [min, max] = [Math.min(...all), Math.max(...all)];
  const row = (low: number, high: number): Row => ({
    low: double(low),
    high: double(high),
    max: double(max),
    min: double(min),
  });
  if (answer === 'no-evidence') return row(none ?? Number.NaN, none ?? Number.NaN);
  if (answer === 'not-assessed')
    return row(notAssessed === 'highest' ? max : min, notAssessed === 'lowest' ? min : max);
  const { low, high } = place(Number(answer));
  return row(low, high);
}

const of = (text: string): number => new Fraction(text).valueOf();
const same = (value: number) => value;

function isNotAssessed({ answers }: Edition, unit: string, leaf: string): boolean {
  return (
    answers.codes[answers.units.indexOf(unit) * answers.leaves.length + answers.leaves.indexOf(leaf)] === 3
  );
}

/** Extreme values drawn in one at a time while the distribution is very skewed, or else logarithms. */
function treated(values: readonly number[], most: number): (value: number) => number {
  const isPlain = (own: readonly number[]) => Math.abs(skewness(own)) < 2 || kurtosis(own) < 3.5;
  let [low, high] = [Math.min(...values), Math.max(...values)];
  const clip = (value: number) => Math.min(high, Math.max(low, value));
  for (let drawn = 0; drawn < most && !isPlain(values.map(clip)); drawn++) {
    const now = values.map(clip);
    const different = [...new Set(now)].toSorted((a, b) => a - b);
    if (different.length === 2) break;
    if (skewness(now) >= 0) high = different.at(-2) ?? high;
    else low = different[1] ?? low;
  }
  if (isPlain(values.map(clip))) return clip;
  const [min, max] = [Math.min(...values), Math.max(...values)];
  return (value) => Math.log(value - min + 0.01 * (max - min));
}

function skewness(values: readonly number[]): number {
  const n = values.length;
  const [m2, m3] = [moment(values, 2), moment(values, 3)];
  return n < 3 || m2 === 0 ? 0 : ((m3 / m2 ** 1.5) * Math.sqrt(n * (n - 1))) / (n - 2);
}

function kurtosis(values: readonly number[]): number {
  const n = values.length;
  const [m2, m4] = [moment(values, 2), moment(values, 4)];
  return n < 4 || m2 === 0 ? 0 : (((m4 / m2 ** 2 - 3) * (n + 1) + 6) * (n - 1)) / ((n - 2) * (n - 3));
}

function moment(values: readonly number[], power: number): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** power, 0) / values.length;
}
