import Fraction from 'fraction.js';
import { answerOf, CODE, pointsOf } from '#edition/index';
import type { LeafNode } from './plan.ts';
import type { Scored } from './ranking.ts';
import { type WhatIf, whatIf } from './what-if.ts';

/** Where a unit stands on one scored leaf, and what the next step up would be. */
export type NextLevel = {
  readonly unit: string;
  readonly measure: string;
  /** The answer as it is. */
  readonly answer: string;
} & (
  | {
      readonly next: {
        readonly answer: string;
        /** Exact. */
        readonly points: string;
        /** The total and the rank that this step alone would give to the company. */
        readonly outcome: WhatIf;
      };
    }
  | { readonly next?: undefined; readonly why: 'highest' | 'not-applicable' | 'not-assessed' }
);

/**
 * For each scored leaf that a company or its services are asked, in the methodology’s order: the next answer up, which is the one with the
 * fewest points above those it has now, and what total and rank it would give.
 */
export function nextLevels(scored: Scored): (company: string) => readonly NextLevel[] {
  const { edition, scores } = scored;
  const outcome = whatIf(scored);
  const services = Map.groupBy(edition.services, (service) => service.company);
  const leaves = scores.plan.nodes
    .filter((node) => node.kind === 'leaf')
    .filter((leaf) => leaf.scale.kind !== 'number') // a number has no next one
    .toSorted((a, b) => a.leaf - b.leaf)
    .map((leaf) => ({ leaf, steps: stepsOf(leaf) }));
  const units = new Map(edition.answers.units.map((unit, index) => [unit, index]));
  const known = new Set(edition.companies.map((company) => company.id));
  return (company) => {
    if (!known.has(company)) return [];
    const below = (services.get(company) ?? []).map((service) => service.id);
    return leaves.flatMap(({ leaf, steps }) =>
      (leaf.unit === 'company' ? [company] : below).flatMap(
        (unit) => levelOf(company, unit, leaf, steps) ?? [],
      ),
    );
  };

  function levelOf(
    company: string,
    unit: string,
    leaf: LeafNode,
    steps: readonly Step[],
  ): NextLevel | undefined {
    const { codes, leaves: all } = edition.answers;
    const code = codes[(units.get(unit) ?? 0) * all.length + leaf.leaf] ?? CODE.NONE;
    const answer =
      answerOf(
        code,
        leaf.scale.answers.map((option) => option.answer),
      ) ?? '';
    if (code === CODE.NONE) return undefined; // it is not asked of this service
    const base = { unit, measure: leaf.measure.id, answer };
    if (code === CODE.NOT_APPLICABLE) return { ...base, why: 'not-applicable' };
    if (code === CODE.NOT_ASSESSED) return { ...base, why: 'not-assessed' };
    const row = leaf.points.rows[code];
    const now = row ? new Fraction(row.low, row.denominator) : new Fraction(0);
    const step = steps.find(({ points }) => points.compare(now) > 0);
    if (!step) return { ...base, why: 'highest' };
    const result = outcome(company, [{ unit, measure: leaf.measure.id, answer: step.answer }]);
    return (
      result && { ...base, next: { answer: step.answer, points: step.points.toFraction(), outcome: result } }
    );
  }
}

interface Step {
  readonly answer: string;
  readonly points: Fraction;
}

/** The answers of a scale from the fewest points up. */
function stepsOf({ measure, scale }: LeafNode): Step[] {
  return [...pointsOf(measure, scale)]
    .map(([answer, points]) => ({ answer, points }))
    .sort((a, b) => a.points.compare(b.points));
}
