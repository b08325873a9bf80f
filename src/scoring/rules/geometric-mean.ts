import { averagesOf } from './columns.ts';
import { hull } from './ranges.ts';
import { RefusedRun, type Rule } from './rule.ts';

/** exp((w₁ log v₁ + … + wₙ log vₙ) / (w₁ + … + wₙ)), in floating point; 0 where a value is. */
export const geometricMean: Rule = {
  weighs: 'if-declared',
  mayBeNegative: false,
  needs: 'not-negative',
  linear: undefined,
  exact: undefined,
  column: averagesOf((value) => {
    if (value < 0) throw new RefusedRun('a geometric mean of a value below 0');
    return Math.log(value);
  }, Math.exp),
  range: hull,
  formula: undefined,
  words: 'geometric mean',
};
