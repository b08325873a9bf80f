import type { Place } from './place.ts';

/** What one rater of an edition answered. */
export interface EditionRating {
  readonly rater: string;
  readonly unit: string;
  readonly measure: string;
  readonly answer: string;
  readonly citations: string;
  readonly note: string;
  readonly place: Place;
}

/** What was decided where raters differed, or agreed: by whom, and why. */
export interface RatingDecision {
  readonly unit: string;
  readonly measure: string;
  readonly answer: string;
  readonly date: string;
  readonly by: string;
  readonly why: string;
  readonly place: Place;
}

export interface EditionRatings {
  readonly ratings: readonly EditionRating[];
  readonly decisions: readonly RatingDecision[];
}
