import Fraction from 'fraction.js';
import type { Edition, Rounding } from '#edition/index';
import { type Columns, LARGE, rowAt } from './columns.ts';
import { roundScaled } from './rounding.ts';
import type { Scores } from './score.ts';

/** The ranks of all companies: from the best that a company can have to the worst, equal where everything is assessed. */
export interface Ranks {
  /** 1 is first; 0 where the company is not ranked, since nothing of the ranked measure applies to it. */
  readonly best: Int32Array;
  readonly worst: Int32Array;
  /** Indices of the companies as they are to be shown: by best rank, then by worst, then in the order of the edition. */
  readonly order: Int32Array;
}

/**
 * Competition ranks ("1224": equal totals share the best rank, and the next ranks are left out) of the companies on the
 * ranked measure, highest first, among all or within their group. Where totals are intervals, a company’s best rank counts only those who are above it whatever the
 * missing answers are, and its worst all who could be.
 *
 * Cost: n log n comparisons, nearly all of doubles; two totals closer than doubles can tell are compared exactly.
 */
export function rankCompanies(edition: Edition, scores: Scores): Ranks {
  const { ranking, measures, columns } = rankedColumns(edition, scores);
  const rounding = ranking.rounding ?? measures?.rounding ?? edition.methodology.rounding;
  const totals = comparable(columns, {
    rounding: ranking.basis === 'published' ? rounding : undefined,
    tolerance: new Fraction(ranking.tolerance ?? '0.000000001').valueOf(),
  });
  const ranked = Array.from({ length: totals.count }, (_, company) => company).filter((company) =>
    totals.applies(company),
  );
  const best = new Int32Array(totals.count);
  const worst = new Int32Array(totals.count);
  const groups = groupsOf(edition);
  for (const group of Map.groupBy(ranked, (company) => groups[company]).values()) {
    const byLow = Int32Array.from(group).sort((a, b) => totals.compare(b, 'low', a, 'low') || a - b);
    if (totals.exact) tiedRanks(byLow, totals, best, worst);
    else intervalRanks(byLow, totals, best, worst);
  }
  const order = Int32Array.from({ length: totals.count }, (_, company) => company).sort(
    (a, b) =>
      (groups[a] ?? 0) - (groups[b] ?? 0) ||
      place(best, a) - place(best, b) ||
      (worst[a] ?? 0) - (worst[b] ?? 0) ||
      a - b,
  );
  return { best, worst, order };
}

/** The group of each company as a number, in the order in which groups are first met; all 0 where companies are ranked together. */
export function groupsOf({
  companies,
  methodology,
}: Pick<Edition, 'companies' | 'methodology'>): readonly number[] {
  if (methodology.ranking.within !== 'group') return companies.map(() => 0);
  const names = [...new Set(companies.map((company) => company.group))];
  return companies.map((company) => names.indexOf(company.group));
}

const place = (best: Int32Array, company: number) => best[company] || Number.MAX_SAFE_INTEGER;

function rankedColumns(edition: Edition, scores: Scores) {
  const { ranking, measures } = edition.methodology;
  const node = scores.plan.nodeOf(ranking.measure, 'company');
  if (!node)
    throw new Error(
      `“${ranking.measure}” gives no score for companies; check the edition before ranking it.`,
    );
  return {
    ranking,
    measures: measures.find((measure) => measure.id === ranking.measure),
    columns: scores.columns(node),
  };
}

type End = 'low' | 'high';

/** Totals that can be compared exactly, and fast where doubles tell them apart. */
interface Totals {
  readonly count: number;
  /** Whether no total is an interval. */
  readonly exact: boolean;
  applies(company: number): boolean;
  compare(a: number, endA: End, b: number, endB: End): number;
}

