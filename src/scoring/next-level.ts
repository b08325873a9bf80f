import { type Fraction, fraction } from '#arithmetic/index';
import { AnswerTable, answerOf, CODE, pointsOf } from '#edition/index';
import type { LeafNode, Node } from './plan/plan.ts';
import type { Scored } from './ranking/ranking.ts';
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
 * For each scored leaf that a company or its services are asked, in the methodology’s order: the next better answer, which is the one whose
 * points are nearest to those it has now, and what total and rank it would give.
 */
export function nextLevels(scored: Scored): (company: string) => readonly NextLevel[] {
  const { edition, scores } = scored;
  const outcome = whatIf(scored);
  const services = Map.groupBy(edition.services, (service) => service.company);
  const worseByMore = countedAgainst(scored);
  const leaves = scores.plan.nodes
    .filter((node) => node.kind === 'leaf')
    .filter((leaf) => leaf.scale.kind !== 'number') // a number has no next one
    .toSorted((a, b) => a.leaf - b.leaf)
    .map((leaf) => ({ leaf, steps: stepsOf(leaf, worseByMore.has(leaf.index)) }));
  const answers = new AnswerTable(edition.answers);
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
    const code = answers.code(unit, leaf.measure.id);
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
    const now = row ? fraction(row.low, row.denominator) : fraction(0);
    const isBetter = worseByMore.has(leaf.index)
      ? (points: Fraction) => points.compare(now) < 0
      : (points: Fraction) => points.compare(now) > 0;
    const step = steps.find(({ points }) => isBetter(points));
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

/** The answers of a scale from the worst to the best. */
function stepsOf({ measure, scale }: LeafNode, isWorseByMore: boolean): Step[] {
  const sorted = [...pointsOf(measure, scale)]
    .map(([answer, points]) => ({ answer, points }))
    .sort((a, b) => a.points.compare(b.points));
  return isWorseByMore ? sorted.reverse() : sorted;
}

/**
 * The leaves on which more points are worse for the rank: those below a negative weight, and all others where lower is better. What counts both
 * ways counts as the first of them.
 */
function countedAgainst({ edition, scores }: Scored): ReadonlySet<number> {
  const { ranking } = edition.methodology;
  const ranked = scores.plan.nodeOf(ranking.measure, 'company');
  const signs = new Map<number, 1 | -1>();
  const visit = (node: Node, sign: 1 | -1): void => {
    if (signs.has(node.index)) return;
    signs.set(node.index, sign);
    if (node.kind === 'across') visit(node.inner, sign);
    if (node.kind === 'branch')
      for (const child of node.children) visit(child.node, child.weight < 0n ? flipped(sign) : sign);
  };
  if (ranked) visit(ranked, ranked.measure.direction === 'lower' && !ranked.measure.normalise ? -1 : 1);
  for (const node of scores.plan.nodes.toReversed())
    visit(node, node.measure.direction === 'lower' && !node.measure.normalise ? -1 : 1);
  return new Set([...signs].flatMap(([index, sign]) => (sign < 0 ? [index] : [])));
}

const flipped = (sign: 1 | -1): 1 | -1 => (sign === 1 ? -1 : 1);
