import Fraction from 'fraction.js';
import {
  type Across,
  type Band,
  type Combine,
  combinedBy,
  type Edition,
  type Exception,
  type Measure,
  rangeOf,
  type Scale,
  type UnitKind,
  unitOfLeaf,
} from '#edition/index';
import { greatestCommonDivisor, leastCommonMultiple } from './divisors.ts';
import { listedPoints, numberPoints, type PointsTable } from './points.ts';

/**
 * A methodology made ready for scoring: its scored measures as nodes, children before parents, with the points of all
 * answers as whole numbers over one denominator, so that scoring is look-up and addition of integers.
 */
export interface Plan {
  readonly nodes: readonly Node[];
  /** The node that gives the score of a measure for a kind of unit. */
  nodeOf(measure: string, kind: UnitKind): Node | undefined;
  /** The exceptions to the rules, by measure and then by unit. */
  readonly exceptions: ReadonlyMap<string, ReadonlyMap<string, Exception>>;
  /** Whether what nobody assessed is left out, so that scores can be missing. */
  readonly leavesOut: boolean;
}

export type Node = LeafNode | BranchNode | AcrossNode;

interface NodeBase {
  readonly index: number;
  readonly measure: Measure;
  readonly unit: UnitKind;
  /** Whether its scores are floating-point numbers. */
  readonly floating: boolean;
}

/** Answered on a scale. */
export interface LeafNode extends NodeBase {
  readonly kind: 'leaf';
  /** The index of the leaf among the answers’ leaves. */
  readonly leaf: number;
  readonly scale: Scale;
  readonly points: PointsTable;
}

/** Combines its children within one unit. */
export interface BranchNode extends NodeBase {
  readonly kind: 'branch';
  readonly combine: Combine;
  readonly children: readonly Child[];
  /** What whole weights of a sum are over. */
  readonly weightUnit: bigint;
  readonly outOf: Fraction | undefined;
  readonly bands: readonly ScoredBand[] | undefined;
  /** The share of its children that must have a score. */
  readonly requires: Fraction | undefined;
}

export interface Child {
  readonly node: Node;
  /** A whole number over `weightUnit`; of a mean only proportions count. 1 where the parent does not weigh. */
  readonly weight: bigint;
  /** Of a child that counts negatively: the least that it can be. */
  readonly lowest: Fraction | undefined;
}

export interface ScoredBand {
  readonly from: Fraction;
  readonly to: Fraction;
  readonly points: Fraction;
  readonly name: string | undefined;
}

/** Combines the scores of one measure over the services of a company. */
export interface AcrossNode extends NodeBase {
  readonly kind: 'across';
  readonly across: Across;
  readonly combine: Across['services'];
  readonly inner: Node;
}

