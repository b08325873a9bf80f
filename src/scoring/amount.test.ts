import { expect, it } from 'vitest';
import { decimalOf } from './amount.ts';

it('shows a fraction as a decimal, marked where it does not end', () => {
  expect(['80/3', '1/4', '53', '-2/3', '1/10000', '1/100000'].map(decimalOf)).toEqual([
    '26.6667…',
    '0.25',
    '53',
    '-0.6667…',
    '0.0001',
    '0…',
  ]);
});
