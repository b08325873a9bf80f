import { type Combine, RULES, type Rule } from '#scoring/rules/index';
import {
  bandEnds,
  combineEnds,
  type Ends,
  forgetEnds,
  oneUnit,
  roundEnds,
  setEnds,
  shareEnds,
} from './ends.ts';
import type { LeafColumns, Model, ModelNode } from './model.ts';

/** What is different in a run. */
export interface Variation {
  /** The points of leaves, in place of those of the answers. */
  readonly leaves?: LeafColumns;
  /** Weights of the children of nodes, by node. */
  readonly weights?: ReadonlyMap<number, Float64Array>;
  /** Rules of nodes, by node. */
  readonly combine?: ReadonlyMap<number, Combine>;
  /** Nodes that are left out wherever they are combined. */
  readonly without?: ReadonlySet<number>;
}

/** Memory for the columns of one run after another. */
export interface Workspace {
  readonly ends: readonly Ends[];
  /** What is taken in, for each unit of the node that is being combined. */
  readonly taken: Float64Array;
}

/**
 * @param what `value`: one value for each unit, of the lowest points where answers are open, and what could be got only where a share of it is taken; `interval`: everything
 */
export function makeWorkspace({ nodes, usesMost, usesLeast }: Model, what: 'value' | 'interval'): Workspace {
  const isInterval = what === 'interval';
  return {
    ends: nodes.map(({ units }) => {
      const low = new Float64Array(units);
      const least = usesLeast && (isInterval || usesMost);
      return {
        low,
        high: isInterval ? new Float64Array(units) : low,
        most: new Float64Array(isInterval || usesMost ? units : 0),
        least: new Float64Array(least ? units : 0),
      };
    }),
    taken: new Float64Array(nodes.reduce((most, node) => Math.max(most, node.units), 0)),
  };
}

/**
 * Scores the nodes under a variation, into the workspace.
 * @param nodes those that a variation changes, where the workspace holds all others from a run before (`changedBy`)
 * @throws RefusedRun where a mean has no meaning
 */
export function runNodes(
  model: Model,
  variation: Variation,
  workspace: Workspace,
  nodes: readonly ModelNode[] = model.nodes,
): void {
  for (const node of nodes) {
    const ends = endsOf(workspace, node.index);
    if (node.kind === 'leaf') takeLeaf(node, model, variation, ends);
    else if (node.kind === 'across') combineServices(node, workspace);
    else combineBranch(node, variation, workspace);
    if (node.set.length > 0) forgetEnds(ends);
    for (const score of node.set) setEnds(ends, score);
    forgetEnds(ends);
  }
}

/** The nodes that are not what they were once some are changed: those themselves, and all above. In order. */
export function changedBy({ nodes }: Model, changed: Iterable<number>): readonly ModelNode[] {
  const reached = new Set(changed);
  return nodes.filter((node) => {
    if (node.children.some((child) => reached.has(child))) reached.add(node.index);
    return reached.has(node.index);
  });
}

export function endsOf({ ends }: Workspace, index: number): Ends {
  const found = ends[index];
  if (!found) throw new Error(`There is no node ${index}.`);
  return found;
}

function takeLeaf(
  node: ModelNode,
  model: Model,
  { leaves }: Variation,
  { low, high, most, least }: Ends,
): void {
  const [lowest, highest] = [(leaves ?? model.low)[node.index], (leaves ?? model.high)[node.index]];
  if (!lowest || !highest) throw new Error(`“${node.measure}” is answered, and has no points.`);
  low.set(lowest);
  if (high !== low) high.set(highest);
  most.fill(node.most);
  least.fill(node.least);
  if (node.rounded) roundEnds({ low, high, most, least }, node.rounded);
}

function combineBranch(node: ModelNode, variation: Variation, workspace: Workspace): void {
  const ends = endsOf(workspace, node.index);
  const parts = node.children.flatMap((child, place) =>
    variation.without?.has(child) ? [] : [{ place, ends: endsOf(workspace, child) }],
  );
  const combine = (rule: Rule, weights: Float64Array, unit?: number) =>
    combineEnds(
      rule,
      parts.map((part) => ({
        ends: unit === undefined ? part.ends : oneUnit(part.ends, unit),
        weight: weights[part.place] as number,
      })),
      unit === undefined ? ends : oneUnit(ends, unit),
      workspace.taken,
    );
  const rule = variation.combine?.get(node.index) ?? node.combine;
  combine(RULES[rule], variation.weights?.get(node.index) ?? node.weights);
  for (const { unit, combine: other, weights } of node.unitRules) combine(RULES[other], weights, unit);
  if (node.requires) dropThin(node.requires, parts, ends);
  finishEnds(node, ends);
}

/** What comes after combining: share of the maximum, bands, rounding. */
export function finishEnds(
  { outOf, bands, rounded }: Pick<ModelNode, 'outOf' | 'bands' | 'rounded'>,
  ends: Ends,
): void {
  if (outOf !== undefined) shareEnds(ends, outOf);
  if (bands) bandEnds(ends, bands);
  if (rounded) roundEnds(ends, rounded);
}

/** Of what applies, too little has a score: then the whole has none. */
function dropThin(
  { share, applies }: NonNullable<ModelNode['requires']>,
  parts: readonly { readonly place: number; readonly ends: Ends }[],
  { low, high }: Ends,
): void {
  for (let unit = 0; unit < low.length; unit++) {
    let [present, applying] = [0, 0];
    for (const { place, ends } of parts) {
      applying += applies[place]?.[unit] as number;
      if (!Number.isNaN(ends.low[unit])) present++;
    }
    if (present >= share * applying - 1e-12) continue;
    low[unit] = Number.NaN;
    high[unit] = Number.NaN;
  }
}

/** Services into companies, those that are part of another first. */
function combineServices(node: ModelNode, workspace: Workspace): void {
  const services = endsOf(workspace, node.children[0] ?? -1);
  const companies = endsOf(workspace, node.index);
  const combine = (rule: Combine, list: readonly number[], into: Ends) => {
    const parts = list.map((service) => ({ ends: oneUnit(services, service), weight: 1 }));
    combineEnds(RULES[rule], parts, into, workspace.taken);
    if (node.rounded) roundEnds(into, node.rounded);
  };
  for (const { service, parts, rule, set } of node.across?.nested ?? []) {
    const whole = oneUnit(services, service);
    combine(rule, parts, whole);
    if (set) setEnds(services, set);
    forgetEnds(whole);
  }
  node.across?.companies.forEach(({ services: list, rule }, company) => {
    combine(rule, list, oneUnit(companies, company));
  });
}
