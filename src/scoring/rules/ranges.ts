import { type Fraction, fraction, highestOf, lowestOf, sumOf } from '#arithmetic/index';
import type { Range, Rule } from './rule.ts';

/** From the lowest of all to the highest. */
export function hull(ranges: readonly Range[]): Range {
  return {
    low: everyEnd(ranges, 'low', (ends) => lowestOf(ends)),
    high: everyEnd(ranges, 'high', (ends) => highestOf(ends)),
  };
}

/** A sum is lowest where everything below 0 is in it, or else the lowest alone. */
export function rangeOfSum(ranges: readonly Range[]): Range {
  const below = (ends: readonly Fraction[]) => ends.filter((end) => end.compare(0) < 0);
  const above = (ends: readonly Fraction[]) => ends.filter((end) => end.compare(0) > 0);
  return {
    low: everyEnd(ranges, 'low', (ends) => (below(ends).length > 0 ? sumOf(below(ends)) : lowestOf(ends))),
    high: everyEnd(ranges, 'high', (ends) => (above(ends).length > 0 ? sumOf(above(ends)) : highestOf(ends))),
  };
}

function everyEnd(
  ranges: readonly Range[],
  end: keyof Range,
  of: (ends: readonly Fraction[]) => Fraction | undefined,
): Fraction | undefined {
  const ends = ranges.flatMap((range) => range[end] ?? []);
  return ends.length < ranges.length ? undefined : of(ends);
}

/** A range times each of some factors, all of it together. */
export function scaled(range: Range, factors: readonly Fraction[]): Range {
  const times = (end: Fraction | undefined, factor: Fraction) =>
    factor.equals(0) ? fraction(0) : end?.mul(factor);
  return hull(
    factors.map((factor) =>
      factor.compare(0) < 0
        ? { low: times(range.high, factor), high: times(range.low, factor) }
        : { low: times(range.low, factor), high: times(range.high, factor) },
    ),
  );
}

/** Of parts that are alike, and nobody knows how many: an end that moves with their number is no limit. */
export function rangeOfMany(rule: Rule, range: Range): Range {
  const [one, two] = [rule.range([range]), rule.range([range, range])];
  const kept = (end: keyof Range) => (one[end] && two[end]?.equals(one[end]) ? one[end] : undefined);
  return { low: kept('low'), high: kept('high') };
}
