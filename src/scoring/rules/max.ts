import { picks } from './columns.ts';
import { best } from './exact.ts';
import { hull } from './ranges.ts';
import type { Rule } from './rule.ts';

/** The highest. */
export const max: Rule = {
  weighs: 'never',
  mayBeNegative: false,
  needs: 'any',
  linear: undefined,
  exact: ({ values }) => ({ value: best(values, (value, found) => value > found), over: 1n }),
  column: picks((value, found) => value > found),
  range: hull,
  formula: (cells) => ({ value: `MAX(${cells})`, applies: `COUNT(${cells})` }),
  words: 'highest',
};
