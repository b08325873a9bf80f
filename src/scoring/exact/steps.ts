import { type Fraction, fraction, highestOf, lowestOf, type Rounding, roundScaled } from '#arithmetic/index';
import type { Exception } from '#edition/index';
import type { BranchNode, ScoredBand } from '../plan/plan.ts';
import { overOne } from '../plan/weigh.ts';
import type { Row } from './rows.ts';

/** What happens to a value once it is combined, step by step, exactly. */

/** One step, and what it gives. */
export interface RowStep {
  readonly kind: 'combine' | 'share' | 'band' | 'rounded';
  /** Undefined where nothing above 0 can be attained. */
  readonly row: Row | undefined;
}

/** The steps of a branch once its parts are combined, that one first; what the last gives is the score. */
export function afterCombining(
  { outOf, bands, rounded }: Pick<BranchNode, 'outOf' | 'bands' | 'rounded'>,
  combined: Row,
): readonly RowStep[] {
  const steps: RowStep[] = [{ kind: 'combine', row: combined }];
  const take = (kind: RowStep['kind'], of: ((row: Row) => Row | undefined) | undefined) => {
    const row = steps.at(-1)?.row;
    if (of && row) steps.push({ kind, row: of(row) });
  };
  take('share', outOf && ((row) => shareOfMaximum(row, outOf)));
  take('band', bands && ((row) => bandPoints(row, bands)));
  take('rounded', rounded && ((row) => roundedRow(row, rounded)));
  return steps;
}

/** As a share of the attainable maximum, times `outOf`; undefined where nothing above 0 can be attained. */
export function shareOfMaximum(row: Row, outOf: Fraction): Row | undefined {
  if (row.max <= 0n) return undefined;
  return {
    low: row.low * outOf.n,
    high: row.high * outOf.n,
    max: row.max * outOf.n,
    min: row.min * outOf.n,
    denominator: row.max * outOf.d,
  };
}

/** The points of the bands that the interval touches; at most and at least, of those up to the one that the maximum falls into. */
export function bandPoints(row: Row, bands: readonly ScoredBand[]): Row {
  const points = (touched: readonly ScoredBand[]) => touched.map((band) => band.points);
  const touched = points(bandsTouched(row, bands));
  const reached = points(bands.slice(0, bandIndex(fraction(row.max, row.denominator), bands) + 1));
  return rowOf([lowestOf(touched), highestOf(touched), highestOf(reached), lowestOf(reached)]);
}

/** The bands that an interval reaches into. */
export function bandsTouched(
  { low, high, denominator }: Pick<Row, 'low' | 'high' | 'denominator'>,
  bands: readonly ScoredBand[],
): readonly ScoredBand[] {
  return bands.slice(
    bandIndex(fraction(low, denominator), bands),
    bandIndex(fraction(high, denominator), bands) + 1,
  );
}

/** The index of the band that a value falls into: the lower end of a band belongs to it. */
export const bandIndex = (value: Fraction, bands: readonly ScoredBand[]): number =>
  Math.max(
    0,
    bands.findLastIndex((band) => value.compare(band.from) >= 0),
  );

/** Each end rounded. */
export function roundedRow(row: Row, rounding: Rounding): Row {
  const of = (value: bigint) => roundScaled(fraction(value, row.denominator), rounding);
  return {
    low: of(row.low),
    high: of(row.high),
    max: of(row.max),
    min: of(row.min),
    denominator: 10n ** BigInt(rounding.digits),
  };
}

/** What an exception makes of the score that the rules give. */
export function exceptedRow(row: Row | undefined, exception: Exception | undefined): Row | undefined {
  if (exception?.['leave-out']) return undefined;
  const set = exception?.score ?? exception?.given;
  if (set === undefined) return row;
  const score = fraction(set);
  const ends = row
    ? { max: fraction(row.max, row.denominator), min: fraction(row.min, row.denominator) }
    : undefined;
  const most =
    exception?.maximum === undefined
      ? highestOf(ends ? [score, ends.max] : [score])
      : fraction(exception.maximum);
  return rowOf([score, score, most, lowestOf(ends ? [score, ends.min] : [score])]);
}

function rowOf(values: readonly (Fraction | undefined)[]): Row {
  const { whole, denominator } = overOne(values.map((value) => value ?? fraction(0)));
  const [low = 0n, high = 0n, max = 0n, min = 0n] = whole;
  return { low, high, max, min, denominator };
}
