import type { Combine } from '#edition/index';
import { type Columns, type Model, type ModelNode, RefusedRun, type Variation } from './model.ts';

/** Memory for the columns of one run after another. */
export interface Workspace {
  readonly values: readonly Float64Array[];
  /** The most that could be attained; only where a share of it is taken somewhere. */
  readonly most: readonly Float64Array[];
  /** What is there: the sum of its weights, or its count, for each unit of the node that is being combined. */
  readonly total: Float64Array;
}

export function makeWorkspace({ nodes, usesMost }: Model): Workspace {
  const units = nodes.reduce((most, node) => Math.max(most, node.units), 0);
  return {
    values: nodes.map((node) => new Float64Array(node.units)),
    most: nodes.map((node) => new Float64Array(usesMost ? node.units : 0)),
    total: new Float64Array(units),
  };
}

/**
 * The totals of all companies under a variation; NaN where a company has none.
 * @param nodes those that a variation changes, where the workspace holds all others from a run before (`changedBy`)
 * @returns a column of the workspace, which the next run overwrites
 * @throws RefusedRun where a mean has no meaning
 */
export function runModel(
  model: Model,
  variation: Variation,
  workspace: Workspace,
  nodes: readonly ModelNode[] = model.nodes,
): Float64Array {
  const leaves: Columns = variation.leaves ?? model.low;
  for (const node of nodes) {
    if (node.kind === 'leaf') takeLeaf(node, leaves, workspace);
    else if (node.kind === 'across') combineServices(node, workspace);
    else combineBranch(node, variation, workspace);
    for (const { unit, value } of node.fixed) column(workspace.values, node.index)[unit] = value;
  }
  return column(workspace.values, model.total);
}

/** The nodes that are not what they were once some are changed: those themselves, and all above. In order. */
export function changedBy({ nodes }: Model, changed: Iterable<number>): readonly ModelNode[] {
  const reached = new Set(changed);
  return nodes.filter((node) => {
    if (node.children.some((child) => reached.has(child))) reached.add(node.index);
    return reached.has(node.index);
  });
}

const column = (columns: Columns, index: number) => columns[index] as Float64Array;

function takeLeaf(node: ModelNode, leaves: Columns, { values, most }: Workspace): void {
  const own = column(values, node.index);
  own.set(column(leaves, node.index));
  column(most, node.index).fill(node.most);
  forget(own, column(most, node.index));
}

function combineBranch(node: ModelNode, variation: Variation, workspace: Workspace): void {
  const rule = variation.combine?.get(node.index) ?? node.combine;
  const weights = variation.weights?.get(node.index) ?? node.weights;
  combineColumns(node, rule, weights, workspace, variation.without);
  for (const own of node.own) combineUnit(node, own, workspace);
  finish(node, column(workspace.values, node.index), column(workspace.most, node.index));
  forget(column(workspace.values, node.index), column(workspace.most, node.index));
}

/** What has no score has no attainable maximum either. */
function forget(values: Float64Array, most: Float64Array): void {
  for (let unit = 0; unit < most.length; unit++) if (Number.isNaN(values[unit])) most[unit] = Number.NaN;
}

