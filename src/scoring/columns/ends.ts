import { type Rounding, roundedDouble } from '#arithmetic/index';
import { RULES, type Rule } from '#scoring/rules/index';
import type { AcrossStage } from './model.ts';

/**
 * The scores of one measure for all units, in doubles; NaN where a unit has none. Where one value is computed instead of an interval, low and
 * high are the same column. `most` and `least`, what could have been got, are empty where nothing asks for them.
 */
export interface Ends {
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly most: Float64Array;
  readonly least: Float64Array;
}

type End = keyof Ends;
const REVERSED: Readonly<Record<End, End>> = { low: 'high', high: 'low', most: 'least', least: 'most' };

/** The columns that differ: one of low and high where they are the same. */
const columnsOf = (ends: Ends): readonly End[] => (ends.low === ends.high ? ONE_VALUE : INTERVAL);
const ONE_VALUE = ['low', 'most', 'least'] as const;
const INTERVAL = ['low', 'high', 'most', 'least'] as const;

/**
 * Combines columns by a rule.
 * @param weights one for each part
 * @param taken room for a number a unit
 * @param isOut whether a part is left out
 */
export function combineEnds(
  rule: Rule,
  parts: readonly Ends[],
  weights: Float64Array,
  into: Ends,
  taken: Float64Array,
  isOut?: (part: number) => boolean,
): void {
  for (const end of columnsOf(into)) {
    const values = into[end];
    if (values.length === 0) continue;
    const result = { values, taken };
    rule.column.begin(result);
    for (let part = 0; part < parts.length; part++) {
      if (isOut?.(part)) continue;
      const [own, weight] = [parts[part] as Ends, weights[part] as number];
      rule.column.add(own[weight < 0 ? REVERSED[end] : end], weight, result);
    }
    rule.column.end(result);
  }
}

/** Room for a number for each target of a stage. */
export interface StageRoom {
  readonly gathered: Float64Array;
  readonly values: Float64Array;
  readonly taken: Float64Array;
}

/** Combines services into each target of a stage: the first of all of them, then the second, and so on. */
export function combineStage(
  { rule, targets, parts }: AcrossStage,
  rounding: Rounding | undefined,
  services: Ends,
  into: Ends,
  { gathered, values, taken }: StageRoom,
): void {
  const { column } = RULES[rule];
  const result = { values, taken };
  for (const end of columnsOf(into)) {
    const [from, to] = [services[end], into[end]];
    if (to.length === 0) continue;
    column.begin(result);
    for (const places of parts) {
      for (let index = 0; index < targets.length; index++) {
        const place = places[index] as number;
        gathered[index] = place < 0 ? Number.NaN : (from[place] as number);
      }
      column.add(gathered, 1, result);
    }
    column.end(result);
    for (let index = 0; index < targets.length; index++) {
      const value = values[index] as number;
      to[targets[index] as number] = rounding ? roundedDouble(value, rounding) : value;
    }
  }
}

/** As a share of the attainable maximum; none where nothing above 0 can be attained. */
export function shareEnds({ low, high, most, least }: Ends, outOf: number): void {
  for (let unit = 0; unit < low.length; unit++) {
    const attainable = most[unit] as number;
    const factor = attainable > 0 ? outOf / attainable : Number.NaN;
    low[unit] = (low[unit] as number) * factor;
    if (high !== low) high[unit] = (high[unit] as number) * factor;
    if (least.length > 0) least[unit] = (least[unit] as number) * factor;
    most[unit] = attainable > 0 ? outOf : Number.NaN;
  }
}

export interface BandColumns {
  readonly from: Float64Array;
  readonly points: Float64Array;
}

/** Doubles that lie less than one part in 10^12 below the border of a band belong to it. */
const NEAR = 1e-12;

export function bandAt(value: number, { from }: BandColumns): number {
  let at = from.length - 1;
  while (at > 0 && value < (from[at] as number) - NEAR * Math.max(1, Math.abs(from[at] as number))) at--;
  return at;
}

/** The points of the bands that each interval touches; most and least are those of the bands up to where the maximum falls. */
export function bandEnds({ low, high, most, least }: Ends, bands: BandColumns): void {
  for (let unit = 0; unit < low.length; unit++) {
    const value = low[unit] as number;
    if (Number.isNaN(value)) continue;
    if (most.length > 0) {
      const reached = bands.points.subarray(0, bandAt(most[unit] as number, bands) + 1);
      most[unit] = highest(reached);
      if (least.length > 0) least[unit] = lowest(reached);
    }
    const [from, to] = [bandAt(value, bands), bandAt(high[unit] as number, bands)];
    low[unit] = from === to ? (bands.points[from] as number) : lowest(bands.points.subarray(from, to + 1));
    if (high !== low) high[unit] = highest(bands.points.subarray(from, to + 1));
  }
}

const lowest = (values: Float64Array) => values.reduce((least, value) => Math.min(least, value));
const highest = (values: Float64Array) => values.reduce((most, value) => Math.max(most, value));

export function roundEnds(ends: Ends, rounding: Rounding): void {
  for (const end of columnsOf(ends)) {
    const column = ends[end];
    for (let unit = 0; unit < column.length; unit++)
      column[unit] = roundedDouble(column[unit] as number, rounding);
  }
}

/** What is set for one unit in place of what the rules give; NaN is no score. */
export interface SetScore {
  readonly unit: number;
  readonly value: number;
  /** The most that it could have been; undefined if that is what the rules give, and at least the score. */
  readonly most: number | undefined;
}

export function setEnds({ low, high, most, least }: Ends, { unit, value, most: attainable }: SetScore): void {
  low[unit] = value;
  high[unit] = value;
  if (most.length > 0) most[unit] = attainable ?? larger(value, most[unit] as number);
  if (least.length > 0) least[unit] = -larger(-value, -(least[unit] as number));
}

/** The larger of a value and what may be NaN; NaN if the value is. */
const larger = (value: number, other: number) =>
  Number.isNaN(other) || Number.isNaN(value) ? value : Math.max(value, other);

/** What has no score has nothing that could have been got. */
export function forgetEnds({ low, most, least }: Ends): void {
  for (const column of [most, least])
    for (let unit = 0; unit < column.length; unit++) if (Number.isNaN(low[unit])) column[unit] = Number.NaN;
}

/** The same columns for one unit alone; what is written to them is written to the whole. */
export function oneUnit({ low, high, most, least }: Ends, unit: number): Ends {
  const one = (column: Float64Array) => column.subarray(unit, unit + 1);
  const first = one(low);
  return { low: first, high: high === low ? first : one(high), most: one(most), least: one(least) };
}
