import { type Fraction, fraction } from './fraction.ts';

/** How a number is rounded. */
export interface Rounding {
  readonly rule: 'half-up' | 'half-even' | 'floor';
  /** Digits after the point. */
  readonly digits: number;
}

/**
 * An exact value in print: rounded once, to a fixed number of digits.
 *
 * `half-up`: a tie goes away from zero (2.5 → 3, −2.5 → −3); `half-even`: to the even neighbour (IEEE 754
 * roundTiesToEven); `floor`: always down.
 *
 * @example print(new Fraction(160, 3), { rule: 'half-up', digits: 0 }) // '53'
 */
export function print(value: Fraction, rounding: Rounding): string {
  const { digits } = rounding;
  const whole = roundScaled(value, rounding);
  const magnitude = (whole < 0n ? -whole : whole).toString().padStart(digits + 1, '0');
  const point = magnitude.length - digits;
  return `${whole < 0n ? '-' : ''}${magnitude.slice(0, point)}${digits > 0 ? `.${magnitude.slice(point)}` : ''}`;
}

/** The rounded value times 10 to the number of digits: a whole number. */
export function roundScaled(value: Fraction, { rule, digits }: Rounding): bigint {
  const numerator = value.n * 10n ** BigInt(digits);
  const quotient = numerator / value.d;
  const remainder = numerator % value.d;
  const negative = value.s < 0n;
  if (remainder === 0n) return negative ? -quotient : quotient;
  const twice = remainder * 2n;
  const awayFromZero =
    rule === 'floor'
      ? negative
      : twice > value.d || (twice === value.d && (rule === 'half-up' || quotient % 2n === 1n));
  const magnitude = quotient + (awayFromZero ? 1n : 0n);
  return negative ? -magnitude : magnitude;
}

/** The rounded value. */
export const rounded = (value: Fraction, rounding: Rounding): Fraction =>
  fraction(roundScaled(value, rounding), 10n ** BigInt(rounding.digits));

/**
 * The same in doubles. What lies less than one part in 10^12 below a tie or a whole step counts as on it, as a double that stands for the exact
 * number may lie a little beside it.
 */
export function roundedDouble(value: number, { rule, digits }: Rounding): number {
  const scale = 10 ** digits;
  const scaled = value * scale;
  const nudge = 1e-12 * Math.max(1, Math.abs(scaled));
  return stepsOf(scaled, nudge, rule) / scale;
}

function stepsOf(scaled: number, nudge: number, rule: Rounding['rule']): number {
  if (rule === 'floor') return Math.floor(scaled + nudge);
  if (rule === 'half-up') return Math.sign(scaled) * Math.floor(Math.abs(scaled) + 0.5 + nudge);
  const down = Math.floor(scaled + nudge);
  const rest = scaled - down;
  const isTie = Math.abs(rest - 0.5) <= nudge;
  const isUp = isTie ? down % 2 !== 0 : rest > 0.5;
  return isUp ? down + 1 : down;
}
