import { type ComparedBy, type LeafColumns, makeRanker, type Variation, weighed } from '#scoring/index';
import { type Combine, RefusedRun, RULES } from '#scoring/rules/index';
import { otherAggregations, roundedTo } from './alternatives.ts';
import { drawer, type Uncertainty } from './draws.ts';
import { laddersOf } from './ladders.ts';
import { type Model, runModel } from './model.ts';
import { type Nominal, shiftOf } from './nominal.ts';
import { makeRandom } from './random.ts';
import { type SobolIndex, sobolIndices } from './sobol-indices.ts';
import { sobolPoints } from './sobol-sequence.ts';

/** Which uncertainty moves ranks most: variance-based sensitivity of the mean shift of ranks, over grouped inputs. */
export type Sensitivity =
  | {
      readonly state: 'computed';
      /** What is explained. */
      readonly target: 'the mean number of ranks that companies move';
      readonly inputs: readonly (SobolIndex & {
        readonly input: string;
        readonly values: readonly string[];
      })[];
      readonly variance: number;
      /** Runs used, and those that were refused; with a refusal the design is not whole, and nothing is computed. */
      readonly runs: number;
      readonly points: number;
      readonly resamples: number;
      /** Names of inputs of which the intervals leave open which matters more. */
      readonly openOrder: readonly (readonly [string, string])[];
    }
  | { readonly state: 'not-computed'; readonly why: string; readonly runs: number; readonly refused: number };

interface Input {
  readonly name: string;
  readonly values: readonly {
    readonly name: string;
    readonly variation: Variation;
    readonly compared?: ComparedBy;
  }[];
}

export interface SensitivityOptions {
  readonly seed: number;
  /** Points of the base sample; a power of two keeps the sequence even. */
  readonly points: number;
  readonly resamples: number;
  readonly spread: number;
  readonly chance: number;
}

const SETS = 100;

export function sensitivity(nominal: Nominal, options: SensitivityOptions): Sensitivity {
  const inputs = inputsOf(nominal, options).filter(({ values }) => values.length > 1);
  if (inputs.length < 2)
    return { state: 'not-computed', why: 'fewer than two things are uncertain', runs: 0, refused: 0 };
  const { a, b } = design(inputs.length, options);
  let [runs, refused] = [0, 0];
  const output = (point: readonly number[]): number => {
    runs++;
    try {
      return shiftAt(nominal, inputs, point);
    } catch (error) {
      if (!(error instanceof RefusedRun)) throw error;
      refused++;
      return Number.NaN;
    }
  };
  const outputs = {
    a: Float64Array.from(a.map(output)),
    b: Float64Array.from(b.map(output)),
    ab: inputs.map((_, input) =>
      Float64Array.from(
        a.map((point, row) => output(point.map((own, at) => (at === input ? (b[row]?.[at] ?? own) : own)))),
      ),
    ),
  };
  if (refused > 0)
    return {
      state: 'not-computed',
      why: `${refused} of ${runs} runs take a mean that has no meaning`,
      runs,
      refused,
    };
  const random = makeRandom(options.seed, 503);
  const result = sobolIndices(outputs, { random, resamples: options.resamples });
  if (result.kind === 'undefined') return { state: 'not-computed', why: result.why, runs, refused };
  const nameOf = (input: number) => inputs[input]?.name ?? '';
  return {
    state: 'computed',
    target: 'the mean number of ranks that companies move',
    inputs: result.inputs.map((index, input) => ({
      input: nameOf(input),
      values: inputs[input]?.values.map(({ name }) => name).slice(0, 5) ?? [],
      ...index,
    })),
    variance: result.variance,
    runs,
    points: options.points,
    resamples: result.resamples,
    openOrder: result.openOrder.map(([above, below]) => [nameOf(above), nameOf(below)] as const),
  };
}

/** Sobol' points, all shifted by one random vector (Cranley & Patterson 1976): the first half of the coordinates for A, the second for B. */
function design(inputs: number, { seed, points }: SensitivityOptions) {
  const random = makeRandom(seed, 501);
  const shift = Array.from({ length: 2 * inputs }, () => random.next());
  const unit = sobolPoints(2 * inputs, points);
  const rows = (from: number) =>
    Array.from({ length: points }, (_, row) =>
      Array.from({ length: inputs }, (_unused, input) => {
        const at = from + input;
        return ((unit[row * 2 * inputs + at] ?? 0) + (shift[at] ?? 0)) % 1;
      }),
    );
  return { a: rows(0), b: rows(inputs) };
}

