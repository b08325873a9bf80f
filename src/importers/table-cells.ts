import { type AnswerRow, askedOf, type Edition, PairMap, unitOfLeaf } from '#edition/index';
import type { Remarks } from './imported.ts';
import type { PlacedText } from './placed-text.ts';
import { answerReader, isBare } from './table-answers.ts';
import type { Mapping } from './table-mapping.ts';
import type { Decimals } from './table-numbers.ts';

/** What a table has for a unit on a measure. */
export interface Cell {
  readonly unit: string;
  readonly measure: string;
  readonly placed: PlacedText;
  readonly citations: string;
  readonly note: string;
  /** The score that was published beside the answer. */
  readonly score: PlacedText | undefined;
  /** Whether the score stands for an answer that is none. */
  readonly takesScore: boolean;
}

/** A row for every unit and leaf that it is asked; what no table has, and what is empty, is as the mapping says. */
export function answerRows(
  { methodology, companies, services }: Pick<Edition, 'methodology' | 'companies' | 'services'>,
  cells: PairMap<Cell>,
  mapping: Mapping,
  decimals: Decimals,
  citeTables: () => string,
  remarks: Remarks,
): { readonly rows: readonly AnswerRow[]; readonly isAnswered: PairMap<true> } {
  const byId = new Map(methodology.measures.map((measure) => [measure.id, measure]));
  const asked = askedOf(byId, services);
  const read = answerReader(methodology, mapping, decimals, remarks);
  const absent = mapping['missing-row'] ?? mapping.missing;
  const isAnswered = new PairMap<true>();
  const [used, missing, empty] = [
    new PairMap<true>(),
    new Map<string, string[]>(),
    new Map<string, number>(),
  ];
  const rows = methodology.measures
    .filter((measure) => measure.scale !== undefined)
    .flatMap((leaf) =>
      (unitOfLeaf(byId, leaf) === 'company' ? companies : asked(leaf)).map(({ id: unit }): AnswerRow => {
        const cell = cells.get(unit, leaf.id);
        used.set(unit, leaf.id, true);
        const answer = cell ? read(leaf, cell) : absent;
        if (!cell) missing.set(unit, [...(missing.get(unit) ?? []), leaf.id]);
        const isEmpty = cell?.placed.text.trim() === '';
        if (isEmpty) empty.set(leaf.id, (empty.get(leaf.id) ?? 0) + 1);
        if (cell && !(isEmpty && isBare(answer))) isAnswered.set(unit, leaf.id, true);
        return { unit, measure: leaf.id, answer, ...reasonsOf(cell, answer, citeTables) };
      }),
    );
  for (const [unit, leaves] of missing)
    remarks.add(
      'rows-missing',
      `“${unit}” has no row for ${leaves.length === 1 ? `“${leaves[0]}”` : `${leaves.length} measures, such as “${leaves[0]}”`}; taken as ${absent}.`,
    );
  sayEmpty(empty, mapping, remarks);
  sayUnread(cells, used, byId, remarks);
  return { rows, isAnswered };
}

function reasonsOf(
  cell: Cell | undefined,
  answer: string,
  citeTables: () => string,
): Pick<AnswerRow, 'citations' | 'note'> {
  if (isBare(answer)) return { citations: '', note: cell?.note ?? '' };
  return { citations: cell?.citations ?? citeTables(), note: cell?.note ?? '' };
}

/** Where empty cells are told apart from rows that are missing, how many there are is said too. */
function sayEmpty(empty: ReadonlyMap<string, number>, mapping: Mapping, remarks: Remarks): void {
  const as = mapping['empty-cell'];
  if (as === undefined || empty.size === 0) return;
  const count = [...empty.values()].reduce((sum, own) => sum + own, 0);
  const [first] = empty.keys();
  remarks.add(
    'rows-missing',
    `${count} ${count === 1 ? 'cell is' : 'cells are'} empty, ${empty.size === 1 ? `on “${first}”` : `on ${empty.size} measures, such as “${first}”`}; taken as ${as}.`,
  );
}

function sayUnread(
  cells: PairMap<Cell>,
  used: PairMap<true>,
  byId: ReadonlyMap<string, Edition['methodology']['measures'][number]>,
  remarks: Remarks,
): void {
  for (const [unit, measure, cell] of cells) {
    if (used.has(unit, measure)) continue;
    const why =
      byId.get(measure)?.scale === undefined ? 'combines others and is not answered' : 'is not asked of it';
    cell.placed.passOver('answers that are not asked');
    remarks.add(
      'unread',
      `${cell.placed.place}: “${unit}” has an answer on “${measure}”, which ${why}.`,
      'unread: answers that are not asked',
    );
  }
}
