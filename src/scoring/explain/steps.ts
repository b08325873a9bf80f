import { fraction } from '#arithmetic/index';
import type { Rounding } from '#edition/index';
import { type Combine, RULES } from '#scoring/rules/index';
import { type Amount, amountOf } from '../amount.ts';
import { bandEnds, combineEnds, type Ends, roundEnds, shareEnds } from '../columns/ends.ts';
import { bandColumns } from '../columns/model.ts';
import type { Doubles } from '../exact/columns.ts';
import { combineRows, type Row } from '../exact/rows.ts';
import { intervalOf, type Scores } from '../exact/score.ts';
import { afterCombining, bandsTouched, type RowStep, roundedRow } from '../exact/steps.ts';
import type { UnitRule } from '../plan/exceptions.ts';
import type { AcrossNode, BranchNode, LeafNode, Node } from '../plan/plan.ts';
import { decimalRow } from '../plan/points.ts';
import type { Step } from './derivation.ts';

/** The steps of a branch for one unit, from its parts to what the rules give; none where it combines nothing. */
export function branchSteps(node: BranchNode, rule: UnitRule, unit: string, scores: Scores): Step[] {
  const parts = node.children.map((child, index) => ({
    node: child.node,
    unit,
    weight: rule.weights[index] ?? 1n,
  }));
  return told(node, rule.combine, combined(node, rule.combine, parts, rule.unit, scores));
}

/** The steps of what is combined over services. */
export function acrossSteps(
  node: AcrossNode,
  combine: Combine,
  services: readonly string[],
  scores: Scores,
): Step[] {
  const parts = services.map((unit) => ({ node: node.inner, unit, weight: 1n }));
  return told(node, combine, combined(node, combine, parts, 1n, scores));
}

/** The steps of a leaf: its points, and how they are rounded. */
export function leafSteps(node: LeafNode, row: Row | undefined): Step[] {
  if (!row) return [];
  const steps: Step[] = [{ kind: 'points', value: amount(row, node.floating), maximum: maximumOf(row) }];
  if (node.rounded) steps.push(roundedStep(node.rounded, roundedRow(row, node.rounded), node.floating));
  return steps;
}

interface CombinedPart {
  readonly node: Node;
  readonly unit: string;
  readonly weight: bigint;
}

type Finishing = Pick<BranchNode, 'floating' | 'rounded'> & Partial<Pick<BranchNode, 'outOf' | 'bands'>>;

function combined(
  node: Finishing,
  combine: Combine,
  parts: readonly CombinedPart[],
  over: bigint,
  scores: Scores,
): readonly RowStep[] {
  const { outOf, bands, rounded } = node;
  if (node.floating) return floatingSteps(node, combine, parts, over, scores);
  const rows = parts.flatMap(({ node: part, unit, weight }) => {
    const row = scores.row(part, unit);
    return row ? [{ row, weight }] : [];
  });
  const row = combineRows(RULES[combine], rows, over);
  return row ? afterCombining({ outOf, bands, rounded }, row) : [];
}

/** The same in columns of one unit, as floating scores are computed, so that no digit is rounded before the end. */
function floatingSteps(
  { outOf, bands, rounded }: Finishing,
  combine: Combine,
  parts: readonly CombinedPart[],
  over: bigint,
  scores: Scores,
): readonly RowStep[] {
  const into = endsOf({ low: 0, high: 0, max: 0, min: 0 });
  const own = parts.flatMap(({ node, unit, weight }) => {
    const doubles = scores.doubles(node, unit);
    return doubles ? [{ ends: endsOf(doubles), weight: Number(weight) / Number(over) }] : [];
  });
  combineEnds(
    RULES[combine],
    own.map(({ ends }) => ends),
    Float64Array.from(own, ({ weight }) => weight),
    into,
    new Float64Array(1),
  );
  const steps: RowStep[] = [];
  const take = (kind: RowStep['kind']) => {
    const [low, high, max, min] = [into.low[0], into.high[0], into.most[0], into.least[0]] as [
      number,
      number,
      number,
      number,
    ];
    steps.push({ kind, row: Number.isNaN(low) ? undefined : decimalRow(low, high, max, min) });
  };
  take('combine');
  const goesOn = () => steps.at(-1)?.row !== undefined;
  if (outOf && goesOn()) {
    shareEnds(into, outOf.valueOf());
    take('share');
  }
  if (bands && goesOn()) {
    bandEnds(into, bandColumns(bands));
    take('band');
  }
  if (rounded && goesOn()) {
    roundEnds(into, rounded);
    take('rounded');
  }
  return steps[0]?.row ? steps : [];
}

const endsOf = ({ low, high, max, min }: Doubles): Ends => ({
  low: Float64Array.of(low),
  high: Float64Array.of(high),
  most: Float64Array.of(max),
  least: Float64Array.of(min),
});

/** Steps as data to read. */
const told = (node: Finishing, rule: Combine, steps: readonly RowStep[]): Step[] =>
  steps.map((step, index) => toldStep(node, rule, step, steps[index - 1]?.row));

function toldStep(node: Finishing, rule: Combine, { kind, row }: RowStep, before: Row | undefined): Step {
  const value = row ? amount(row, node.floating) : null;
  switch (kind) {
    case 'combine':
      return { kind, rule, value, maximum: row ? maximumOf(row) : '' };
    case 'share':
      return { kind, outOf: node.outOf?.toFraction() ?? '', value };
    case 'band': {
      const touched = before ? bandsTouched(before, node.bands ?? []) : [];
      const bands = touched.map(({ name, points }) => ({ name: name ?? '', points: points.toFraction() }));
      return { kind, bands, value };
    }
    case 'rounded':
      return { kind, rounding: node.rounded ?? { rule: 'half-up', digits: 0 }, value };
  }
}

const roundedStep = (rounding: Rounding, row: Row, floating: boolean): Step => ({
  kind: 'rounded',
  rounding,
  value: amount(row, floating),
});

const amount = (row: Row, floating: boolean): Amount => amountOf(intervalOf(row, floating));

const maximumOf = ({ max, denominator }: Row): string => fraction(max, denominator).toFraction();
