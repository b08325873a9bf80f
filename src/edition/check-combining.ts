import { didYouMean } from './ids.ts';
import type { Context } from './methodology-context.ts';
import type { Measure } from './methodology-schema.ts';
import { crossingOf, DEEPEST, lineage } from './model.ts';

/** What a branch combines is there, is scored for the same units, and does not combine the branch in its turn. */
export function checkCombining(context: Context, measure: Measure): void {
  checkListed(context, measure);
  checkReach(context, measure);
  const round = roundTrip(context, measure);
  if (round && measure.combines)
    context.fail(
      'measure-cycle',
      measure,
      'combines',
      `“${measure.id}” is part of itself: ${round.join(' → ')}. Take one of them out.`,
    );
}

function checkListed({ measures, fail }: Context, measure: Measure): void {
  if (!measure.combines) return;
  const wrong = (message: string) => fail('measure-shape', measure, 'combines', message);
  if (measure.of !== undefined) wrong('“of” and “combines” both say what is combined. Keep one of the two.');
  measure.combines.forEach((id, index) => {
    const found = measures.get(id);
    if (!found)
      fail(
        'unknown-id',
        measure,
        'combines',
        `There is no measure “${id}”.${didYouMean(id, measures.keys())}`,
      );
    else if (found.recorded) wrong(`“${id}” is recorded, not scored; nothing can be made of it.`);
    if (measure.combines?.indexOf(id) !== index) wrong(`“${id}” is listed twice.`);
  });
}

/** Scores of services become those of companies at one measure; nothing else crosses from the ones to the others. */
function checkReach({ measures, combined, fail }: Context, measure: Measure): void {
  const key = measure.of === undefined ? 'combines' : 'of';
  if (measure[key] === undefined) return;
  const crossing = crossingOf(measures, measure);
  for (const child of combined.get(measure.id) ?? []) {
    const below = crossingOf(measures, child);
    const isOfCompany = below === undefined || below === child;
    const isReached = crossing === undefined ? isOfCompany : below === crossing && child !== crossing;
    if (isReached || child.recorded) continue;
    fail(
      'measure-unit',
      measure,
      key,
      crossing
        ? `“${measure.id}” is scored for services, below “${crossing.id}”, and “${child.id}” is not. Combine what stands below “${crossing.id}” too.`
        : `“${child.id}” is scored for services, below “${below?.id}”, which goes across them; “${measure.id}” is scored for companies. Combine “${below?.id}” instead.`,
    );
    return;
  }
}

/** The way by which a measure combines itself. */
function roundTrip({ combined }: Context, measure: Measure): string[] | undefined {
  const seen = new Set<string>();
  const visit = (id: string, way: readonly string[]): string[] | undefined => {
    for (const child of combined.get(id) ?? []) {
      if (child === measure) return [...way, child.id];
      if (seen.has(child.id) || way.length > DEEPEST) continue;
      seen.add(child.id);
      const found = visit(child.id, [...way, child.id]);
      if (found) return found;
    }
    return undefined;
  };
  return visit(measure.id, [measure.id]);
}

/**
 * Whether a measure counts for something that is published: for the ranked measure, for a measure beside it that lists what it combines, or
 * above the ranked one.
 */
export function leadsSomewhere({ measures, combined }: Context, measure: Measure, ranked: Measure): boolean {
  if (measure.recorded) return true;
  const above = new Set([measure]);
  for (const step of above) {
    if (step === ranked || lineage(measures, ranked).includes(step)) return true;
    if (step.combines && step.parent === undefined) return true;
    const parent = step.parent === undefined ? undefined : measures.get(step.parent);
    if (parent) above.add(parent);
    for (const other of measures.values())
      if ((other.combines || other.of) && combined.get(other.id)?.includes(step)) above.add(other);
  }
  return false;
}

/** Where a lower score is better, whatever combines it must take it so too. */
export function checkDirection({ measures, combined, fail }: Context, measure: Measure): void {
  if (measure.direction !== 'lower' || measure.normalise || measure.recorded) return;
  for (const other of measures.values()) {
    if (!combined.get(other.id)?.includes(measure)) continue;
    const counts = measure.weight?.startsWith('-') ? 'down' : 'up';
    if (counts === (other.direction === 'lower' ? 'up' : 'down')) continue;
    fail(
      'measure-shape',
      measure,
      'direction',
      `Lower is better on “${measure.id}”, and “${other.id}” counts it as if higher were. Normalise it, give it a negative weight in a weighted sum, or say direction: lower at “${other.id}” too.`,
    );
  }
}
