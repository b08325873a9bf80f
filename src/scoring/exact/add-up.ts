import { greatestCommon, leastCommon } from '#arithmetic/index';
import { type Answers, CODE, type UnitKind } from '#edition/index';
import type { BranchNode, Child, LeafNode } from '../plan/plan.ts';
import { type Columns, EXACT, LARGE } from './columns.ts';

/**
 * The fast path of scoring, for sums and means: whole numbers in doubles, added column by column. It must give what
 * rows.ts gives; a row that might leave the range in which doubles are exact is marked `LARGE` and left to it.
 */

interface Context {
  readonly answers: Answers;
  readonly offsets: Readonly<Record<UnitKind, number>>;
  readonly columns: readonly (Columns | undefined)[];
  /** Room for the sums of one branch after another. */
  readonly scratch: Pick<Sums, 'weight' | 'bound'>;
}

/** Running sums over the children of one branch, a row a unit: values over `denominator`, and the weight of what applies. */
interface Sums extends Columns {
  readonly weight: Float64Array;
  /** A bound on every number of the row, so that nothing huge can cancel out unseen. */
  readonly bound: Float64Array;
}

/**
 * Fills the columns of a branch. Gives false, having done nothing, where its rule is not linear, where more than adding up is to be done, or
 * where its numbers are too large.
 */
export function addUp(node: BranchNode, context: Context, into: Columns): boolean {
  // A sum counts what is there, not its weight: with a weight of 0 the two differ.
  const least = node.rule.linear === 'sum' ? 1n : 0n;
  const isPlain = node.rule.linear && !node.bands && !node.rounded && !into.min;
  if (!isPlain || node.children.some((child) => child.weight < least)) return false;
  const table = tableOf(node, context);
  if (!table) return false;
  const { weight, bound } = context.scratch;
  weight.fill(0, 0, into.low.length);
  bound.fill(0, 0, into.low.length);
  const sums: Sums = { ...into, weight, bound };
  addLeaves(table, context.offsets[node.unit], context.answers, sums);
  for (const child of node.children) {
    const columns = context.columns[child.node.index];
    if (columns) addColumns(columns, Number(child.weight), sums);
  }
  divide(node, sums);
  return true;
}

/** Tables are made once a branch: the same plan scores one company after another where answers are supposed to be others. */
const tables = new WeakMap<BranchNode, LeafTable | undefined>();

function tableOf(node: BranchNode, { columns }: Context): LeafTable | undefined {
  const plain = node.children.filter((child) => !columns[child.node.index]);
  const isUsual = plain.every((child) => child.node.kind === 'leaf') && plain.length === node.children.length;
  if (!isUsual) return leafTable(plain);
  if (!tables.has(node)) tables.set(node, leafTable(plain));
  return tables.get(node);
}

/**
 * The leaves of a branch as one table: what to add for answer code `c` of leaf `j` stands at `start[j] + c`. Answers add one number; states,
 * which are few, may add more to the highest, and take the leaf out of the maximum and the weights.
 */
interface LeafTable {
  readonly leaf: Int32Array;
  readonly start: Int32Array;
  readonly low: Float64Array;
  /** What the highest has more than the lowest. */
  readonly more: Float64Array;
  /** What a leaf that has no points takes from the maximum and from the weights of all. */
  readonly lessMax: Float64Array;
  readonly lessWeight: Float64Array;
  readonly max: number;
  readonly weight: number;
  readonly denominator: number;
  /** Answers below this code are looked at whole. */
  readonly plainFrom: number;
}

/** Makes the table, with weights multiplied in; undefined if a sum over it might not be exact. */
function leafTable(children: readonly Child[]): LeafTable | undefined {
  const leaves = children.filter((child): child is Child & { node: LeafNode } => child.node.kind === 'leaf');
  const denominator = leaves.reduce((common, child) => leastCommon(common, child.node.points.denominator), 1);
  const size = leaves.reduce((sum, child) => sum + child.node.points.low.length, 0);
  const column = () => new Float64Array(size);
  const [low, more, lessMax, lessWeight] = [column(), column(), column(), column()];
  const [leaf, starts] = [new Int32Array(leaves.length), new Int32Array(leaves.length)];
  let [start, bound, max, weights] = [0, denominator, 0, 0];
  leaves.forEach(({ node, weight: whole }, index) => {
    const { points } = node;
    const weight = Number(whole);
    const factor = weight * (denominator / points.denominator);
    leaf[index] = node.leaf;
    starts[index] = start;
    for (let code = 0; code < points.low.length; code++) {
      if (points.rows[code]) {
        low[start + code] = factor * (points.low[code] ?? 0);
        more[start + code] = factor * ((points.high[code] ?? 0) - (points.low[code] ?? 0));
      } else {
        lessMax[start + code] = factor * points.max;
        lessWeight[start + code] = weight;
      }
    }
    max += factor * points.max;
    weights += weight;
    bound +=
      weight * denominator + factor * Math.max(...points.low.map(Math.abs), ...points.high.map(Math.abs));
    start += points.low.length;
  });
  if (bound > EXACT) return undefined;
  const isWide = leaves.some(({ node: { points } }) =>
    points.rows.some((row, code) => row && code >= CODE.FIRST_ANSWER && row.low !== row.high),
  );
  return {
    leaf,
    start: starts,
    low,
    more,
    lessMax,
    lessWeight,
    max,
    weight: weights,
    denominator,
    plainFrom: isWide ? Number.POSITIVE_INFINITY : CODE.FIRST_ANSWER,
  };
}

