import { CODE, type Combine, type Edition, type Exception, partsOf, type Rounding } from '#edition/index';
import {
  type AcrossNode,
  type BranchNode,
  groupsOf,
  type LeafNode,
  type Node,
  type Plan,
  type Scored,
} from '#scoring/index';

/**
 * Scoring once more in floating point, to be run thousands of times with other weights, rules and answers. It is plain data, so that it can be handed to a worker. It must give what `scoreEdition`
 * gives to within rounding (a test holds them together); what is said to be exact is never said on its word.
 *
 * Idea: every node has a column of doubles over its units, NaN where there is no score; a run goes over the nodes once, children before
 * parents. Cost: a multiplication and addition for each child and unit.
 */
export interface Model {
  readonly companies: number;
  /** The group of each company, by number. */
  readonly groups: Int32Array;
  /** Nodes in order, children before parents. */
  readonly nodes: readonly ModelNode[];
  /** Whether a share of the attainable maximum is taken anywhere. */
  readonly usesMost: boolean;
  /** How totals are compared: as multiples of `step`, after rounding where that is the rule. */
  readonly compared: { readonly rule: Rounding['rule'] | undefined; readonly step: number };
  /** The index of the node by which is ranked. */
  readonly total: number;
  /** The leaves’ points as the answers give them: lowest and highest where an answer is open. */
  readonly low: Columns;
  readonly high: Columns;
  /** Whether anything is open. */
  readonly isOpen: boolean;
}

/** A column for each node, by its index; those of nodes that are no leaves are undefined. */
export type Columns = readonly (Float64Array | undefined)[];

export interface ModelNode {
  readonly index: number;
  readonly measure: string;
  readonly kind: 'leaf' | 'branch' | 'across';
  readonly units: number;
  readonly combine: Combine;
  readonly children: readonly number[];
  readonly weights: Float64Array;
  readonly outOf: number | undefined;
  /** Of a leaf: the most that it gives. */
  readonly most: number;
  readonly bands:
    | { readonly from: Float64Array; readonly points: Float64Array; readonly most: number }
    | undefined;
  readonly requires: number | undefined;
  /** How many children apply to each unit, whether they have a score or not; only where `requires` asks. */
  readonly applicable: Float64Array | undefined;
  readonly lowest: Float64Array;
  readonly across: AcrossPlan | undefined;
  /** What an exception sets for a unit: a score, or NaN where it is left out. */
  readonly fixed: readonly { readonly unit: number; readonly value: number }[];
  /** Units for which another rule or other weights hold. */
  readonly own: readonly {
    readonly unit: number;
    readonly combine: Combine;
    readonly weights: Float64Array;
  }[];
}

interface AcrossPlan {
  /** Services that have parts, the innermost first, with what makes them. */
  readonly nested: readonly {
    readonly service: number;
    readonly parts: readonly number[];
    readonly rule: Combine;
  }[];
  /** For each company, the services that are combined, and how. */
  readonly companies: readonly { readonly services: readonly number[]; readonly rule: Combine }[];
}

/** What is different in a run. */
export interface Variation {
  /** The points of leaves, in place of those of the answers. */
  readonly leaves?: Columns;
  /** Weights of the children of nodes, by node. */
  readonly weights?: ReadonlyMap<number, Float64Array>;
  /** Rules of nodes, by node. */
  readonly combine?: ReadonlyMap<number, Combine>;
  /** Nodes that are left out wherever they are combined. */
  readonly without?: ReadonlySet<number>;
}

/** A combination that has no meaning: a geometric or harmonic mean of what is not above 0. The run is refused, and counted. */
export class RefusedRun extends Error {}

export function makeModel(scored: Scored): Model {
  const { edition, scores } = scored;
  const { plan } = scores;
  const low: (Float64Array | undefined)[] = [];
  const high: (Float64Array | undefined)[] = [];
  for (const node of plan.nodes) {
    if (node.kind !== 'leaf') continue;
    low[node.index] = leafColumn(node, edition, node.points.low);
    high[node.index] = leafColumn(node, edition, node.points.high);
  }
  return {
    companies: edition.companies.length,
    groups: Int32Array.from(groupsOf(edition)),
    nodes: plan.nodes.map((node) => modelNode(node, scored)),
    usesMost: plan.nodes.some((node) => node.kind === 'branch' && node.outOf !== undefined),
    compared: comparedBy(edition),
    total: plan.nodeOf(edition.methodology.ranking.measure, 'company')?.index ?? 0,
    low,
    high,
    isOpen: low.some((column, index) =>
      column?.some((value, unit) => value < (high[index]?.[unit] ?? value)),
    ),
  };
}

/** The points of a leaf for each unit of its kind; NaN where it has none. */
function leafColumn(
  node: LeafNode,
  { answers, companies, services }: Edition,
  points: Float64Array,
): Float64Array {
  const isCompany = node.unit === 'company';
  const column = new Float64Array(isCompany ? companies.length : services.length);
  const offset = isCompany ? 0 : companies.length;
  for (let unit = 0; unit < column.length; unit++) {
    const code = answers.codes[(offset + unit) * answers.leaves.length + node.leaf] ?? CODE.NONE;
    column[unit] = node.points.rows[code] ? (points[code] ?? 0) / node.points.denominator : Number.NaN;
  }
  return column;
}

