import { RULES } from '#scoring/rules/index';
import { ruleFor, type UnitRule, unitsWithRules } from '../plan/exceptions.ts';
import type { BranchNode } from '../plan/plan.ts';
import { addUp } from './add-up.ts';
import { type Columns, LARGE, putRow, WHY } from './columns.ts';
import { type Context, columnsFor, hasScore, idOf, rowOf, whyMissing } from './context.ts';
import { combineRows, type Part, type Row } from './rows.ts';
import { afterCombining } from './steps.ts';

/** Combines the children of a branch for all its units, exactly. */
export function scoreBranch(node: BranchNode, context: Context): Columns {
  const columns = columnsFor(node, context);
  const others = otherRules(node, context);
  const done = addUp(node, context, columns);
  for (let unit = 0; unit < columns.low.length; unit++) {
    const why = columns.missing ? whyLacking(node, unit, context) : WHY.NOT_APPLICABLE;
    if (columns.missing) columns.missing[unit] = why;
    if (why !== WHY.NOT_APPLICABLE) {
      columns.denominator[unit] = 0;
      continue;
    }
    const rule = others.get(unit);
    if (done && !rule && columns.denominator[unit] !== LARGE) continue;
    putRow(columns, unit, branchRow(node, rule ?? usualRule(node), unit, context));
  }
  return columns;
}

const usualRule = (node: BranchNode): UnitRule => ({
  combine: node.combine,
  weights: node.children.map((child) => child.weight),
  unit: node.weightUnit,
});

function otherRules(node: BranchNode, context: Context): ReadonlyMap<number, UnitRule> {
  const { exceptions } = context.plan;
  const units = unitsWithRules(node, exceptions);
  if (units.size === 0) return new Map();
  const rules = new Map<number, UnitRule>();
  for (let unit = 0; unit < context.counts[node.unit]; unit++) {
    const id = idOf(node, unit, context);
    if (units.has(id)) rules.set(unit, ruleFor(node, id, exceptions));
  }
  return rules;
}

function branchRow(
  node: BranchNode,
  { combine, weights, unit: over }: UnitRule,
  unit: number,
  context: Context,
): Row | undefined {
  const parts: Part[] = [];
  node.children.forEach((child, index) => {
    const row = rowOf(child.node, unit, context);
    if (row) parts.push({ row, weight: weights[index] ?? 1n });
  });
  const combined = combineRows(RULES[combine], parts, over);
  return combined && afterCombining(node, combined).at(-1)?.row;
}

/** Why a unit lacks a score though the branch applies to it: parts of it were not published, or too few have a score. */
export function whyLacking(node: BranchNode, unit: number, context: Context): number {
  let [present, missing] = [0, 0];
  for (const { node: child } of node.children) {
    const why = whyMissing(child, unit, context);
    if (why === WHY.UNPUBLISHED) return why;
    if (why === WHY.TOO_FEW) missing++;
    else if (hasScore(child, unit, context)) present++;
  }
  return missing === 0 || isEnough(node, present, missing) ? WHY.NOT_APPLICABLE : WHY.TOO_FEW;
}

const isEnough = ({ requires }: BranchNode, present: number, missing: number) =>
  present > 0 && (!requires || requires.mul(present + missing).compare(present) <= 0);
