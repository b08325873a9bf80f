import { fraction } from '#arithmetic/index';
import type { Scores } from '#scoring/index';

type Plan = Scores['plan'];
type Node = Plan['nodes'][number];

/** One column of the sheet “Scores”: a scored measure. */
export interface LaidColumn {
  readonly node: Node;
  /** Its weight among its siblings. */
  readonly weight: number;
  /** The column that holds the same measure, where two measures combine it. */
  readonly mirrors?: number;
  /** The columns of its children, from first to last; undefined for leaves and for measures over services. */
  children: readonly [first: number, last: number] | undefined;
}

export interface Layout {
  readonly columns: readonly LaidColumn[];
  /** The letters of a column, after the two columns with the id and the company of a unit. */
  letter(column: number): string;
  columnOf(node: Node): number;
}

/** Lays the measures out in columns from the top down, the children of each side by side, so that a formula can name them as a range. */
export function layOut(plan: Plan): Layout {
  const inside = new Set(
    plan.nodes.flatMap((node) =>
      node.kind === 'branch'
        ? node.children.map((child) => child.node)
        : node.kind === 'across'
          ? [node.inner]
          : [],
    ),
  );
  const columns: LaidColumn[] = plan.nodes
    .filter((node) => !inside.has(node))
    .map((node) => ({ node, weight: 1, children: undefined }));
  for (let at = 0; at < columns.length; at++) {
    const column = columns[at];
    if (column?.mirrors !== undefined) continue;
    if (column?.node.kind === 'branch') {
      column.children = [columns.length, columns.length + column.node.children.length - 1];
      const weighs = column.node.rule.weighs !== 'never';
      for (const { node } of column.node.children) {
        const known = columns.findIndex((own) => own.node === node);
        columns.push({
          ...(known < 0 ? {} : { mirrors: known }),
          node,
          weight: weighs ? fraction(node.measure.weight ?? 1).valueOf() : 1,
          children: undefined,
        });
      }
    } else if (column?.node.kind === 'across')
      columns.push({ node: column.node.inner, weight: 1, children: undefined });
  }
  const columnOf = new Map(
    columns.flatMap((column, index) => (column.mirrors === undefined ? [[column.node, index] as const] : [])),
  );
  return { columns, letter: (column) => letters(column + 2), columnOf: (node) => columnOf.get(node) ?? 0 };
}

/** A, B, … Z, AA, AB, …: the name of a column, counted from 0. */
export function letters(column: number): string {
  return column < 26
    ? String.fromCharCode(65 + column)
    : letters(Math.floor(column / 26) - 1) + letters(column % 26);
}
