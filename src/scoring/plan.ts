import Fraction from 'fraction.js';
import { type Band, type Edition, type Measure, type Scale, type UnitKind, unitOfLeaf } from '#edition/index';
import type { LargeRow } from './columns.ts';
import { greatestCommonDivisor, leastCommonMultiple } from './divisors.ts';

/**
 * A methodology made ready for scoring: its scored measures as nodes, children before parents, with the points of all
 * answers as whole numbers over one denominator, so that scoring is look-up and addition of integers.
 */
export interface Plan {
  readonly nodes: readonly Node[];
  /** The node that gives the score of a measure for a kind of unit. */
  nodeOf(measure: string, kind: UnitKind): Node | undefined;
}

export type Node = LeafNode | BranchNode | AcrossNode;

interface NodeBase {
  readonly index: number;
  readonly measure: Measure;
  readonly unit: UnitKind;
}

/** Answered on a scale. */
export interface LeafNode extends NodeBase {
  readonly kind: 'leaf';
  /** The index of the leaf among the answers’ leaves. */
  readonly leaf: number;
  readonly scale: Scale;
  readonly points: PointsTable;
}

/** Points by answer code. What is not applicable has none. */
export interface PointsTable {
  /** Exact, of any size. */
  readonly rows: readonly (LargeRow | undefined)[];
  /** The same as doubles over `denominator`, for the fast path; exact while they are within what doubles hold. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** The most that the scale can give: what a share of the maximum is a share of. */
  readonly max: number;
  readonly denominator: number;
}

/** Combines its children within one unit. */
export interface BranchNode extends NodeBase {
  readonly kind: 'branch';
  readonly combine: NonNullable<Measure['combine']>;
  readonly children: readonly Child[];
  readonly outOf: Fraction | undefined;
  readonly bands: readonly ScoredBand[] | undefined;
}

export interface Child {
  readonly node: Node;
  /** A whole number; the weights of all children are scaled alike. 1 where the parent does not weigh. */
  readonly weight: bigint;
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
  readonly combine: 'mean' | 'min' | 'max' | 'sum';
  readonly inner: Node;
}

/** Makes the plan of an edition that was checked. */
export function makePlan(edition: Pick<Edition, 'methodology' | 'answers'>): Plan {
  const { measures, scales } = edition.methodology;
  const byId = new Map(measures.map((measure) => [measure.id, measure]));
  const scaleById = new Map(scales.map((scale) => [scale.id, { scale, points: pointsTable(scale) }]));
  const scoredBelow = Map.groupBy(
    measures.filter((measure) => !measure.recorded),
    (measure) => measure.parent,
  );
  const leafIndex = new Map(edition.answers.leaves.map((leaf, index) => [leaf, index]));
  const nodes: Node[] = [];
  const found = new Map<string, Node>();
  const keep = <N extends Node>(node: N): N => {
    nodes.push(node);
    found.set(`${node.unit} ${node.measure.id}`, node);
    return node;
  };

  const visit = (measure: Measure, outer: UnitKind): Node => {
    const unit: UnitKind = measure.across ? 'service' : outer;
    const inner = measure.scale === undefined ? branch(measure, unit) : leaf(measure, unit);
    if (!measure.across) return inner;
    return keep({
      kind: 'across',
      index: nodes.length,
      measure,
      unit: 'company',
      combine: measure.across.services,
      inner,
    });
  };
  const leaf = (measure: Measure, unit: UnitKind): LeafNode => {
    const scale = scaleById.get(measure.scale ?? '');
    if (!scale) throw new Error(`“${measure.id}” has no scale; check the edition before scoring it.`);
    return keep({
      kind: 'leaf',
      index: nodes.length,
      measure,
      unit,
      leaf: leafIndex.get(measure.id) ?? 0,
      ...scale,
    });
  };
  const branch = (measure: Measure, unit: UnitKind): BranchNode => {
    const scored = scoredBelow.get(measure.id) ?? [];
    const weights = wholeWeights(scored, measure.combine === 'weighted-mean');
    const children = scored.map((child, index) => ({
      node: visit(child, unit),
      weight: weights[index] ?? 1n,
    }));
    return keep({
      kind: 'branch',
      index: nodes.length,
      measure,
      unit,
      combine: measure.combine ?? 'sum',
      children,
      outOf: measure['out-of'] === undefined ? undefined : new Fraction(measure['out-of']),
      bands: measure.bands?.map(scoredBand),
    });
  };

  for (const measure of measures) {
    const isRoot = measure.parent === undefined || !byId.has(measure.parent);
    if (isRoot && !measure.recorded) visit(measure, unitOfRoot(byId, measure));
  }
  return { nodes, nodeOf: (measure, kind) => found.get(`${kind} ${measure}`) };
}

const unitOfRoot = (byId: ReadonlyMap<string, Measure>, measure: Measure): UnitKind =>
  measure.scale && !measure.across ? unitOfLeaf(byId, measure) : 'company';

const scoredBand = (band: Band): ScoredBand => ({
  from: new Fraction(band.from),
  to: new Fraction(band.to),
  points: new Fraction(band.points),
  name: band.name,
});

function pointsTable(scale: Scale): PointsTable {
  const answers = scale.answers.map((answer) => new Fraction(answer.points ?? 0));
  const noEvidence = scale['no-evidence'] === undefined ? undefined : new Fraction(scale['no-evidence']);
  const all = noEvidence ? [...answers, noEvidence] : answers;
  const denominator = all.reduce((common, value) => leastCommonMultiple(common, value.d), 1n);
  const whole = (value: Fraction) => value.s * value.n * (denominator / value.d);
  const sorted = all.map(whole).toSorted((a, b) => (a < b ? -1 : 1));
  const [min = 0n, max = 0n] = [sorted[0], sorted.at(-1)];
  const row = (low: bigint, high = low): LargeRow => ({ low, high, max, denominator });
  const rows: (LargeRow | undefined)[] = [
    undefined,
    undefined,
    noEvidence && row(whole(noEvidence)),
    row(min, max),
  ];
  for (const value of answers) rows.push(row(whole(value)));
  return {
    rows,
    low: Float64Array.from(rows, (own) => Number(own?.low ?? 0)),
    high: Float64Array.from(rows, (own) => Number(own?.high ?? 0)),
    max: Number(max),
    denominator: Number(denominator),
  };
}

function wholeWeights(children: readonly Measure[], weighted: boolean): bigint[] {
  if (!weighted) return children.map(() => 1n);
  const weights = children.map((child) => new Fraction(child.weight ?? 0));
  const denominator = weights.reduce((common, weight) => leastCommonMultiple(common, weight.d), 1n);
  const whole = weights.map((weight) => weight.n * (denominator / weight.d));
  const common = whole.reduce((divisor, weight) => greatestCommonDivisor(divisor, weight), 0n) || 1n;
  return whole.map((weight) => weight / common);
}
