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
export { type Coincidences, coincidencesOf, krippendorffAlpha, METRICS, type Metric } from './alpha.ts';
export { type Model, makeModel, RefusedRun, type Variation } from './model.ts';
export { makeRanker } from './ranks.ts';
export { makeRatings, pairOf, type Ratings, RatingsError } from './ratings.ts';
export { makeWorkspace, runModel } from './run.ts';
export { type SobolIndex, type SobolOutputs, type SobolResult, sobolIndices } from './sobol-indices.ts';
export { MOST_DIMENSIONS, sobolPoints } from './sobol-sequence.ts';
