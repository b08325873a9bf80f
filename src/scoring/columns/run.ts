import { type Combine, RULES } from '#scoring/rules/index';
import {
  bandEnds,
  combineEnds,
  combineStage,
  type Ends,
  forgetEnds,
  oneUnit,
  roundEnds,
  type StageRoom,
  setEnds,
  shareEnds,
} from './ends.ts';
import type { AcrossStage, LeafColumns, Model, ModelNode, Requirement } from './model.ts';

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
  readonly rooms: Map<AcrossStage, StageRoom>;
  /** By node, the columns of what it combines. */
  readonly parts: readonly (readonly Ends[])[];
}

/**
 * @param what `value`: one value for each unit, of the lowest points where answers are open, and what could be got only where a share of it is taken; `interval`: everything
 */
export function makeWorkspace({ nodes, usesMost, usesLeast }: Model, what: 'value' | 'interval'): Workspace {
  const isInterval = what === 'interval';
  const ends = nodes.map(({ units }): Ends => {
    const low = new Float64Array(units);
    const least = usesLeast && (isInterval || usesMost);
    return {
      low,
      high: isInterval ? new Float64Array(units) : low,
      most: new Float64Array(isInterval || usesMost ? units : 0),
      least: new Float64Array(least ? units : 0),
    };
  });
  return {
    ends,
    parts: nodes.map(({ children }) => children.flatMap((child) => ends[child] ?? [])),
    taken: new Float64Array(nodes.reduce((most, node) => Math.max(most, node.units), 0)),
    rooms: new Map(),
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
  const { taken } = workspace;
  const into = endsOf(workspace, node.index);
  const parts = workspace.parts[node.index] ?? [];
  const { without } = variation;
  const isOut = without && ((part: number) => without.has(node.children[part] ?? -1));
  const rule = variation.combine?.get(node.index) ?? node.combine;
  combineEnds(RULES[rule], parts, variation.weights?.get(node.index) ?? node.weights, into, taken, isOut);
  for (const { unit, combine, weights } of node.unitRules) {
    const own = parts.map((part) => oneUnit(part, unit));
    combineEnds(RULES[combine], own, weights, oneUnit(into, unit), taken, isOut);
  }
  if (node.requires) dropThin(node.requires, parts, into, isOut);
  finishEnds(node, into);
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
  { share, applies }: Requirement,
  parts: readonly Ends[],
  { low, high }: Ends,
  isOut: ((part: number) => boolean) | undefined,
): void {
  for (let unit = 0; unit < low.length; unit++) {
    let [present, applying] = [0, 0];
    for (let part = 0; part < parts.length; part++) {
      if (isOut?.(part)) continue;
      applying += applies[part]?.[unit] as number;
      if (!Number.isNaN(parts[part]?.low[unit])) present++;
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
  for (const stage of node.across ?? []) {
    const into = stage.into === 'services' ? services : companies;
    combineStage(stage, node.rounded, services, into, roomFor(stage, workspace));
    if (stage.into === 'companies') continue;
    for (const set of stage.set) setEnds(into, set);
    forgetEnds(into);
  }
}

function roomFor(stage: AcrossStage, { rooms }: Workspace): StageRoom {
  const known = rooms.get(stage);
  if (known) return known;
  const column = () => new Float64Array(stage.targets.length);
  const room: StageRoom = { gathered: column(), values: column(), taken: column() };
  rooms.set(stage, room);
  return room;
}
