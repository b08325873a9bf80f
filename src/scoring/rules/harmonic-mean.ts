import { averagesOf } from './columns.ts';
import { hull } from './ranges.ts';
import { RefusedRun, type Rule } from './rule.ts';

/** (w₁ + … + wₙ) / (w₁/v₁ + … + wₙ/vₙ), in floating point. */
export const harmonicMean: Rule = {
  weighs: 'if-declared',
  mayBeNegative: false,
  needs: 'positive',
  linear: undefined,
  exact: undefined,
  column: averagesOf(
    (value) => {
      if (value <= 0) throw new RefusedRun('a harmonic mean of a value that is not above 0');
      return 1 / value;
    },
    (mean) => 1 / mean,
  ),
  range: hull,
  formula: undefined,
  words: 'harmonic mean',
};
