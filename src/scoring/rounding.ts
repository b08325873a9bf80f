import type Fraction from 'fraction.js';
import type { Rounding } from '#edition/index';

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
