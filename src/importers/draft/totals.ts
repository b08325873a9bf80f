import { slug } from '../ids.ts';
import type { LookedColumn } from './column.ts';
import type { DraftTable } from './plan.ts';
import type { DraftScale } from './scales.ts';

/** How the total seems to come of what is answered: tried, and counted. */
export interface TotalRule {
  readonly combine: 'sum' | 'mean';
  /** What the points of words are multiplied with. */
  readonly factor: number;
  readonly matched: number;
  readonly of: number;
  /** Decimals of the printed totals. */
  readonly digits: number;
  /** Where the totals stand. */
  readonly column: string | undefined;
}

interface Leaf {
  readonly scale: string;
  readonly column: LookedColumn;
  readonly table: DraftTable;
}

const FACTORS = [1, 0.5, 50, 100, 25, 10];

export function totalRule(
  tables: readonly DraftTable[],
  leaves: readonly Leaf[],
  scales: readonly DraftScale[],
): TotalRule {
  const printed = printedTotals(tables);
  const none = { combine: 'mean' as const, factor: 1, matched: 0, of: 0, digits: 2, column: undefined };
  if (!printed) return none;
  const totals = new Map([...printed.totals].map(([unit, total]) => [unit, total]));
  const digits = Math.max(
    0,
    ...[...printed.texts].map((text) => /[.,](\d{1,4})\D*$/.exec(text)?.[1]?.length ?? 0),
  );
  const units = unitsOf(leaves);
  const candidates = FACTORS.flatMap((factor) =>
    (['sum', 'mean'] as const).map((combine) => {
      let [matched, of] = [0, 0];
      for (const [unit, index] of units) {
        const total = totals.get(unit);
        if (total === undefined) continue;
        of++;
        const points = leaves.flatMap((leaf) => pointsOf(leaf, index, scales, factor) ?? []);
        const sum = points.reduce((all, own) => all + own, 0);
        const value = combine === 'sum' ? sum : sum / Math.max(1, points.length);
        if (points.length > 0 && Math.abs(value - total) <= 0.5 * 10 ** -digits + 1e-9) matched++;
      }
      return { combine, factor, matched, of, digits, column: printed.column };
    }),
  );
  const [best] = candidates.toSorted((one, other) => other.matched - one.matched);
  return best && best.matched > 0 ? best : { ...none, of: totals.size, digits, column: printed.column };
}

function printedTotals(tables: readonly DraftTable[]) {
  for (const { roles } of tables) {
    const unit = roles.find(({ role }) => role === 'unit')?.column;
    const total = roles.find(({ role }) => role === 'total')?.column;
    if (!unit || !total) continue;
    const found = unit.texts.flatMap((name, index) => {
      const number = total.numbers[index];
      return number === undefined ? [] : [[name, number] as const];
    });
    return { totals: new Map(found), texts: total.texts, column: total.name };
  }
  return undefined;
}

/** The units of the first table, and their rows. */
function unitsOf(leaves: readonly Leaf[]): (readonly [unit: string, index: number])[] {
  const unit = leaves[0]?.table.roles.find(({ role }) => role === 'unit')?.column;
  return (unit?.texts ?? []).map((name, index) => [name, index]);
}

function pointsOf(
  { column, scale }: Leaf,
  index: number,
  scales: readonly DraftScale[],
  factor: number,
): number | undefined {
  const number = column.numbers[index];
  if (column.isNumeric) return number;
  const answer = slug(column.texts[index] ?? '');
  const points = scales.find(({ id }) => id === scale)?.answers.find((own) => own.answer === answer)?.points;
  return points === undefined ? undefined : points * factor;
}
