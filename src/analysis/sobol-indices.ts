import type { RandomSource } from './random.ts';

/** Outputs of a model over a design of Saltelli: blocks A and B, and for each input block A with that input’s column from B. */
export interface SobolOutputs {
  readonly a: Float64Array;
  readonly b: Float64Array;
  readonly ab: readonly Float64Array[];
}

export interface SobolIndex {
  /** The share of the variance that the input explains alone. */
  readonly first: number;
  /** The share that it has a part in. */
  readonly total: number;
  /** Bootstrap percentile intervals; undefined without a bootstrap. */
  readonly firstInterval: readonly [low: number, high: number] | undefined;
  readonly totalInterval: readonly [low: number, high: number] | undefined;
}

export type SobolResult =
  | {
      readonly kind: 'indices';
      readonly variance: number;
      readonly inputs: readonly SobolIndex[];
      /** Pairs of inputs, neighbours by total order, of which the intervals overlap: the data leave open which matters more. */
      readonly openOrder: readonly (readonly [number, number])[];
      /** Resamples of the bootstrap that were used; the others had no variance. */
      readonly resamples: number;
    }
  | { readonly kind: 'undefined'; readonly why: string };

export interface SobolOptions {
  readonly resamples?: number;
  readonly random?: RandomSource;
}

/**
 * Variance-based sensitivity: first order `mean(yB (yAB − yA)) / var`, total order `sum((yA − yAB)²) / (2 N var)`, where var is that of the outputs
 * of A and B together (Saltelli et al. 2010, Computer Physics Communications 181; Jansen 1999), with intervals from resampling rows.
 *
 * Cost: rows × inputs, times the number of resamples.
 */
export function sobolIndices({ a, b, ab }: SobolOutputs, options: SobolOptions = {}): SobolResult {
  const rows = Int32Array.from({ length: a.length }, (_, row) => row);
  const whole = estimate(a, b, ab, rows);
  if (!whole)
    return {
      kind: 'undefined',
      why: 'the output is the same in every run, so there is no variance to explain',
    };
  const { random, resamples: wanted = 0 } = options;
  const drawn = random
    ? Array.from({ length: wanted }, () =>
        estimate(
          a,
          b,
          ab,
          rows.map(() => random.below(a.length)),
        ),
      ).filter((result) => result !== undefined)
    : [];
  const inputs = whole.first.map(
    (first, index): SobolIndex => ({
      first,
      total: whole.total[index] ?? 0,
      firstInterval: interval(drawn.map((result) => result.first[index] ?? 0)),
      totalInterval: interval(drawn.map((result) => result.total[index] ?? 0)),
    }),
  );
  return {
    kind: 'indices',
    variance: whole.variance,
    inputs,
    openOrder: openOrder(inputs),
    resamples: drawn.length,
  };
}

function estimate(a: Float64Array, b: Float64Array, ab: readonly Float64Array[], rows: Int32Array) {
  const variance = varianceOf(a, b, rows);
  if (!(variance > 0)) return undefined;
  const first: number[] = [];
  const total: number[] = [];
  for (const column of ab) {
    let [products, squares] = [0, 0];
    for (const row of rows) {
      const difference = (column[row] as number) - (a[row] as number);
      products += (b[row] as number) * difference;
      squares += difference * difference;
    }
    first.push(products / rows.length / variance);
    total.push(squares / (2 * rows.length * variance));
  }
  return { variance, first, total };
}

/** The sample variance (n − 1) of both blocks together. */
function varianceOf(a: Float64Array, b: Float64Array, rows: Int32Array): number {
  let sum = 0;
  for (const row of rows) sum += (a[row] as number) + (b[row] as number);
  const mean = sum / (2 * rows.length);
  let squares = 0;
  for (const row of rows) squares += ((a[row] as number) - mean) ** 2 + ((b[row] as number) - mean) ** 2;
  return squares / (2 * rows.length - 1);
}

/** From the 5 % to the 95 % quantile. */
function interval(values: readonly number[]): readonly [number, number] | undefined {
  if (values.length === 0) return undefined;
  const sorted = values.toSorted((a, b) => a - b);
  return [quantile(sorted, 0.05), quantile(sorted, 0.95)];
}

/** The quantile of sorted values by linear interpolation (Hyndman & Fan 1996, type 7; R’s default). */
export function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const from = sorted[below] ?? Number.NaN;
  return from + (place - below) * ((sorted[below + 1] ?? from) - from);
}

function openOrder(inputs: readonly SobolIndex[]): (readonly [number, number])[] {
  const order = inputs
    .map((_, index) => index)
    .toSorted((x, y) => (inputs[y]?.total ?? 0) - (inputs[x]?.total ?? 0));
  return order.slice(1).flatMap((lower, place) => {
    const upper = order[place] ?? 0;
    const [above, below] = [inputs[upper]?.totalInterval, inputs[lower]?.totalInterval];
    return above && below && above[0] <= below[1] ? [[upper, lower] as const] : [];
  });
}
