import { type ComparedBy, doubleKey } from './compared-by.ts';

/** Gives ranks from 1; 0 where a company has no total. The array is overwritten by the next call. */
export type Ranker = (totals: Float64Array) => Int32Array;

/**
 * Competition ranks of many totals, many times: companies are spread over buckets by value and counted, so that the cost of one ranking
 * grows with the number of companies, not with its logarithm too.
 */
export function makeRanker(groups: Int32Array, by: ComparedBy): Ranker {
  const companies = groups.length;
  const members = [
    ...Map.groupBy(
      Array.from({ length: companies }, (_, company) => company),
      (company) => groups[company],
    ).values(),
  ].map((own) => Int32Array.from(own));
  const largest = members.reduce((most, own) => Math.max(most, own.length), 0);
  const buckets = 2 ** Math.ceil(Math.log2(2 * largest + 2));
  const scratch: Scratch = {
    values: new Float64Array(companies),
    ranks: new Int32Array(companies),
    bucket: new Int32Array(companies),
    start: new Int32Array(buckets + 2),
    placed: new Float64Array(companies),
    buckets,
  };
  const value = doubleKey(by);
  return (totals) => {
    for (let company = 0; company < companies; company++)
      scratch.values[company] = value(totals[company] as number);
    for (const own of members) rankMembers(own, scratch);
    return scratch.ranks;
  };
}

interface Scratch {
  readonly values: Float64Array;
  readonly ranks: Int32Array;
  readonly bucket: Int32Array;
  /** Where each bucket begins among the placed values. */
  readonly start: Int32Array;
  readonly placed: Float64Array;
  readonly buckets: number;
}

function rankMembers(members: Int32Array, { values, ranks, bucket, start, placed, buckets }: Scratch): void {
  const { low, high } = spanOf(members, values);
  const scale = high > low ? (buckets - 1) / (high - low) : 0;
  start.fill(0);
  for (let index = 0; index < members.length; index++) {
    const company = members[index] as number;
    const value = values[company] as number;
    // The highest values come into the first bucket, those without one behind the last.
    const own = Number.isNaN(value) ? buckets : ((high - value) * scale) | 0;
    bucket[company] = own;
    start[own] = (start[own] as number) + 1;
  }
  let sum = 0;
  for (let own = 0; own <= buckets + 1; own++) {
    sum += start[own] as number;
    start[own] = sum;
  }
  for (let index = 0; index < members.length; index++) {
    const company = members[index] as number;
    const own = bucket[company] as number;
    const at = (start[own] as number) - 1;
    start[own] = at;
    placed[at] = values[company] as number;
  }
  for (let index = 0; index < members.length; index++) {
    const company = members[index] as number;
    const own = bucket[company] as number;
    const value = values[company] as number;
    const [from, to] = [start[own] as number, start[own + 1] as number];
    let rank = from + 1;
    for (let at = from; at < to; at++) if ((placed[at] as number) > value) rank++;
    ranks[company] = own === buckets ? 0 : rank;
  }
}

function spanOf(members: Int32Array, values: Float64Array): { low: number; high: number } {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let index = 0; index < members.length; index++) {
    const value = values[members[index] as number] as number;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}
