import type { Edition } from '#edition/index';
import { type Scores, weighed } from '#scoring/index';
import { RULES } from '#scoring/rules/index';
import type { LaidColumn, Layout } from './workbook-layout.ts';

type Node = Scores['plan']['nodes'][number];
export type LeafNode = Extract<Node, { kind: 'leaf' }>;

export interface FormulaContext {
  readonly layout: Layout;
  readonly edition: Edition;
  /** The index of the unit among those of its kind, and its row. */
  readonly unit: number;
  readonly row: number;
  /** The sheet the formula stands on. */
  readonly sheet: string;
  /** The points of a leaf for this unit; undefined where it is not applicable. */
  points(leaf: LeafNode): number | undefined;
  /** The score itself, where no formula can give it; undefined where one can. */
  value(node: Node): number | 'n/a' | undefined;
}

/**
 * Whether a score follows from formulas over the sheet. A value stands there where exceptions, nested services, scopes, thresholds, rounding, signs,
 * powers or bands that do not rise are at work, or where parts were not published.
 */
export function hasFormula(scores: Scores, edition: Edition, node: Node, unit: string): boolean {
  const { exceptions } = scores.plan;
  const score = scores.of(unit, node.measure.id);
  const isExcepted = exceptions.get(node.measure.id)?.has(unit) === true;
  const isWhole = node.kind !== 'across' && edition.services.some((service) => service.part_of === unit);
  if (
    isExcepted ||
    isWhole ||
    node.rounded ||
    (score?.kind === 'not-applicable' && score.missing === 'unpublished')
  )
    return false;
  switch (node.kind) {
    case 'leaf':
      return true;
    case 'across':
      return (
        node.across.scope === undefined &&
        edition.services.every((service) => service.part_of === '') &&
        node.inner.rounded === undefined
      );
    case 'branch':
      return (
        node.requires === undefined &&
        node.rule.formula !== undefined &&
        (node.bands ?? []).every(
          (band, index, bands) => band.points.compare(bands[index - 1]?.points ?? band.points) >= 0,
        ) &&
        node.children.every(
          (child) => child.weight >= 0n && !exceptions.get(child.node.measure.id)?.has(unit),
        )
      );
  }
}

/** What stands in a cell of the sheet: points at the leaves, formulas above them. What is not applicable is the text “n/a”. */
export function scoreFormula(
  column: LaidColumn,
  context: FormulaContext,
): { readonly formula: string } | number | 'n/a' {
  const { node } = column;
  if (column.mirrors !== undefined)
    return { formula: `${context.layout.letter(column.mirrors)}${context.row}` };
  const value = context.value(node);
  if (value !== undefined) return value;
  if (node.kind === 'leaf') return context.points(node) ?? 'n/a';
  return {
    formula: node.kind === 'across' ? acrossFormula(node, context) : branchFormula(node, column, context),
  };
}

function branchFormula(
  node: Extract<Node, { kind: 'branch' }>,
  column: LaidColumn,
  context: FormulaContext,
): string {
  const [first, last] = (column.children ?? [0, 0]).map(context.layout.letter);
  const own = `${first}${context.row}:${last}${context.row}`;
  const weights = `${first}$3:${last}$3`;
  const said = RULES[weighed(node.combine)].formula?.(own, weights);
  if (!said) throw new Error(`A ${node.rule.words} has no formula.`);
  const { value: plain, applies } = said;
  let value = plain;
  let counts = `${applies}=0`;
  if (node.outOf) {
    const outOf = `${node.outOf.n}/${node.outOf.d}`;
    const maximum = plain.replaceAll(own, `Maximum!${own}`);
    value = context.sheet === 'Maximum' ? outOf : `${outOf}*(${value})/(${maximum})`;
    counts = `IF(${counts},TRUE,(${maximum})<=0)`;
  }
  if (node.bands) {
    // What can be reached lies in the bands up to where the maximum falls, and points rise.
    const points = node.bands.map((band) => band.points.valueOf());
    value = `LOOKUP(ROUND(${value},9),{${node.bands.map((band) => band.from.valueOf()).join(',')}},{${points.join(',')}})`;
  }
  return `IF(${counts},"n/a",${value})`;
}

function acrossFormula(
  node: Extract<Node, { kind: 'across' }>,
  { layout, edition, unit, sheet }: FormulaContext,
): string {
  const letter = layout.letter(layout.columnOf(node.inner));
  const company = edition.companies[unit]?.id ?? '';
  const first = 4 + edition.companies.length;
  const last = first + edition.services.length - 1;
  const rows = (column: string) => `'${sheet}'!$${column}$${first}:$${column}$${last}`;
  const range = rows(letter);
  const owners = rows('B');
  const over = { mean: 'AVERAGEIFS', sum: 'SUMIFS', min: '_xlfn.MINIFS', max: '_xlfn.MAXIFS' }[
    node.across.services
  ];
  return `IF(COUNTIFS(${owners},"${company}",${range},">-1E+99")=0,"n/a",${over}(${range},${owners},"${company}"))`;
}
