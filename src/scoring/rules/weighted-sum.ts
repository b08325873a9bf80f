import { addsUp } from './columns.ts';
import { weighedTotal } from './exact.ts';
import { rangeOfSum } from './ranges.ts';
import type { Rule } from './rule.ts';

/** w₁v₁ + w₂v₂ + …, where what is bad may count down. */
export const weightedSum: Rule = {
  weighs: 'always',
  mayBeNegative: true,
  needs: 'any',
  linear: 'sum',
  exact: ({ values, weights, unit }) => ({ value: weighedTotal(values, weights), over: unit }),
  column: addsUp,
  range: rangeOfSum,
  formula: (cells, weights) => ({ value: `SUMPRODUCT(${weights},${cells})`, applies: `COUNT(${cells})` }),
  words: 'weighted sum',
};
