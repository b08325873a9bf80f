/** Whole numbers added up, and the first by an order: what the exact rules are made of. */

export const total = (values: readonly bigint[]): bigint => values.reduce((sum, value) => sum + value, 0n);

export const weighedTotal = (values: readonly bigint[], weights: readonly bigint[]): bigint =>
  values.reduce((sum, value, index) => sum + value * (weights[index] ?? 0n), 0n);

export const best = (values: readonly bigint[], isBetter: (value: bigint, best: bigint) => boolean): bigint =>
  values.reduce((found, value) => (isBetter(value, found) ? value : found));
