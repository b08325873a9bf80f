import { fraction } from '#arithmetic/index';
import { codeAt, type Edition, type Exception, partsOf, type Rounding } from '#edition/index';
import { type Combine, RULES } from '#scoring/rules/index';
import { ruleFor, unitsWithRules } from '../plan/exceptions.ts';
import type { AcrossNode, BranchNode, LeafNode, Node, Plan, ScoredBand } from '../plan/plan.ts';
import type { BandColumns, SetScore } from './ends.ts';

/**
 * A plan laid out in doubles, as plain data that can be handed to a thread: what cannot be exact is computed so, and everything that is run
 * thousands of times with other weights, rules and answers. It must give what exact scoring gives to within rounding (a property holds them
 * together); nothing exact rests on it.
 *
 * Idea: every node has a column of doubles over its units, NaN where there is no score; a run goes over the nodes once, children before
 * parents. Cost: a multiplication and addition for each child and unit.
 */
export interface Model {
  /** Nodes in order, children before parents. */
  readonly nodes: readonly ModelNode[];
  /** Whether a share of the attainable maximum is taken anywhere, and whether anything counts negatively. */
  readonly usesMost: boolean;
  readonly usesLeast: boolean;
  /** The leaves’ points as the answers give them: lowest and highest where an answer is open. */
  readonly low: LeafColumns;
  readonly high: LeafColumns;
}

/** A column for each node, by its index; those of nodes that are no leaves are undefined. */
export type LeafColumns = readonly (Float64Array | undefined)[];

export interface ModelNode {
  readonly index: number;
  readonly measure: string;
  readonly kind: 'leaf' | 'branch' | 'across';
  readonly units: number;
  readonly combine: Combine;
  readonly children: readonly number[];
  readonly weights: Float64Array;
  readonly outOf: number | undefined;
  /** Of a leaf: the most and the least that it gives. */
  readonly most: number;
  readonly least: number;
  readonly bands: BandColumns | undefined;
  readonly rounded: Rounding | undefined;
  readonly requires: Requirement | undefined;
  readonly across: AcrossPlan | undefined;
  /** What exceptions set. */
  readonly set: readonly SetScore[];
  /** Units for which another rule or other weights hold. */
  readonly unitRules: readonly {
    readonly unit: number;
    readonly combine: Combine;
    readonly weights: Float64Array;
  }[];
}

export interface Requirement {
  readonly share: number;
  /** For each child: 1 for each unit that it applies to, with a score or without; infinite where its parts were not published. */
  readonly applies: readonly Float64Array[];
}

/** How services become what they are part of, the innermost first, and then companies: what is combined alike is combined at once. */
export type AcrossPlan = readonly AcrossStage[];

export interface AcrossStage {
  readonly rule: Combine;
  readonly into: 'services' | 'companies';
  /** The places that are filled. */
  readonly targets: Int32Array;
  /** The first service of each target, the second, and so on; −1 where there are no more. */
  readonly parts: readonly Int32Array[];
  /** What exceptions set for targets that are services. */
  readonly set: readonly SetScore[];
}

/** Lays out the plan. What requires that enough answers are there is left to who knows which are missing (`withRequirements`). */
export function layOut(edition: Edition, plan: Plan): Model {
  const low: (Float64Array | undefined)[] = [];
  const high: (Float64Array | undefined)[] = [];
  for (const node of plan.nodes) {
    if (node.kind !== 'leaf') continue;
    low[node.index] = leafColumn(node, edition, node.points.low);
    high[node.index] = leafColumn(node, edition, node.points.high);
  }
  return {
    nodes: plan.nodes.map((node) => modelNode(node, edition, plan)),
    usesMost: plan.nodes.some((node) => node.kind === 'branch' && node.outOf !== undefined),
    usesLeast: plan.nodes.some(
      (node) => node.kind === 'branch' && node.children.some((child) => child.weight < 0n),
    ),
    low,
    high,
  };
}

/** The points of a leaf for each unit of its kind; NaN where it has none. */
function leafColumn(node: LeafNode, edition: Edition, points: Float64Array): Float64Array {
  const { answers } = edition;
  const { offset, count } = unitsOf(node, edition);
  const column = new Float64Array(count);
  for (let unit = 0; unit < column.length; unit++) {
    const code = codeAt(answers, offset + unit, node.leaf);
    column[unit] = node.points.rows[code] ? (points[code] ?? 0) / node.points.denominator : Number.NaN;
  }
  return column;
}

/** Where the units of a node begin among all units, and how many there are. */
function unitsOf({ unit }: Node, { companies, services }: Edition): { offset: number; count: number } {
  return unit === 'company'
    ? { offset: 0, count: companies.length }
    : { offset: companies.length, count: services.length };
}

function modelNode(node: Node, edition: Edition, plan: Plan): ModelNode {
  const places = placesOf(node, edition);
  const points = node.kind === 'leaf' ? node.points : undefined;
  const base: ModelNode = {
    index: node.index,
    measure: node.measure.id,
    kind: node.kind,
    units: places.size,
    combine: 'sum',
    children: [],
    weights: new Float64Array(0),
    outOf: undefined,
    most: points ? points.max / points.denominator : 0,
    least: points ? points.min / points.denominator : 0,
    bands: undefined,
    rounded: node.rounded,
    requires: undefined,
    across: undefined,
    set: setBy(plan, node, places),
    unitRules: [],
  };
  if (node.kind === 'leaf') return base;
  if (node.kind === 'branch') return { ...base, ...branchParts(node, plan, places) };
  return {
    ...base,
    combine: node.across.services,
    children: [node.inner.index],
    across: acrossPlan(edition, plan, node),
  };
}

