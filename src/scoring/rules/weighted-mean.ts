import { averages } from './columns.ts';
import { total, weighedTotal } from './exact.ts';
import { hull } from './ranges.ts';
import type { Rule } from './rule.ts';

/** (w₁v₁ + … + wₙvₙ) / (w₁ + … + wₙ); none where the weights of what applies are all 0. */
export const weightedMean: Rule = {
  weighs: 'always',
  mayBeNegative: false,
  needs: 'any',
  linear: 'mean',
  exact: ({ values, weights }) => {
    const over = total(weights);
    return over === 0n ? undefined : { value: weighedTotal(values, weights), over };
  },
  column: averages,
  range: hull,
  formula: (cells, weights) => {
    const applies = `SUMIF(${cells},">-1E+99",${weights})`;
    return { value: `SUMPRODUCT(${weights},${cells})/${applies}`, applies };
  },
  words: 'weighted mean',
};
