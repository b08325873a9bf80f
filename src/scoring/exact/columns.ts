import { fraction } from '#arithmetic/index';
import { decimalRow } from '../plan/points.ts';
import { type Row, reduced } from './rows.ts';

/**
 * The scores of one node for all its units, exact: `low / denominator`, `high / denominator` and the attainable `max / denominator`, as whole
 * numbers that a double holds exactly. Where that is not enough, the row stands in `large`.
 */
export interface Columns {
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly max: Float64Array;
  /** The least that could have been got; kept only where something counts negatively above. Where it is not, `low` stands for it, and nobody asks. */
  readonly min: Float64Array | undefined;
  /** 0 where the measure has no score for the unit, `LARGE` where the row stands in `large`. */
  readonly denominator: Float64Array;
  readonly large: Map<number, Row>;
  /** Whether low, high, max and min are floating-point numbers, not whole ones; the denominator is then 1. */
  readonly floating: boolean;
  /** Why a unit has no score, where it should have one (`WHY`); undefined where that cannot be. */
  missing: Uint8Array | undefined;
}

/** Why there is no score: it does not apply; too few answers are there; answers were not published, since another score was given. */
export const WHY = { NOT_APPLICABLE: 0, TOO_FEW: 1, UNPUBLISHED: 2 } as const;

export const LARGE = -1;

/** Integers up to here can be added in pairs without leaving what a double holds exactly. */
export const EXACT = 2 ** 52;

export function emptyColumns(length: number, floating: boolean, keepsLeast: boolean): Columns {
  return {
    low: new Float64Array(length),
    high: new Float64Array(length),
    max: new Float64Array(length),
    min: keepsLeast ? new Float64Array(length) : undefined,
    denominator: new Float64Array(length),
    large: new Map(),
    floating,
    missing: undefined,
  };
}

export function rowAt(columns: Columns, unit: number): Row | undefined {
  const denominator = columns.denominator[unit] as number;
  if (denominator === 0) return undefined;
  if (denominator === LARGE) return columns.large.get(unit);
  const [low, high, max] = [columns.low[unit], columns.high[unit], columns.max[unit]] as [
    number,
    number,
    number,
  ];
  const min = columns.min?.[unit] ?? low;
  if (columns.floating) return decimalRow(low, high, max, min);
  const whole = BigInt(low);
  return {
    low: whole,
    high: high === low ? whole : BigInt(high),
    max: BigInt(max),
    min: min === low ? whole : BigInt(min),
    denominator: BigInt(denominator),
  };
}

/** Puts a row back into the columns if doubles hold it, else into `large`. */
export function putRow(columns: Columns, unit: number, row: Row | undefined): void {
  if (!row) {
    columns.denominator[unit] = 0;
    return;
  }
  if (columns.floating) {
    const of = (value: bigint) => fraction(value, row.denominator).valueOf();
    putDoubles(columns, unit, { low: of(row.low), high: of(row.high), max: of(row.max), min: of(row.min) });
    return;
  }
  const least = reduced(columns.min ? row : { ...row, min: row.low });
  const { low, high, max, min, denominator } = least;
  if ([low, high, max, min, denominator].every(isExact)) {
    columns.low[unit] = Number(low);
    columns.high[unit] = Number(high);
    columns.max[unit] = Number(max);
    if (columns.min) columns.min[unit] = Number(min);
    columns.denominator[unit] = Number(denominator);
  } else {
    columns.denominator[unit] = LARGE;
    columns.large.set(unit, least);
  }
}

const LARGEST = BigInt(EXACT);
const isExact = (value: bigint) => value <= LARGEST && value >= -LARGEST;

/** A score in doubles. */
export interface Doubles {
  readonly low: number;
  readonly high: number;
  readonly max: number;
  readonly min: number;
}

/** Puts doubles into columns that are floating; undefined is “has none”. */
export function putDoubles(columns: Columns, unit: number, value: Doubles | undefined): void {
  columns.denominator[unit] = value ? 1 : 0;
  if (!value) return;
  columns.low[unit] = value.low;
  columns.high[unit] = value.high;
  columns.max[unit] = value.max;
  if (columns.min) columns.min[unit] = value.min;
}

/** The score of a unit in doubles, the nearest ones where it is exact. */
export function doublesAt(columns: Columns, unit: number): Doubles | undefined {
  const denominator = columns.denominator[unit] as number;
  if (denominator === 0) return undefined;
  if (denominator > 0)
    return {
      low: (columns.low[unit] as number) / denominator,
      high: (columns.high[unit] as number) / denominator,
      max: (columns.max[unit] as number) / denominator,
      min: ((columns.min ?? columns.low)[unit] as number) / denominator,
    };
  const row = columns.large.get(unit);
  if (!row) return undefined;
  const of = (value: bigint) => Number(value) / Number(row.denominator);
  return { low: of(row.low), high: of(row.high), max: of(row.max), min: of(row.min) };
}
