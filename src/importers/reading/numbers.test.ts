import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalOf, NUMBERS, readNumber } from './numbers.ts';

const swapped = (text: string) => text.replace(/[.,]/g, (sign) => (sign === '.' ? ',' : '.'));

describe('numbers as people write them', () => {
  it.each(NUMBERS)('%s is %s', (written, read) => {
    expect(readNumber(written, 'point')?.value).toBe(read);
    expect(readNumber(swapped(written), 'comma')?.value).toBe(read);
  });

  it.each([
    ['1\u202f234.5', '1234.5'],
    ['1\u00a0234', '1234'],
    ['1 23', undefined],
    ['- 5', '-5'],
    ['–5', '-5'],
    ['(1,234.50)', '-1234.50'],
    ['-(5)', undefined],
    ['2½', '2.5'],
    ['12.5 [1]', '12.5'],
    ['12.5¹', '12.5'],
    ['12.5 % *', '12.5'],
    ['1.5e-3', '0.0015'],
    ['1E+03', '1000'],
    ['٣٫٥', '3.5'],
    ['१२३', '123'],
    ['٢٬٠٠٠', '2000'],
    ['-0', '0'],
    ['', undefined],
    ['.', undefined],
    ['e3', undefined],
    ['1,2345', undefined],
    ['1,234,56', undefined],
    ['NaN', undefined],
    ['Infinity', undefined],
    ['0x10', undefined],
  ])('%s is %s', (written, read) => {
    expect(readNumber(written, 'point')?.value).toBe(read);
  });

  it.each([
    ['0,125', 'comma'],
    ['1,5', 'comma'],
    ['1.234,5', 'comma'],
    ['1.234.567', 'comma'],
    ['0.5', 'point'],
    ['12.5*', 'point'],
    ['1.5E+02', 'point'],
    ['1,234', 'either'],
    ['1.234', 'either'],
    ['12', undefined],
    ['a', undefined],
    ['1.2.3', undefined],
  ])('%s has a decimal %s', (text, decimal) => {
    expect(decimalOf(text)).toBe(decimal);
  });

  it('are the same in every way of writing them', () => {
    const number = fc.tuple(
      fc.integer({ min: -99_999_999, max: 99_999_999 }),
      fc.integer({ min: 1, max: 99 }),
    );
    fc.assert(
      fc.property(number, fc.constantFrom(',', ' ', "'", '\u202f', ''), ([whole, part], group) => {
        const digits = String(Math.abs(whole)).replace(/\B(?=(\d{3})+$)/g, group);
        const sign = whole < 0 ? '−' : '';
        expect(Number(readNumber(`${sign}${digits}.${part}`, 'point')?.value)).toBe(
          Number(`${whole}.${part}`),
        );
      }),
    );
  });
});
