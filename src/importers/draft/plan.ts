import { idMaker } from '../ids.ts';
import { type LookedColumn, lookAt } from './column.ts';
import type { LookedTable } from './look.ts';
import { isTransposed, type Role, rolesOf } from './roles.ts';
import { type DraftScale, scaleOf } from './scales.ts';
import { type TotalRule, totalRule } from './totals.ts';

export interface DraftBranch {
  readonly id: string;
  readonly name: string;
}

export interface DraftLeaf {
  readonly id: string;
  /** The branch that it belongs to; the total where there is none. */
  readonly parent: string;
  readonly name: string;
  readonly scale: string;
  readonly why: string;
}

export interface DraftTable {
  readonly table: LookedTable;
  readonly shape: 'wide' | 'long' | 'across' | 'figures' | 'units' | 'nothing';
  readonly roles: readonly Role[];
  /** Of a wide table: by leaf, its column. */
  readonly answers: readonly (readonly [leaf: string, column: string])[];
  /** Of one with figures: by branch, the column with its scores. */
  readonly scores: readonly (readonly [branch: string, column: string])[];
  /** Of one with units across: the rows that are figures. */
  readonly figures: readonly (readonly [row: string, figure: 'total' | 'position'])[];
  /** Why it is left out, if it is. */
  readonly leftOut: string | undefined;
}

/** What a first mapping says. */
export interface DraftPlan {
  readonly tables: readonly DraftTable[];
  readonly scales: readonly DraftScale[];
  readonly states: ReadonlyMap<string, string>;
  readonly branches: readonly DraftBranch[];
  readonly leaves: readonly DraftLeaf[];
  /** Whether rows name the measures, so that leaves are made of what is met. */
  readonly isLong: boolean;
  /** The table that lists the measures. */
  readonly listed: DraftTable | undefined;
  readonly total: TotalRule;
}

type MakeId = (name: string) => string;
type FoundLeaf = Omit<DraftLeaf, 'parent'> & { readonly column: LookedColumn; readonly table: DraftTable };

export function planOf(looked: readonly LookedTable[]): DraftPlan {
  const makeId = idMaker();
  makeId('total');
  const all = looked.map(tableOf);
  const listed = all.find((own) => listsQuestions(own, all));
  const scales = scaleKeeper();
  const { tables, leaves } = gathered(
    all.filter((own) => own !== listed),
    scales.scaleFor,
    makeId,
  );
  const states = new Map([...scales.states, ...statesIn([...leaves.values()])]);
  const total = totalRule(
    tables,
    [...leaves.values()].filter(({ table }) => table.shape === 'wide'),
    scales.all,
  );
  // Sums of sums are the sum; the mean of means is another mean, and nobody has said it.
  const branches = total.combine === 'sum' ? branchesOf([...leaves.values()], makeId) : [];
  const branchOf = ({ name, table }: { readonly name: string; readonly table: DraftTable }) =>
    branches.find((branch) => branch.name === table.table.sections.get(name))?.id;
  const isLong = tables.some(({ shape, leftOut }) => shape === 'long' && leftOut === undefined);
  return {
    tables: tables.map((table) => withScores(table, branches)),
    scales: scales.all,
    states,
    branches,
    leaves: [...leaves.values()].map((leaf) => {
      const { id, name, scale, why } = leaf;
      return { id, name, scale, why, parent: branchOf(leaf) ?? 'total' };
    }),
    isLong,
    listed,
    total,
  };
}

/** Keeps scales, each once, and the words that stand for states. */
function scaleKeeper() {
  const all: DraftScale[] = [];
  const states = new Map<string, string>();
  const bare = (scale: DraftScale) => JSON.stringify({ ...scale, id: '' });
  return {
    all,
    states,
    scaleFor: (columns: readonly LookedColumn[]): string => {
      const made = scaleOf(columns, new Set(all.map(({ id }) => id)));
      for (const [text, state] of made.states) states.set(text, state);
      const alike = all.find((own) => bare(own) === bare(made.scale));
      if (alike) return alike.id;
      all.push(made.scale);
      return made.scale.id;
    },
  };
}

