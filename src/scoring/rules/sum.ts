import { addsUpAlike } from './columns.ts';
import { total } from './exact.ts';
import { rangeOfSum } from './ranges.ts';
import type { Rule } from './rule.ts';

/** v₁ + v₂ + … */
export const sum: Rule = {
  weighs: 'never',
  mayBeNegative: false,
  needs: 'any',
  linear: 'sum',
  exact: ({ values }) => ({ value: total(values), over: 1n }),
  column: addsUpAlike,
  range: rangeOfSum,
  formula: (cells) => ({ value: `SUM(${cells})`, applies: `COUNT(${cells})` }),
  words: 'sum',
};