const placesOf = (node: Node, { companies, services }: Edition): ReadonlyMap<string, number> => {
  const units: readonly { readonly id: string }[] = node.unit === 'company' ? companies : services;
  return new Map(units.map(({ id }, place) => [id, place]));
};

function setBy(plan: Plan, node: Node, places: ReadonlyMap<string, number>): SetScore[] {
  return [...(plan.exceptions.get(node.measure.id) ?? [])].flatMap(([unit, exception]) => {
    const place = places.get(unit);
    return place === undefined ? [] : (setScore(exception, place) ?? []);
  });
}

function setScore(exception: Exception, unit: number): SetScore | undefined {
  if (exception['leave-out']) return { unit, value: Number.NaN, most: undefined };
  const value = exception.score ?? exception.given;
  if (value === undefined) return undefined;
  const { maximum } = exception;
  return { unit, value: doubleOf(value), most: maximum === undefined ? undefined : doubleOf(maximum) };
}

const doubleOf = (text: string) => fraction(text).valueOf();

function branchParts(
  node: BranchNode,
  { exceptions }: Plan,
  places: ReadonlyMap<string, number>,
): Partial<ModelNode> {
  const { outOf, bands, children, combine, weightUnit } = node;
  const inDoubles = (weights: readonly bigint[], unit: bigint) =>
    Float64Array.from(weights, (weight) => Number(weight) / Number(unit));
  return {
    combine,
    children: children.map((child) => child.node.index),
    weights: inDoubles(
      children.map((child) => child.weight),
      weightUnit,
    ),
    outOf: outOf?.valueOf(),
    bands: bands && bandColumns(bands),
    unitRules: [...unitsWithRules(node, exceptions)].flatMap((id) => {
      const unit = places.get(id);
      if (unit === undefined) return [];
      const rule = ruleFor(node, id, exceptions);
      return [{ unit, combine: rule.combine, weights: inDoubles(rule.weights, rule.unit) }];
    }),
  };
}

export const bandColumns = (bands: readonly ScoredBand[]): BandColumns => ({
  from: Float64Array.from(bands, (band) => band.from.valueOf()),
  points: Float64Array.from(bands, (band) => band.points.valueOf()),
});

interface Target {
  readonly target: number;
  readonly parts: readonly number[];
  readonly rule: Combine;
  readonly set?: SetScore | undefined;
}

function acrossPlan({ companies, services }: Edition, plan: Plan, node: AcrossNode): AcrossPlan {
  const places = new Map<string, number>(services.map((service, index) => [service.id, index]));
  const placesOf = (own: Edition['services']) => own.flatMap(({ id }) => places.get(id) ?? []);
  const parts = partsOf(services);
  const exceptions = plan.exceptions.get(node.measure.id);
  const wholes: Target[][] = [];
  /** How many levels there are within a service. */
  const visit = (service: Edition['services'][number]): number => {
    const inside = parts.get(service.id);
    if (!inside) return 0;
    const level = Math.max(...inside.map(visit));
    const exception = exceptions?.get(service.id);
    const across = exception?.across ?? exceptions?.get(service.company)?.across ?? node.across;
    const [target = -1] = placesOf([service]);
    const whole: Target = {
      target,
      parts: placesOf(inside),
      rule: across.nested ?? across.services,
      set: exception && setScore(exception, target),
    };
    const own = wholes[level];
    if (own) own.push(whole);
    else wholes[level] = [whole];
    return level + 1;
  };
  const outermost = Map.groupBy(
    services.filter((service) => service.part_of === ''),
    (service) => service.company,
  );
  const combined = companies.map(({ id }, target): Target => {
    const across = exceptions?.get(id)?.across ?? node.across;
    const mine = outermost.get(id) ?? [];
    mine.forEach(visit);
    const counted = mine.filter((service) => across.scope?.includes(service.kind) ?? true);
    return { target, parts: placesOf(counted), rule: across.services };
  });
  return [...wholes.flatMap((level) => stagesOf(level, 'services')), ...stagesOf(combined, 'companies')];
}

function stagesOf(targets: readonly Target[], into: AcrossStage['into']): AcrossStage[] {
  return [...Map.groupBy(targets, ({ rule }) => rule)].map(([rule, own]) => {
    const most = own.reduce((longest, { parts }) => Math.max(longest, parts.length), 0);
    return {
      rule,
      into,
      targets: Int32Array.from(own, ({ target }) => target),
      parts: Array.from({ length: most }, (_, place) =>
        Int32Array.from(own, ({ parts }) => parts[place] ?? -1),
      ),
      set: own.flatMap(({ set }) => set ?? []),
    };
  });
}

/** The rule of a node once its children are weighed: a sum or mean of them with weights. */
export function weighed(combine: Combine): Combine {
  const rule = RULES[combine];
  if (rule.weighs !== 'never' || !rule.linear) return combine;
  return rule.linear === 'sum' ? 'weighted-sum' : 'weighted-mean';
}
