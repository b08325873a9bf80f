import type { Across, Combine } from '#edition/index';
import { type Columns, emptyColumns, rowAt } from './columns.ts';
import type { BranchNode, Node } from './plan.ts';

/**
 * Scoring in floating point: where a measure is a geometric or harmonic mean or rests on normalised numbers. One pass over the units for
 * each child; everything that can be exact is exact below, and is taken here as the nearest double.
 */

/** The values of one node as doubles; NaN stands inside for “has none” and never leaves. */
export interface Doubles {
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly max: Float64Array;
}

/** A value or interval, with the most that could be attained. */
export interface DoublePart {
  readonly low: number;
  readonly high: number;
  readonly max: number;
  readonly weight: number;
}

/** Combines the parts of one unit; undefined if there are none, or their weights are all 0. */
export function combineDoubles(
  rule: Combine,
  parts: readonly DoublePart[],
): Omit<DoublePart, 'weight'> | undefined {
  const total = parts.reduce((sum, part) => sum + part.weight, 0);
  if (parts.length === 0 || (isMean(rule) && total === 0)) return undefined;
  const of = (end: 'low' | 'high' | 'max') =>
    combineValues(
      rule,
      parts.map((part) =>
        part.weight < 0 && end !== 'max' ? part[end === 'low' ? 'high' : 'low'] : part[end],
      ),
      parts.map((part) => part.weight),
      total,
    );
  return { low: of('low'), high: of('high'), max: of('max') };
}

const isMean = (rule: Combine) =>
  rule !== 'sum' && rule !== 'weighted-sum' && rule !== 'min' && rule !== 'max';

function combineValues(
  rule: Combine,
  values: readonly number[],
  weights: readonly number[],
  total: number,
): number {
  if (rule === 'min') return Math.min(...values);
  if (rule === 'max') return Math.max(...values);
  let sum = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    sum += (weights[index] as number) * transformed(rule, value);
  }
  if (!isMean(rule)) return sum;
  return restored(rule, sum / total);
}

/** A mean is that of the values (arithmetic), of their logarithms (geometric) or of their reciprocals (harmonic). */
function transformed(rule: Combine, value: number): number {
  return rule === 'geometric-mean' ? Math.log(value) : rule === 'harmonic-mean' ? 1 / value : value;
}

function restored(rule: Combine, mean: number): number {
  return rule === 'geometric-mean' ? Math.exp(mean) : rule === 'harmonic-mean' ? 1 / mean : mean;
}

/** The steps after combining: share of the maximum, and bands. */
export function finishDoubles(
  node: Pick<BranchNode, 'outOf' | 'bands'>,
  combined: Omit<DoublePart, 'weight'> | undefined,
): Omit<DoublePart, 'weight'> | undefined {
  if (!combined) return undefined;
  let { low, high, max } = combined;
  if (node.outOf) {
    if (max <= 0) return undefined;
    const outOf = node.outOf.valueOf();
    [low, high, max] = [(low / max) * outOf, (high / max) * outOf, outOf];
  }
  const { bands } = node;
  if (!bands) return { low, high, max };
  const points = bands.map((band) => band.points.valueOf());
  const at = (value: number) =>
    Math.max(
      0,
      bands.findLastIndex((band) => value >= band.from.valueOf()),
    );
  const touched = points.slice(at(low), at(high) + 1);
  return { low: Math.min(...touched), high: Math.max(...touched), max: Math.max(...points) };
}

/** Puts a value into the columns; undefined is “has none”. */
export function putDoubles(
  columns: Columns,
  unit: number,
  value: Omit<DoublePart, 'weight'> | undefined,
): void {
  columns.denominator[unit] = value ? 1 : 0;
  if (!value) return;
  columns.low[unit] = value.low;
  columns.high[unit] = value.high;
  columns.max[unit] = value.max;
}

/** The score of a unit as doubles, from columns of either kind. */
export function doublesAt(columns: Columns, unit: number): Omit<DoublePart, 'weight'> | undefined {
  const denominator = columns.denominator[unit] ?? 0;
  if (denominator === 0) return undefined;
  if (denominator > 0)
    return {
      low: (columns.low[unit] ?? 0) / denominator,
      high: (columns.high[unit] ?? 0) / denominator,
      max: (columns.max[unit] ?? 0) / denominator,
    };
  const row = rowAt(columns, unit);
  if (!row) return undefined;
  const of = (value: bigint) => Number(value) / Number(row.denominator);
  return { low: of(row.low), high: of(row.high), max: of(row.max) };
}

/** The columns of a leaf with normalised numbers. */
export function leafDoubles(
  node: Extract<Node, { kind: 'leaf' }>,
  codeAt: (unit: number) => number,
  units: number,
): Columns {
  const columns = emptyColumns(units, true);
  for (let unit = 0; unit < units; unit++) {
    const code = codeAt(unit);
    const has = node.points.rows[code] !== undefined;
    putDoubles(
      columns,
      unit,
      has
        ? { low: node.points.low[code] ?? 0, high: node.points.high[code] ?? 0, max: node.points.max }
        : undefined,
    );
  }
  return columns;
}

/** Combines services in floating point. */
export const combineServices = (rule: Across['services'], parts: readonly Omit<DoublePart, 'weight'>[]) =>
  combineDoubles(
    rule,
    parts.map((part) => ({ ...part, weight: 1 })),
  );
