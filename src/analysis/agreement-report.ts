import {
  type Coefficient,
  cohenOf,
  fleissOf,
  gwetOf,
  pairsOf,
  percentOf,
  type Weighting,
} from './agreement.ts';
import {
  disagreementsOf,
  type Item,
  itemsOf,
  observedDomain,
  type Rating,
  type Values,
  valuesOf,
} from './agreement-items.ts';
import { alphaOf, METRICS, type Metric } from './alpha.ts';
import { makeRandom, type RandomSource } from './random.ts';
import { makeRatings, type Ratings } from './ratings.ts';
import { quantile } from './sobol-indices.ts';
import { type Tally, tallyOf } from './tally.ts';

/** A coefficient, with its bootstrap interval; null, and why, where it is undefined. */
export interface Estimate {
  readonly coefficient: string;
  readonly value: number | null;
  readonly why: string | null;
  /** The 2.5 % and 97.5 % quantiles over resamples of the rated items. */
  readonly interval: readonly [low: number, high: number] | null;
  /** Resamples in which it was defined, of those drawn. */
  readonly resamples: number;
}

export interface AgreementReport {
  readonly items: number;
  readonly raters: readonly string[];
  readonly ratings: number;
  readonly missing: number;
  readonly domain: readonly string[];
  readonly seed: number;
  readonly drawn: number;
  readonly overall: readonly Estimate[];
  readonly measures: readonly {
    readonly measure: string;
    readonly items: number;
    readonly estimates: readonly Estimate[];
  }[];
  readonly pairs: readonly {
    readonly raters: readonly [string, string];
    readonly items: number;
    readonly estimates: readonly Estimate[];
  }[];
  /** Items that raters do not agree on, those furthest apart first. */
  readonly disagreements: readonly {
    readonly unit: string;
    readonly measure: string;
    readonly spread: number;
    readonly answers: Readonly<Record<string, string>>;
  }[];
}

export interface AgreementOptions {
  /** The answers that could be given, from the lowest up; those that were given, if there is none. */
  readonly domain?: readonly string[];
  readonly metrics: readonly Metric[];
  readonly resamples: number;
  readonly seed: number;
}

/**
 * How far raters agree: on all, by measure, and by pair of raters.
 * @param ratings one for each unit, measure and rater at most; a rating that is missing has no row
 * @throws RatingsError if an answer is none of the domain
 */
export function agreementReport(ratings: readonly Rating[], options: AgreementOptions): AgreementReport {
  const domain = options.domain ?? observedDomain(ratings);
  const raters = [...new Set(ratings.map(({ rater }) => rater))].toSorted();
  const items = itemsOf(ratings);
  const values = valuesOf(domain, options.domain !== undefined);
  const places = domain.map((answer, place) => ({ answer, value: place }));
  const estimates = (own: readonly Item[], who: readonly string[], stream: number) =>
    estimate(
      { all: tableOf(own, who, places), graded: tableOf(own, who, values.graded) },
      values,
      options,
      stream,
    );
  const byMeasure = [...Map.groupBy(items, ({ measure }) => measure)];
  return {
    items: items.length,
    raters,
    ratings: ratings.length,
    missing: items.length * raters.length - ratings.length,
    domain,
    seed: options.seed,
    drawn: options.resamples,
    disagreements: disagreementsOf(items, values),
    overall: estimates(items, raters, 0),
    measures:
      byMeasure.length < 2
        ? []
        : byMeasure.map(([measure, own], index) => ({
            measure,
            items: own.length,
            estimates: estimates(own, raters, 1 + index),
          })),
    pairs:
      raters.length < 3
        ? []
        : pairsOf(raters.length).map(([one, other], index) => {
            const pair = [raters[one] ?? '', raters[other] ?? ''] as const;
            const both = items.filter(({ answers }) => pair.every((rater) => answers.has(rater)));
            const stream = 1 + byMeasure.length + index;
            return { raters: pair, items: both.length, estimates: estimates(both, pair, stream) };
          }),
  };
}

/** The ratings of items by some raters, among some of the answers; others are as if they were missing. */
function tableOf(
  items: readonly Item[],
  raters: readonly string[],
  answers: readonly { readonly answer: string; readonly value: number }[],
): Ratings {
  const values = new Map(answers.map(({ answer, value }) => [answer, value]));
  const rows = raters.map((rater) => items.map((item) => values.get(item.answers.get(rater) ?? '') ?? null));
  return makeRatings(rows, [...values.values()]);
}

/** The same items with all answers, and with those that have a place among the others. */
interface Tables {
  readonly all: Ratings;
  readonly graded: Ratings;
}

