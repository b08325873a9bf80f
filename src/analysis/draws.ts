import { changedBy, type LeafColumns, makeRanker, type Variation, weighed } from '#scoring/index';
import { RefusedRun } from '#scoring/rules/index';
import { type Model, runModel, workspaceFor } from './model.ts';
import { makeRandom, type RandomSource } from './random.ts';

/**
 * Ranks under many draws of what is uncertain. Draws come in blocks, each with a stream of random numbers of its own, so that the same seed
 * gives the same counts however the blocks are spread over processors.
 */

/** What is drawn. */
export type Uncertainty =
  /** The weights of a node’s children, uniform on the simplex (Dirichlet with all parameters 1). */
  | { readonly kind: 'simplex'; readonly node: number }
  /** Each weight of these nodes times a number uniform on 1 ± spread. */
  | { readonly kind: 'noise'; readonly nodes: readonly number[]; readonly spread: number }
  /** Each answer, with this chance, a level up or down (either way alike, where there is one). */
  | { readonly kind: 'answers'; readonly chance: number; readonly ladders: readonly Ladder[] }
  /** Each answer that nobody assessed: any of the points that the leaf can give, alike. */
  | { readonly kind: 'open'; readonly ladders: readonly Ladder[] }
  /** Each answer that raters disagree on: that of a rater, each alike. */
  | { readonly kind: 'raters'; readonly cells: readonly RatedCell[] };

/** The points that a leaf can give, from the lowest up, and where each unit stands among them; -1 where it has no answer, -2 where it is open. */
export interface Ladder {
  readonly node: number;
  readonly points: Float64Array;
  readonly at: Int32Array;
  /** The units that have an answer, and those that are open. */
  readonly answered: Int32Array;
  readonly open: Int32Array;
}

export interface RatedCell {
  readonly node: number;
  readonly unit: number;
  readonly points: readonly number[];
}

export interface DrawJob {
  readonly model: Model;
  readonly uncertainties: readonly Uncertainty[];
  readonly seed: number;
  readonly draws: number;
}

/** Counts over draws, of which those of parts can be added. */
export interface RankCounts {
  readonly used: number;
  /** Draws in which a mean had no meaning. */
  readonly refused: number;
  /** `counts[company * companies + rank - 1]`: in how many draws the company had the rank. */
  readonly counts: Uint32Array;
  /** `wins[a * companies + b]`: in how many draws a had a better rank than b; only for few companies. */
  readonly wins: Uint32Array | undefined;
}

export const BLOCK = 250;
/** A distribution has a count for each company and rank. */
export const MOST_COMPANIES = 8_000;
/** So many companies are compared each with each. */
export const MOST_PAIRS = 200;

export const blocksOf = ({ draws }: Pick<DrawJob, 'draws'>): number => Math.ceil(draws / BLOCK);

/** Runs some of the blocks of a job. */
export function runBlocks(job: DrawJob, blocks: readonly number[]): RankCounts {
  const { model } = job;
  const { companies } = model;
  const draw = drawer(job);
  const counts = new Uint32Array(companies * companies);
  const wins = companies <= MOST_PAIRS ? new Uint32Array(companies * companies) : undefined;
  let [used, refused] = [0, 0];
  for (const block of blocks) {
    const random = makeRandom(job.seed, block + 1);
    const count = Math.min(BLOCK, job.draws - block * BLOCK);
    for (let index = 0; index < count; index++) {
      const ranks = draw(random);
      if (!ranks) {
        refused++;
        continue;
      }
      used++;
      countRanks(ranks, model.groups, counts, wins);
    }
  }
  return { used, refused, counts, wins };
}

/** Adds up counts of parts of a job; the first is added to in its place. */
export function addCounts(parts: readonly RankCounts[]): RankCounts {
  const [first, ...rest] = parts;
  if (!first) throw new Error('There is nothing to add.');
  for (const { counts, wins } of rest) {
    addTo(first.counts, counts);
    if (first.wins && wins) addTo(first.wins, wins);
  }
  const sum = (of: (part: RankCounts) => number) => parts.reduce((all, part) => all + of(part), 0);
  return { ...first, used: sum(({ used }) => used), refused: sum(({ refused }) => refused) };
}

function addTo(into: Uint32Array, from: Uint32Array): void {
  for (let index = 0; index < into.length; index++)
    into[index] = (into[index] as number) + (from[index] as number);
}

function countRanks(
  ranks: Int32Array,
  groups: Int32Array,
  counts: Uint32Array,
  wins: Uint32Array | undefined,
): void {
  const companies = ranks.length;
  for (let company = 0; company < companies; company++) {
    const rank = ranks[company] as number;
    if (rank > 0) {
      const at = company * companies + rank - 1;
      counts[at] = (counts[at] as number) + 1;
    }
  }
  if (!wins) return;
  for (let a = 0; a < companies; a++)
    for (let b = 0; b < companies; b++)
      if (groups[a] === groups[b] && (ranks[a] as number) > 0 && (ranks[a] as number) < (ranks[b] as number))
        wins[a * companies + b] = (wins[a * companies + b] as number) + 1;
}

