import Fraction from 'fraction.js';
import { type Answers, CODE, type Edition, type Exception, partsOf, type UnitKind } from '#edition/index';
import { addUp } from './add-up.ts';
import { type Columns, emptyColumns, LARGE, type LargeRow, putRow, rowAt } from './columns.ts';
import { bandPoints, combineRows, type ExactRule, type Part, shareOfMaximum } from './combine.ts';
import {
  combineDoubles,
  combineServices,
  type DoublePart,
  doublesAt,
  finishDoubles,
  leafDoubles,
  putDoubles,
} from './floating.ts';
import {
  type AcrossNode,
  type BranchNode,
  type LeafNode,
  makePlan,
  type Node,
  type Plan,
  weigh,
} from './plan.ts';

/** A score: an interval of exact fractions, one number where everything is assessed; or not applicable. */
export type Score = NotApplicable | Interval;
export interface NotApplicable {
  readonly kind: 'not-applicable';
  /** It applies, but too few answers are there. */
  readonly missing?: true;
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
  /** The score of a unit on a scored measure; undefined if the measure is not scored for that kind of unit. */
  of(unit: string, measure: string): Score | undefined;
}

/**
 * Scores every unit on every scored measure, exactly.
 *
 * Idea: integers over one denominator a unit and measure, in columns of doubles that hold them exactly; where a number
 * would not fit any more, or the rule is not linear, that row alone is computed with integers of any size (combine.ts).
 * Measures that cannot be exact are floating point (floating.ts). Exceptions to the rules are computed row by row.
 * Cost: one look-up and addition for each answer, and a division for each branch and unit.
 *
 * @param edition an edition as `readEdition` gives it: checked, with an answer for every unit and leaf
 * @param plan that of another edition with the same methodology, where there is one
 */
export function scoreEdition(edition: Edition, plan: Plan = makePlan(edition)): Scores {
  const context = makeContext(edition, plan);
  for (const node of plan.nodes) {
    const own = plan.exceptions.get(node.measure.id);
    const columns =
      node.kind === 'branch'
        ? scoreBranch(node, context)
        : node.kind === 'across'
          ? scoreAcross(node, context)
          : node.floating || own
            ? leafColumns(node, context)
            : undefined;
    if (columns) context.columns[node.index] = columns;
    if (columns && own) applyExceptions(node, own, columns, context);
  }
  const unitIndex = new Map(edition.answers.units.map((unit, index) => [unit, index]));
  return {
    plan,
    columns: (node) => context.columns[node.index] ?? leafColumns(node, context),
    of: (unit, measure) => {
      const index = unitIndex.get(unit);
      if (index === undefined) return undefined;
      const kind: UnitKind = index < context.counts.company ? 'company' : 'service';
      const node = plan.nodeOf(measure, kind);
      if (!node) return undefined;
      const own = index - context.offsets[kind];
      const row = rowOf(node, own, context);
      if (!row) return isMissing(node, own, context) ? MISSING : NOT_APPLICABLE;
      const score = intervalOf(row);
      return node.floating ? { ...score, floating: true } : score;
    },
  };
}

const NOT_APPLICABLE: NotApplicable = { kind: 'not-applicable' };
const MISSING: NotApplicable = { kind: 'not-applicable', missing: true };

export function intervalOf(row: LargeRow): Interval {
  const of = (value: bigint) => new Fraction(value, row.denominator);
  return { kind: 'interval', low: of(row.low), high: of(row.high), max: of(row.max) };
}

export interface Context {
  readonly plan: Plan;
  readonly answers: Answers;
  readonly counts: Readonly<Record<UnitKind, number>>;
  /** Where the units of a kind begin among all units. */
  readonly offsets: Readonly<Record<UnitKind, number>>;
  readonly columns: (Columns | undefined)[];
  readonly nesting: Nesting;
}

/** How services stand in companies and in each other, by their indices among the services. */
interface Nesting {
  readonly kinds: readonly string[];
  /** For each company, the services that are not part of another. */
  readonly outermost: readonly (readonly number[])[];
  /** For each service, its parts. */
  readonly parts: ReadonlyMap<number, readonly number[]>;
}

function makeContext({ answers, companies, services }: Edition, plan: Plan): Context {
  const index = new Map(services.map((service, place) => [service.id, place]));
  const outermost = new Map(companies.map((company) => [company.id, [] as number[]]));
  services.forEach((service, place) => {
    if (service.part_of === '') outermost.get(service.company)?.push(place);
  });
  const parts = new Map<number, readonly number[]>();
  for (const [whole, own] of partsOf(services))
    if (whole !== '')
      parts.set(
        index.get(whole) ?? -1,
        own.map((service) => index.get(service.id) ?? -1),
      );
  return {
    plan,
    answers,
    counts: { company: companies.length, service: services.length },
    offsets: { company: 0, service: companies.length },
    columns: [],
    nesting: {
      kinds: services.map((service) => service.kind),
      outermost: [...outermost.values()],
      parts,
    },
  };
}