function addLeaves(table: LeafTable, offset: number, { codes, leaves }: Answers, sums: Sums): void {
  const { leaf, start, low: lows, more, lessMax, lessWeight, plainFrom } = table;
  // All indices are in range by construction; `as number` spares a branch in the innermost loop.
  for (let unit = 0; unit < sums.low.length; unit++) {
    const base = (offset + unit) * leaves.length;
    let low = 0;
    let above = 0;
    let { max, weight } = table;
    for (let child = 0; child < leaf.length; child++) {
      const code = codes[base + (leaf[child] as number)] as number;
      const at = (start[child] as number) + code;
      low += lows[at] as number;
      if (code >= plainFrom) continue;
      above += more[at] as number;
      max -= lessMax[at] as number;
      weight -= lessWeight[at] as number;
    }
    const high = low + above;
    sums.low[unit] = low;
    sums.high[unit] = high;
    sums.max[unit] = max;
    sums.weight[unit] = weight;
    sums.denominator[unit] = table.denominator;
    sums.bound[unit] = Math.max(Math.abs(low), Math.abs(high), Math.abs(max));
  }
}

/** Adds a child that is no leaf, bringing both to a common denominator. */
function addColumns(child: Columns, weight: number, sums: Sums): void {
  for (let unit = 0; unit < sums.low.length; unit++) {
    const own = child.denominator[unit] as number;
    const denominator = sums.denominator[unit] as number;
    if (own === 0 || denominator === LARGE) continue;
    const common = own === LARGE ? LARGE : leastCommon(denominator, own);
    const grow = common / denominator;
    const factor = weight * (common / own);
    const size = Math.max(
      Math.abs(child.low[unit] as number),
      Math.abs(child.high[unit] as number),
      Math.abs(child.max[unit] as number),
    );
    const bound = (sums.bound[unit] as number) * grow + factor * size;
    if (own === LARGE || Math.max(bound, common, factor) > EXACT) {
      sums.denominator[unit] = LARGE;
      continue;
    }
    sums.low[unit] = (sums.low[unit] as number) * grow + factor * (child.low[unit] as number);
    sums.high[unit] = (sums.high[unit] as number) * grow + factor * (child.high[unit] as number);
    sums.max[unit] = (sums.max[unit] as number) * grow + factor * (child.max[unit] as number);
    sums.weight[unit] = (sums.weight[unit] as number) + weight;
    sums.denominator[unit] = common;
    sums.bound[unit] = bound;
  }
}

/** Divides by the weights where the rule is a mean, and takes the share of the maximum where that is declared. */
function divide(node: BranchNode, sums: Sums): void {
  const isSum = node.rule.linear === 'sum';
  const [outOf, outOfDenominator] = node.outOf ? [Number(node.outOf.n), Number(node.outOf.d)] : [1, 1];
  for (let unit = 0; unit < sums.low.length; unit++) {
    const weight = sums.weight[unit] as number;
    if (sums.denominator[unit] === LARGE) continue;
    const max = sums.max[unit] as number;
    // Factors that the share and the maximum have in common would only make the numbers larger.
    const common = node.outOf ? greatestCommon(max, outOf) : 1;
    const share = outOf / common;
    const denominator = node.outOf
      ? (max / common) * outOfDenominator
      : (sums.denominator[unit] as number) * (isSum ? Number(node.weightUnit) : weight);
    // Where nothing above 0 can be attained, there is no share of it.
    if (weight === 0 || (node.outOf && max <= 0)) sums.denominator[unit] = 0;
    else if (Math.max(denominator, (sums.bound[unit] as number) * share) > EXACT)
      sums.denominator[unit] = LARGE;
    else {
      sums.low[unit] = (sums.low[unit] as number) * share;
      sums.high[unit] = (sums.high[unit] as number) * share;
      sums.max[unit] = max * share;
      sums.denominator[unit] = denominator;
    }
  }
}
