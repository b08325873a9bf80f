import { CODE, type Edition } from '#edition/index';

/**
 * What exact scoring is measured against: the same weighted mean and ranking as a plain loop of floating-point numbers over
 * typed arrays, with nothing exact about it. Points and weights are laid out beforehand and not timed.
 */
export interface FloatInput {
  /** companies × leaves; NaN where not applicable. */
  readonly points: Float64Array;
  readonly weights: Float64Array;
  /** For each branch the first leaf and the one after the last, in an order in which they are together. */
  readonly branches: readonly { readonly from: number; readonly to: number; readonly weight: number }[];
  readonly companies: number;
}

export function floatInput({ answers, methodology, companies }: Edition): FloatInput {
  const byId = new Map(methodology.measures.map((measure) => [measure.id, measure]));
  const points = Float64Array.from(answers.codes, (code) =>
    code === CODE.NOT_APPLICABLE ? Number.NaN : code - CODE.FIRST_ANSWER,
  );
  const weights = Float64Array.from(answers.leaves, (leaf) => Number(byId.get(leaf)?.weight));
  const parents = answers.leaves.map((leaf) => byId.get(leaf)?.parent ?? '');
  const branches = [...new Set(parents)].map((parent) => ({
    from: parents.indexOf(parent),
    to: parents.lastIndexOf(parent) + 1,
    weight: parent === 'total' ? 1 : Number(byId.get(parent)?.weight),
  }));
  return { points, weights, branches, companies: companies.length };
}

export function floatRanking({ points, weights, branches, companies }: FloatInput): {
  totals: Float64Array;
  ranks: Int32Array;
} {
  const leaves = weights.length;
  const totals = new Float64Array(companies);
  for (let company = 0; company < companies; company++) {
    let total = 0;
    let totalWeight = 0;
    for (const { from, to, weight: branchWeight } of branches) {
      let sum = 0;
      let weight = 0;
      for (let leaf = from; leaf < to; leaf++) {
        const value = points[company * leaves + leaf] as number;
        if (Number.isNaN(value)) continue;
        sum += value * (weights[leaf] as number);
        weight += weights[leaf] as number;
      }
      if (weight === 0) continue;
      total += (sum / weight) * branchWeight;
      totalWeight += branchWeight;
    }
    totals[company] = (total / totalWeight / 3) * 100;
  }
  const order = Int32Array.from({ length: companies }, (_, company) => company).sort(
    (a, b) => (totals[b] as number) - (totals[a] as number),
  );
  const ranks = new Int32Array(companies);
  let rank = 1;
  order.forEach((company, place) => {
    if (totals[company] !== totals[order[place - 1] as number]) rank = place + 1;
    ranks[company] = rank;
  });
  return { totals, ranks };
}