function shiftAt(nominal: Nominal, inputs: readonly Input[], point: readonly number[]): number {
  const chosen = inputs.map(({ values }, input) => values[Math.floor((point[input] ?? 0) * values.length)]);
  const variation = chosen.reduce<Variation>((all, value) => merged(all, value?.variation ?? {}), {});
  const compared = chosen.find((value) => value?.compared)?.compared;
  const totals = runModel(nominal.model, variation, nominal.workspace);
  const ranks = compared ? makeRanker(nominal.model.groups, compared)(totals) : nominal.rank(totals);
  return shiftOf(nominal.ranks, ranks).mean;
}

function merged(one: Variation, other: Variation): Variation {
  const combine = new Map([...(one.combine ?? []), ...(other.combine ?? [])]);
  const weights = new Map([...(one.weights ?? []), ...(other.weights ?? [])]);
  const leaves = other.leaves ?? one.leaves;
  return { combine, weights, ...(leaves ? { leaves } : {}) };
}

function inputsOf(nominal: Nominal, options: SensitivityOptions): Input[] {
  const { model } = nominal;
  const declared = { name: 'as declared', variation: {} };
  return [
    { name: 'weights', values: noiseSets(model, options) },
    { name: 'answers', values: answerSets(nominal, options) },
    { name: 'aggregation', values: [declared, ...aggregations(nominal)] },
    {
      name: 'rounding',
      values: [
        { name: 'exact totals', variation: {}, compared: { ...model.compared, rounding: undefined } },
        {
          name: 'whole numbers',
          variation: {},
          compared: roundedTo(model.compared, { rule: 'half-up', digits: 0 }),
        },
      ],
    },
  ];
}

/** Means that are defined for what the answers are. They are kept weighted, so that the input “weights” still counts. */
function aggregations(nominal: Nominal): Input['values'] {
  const { model } = nominal;
  const usable = new Set(
    otherAggregations(nominal).flatMap((own) => (own.state === 'used' ? [own.what] : [])),
  );
  const rules: readonly Combine[] = ['geometric-mean', 'harmonic-mean'];
  return rules
    .filter((rule) => usable.has(`${rule} at the total`))
    .map((rule) => ({
      name: `${rule} at the total`,
      variation: { combine: new Map([[model.total, rule]]) },
    }));
}

function noiseSets(model: Model, { seed, spread }: SensitivityOptions): Input['values'] {
  const random = makeRandom(seed, 502);
  const nodes = noisyNodes(model);
  const combine = new Map(nodes.map((index) => [index, weighed(model.nodes[index]?.combine ?? 'mean')]));
  if (nodes.length === 0) return [];
  return Array.from({ length: SETS }, (_, set) => ({
    name: `set ${set + 1}`,
    variation: {
      combine,
      weights: new Map(
        nodes.map((index) => [
          index,
          (model.nodes[index]?.weights ?? new Float64Array(0)).map(
            (weight) => weight * (1 + spread * (2 * random.next() - 1)),
          ),
        ]),
      ),
    },
  }));
}

/** The nodes whose weights can be other than they are: those that combine two children or more by a mean or sum. */
export const noisyNodes = ({ nodes }: Model): number[] =>
  nodes
    .filter(
      ({ kind, children, combine }) =>
        kind === 'branch' &&
        children.length > 1 &&
        (RULES[combine].linear ?? RULES[combine].weighs) !== 'never',
    )
    .map(({ index }) => index);

function answerSets({ model, scored }: Nominal, { seed, chance }: SensitivityOptions): Input['values'] {
  const ladders = laddersOf(scored);
  if (ladders.length === 0 || chance <= 0) return [];
  const uncertainties: readonly Uncertainty[] = [
    { kind: 'answers', chance, ladders },
    ...(model.isOpen ? [{ kind: 'open' as const, ladders }] : []),
  ];
  return Array.from({ length: SETS }, (_, set) => ({
    name: `set ${set + 1}`,
    variation: { leaves: drawnLeaves(model, uncertainties, seed, 600 + set) },
  }));
}

function drawnLeaves(
  model: Model,
  uncertainties: readonly Uncertainty[],
  seed: number,
  stream: number,
): LeafColumns {
  let kept: LeafColumns = [];
  const draw = drawer({ model, uncertainties, seed, draws: 1 }, (leaves) => {
    kept = leaves.map((column) => column?.slice());
  });
  draw(makeRandom(seed, stream));
  return kept;
}
