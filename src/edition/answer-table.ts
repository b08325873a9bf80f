import { type Answers, CODE } from './answers.ts';

/** A unit or leaf that an edition does not have. */
export class UnknownAnswerError extends Error {}

/** A row of answers.csv, by its ids. */
export interface AnsweredRow {
  /** Its place among the rows. */
  readonly row: number;
  readonly unit: string;
  readonly measure: string;
  readonly code: number;
  readonly citations: string;
  readonly note: string;
}

/** The answers of an edition, to be looked up by ids or by places. What is not there throws: no answer stands in for another. */
export class AnswerTable {
  readonly #answers: Answers;
  readonly #units: ReadonlyMap<string, number>;
  readonly #leaves: ReadonlyMap<string, number>;
  #rows: ReadonlyMap<number, number> | undefined;

  constructor(answers: Answers) {
    this.#answers = answers;
    this.#units = new Map(answers.units.map((unit, place) => [unit, place]));
    this.#leaves = new Map(answers.leaves.map((leaf, place) => [leaf, place]));
  }

  has(unit: string, leaf: string): boolean {
    return this.#units.has(unit) && this.#leaves.has(leaf);
  }

  /**
   * The code of an answer (`CODE`); `CODE.NONE` where the leaf is not asked of the unit.
   * @throws UnknownAnswerError for a unit or leaf that is not there
   */
  code(unit: string, leaf: string): number {
    return this.#answers.codes[this.#cell(unit, leaf)] ?? CODE.NONE;
  }

  /** The place of the row among those of the file; undefined where there is none. */
  rowOf(unit: string, leaf: string): number | undefined {
    this.#rows ??= this.#rowsByCell();
    return this.#rows.get(this.#cell(unit, leaf));
  }

  /** All rows, in their order. */
  *rows(): IterableIterator<AnsweredRow> {
    const { rows, units, leaves, codes } = this.#answers;
    for (let row = 0; row < rows.length; row++) {
      const [unit, leaf] = [rows.unit[row] as number, rows.leaf[row] as number];
      yield {
        row,
        unit: units[unit] as string,
        measure: leaves[leaf] as string,
        code: codes[unit * leaves.length + leaf] as number,
        citations: rows.citations[row] ?? '',
        note: rows.note[row] ?? '',
      };
    }
  }

  #cell(unit: string, leaf: string): number {
    const [row, column] = [this.#units.get(unit), this.#leaves.get(leaf)];
    if (row === undefined) throw new UnknownAnswerError(`There is no unit “${unit}” among the answers.`);
    if (column === undefined) throw new UnknownAnswerError(`“${leaf}” is not answered.`);
    return row * this.#answers.leaves.length + column;
  }

  #rowsByCell(): ReadonlyMap<number, number> {
    const { rows, leaves } = this.#answers;
    const places = new Map<number, number>();
    for (let row = 0; row < rows.length; row++)
      places.set((rows.unit[row] as number) * leaves.length + (rows.leaf[row] as number), row);
    return places;
  }
}

/**
 * The code of an answer by places among units and leaves.
 * @throws UnknownAnswerError for a place that is not there
 */
export function codeAt({ units, leaves, codes }: Answers, unit: number, leaf: number): number {
  if (!(unit >= 0 && unit < units.length && leaf >= 0 && leaf < leaves.length))
    throw new UnknownAnswerError(`There is no answer of unit ${unit} on leaf ${leaf}.`);
  return codes[unit * leaves.length + leaf] as number;
}
