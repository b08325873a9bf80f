import Fraction from 'fraction.js';

/**
 * The scores of one node for all its units, exact: `low / denominator`, `high / denominator` and the attainable
 * `max / denominator`, as whole numbers that a double holds exactly. Where that is not enough, the row stands in `large`.
 */
export interface Columns {
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly max: Float64Array;
  /** 0 where the measure is not applicable to the unit, `LARGE` where the row stands in `large`. */
  readonly denominator: Float64Array;
  readonly large: Map<number, LargeRow>;
}

/** A row of any size. The denominator is above 0. */
export interface LargeRow {
  readonly low: bigint;
  readonly high: bigint;
  readonly max: bigint;
  readonly denominator: bigint;
}

export const LARGE = -1;

/** Integers up to here can be added in pairs without leaving what a double holds exactly. */
export const EXACT = 2 ** 52;

export function emptyColumns(length: number): Columns {
  return {
    low: new Float64Array(length),
    high: new Float64Array(length),
    max: new Float64Array(length),
    denominator: new Float64Array(length),
    large: new Map(),
  };
}

export function rowAt(columns: Columns, unit: number): LargeRow | undefined {
  const denominator = columns.denominator[unit] ?? 0;
  if (denominator === 0) return undefined;
  if (denominator === LARGE) return columns.large.get(unit);
  return {
    low: BigInt(columns.low[unit] ?? 0),
    high: BigInt(columns.high[unit] ?? 0),
    max: BigInt(columns.max[unit] ?? 0),
    denominator: BigInt(denominator),
  };
}

/** Puts a row back into the columns if doubles hold it, else into `large`. */
export function putRow(columns: Columns, unit: number, row: LargeRow | undefined): void {
  if (!row) {
    columns.denominator[unit] = 0;
    return;
  }
  const largest = [row.low, row.high, row.max, row.denominator].map((value) => (value < 0n ? -value : value));
  if (largest.every((value) => value <= BigInt(EXACT))) {
    columns.low[unit] = Number(row.low);
    columns.high[unit] = Number(row.high);
    columns.max[unit] = Number(row.max);
    columns.denominator[unit] = Number(row.denominator);
  } else {
    columns.denominator[unit] = LARGE;
    columns.large.set(unit, row);
  }
}

export const fractionOf = (numerator: bigint, denominator: bigint): Fraction =>
  new Fraction(numerator, denominator);