function rowOf(node: Node, unit: number, context: Context): LargeRow | undefined {
  const columns = context.columns[node.index];
  if (columns) return rowAt(columns, unit);
  return node.kind === 'leaf' ? node.points.rows[codeOf(node, unit, context)] : undefined;
}

function codeOf(node: LeafNode, unit: number, { answers, offsets }: Context): number {
  return answers.codes[(offsets[node.unit] + unit) * answers.leaves.length + node.leaf] ?? CODE.NONE;
}

/** Whether a unit has no score for want of answers, where otherwise it would have one. */
function isMissing(node: Node, unit: number, context: Context): boolean {
  if (node.kind === 'leaf') {
    return context.plan.leavesOut && codeOf(node, unit, context) === CODE.NOT_ASSESSED;
  }
  return context.columns[node.index]?.missing?.[unit] === 1;
}

function leafColumns(node: Node, context: Context): Columns {
  const units = context.counts[node.unit];
  if (node.kind === 'leaf' && node.floating)
    return leafDoubles(node, (unit) => codeOf(node, unit, context), units);
  const columns = emptyColumns(units);
  for (let unit = 0; unit < units; unit++) putRow(columns, unit, rowOf(node, unit, context));
  return columns;
}

/** The rule and the weights as they hold for one unit. */
interface OwnRule {
  readonly combine: BranchNode['combine'];
  readonly weights: readonly bigint[];
  readonly unit: bigint;
}

function ownRules(node: BranchNode, context: Context): ReadonlyMap<number, OwnRule> {
  const { exceptions } = context.plan;
  const units = new Set<string>();
  for (const [unit, { combine }] of exceptions.get(node.measure.id) ?? []) if (combine) units.add(unit);
  for (const child of node.children)
    for (const [unit, { weight }] of exceptions.get(child.node.measure.id) ?? []) if (weight) units.add(unit);
  if (units.size === 0) return new Map();
  const offset = context.offsets[node.unit];
  return new Map(
    [...units].map((unit) => [context.answers.units.indexOf(unit) - offset, ruleFor(node, unit, exceptions)]),
  );
}

/** The rule and weights by which a branch combines its children for one unit. */
export function ruleFor(node: BranchNode, unit: string, exceptions: Plan['exceptions']): OwnRule {
  const combine = exceptions.get(node.measure.id)?.get(unit)?.combine ?? node.combine;
  const declared = node.children.map(
    (child) => exceptions.get(child.node.measure.id)?.get(unit)?.weight ?? child.node.measure.weight,
  );
  return { combine, ...weigh(combine, declared) };
}

function scoreBranch(node: BranchNode, context: Context): Columns {
  const columns = emptyColumns(context.counts[node.unit], node.floating);
  const own = ownRules(node, context);
  const usual: OwnRule = {
    combine: node.combine,
    weights: node.children.map((child) => child.weight),
    unit: node.weightUnit,
  };
  const mayMiss = context.plan.leavesOut;
  const done = !node.floating && !mayMiss && addUp(node, context, columns);
  if (mayMiss) columns.missing = new Uint8Array(columns.low.length);
  for (let unit = 0; unit < columns.low.length; unit++) {
    const rule = own.get(unit);
    if (done && !rule && columns.denominator[unit] !== LARGE) continue;
    if (mayMiss && lacks(node, unit, context, columns)) continue;
    if (node.floating) putDoubles(columns, unit, branchDoubles(node, rule ?? usual, unit, context));
    else putRow(columns, unit, branchRow(node, rule ?? usual, unit, context));
  }
  return columns;
}

/** Marks a unit of which too few children have a score, or none that should. */
function lacks(node: BranchNode, unit: number, context: Context, columns: Columns): boolean {
  let [present, missing] = [0, 0];
  for (const { node: child } of node.children) {
    if (isMissing(child, unit, context)) missing++;
    else if (hasScore(child, unit, context)) present++;
  }
  if (missing === 0 || isEnough(node, present, missing)) return false;
  if (columns.missing) columns.missing[unit] = 1;
  columns.denominator[unit] = 0;
  return true;
}

const isEnough = ({ requires }: BranchNode, present: number, missing: number) =>
  present > 0 && (!requires || requires.mul(present + missing).compare(present) <= 0);

function hasScore(node: Node, unit: number, context: Context): boolean {
  const columns = context.columns[node.index];
  if (columns) return columns.denominator[unit] !== 0;
  return rowOf(node, unit, context) !== undefined;
}

