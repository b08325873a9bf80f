import type Fraction from 'fraction.js';
import type { Rounding } from '#edition/index';
import { double, each, least, most, NUDGE, one, REVERSED, type Result, type Row } from './values.ts';

export interface Weighed {
  readonly row: Row;
  readonly weight: Fraction;
}

export function combine(rule: string, parts: readonly Weighed[]): Result {
  const isPower = rule === 'geometric-mean' || rule === 'harmonic-mean';
  const counted = isPower ? parts.filter(({ weight }) => !weight.equals(0)) : parts;
  if (counted.length === 0) return 'none';
  const weights = counted.reduce((sum, { weight }) => sum.add(weight), one(0));
  if (rule === 'weighted-mean' && weights.equals(0)) return 'none';
  return each((end) => {
    const values = counted.map(({ row, weight }) => row[weight.compare(0) < 0 ? REVERSED[end] : end]);
    const sum = (of: (value: Fraction, weight: Fraction) => Fraction) =>
      counted.reduce((all, { weight }, index) => all.add(of(values[index] ?? one(0), weight)), one(0));
    switch (rule) {
      case 'min':
        return least(values);
      case 'max':
        return most(values);
      case 'sum':
        return sum((value) => value);
      case 'weighted-sum':
        return sum((value, weight) => value.mul(weight));
      case 'mean':
        return sum((value) => value).div(counted.length);
      case 'weighted-mean':
        return sum((value, weight) => value.mul(weight)).div(weights);
      case 'geometric-mean': {
        const total = counted.reduce(
          (all, { weight }, index) => all + weight.valueOf() * Math.log((values[index] ?? one(0)).valueOf()),
          0,
        );
        return double(Math.exp(total / weights.valueOf()));
      }
      case 'harmonic-mean': {
        const total = counted.reduce(
          (all, { weight }, index) => all + weight.valueOf() / (values[index] ?? one(0)).valueOf(),
          0,
        );
        return double(weights.valueOf() / total);
      }
      default:
        throw new Error(`no rule ${rule}`);
    }
  });
}

/** Ties as the rule says; of floating values what is less than one part in 10^12 below a step counts as on it. */
export function roundedBy(value: Fraction, { rule, digits }: Rounding, isFloating = false): Fraction {
  const scale = one(10n ** BigInt(digits));
  const scaled = value.mul(scale);
  const nudge = isFloating ? NUDGE.mul(most([one(1), scaled.abs()])) : one(0);
  if (rule === 'floor') return scaled.add(nudge).floor().div(scale);
  if (rule === 'half-up') {
    const size = scaled.abs().add(nudge).add('1/2').floor();
    return (scaled.compare(0) < 0 ? size.neg() : size).div(scale);
  }
  const down = scaled.add(nudge).floor();
  const beyond = scaled.sub(down).sub('1/2');
  const isTie = beyond.abs().compare(nudge) <= 0;
  const isUp = isTie ? !down.mod(2).equals(0) : beyond.compare(0) > 0;
  return (isUp ? down.add(1) : down).div(scale);
}
