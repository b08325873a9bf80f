import { fraction } from '#arithmetic/index';
import { RULES } from '#scoring/rules/index';
import { type Context, shown } from './methodology-context.ts';
import type { Band, Measure } from './methodology-schema.ts';
import { lineage } from './model.ts';
import { combinedRange, hasOpenLeaf, rangeOf } from './ranges.ts';

/** Bands leave no hole, and cover every value that can occur; a share of the maximum needs a maximum. */
export function checkBands(context: Context, measure: Measure): void {
  checkMeans(context, measure);
  checkGrades(context, measure);
  if (measure['out-of'] !== undefined) checkShare(context, measure);
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
    return;
  }
  checkBorders(context, measure, bands);
  const path = ['measures', context.methodology.measures.indexOf(measure), 'bands'];
  const { low, high } = combinedRange(context, measure);
  if (!low || !high) {
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
  if (first && low.compare(fraction(first.from)) < 0)
    context.failAt(
      'bands',
      [...path, 0, 'from'],
      `The bands begin at ${first.from}, but “${measure.id}” can be as low as ${shown(low)}.`,
    );
  if (last && high.compare(fraction(last.to)) > 0)
    context.failAt(
      'bands',
      [...path, bands.length - 1, 'to'],
      `The bands end at ${last.to}, but “${measure.id}” can be as high as ${shown(high)}.`,
    );
}

function checkBorders(context: Context, measure: Measure, bands: readonly Band[]): void {
  const path = ['measures', context.methodology.measures.indexOf(measure), 'bands'];
  bands.forEach((band, index) => {
    const from = fraction(band.from);
    if (from.compare(fraction(band.to)) >= 0)
      context.failAt(
        'bands',
        [...path, index],
        `This band goes from ${band.from} to ${band.to}: nothing is in it. “to” must be above “from”.`,
      );
    const before = bands[index - 1];
    if (before && !from.equals(fraction(before.to))) {
      context.failAt(
        'bands',
        [...path, index, 'from'],
        `This band begins at ${band.from}, but the one before ends at ${before.to}: each begins where the one before ends.`,
      );
    }
  });
}

/** A share of the maximum needs a maximum above 0 of whatever counts. */
function checkShare(context: Context, measure: Measure): void {
  const wrong = (message: string) => context.fail('measure-shape', measure, 'out-of', message);
  for (const child of context.combined.get(measure.id) ?? []) {
    const { high } = rangeOf(context, child);
    const weight = fraction((measure.combine === 'weighted-sum' && child.weight) || 1);
    if (hasOpenLeaf(context, child))
      wrong(
        `“${child.id}” has no highest value, so there is no share of a maximum. Give its scale “min” and “max”.`,
      );
    else if (weight.compare(0) > 0 && high && high.compare(0) <= 0)
      wrong(`“${child.id}” cannot get more than 0 points, so there is no share of its maximum.`);
  }
}

/** Some means have no meaning below 0, or at 0 either. */
function checkMeans(context: Context, measure: Measure): void {
  const rule = measure.combine && RULES[measure.combine];
  if (!rule || rule.needs === 'any') return;
  const isPositive = rule.needs === 'positive';
  for (const child of context.combined.get(measure.id) ?? []) {
    const { low } = rangeOf(context, child);
    if (low && low.compare(0) >= (isPositive ? 1 : 0)) continue;
    const what = low ? `can be as low as ${shown(low)}` : 'has no lowest value';
    const limit = isPositive ? 'only of values above 0' : 'not of values below 0';
    context.fail(
      'mean',
      measure,
      'combine',
      `“${child.id}” ${what}, and a ${rule.words} is ${limit}. Normalise it to a range such as [1, 100], or combine otherwise.`,
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
    else if (before?.from !== undefined && fraction(grade.from ?? 0).compare(before.from) <= 0)
      fail(
        `“${grade.name}” begins at ${grade.from}, not above “${before.name}” before it. List grades from the lowest up.`,
      );
  });
}
