import { type Fraction, fraction, nearest } from '#arithmetic/index';
import type { Edition } from '#edition/index';
import { type Columns, LARGE, rowAt } from '../exact/columns.ts';
import type { Scores } from '../exact/score.ts';
import { type ComparedBy, comparedBy, countFirst, exactKey, groupsOf } from './compared-by.ts';

/** The ranks of all companies: from the best that a company can have to the worst, equal where everything is assessed. */
export interface Ranks {
  /** 1 is first; 0 where the company is not ranked, since it has no score on the measure. */
  readonly best: Int32Array;
  readonly worst: Int32Array;
  /** Indices of the companies as they are to be shown: by best rank, then by worst, then in the order of the edition. */
  readonly order: Int32Array;
}

/**
 * Competition ranks ("1224": equal scores share the best rank, and the next ranks are left out) of the companies on a measure, the better
 * first, among all or within their group. Where scores are intervals, a company’s best rank counts only those who are above it whatever the
 * missing answers are, and its worst all who could be.
 *
 * Cost: n log n comparisons, nearly all of doubles; two scores closer than doubles can tell are compared exactly.
 *
 * @param measure the ranked one if not said
 * @throws Error for a measure that gives companies no score
 */
export function rankCompanies(
  edition: Edition,
  scores: Scores,
  measure: string = edition.methodology.ranking.measure,
): Ranks {
  const node = scores.plan.nodeOf(measure, 'company');
  if (!node)
    throw new Error(`“${measure}” gives no score for companies; check the edition before ranking it.`);
  const totals = comparable(scores.columns(node), comparedBy(edition.methodology, measure, node.floating));
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

const place = (best: Int32Array, company: number) => best[company] || Number.MAX_SAFE_INTEGER;

type End = 'low' | 'high';
const OTHER: Readonly<Record<End, End>> = { low: 'high', high: 'low' };

/** Scores by which companies are compared, the higher the better: exactly, and fast where doubles tell them apart. */
interface Totals {
  readonly count: number;
  /** Whether none is an interval. */
  readonly exact: boolean;
  applies(company: number): boolean;
  compare(a: number, endA: End, b: number, endB: End): number;
}

function comparable(columns: Columns, by: ComparedBy): Totals {
  const count = columns.low.length;
  const key = exactKey(by);
  const isPlain = !by.rounding && by.tolerance === undefined;
  const from = (end: End): End => (by.sign < 0 ? OTHER[end] : end);
  const exactValue = (company: number, end: End): Fraction => {
    const row = rowAt(columns, company);
    return row ? key(fraction(row[from(end)], row.denominator)) : fraction(0);
  };
  const nearValue = (company: number, end: End): number => {
    const denominator = columns.denominator[company] as number;
    if (denominator === 0) return 0;
    if (!isPlain || denominator === LARGE) return nearest(exactValue(company, end));
    return (by.sign * (columns[from(end)][company] as number)) / denominator;
  };
  const companies = Array.from({ length: count }, (_, company) => company);
  const near = {
    low: Float64Array.from(companies, (company) => nearValue(company, 'low')),
    high: Float64Array.from(companies, (company) => nearValue(company, 'high')),
  };
  const compare = (a: number, endA: End, b: number, endB: End) => {
    const [x, y] = [near[endA][a] as number, near[endB][b] as number];
    // A quotient of two exact doubles is off by at most one part in 2^53.
    if (Math.abs(x - y) > 1e-15 * (Math.abs(x) + Math.abs(y))) return x - y;
    if (isPlain && sameDouble(columns, a, from(endA), b, from(endB))) return 0;
    return exactValue(a, endA).compare(exactValue(b, endB));
  };
  return {
    count,
    exact: companies.every((company) => compare(company, 'low', company, 'high') === 0),
    applies: (company) => columns.denominator[company] !== 0,
    compare,
  };
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

/** How many of a list, sorted so that those above come first, are above. */
const countAbove = (sorted: Int32Array, isAbove: (company: number) => boolean): number =>
  countFirst(sorted.length, (index) => isAbove(sorted[index] as number));
