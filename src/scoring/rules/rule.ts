import type { Fraction } from '#arithmetic/index';

/**
 * What one combining rule means, whole: whoever interprets a methodology asks it. Rules know numbers and weights; they know no units, measures
 * or files. A new rule is one file here and its name in `rules.ts`.
 */
export interface Rule {
  /** Whether the weights of what it combines count: never, as each declares one, or where all declare one (else alike). */
  readonly weighs: 'never' | 'always' | 'if-declared';
  /** Whether a weight may be below 0. */
  readonly mayBeNegative: boolean;
  /** Which values it has a meaning for. */
  readonly needs: 'any' | 'not-negative' | 'positive';
  /** Whether each part adds to the result for itself; then whether the sum is divided by the weights. */
  readonly linear: 'sum' | 'mean' | undefined;
  /** The exact result; undefined of a rule that is floating point. */
  readonly exact: ((parts: Weighed<bigint>) => Quotient | undefined) | undefined;
  /** The result in doubles, for all units at once. */
  readonly column: ColumnRule;
  /** Between what the result lies, whichever of the parts apply (at least one does). */
  range(parts: readonly Range[]): Range;
  /** A formula of a spreadsheet over a row of cells, of which those that do not apply hold text; undefined where none can say it. */
  readonly formula: ((cells: string, weights: string) => Formula) | undefined;
  /** What it is called in English. */
  readonly words: string;
}

/** Values of the parts that have one, over one denominator, and their weights over another. */
export interface Weighed<T> {
  readonly values: readonly T[];
  readonly weights: readonly T[];
  /** What the weights are over: of a sum the weights count, of a mean only their proportions. */
  readonly unit: T;
}

/** A value over something, which is above 0. */
export interface Quotient {
  readonly value: bigint;
  readonly over: bigint;
}

/** ColumnResult have NaN where a unit has no value. */
export interface ColumnRule {
  /** Begins a result: nothing is in it. */
  begin(result: ColumnResult): void;
  /**
   * Takes in the column of one part.
   * @throws RefusedRun for a value that the rule has no meaning for
   */
  add(from: Float64Array, weight: number, result: ColumnResult): void;
  /** Ends it: `values` are the result, NaN where nothing was taken in. */
  end(result: ColumnResult): void;
}

export interface ColumnResult {
  readonly values: Float64Array;
  /** What has been taken in, for each unit: its weight, or how many. */
  readonly taken: Float64Array;
}

/** Undefined is no limit. */
export interface Range {
  readonly low: Fraction | undefined;
  readonly high: Fraction | undefined;
}

export interface Formula {
  readonly value: string;
  /** Gives 0 where nothing applies. */
  readonly applies: string;
}

/** A combination that has no meaning: a geometric or harmonic mean of what is not above 0. */
export class RefusedRun extends Error {}
