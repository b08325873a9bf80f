import Fraction from 'fraction.js';

export type { Fraction };

/** Something that had to be a number was none. */
export class NotANumberError extends Error {}

/**
 * A number, exactly: of text as it is written (`0.25`, `1/3`, `-3`, `1.2e-5`), of a whole number, of a quotient of two whole numbers, or of a double as it is written.
 *
 * All exact arithmetic goes through this function, so that a value that is no number is found where it comes in.
 * @throws NotANumberError naming the value
 */
export function fraction(value: string | number | bigint | Fraction, over?: bigint): Fraction {
  try {
    if (typeof value === 'bigint') return new Fraction(value, over ?? 1n);
    return typeof value === 'object' ? new Fraction(value) : written(String(value));
  } catch (cause) {
    throw new NotANumberError(
      `“${value}${over === undefined ? '' : `/${over}`}” is no number that can be computed with.`,
      { cause },
    );
  }
}

function written(text: string): Fraction {
  const at = text.search(/e/i);
  if (at < 0) return new Fraction(text);
  const exponent = Number(text.slice(at + 1));
  const power = 10n ** BigInt(Math.abs(exponent));
  const mantissa = new Fraction(text.slice(0, at));
  return exponent < 0 ? mantissa.div(new Fraction(power, 1n)) : mantissa.mul(new Fraction(power, 1n));
}

/** The sum; 0 of none. */
export const sumOf = (values: readonly Fraction[]): Fraction =>
  values.reduce((sum, value) => sum.add(value), fraction(0));

/** The lowest; undefined of none. */
export const lowestOf = (values: readonly Fraction[]): Fraction | undefined =>
  values.reduce<Fraction | undefined>(
    (least, value) => (least && least.compare(value) <= 0 ? least : value),
    undefined,
  );

/** The highest; undefined of none. */
export const highestOf = (values: readonly Fraction[]): Fraction | undefined =>
  values.reduce<Fraction | undefined>(
    (most, value) => (most && most.compare(value) >= 0 ? most : value),
    undefined,
  );

/** The double nearest to a fraction of any size: parts that are beyond doubles would give 0 or no number. */
export function nearest(value: Fraction): number {
  const digits = Math.max(value.n.toString().length, value.d.toString().length);
  const shift = 10n ** BigInt(Math.max(0, digits - 300));
  return (Number(value.s) * Number(value.n / shift)) / Number(value.d / shift);
}

/** A double as the decimal of 15 significant digits that is shown for it, which no noise of the last bits reaches. */
export const decimalOfDouble = (value: number): Fraction => fraction(value.toPrecision(15));