/** Makes the plan of an edition that was checked. */
export function makePlan(edition: Pick<Edition, 'methodology' | 'answers'>): Plan {
  const { methodology, answers } = edition;
  const { measures } = methodology;
  const byId = new Map(measures.map((measure) => [measure.id, measure]));
  const scales = new Map(methodology.scales.map((scale) => [scale.id, scale]));
  const combined = combinedBy(methodology);
  const notAssessed = methodology['not-assessed'] ?? 'range';
  const leafIndex = new Map(answers.leaves.map((leaf, index) => [leaf, index]));
  const nodes: Node[] = [];
  const found = new Map<string, Node>();
  const keep = <N extends Node>(node: N): N => {
    nodes.push(node);
    found.set(`${node.unit} ${node.measure.id}`, node);
    return node;
  };

  const visit = (measure: Measure, outer: UnitKind): Node => {
    const known = found.get(`${outer} ${measure.id}`);
    if (known) return known;
    const unit: UnitKind = measure.across ? 'service' : outer;
    const inner = measure.scale === undefined ? branch(measure, unit) : leaf(measure, unit);
    if (!measure.across) return inner;
    return keep({
      kind: 'across',
      index: nodes.length,
      measure,
      unit: 'company',
      floating: inner.floating,
      across: measure.across,
      combine: measure.across.services,
      inner,
    });
  };
  const points = new Map<Scale, PointsTable>();
  const pointsOfLeaf = (measure: Measure, scale: Scale): PointsTable => {
    if (scale.kind === 'number') return numberPoints(measure, scale, answers, notAssessed);
    if (measure.points || measure.reversed) return listedPoints(measure, scale, notAssessed);
    const table = points.get(scale) ?? listedPoints(measure, scale, notAssessed);
    points.set(scale, table);
    return table;
  };
  const leaf = (measure: Measure, unit: UnitKind): LeafNode => {
    const scale = scales.get(measure.scale ?? '');
    if (!scale) throw new Error(`“${measure.id}” has no scale; check the edition before scoring it.`);
    const own = pointsOfLeaf(measure, scale);
    return keep({
      kind: 'leaf',
      index: nodes.length,
      measure,
      unit,
      floating: own.floating,
      leaf: leafIndex.get(measure.id) ?? 0,
      scale,
      points: own,
    });
  };
  const branch = (measure: Measure, unit: UnitKind): BranchNode => {
    const combine = measure.combine ?? 'sum';
    const scored = combined.get(measure.id) ?? [];
    const { weights, unit: weightUnit } = weigh(
      combine,
      scored.map((child) => child.weight),
    );
    const children = scored.map((child, index): Child => {
      const weight = weights[index] ?? 1n;
      const lowest = weight < 0n ? rangeOf({ scales, combined }, child)?.low : undefined;
      return { node: visit(child, unit), weight, lowest };
    });
    return keep({
      kind: 'branch',
      index: nodes.length,
      measure,
      unit,
      floating: isFloatingRule(combine) || children.some((child) => child.node.floating),
      combine,
      children,
      weightUnit,
      outOf: measure['out-of'] === undefined ? undefined : new Fraction(measure['out-of']),
      bands: measure.bands?.map(scoredBand),
      requires: measure.requires === undefined ? undefined : new Fraction(measure.requires),
    });
  };

  for (const measure of measures) {
    const isRoot = measure.parent === undefined || !byId.has(measure.parent);
    if (isRoot && !measure.recorded) visit(measure, unitOfRoot(byId, measure));
  }
  // What a measure of deeper levels passes over is scored too.
  for (const measure of measures)
    if (!measure.recorded && !found.has(`company ${measure.id}`) && !found.has(`service ${measure.id}`))
      visit(measure, 'company');
  return {
    nodes,
    nodeOf: (measure, kind) => found.get(`${kind} ${measure}`),
    exceptions: exceptionsOf(methodology.exceptions ?? []),
    leavesOut: notAssessed === 'left-out',
  };
}

const unitOfRoot = (byId: ReadonlyMap<string, Measure>, measure: Measure): UnitKind =>
  measure.scale && !measure.across ? unitOfLeaf(byId, measure) : 'company';

const isFloatingRule = (rule: Combine) => rule === 'geometric-mean' || rule === 'harmonic-mean';

function exceptionsOf(exceptions: readonly Exception[]): Plan['exceptions'] {
  return new Map(
    [...Map.groupBy(exceptions, (exception) => exception.measure)].map(([measure, own]) => [
      measure,
      new Map(own.map((exception) => [exception.unit, exception])),
    ]),
  );
}

const scoredBand = (band: Band): ScoredBand => ({
  from: new Fraction(band.from),
  to: new Fraction(band.to),
  points: new Fraction(band.points),
  name: band.name,
});

/** Weights as whole numbers over `unit`. Of means only their proportions count, so that they are in lowest terms. */
export interface Weighing {
  readonly weights: readonly bigint[];
  readonly unit: bigint;
}

/** @param declared the weights; undefined where a child has none, which counts as 1 */
export function weigh(combine: Combine, declared: readonly (string | undefined)[]): Weighing {
  if (combine === 'sum' || combine === 'mean' || combine === 'min' || combine === 'max')
    return { weights: declared.map(() => 1n), unit: 1n };
  const weights = declared.map((weight) => new Fraction(weight ?? 1));
  const denominator = weights.reduce((lcm, weight) => leastCommonMultiple(lcm, weight.d), 1n);
  const whole = weights.map((weight) => weight.s * weight.n * (denominator / weight.d));
  if (combine === 'weighted-sum') return { weights: whole, unit: denominator };
  const common = whole.reduce((divisor, weight) => greatestCommonDivisor(divisor, weight), 0n) || 1n;
  return { weights: whole.map((weight) => weight / common), unit: 1n };
}
