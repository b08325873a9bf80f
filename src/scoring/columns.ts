import Fraction from 'fraction.js';
import { decimalRow } from './decimal-row.ts';
import { greatestCommonDivisor } from './divisors.ts';

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
  /** Whether low, high and max are floating-point numbers, not whole ones; the denominator is then 1. */
  readonly floating: boolean;
  /** 1 where a unit has no score because too few answers are there; undefined where that cannot be. */
  missing?: Uint8Array;
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

export function emptyColumns(length: number, floating = false): Columns {
  return {
    low: new Float64Array(length),
    high: new Float64Array(length),
    max: new Float64Array(length),
    denominator: new Float64Array(length),
    large: new Map(),
    floating,
  };
}

export function rowAt(columns: Columns, unit: number): LargeRow | undefined {
  const denominator = columns.denominator[unit] ?? 0;
  if (denominator === 0) return undefined;
  if (denominator === LARGE) return columns.large.get(unit);
  if (columns.floating)
    return decimalRow(columns.low[unit] ?? 0, columns.high[unit] ?? 0, columns.max[unit] ?? 0);
  return {
    low: BigInt(columns.low[unit] ?? 0),
    high: BigInt(columns.high[unit] ?? 0),
    max: BigInt(columns.max[unit] ?? 0),
    denominator: BigInt(denominator),
  };
}

/** Puts a row, in lowest terms, back into the columns if doubles hold it, else into `large`. */
export function putRow(columns: Columns, unit: number, row: LargeRow | undefined): void {
  if (!row) {
    columns.denominator[unit] = 0;
    return;
  }
  if (columns.floating) {
    for (const end of ['low', 'high', 'max'] as const)
      columns[end][unit] = new Fraction(row[end], row.denominator).valueOf();
    columns.denominator[unit] = 1;
    return;
  }
  const common = greatestCommonDivisor(
    greatestCommonDivisor(greatestCommonDivisor(row.denominator, row.low), row.high),
    row.max,
  );
  const low = row.low / common;
  const high = row.high / common;
  const max = row.max / common;
  const denominator = row.denominator / common;
  if (isExact(low) && isExact(high) && isExact(max) && isExact(denominator)) {
    columns.low[unit] = Number(low);
    columns.high[unit] = Number(high);
    columns.max[unit] = Number(max);
    columns.denominator[unit] = Number(denominator);
  } else {
    columns.denominator[unit] = LARGE;
    columns.large.set(unit, { low, high, max, denominator });
  }
}

const LARGEST = BigInt(EXACT);
const isExact = (value: bigint) => value <= LARGEST && value >= -LARGEST;