/** Combines the columns of the children into that of their parent. */
function combineColumns(
  node: ModelNode,
  rule: Combine,
  weights: Float64Array,
  workspace: Workspace,
  without?: ReadonlySet<number>,
): void {
  const { values, most, total } = workspace;
  const into = column(values, node.index);
  const intoMost = column(most, node.index);
  if (rule === 'min' || rule === 'max') {
    const children = without ? node.children.filter((child) => !without.has(child)) : node.children;
    takeExtreme(rule, children, values, into);
    if (intoMost.length > 0) takeExtreme(rule, children, most, intoMost);
    return;
  }
  into.fill(0);
  intoMost.fill(0);
  total.fill(0);
  const isPlain = rule === 'sum' || rule === 'mean';
  const add = isArithmetic(rule) ? addColumn : addTransformed;
  node.children.forEach((child, index) => {
    if (without?.has(child)) return;
    const weight = isPlain ? 1 : (weights[index] as number);
    const lowest = weight < 0 ? node.lowest[index] : undefined;
    const from = column(values, child);
    const counted = isMean(rule) ? weight : 1;
    if (intoMost.length > 0 && isArithmetic(rule) && lowest === undefined)
      addBoth(from, column(most, child), weight, counted, into, intoMost, total);
    else {
      add(from, weight, counted, into, total, rule);
      if (intoMost.length > 0) addMost(from, column(most, child), lowest, weight, intoMost);
    }
  });
  if (node.requires !== undefined) dropThin(node, values);
  divide(node, rule, workspace);
}

const isArithmetic = (rule: Combine) => rule !== 'geometric-mean' && rule !== 'harmonic-mean';
const isMean = (rule: Combine) => rule !== 'sum' && rule !== 'weighted-sum';

function addColumn(
  from: Float64Array,
  weight: number,
  counted: number,
  into: Float64Array,
  total: Float64Array,
): void {
  for (let unit = 0; unit < into.length; unit++) {
    const value = from[unit] as number;
    if (Number.isNaN(value)) continue;
    into[unit] = (into[unit] as number) + weight * value;
    total[unit] = (total[unit] as number) + counted;
  }
}

/** Values and what could be attained, in one go: the usual case where a share is taken. */
function addBoth(
  from: Float64Array,
  most: Float64Array,
  weight: number,
  counted: number,
  into: Float64Array,
  intoMost: Float64Array,
  total: Float64Array,
): void {
  for (let unit = 0; unit < into.length; unit++) {
    const value = from[unit] as number;
    if (Number.isNaN(value)) continue;
    into[unit] = (into[unit] as number) + weight * value;
    intoMost[unit] = (intoMost[unit] as number) + weight * (most[unit] as number);
    total[unit] = (total[unit] as number) + counted;
  }
}

/** A mean is that of the values (arithmetic), of their logarithms (geometric) or of their reciprocals (harmonic). */
function addTransformed(
  from: Float64Array,
  weight: number,
  counted: number,
  into: Float64Array,
  total: Float64Array,
  rule: Combine,
): void {
  const isGeometric = rule === 'geometric-mean';
  for (let unit = 0; unit < into.length; unit++) {
    const value = from[unit] as number;
    if (Number.isNaN(value)) continue;
    if (value < 0 || (value === 0 && !isGeometric))
      throw new RefusedRun(
        isGeometric
          ? 'a geometric mean of a value below 0'
          : 'a harmonic mean of a value that is not above 0',
      );
    into[unit] = (into[unit] as number) + weight * (isGeometric ? Math.log(value) : 1 / value);
    total[unit] = (total[unit] as number) + counted;
  }
}

/** The attainable maximum, of what has a score: that of a child that counts negatively is its lowest. */
function addMost(
  values: Float64Array,
  most: Float64Array,
  lowest: number | undefined,
  weight: number,
  into: Float64Array,
): void {
  for (let unit = 0; unit < into.length; unit++)
    if (!Number.isNaN(values[unit]))
      into[unit] = (into[unit] as number) + weight * (lowest ?? (most[unit] as number));
}

/** Of what applies, too little has a score: then the whole has none. */
function dropThin({ index, units, children, requires = 0, applicable }: ModelNode, values: Columns): void {
  for (let unit = 0; unit < units; unit++) {
    const present = children.filter((child) => !Number.isNaN(column(values, child)[unit])).length;
    if (present < requires * (applicable?.[unit] ?? present) - 1e-12)
      column(values, index)[unit] = Number.NaN;
  }
}

