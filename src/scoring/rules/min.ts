import { picks } from './columns.ts';
import { best } from './exact.ts';
import { hull } from './ranges.ts';
import type { Rule } from './rule.ts';

/** The lowest. */
export const min: Rule = {
  weighs: 'never',
  mayBeNegative: false,
  needs: 'any',
  linear: undefined,
  exact: ({ values }) => ({ value: best(values, (value, found) => value < found), over: 1n }),
  column: picks((value, found) => value < found),
  range: hull,
  formula: (cells) => ({ value: `MIN(${cells})`, applies: `COUNT(${cells})` }),
  words: 'lowest',
};
