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
export { makeRatings, pairOf, type Ratings, RatingsError } from './ratings.ts';
