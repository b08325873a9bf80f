import {
  type ComparedBy,
  comparedBy,
  endsOf,
  groupsOf,
  type LaidOut,
  layOut,
  type ModelNode,
  makeWorkspace,
  runNodes,
  type Scored,
  type Variation,
  type Workspace,
} from '#scoring/index';

/** An edition laid out in doubles, with all that its ranks depend on: plain data, which can be handed to a thread. */
export interface Model extends LaidOut {
  readonly companies: number;
  /** The group of each company, by number. */
  readonly groups: Int32Array;
  readonly compared: ComparedBy;
  /** The index of the node by which is ranked. */
  readonly total: number;
  /** Whether anything is open. */
  readonly isOpen: boolean;
}

export function makeModel({ edition, scores }: Scored): Model {
  const { plan } = scores;
  const { measure } = edition.methodology.ranking;
  const total = plan.nodeOf(measure, 'company');
  if (!total)
    throw new Error(`“${measure}” gives no score for companies; check the edition before ranking it.`);
  const laidOut = layOut(edition, plan);
  const { low, high } = laidOut;
  return {
    ...laidOut,
    nodes: laidOut.nodes.map((node, index) => {
      const planned = plan.nodes[index];
      return planned ? { ...node, requires: scores.requirement(planned) } : node;
    }),
    companies: edition.companies.length,
    groups: Int32Array.from(groupsOf(edition)),
    compared: comparedBy(edition.methodology, measure, total.floating),
    total: total.index,
    isOpen: low.some((column, index) =>
      column?.some((value, unit) => value < (high[index]?.[unit] ?? value)),
    ),
  };
}

/** Memory for one run after another. */
export const workspaceFor = (model: Model): Workspace => makeWorkspace(model, 'value');

/**
 * The totals of all companies under a variation; NaN where a company has none.
 * @param nodes those that a variation changes, where the workspace holds all others from a run before (`changedBy`)
 * @returns a column of the workspace, which the next run overwrites
 * @throws RefusedRun where a mean has no meaning
 */
export function runModel(
  model: Model,
  variation: Variation,
  workspace: Workspace,
  nodes: readonly ModelNode[] = model.nodes,
): Float64Array {
  runNodes(model, variation, workspace, nodes);
  return endsOf(workspace, model.total).low;
}
