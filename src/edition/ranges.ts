import Fraction from 'fraction.js';
import type { Measure, Scale } from './methodology-schema.ts';
import { ownValue } from './own-value.ts';

/** The lowest and the highest value that a measure can have. */
export interface Range {
  readonly low: Fraction;
  readonly high: Fraction;
}

interface Tree {
  readonly scales: ReadonlyMap<string, Scale>;
  readonly combined: ReadonlyMap<string, readonly Measure[]>;
}

/** The lowest and highest value that a measure can have for any unit, whatever of it is not applicable; undefined where there is no such limit. */
export function rangeOf(tree: Tree, measure: Measure): Range | undefined {
  if (measure.bands) return spanOf(measure.bands.map((band) => new Fraction(band.points)));
  const scale = tree.scales.get(measure.scale ?? '');
  return scale ? leafRange(measure, scale) : combinedRange(tree, measure);
}

function leafRange(measure: Measure, scale: Scale): Range | undefined {
  const none = scale['no-evidence'] === undefined ? [] : [new Fraction(scale['no-evidence'])];
  if (scale.kind === 'number') {
    const ends = measure.normalise
      ? measure.normalise.method === 'z-score'
        ? undefined
        : measure.normalise.to
      : scale.min !== undefined && scale.max !== undefined
        ? [scale.min, scale.max]
        : undefined;
    return ends && spanOf([...ends.map((end) => new Fraction(end)), ...none]);
  }
  return spanOf([...pointsOf(measure, scale).values(), ...none]);
}

/** The points of each answer that a leaf admits: its own or those of the scale, mirrored between their lowest and highest if it is reversed. */
export function pointsOf(measure: Measure, scale: Scale): ReadonlyMap<string, Fraction> {
  const points = new Map(
    scale.answers.map(({ answer, points }) => [
      answer,
      new Fraction(ownValue(measure.points, answer) ?? points ?? 0),
    ]),
  );
  if (!measure.reversed) return points;
  const { low, high } = spanOf([...points.values()]);
  return new Map([...points].map(([answer, value]) => [answer, low.add(high).sub(value)]));
}

/** The same before bands. A sum over what applies is lowest where everything below 0 applies, or else one child alone does. */
export function combinedRange(tree: Tree, measure: Measure): Range | undefined {
  const children = tree.combined.get(measure.id) ?? [];
  const ranges = children.flatMap((child) => rangeOf(tree, child) ?? []);
  if (ranges.length < children.length) return undefined;
  if (measure.combine === 'weighted-sum') {
    const weighed = ranges.map(({ low, high }, index) => {
      const weight = new Fraction(children[index]?.weight ?? 0);
      return spanOf([low.mul(weight), high.mul(weight)]);
    });
    const counting = weighed.filter((_, index) => !new Fraction(children[index]?.weight ?? 0).equals(0));
    return ofMaximum(measure, counting, sumRange(weighed));
  }
  if (measure['out-of'] !== undefined) return ofMaximum(measure, ranges, undefined);
  const span = {
    low: spanOf(ranges.map(({ low }) => low)).low,
    high: spanOf(ranges.map(({ high }) => high)).high,
  };
  return measure.combine === 'sum' ? sumRange(ranges) : span;
}

/** As a share of the maximum: by the mediant inequality no share of a sum or mean lies outside the shares of its parts. */
function ofMaximum(measure: Measure, ranges: readonly Range[], plain: Range | undefined): Range | undefined {
  if (measure['out-of'] === undefined) return plain;
  const outOf = new Fraction(measure['out-of']);
  const positive = ranges.filter(({ high }) => high.compare(0) > 0);
  const negative = ranges.filter(({ high }) => high.compare(0) <= 0);
  if (negative.length > 0) return undefined;
  return { low: spanOf(positive.map(({ low, high }) => low.div(high))).low.mul(outOf), high: outOf };
}

function sumRange(ranges: readonly Range[]): Range {
  const negative = add(ranges.map((range) => range.low).filter((low) => low.compare(0) < 0));
  const positive = add(ranges.map((range) => range.high).filter((high) => high.compare(0) > 0));
  return {
    low: negative ?? spanOf(ranges.map((range) => range.low)).low,
    high: positive ?? spanOf(ranges.map((range) => range.high)).high,
  };
}

const add = (values: readonly Fraction[]) =>
  values.length === 0 ? undefined : values.reduce((sum, value) => sum.add(value));

export function spanOf(values: readonly Fraction[]): Range {
  const zero = new Fraction(0);
  const [first = zero, ...rest] = values;
  return rest.reduce<Range>(
    (range, value) => ({
      low: value.compare(range.low) < 0 ? value : range.low,
      high: value.compare(range.high) > 0 ? value : range.high,
    }),
    { low: first, high: first },
  );
}
