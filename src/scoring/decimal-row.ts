import type Fraction from 'fraction.js';
import { exactOf } from '#edition/index';
import type { LargeRow } from './columns.ts';
import { leastCommonMultiple } from './divisors.ts';

/** A double as the decimal of 15 significant digits that is shown for it, which no noise of the last bits reaches. */
export function decimalRow(low: number, high: number, max: number): LargeRow {
  const [a, b, c] = [shown(low), shown(high), shown(max)];
  const denominator = [a, b, c].reduce((common, value) => leastCommonMultiple(common, value.d), 1n);
  const whole = (value: Fraction) => value.s * value.n * (denominator / value.d);
  return { low: whole(a), high: whole(b), max: whole(c), denominator };
}

const shown = (value: number) => exactOf(value.toPrecision(15));
