import type { Edition } from '#edition/index';
import type { Ends } from '../columns/ends.ts';
import { layOut, type Model, type Requirement } from '../columns/model.ts';
import { endsOf, makeWorkspace, runNodes, type Workspace } from '../columns/run.ts';
import { type BranchNode, type Node, type Plan, partsOfNode } from '../plan/plan.ts';
import { markMissing, wholesIn } from './across.ts';
import { whyLacking } from './branch.ts';
import { type Columns, WHY } from './columns.ts';
import { type Context, columnsFor, doublesOf, hasScore, idOf, whyMissing } from './context.ts';

/** Scores nodes that cannot be exact, by the columns of doubles on which everything floating rests. */
export type FloatingScorer = (node: Node, context: Context) => Columns;

export function floatingScorer(edition: Edition, plan: Plan): FloatingScorer {
  let laidOut: { readonly model: Model; readonly workspace: Workspace } | undefined;
  return (node, context) => {
    if (!laidOut) {
      const model = layOut(edition, plan);
      laidOut = { model, workspace: makeWorkspace(model, 'interval') };
    }
    const { model, workspace } = laidOut;
    for (const part of partsOfNode(node))
      if (!part.floating) takeExact(part, context, endsOf(workspace, part.index));
    const own = model.nodes[node.index];
    if (!own) throw new Error(`“${node.measure.id}” is not laid out.`);
    const requires = node.kind === 'branch' ? requirementOf(node, context) : undefined;
    runNodes(model, {}, workspace, [{ ...own, requires }]);
    if (node.kind === 'across') takeWholes(node.inner, endsOf(workspace, node.inner.index), context);
    return columnsOf(node, endsOf(workspace, node.index), context);
  };
}

/** Exact scores as the nearest doubles. */
function takeExact(node: Node, context: Context, { low, high, most, least }: Ends): void {
  for (let unit = 0; unit < low.length; unit++) {
    const value = doublesOf(node, unit, context);
    low[unit] = value?.low ?? Number.NaN;
    high[unit] = value?.high ?? Number.NaN;
    most[unit] = value?.max ?? Number.NaN;
    if (least.length > 0) least[unit] = value?.min ?? Number.NaN;
  }
}

/** The columns share memory with what they were computed in. */
function columnsOf(node: Node, { low, high, most, least }: Ends, context: Context): Columns {
  const columns: Columns = {
    ...columnsFor(node, context),
    low,
    high,
    max: most,
    min: least.length > 0 ? least : undefined,
  };
  for (let unit = 0; unit < low.length; unit++) {
    columns.denominator[unit] = Number.isNaN(low[unit]) ? 0 : 1;
    if (columns.missing && columns.denominator[unit] === 0)
      columns.missing[unit] = isLeftOut(node, unit, context)
        ? WHY.NOT_APPLICABLE
        : whyOf(node, unit, context);
  }
  return columns;
}

/** Services that have parts have a score once they are combined. */
function takeWholes(inner: Node, { low }: Ends, context: Context): void {
  const columns = context.columns[inner.index];
  const { nesting } = context;
  if (!columns) return;
  for (const whole of nesting.outermost.flat().flatMap((service) => wholesIn(service, nesting.parts))) {
    columns.denominator[whole] = Number.isNaN(low[whole]) ? 0 : 1;
    const parts = isLeftOut(inner, whole, context) ? [] : (nesting.parts.get(whole) ?? []);
    markMissing(
      columns,
      whole,
      parts.map((part) => whyMissing(inner, part, context)),
    );
  }
}

const isLeftOut = (node: Node, unit: number, context: Context): boolean =>
  context.plan.exceptions.get(node.measure.id)?.get(idOf(node, unit, context))?.['leave-out'] === true;

function whyOf(node: Node, unit: number, context: Context): number {
  switch (node.kind) {
    case 'leaf':
      return whyMissing(node, unit, context);
    case 'branch':
      return whyLacking(node, unit, context);
    case 'across': {
      const { kinds, outermost } = context.nesting;
      const across =
        context.plan.exceptions.get(node.measure.id)?.get(idOf(node, unit, context))?.across ?? node.across;
      const services = (outermost[unit] ?? []).filter(
        (service) => across.scope?.includes(kinds[service] ?? '') ?? true,
      );
      const reasons = services.map((service) => whyMissing(node.inner, service, context));
      return reasons.find((why) => why !== WHY.NOT_APPLICABLE) ?? WHY.NOT_APPLICABLE;
    }
  }
}

/** What the columns need to know of missing scores to tell whether enough are there; undefined where none can be missing. */
export function requirementOf(node: BranchNode, context: Context): Requirement | undefined {
  if (!context.mayMiss) return undefined;
  const units = context.counts[node.unit];
  return {
    share: node.requires?.valueOf() ?? 0,
    applies: node.children.map(({ node: child }) =>
      Float64Array.from({ length: units }, (_, unit) => appliesTo(child, unit, context)),
    ),
  };
}

function appliesTo(child: Node, unit: number, context: Context): number {
  const why = whyMissing(child, unit, context);
  if (why === WHY.UNPUBLISHED) return Number.POSITIVE_INFINITY;
  return why === WHY.TOO_FEW || hasScore(child, unit, context) ? 1 : 0;
}
