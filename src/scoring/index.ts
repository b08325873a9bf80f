/** Answers → scores → ranking, exactly; the derivation of one score; published against computed. Pure: values in, values out. */
export {
  type Amount,
  amountOf,
  decimalOf,
  gradeOf,
  printedScore,
  printRank,
  printScore,
  roundingOf,
} from './amount.ts';
export { bandAt, combineEnds, type Ends, oneUnit } from './columns/ends.ts';
export {
  type LeafColumns,
  layOut,
  type Model as LaidOut,
  type ModelNode,
  weighed,
} from './columns/model.ts';
export {
  changedBy,
  endsOf,
  finishEnds,
  makeWorkspace,
  runNodes,
  type Variation,
  type Workspace,
} from './columns/run.ts';
export { type Change, type Comparability, type Comparison, compareEditions } from './compare.ts';
export { type Interval, type Score, type Scores, scoreEdition } from './exact/score.ts';
export type { Answered, Combined, Derivation, Explainer, Part, Step } from './explain/derivation.ts';
export { explain, explainer } from './explain/explain.ts';
export { type NextLevel, nextLevels } from './next-level.ts';
export { makePlan } from './plan/make-plan.ts';
export type { AcrossNode, BranchNode, LeafNode, Node, Plan } from './plan/plan.ts';
export {
  type ComparedBy,
  comparedBy,
  countFirst,
  doubleKey,
  exactKey,
  groupsOf,
} from './ranking/compared-by.ts';
export { levelsToRead } from './ranking/levels.ts';
export { makeRanker, type Ranker } from './ranking/many.ts';
export { type Ranks, rankCompanies } from './ranking/rank.ts';
export {
  type Ranking,
  type RankingRow,
  rankAt,
  rankingOf,
  type Scored,
  scoreAndRank,
} from './ranking/ranking.ts';
export { type Compared, figureComparer } from './verify/figures.ts';
export { type PrintedNumber, printedNumber, printedRank } from './verify/printed.ts';
export { type FoundDeviation, type Verification, verify } from './verify/verify.ts';
export { type AnswerChange, type WhatIf, whatIf } from './what-if.ts';
