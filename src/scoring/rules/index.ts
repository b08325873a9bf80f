/** What each combining rule means, once. Pure arithmetic: rules know numbers and weights, nothing of editions. */
export { hull, rangeOfMany, scaled } from './ranges.ts';
export {
  type ColumnResult,
  type ColumnRule,
  type Formula,
  type Quotient,
  type Range,
  RefusedRun,
  type Rule,
  type Weighed,
} from './rule.ts';
export { COMBINE, type Combine, PLAIN, type PlainCombine, RULES } from './rules.ts';
