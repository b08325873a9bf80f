import { describe, expect, it } from 'vitest';
import { isNothing, printedNumber, printedRank, printedSpan } from './printed.ts';

describe('numbers as they are printed', () => {
  it.each([
    ['73', '73', 0],
    ['73.0', '73', 1],
    ['26.67', '2667/100', 2],
    ['−2.5', '-5/2', 1],
    ['+5', '5', 0],
    ['.5', '1/2', 1],
    ['5.', '5', 0],
    ['66.7 %', '667/10', 1],
    ['1,234.5', '2469/2', 1],
    ['1 234', '1234', 0],
    ["1'234'567", '1234567', 0],
    ['1.5e-3', '3/2000', 4],
    ['33.330000000000005', '3333/100', 2],
    ['0.30000000000000004', '3/10', 1],
    ['8.788888889', '8788888889/1000000000', 9],
    ['1234567890123456', '1234567890123456', 0],
  ])('%s is %s, to %i digits', (text, value, digits) => {
    const number = printedNumber(text);
    expect([number?.value.toFraction(), number?.digits]).toEqual([value, digits]);
  });

  it.each(['', 'n/a', '12a', '1,2', '1,23', '1.2.3', '--1', 'B', '40–47'])('%s is none', (text) => {
    expect(printedNumber(text)).toBeUndefined();
  });

  it.each([
    ['40–47', '40', '47'],
    ['40-47', '40', '47'],
    ['−2 – 3.5', '-2', '7/2'],
    ['40 to 47', '40', '47'],
  ])('%s goes from %s to %s', (text, low, high) => {
    expect(printedSpan(text)?.map(({ value }) => value.toFraction())).toEqual([low, high]);
  });

  it.each(['n/a', 'N/A', 'na', 'n.a.', '–', 'not ranked'])('%s is no figure', (text) => {
    expect(isNothing(text)).toBe(true);
  });
});

describe('ranks as they are printed', () => {
  it.each([
    ['2', 2, 2, false],
    ['2.', 2, 2, false],
    ['2nd', 2, 2, false],
    ['101st', 101, 101, false],
    ['#3', 3, 3, false],
    ['1,001', 1001, 1001, false],
    ['2=', 2, 2, true],
    ['=2', 2, 2, true],
    ['= 2', 2, 2, true],
    ['T2', 2, 2, true],
    ['T-2', 2, 2, true],
    ['t2nd', 2, 2, true],
    ['Joint 2', 2, 2, true],
    ['2nd=', 2, 2, true],
    ['2 (tied)', 2, 2, true],
    ['201–250', 201, 250, false],
    ['201-250', 201, 250, false],
    ['1,001–1,200', 1001, 1200, false],
    ['4+', 4, Number.POSITIVE_INFINITY, false],
    ['4 +', 4, Number.POSITIVE_INFINITY, false],
  ])('%s: from %i to %i, shared: %s', (text, from, to, isShared) => {
    expect(printedRank(text)).toEqual({ from, to, isShared });
  });

  it.each(['', 'n/a', '–', 'first', '2.5', 'B', '-2', 'T', '2=3'])('%s is none', (text) => {
    expect(printedRank(text)).toBeUndefined();
  });
});
