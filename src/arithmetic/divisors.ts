/** Greatest common divisors by Euclid’s algorithm, in the narrowest arithmetic that is exact: it is what scoring spends its time on. */

/** Of whole numbers of any size; never negative. */
export function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y !== 0n) {
    if (x <= LARGEST_DOUBLE && y <= LARGEST_DOUBLE) return BigInt(greatestCommon(Number(x), Number(y)));
    [x, y] = [y, x % y];
  }
  return x;
}

const LARGEST_DOUBLE = BigInt(Number.MAX_SAFE_INTEGER);

/** Of whole numbers of any size, above 0. */
export const leastCommonMultiple = (a: bigint, b: bigint): bigint => (a / greatestCommonDivisor(a, b)) * b;

/** Of whole numbers from 0 to 2^53 − 1. */
export function greatestCommon(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y >= 2 ** 31 || x >= 2 ** 31) {
    if (y === 0) return x;
    [x, y] = [y, remainder(x, y)];
  }
  // The remainder of 32-bit integers is several times as fast as that of doubles.
  let small = x | 0;
  let smaller = y | 0;
  while (smaller !== 0) {
    const rest = (small % smaller) | 0;
    small = smaller;
    smaller = rest;
  }
  return small;
}

/** Of whole numbers above 0; exact up to 2^53, and above that where the true result is. */
export function leastCommon(a: number, b: number): number {
  const rest = remainder(a, b);
  return rest === 0 ? a : (a / greatestCommon(b, rest)) * b;
}

/** The rest of a division of whole numbers from 0 to 2^53 − 1: several times as fast as that of the language, which is right for all doubles. */
function remainder(a: number, b: number): number {
  const rest = a - Math.floor(a / b) * b;
  // The quotient is rounded, so that it may be one too many.
  return rest < 0 ? rest + b : rest;
}
