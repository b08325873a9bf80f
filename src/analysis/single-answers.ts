import { changedBy, countFirst, doubleKey } from '#scoring/index';
import type { Ladder } from './draws.ts';
import { laddersOf } from './ladders.ts';
import { runModel } from './model.ts';
import type { Nominal } from './nominal.ts';

/** What one answer of a company, a level up or down, does to its rank. */
export interface SingleAnswers {
  readonly company: number;
  /** How many such changes there are, and how many of them change its rank. */
  readonly changes: number;
  readonly moving: number;
  readonly best: number;
  readonly worst: number;
}

/** What the total of a company gains by one answer alone. */
export interface Gain {
  readonly node: number;
  /** Among the units of the leaf: the company itself, or one of its services. */
  readonly unit: number;
  readonly by: number;
}

export interface StepGains {
  /** By company: the gains of each answer that can go a level up, and down (negative). */
  readonly steps: readonly (readonly Gain[])[];
  /** By company: the gain of each answer at its best, and at its worst. */
  readonly best: readonly (readonly Gain[])[];
  readonly worst: readonly (readonly Gain[])[];
}

/**
 * What each single answer is worth to the total of its company.
 *
 * Idea: totals depend on a company's own answers alone, so that the same answer is changed for all companies in one run; where a leaf is
 * answered for services, for the first service of each, then the second, and so on. Cost: four runs for each leaf and place among services.
 */
export function stepGains(nominal: Nominal): StepGains {
  const { model, scored } = nominal;
  const gains = {
    steps: emptyLists(model.companies),
    best: emptyLists(model.companies),
    worst: emptyLists(model.companies),
  };
  const companyPlace = new Map(scored.edition.companies.map(({ id }, place) => [id, place]));
  const owners = scored.edition.services.map(({ company }) => companyPlace.get(company) ?? -1);
  runModel(model, {}, nominal.workspace);
  for (const ladder of laddersOf(scored)) {
    const ofCompanies = isOfCompanies(nominal, ladder);
    const ownerOf = (unit: number) => (ofCompanies ? unit : (owners[unit] ?? -1));
    for (const units of turns(ladder, ownerOf)) {
      collect(nominal, ladder, units, ownerOf, (at) => at + 1, gains.steps);
      collect(nominal, ladder, units, ownerOf, (at) => at - 1, gains.steps);
      collect(nominal, ladder, units, ownerOf, () => ladder.points.length - 1, gains.best);
      collect(nominal, ladder, units, ownerOf, () => 0, gains.worst);
    }
  }
  return gains;
}

const emptyLists = (companies: number): Gain[][] => Array.from({ length: companies }, () => []);

function isOfCompanies({ scored }: Nominal, { node }: Ladder): boolean {
  return scored.scores.plan.nodes[node]?.unit === 'company';
}

/** Units in turns, so that in each there is at most one of a company. */
function turns({ at }: Ladder, ownerOf: (unit: number) => number): number[][] {
  const seen = new Map<number, number>();
  const found: number[][] = [];
  at.forEach((place, unit) => {
    if (place < 0) return;
    const owner = ownerOf(unit);
    const turn = seen.get(owner) ?? 0;
    seen.set(owner, turn + 1);
    found[turn] = [...(found[turn] ?? []), unit];
  });
  return found;
}

function collect(
  { model, workspace, totals }: Nominal,
  { node, points, at }: Ladder,
  units: readonly number[],
  ownerOf: (unit: number) => number,
  move: (at: number) => number,
  into: Gain[][],
): void {
  const column = model.low[node];
  if (!column) return;
  const changed = column.slice();
  const moved = units.filter((unit) => {
    const now = at[unit] ?? -1;
    const value = points[move(now)];
    if (value === undefined || value === points[now]) return false;
    changed[unit] = value;
    return true;
  });
  if (moved.length === 0) return;
  const nodes = changedBy(model, [node]);
  const leaves = model.low.map((own, index) => (index === node ? changed : own));
  const now = runModel(model, { leaves }, workspace, nodes);
  for (const unit of moved) {
    const company = ownerOf(unit);
    const by = (now[company] ?? Number.NaN) - (totals[company] ?? Number.NaN);
    if (!Number.isNaN(by)) into[company]?.push({ node, unit, by });
  }
  runModel(model, {}, workspace, nodes);
}

/** The best and the worst rank of each company by one answer of its own, a level up or down. */
export function singleAnswers({ model, order, totals, ranks }: Nominal, gains: StepGains): SingleAnswers[] {
  const value = doubleKey(model.compared);
  const rivals = new Map(
    [...Map.groupBy(order, (company) => model.groups[company])].map(([group, own]) => [
      group,
      Float64Array.from(own, (company) => value(totals[company] ?? 0)).sort(),
    ]),
  );
  return order.map((company) => {
    const own = gains.steps[company] ?? [];
    const sorted = rivals.get(model.groups[company]) ?? new Float64Array(0);
    const [now, before] = [ranks[company] ?? 0, value(totals[company] ?? 0)];
    let [best, worst, moving] = [now, now, 0];
    for (const { by } of own) {
      const after = value((totals[company] ?? 0) + by);
      const rank = 1 + countAbove(sorted, after) - (before > after ? 1 : 0);
      best = Math.min(best, rank);
      worst = Math.max(worst, rank);
      if (rank !== now) moving++;
    }
    return { company, changes: own.length, moving, best, worst };
  });
}

/** How many of a list, sorted upwards, are above a value. */
const countAbove = (sorted: Float64Array, value: number): number =>
  countFirst(sorted.length, (index) => (sorted[sorted.length - 1 - index] as number) > value);
