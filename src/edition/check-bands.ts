import Fraction from 'fraction.js';
import { type Context, shown } from './methodology-context.ts';
import { lineage } from './model.ts';
import type { Measure } from './schema.ts';

/** Bands leave no hole, and cover every value that can occur; a share of the maximum needs a maximum. */
export function checkBands(context: Context, measure: Measure): void {
  if (measure['out-of'] !== undefined) {
    const flat = (context.children.get(measure.id) ?? []).find(
      (child) => rangeOf(context, child).high.compare(0) <= 0,
    );
    if (flat)
      context.fail(
        'measure-shape',
        measure,
        'out-of',
        `“${flat.id}” cannot get more than 0 points, so there is no share of its maximum.`,
      );
  }
  const { bands } = measure;
  if (!bands) return;
  const unbounded = context.methodology.measures.find(
    (below) =>
      below !== measure &&
      below.across?.services === 'sum' &&
      lineage(context.measures, below).includes(measure),
  );
  if (unbounded) {
    const message = `“${unbounded.id}” below is a sum over services, so there is no highest value that bands could cover. Combine the services otherwise.`;
    context.fail('bands', measure, 'bands', message);
  }
  const path = ['measures', context.methodology.measures.indexOf(measure), 'bands'];
  bands.forEach((band, index) => {
    const from = new Fraction(band.from);
    if (from.compare(new Fraction(band.to)) >= 0)
      context.failAt(
        'bands',
        [...path, index],
        `This band goes from ${band.from} to ${band.to}: nothing is in it. “to” must be above “from”.`,
      );
    const before = bands[index - 1];
    if (before && !from.equals(new Fraction(before.to))) {
      context.failAt(
        'bands',
        [...path, index, 'from'],
        `This band begins at ${band.from}, but the one before ends at ${before.to}: each begins where the one before ends.`,
      );
    }
  });
  const range = combinedRange(context, measure);
  const first = bands[0];
  const last = bands.at(-1);
  if (first && range.low.compare(new Fraction(first.from)) < 0)
    context.failAt(
      'bands',
      [...path, 0, 'from'],
      `The bands begin at ${first.from}, but “${measure.id}” can be as low as ${shown(range.low)}.`,
    );
  if (last && range.high.compare(new Fraction(last.to)) > 0)
    context.failAt(
      'bands',
      [...path, bands.length - 1, 'to'],
      `The bands end at ${last.to}, but “${measure.id}” can be as high as ${shown(range.high)}.`,
    );
}

interface Range {
  readonly low: Fraction;
  readonly high: Fraction;
}

/** The lowest and highest value that a measure can have for any unit, whatever of it is not applicable. */
function rangeOf(context: Context, measure: Measure): Range {
  if (measure.bands) return spanOf(measure.bands.map((band) => new Fraction(band.points)));
  const scale = context.scales.get(measure.scale ?? '');
  if (!scale) return combinedRange(context, measure);
  const points = scale.answers.map((answer) => new Fraction(answer.points ?? 0));
  if (scale['no-evidence'] !== undefined) points.push(new Fraction(scale['no-evidence']));
  return spanOf(points);
}

/** The same before bands. A sum over what applies is lowest where everything below 0 applies, or else one child alone does. */
function combinedRange(context: Context, measure: Measure): Range {
  const ranges = (context.children.get(measure.id) ?? []).map((child) => rangeOf(context, child));
  if (measure['out-of'] !== undefined) {
    const outOf = new Fraction(measure['out-of']);
    // By the mediant inequality no share of a sum or mean lies outside the shares of its parts.
    return { low: spanOf(ranges.map((range) => range.low.div(range.high))).low.mul(outOf), high: outOf };
  }
  const lows = spanOf(ranges.map((range) => range.low));
  const highs = spanOf(ranges.map((range) => range.high));
  if (measure.combine !== 'sum') return { low: lows.low, high: highs.high };
  const negative = add(ranges.map((range) => range.low).filter((low) => low.compare(0) < 0));
  const positive = add(ranges.map((range) => range.high).filter((high) => high.compare(0) > 0));
  return { low: negative ?? lows.low, high: positive ?? highs.high };
}

const add = (values: readonly Fraction[]) =>
  values.length === 0 ? undefined : values.reduce((sum, value) => sum.add(value));

function spanOf(values: readonly Fraction[]): Range {
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
