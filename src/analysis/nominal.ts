import { makeRanker, type Ranker, type Scored, type Workspace } from '#scoring/index';
import { type Model, makeModel, runModel, workspaceFor } from './model.ts';

/** An edition made ready for asking “what if”: its model, and the ranks as they are. */
export interface Nominal {
  readonly scored: Scored;
  readonly model: Model;
  readonly workspace: Workspace;
  readonly rank: Ranker;
  readonly totals: Float64Array;
  readonly ranks: Int32Array;
  /** The indices of the ranked companies, by group and rank. */
  readonly order: readonly number[];
}

export function makeNominal(scored: Scored): Nominal {
  const model = makeModel(scored);
  const workspace = workspaceFor(model);
  const rank = makeRanker(model.groups, model.compared);
  const totals = runModel(model, {}, workspace).slice();
  const ranks = rank(totals).slice();
  return {
    scored,
    model,
    workspace,
    rank,
    totals,
    ranks,
    order: [...scored.ranks.order].filter((company) => (ranks[company] ?? 0) > 0),
  };
}

/** How ranks differ from those as they are. */
export interface Shift {
  /** The mean over companies of how many ranks they move. */
  readonly mean: number;
  readonly most: number;
  /** How many companies move. */
  readonly moved: number;
}

/** Companies without a rank in either are left out. */
export function shiftOf(ranks: Int32Array, other: Int32Array): Shift {
  let [sum, most, moved, count] = [0, 0, 0, 0];
  ranks.forEach((rank, company) => {
    const now = other[company] ?? 0;
    if (rank === 0 || now === 0) return;
    const by = Math.abs(rank - now);
    sum += by;
    count++;
    most = Math.max(most, by);
    if (by > 0) moved++;
  });
  return { mean: count === 0 ? 0 : sum / count, most, moved };
}
