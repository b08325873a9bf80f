import { type Fraction, fraction, nearest } from '#arithmetic/index';
import type { Edition } from '#edition/index';
import { type Columns, doublesAt, LARGE, rowAt } from '../exact/columns.ts';
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
  const best = new Int32Array(totals.count);
  const worst = new Int32Array(totals.count);
  const groups = groupsOf(edition);
  const order: number[] = [];
  for (const group of membersOf(groups)) {
    const ranked = group.filter((company) => totals.applies(company));
    const byLow = Int32Array.from(ranked).sort((a, b) => totals.compare(b, 'low', a, 'low') || a - b);
    if (totals.exact) tiedRanks(byLow, totals, best, worst);
    else {
      intervalRanks(byLow, totals, best, worst);
      byLow.sort(
        (a, b) =>
          (best[a] as number) - (best[b] as number) || (worst[a] as number) - (worst[b] as number) || a - b,
      );
    }
    for (const company of byLow) order.push(company);
    for (const company of group) if (!totals.applies(company)) order.push(company);
  }
  return { best, worst, order: Int32Array.from(order) };
}

/** The companies of each group, in the order of the edition. */
function membersOf(groups: readonly number[]): number[][] {
  const members: number[][] = [];
  groups.forEach((group, company) => {
    const own = members[group];
    if (own) own.push(company);
    else members[group] = [company];
  });
  return members;
}

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
  const near = { low: new Float64Array(count), high: new Float64Array(count) };
  for (let company = 0; company < count; company++) {
    const ends = columns.denominator[company] === 0 ? undefined : doublesAt(columns, company);
    if (!ends) continue;
    for (const end of ['low', 'high'] as const) {
      const double = by.sign * ends[from(end)];
      near[end][company] = isPlain && Number.isFinite(double) ? double : nearest(exactValue(company, end));
    }
  }
  const compare = (a: number, endA: End, b: number, endB: End) => {
    const [x, y] = [near[endA][a] as number, near[endB][b] as number];
    // Numerator, denominator and quotient are off by at most one part in 2^53 each.
    if (Math.abs(x - y) > 1e-15 * (Math.abs(x) + Math.abs(y))) return x - y;
    if (isPlain && sameDouble(columns, a, from(endA), b, from(endB))) return 0;
    return exactValue(a, endA).compare(exactValue(b, endB));
  };
  let exact = true;
  for (let company = 0; exact && company < count; company++)
    exact =
      columns.denominator[company] === 0 ||
      sameEnds(columns, company) ||
      compare(company, 'low', company, 'high') === 0;
  return { count, exact, applies: (company) => columns.denominator[company] !== 0, compare };
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

/** How many of a list, sorted so that those above come first, are above. */
const countAbove = (sorted: Int32Array, isAbove: (company: number) => boolean): number =>
  countFirst(sorted.length, (index) => isAbove(sorted[index] as number));