/**
 * Gives the ranks of one draw after another; undefined where the draw is refused.
 * @param look sees the points of the leaves as they were drawn; they change with the next draw
 */
export function drawer(
  { model, uncertainties }: DrawJob,
  look: (leaves: LeafColumns) => void = () => {},
): (random: RandomSource) => Int32Array | undefined {
  const workspace = workspaceFor(model);
  const rank = makeRanker(model.groups, model.compared);
  const weights = new Map<number, Float64Array>();
  const leaves = model.low.map((column) => column?.slice());
  const makers = uncertainties.map((uncertainty) => makerOf(model, uncertainty, weights, leaves));
  const changesLeaves = uncertainties.some(({ kind }) => kind !== 'simplex' && kind !== 'noise');
  const combine = new Map(
    [...weights.keys()].map((node) => [node, weighed(model.nodes[node]?.combine ?? 'mean')]),
  );
  const variation: Variation = changesLeaves ? { weights, combine, leaves } : { weights, combine };
  runModel(model, {}, workspace);
  const changed = changedBy(model, [...weights.keys(), ...uncertainties.flatMap(leavesIn)]);
  return (random) => {
    if (changesLeaves) restore(leaves, model.low);
    for (const make of makers) make(random);
    look(leaves);
    try {
      return rank(runModel(model, variation, workspace, changed));
    } catch (error) {
      if (error instanceof RefusedRun) return undefined;
      throw error;
    }
  };
}

function leavesIn(uncertainty: Uncertainty): number[] {
  if (uncertainty.kind === 'raters') return uncertainty.cells.map(({ node }) => node);
  return uncertainty.kind === 'answers' || uncertainty.kind === 'open'
    ? uncertainty.ladders.map(({ node }) => node)
    : [];
}

function restore(leaves: LeafColumns, from: LeafColumns): void {
  leaves.forEach((column, index) => {
    const own = from[index];
    if (own) column?.set(own);
  });
}

function makerOf(
  { nodes }: Model,
  uncertainty: Uncertainty,
  weights: Map<number, Float64Array>,
  leaves: LeafColumns,
): (random: RandomSource) => void {
  switch (uncertainty.kind) {
    case 'simplex': {
      const drawn = new Float64Array(nodes[uncertainty.node]?.children.length ?? 0);
      weights.set(uncertainty.node, drawn);
      return (random) => drawSimplex(drawn, random);
    }
    case 'noise': {
      const pairs = uncertainty.nodes.map((node) => {
        const declared = declaredWeights(nodes[node]);
        const drawn = declared.slice();
        weights.set(node, drawn);
        return { declared, drawn };
      });
      return (random) => {
        for (const { declared, drawn } of pairs)
          for (let index = 0; index < drawn.length; index++)
            drawn[index] = (declared[index] as number) * (1 + uncertainty.spread * (2 * random.next() - 1));
      };
    }
    case 'answers':
      return (random) => {
        for (const ladder of uncertainty.ladders)
          shift(ladder, leaves[ladder.node], uncertainty.chance, random);
      };
    case 'open':
      return (random) => {
        for (const { node, points, open } of uncertainty.ladders)
          fillOpen(leaves[node], points, open, random);
      };
    case 'raters':
      return (random) => {
        for (const { node, unit, points } of uncertainty.cells) {
          const column = leaves[node];
          if (column) column[unit] = points[random.below(points.length)] ?? Number.NaN;
        }
      };
  }
}

/** The weights by which a node combines as it is; alike where it does not weigh. */
export function declaredWeights(node: Model['nodes'][number] | undefined): Float64Array {
  return node?.weights.slice() ?? new Float64Array(0);
}

/** Uniform on the simplex: exponential numbers, divided by their sum (Devroye 1986, chapter V, theorem 4.1). */
function drawSimplex(into: Float64Array, random: RandomSource): void {
  let sum = 0;
  for (let index = 0; index < into.length; index++) {
    const drawn = -Math.log(1 - random.next());
    into[index] = drawn;
    sum += drawn;
  }
  for (let index = 0; index < into.length; index++) into[index] = (into[index] as number) / sum;
}

/** From one changed answer to the next by geometric steps, so that the cost is that of what changes. */
function shift(
  { points, at, answered }: Ladder,
  column: Float64Array | undefined,
  chance: number,
  random: RandomSource,
): void {
  if (!column || chance <= 0) return;
  const rate = Math.log(1 - Math.min(chance, 1 - 1e-15));
  for (let place = skip(rate, random); place < answered.length; place += 1 + skip(rate, random)) {
    const unit = answered[place] as number;
    const now = at[unit] as number;
    const [down, up] = [now - 1, now + 1];
    const next = random.next() < 0.5 ? down : up;
    const value = points[next] ?? points[next === down ? up : down];
    if (value !== undefined) column[unit] = value;
  }
}

const skip = (rate: number, random: RandomSource): number => Math.floor(Math.log(1 - random.next()) / rate);

function fillOpen(
  column: Float64Array | undefined,
  points: Float64Array,
  open: Int32Array,
  random: RandomSource,
): void {
  if (!column) return;
  for (const unit of open) column[unit] = points[random.below(points.length)] as number;
}