/** What people write for “not applicable”, as it stands there. */
const statesIn = (leaves: readonly FoundLeaf[]): Map<string, string> =>
  new Map(
    leaves
      .flatMap(({ column }) => column.texts)
      .filter((text) => /^n\.?\s?\/?\s?a\.?$/i.test(text))
      .map((text) => [text, 'not-applicable']),
  );

/** Each table with what it is taken for, and what all of them ask. */
function gathered(
  all: readonly DraftTable[],
  scaleFor: (columns: readonly LookedColumn[]) => string,
  makeId: MakeId,
) {
  const leaves = new Map<string, FoundLeaf>();
  const tables: DraftTable[] = [];
  for (const planned of all) {
    const asked = askedIn(planned);
    const again = asked.filter(({ name }) => leaves.has(name));
    const leftOut =
      planned.shape !== 'long' && asked.length > 0 && again.length === asked.length
        ? 'it asks the same as a table above: perhaps another rater’s (see “assay agreement”)'
        : few(planned, tables);
    const isFigures =
      planned.shape === 'wide' && leaves.size > 0 && planned.roles.some(({ role }) => role === 'total');
    if (leftOut !== undefined || isFigures) {
      tables.push(leftOut === undefined ? asFigures(planned) : { ...planned, leftOut });
      continue;
    }
    const answers: [string, string][] = [];
    const kept = { ...planned, answers };
    for (const columns of alikeIn(asked.map(({ column }) => column))) {
      const scale = scaleFor(columns);
      for (const { name, column, why } of asked.filter((own) => columns.includes(own.column))) {
        const leaf = leaves.get(name) ?? { id: makeId(name), name, scale, why, column, table: kept };
        leaves.set(name, leaf);
        answers.push([leaf.id, column.name]);
      }
    }
    tables.push(kept);
  }
  return { tables, leaves };
}

/** The sections over the columns of leaves, each a branch. */
function branchesOf(
  leaves: readonly { readonly name: string; readonly table: DraftTable }[],
  makeId: MakeId,
): DraftBranch[] {
  const names = new Set(leaves.flatMap(({ name, table }) => table.table.sections.get(name) ?? []));
  return [...names].map((name) => ({ id: makeId(name), name }));
}

/** Columns of figures that are called as a branch is are its scores. */
function withScores(table: DraftTable, branches: readonly DraftBranch[]): DraftTable {
  if (table.shape !== 'figures') return table;
  const branchOf = (name: string) => branches.find((own) => own.name.toLowerCase() === name.toLowerCase());
  return {
    ...table,
    scores: table.roles.flatMap(({ column, role }) => {
      const branch = role === 'none' && column.isNumeric ? branchOf(column.name) : undefined;
      return branch ? [[branch.id, column.name] as const] : [];
    }),
    roles: table.roles.filter(({ column, role }) => role !== 'none' || branchOf(column.name) === undefined),
  };
}

/** Whether a table lists what the rows of a long one name as measures. */
function listsQuestions(table: DraftTable, all: readonly DraftTable[]): boolean {
  const long = all.find(({ shape }) => shape === 'long');
  const measures = long?.roles.find(({ role }) => role === 'measure')?.column.values;
  const own = table.roles.find(({ role }) => role === 'unit')?.column.values;
  if (!measures || !own || table === long) return false;
  return [...measures.keys()].filter((text) => own.has(text)).length >= 0.8 * measures.size;
}

/** Why a table that is about few of the units is left out. */
function few(table: DraftTable, before: readonly DraftTable[]): string | undefined {
  const unitsIn = ({ roles }: DraftTable) => roles.find(({ role }) => role === 'unit')?.column.values;
  const first = before.map(unitsIn).find((units) => units !== undefined);
  const own = unitsIn(table);
  if (!first || !own || table.shape === 'units') return undefined;
  const known = [...own.keys()].filter((unit) => first.has(unit)).length;
  return known >= first.size / 2
    ? undefined
    : `only ${known} of the ${first.size} units of the first table stand in it`;
}

/** Beside totals, numbers that nobody answered are scores: of branches that the methodology has not got yet. */
const asFigures = (table: DraftTable): DraftTable => ({
  ...table,
  shape: 'figures',
  roles: table.roles.map((own) =>
    own.role === 'answer'
      ? {
          ...own,
          role: 'none',
          why: 'numbers beside a total: perhaps scores of branches; add the branches to “method”, and name it under “scores”',
        }
      : own,
  ),
});

