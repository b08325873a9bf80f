/** How firm a ranking is, and how far raters agree. Pure: values in, values out. */
export {
  brennanPrediger,
  cohenKappa,
  congerKappa,
  fleissKappa,
  gwetAc,
  lightKappa,
  pairsOf,
  percentAgreement,
  WEIGHTS,
  type Weighting,
} from './agreement.ts';
export type { Rating } from './agreement-items.ts';
export {
  type AgreementOptions,
  type AgreementReport,
  agreementReport,
  type Estimate,
} from './agreement-report.ts';
export { krippendorffAlpha, METRICS, type Metric } from './alpha.ts';
export type { Alternative, WeightSet } from './alternatives.ts';
export type { AnswerSwap } from './answer-swap.ts';
export { addCounts, blocksOf, type DrawJob, type RankCounts, type RatedCell, runBlocks } from './draws.ts';
export type { WeightSwap } from './exact-statements.ts';
export { laddersOf } from './ladders.ts';
export { type Model, makeModel, runModel, workspaceFor } from './model.ts';
export { GENERATOR, makeRandom, type RandomSource } from './random.ts';
export type { RankSummary } from './rank-summary.ts';
export { makeRatings, pairOf, type Ratings, RatingsError } from './ratings.ts';
export {
  DEFAULT_SETTINGS,
  type Neighbours,
  type Robustness,
  type RobustnessSettings,
  type Runner,
  robustness,
  type Scenario,
  TooManyError,
} from './robustness.ts';
export type { Sensitivity } from './sensitivity.ts';
export { type SobolIndex, type SobolOutputs, type SobolResult, sobolIndices } from './sobol-indices.ts';
export { MOST_DIMENSIONS, sobolPoints } from './sobol-sequence.ts';
