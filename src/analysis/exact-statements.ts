import { type Fraction, fraction } from '#arithmetic/index';
import type { Edition } from '#edition/index';
import { type BranchNode, groupsOf, type Interval, type Scored } from '#scoring/index';

/** What can be said for certain, with exact fractions: nothing here rests on draws. */

/** Who is ahead of whom whatever the weights. */
export interface Dominance {
  /** The measures whose weights may be anything: the children of the ranked one. */
  readonly over: readonly string[];
  /** By company: indices of those that it is ahead of under any weights, and of those that are ahead of it. */
  readonly beats: readonly (readonly number[])[];
  readonly beatenBy: readonly (readonly number[])[];
}

/**
 * A company is ahead of another under any weights if it has at least as much on every child of the ranked measure, and more on one; what is
 * open counts against it. Companies of other groups, and those to which a child does not apply, are not compared.
 *
 * Cost: n log n comparisons of fractions for each child, then n² of whole numbers.
 */
export function dominance(scored: Scored): Dominance | undefined {
  const node = rankedBranch(scored);
  if (!node) return undefined;
  const { companies } = scored.edition;
  const isLowerBetter = node.measure.direction === 'lower';
  const columns = node.children.map((child) => places(scored, child.node.measure.id, isLowerBetter));
  const groups = groupsOf(scored.edition);
  const beats: number[][] = companies.map(() => []);
  const beatenBy: number[][] = companies.map(() => []);
  for (let a = 0; a < companies.length; a++)
    for (let b = 0; b < companies.length; b++) {
      if (a === b || groups[a] !== groups[b] || !isAhead(columns, a, b)) continue;
      beats[a]?.push(b);
      beatenBy[b]?.push(a);
    }
  return { over: node.children.map((child) => child.node.measure.id), beats, beatenBy };
}

interface Places {
  readonly low: Int32Array;
  readonly high: Int32Array;
}

function isAhead(columns: readonly Places[], a: number, b: number): boolean {
  let isMore = false;
  for (const { low, high } of columns) {
    const [own, other] = [low[a] as number, high[b] as number];
    if (own < 0 || other < 0 || own < other) return false;
    if (own > other) isMore = true;
  }
  return isMore;
}

/** Lows and highs of one measure as places in one order, equal where the fractions are; -1 where it does not apply. */
function places({ edition, scores }: Scored, measure: string, isLowerBetter: boolean): Places {
  const [worse, better] = isLowerBetter ? (['high', 'low'] as const) : (['low', 'high'] as const);
  const found = edition.companies.flatMap(({ id }, company) => {
    const score = scores.of(id, measure);
    return score?.kind === 'interval'
      ? [
          { company, value: score[worse], end: 'low' as const },
          { company, value: score[better], end: 'high' as const },
        ]
      : [];
  });
  found.sort((a, b) => (isLowerBetter ? b.value.compare(a.value) : a.value.compare(b.value)));
  const result: Places = {
    low: new Int32Array(edition.companies.length).fill(-1),
    high: new Int32Array(edition.companies.length).fill(-1),
  };
  let place = 0;
  found.forEach(({ company, value, end }, index) => {
    const before = found[index - 1];
    if (before && !before.value.equals(value)) place++;
    result[end][company] = place;
  });
  return result;
}

/** The ranked measure, if it weighs several children evenly enough to speak of their weights: a sum or arithmetic mean that is neither looked up nor rounded. */
export function rankedBranch({ edition, scores }: Scored): BranchNode | undefined {
  const node = scores.plan.nodeOf(edition.methodology.ranking.measure, 'company');
  const isLinear =
    node?.kind === 'branch' &&
    node.rule.linear !== undefined &&
    !node.bands &&
    !node.rounded &&
    node.children.length > 1 &&
    node.children.every((child) => child.weight >= 0n);
  return isLinear ? node : undefined;
}

/** The smallest change of weights that lets the lower of two neighbours catch up with the higher. */
export type WeightSwap =
  | {
      readonly state: 'possible';
      /** The share of all weight, from 0 to 1, that has to go from some measures to another; exact. */
      readonly share: string;
      readonly from: readonly string[];
      readonly to: string;
    }
  | { readonly state: 'impossible' }
  | { readonly state: 'not-computed'; readonly why: string };

