import type { Citation, Exception, Rounding } from '#edition/index';
import type { Combine } from '#scoring/rules/index';
import type { Amount } from '../amount.ts';

/** How a score came about: from the answers up. Plain data, exact values as text. */
export interface Derivation {
  readonly unit: string;
  readonly unitName: string;
  readonly measure: string;
  readonly name: string;
  /** The exact value; null where there is no score. */
  readonly exact: Amount;
  /** Why there is no score though the measure applies; null where there is one, or where it does not apply. */
  readonly missing: 'too-few' | 'unpublished' | null;
  /** The most that this unit could have got, what is not applicable left out. */
  readonly maximum: string | null;
  /** The value in print, and how it was rounded. */
  readonly published: string;
  readonly rounding: Rounding;
  /** What the value is called; null where there are no grades. */
  readonly grade: string | null;
  /** It was computed in floating point. */
  readonly floating: boolean;
  /** Where a rule does not hold for this unit: which, and why; null where all do. */
  readonly exception: Exception | null;
  readonly by: Answered | Combined;
}

/** A leaf: the answer, and what becomes of the points that the scale gives it. */
export interface Answered {
  readonly kind: 'answered';
  /** Empty where it was not asked, since a given score stands in its place. */
  readonly answer: string;
  /** What the scale calls it; null of numbers and states. */
  readonly name: string | null;
  /** Of numbers: what they count. */
  readonly measuredIn: string | null;
  readonly meaning: string;
  readonly note: string;
  readonly citations: readonly Citation[];
  readonly steps: readonly Step[];
}

/** A branch, or services combined into what they are part of. */
export interface Combined {
  readonly kind: 'combined';
  readonly rule: Combine;
  readonly over: 'measures' | 'services';
  readonly parts: readonly Part[];
  readonly steps: readonly Step[];
}

export interface Part {
  readonly derivation: Derivation;
  /** As declared; null where the rule does not weigh. */
  readonly weight: string | null;
  /** Why it does not count; null where it does. */
  readonly leftOut: 'not-applicable' | 'missing' | null;
}

/** From the points or the parts to the exact value, in order: what the last step gives is the score. None where there is nothing to begin with. */
export type Step =
  | { readonly kind: 'points'; readonly value: Amount; readonly maximum: string }
  | {
      readonly kind: 'combine';
      readonly rule: Combine;
      readonly value: Amount;
      readonly maximum: string;
    }
  | { readonly kind: 'share'; readonly outOf: string; readonly value: Amount }
  | {
      readonly kind: 'band';
      readonly bands: readonly { readonly name: string; readonly points: string }[];
      readonly value: Amount;
    }
  | { readonly kind: 'rounded'; readonly rounding: Rounding; readonly value: Amount }
  | { readonly kind: 'exception'; readonly value: Amount };

/** Gives the whole derivation of a score, or undefined if the measure is not scored for that kind of unit, or there is no such unit. */
export type Explainer = (unit: string, measure: string) => Derivation | undefined;
