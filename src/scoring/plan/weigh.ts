import { type Fraction, fraction, greatestCommonDivisor, leastCommonMultiple } from '#arithmetic/index';
import type { Rule } from '#scoring/rules/index';

/** Weights as whole numbers over `unit`. Of means only their proportions count, so that they are in lowest terms. */
export interface Weighing {
  readonly weights: readonly bigint[];
  readonly unit: bigint;
}

/** @param declared the weights; undefined where a child has none, which counts as 1 */
export function weigh(rule: Rule, declared: readonly (string | undefined)[]): Weighing {
  if (rule.weighs === 'never') return { weights: declared.map(() => 1n), unit: 1n };
  const weights = declared.map((weight) => fraction(weight ?? 1));
  const { whole, denominator } = overOne(weights);
  if (rule.linear === 'sum') return { weights: whole, unit: denominator };
  const common = whole.reduce((divisor, weight) => greatestCommonDivisor(divisor, weight), 0n) || 1n;
  return { weights: whole.map((weight) => weight / common), unit: 1n };
}

/** Fractions as whole numbers over one denominator, the least. */
export function overOne(values: readonly Fraction[]): {
  readonly whole: readonly bigint[];
  readonly denominator: bigint;
} {
  const denominator = values.reduce((common, { d }) => leastCommonMultiple(common, d), 1n);
  return { whole: values.map(({ s, n, d }) => s * n * (denominator / d)), denominator };
}