/**
 * Weight goes first from the measure on which the higher is furthest ahead, to the one on which it is furthest behind (or least ahead): no
 * other way is shorter, since each share that moves brings the totals closer by the difference of the two.
 */
export function weightSwap(scored: Scored, higher: string, lower: string): WeightSwap {
  const node = rankedBranch(scored);
  if (!node) return { state: 'not-computed', why: 'the ranked measure is no sum or arithmetic mean' };
  const parts: { readonly measure: string; readonly share: Fraction; readonly ahead: Fraction }[] = [];
  const weights = node.children.map((child) => fraction(child.weight));
  const values = node.children.map((child) => ({
    measure: child.node.measure.id,
    higher: certain(scored, higher, child.node.measure.id),
    lower: certain(scored, lower, child.node.measure.id),
  }));
  const isShare = node.outOf !== undefined;
  const isLowerBetter = node.measure.direction === 'lower';
  let whole = fraction(0);
  for (const [index, value] of values.entries()) {
    if (!value.higher || !value.lower) {
      if (isMissing(scored, higher, value.measure) && isMissing(scored, lower, value.measure)) continue; // it counts for neither
      return { state: 'not-computed', why: `“${value.measure}” is open or does not apply to one of them` };
    }
    if (isShare && !value.higher.max.equals(value.lower.max))
      return { state: 'not-computed', why: `they can reach different maxima on “${value.measure}”` };
    const max = isShare ? value.higher.max : fraction(1);
    if (max.compare(0) <= 0)
      return { state: 'not-computed', why: `“${value.measure}” cannot be more than 0` };
    const share = (weights[index] ?? fraction(1)).mul(max);
    whole = whole.add(share);
    const ahead = value.higher.low.sub(value.lower.low).div(max);
    parts.push({ measure: value.measure, share, ahead: isLowerBetter ? ahead.neg() : ahead });
  }
  return shortest(parts.map((part) => ({ ...part, share: part.share.div(whole) })));
}

function shortest(
  parts: readonly { readonly measure: string; readonly share: Fraction; readonly ahead: Fraction }[],
): WeightSwap {
  let gap = parts.reduce((sum, { share, ahead }) => sum.add(share.mul(ahead)), fraction(0));
  const sorted = parts.toSorted((a, b) => b.ahead.compare(a.ahead));
  const to = sorted.at(-1);
  if (!to) return { state: 'impossible' };
  // Where the lower is nowhere ahead, weights can bring it level at best.
  if (to.ahead.compare(0) >= 0 && gap.compare(0) > 0) return { state: 'impossible' };
  let moved = fraction(0);
  const from: string[] = [];
  for (const part of sorted) {
    if (gap.compare(0) <= 0) break;
    const closer = part.ahead.sub(to.ahead);
    if (closer.compare(0) <= 0) return { state: 'impossible' };
    const needed = gap.div(closer);
    const share = needed.compare(part.share) < 0 ? needed : part.share;
    moved = moved.add(share);
    gap = gap.sub(share.mul(closer));
    from.push(part.measure);
  }
  return gap.compare(0) > 0
    ? { state: 'impossible' }
    : { state: 'possible', share: moved.toFraction(), from, to: to.measure };
}

const isMissing = ({ scores }: Scored, company: string, measure: string): boolean =>
  scores.of(company, measure)?.kind !== 'interval';

function certain({ scores }: Scored, company: string, measure: string): Interval | undefined {
  const score = scores.of(company, measure);
  return score?.kind === 'interval' && score.low.equals(score.high) ? score : undefined;
}

/** Best and worst ranks whatever the answers that nobody assessed; exact. */
export const openRanks = ({
  edition,
  ranks,
}: Pick<Scored, 'edition' | 'ranks'>): readonly {
  readonly company: string;
  readonly best: number;
  readonly worst: number;
}[] =>
  edition.companies.flatMap(({ id }: Edition['companies'][number], index) => {
    const [best, worst] = [ranks.best[index] ?? 0, ranks.worst[index] ?? 0];
    return best < worst ? [{ company: id, best, worst }] : [];
  });
