import { type Fraction, fraction } from '#arithmetic/index';
import type { Edition, UnitKind } from '#edition/index';
import type { Requirement } from '../columns/model.ts';
import { makePlan } from '../plan/make-plan.ts';
import type { BranchNode, Node, Plan } from '../plan/plan.ts';
import { scoreAcross } from './across.ts';
import { scoreBranch, whyLacking } from './branch.ts';
import { type Columns, type Doubles, putRow, rowAt, WHY } from './columns.ts';
import { type Context, doublesOf, idOf, leafColumns, makeContext, rowOf, whyMissing } from './context.ts';
import { floatingScorer, requirementOf } from './floating.ts';
import type { Row } from './rows.ts';
import { exceptedRow } from './steps.ts';

/** A score: an interval of exact fractions, one number where everything is assessed; or none. */
export type Score = NoScore | Interval;
export interface NoScore {
  readonly kind: 'not-applicable';
  /** It applies, but too few answers are there, or they were not published. */
  readonly missing?: 'too-few' | 'unpublished';
}
export interface Interval {
  readonly kind: 'interval';
  readonly low: Fraction;
  readonly high: Fraction;
  /** The most that the unit could have got, what is not applicable to it left out. */
  readonly max: Fraction;
  /** It was computed in floating point; low, high and max are decimals of 15 significant digits. */
  readonly floating?: true;
}

/** All scores of an edition. */
export interface Scores {
  readonly plan: Plan;
  /** The columns of a node, over the units of its kind. */
  columns(node: Node): Columns;
  /** The score of a unit on a scored measure; undefined if the measure is not scored for that kind of unit, or there is no such unit. */
  of(unit: string, measure: string): Score | undefined;
  /** The score of a unit on a node as whole numbers over one denominator; undefined if it has none. */
  row(node: Node, unit: string): Row | undefined;
  /** The same in doubles, with all their digits. */
  doubles(node: Node, unit: string): Doubles | undefined;
  /** Whether a branch has no score by its rules for want of parts that have one. */
  lacks(node: BranchNode, unit: string): boolean;
  /** By branch, what its scores need to be enough; undefined where none can be missing. */
  requirement(node: Node): Requirement | undefined;
}

/**
 * Scores every unit on every scored measure, exactly.
 *
 * Idea: integers over one denominator a unit and measure, in columns of doubles that hold them exactly; where a number
 * would not fit any more, or more than adding up is to be done, that row alone is computed with integers of any size (rows.ts).
 * Measures that cannot be exact are computed in columns of doubles (floating.ts).
 * Cost: one look-up and addition for each answer, and a division for each branch and unit.
 *
 * @param edition an edition as `readEdition` gives it: checked, with an answer for every unit and leaf
 * @param plan that of another edition with the same methodology, where there is one
 */
export function scoreEdition(edition: Edition, plan: Plan = makePlan(edition)): Scores {
  const context = makeContext(edition, plan);
  const scoreFloating = floatingScorer(edition, plan);
  for (const node of plan.nodes) {
    const columns = node.floating ? scoreFloating(node, context) : scoreExactly(node, context);
    if (columns) context.columns[node.index] = columns;
    if (columns && !node.floating) applyExceptions(node, columns, context);
  }
  return scoresOf(context);
}

/** Undefined of a leaf whose points are its scores. */
function scoreExactly(node: Node, context: Context): Columns | undefined {
  if (node.kind === 'branch') return scoreBranch(node, context);
  if (node.kind === 'across') return scoreAcross(node, context);
  const isPlain = !node.rounded && !context.plan.exceptions.has(node.measure.id);
  return isPlain ? undefined : leafColumns(node, context);
}

/** Puts what holds for one unit only in the place of what the rules give. */
function applyExceptions(node: Node, columns: Columns, context: Context): void {
  const exceptions = context.plan.exceptions.get(node.measure.id);
  if (!exceptions) return;
  for (let unit = 0; unit < columns.low.length; unit++) {
    const exception = exceptions.get(idOf(node, unit, context));
    const isSet = exception && (exception['leave-out'] ?? exception.score ?? exception.given) !== undefined;
    if (!isSet) continue;
    putRow(columns, unit, exceptedRow(rowAt(columns, unit), exception));
    if (columns.missing) columns.missing[unit] = WHY.NOT_APPLICABLE;
  }
}

function scoresOf(context: Context): Scores {
  const { plan, offsets, counts } = context;
  const places = new Map(context.answers.units.map((unit, index) => [unit, index]));
  const placeOf = (node: Node, unit: string) => (places.get(unit) ?? -1) - offsets[node.unit];
  const columnsOf = (node: Node): Columns => {
    const known = context.columns[node.index];
    if (known) return known;
    if (node.kind !== 'leaf') throw new Error(`“${node.measure.id}” was not scored.`);
    return leafColumns(node, context);
  };
  return {
    plan,
    columns: columnsOf,
    of: (unit, measure) => {
      const index = places.get(unit);
      if (index === undefined) return undefined;
      const kind: UnitKind = index < counts.company ? 'company' : 'service';
      const node = plan.nodeOf(measure, kind);
      return node && scoreOf(node, index - offsets[kind], context);
    },
    row: (node, unit) => rowOf(node, placeOf(node, unit), context),
    doubles: (node, unit) => doublesOf(node, placeOf(node, unit), context),
    lacks: (node, unit) => whyLacking(node, placeOf(node, unit), context) !== WHY.NOT_APPLICABLE,
    requirement: (node) => (node.kind === 'branch' ? requirementOf(node, context) : undefined),
  };
}

function scoreOf(node: Node, unit: number, context: Context): Score {
  const row = rowOf(node, unit, context);
  if (!row) return NO_SCORE[whyMissing(node, unit, context)] ?? { kind: 'not-applicable' };
  return intervalOf(row, node.floating);
}

const NO_SCORE: readonly NoScore[] = [
  { kind: 'not-applicable' },
  { kind: 'not-applicable', missing: 'too-few' },
  { kind: 'not-applicable', missing: 'unpublished' },
];

export function intervalOf(row: Row, floating: boolean): Interval {
  const of = (value: bigint) => fraction(value, row.denominator);
  const interval: Interval = { kind: 'interval', low: of(row.low), high: of(row.high), max: of(row.max) };
  return floating ? { ...interval, floating: true } : interval;
}
