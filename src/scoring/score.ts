import Fraction from 'fraction.js';
import { type Answers, CODE, type Edition, type UnitKind } from '#edition/index';
import { addUp } from './add-up.ts';
import { type Columns, emptyColumns, LARGE, type LargeRow, putRow, rowAt } from './columns.ts';
import { bandPoints, combineRows, type Part, shareOfMaximum } from './combine.ts';
import { type AcrossNode, type BranchNode, type LeafNode, makePlan, type Node, type Plan } from './plan.ts';

/** A score: an interval of exact fractions, one number where everything is assessed; or not applicable. */
export type Score = NotApplicable | Interval;
export interface NotApplicable {
  readonly kind: 'not-applicable';
}
export interface Interval {
  readonly kind: 'interval';
  readonly low: Fraction;
  readonly high: Fraction;
  /** The most that the unit could have got, what is not applicable to it left out. */
  readonly max: Fraction;
}

/** All scores of an edition. */
export interface Scores {
  readonly plan: Plan;
  /** The columns of a node that is no leaf, over the units of its kind. */
  columns(node: Node): Columns;
  /** The score of a unit on a scored measure; undefined if the measure is not scored for that kind of unit. */
  of(unit: string, measure: string): Score | undefined;
}

/**
 * Scores every unit on every scored measure, exactly.
 *
 * Idea: integers over one denominator a unit and measure, in columns of doubles that hold them exactly; where a number
 * would not fit any more, or the rule is not linear, that row alone is computed with integers of any size (combine.ts).
 * Cost: one look-up and addition for each answer, and a division for each branch and unit.
 *
 * @param edition an edition as `readEdition` gives it: checked, with an answer for every unit and leaf
 * @param plan that of another edition with the same methodology, where there is one
 */
export function scoreEdition(edition: Edition, plan: Plan = makePlan(edition)): Scores {
  const counts = { company: edition.companies.length, service: edition.services.length };
  const columns: (Columns | undefined)[] = [];
  const context: Context = {
    answers: edition.answers,
    counts,
    offsets: { company: 0, service: counts.company },
    columns,
  };
  const services = servicesOfCompanies(edition);
  for (const node of plan.nodes) {
    if (node.kind === 'branch') columns[node.index] = scoreBranch(node, context);
    else if (node.kind === 'across') columns[node.index] = scoreAcross(node, services, context);
  }
  const unitIndex = new Map(edition.answers.units.map((unit, index) => [unit, index]));
  return {
    plan,
    columns: (node) => columns[node.index] ?? leafColumns(node, context),
    of: (unit, measure) => {
      const index = unitIndex.get(unit);
      if (index === undefined) return undefined;
      const kind: UnitKind = index < counts.company ? 'company' : 'service';
      const node = plan.nodeOf(measure, kind);
      return node && scoreOf(rowOf(node, index - context.offsets[kind], context));
    },
  };
}

export interface Context {
  readonly answers: Answers;
  readonly counts: Readonly<Record<UnitKind, number>>;
  /** Where the units of a kind begin among all units. */
  readonly offsets: Readonly<Record<UnitKind, number>>;
  readonly columns: readonly (Columns | undefined)[];
}

/** For each company, the indices of its services among the services. */
function servicesOfCompanies({ companies, services }: Edition): number[][] {
  const of = new Map(companies.map((company) => [company.id, [] as number[]]));
  services.forEach((service, index) => {
    of.get(service.company)?.push(index);
  });
  return [...of.values()];
}

function scoreOf(row: LargeRow | undefined): Score {
  if (!row) return { kind: 'not-applicable' };
  const of = (value: bigint) => new Fraction(value, row.denominator);
  return { kind: 'interval', low: of(row.low), high: of(row.high), max: of(row.max) };
}

function rowOf(node: Node, unit: number, context: Context): LargeRow | undefined {
  if (node.kind === 'leaf') return leafRow(node, unit, context);
  const columns = context.columns[node.index];
  return columns && rowAt(columns, unit);
}

function leafRow(node: LeafNode, unit: number, { answers, offsets }: Context): LargeRow | undefined {
  const code = answers.codes[(offsets[node.unit] + unit) * answers.leaves.length + node.leaf] ?? CODE.NONE;
  return node.points.rows[code];
}

function leafColumns(node: Node, context: Context): Columns {
  const columns = emptyColumns(context.counts[node.unit]);
  for (let unit = 0; unit < columns.low.length; unit++) putRow(columns, unit, rowOf(node, unit, context));
  return columns;
}

function scoreBranch(node: BranchNode, context: Context): Columns {
  const columns = emptyColumns(context.counts[node.unit]);
  const done = addUp(node, context, columns);
  for (let unit = 0; unit < columns.low.length; unit++) {
    if (done && columns.denominator[unit] !== LARGE) continue;
    const parts: Part[] = [];
    for (const child of node.children) {
      const row = rowOf(child.node, unit, context);
      if (row) parts.push({ row, weight: child.weight });
    }
    putRow(columns, unit, finish(node, combineRows(node.combine, parts)));
  }
  return columns;
}

function finish(node: BranchNode, combined: LargeRow | undefined): LargeRow | undefined {
  if (!combined) return undefined;
  const shared = node.outOf ? shareOfMaximum(combined, node.outOf) : combined;
  return node.bands ? bandPoints(shared, node.bands) : shared;
}

function scoreAcross(node: AcrossNode, services: readonly (readonly number[])[], context: Context): Columns {
  const columns = emptyColumns(context.counts.company);
  services.forEach((own, company) => {
    const parts = own.flatMap((service): Part[] => {
      const row = rowOf(node.inner, service, context);
      return row ? [{ row, weight: 1n }] : [];
    });
    putRow(columns, company, combineRows(node.combine, parts));
  });
  return columns;
}