interface Named {
  readonly name: string;
  readonly of: Coefficient;
  /** Why it cannot be computed on such answers at all. */
  readonly excluded: string | undefined;
}

const WORDS = 'the answers are words, which have no distances';

function coefficientsFor(tables: Tables, values: Values, metrics: readonly Metric[]): Named[] {
  const all = tallyOf(tables.all);
  const graded = tallyOf(tables.graded);
  const isTwo = tables.all.raters === 2;
  const plain = (name: string, of: (tally: Tally) => Coefficient): Named => ({
    name,
    of: of(all),
    excluded: undefined,
  });
  const weighted = (
    name: string,
    of: (tally: Tally, weighting: Weighting) => Coefficient,
    weighting: Weighting,
  ): Named => ({
    name: `${name} (${weighting})`,
    of: of(graded, weighting),
    excluded: withoutOrder(values),
  });
  return [
    plain('percentage agreement', percentOf),
    ...(isTwo
      ? [
          plain('Cohen’s kappa', cohenOf),
          weighted('Cohen’s weighted kappa', cohenOf, 'linear'),
          weighted('Cohen’s weighted kappa', cohenOf, 'quadratic'),
        ]
      : []),
    plain('Fleiss’ kappa', fleissOf),
    plain('Gwet’s AC1', gwetOf),
    weighted('Gwet’s AC2', gwetOf, 'ordinal'),
    weighted('Gwet’s AC2', gwetOf, 'linear'),
    weighted('Gwet’s AC2', gwetOf, 'quadratic'),
    ...METRICS.filter((metric) => metrics.includes(metric)).map((metric) => ({
      name: `Krippendorff’s alpha (${metric})`,
      of: alphaOf(metric === 'nominal' ? all : graded, metric),
      excluded: excludedFor(metric, values),
    })),
  ];
}

const withoutOrder = ({ isOrdered }: Values) =>
  isOrdered ? undefined : 'the answers are words in no declared order; give it with --domain';

function excludedFor(metric: Metric, values: Values): string | undefined {
  if (metric === 'nominal') return undefined;
  if (metric === 'ordinal') return withoutOrder(values);
  if (!values.areNumbers) return WORDS;
  return metric === 'ratio' && values.graded.some(({ value }) => value < 0)
    ? 'ratios need values that are not below 0'
    : undefined;
}

function estimate(tables: Tables, values: Values, options: AgreementOptions, stream: number): Estimate[] {
  const impossible = whyNothing(tables.all);
  const coefficients = coefficientsFor(tables, values, options.metrics);
  const samples = coefficients.map(() => [] as number[]);
  const { units } = tables.all;
  if (!impossible)
    drawSamples(units, coefficients, samples, makeRandom(options.seed, stream), options.resamples);
  const asTheyAre = new Int32Array(units).fill(1);
  return coefficients.map(({ name, of, excluded }, index): Estimate => {
    const why = excluded ?? impossible;
    const value = why === undefined ? of(asTheyAre) : undefined;
    const sorted = (samples[index] ?? []).toSorted((a, b) => a - b);
    const isDefined = value !== undefined && Number.isFinite(value);
    return {
      coefficient: name,
      value: isDefined ? value : null,
      why: isDefined ? null : (why ?? 'the ratings do not vary, so that chance alone would agree as well'),
      interval: isDefined && sorted.length > 0 ? [quantile(sorted, 0.025), quantile(sorted, 0.975)] : null,
      resamples: isDefined ? sorted.length : 0,
    };
  });
}

function whyNothing({ raters, units, codes }: Ratings): string | undefined {
  if (raters < 2) return 'there is a single rater';
  for (let unit = 0; unit < units; unit++) {
    const rated = codes.subarray(unit * raters, (unit + 1) * raters).filter((code) => code >= 0).length;
    if (rated > 1) return undefined;
  }
  return 'nothing was rated by two';
}

/** A resample counts some units several times, and others not at all. */
function drawSamples(
  units: number,
  coefficients: readonly Named[],
  samples: readonly number[][],
  random: RandomSource,
  resamples: number,
): void {
  const times = new Int32Array(units);
  for (let draw = 0; draw < resamples; draw++) {
    times.fill(0);
    for (let drawn = 0; drawn < units; drawn++) (times[random.below(units)] as number)++;
    coefficients.forEach(({ of, excluded }, index) => {
      const value = excluded === undefined ? of(times) : undefined;
      if (value !== undefined && Number.isFinite(value)) samples[index]?.push(value);
    });
  }
}
