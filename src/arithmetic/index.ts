/** The one home of arithmetic: exact fractions, divisors, rounding. Knows nothing of indexes. */
export { greatestCommon, greatestCommonDivisor, leastCommon, leastCommonMultiple } from './divisors.ts';
export {
  decimalOfDouble,
  type Fraction,
  fraction,
  highestOf,
  lowestOf,
  NotANumberError,
  nearest,
  sumOf,
} from './fraction.ts';
export { print, type Rounding, rounded, roundedDouble, roundScaled } from './rounding.ts';
