import Fraction from 'fraction.js';
import { type Context, shown } from './methodology-context.ts';
import type { Measure } from './methodology-schema.ts';
import { lineage } from './model.ts';
import { combinedRange, rangeOf } from './ranges.ts';

/** Bands leave no hole, and cover every value that can occur; a share of the maximum needs a maximum. */
export function checkBands(context: Context, measure: Measure): void {
  checkMeans(context, measure);
  checkGrades(context, measure);
  if (measure['out-of'] !== undefined) {
    const flat = (context.combined.get(measure.id) ?? []).find((child) => {
      const weighed = measure.combine === 'weighted-sum' ? new Fraction(child.weight ?? 0) : new Fraction(1);
      const range = rangeOf(context, child);
      return range && weighed.compare(0) > 0 && range.high.compare(0) <= 0;
    });
    const open = (context.combined.get(measure.id) ?? []).find((child) => !rangeOf(context, child));
    if (open)
      context.fail(
        'measure-shape',
        measure,
        'out-of',
        `“${open.id}” has no highest value, so there is no share of a maximum. Give its scale “min” and “max”.`,
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
  if (!range) {
    context.fail(
      'bands',
      measure,
      'bands',
      `“${measure.id}” has no lowest or highest value that bands could cover. Give the scales of numbers below it “min” and “max”.`,
    );
    return;
  }
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

/** A geometric mean has no meaning below 0, a harmonic one none at 0 either. */
function checkMeans(context: Context, measure: Measure): void {
  if (measure.combine !== 'geometric-mean' && measure.combine !== 'harmonic-mean') return;
  const isHarmonic = measure.combine === 'harmonic-mean';
  for (const child of context.combined.get(measure.id) ?? []) {
    const low = rangeOf(context, child)?.low;
    if (low && (isHarmonic ? low.compare(0) > 0 : low.compare(0) >= 0)) continue;
    const what = low ? `can be as low as ${shown(low)}` : 'has no lowest value';
    const limit = isHarmonic ? 'only of values above 0' : 'not of values below 0';
    context.fail(
      'mean',
      measure,
      'combine',
      `“${child.id}” ${what}, and a ${isHarmonic ? 'harmonic' : 'geometric'} mean is ${limit}. Normalise it to a range such as [1, 100], or combine otherwise.`,
    );
  }
}

/** Grades rise, and the lowest has no lower end. */
function checkGrades(context: Context, measure: Measure): void {
  const path = ['measures', context.methodology.measures.indexOf(measure), 'grades'];
  measure.grades?.forEach((grade, index) => {
    const fail = (message: string) => context.failAt('bands', [...path, index], message);
    const before = measure.grades?.[index - 1];
    if (index === 0 && grade.from !== undefined)
      fail(`The lowest grade “${grade.name}” holds everything below the next; remove its “from”.`);
    else if (index > 0 && grade.from === undefined)
      fail(
        `Only the lowest grade, which comes first, has no “from”. Say from where on it is “${grade.name}”.`,
      );
    else if (before?.from !== undefined && new Fraction(grade.from ?? 0).compare(before.from) <= 0)
      fail(
        `“${grade.name}” begins at ${grade.from}, not above “${before.name}” before it. List grades from the lowest up.`,
      );
  });
}
