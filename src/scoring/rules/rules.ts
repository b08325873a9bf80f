import { geometricMean } from './geometric-mean.ts';
import { harmonicMean } from './harmonic-mean.ts';
import { max } from './max.ts';
import { mean } from './mean.ts';
import { min } from './min.ts';
import type { Rule } from './rule.ts';
import { sum } from './sum.ts';
import { weightedMean } from './weighted-mean.ts';
import { weightedSum } from './weighted-sum.ts';

/** All rules, by the names they have in a methodology. */
const BY_NAME = {
  sum,
  'weighted-sum': weightedSum,
  mean,
  'weighted-mean': weightedMean,
  'geometric-mean': geometricMean,
  'harmonic-mean': harmonicMean,
  min,
  max,
} as const satisfies Readonly<Record<string, Rule>>;

export type Combine = keyof typeof BY_NAME;
export const RULES: Readonly<Record<Combine, Rule>> = BY_NAME;

/** The names, in the order in which documentation lists them. */
export const COMBINE = Object.keys(BY_NAME) as [Combine, ...Combine[]];

/** Those that neither weigh nor leave exact arithmetic: for services, and for one unit by exception. */
export const PLAIN = ['mean', 'min', 'max', 'sum'] as const satisfies readonly Combine[];
export type PlainCombine = (typeof PLAIN)[number];
