import { greatestCommonDivisor, leastCommonMultiple } from '#arithmetic/index';
import type { Rule } from '#scoring/rules/index';

/** A score of any size: `low / denominator` and so on. The denominator is above 0. */
export interface Row {
  readonly low: bigint;
  readonly high: bigint;
  /** The most and the least that the unit could have got. */
  readonly max: bigint;
  readonly min: bigint;
  readonly denominator: bigint;
}

export interface Part {
  readonly row: Row;
  readonly weight: bigint;
}

const ENDS = ['low', 'high', 'max', 'min'] as const;
type End = (typeof ENDS)[number];
/** What counts negatively is highest where the part is lowest. */
const REVERSED: Readonly<Record<End, End>> = { low: 'high', high: 'low', max: 'min', min: 'max' };

/**
 * Combines what has a score; undefined if nothing does (or all that does has the weight 0). This defines what the exact rules mean on
 * intervals; the fast path in add-up.ts must agree with it.
 * @param unit what the weights of a sum are over
 */
export function combineRows(rule: Rule, parts: readonly Part[], unit = 1n): Row | undefined {
  const { exact } = rule;
  if (!exact) throw new Error(`A ${rule.words} is not exact.`);
  if (parts.length === 0) return undefined;
  const common = parts.reduce((lcm, { row }) => leastCommonMultiple(lcm, row.denominator), 1n);
  const weights = parts.map(({ weight }) => weight);
  const at = (end: End) =>
    exact({
      values: parts.map(
        ({ row, weight }) => row[weight < 0n ? REVERSED[end] : end] * (common / row.denominator),
      ),
      weights,
      unit,
    });
  const low = at('low');
  const isPoint = parts.every(({ row }) => row.low === row.high);
  const high = isPoint ? low : at('high');
  const max = at('max');
  // Where nobody asks for the least, the lowest stands for it.
  const isLeast = parts.every(({ row, weight }) => weight >= 0n && row.min === row.low);
  const min = isLeast ? low : at('min');
  if (!low || !high || !max || !min) return undefined;
  return {
    low: low.value,
    high: high.value,
    max: max.value,
    min: min.value,
    denominator: common * low.over,
  };
}

/** In lowest terms. */
export function reduced(row: Row): Row {
  const common = ENDS.reduce((divisor, end) => greatestCommonDivisor(divisor, row[end]), row.denominator);
  return {
    low: row.low / common,
    high: row.high / common,
    max: row.max / common,
    min: row.min / common,
    denominator: row.denominator / common,
  };
}
