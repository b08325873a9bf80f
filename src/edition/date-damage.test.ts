import { expect, it } from 'vitest';
import { dateDamage } from './date-damage.ts';

it.each([
  ['02/03/2026', ['2026-03-02', '2026-02-03']],
  ['14/03/2026', ['2026-03-14']],
  ['03/14/2026', ['2026-03-14']],
  ['3/3/2026', ['2026-03-03']],
  ['02.03.2026', ['2026-03-02']],
  ['2.3.26', ['2026-03-02']],
  ['2-3-2026', ['2026-03-02', '2026-02-03']],
  ['2026-6-14', ['2026-06-14']],
  ['2026/06/14', ['2026-06-14']],
  ['2026.6', ['2026-06']],
  ['6/2026', ['2026-06']],
  ['46083', ['2026-03-02']],
  ['2026-03-02 00:00:00', ['2026-03-02']],
  ['2026-03-02T10:15:00Z', ['2026-03-02']],
  ['02/03/2026 10:15', ['2026-03-02', '2026-02-03']],
  ['2-Mar-26', ['2026-03-02']],
  ['2 March 2026', ['2026-03-02']],
  ['March 2nd, 2026', ['2026-03-02']],
  ['Mar 2026', ['2026-03']],
])('“%s” is to be written %j', (cell, dates) => {
  const message = dateDamage(cell) ?? '';
  expect(message.match(/\b\d{4}-\d{2}(?:-\d{2})?\b(?!.*”)/g)).toEqual(dates);
});

it.each(['31/02/2026', '2026-2-30', '2-Mar', '99/99/2026'])('“%s” is no day', (cell) => {
  expect(dateDamage(cell)).toContain('is no day that there is, or lacks its year. Write year, month and day');
});

it.each(['', 'soon', '2026', '12', '12345678', '#REF!', 'in spring', 'mayor 2026 x', '2-mars-26-x'])(
  '“%s” is no date of any form',
  (cell) => {
    expect(dateDamage(cell)).toBeUndefined();
  },
);
