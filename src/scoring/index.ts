/** Answers → scores → ranking, exactly; the derivation of one score; published against computed. Pure: values in, values out. */
export { type Amount, amountOf, decimalOf, gradeOf, printRank, printScore, roundingOf } from './amount.ts';
export { type Change, type Comparability, type Comparison, compareEditions } from './compare.ts';
export {
  type Answered,
  type Combined,
  type Derivation,
  type Explainer,
  explain,
  explainer,
  type Part,
  type Step,
} from './explain.ts';
export { type NextLevel, nextLevels } from './next-level.ts';
export { type AcrossNode, type BranchNode, type LeafNode, makePlan, type Node, type Plan } from './plan.ts';
export { groupsOf, type Ranks, rankCompanies } from './rank.ts';
export { type Ranking, type RankingRow, rankAt, rankingOf, type Scored, scoreAndRank } from './ranking.ts';
export { print, roundScaled } from './rounding.ts';
export { type Interval, type Score, type Scores, scoreEdition } from './score.ts';
export { type FoundDeviation, type Verification, verify } from './verify.ts';
export { type AnswerChange, type WhatIf, whatIf } from './what-if.ts';
