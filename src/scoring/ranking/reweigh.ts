/**
 * A ranking under other weights, exactly. It needs nothing of the rest, so that the same code runs in a browser.
 *
 * A total is the weighted mean of shares: sum of weight × points over sum of weight × maximum, over what applies to the company. All values are
 * whole numbers (points over a common denominator), so two totals a/b and c/d are compared as a·d and c·b; doubles decide where they are far
 * apart, integers of any size where they are not. Cost: n log n comparisons.
 */

/** One company by the measures that are weighed, in their order. */
export interface Weighed {
  /** Only those of one group are ranked with each other. */
  readonly group: number;
  /** By measure: the points it has at least and at most, and could have; null where the measure does not apply. */
  readonly points: readonly (readonly [low: number, high: number, maximum: number] | null)[];
}

export interface Reweighed {
  /** Best and worst rank, from 1; 0 and 0 where nothing that counts applies. */
  readonly best: number;
  readonly worst: number;
  /** The total from 0 to 1, for showing only. */
  readonly low: number;
  readonly high: number;
}

interface Total {
  readonly low: bigint;
  readonly high: bigint;
  readonly maximum: bigint;
  readonly lowShare: number;
  readonly highShare: number;
}

/** Below this, doubles could be wrong about which share is larger. */
const CLOSE = 1e-9;

function compare(a: Total, aEnd: 'low' | 'high', b: Total, bEnd: 'low' | 'high'): number {
  const difference =
    (aEnd === 'low' ? a.lowShare : a.highShare) - (bEnd === 'low' ? b.lowShare : b.highShare);
  if (Math.abs(difference) > CLOSE) return difference;
  const [left, right] = [a[aEnd] * b.maximum, b[bEnd] * a.maximum];
  return Number(left > right) - Number(left < right);
}

function totalOf({ points }: Weighed, weights: readonly number[]): Total | undefined {
  let [low, high, maximum] = [0, 0, 0];
  points.forEach((own, index) => {
    const weight = weights[index] ?? 0;
    if (!own || weight === 0) return;
    low += weight * own[0];
    high += weight * own[1];
    maximum += weight * own[2];
  });
  if (maximum <= 0) return undefined;
  if (![low, high, maximum].every(Number.isSafeInteger))
    throw new RangeError('These weights are too large to be added exactly.');
  return {
    low: BigInt(low),
    high: BigInt(high),
    maximum: BigInt(maximum),
    lowShare: low / maximum,
    highShare: high / maximum,
  };
}

/**
 * The ranks that companies have under weights.
 * @param weights whole numbers from 0, one a measure; only their proportions matter
 * @throws RangeError where sums leave what a double holds exactly
 */
export function reweigh(companies: readonly Weighed[], weights: readonly number[]): Reweighed[] {
  const totals = companies.map((company) => totalOf(company, weights));
  const ranks = companies.map((): [number, number] => [0, 0]);
  const groups = new Map<number, number[]>();
  companies.forEach(({ group }, index) => {
    if (!totals[index]) return;
    const members = groups.get(group) ?? [];
    members.push(index);
    groups.set(group, members);
  });
  for (const members of groups.values()) {
    const at = (index: number) => totals[index] as Total;
    const byLow = members.toSorted((a, b) => compare(at(b), 'low', at(a), 'low'));
    const byHigh = members.toSorted((a, b) => compare(at(b), 'high', at(a), 'high'));
    for (const index of members) {
      const own = at(index);
      const best = 1 + countFirst(byLow, (other) => compare(at(other), 'low', own, 'high') > 0);
      const above = countFirst(byHigh, (other) => compare(at(other), 'high', own, 'low') > 0);
      const self = compare(own, 'high', own, 'low') > 0 ? 1 : 0;
      ranks[index] = [best, 1 + above - self];
    }
  }
  return companies.map((_, index) => {
    const [best, worst] = ranks[index] as [number, number];
    return { best, worst, low: totals[index]?.lowShare ?? 0, high: totals[index]?.highShare ?? 0 };
  });
}

/** How many at the beginning hold, where those that hold all come first. */
function countFirst(sorted: readonly number[], holds: (index: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle] as number)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether a company is ahead of another whatever the weights: as much on each measure, more on one, and both asked all of them. */
export function aheadWhatever(a: Weighed, b: Weighed): boolean {
  if (a.group !== b.group) return false;
  let isMore = false;
  for (const [index, own] of a.points.entries()) {
    const other = b.points[index];
    if (!own || !other) return false;
    const difference = own[0] * other[2] - other[1] * own[2];
    if (difference < 0 || own[2] !== other[2]) return false;
    if (difference > 0) isMore = true;
  }
  return isMore;
}
