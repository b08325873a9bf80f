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

/** An answer as a row of `answers.csv` has it. */
export interface AnswerRow {
  readonly unit: string;
  readonly measure: string;
  readonly answer: string;
  readonly citations: string;
  readonly note: string;
}

/**
 * Answers from rows, for those who make an edition in memory.
 * @param units companies first, then services
 * @throws Error for a unit, measure or answer that is not there
 */
export function packAnswers(
  methodology: Pick<Methodology, 'measures' | 'scales'>,
  units: readonly string[],
  rows: readonly AnswerRow[],
): Answers {
  const leaves = methodology.measures.filter((measure) => measure.scale !== undefined);
  const scales = new Map(methodology.scales.map((scale) => [scale.id, scale]));
  const admitted = leaves.map((leaf) => {
    const scale = scales.get(leaf.scale ?? '');
    const answers = scale?.answers.map((option) => option.answer) ?? [];
    const codes = new Map(answers.map((answer, index) => [answer, CODE.FIRST_ANSWER + index]));
    STATES.forEach((state, index) => {
      codes.set(state, CODE.NOT_APPLICABLE + index);
    });
    return { codes, numbers: scale?.kind === 'number' ? ([] as string[]) : undefined };
  });
  const unitIndex = new Map(units.map((unit, index) => [unit, index]));
  const leafIndex = new Map(leaves.map((leaf, index) => [leaf.id, index]));
  const codes = new Uint16Array(units.length * leaves.length);
  const [unit, leaf] = [new Int32Array(rows.length), new Int32Array(rows.length)];
  rows.forEach((row, index) => {
    const [own, at] = [unitIndex.get(row.unit), leafIndex.get(row.measure)];
    const options = admitted[at ?? -1];
    if (options?.numbers && !options.codes.has(row.answer))
      options.codes.set(row.answer, CODE.FIRST_ANSWER + options.numbers.push(row.answer) - 1);
    const code = options?.codes.get(row.answer);
    if (own === undefined || at === undefined || code === undefined)
      throw new Error(`“${row.unit}” has “${row.answer}” on “${row.measure}”, which is not there.`);
    codes[own * leaves.length + at] = code;
    unit[index] = own;
    leaf[index] = at;
  });
  return {
    units,
    leaves: leaves.map((own) => own.id),
    codes,
    numbers: new Map(
      leaves.flatMap((own, index) => {
        const numbers = admitted[index]?.numbers;
        return numbers ? [[own.id, numbers] as const] : [];
      }),
    ),
    rows: {
      length: rows.length,
      unit,
      leaf,
      citations: rows.map((row) => row.citations),
      note: rows.map((row) => row.note),
    },
  };
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
