import { fraction, sumOf } from '#arithmetic/index';
import { type Combine, RULES } from '#scoring/rules/index';
import { type Context, shown } from './methodology-context.ts';
import type { Measure, Methodology } from './methodology-schema.ts';

/** By measure, the rules by which it is weighed; empty where none does. */
export function weighedMeasures(methodology: Methodology, combined: ReadonlyMap<string, readonly Measure[]>) {
  const rules = new Map<string, Set<Combine>>();
  for (const { id, combine } of methodology.measures) {
    if (!combine || RULES[combine].weighs === 'never') continue;
    for (const child of combined.get(id) ?? [])
      rules.set(child.id, (rules.get(child.id) ?? new Set()).add(combine));
  }
  return (measure: Measure): ReadonlySet<Combine> => rules.get(measure.id) ?? new Set();
}

export function checkWeights(context: Context, measure: Measure): void {
  if (measure.weight !== undefined) checkWeight(context, measure);
  checkChildren(context, measure);
}

function checkWeight({ isWeighed, fail }: Context, measure: Measure): void {
  const rules = [...isWeighed(measure)];
  const mayBeNegative = rules.length > 0 && rules.every((rule) => RULES[rule].mayBeNegative);
  if (fraction(measure.weight ?? 0).compare(0) < 0 && !mayBeNegative)
    fail(
      'weights',
      measure,
      'weight',
      `The weight of “${measure.id}” is negative. Weights are 0 or more, but in a weighted sum.`,
    );
  if (rules.length === 0)
    fail(
      'weights',
      measure,
      'weight',
      `“${measure.id}” has a weight, but nothing combines it by weight. Remove the weight, or let the parent combine by weighted-mean.`,
    );
}

function checkChildren({ combined, fail }: Context, measure: Measure): void {
  const rule = measure.combine && RULES[measure.combine];
  if (!rule || rule.weighs === 'never') {
    if (measure['weights-sum'] !== undefined)
      fail('weights', measure, 'weights-sum', '“weights-sum” belongs to a measure that combines by weight.');
    return;
  }
  const below = combined.get(measure.id) ?? [];
  const missing = below.filter((child) => child.weight === undefined);
  if (rule.weighs === 'if-declared' && missing.length === below.length) return;
  for (const child of missing)
    fail(
      'weights',
      child,
      'weight',
      `“${child.id}” has no weight, and “${measure.id}” weighs what it combines. Add one.`,
    );
  if (missing.length > 0 || below.length === 0) return;
  const sum = sumOf(below.map((child) => fraction(child.weight ?? 0)));
  if (sum.compare(0) <= 0 && rule.linear !== 'sum')
    fail(
      'weights',
      measure,
      'combine',
      `All weights below “${measure.id}” are 0. Give at least one of its children a weight above 0.`,
    );
  const declared = measure['weights-sum'];
  if (declared !== undefined && !sum.equals(fraction(declared)))
    fail(
      'weights',
      measure,
      'weights-sum',
      `The weights below “${measure.id}” add up to ${shown(sum)}, not ${declared}. Mend the weights or the sum.`,
    );
}