function modelNode(node: Node, scored: Scored): ModelNode {
  const { edition, scores } = scored;
  const { companies, services } = edition;
  const units = node.unit === 'company' ? companies : services;
  const placeOf = new Map<string, number>(units.map(({ id }, place) => [id, place]));
  const exceptions = [...(scores.plan.exceptions.get(node.measure.id) ?? [])];
  const base: ModelNode = {
    index: node.index,
    measure: node.measure.id,
    kind: node.kind,
    units: units.length,
    combine: node.kind === 'leaf' ? 'sum' : node.combine,
    children: [],
    weights: new Float64Array(0),
    lowest: new Float64Array(0),
    outOf: undefined,
    most: node.kind === 'leaf' ? node.points.max / node.points.denominator : 0,
    bands: undefined,
    requires: undefined,
    applicable: undefined,
    across: undefined,
    fixed: exceptions.flatMap(([unit, exception]) => fixedBy(exception, placeOf.get(unit))),
    own: [],
  };
  if (node.kind === 'leaf') return base;
  if (node.kind === 'across')
    return { ...base, children: [node.inner.index], across: acrossPlan(edition, scores.plan, node) };
  return { ...base, ...branchParts(node, scored), own: ownRules(node, scores.plan, placeOf) };
}

/** Totals that differ by less than doubles can tell tie; so do those that are printed alike, where ranks go by print. */
function comparedBy({ methodology }: Edition): Model['compared'] {
  const { ranking, measures, rounding } = methodology;
  const own = ranking.rounding ?? measures.find(({ id }) => id === ranking.measure)?.rounding ?? rounding;
  return ranking.basis === 'published'
    ? { rule: own.rule, step: 10 ** -own.digits }
    : { rule: undefined, step: 1e-9 };
}

function fixedBy(exception: Exception, unit: number | undefined): ModelNode['fixed'] {
  if (unit === undefined) return [];
  if (exception['leave-out']) return [{ unit, value: Number.NaN }];
  return exception.score === undefined ? [] : [{ unit, value: doubleOf(exception.score) }];
}

function branchParts(node: BranchNode, { edition, scores }: Scored): Partial<ModelNode> {
  const { outOf, bands, requires, children } = node;
  return {
    children: children.map((child) => child.node.index),
    weights: Float64Array.from(children, (child) => Number(child.weight) / Number(node.weightUnit)),
    lowest: Float64Array.from(children, (child) => child.lowest?.valueOf() ?? Number.NaN),
    outOf: outOf?.valueOf(),
    bands: bands && {
      from: Float64Array.from(bands, (band) => band.from.valueOf()),
      points: Float64Array.from(bands, (band) => band.points.valueOf()),
      most: Math.max(...bands.map((band) => band.points.valueOf())),
    },
    requires: requires?.valueOf(),
    applicable: requires && applicableOf(edition, scores, node),
  };
}

/** Units whose exceptions give them another rule or other weights. */
function ownRules(
  node: BranchNode,
  { exceptions }: Plan,
  placeOf: ReadonlyMap<string, number>,
): ModelNode['own'] {
  const units = new Set<string>();
  for (const [unit, { combine }] of exceptions.get(node.measure.id) ?? []) if (combine) units.add(unit);
  for (const child of node.children)
    for (const [unit, { weight }] of exceptions.get(child.node.measure.id) ?? []) if (weight) units.add(unit);
  return [...units].flatMap((unit) => {
    const place = placeOf.get(unit);
    if (place === undefined) return [];
    const combine = exceptions.get(node.measure.id)?.get(unit)?.combine ?? node.combine;
    const weights = Float64Array.from(node.children, ({ node: child }) =>
      doubleOf(exceptions.get(child.measure.id)?.get(unit)?.weight ?? child.measure.weight ?? '1'),
    );
    return [{ unit: place, combine, weights }];
  });
}

function doubleOf(text: string): number {
  const [numerator = '0', denominator = '1'] = text.split('/');
  return Number(numerator) / Number(denominator);
}

function applicableOf(
  { companies, services }: Edition,
  scores: Scored['scores'],
  node: BranchNode,
): Float64Array {
  const units: readonly { readonly id: string }[] = node.unit === 'company' ? companies : services;
  return Float64Array.from(
    units.map(({ id }) => id),
    (id) =>
      node.children.reduce((count, child) => {
        const score = scores.of(id, child.node.measure.id);
        return count + (score?.kind === 'interval' || score?.missing ? 1 : 0);
      }, 0),
  );
}

function acrossPlan({ companies, services }: Edition, plan: Plan, node: AcrossNode): AcrossPlan {
  const place = new Map(services.map((service, index) => [service.id, index]));
  const parts = partsOf(services);
  const exceptions = plan.exceptions.get(node.measure.id);
  const nested: { service: number; parts: readonly number[]; rule: Combine }[] = [];
  const visit = (id: string): void => {
    const own = parts.get(id);
    if (!own) return;
    for (const part of own) visit(part.id);
    const rule = exceptions?.get(id)?.across ?? node.across;
    nested.push({
      service: place.get(id) ?? 0,
      parts: own.map((part) => place.get(part.id) ?? 0),
      rule: rule.nested ?? rule.services,
    });
  };
  const outermost = Map.groupBy(
    services.filter((service) => service.part_of === ''),
    (service) => service.company,
  );
  const combined = companies.map(({ id }) => {
    const rule = exceptions?.get(id)?.across ?? node.across;
    const own = outermost.get(id) ?? [];
    for (const service of own) visit(service.id);
    return {
      services: own
        .filter((service) => rule.scope?.includes(service.kind) ?? true)
        .map((service) => place.get(service.id) ?? 0),
      rule: rule.services,
    };
  });
  return { nested, companies: combined };
}

/** The rule of a node once its children are weighed: a sum or mean of them with weights. */
export const weighed = (rule: Combine): Combine =>
  rule === 'sum' ? 'weighted-sum' : rule === 'mean' ? 'weighted-mean' : rule;
