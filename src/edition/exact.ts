import Fraction from 'fraction.js';

/** A number as it is written, exactly: `0.25`, `-3`, `1.2e-5`. */
export function exactOf(text: string): Fraction {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const power = 10n ** BigInt(Math.abs(Number(exponent)));
  return new Fraction(mantissa).mul(Number(exponent) < 0 ? new Fraction(1n, power) : new Fraction(power, 1n));
}