function divide(node: ModelNode, rule: Combine, { values, most, total }: Workspace): void {
  const into = column(values, node.index);
  const intoMost = column(most, node.index);
  const isSum = !isMean(rule);
  const isPlain = isArithmetic(rule);
  for (let unit = 0; unit < into.length; unit++) {
    const weight = total[unit] as number;
    const mean = isSum ? (into[unit] as number) : (into[unit] as number) / weight;
    into[unit] = weight === 0 ? Number.NaN : isPlain ? mean : restored(rule, mean);
  }
  if (!isSum)
    for (let unit = 0; unit < intoMost.length; unit++)
      intoMost[unit] = (intoMost[unit] as number) / (total[unit] as number);
}

const restored = (rule: Combine, mean: number): number =>
  rule === 'geometric-mean' ? Math.exp(mean) : rule === 'harmonic-mean' ? 1 / mean : mean;

function takeExtreme(
  rule: 'min' | 'max',
  children: readonly number[],
  from: Columns,
  into: Float64Array,
): void {
  into.fill(Number.NaN);
  for (const child of children) {
    const own = column(from, child);
    for (let unit = 0; unit < into.length; unit++) {
      const [value, best] = [own[unit] as number, into[unit] as number];
      if (Number.isNaN(best) || (rule === 'min' ? value < best : value > best))
        into[unit] = Number.isNaN(value) ? best : value;
    }
  }
}

/** One unit, for which another rule or other weights hold. */
function combineUnit(node: ModelNode, own: ModelNode['own'][number], { values, most }: Workspace): void {
  const { unit, combine, weights } = own;
  const alone = (columns: Columns) =>
    [node.index, ...node.children].map((index) => column(columns, index).slice(unit, unit + 1));
  const workspace: Workspace = {
    values: alone(values),
    most: alone(most),
    total: new Float64Array(1),
  };
  const single: ModelNode = {
    ...node,
    index: 0,
    units: 1,
    children: node.children.map((_, index) => index + 1),
  };
  combineColumns(single, combine, weights, workspace);
  column(values, node.index)[unit] = workspace.values[0]?.[0] ?? Number.NaN;
  if (workspace.most[0]?.length) column(most, node.index)[unit] = workspace.most[0][0] ?? Number.NaN;
}

/** Doubles near the border of a band belong to the band that begins there. */
const NEAR = 1e-9;

function finish({ outOf, bands, units }: ModelNode, values: Float64Array, most: Float64Array): void {
  if (outOf !== undefined)
    for (let unit = 0; unit < units; unit++) {
      const attainable = most[unit] as number;
      values[unit] = attainable > 0 ? ((values[unit] as number) / attainable) * outOf : Number.NaN;
      most[unit] = outOf;
    }
  if (!bands) return;
  for (let unit = 0; unit < units; unit++) {
    const value = values[unit] as number;
    if (Number.isNaN(value)) continue;
    const at = bands.from.findLastIndex((from) => value >= from - NEAR);
    values[unit] = bands.points[Math.max(0, at)] as number;
  }
  most.fill(bands.most);
}

/** Services into companies, those that are part of another first. */
function combineServices(node: ModelNode, workspace: Workspace): void {
  const inner = node.children[0] as number;
  for (const columns of [workspace.values, workspace.most]) {
    const from = column(columns, inner);
    const into = column(columns, node.index);
    if (into.length === 0) continue;
    for (const { service, parts, rule } of node.across?.nested ?? [])
      from[service] = combineList(rule, parts, from);
    node.across?.companies.forEach(({ services, rule }, company) => {
      into[company] = combineList(rule, services, from);
    });
  }
}

function combineList(rule: Combine, list: readonly number[], from: Float64Array): number {
  const values = list.map((at) => from[at] as number).filter((value) => !Number.isNaN(value));
  if (values.length === 0) return Number.NaN;
  if (rule === 'min') return Math.min(...values);
  if (rule === 'max') return Math.max(...values);
  const sum = values.reduce((all, value) => all + value, 0);
  return rule === 'sum' ? sum : sum / values.length;
}
