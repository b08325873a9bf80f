import { averagesAlike } from './columns.ts';
import { total } from './exact.ts';
import { hull } from './ranges.ts';
import type { Rule } from './rule.ts';

/** (v₁ + … + vₙ) / n */
export const mean: Rule = {
  weighs: 'never',
  mayBeNegative: false,
  needs: 'any',
  linear: 'mean',
  exact: ({ values }) => ({ value: total(values), over: BigInt(values.length) }),
  column: averagesAlike,
  range: hull,
  formula: (cells) => ({ value: `AVERAGE(${cells})`, applies: `COUNT(${cells})` }),
  words: 'mean',
};