function comparable(
  columns: Columns,
  { rounding, tolerance }: { rounding: Rounding | undefined; tolerance: number },
): Totals {
  if (columns.floating) return comparableDoubles(columns, rounding, tolerance);
  const count = columns.low.length;
  const near = { low: new Float64Array(count), high: new Float64Array(count) };
  const exactValue = (company: number, end: End): Fraction => {
    const row = rowAt(columns, company);
    if (!row) return new Fraction(0);
    const value = new Fraction(row[end], row.denominator);
    return rounding ? new Fraction(roundScaled(value, rounding), 1n) : value;
  };
  let exact = true;
  for (let company = 0; company < count; company++) {
    const denominator = columns.denominator[company] as number;
    const slow = denominator === LARGE || rounding;
    for (const end of ['low', 'high'] as const) {
      near[end][company] =
        denominator === 0
          ? 0
          : slow
            ? nearest(exactValue(company, end))
            : (columns[end][company] as number) / denominator;
    }
    if (exact && !sameEnds(columns, company)) exact = false;
  }
  const compare = (a: number, endA: End, b: number, endB: End) => {
    const [x, y] = [near[endA][a] as number, near[endB][b] as number];
    // A quotient of two exact doubles is off by at most one part in 2^53.
    if (Math.abs(x - y) > 1e-15 * (Math.abs(x) + Math.abs(y))) return x - y;
    if (!rounding && sameDouble(columns, a, endA, b, endB)) return 0;
    return exactValue(a, endA).compare(exactValue(b, endB));
  };
  return { count, exact, applies: (company) => columns.denominator[company] !== 0, compare };
}

/**
 * Totals that are floating-point numbers. They are compared as whole multiples of the tolerance, so that what ties ties with everything that
 * the other ties with.
 */
function comparableDoubles(columns: Columns, rounding: Rounding | undefined, tolerance: number): Totals {
  const count = columns.low.length;
  const steps = (value: number, company: number, end: End): number => {
    if (rounding) {
      const row = rowAt(columns, company);
      return row ? Number(roundScaled(new Fraction(row[end], row.denominator), rounding)) : 0;
    }
    return tolerance === 0 ? value : Math.round(value / tolerance);
  };
  const near = {
    low: columns.low.map((value, company) => steps(value, company, 'low')),
    high: columns.high.map((value, company) => steps(value, company, 'high')),
  };
  return {
    count,
    exact: near.low.every((value, company) => value === near.high[company]),
    applies: (company) => columns.denominator[company] !== 0,
    compare: (a, endA, b, endB) => (near[endA][a] as number) - (near[endB][b] as number),
  };
}

/** The double near a fraction of any size: a fraction whose parts are beyond doubles would give 0 or no number. */
function nearest(value: Fraction): number {
  const digits = Math.max(value.n.toString().length, value.d.toString().length);
  const shift = 10n ** BigInt(Math.max(0, digits - 300));
  return (Number(value.s) * Number(value.n / shift)) / Number(value.d / shift);
}

function sameEnds(columns: Columns, company: number): boolean {
  const large = columns.large.get(company);
  return large ? large.low === large.high : columns.low[company] === columns.high[company];
}

function sameDouble(columns: Columns, a: number, endA: End, b: number, endB: End): boolean {
  const [x, y] = [columns.denominator[a], columns.denominator[b]];
  return x === y && x !== LARGE && columns[endA][a] === columns[endB][b];
}

/** Ranks where all totals are single numbers: one pass over the companies from the highest down. */
function tiedRanks(byLow: Int32Array, totals: Totals, best: Int32Array, worst: Int32Array): void {
  let rank = 1;
  byLow.forEach((company, place) => {
    const above = byLow[place - 1];
    if (above === undefined || totals.compare(above, 'low', company, 'low') !== 0) rank = place + 1;
    best[company] = rank;
    worst[company] = rank;
  });
}

function intervalRanks(byLow: Int32Array, totals: Totals, best: Int32Array, worst: Int32Array): void {
  const byHigh = byLow.slice().sort((a, b) => totals.compare(b, 'high', a, 'high') || a - b);
  for (const company of byLow) {
    best[company] = 1 + countAbove(byLow, (other) => totals.compare(other, 'low', company, 'high') > 0);
    const couldBeAbove = countAbove(byHigh, (other) => totals.compare(other, 'high', company, 'low') > 0);
    const isItself = totals.compare(company, 'high', company, 'low') > 0 ? 1 : 0;
    worst[company] = 1 + couldBeAbove - isItself;
  }
}

/** How many of a list, sorted so that those above come first, are above: by bisection. */
function countAbove(sorted: Int32Array, isAbove: (company: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isAbove(sorted[middle] as number)) low = middle + 1;
    else high = middle;
  }
  return low;
}
