import type { Methodology } from './methodology-schema.ts';

/**
 * The answers of an edition, dense: one code for every unit and leaf, so that an index of half a million answers is one
 * megabyte and is scored by look-up; and beside it the rows of the file, in their order, with citations and notes.
 */
export interface Answers {
  /** Ids of all units: companies first, then services. */
  readonly units: readonly string[];
  /** Ids of all leaves in the methodology's order, recorded ones included. */
  readonly leaves: readonly string[];
  /** `codes[unit * leaves.length + leaf]`: see `CODE`. */
  readonly codes: Uint16Array;
  /** By leaf that is answered with numbers: the different ones, as they are written, which the codes count. */
  readonly numbers: ReadonlyMap<string, readonly string[]>;
  readonly rows: AnswerRows;
}

/** The rows of `answers.csv` as columns. */
export interface AnswerRows {
  readonly length: number;
  /** Index into `units` and into `leaves`. */
  readonly unit: Int32Array;
  readonly leaf: Int32Array;
  /** `source-id, locator; source-id`, or empty. */
  readonly citations: readonly string[];
  readonly note: readonly string[];
}

/** What a code means; from `FIRST_ANSWER` on it is the index of an answer of the leaf's scale. */
export const CODE = { NONE: 0, NOT_APPLICABLE: 1, NO_EVIDENCE: 2, NOT_ASSESSED: 3, FIRST_ANSWER: 4 } as const;

export const STATES = ['not-applicable', 'no-evidence', 'not-assessed'] as const;
export type State = (typeof STATES)[number];

/** For each leaf, what its codes from `FIRST_ANSWER` on stand for: the answers of its scale, or the numbers that were answered. */
export function optionsOf(
  methodology: Pick<Methodology, 'measures' | 'scales'>,
  numbers: Answers['numbers'],
): (leaf: string) => readonly string[] {
  const scales = new Map(
    methodology.scales.map((scale) => [scale.id, scale.answers.map((option) => option.answer)]),
  );
  const scaleOf = new Map(methodology.measures.map((measure) => [measure.id, measure.scale ?? '']));
  return (leaf) => numbers.get(leaf) ?? scales.get(scaleOf.get(leaf) ?? '') ?? [];
}

/** The code of what stands in the answer column, or undefined if it is no state and not on the scale. */
export function codeOf(answer: string, scaleAnswers: readonly string[]): number | undefined {
  const state = STATES.indexOf(answer as State);
  if (state >= 0) return CODE.NOT_APPLICABLE + state;
  const index = scaleAnswers.indexOf(answer);
  return index < 0 ? undefined : CODE.FIRST_ANSWER + index;
}

/** What stands in the answer column for a code; undefined where there is no row. */
export function answerOf(code: number, scaleAnswers: readonly string[]): string | undefined {
  return code < CODE.FIRST_ANSWER
    ? STATES[code - CODE.NOT_APPLICABLE]
    : scaleAnswers[code - CODE.FIRST_ANSWER];
}
