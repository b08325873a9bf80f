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
 * @param floating whether the value is of floating point (`roundScaled`)
 * @example print(new Fraction(160, 3), { rule: 'half-up', digits: 0 }) // '53'
 */
export function print(value: Fraction, rounding: Rounding, floating = false): string {
  const { digits } = rounding;
  const whole = roundScaled(value, rounding, floating);
  const magnitude = (whole < 0n ? -whole : whole).toString().padStart(digits + 1, '0');
  const point = magnitude.length - digits;
  return `${whole < 0n ? '-' : ''}${magnitude.slice(0, point)}${digits > 0 ? `.${magnitude.slice(point)}` : ''}`;
}

/**
 * The rounded value times 10 to the number of digits: a whole number.
 *
 * @param floating whether the value is of floating point: then what lies less than one part in 10^12 below a tie or a whole step counts as on it
 */
export function roundScaled(value: Fraction, rounding: Rounding, floating = false): bigint {
  return floating ? roundNear(value, rounding) : roundExactly(value, rounding);
}

function roundNear(value: Fraction, { rule, digits }: Rounding): bigint {
  const scaled = value.mul(fraction(10n ** BigInt(digits)));
  const size = scaled.abs().compare(1) > 0 ? scaled.abs() : fraction(1);
  const nudge = size.div(fraction(10n ** 12n));
  const floor = (own: Fraction) => roundExactly(own, { rule: 'floor', digits: 0 });
  if (rule === 'floor') return floor(scaled.add(nudge));
  if (rule === 'half-up') {
    const magnitude = floor(scaled.abs().add(nudge).add(fraction(1n, 2n)));
    return scaled.s < 0n ? -magnitude : magnitude;
  }
  const down = floor(scaled.add(nudge));
  const beyond = scaled.sub(fraction(down)).sub(fraction(1n, 2n));
  const isTie = beyond.abs().compare(nudge) <= 0;
  const isUp = isTie ? down % 2n !== 0n : beyond.s > 0n;
  return isUp ? down + 1n : down;
}

function roundExactly(value: Fraction, { rule, digits }: Rounding): bigint {
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
export const rounded = (value: Fraction, rounding: Rounding, floating = false): Fraction =>
  fraction(roundScaled(value, rounding, floating), 10n ** BigInt(rounding.digits));

/** The same of a double, as of floating point: it may lie a little beside the number that it stands for. */
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
