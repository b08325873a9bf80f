import type { Rounding } from '#arithmetic/index';
import { ownValue } from '#edition/index';
import { type ComparedBy, makeRanker, type Variation, weighed } from '#scoring/index';
import { type Combine, RefusedRun } from '#scoring/rules/index';
import { runModel } from './model.ts';
import { type Nominal, type Shift, shiftOf } from './nominal.ts';

/** The ranking under another rule, or without a measure. */
export type Alternative = {
  /** What is different. */
  readonly kind: 'leave-out' | 'aggregation' | 'rounding' | 'missing' | 'weights';
  readonly what: string;
  /** Of what is left out: how many levels it stands below the total. */
  readonly depth?: number;
} & (
  | { readonly state: 'used'; readonly ranks: readonly number[]; readonly shift: Shift }
  | { readonly state: 'refused'; readonly why: string }
);

/** Runs a variation, and says how ranks shift. */
function alternative(
  { model, workspace, rank, ranks }: Nominal,
  about: Pick<Alternative, 'kind' | 'what' | 'depth'>,
  variation: Variation,
): Alternative {
  try {
    const now = rank(runModel(model, variation, workspace));
    if (now.every((own) => own === 0))
      return { ...about, state: 'refused', why: 'nothing is left to rank by' };
    return { ...about, state: 'used', ranks: [...now], shift: shiftOf(ranks, now) };
  } catch (error) {
    if (error instanceof RefusedRun) return { ...about, state: 'refused', why: error.message };
    throw error;
  }
}

/** Each scored measure below the total left out in turn, level by level. */
export function leaveOneOut(nominal: Nominal): Alternative[] {
  const { model } = nominal;
  const seen = new Set<number>();
  const found: Alternative[] = [];
  const visit = (level: readonly number[], depth: number): void => {
    const below = level.flatMap((index) => {
      const node = model.nodes[index];
      return node?.kind === 'across'
        ? (model.nodes[node.children[0] ?? -1]?.children ?? [])
        : (node?.children ?? []);
    });
    const fresh = [...new Set(below)].filter((index) => !seen.has(index));
    for (const index of fresh) {
      seen.add(index);
      const what = model.nodes[index]?.measure ?? '';
      found.push(alternative(nominal, { kind: 'leave-out', what, depth }, { without: new Set([index]) }));
    }
    if (fresh.length > 0) visit(fresh, depth + 1);
  };
  visit([model.total], 1);
  return found;
}

/** Other means at the ranked measure, and at all measures that take a sum or mean. */
export function otherAggregations(nominal: Nominal): Alternative[] {
  const { model } = nominal;
  const total = model.nodes[model.total];
  if (total?.kind !== 'branch' || total.children.length < 2) return [];
  const branches = model.nodes
    .filter((node) => node.kind === 'branch' && isAverage(node.combine))
    .map((node) => node.index);
  const rules: readonly Combine[] = ['weighted-mean', 'geometric-mean', 'harmonic-mean', 'min', 'max'];
  return rules
    .filter(
      (rule) => rule !== weighed(total.combine) && !(rule === 'weighted-mean' && total.combine === 'sum'),
    )
    .flatMap((rule) => {
      const name = rule.replace('weighted-', '');
      const only = alternative(
        nominal,
        { kind: 'aggregation', what: `${name} at the total` },
        { combine: new Map([[model.total, rule]]) },
      );
      if (branches.length < 2 || rule === 'min' || rule === 'max') return [only];
      const everywhere = { combine: new Map(branches.map((index) => [index, rule])) };
      return [
        only,
        alternative(nominal, { kind: 'aggregation', what: `${name} at every level` }, everywhere),
      ];
    });
}

const isAverage = (rule: Combine) => rule !== 'min' && rule !== 'max' && rule !== 'weighted-sum';

/** Ranks by totals that are not rounded, or otherwise. */
export function otherRoundings({ model, totals, ranks }: Nominal): Alternative[] {
  const exact: ComparedBy = { ...model.compared, rounding: undefined };
  const ways: readonly { readonly what: string; readonly compared: ComparedBy }[] = [
    { what: 'exact totals', compared: exact },
    ...([0, 1, 2] as const).flatMap((digits) =>
      (['half-up', 'half-even', 'floor'] as const).map((rule) => ({
        what: `totals rounded ${rule} to ${['whole numbers', 'one decimal', 'two decimals'][digits]}`,
        compared: roundedTo(model.compared, { rule, digits }),
      })),
    ),
  ];
  return ways
    .filter(({ compared }) => !isSameRounding(compared.rounding, model.compared.rounding))
    .map(({ what, compared }) => {
      const now = makeRanker(model.groups, compared)(totals);
      return { kind: 'rounding', what, state: 'used', ranks: [...now], shift: shiftOf(ranks, now) };
    });
}

/** Compared once rounded; tolerance then says nothing. */
export const roundedTo = (compared: ComparedBy, rounding: Rounding): ComparedBy => ({
  ...compared,
  rounding,
});

const isSameRounding = (one: Rounding | undefined, other: Rounding | undefined) =>
  one?.rule === other?.rule && one?.digits === other?.digits;

/** What is not assessed taken as the lowest, as the highest, or left out; nothing where all is assessed. */
export function otherMissingRules(nominal: Nominal): Alternative[] {
  const { model } = nominal;
  if (!model.isOpen) return [];
  const leftOut = model.low.map((column, index) =>
    column?.map((value, unit) => (value < (model.high[index]?.[unit] ?? value) ? Number.NaN : value)),
  );
  return [
    alternative(nominal, { kind: 'missing', what: 'lowest' }, { leaves: model.low }),
    alternative(nominal, { kind: 'missing', what: 'highest' }, { leaves: model.high }),
    alternative(nominal, { kind: 'missing', what: 'left out' }, { leaves: leftOut }),
  ];
}

/** Weights as somebody else would set them, by measure. */
export interface WeightSet {
  readonly name: string;
  readonly weights: Readonly<Record<string, number>>;
}

export function otherWeights(nominal: Nominal, sets: readonly WeightSet[]): Alternative[] {
  const { model } = nominal;
  return sets.map(({ name, weights }) => {
    const changed = model.nodes.filter(
      (node) =>
        node.kind === 'branch' &&
        node.children.some((child) => Object.hasOwn(weights, model.nodes[child]?.measure ?? '')),
    );
    const variation: Variation = {
      weights: new Map(
        changed.map((node) => [
          node.index,
          Float64Array.from(
            node.children,
            (child, index) =>
              ownValue(weights, model.nodes[child]?.measure ?? '') ?? node.weights[index] ?? 1,
          ),
        ]),
      ),
      combine: new Map(changed.map((node) => [node.index, weighed(node.combine)])),
    };
    return alternative(nominal, { kind: 'weights', what: name }, variation);
  });
}
