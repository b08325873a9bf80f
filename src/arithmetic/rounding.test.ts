import fc from 'fast-check';
import Fraction from 'fraction.js';
import { describe, expect, it } from 'vitest';
import { print } from './index.ts';

describe('print rounds an exact value once', () => {
  it.each([
    ['160/3', 'half-up', 0, '53'],
    ['80/3', 'half-up', 0, '27'],
    ['80/3', 'floor', 0, '26'],
    ['5/2', 'half-up', 0, '3'],
    ['5/2', 'half-even', 0, '2'],
    ['7/2', 'half-even', 0, '4'],
    ['-5/2', 'half-up', 0, '-3'],
    ['-5/2', 'floor', 0, '-3'],
    ['-1/3', 'half-up', 0, '0'],
    ['1/3', 'half-up', 4, '0.3333'],
    ['2/3', 'floor', 2, '0.66'],
    ['1/200', 'half-up', 2, '0.01'],
    ['1/200', 'half-even', 2, '0.00'],
    ['100', 'half-up', 1, '100.0'],
    ['0', 'half-up', 2, '0.00'],
  ] as const)('%s, %s, %i digits: %s', (value, rule, digits, expected) => {
    expect(print(new Fraction(value), { rule, digits })).toBe(expected);
  });

  const fraction = fc
    .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 10n ** 9n }))
    .map(([n, d]) => new Fraction(n, d));

  it('never moves a value by more than half a unit of its last digit, and by less than one down for floor', () => {
    fc.assert(
      fc.property(
        fraction,
        fc.constantFrom('half-up', 'half-even', 'floor'),
        fc.nat(6),
        (value, rule, digits) => {
          const moved = new Fraction(print(value, { rule, digits })).sub(value).mul(10 ** digits);
          if (rule === 'floor') expect(moved.compare(0) <= 0 && moved.compare(-1) > 0).toBe(true);
          else expect(moved.abs().compare(new Fraction(1, 2)) <= 0).toBe(true);
        },
      ),
    );
  });
});