function branchRow(
  node: BranchNode,
  { combine, weights, unit: over }: OwnRule,
  unit: number,
  context: Context,
): LargeRow | undefined {
  const parts: Part[] = [];
  node.children.forEach((child, index) => {
    const row = rowOf(child.node, unit, context);
    if (row) parts.push({ row, weight: weights[index] ?? 1n, lowest: child.lowest });
  });
  const combined = combineRows(combine as ExactRule, parts, over);
  const shared = combined && node.outOf ? shareOfMaximum(combined, node.outOf) : combined;
  return shared && node.bands ? bandPoints(shared, node.bands) : shared;
}

function branchDoubles(
  node: BranchNode,
  { combine, weights, unit: over }: OwnRule,
  unit: number,
  context: Context,
): Omit<DoublePart, 'weight'> | undefined {
  const parts: DoublePart[] = [];
  node.children.forEach(({ node: child, lowest }, index) => {
    const value = doublesOf(child, unit, context);
    const weight = Number(weights[index] ?? 1n) / Number(over);
    if (value) parts.push({ ...value, ...(lowest ? { max: lowest.valueOf() } : {}), weight });
  });
  return finishDoubles(node, combineDoubles(combine, parts));
}

function doublesOf(node: Node, unit: number, context: Context): Omit<DoublePart, 'weight'> | undefined {
  const columns = context.columns[node.index];
  if (columns) return doublesAt(columns, unit);
  if (node.kind !== 'leaf') return undefined;
  const code = codeOf(node, unit, context);
  if (!node.points.rows[code]) return undefined;
  const { low, high, max, denominator } = node.points;
  return {
    low: (low[code] ?? 0) / denominator,
    high: (high[code] ?? 0) / denominator,
    max: max / denominator,
  };
}

/** Services into companies: those that are part of another are combined into it first, from the innermost outwards. */
function scoreAcross(node: AcrossNode, context: Context): Columns {
  const { nesting, answers, offsets, plan } = context;
  const exceptions = plan.exceptions.get(node.measure.id);
  const companies = emptyColumns(context.counts.company, node.floating);
  const services = context.columns[node.inner.index] ?? leafColumns(node.inner, context);
  if (nesting.parts.size > 0) context.columns[node.inner.index] = services;
  const combine = (
    rule: AcrossNode['combine'],
    own: readonly number[],
    into: Columns,
    unit: number,
  ): void => {
    if (node.floating)
      putDoubles(
        into,
        unit,
        combineServices(
          rule,
          own.flatMap((each) => doublesAt(services, each) ?? []),
        ),
      );
    else
      putRow(
        into,
        unit,
        combineRows(
          rule,
          own.flatMap((each) => {
            const row = rowAt(services, each);
            return row ? [{ row, weight: 1n }] : [];
          }),
        ),
      );
    markMissing(own, services, into, unit);
  };
  const visit = (service: number): void => {
    const parts = nesting.parts.get(service);
    if (!parts) return;
    parts.forEach(visit);
    const across = exceptions?.get(answers.units[offsets.service + service] ?? '')?.across ?? node.across;
    combine(across.nested ?? across.services, parts, services, service);
  };
  nesting.outermost.forEach((own, company) => {
    own.forEach(visit);
    const across = exceptions?.get(answers.units[company] ?? '')?.across ?? node.across;
    const inScope = own.filter((service) => across.scope?.includes(nesting.kinds[service] ?? '') ?? true);
    combine(across.services, inScope, companies, company);
  });
  return companies;
}

/** What has no score because all of what it combines is missing is missing too. */
function markMissing(own: readonly number[], from: Columns, into: Columns, unit: number): void {
  if (into.denominator[unit] !== 0 || !own.some((each) => from.missing?.[each] === 1)) return;
  into.missing ??= new Uint8Array(into.low.length);
  into.missing[unit] = 1;
}

/** Puts what holds for one unit only in the place of what the rules give. */
function applyExceptions(
  node: Node,
  exceptions: ReadonlyMap<string, Exception>,
  columns: Columns,
  { answers, offsets, counts }: Context,
): void {
  for (const [unit, exception] of exceptions) {
    const index = answers.units.indexOf(unit) - offsets[node.unit];
    if (index < 0 || index >= counts[node.unit]) continue;
    if (exception['leave-out']) columns.denominator[index] = 0;
    if (exception.score !== undefined) {
      const { s, n, d } = new Fraction(exception.score);
      const max = rowAt(columns, index);
      const top = max ? new Fraction(max.max, max.denominator) : new Fraction(exception.score);
      putRow(columns, index, {
        low: s * n * top.d,
        high: s * n * top.d,
        max: top.s * top.n * d,
        denominator: d * top.d,
      });
    }
  }
}
