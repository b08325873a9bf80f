import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { greatestCommon, greatestCommonDivisor, leastCommon, leastCommonMultiple } from './index.ts';

const whole = fc.oneof(
  fc.integer({ min: 1, max: 2 ** 53 - 1 }),
  fc.integer({ min: 1, max: 200 }),
  fc
    .nat(60)
    .chain((power) =>
      fc.constantFrom(-1, 0, 1).map((by) => Math.max(1, Math.min(2 ** 53 - 1, 2 ** (power % 53) + by))),
    ),
);

/** By the definition: the largest number that divides both. */
function byEuclid(a: bigint, b: bigint): bigint {
  return b === 0n ? a : byEuclid(b, a % b);
}

describe('divisors', () => {
  it('are the greatest, in doubles and in whole numbers of any size', () => {
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        const expected = byEuclid(BigInt(a), BigInt(b));
        expect(BigInt(greatestCommon(a, b))).toBe(expected);
        expect(greatestCommonDivisor(BigInt(a) * 10n ** 30n, BigInt(b) * 10n ** 30n)).toBe(
          expected * 10n ** 30n,
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it('give the least multiples, as long as doubles hold them', () => {
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        const expected = leastCommonMultiple(BigInt(a), BigInt(b));
        fc.pre(expected < 2n ** 53n);
        expect(BigInt(leastCommon(a, b))).toBe(expected);
      }),
      { numRuns: 2_000 },
    );
  });
});
