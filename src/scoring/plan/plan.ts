import type { Fraction } from '#arithmetic/index';
import type { Across, Exception, Measure, Rounding, Scale, UnitKind } from '#edition/index';
import type { Rule } from '#scoring/rules/index';
import type { PointsTable } from './points.ts';

/**
 * A methodology made ready for scoring: its scored measures as nodes, children before parents, with the points of all answers as whole numbers
 * over one denominator, so that scoring is look-up and addition of integers.
 */
export interface Plan {
  readonly nodes: readonly Node[];
  /** The node that gives the score of a measure for a kind of unit. */
  nodeOf(measure: string, kind: UnitKind): Node | undefined;
  /** By measure, and by unit on which it is scored: where the rules do not hold. */
  readonly exceptions: Exceptions;
  /** Whether what nobody assessed is left out, so that scores can be missing. */
  readonly leavesOut: boolean;
  /** Whether the unit is not asked the leaf, since only a given score would rest on the answer. */
  isUnpublished(unit: string, leaf: string): boolean;
}

export type Exceptions = ReadonlyMap<string, ReadonlyMap<string, Exception>>;

export type Node = LeafNode | BranchNode | AcrossNode;

interface NodeBase {
  readonly index: number;
  readonly measure: Measure;
  readonly unit: UnitKind;
  /** Whether its scores are floating-point numbers. */
  readonly floating: boolean;
  /** How its scores are rounded before anything uses them; undefined where they are not. */
  readonly rounded: Rounding | undefined;
}

/** Answered on a scale. */
export interface LeafNode extends NodeBase {
  readonly kind: 'leaf';
  /** The index of the leaf among the answers’ leaves. */
  readonly leaf: number;
  readonly scale: Scale;
  readonly points: PointsTable;
}

/** Combines measures within one unit. */
export interface BranchNode extends NodeBase {
  readonly kind: 'branch';
  readonly rule: Rule;
  readonly combine: NonNullable<Measure['combine']>;
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
  readonly inner: Node;
}

/** The measures that a node combines. */
export function partsOfNode(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'leaf':
      return [];
    case 'branch':
      return node.children.map((child) => child.node);
    case 'across':
      return [node.inner];
  }
}
