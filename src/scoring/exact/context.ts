import { type Answers, CODE, codeAt, type Edition, partsOf, type UnitKind } from '#edition/index';
import type { LeafNode, Node, Plan } from '../plan/plan.ts';
import { type Columns, type Doubles, doublesAt, emptyColumns, putRow, rowAt, WHY } from './columns.ts';
import type { Row } from './rows.ts';
import { roundedRow } from './steps.ts';

/** An edition while it is being scored: what every node looks at. */
export interface Context {
  readonly plan: Plan;
  readonly answers: Answers;
  readonly counts: Readonly<Record<UnitKind, number>>;
  /** Where the units of a kind begin among all units. */
  readonly offsets: Readonly<Record<UnitKind, number>>;
  /** The scores so far, by node; none of a leaf whose points are its scores. */
  readonly columns: (Columns | undefined)[];
  readonly nesting: Nesting;
  /** The nodes whose least is asked for, since they count negatively further up. */
  readonly keepsLeast: ReadonlySet<number>;
  /** Whether scores can be missing where a measure applies. */
  readonly mayMiss: boolean;
  /** Room for a number or two a unit, while one node is computed. */
  readonly scratch: { readonly weight: Float64Array; readonly bound: Float64Array };
}

/** How services stand in companies and in each other, by their indices among the services. */
interface Nesting {
  readonly kinds: readonly string[];
  /** For each company, the services that are not part of another. */
  readonly outermost: readonly (readonly number[])[];
  /** For each service, its parts. */
  readonly parts: ReadonlyMap<number, readonly number[]>;
}

export function makeContext({ answers, companies, services, methodology }: Edition, plan: Plan): Context {
  const most = Math.max(companies.length, services.length);
  return {
    plan,
    scratch: { weight: new Float64Array(most), bound: new Float64Array(most) },
    answers,
    counts: { company: companies.length, service: services.length },
    offsets: { company: 0, service: companies.length },
    columns: [],
    nesting: nestingOf({ companies, services }),
    keepsLeast: countsNegatively(plan.nodes),
    mayMiss: plan.leavesOut || (methodology.exceptions ?? []).some(({ given }) => given !== undefined),
  };
}

function nestingOf({ companies, services }: Pick<Edition, 'companies' | 'services'>): Nesting {
  const places = new Map(services.map((service, place) => [service.id, place]));
  const placesOf = (own: Edition['services']) => own.flatMap(({ id }) => places.get(id) ?? []);
  const outermost = Map.groupBy(
    services.filter((service) => service.part_of === ''),
    (service) => service.company,
  );
  return {
    kinds: services.map((service) => service.kind),
    outermost: companies.map(({ id }) => placesOf(outermost.get(id) ?? [])),
    parts: new Map(
      [...partsOf(services)].flatMap(([whole, own]) => {
        const place = places.get(whole);
        return place === undefined ? [] : [[place, placesOf(own)] as const];
      }),
    ),
  };
}

/** Nodes that somewhere above have a negative weight, with all that they combine. */
function countsNegatively(nodes: readonly Node[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (const node of nodes.toReversed()) {
    const isBelow = found.has(node.index);
    if (node.kind === 'across' && isBelow) found.add(node.inner.index);
    if (node.kind !== 'branch') continue;
    for (const child of node.children) if (isBelow || child.weight < 0n) found.add(child.node.index);
  }
  return found;
}

export function rowOf(node: Node, unit: number, context: Context): Row | undefined {
  const columns = context.columns[node.index];
  if (columns) return rowAt(columns, unit);
  return node.kind === 'leaf' ? node.points.rows[codeOf(node, unit, context)] : undefined;
}

/** The score in doubles, the nearest ones where it is exact. */
export function doublesOf(node: Node, unit: number, context: Context): Doubles | undefined {
  const columns = context.columns[node.index];
  if (columns) return doublesAt(columns, unit);
  const row = rowOf(node, unit, context);
  if (!row) return undefined;
  const of = (value: bigint) => Number(value) / Number(row.denominator);
  return { low: of(row.low), high: of(row.high), max: of(row.max), min: of(row.min) };
}

export function hasScore(node: Node, unit: number, context: Context): boolean {
  const columns = context.columns[node.index];
  return columns ? columns.denominator[unit] !== 0 : rowOf(node, unit, context) !== undefined;
}

const codeOf = (node: LeafNode, unit: number, { answers, offsets }: Context): number =>
  codeAt(answers, offsets[node.unit] + unit, node.leaf);

export const idOf = (node: Node, unit: number, { answers, offsets }: Context): string =>
  answers.units[offsets[node.unit] + unit] ?? '';

/** Why a unit has no score where it should have one, as one of `WHY`. */
export function whyMissing(node: Node, unit: number, context: Context): number {
  const columns = context.columns[node.index];
  if (columns) return columns.missing?.[unit] ?? WHY.NOT_APPLICABLE;
  if (node.kind !== 'leaf') return WHY.NOT_APPLICABLE;
  const code = codeOf(node, unit, context);
  if (code === CODE.NOT_ASSESSED && context.plan.leavesOut) return WHY.TOO_FEW;
  const isUnpublished =
    code === CODE.NONE && context.plan.isUnpublished(idOf(node, unit, context), node.measure.id);
  return isUnpublished ? WHY.UNPUBLISHED : WHY.NOT_APPLICABLE;
}

/** The scores of a leaf as columns. */
export function leafColumns(node: LeafNode, context: Context): Columns {
  const columns = columnsFor(node, context);
  for (let unit = 0; unit < columns.low.length; unit++) {
    const row = rowOf(node, unit, context);
    putRow(columns, unit, row && node.rounded ? roundedRow(row, node.rounded) : row);
    if (columns.missing) columns.missing[unit] = whyMissing(node, unit, context);
  }
  return columns;
}

export function columnsFor(node: Node, { counts, keepsLeast, mayMiss }: Context): Columns {
  const columns = emptyColumns(counts[node.unit], node.floating, keepsLeast.has(node.index));
  if (mayMiss) columns.missing = new Uint8Array(columns.low.length);
  return columns;
}
