import { decimalOfDouble, type Fraction, fraction } from '#arithmetic/index';

/** Figures as people and programs print them. */

/** A number in print, and to how many digits after the point. */
export interface PrintedNumber {
  readonly value: Fraction;
  readonly digits: number;
  /** It has so many digits that a program wrote down a double: the last ones may be noise. */
  readonly isDouble: boolean;
}

const SEPARATORS = /(?<=\d)[,'’\u00a0\u202f ](?=\d{3}(?!\d))/g;
const NUMBER = /^-?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?$/i;
/** Of so many digits that mean something, the last may be noise; a double never has more than 17. */
const DOUBLE_DIGITS = 12;
const MOST_DIGITS = 15;

/**
 * Reads `73`, `73.0`, `−2.5`, `1,234.5`, `66.7 %`, `1.5e-3`. Of more than 15 digits that mean something the rest is the noise of a double
 * (`33.330000000000005` is 33.33).
 * @returns undefined for what is no number
 */
export function printedNumber(text: string): PrintedNumber | undefined {
  const plain = text
    .trim()
    .replace(/\s*%$/, '')
    .replace(/^[−–]/, '-')
    .replace(/^\+/, '')
    .replace(SEPARATORS, '');
  if (!NUMBER.test(plain)) return undefined;
  const significant = significantDigits(plain);
  const isDouble = significant >= DOUBLE_DIGITS && plain.includes('.');
  if (significant > MOST_DIGITS && plain.includes('.')) {
    const value = decimalOfDouble(Number(plain));
    return { value, digits: decimalsOf(value), isDouble };
  }
  const value = fraction(plain.replace(/^(-?)\./, '$10.').replace(/\.(?=e|$)/i, ''));
  return {
    value,
    digits: /e/i.test(plain) ? decimalsOf(value) : (plain.split('.')[1]?.length ?? 0),
    isDouble,
  };
}

const significantDigits = (plain: string): number =>
  plain.replace(/e.*$/i, '').replace(/[-.]/g, '').replace(/^0+/, '').length;

/** How many digits after the point a decimal has. */
function decimalsOf(value: Fraction): number {
  let digits = 0;
  while (digits < 30 && 10n ** BigInt(digits) % value.d !== 0n) digits++;
  return digits;
}

/** Two ends in print, `40–47`; undefined for what is none. */
export function printedSpan(text: string): readonly [PrintedNumber, PrintedNumber] | undefined {
  const match = /^(.*\d\s*%?)\s*(?:–|—|-|\.\.|\bto\b)\s*([-−]?[\d.].*)$/u.exec(text.trim());
  const [low, high] = [printedNumber(match?.[1] ?? ''), printedNumber(match?.[2] ?? '')];
  return low && high ? [low, high] : undefined;
}

/** Whether it says that there is no figure. */
export const isNothing = (text: string): boolean =>
  /^(?:n\.?\s?\/?\s?a\.?|not (?:applicable|ranked|available)|[–—-]|\.\.)$/i.test(text.trim());

/** A rank in print: a place, or a band of places. */
export interface PrintedRank {
  readonly from: number;
  /** Infinite where it is open. */
  readonly to: number;
  /** It is said that others share it. */
  readonly isShared: boolean;
}

const ORDINAL = String.raw`(\d{1,3}(?:,\d{3})*|\d+)(?:st|nd|rd|th|\.|º|°)?`;
const PLACE = new RegExp(
  String.raw`^(joint\s+|tied\s+|=\s*|t-?\s*)?#?\s*${ORDINAL}\s*(=|\(?(?:tied|joint|tie)\)?|\+)?$`,
  'i',
);
const BAND = new RegExp(String.raw`^#?\s*${ORDINAL}\s*(?:–|—|-|\bto\b)\s*${ORDINAL}$`, 'i');

/**
 * Reads `2`, `2=`, `=2`, `T2`, `2nd`, `Joint 2`, `201–250`, `4+`.
 * @returns undefined for what is no rank
 */
export function printedRank(text: string): PrintedRank | undefined {
  const plain = text.trim();
  const band = BAND.exec(plain);
  if (band) return { from: placeOf(band[1]), to: placeOf(band[2]), isShared: false };
  const place = PLACE.exec(plain);
  if (!place) return undefined;
  const [, before, digits, after] = place;
  const from = placeOf(digits);
  return {
    from,
    to: after === '+' ? Number.POSITIVE_INFINITY : from,
    isShared: before !== undefined || (after !== undefined && after !== '+'),
  };
}

const placeOf = (digits = ''): number => Number(digits.replaceAll(',', ''));