const FIGURES: readonly (readonly [RegExp, 'total' | 'position'])[] = [
  [/^(?:grand |overall )?(?:total|score|sum|index)\b/i, 'total'],
  [/^(?:rank|position)\b/i, 'position'],
];

function tableOf(table: LookedTable): DraftTable {
  const rows = table.rows.filter((row) => !row.holdsOne());
  const columns = table.columns.map((name) => lookAt(name, rows)).filter(({ name }) => name !== '');
  const bare = { table, answers: [], scores: [], figures: [], leftOut: undefined };
  if (isTransposed(columns)) {
    const names = [...(columns[0]?.values.keys() ?? [])];
    const figures = names.flatMap((name) =>
      FIGURES.flatMap(([pattern, figure]) => (pattern.test(name) ? [[name, figure] as const] : [])).slice(
        0,
        1,
      ),
    );
    return {
      ...bare,
      shape: 'across',
      roles: columns.map((column) => ({ column, role: 'none', why: '' })),
      figures,
    };
  }
  const roles = rolesOf(columns, rows.length);
  const has = (...wanted: Role['role'][]) => roles.some(({ role }) => wanted.includes(role));
  const shape = !has('unit')
    ? 'nothing'
    : has('measure') && has('answer')
      ? 'long'
      : has('answer')
        ? 'wide'
        : has('total', 'position', 'grade')
          ? 'figures'
          : 'units';
  return { ...bare, shape, roles };
}

/** What a table asks: of a wide one its columns, of one with units across its rows. Long tables name it in their rows. */
function askedIn({ shape, roles, figures, table }: DraftTable) {
  if (shape === 'wide')
    return roles.flatMap(({ column, role, why }) =>
      role === 'answer' ? [{ name: column.name, column, why }] : [],
    );
  if (shape === 'long')
    return roles
      .flatMap(({ column, role, why }) => (role === 'answer' ? [{ name: column.name, column, why }] : []))
      .slice(0, 1);
  if (shape !== 'across') return [];
  const [first, ...units] = roles.map(({ column }) => column);
  const isFigure = new Set(figures.map(([name]) => name));
  const rows = table.rows.filter((row) => !row.holdsOne());
  return (first?.texts ?? []).flatMap((name, index) => {
    const row = rows[index];
    if (name === '' || isFigure.has(name) || !row) return [];
    return [{ name, column: { ...lookAt('', []), ...acrossRow(name, units, index) }, why: 'a row' }];
  });
}

/** A row of units, seen as a column. */
function acrossRow(name: string, units: readonly LookedColumn[], index: number): LookedColumn {
  const texts = units.map((unit) => unit.texts[index] ?? '');
  const numbers = units.map((unit) => unit.numbers[index]);
  const values = new Map(texts.filter(Boolean).map((text) => [text, 1]));
  const filled = texts.filter(Boolean).length;
  const read = numbers.filter((number) => number !== undefined).length;
  return {
    name,
    texts,
    filled,
    values,
    numbers,
    isNumeric: read > 0 && read === filled,
    links: 0,
    length: 0,
  };
}

/** Columns that one scale would hold: all that hold numbers up to the same order, and those whose words overlap. */
function alikeIn(columns: readonly LookedColumn[]): LookedColumn[][] {
  const groups: { readonly words: Set<string>; readonly columns: LookedColumn[] }[] = [];
  const numeric = Map.groupBy(
    columns.filter(({ isNumeric }) => isNumeric),
    (column) => Math.max(5, scaleOf([column], new Set()).scale.max ?? 5),
  );
  for (const column of columns.filter(({ isNumeric }) => !isNumeric)) {
    const words = [...column.values.keys()].map((text) => text.toLowerCase());
    const group = groups.find((own) => words.some((word) => own.words.has(word)));
    if (group) {
      group.columns.push(column);
      for (const word of words) group.words.add(word);
    } else groups.push({ words: new Set(words), columns: [column] });
  }
  return [...numeric.values(), ...groups.map((group) => group.columns)];
}
