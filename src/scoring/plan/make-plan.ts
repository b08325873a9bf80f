import { fraction } from '#arithmetic/index';
import {
  type Band,
  combinedBy,
  crossingOf,
  type Edition,
  type Measure,
  type Scale,
  type UnitKind,
  unitOfLeaf,
  unpublishedParts,
} from '#edition/index';
import { RULES } from '#scoring/rules/index';
import { exceptionsOf } from './exceptions.ts';
import type { AcrossNode, BranchNode, Child, LeafNode, Node, Plan, ScoredBand } from './plan.ts';
import { listedPoints, numberPoints, type PointsTable } from './points.ts';
import { weigh } from './weigh.ts';

type PlannedEdition = Pick<Edition, 'methodology' | 'answers' | 'services'>;

/**
 * Makes the plan of an edition that was checked.
 * @param inputs whether answers that are numbers count as exact, or as anything that rounds to them where they have digits after the point
 */
export function makePlan(edition: PlannedEdition, inputs: 'exact' | 'rounded' = 'exact'): Plan {
  const { methodology } = edition;
  const builder = new Builder(edition, inputs);
  for (const measure of methodology.measures) if (!measure.recorded) builder.nodeFor(measure);
  return {
    nodes: builder.nodes,
    nodeOf: (measure, kind) => builder.found[kind].get(measure),
    exceptions: exceptionsOf(edition),
    leavesOut: methodology['not-assessed'] === 'left-out',
    isUnpublished: unpublishedParts(edition),
  };
}

/** Makes nodes, each after those that it combines. */
class Builder {
  readonly nodes: Node[] = [];
  readonly found: Readonly<Record<UnitKind, Map<string, Node>>> = { company: new Map(), service: new Map() };
  readonly #edition: PlannedEdition;
  readonly #inputs: 'exact' | 'rounded';
  readonly #measures: ReadonlyMap<string, Measure>;
  readonly #scales: ReadonlyMap<string, Scale>;
  readonly #combined: ReadonlyMap<string, readonly Measure[]>;
  readonly #leaves: ReadonlyMap<string, number>;
  /** Tables of points that leaves of one scale share. */
  readonly #tables = new Map<Scale, PointsTable>();

  constructor(edition: PlannedEdition, inputs: 'exact' | 'rounded') {
    this.#inputs = inputs;
    const { measures, scales } = edition.methodology;
    this.#edition = edition;
    this.#measures = new Map(measures.map((measure) => [measure.id, measure]));
    this.#scales = new Map(scales.map((scale) => [scale.id, scale]));
    this.#combined = combinedBy(edition.methodology);
    this.#leaves = new Map(edition.answers.leaves.map((leaf, index) => [leaf, index]));
  }

  /** The node of a measure as those above it see it: of companies, unless services become companies further up. */
  nodeFor(measure: Measure): Node {
    const crossing = crossingOf(this.#measures, measure);
    const unit = crossing === undefined || crossing === measure ? 'company' : 'service';
    const known = this.found[unit].get(measure.id);
    if (known) return known;
    if (!measure.across)
      return this.#within(measure, measure.scale === undefined ? unit : unitOfLeaf(this.#measures, measure));
    const inner = this.#within(measure, 'service');
    return this.#keep<AcrossNode>({
      ...this.#base(measure, 'company', inner.floating),
      kind: 'across',
      across: measure.across,
      inner,
    });
  }

  #within(measure: Measure, unit: UnitKind): Node {
    return measure.scale === undefined ? this.#branch(measure, unit) : this.#leaf(measure, unit);
  }

  #leaf(measure: Measure, unit: UnitKind): LeafNode {
    const scale = this.#scales.get(measure.scale ?? '');
    const leaf = this.#leaves.get(measure.id);
    if (!scale || leaf === undefined)
      throw new Error(`“${measure.id}” is not answered on any scale; check the edition before scoring it.`);
    const points = this.#points(measure, scale);
    return this.#keep<LeafNode>({
      ...this.#base(measure, unit, points.floating),
      kind: 'leaf',
      leaf,
      scale,
      points,
    });
  }

  #points(measure: Measure, scale: Scale): PointsTable {
    const { answers, methodology } = this.#edition;
    const notAssessed = methodology['not-assessed'] ?? 'range';
    if (scale.kind === 'number') return numberPoints(measure, scale, answers, notAssessed, this.#inputs);
    if (measure.points || measure.reversed || measure.excludes)
      return listedPoints(measure, scale, notAssessed);
    const table = this.#tables.get(scale) ?? listedPoints(measure, scale, notAssessed);
    this.#tables.set(scale, table);
    return table;
  }

  #branch(measure: Measure, unit: UnitKind): BranchNode {
    const combine = measure.combine ?? 'sum';
    const rule = RULES[combine];
    const scored = this.#combined.get(measure.id) ?? [];
    const weighing = weigh(
      rule,
      scored.map((child) => child.weight),
    );
    const children = scored.map(
      (child, index): Child => ({ node: this.nodeFor(child), weight: weighing.weights[index] ?? 1n }),
    );
    const floating = rule.exact === undefined || children.some((child) => child.node.floating);
    return this.#keep<BranchNode>({
      ...this.#base(measure, unit, floating),
      kind: 'branch',
      rule,
      combine,
      children,
      weightUnit: weighing.unit,
      outOf: measure['out-of'] === undefined ? undefined : fraction(measure['out-of']),
      bands: measure.bands?.map(scoredBand),
      requires: measure.requires === undefined ? undefined : fraction(measure.requires),
    });
  }

  #base(measure: Measure, unit: UnitKind, floating: boolean) {
    const rounding = measure.rounding ?? this.#edition.methodology.rounding;
    return {
      index: this.nodes.length,
      measure,
      unit,
      floating,
      rounded: measure.rounded ? rounding : undefined,
    };
  }

  #keep<N extends Node>(node: N): N {
    const kept = { ...node, index: this.nodes.length };
    this.nodes.push(kept);
    this.found[node.unit].set(node.measure.id, kept);
    return kept;
  }
}

const scoredBand = (band: Band): ScoredBand => ({
  from: fraction(band.from),
  to: fraction(band.to),
  points: fraction(band.points),
  name: band.name,
});
