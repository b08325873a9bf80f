import { type Combine, RULES } from '#scoring/rules/index';
import type { AcrossNode } from '../plan/plan.ts';
import { type Columns, putRow, WHY } from './columns.ts';
import { type Context, columnsFor, idOf, leafColumns, rowOf, whyMissing } from './context.ts';
import { combineRows, type Row } from './rows.ts';
import { exceptedRow, roundedRow } from './steps.ts';

/** Services into companies: those that are part of another are combined into it first, from the innermost outwards. */
export function scoreAcross(node: AcrossNode, context: Context): Columns {
  const { inner } = node;
  const { nesting, plan } = context;
  const exceptions = plan.exceptions.get(node.measure.id);
  const companies = columnsFor(node, context);
  if (nesting.parts.size > 0 && inner.kind === 'leaf')
    context.columns[inner.index] ??= leafColumns(inner, context);
  const services = context.columns[inner.index];
  const combined = (combine: Combine, parts: readonly number[]): Row | undefined => {
    const rows = parts.flatMap((part) => rowOf(inner, part, context) ?? []);
    const row = combineRows(
      RULES[combine],
      rows.map((own) => ({ row: own, weight: 1n })),
    );
    return row && node.rounded ? roundedRow(row, node.rounded) : row;
  };
  nesting.outermost.forEach((own, company) => {
    const id = idOf(node, company, context);
    const across = exceptions?.get(id)?.across ?? node.across;
    for (const whole of own.flatMap((service) => wholesIn(service, nesting.parts))) {
      const exception = exceptions?.get(idOf(inner, whole, context));
      const parts = nesting.parts.get(whole) ?? [];
      const rule = exception?.across ?? across;
      if (!services) continue;
      putRow(services, whole, exceptedRow(combined(rule.nested ?? rule.services, parts), exception));
      markMissing(services, whole, exception?.['leave-out'] ? [] : whyOf(parts));
    }
    const inScope = own.filter((service) => across.scope?.includes(nesting.kinds[service] ?? '') ?? true);
    putRow(companies, company, combined(across.services, inScope));
    markMissing(companies, company, whyOf(inScope));
  });
  return companies;

  function whyOf(parts: readonly number[]): number[] {
    return parts.map((part) => whyMissing(inner, part, context));
  }
}

/** A service and those in it that have parts, the innermost first. */
export function wholesIn(service: number, parts: ReadonlyMap<number, readonly number[]>): readonly number[] {
  const own = parts.get(service);
  return own ? [...own.flatMap((part) => wholesIn(part, parts)), service] : [];
}

/** What has no score because what it combines is missing is missing too. */
export function markMissing(columns: Columns, unit: number, parts: readonly number[]): void {
  if (!columns.missing) return;
  const hasScore = columns.denominator[unit] !== 0;
  columns.missing[unit] = hasScore
    ? WHY.NOT_APPLICABLE
    : (parts.find((why) => why !== WHY.NOT_APPLICABLE) ?? WHY.NOT_APPLICABLE);
}
