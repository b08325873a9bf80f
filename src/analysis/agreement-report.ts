import { cohenKappa, fleissKappa, gwetAc, pairsOf, percentAgreement, type Weighting } from './agreement.ts';
import {
  disagreementsOf,
  type Item,
  itemsOf,
  observedDomain,
  type Rating,
  type Values,
  valuesOf,
} from './agreement-items.ts';
import { coincidencesOf, krippendorffAlpha, METRICS, type Metric } from './alpha.ts';
import { makeRandom, type RandomSource } from './random.ts';
import { makeRatings, pairOf, type Ratings } from './ratings.ts';
import { quantile } from './sobol-indices.ts';

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
  const estimates = (own: readonly Item[], stream: number) =>
    estimate(tableOf(own, raters, domain, values), values, options, stream);
  const byMeasure = [...Map.groupBy(items, ({ measure }) => measure)];
  return {
    items: items.length,
    raters,
    ratings: ratings.length,
    missing: items.length * raters.length - ratings.length,
    domain,
    seed: options.seed,
    drawn: options.resamples,
    overall: estimates(items, 0),
    measures:
      byMeasure.length < 2
        ? []
        : byMeasure.map(([measure, own], index) => ({
            measure,
            items: own.length,
            estimates: estimates(own, 1 + index),
          })),
    pairs:
      raters.length < 3
        ? []
        : pairEstimates(
            tableOf(items, raters, domain, values),
            raters,
            values,
            options,
            1 + byMeasure.length,
          ),
    disagreements: disagreementsOf(items, domain, values.of),
  };
}

function tableOf(
  items: readonly Item[],
  raters: readonly string[],
  domain: readonly string[],
  values: Values,
): Ratings {
  const rows = raters.map((rater) =>
    items.map(({ answers }) => {
      const answer = answers.get(rater);
      return answer === undefined ? null : values.of(answer);
    }),
  );
  return makeRatings(rows, domain.map(values.of));
}

function pairEstimates(
  table: Ratings,
  raters: readonly string[],
  values: Values,
  options: AgreementOptions,
  stream: number,
): AgreementReport['pairs'] {
  return pairsOf(raters.length).map(([one, other], index) => {
    const pair = ratedByBoth(pairOf(table, one, other));
    return {
      raters: [raters[one] ?? '', raters[other] ?? ''] as const,
      items: pair.units,
      estimates: estimate(pair, values, options, stream + index),
    };
  });
}

/** The items that both raters of a pair rated. */
function ratedByBoth({ domain, raters, units, codes }: Ratings): Ratings {
  const kept = Array.from({ length: units }, (_, unit) => unit).filter((unit) =>
    codes.subarray(unit * raters, (unit + 1) * raters).every((code) => code >= 0),
  );
  return {
    domain,
    raters,
    units: kept.length,
    codes: resampled({ domain, raters, units, codes }, kept).codes,
  };
}

function resampled({ domain, raters, codes }: Ratings, units: readonly number[]): Ratings {
  const drawn = new Int16Array(units.length * raters);
  units.forEach((unit, place) => {
    drawn.set(codes.subarray(unit * raters, (unit + 1) * raters), place * raters);
  });
  return { domain, raters, units: units.length, codes: drawn };
}

interface Coefficient {
  readonly name: string;
  of(ratings: Ratings): number | undefined;
  /** Why it cannot be computed on such answers at all. */
  readonly excluded?: string | undefined;
}

const WORDS = 'the answers are words, which have no distances';

function coefficientsFor(
  { raters, domain }: Ratings,
  values: Values,
  metrics: readonly Metric[],
): Coefficient[] {
  const isTwo = raters === 2;
  const weighted = (
    name: string,
    of: (ratings: Ratings, weighting: Weighting) => number | undefined,
    weighting: Weighting,
  ) => ({
    name: `${name} (${weighting})`,
    of: (ratings: Ratings) => of(ratings, weighting),
    excluded: weighting === 'ordinal' ? withoutOrder(values) : withoutNumbers(values),
  });
  return [
    { name: 'percentage agreement', of: percentAgreement },
    ...(isTwo
      ? [
          { name: 'Cohen’s kappa', of: (ratings: Ratings) => cohenKappa(ratings) },
          weighted('Cohen’s weighted kappa', cohenKappa, 'linear'),
          weighted('Cohen’s weighted kappa', cohenKappa, 'quadratic'),
        ]
      : []),
    { name: 'Fleiss’ kappa', of: (ratings) => fleissKappa(ratings) },
    { name: 'Gwet’s AC1', of: (ratings) => gwetAc(ratings) },
    weighted('Gwet’s AC2', gwetAc, 'ordinal'),
    weighted('Gwet’s AC2', gwetAc, 'linear'),
    weighted('Gwet’s AC2', gwetAc, 'quadratic'),
    ...METRICS.filter((metric) => metrics.includes(metric)).map((metric) => ({
      name: `Krippendorff’s alpha (${metric})`,
      of: (ratings: Ratings) => krippendorffAlpha(coincidencesOf(ratings), metric),
      excluded: excludedFor(metric, values, domain),
    })),
  ];
}

const withoutNumbers = ({ areNumbers }: Values) => (areNumbers ? undefined : WORDS);
const withoutOrder = ({ isOrdered }: Values) =>
  isOrdered ? undefined : 'the answers are words in no declared order; give it with --domain';

function excludedFor(metric: Metric, values: Values, domain: readonly number[]): string | undefined {
  if (metric === 'ordinal') return withoutOrder(values);
  if (!values.areNumbers && (metric === 'interval' || metric === 'ratio')) return WORDS;
  return metric === 'ratio' && domain.some((value) => value < 0)
    ? 'ratios need values that are not below 0'
    : undefined;
}

function estimate(ratings: Ratings, values: Values, options: AgreementOptions, stream: number): Estimate[] {
  const coefficients = coefficientsFor(ratings, values, options.metrics);
  const samples = coefficients.map(() => [] as number[]);
  const impossible = whyNothing(ratings);
  if (!impossible)
    drawSamples(ratings, coefficients, samples, makeRandom(options.seed, stream), options.resamples);
  return coefficients.map(({ name, of, excluded }, index): Estimate => {
    const why = excluded ?? impossible;
    const value = why === undefined ? of(ratings) : undefined;
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

function drawSamples(
  ratings: Ratings,
  coefficients: readonly Coefficient[],
  samples: readonly number[][],
  random: RandomSource,
  resamples: number,
): void {
  for (let draw = 0; draw < resamples; draw++) {
    const sample = resampled(
      ratings,
      Array.from({ length: ratings.units }, () => random.below(ratings.units)),
    );
    coefficients.forEach(({ of, excluded }, index) => {
      const value = excluded === undefined ? of(sample) : undefined;
      if (value !== undefined && Number.isFinite(value)) samples[index]?.push(value);
    });
  }
}
