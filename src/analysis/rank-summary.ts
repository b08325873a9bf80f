import type { RankCounts } from './draws.ts';

/** Where a company stands over many draws. */
export interface RankSummary {
  readonly company: string;
  readonly mean: number;
  readonly median: number;
  /** The rank that it has or betters in 5 %, and in 95 %, of the draws. */
  readonly low: number;
  readonly high: number;
  /** The share of draws in which it is first, and among the first so many. */
  readonly first: Readonly<Record<string, number>>;
  /** The ranks it had, each with the number of draws. */
  readonly distribution: readonly (readonly [rank: number, draws: number])[];
}

/** @param among for which k the probability of being among the first k is given */
export function summarise(
  { counts }: RankCounts,
  companies: readonly string[],
  among: readonly number[],
): RankSummary[] {
  return companies.flatMap((company, index): RankSummary[] => {
    const row = counts.subarray(index * companies.length, (index + 1) * companies.length);
    const distribution = [...row].flatMap((draws, place) => (draws > 0 ? [[place + 1, draws] as const] : []));
    const used = distribution.reduce((sum, [, draws]) => sum + draws, 0);
    if (used === 0) return []; // nothing of the ranked measure applies to it
    const share = (k: number) =>
      distribution.reduce((sum, [rank, draws]) => sum + (rank <= k ? draws : 0), 0) / used;
    return [
      {
        company,
        mean: distribution.reduce((sum, [rank, draws]) => sum + rank * draws, 0) / used,
        median: rankAtShare(distribution, used, 0.5),
        low: rankAtShare(distribution, used, 0.05),
        high: rankAtShare(distribution, used, 0.95),
        first: Object.fromEntries(among.map((k) => [k, share(k)])),
        distribution,
      },
    ];
  });
}

/** The smallest rank that is reached or bettered in at least this share of the draws. */
function rankAtShare(distribution: RankSummary['distribution'], used: number, share: number): number {
  let sum = 0;
  for (const [rank, draws] of distribution) {
    sum += draws;
    if (sum >= share * used) return rank;
  }
  return 0;
}

/**
 * Companies, in the order of their ranks, in bands that the data can tell apart: between two bands every company above has the better rank than
 * every one below in at least this share of the draws.
 */
export function bandsOf(
  { wins, used }: RankCounts,
  order: readonly number[],
  groups: Int32Array,
  confidence: number,
): number[][] | undefined {
  if (!wins) return undefined;
  const companies = groups.length;
  const isSure = (above: number, below: number) =>
    (wins[above * companies + below] ?? 0) >= confidence * used;
  const bands: number[][] = [];
  order.forEach((company, place) => {
    const previous = order[place - 1];
    const isNewGroup = previous === undefined || groups[previous] !== groups[company];
    const above = order.slice(0, place).filter((other) => groups[other] === groups[company]);
    const below = order.slice(place).filter((other) => groups[other] === groups[company]);
    if (isNewGroup || above.every((a) => below.every((b) => isSure(a, b)))) bands.push([company]);
    else bands.at(-1)?.push(company);
  });
  return bands;
}
