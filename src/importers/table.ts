import {
  type Edition,
  type Measure,
  NOTHING_ELSE,
  PairMap,
  type PublishedFigure,
  packAnswers,
  unpublishedParts,
} from '#edition/index';
import { ImportError } from './import-error.ts';
import type { Remarks } from './imported.ts';
import { answerRows, type Cell } from './table-cells.ts';
import { type PlacedFigure, publishedFigures } from './table-figures.ts';
import { givenScores, withMaxima } from './table-given.ts';
import type { TableInput } from './table-input.ts';
import type { DataTable, Mapping } from './table-mapping.ts';
import { readMeasures } from './table-measures.ts';
import { type Decimals, decimalsIn, sayPercent } from './table-numbers.ts';
import { rowReader } from './table-reader.ts';
import { eachTableRow } from './table-rows.ts';
import { sourceKeeper } from './table-sources.ts';
import { readUnits, type Units } from './table-units.ts';

/**
 * Any index that stands in tables, by a mapping: units and measures are read first, where tables list them, or met on the way; each cell is
 * an answer or a published figure. What nobody can decide is refused, with file and line; what can be left open is, and said.
 */
export async function readTables(input: TableInput): Promise<Edition> {
  const { mapping, remarks } = input;
  const units = await readUnits(input);
  const measures = await readMeasures(input);
  const sources = sourceKeeper(mapping, remarks);
  const cells = cellKeeper(mapping, remarks);
  const figures: PlacedFigure[] = [];
  for (const table of mapping.tables) {
    checkTable(table);
    const read = rowReader(table, { units, measures, sources, methodology: input.methodology });
    await eachTableRow(input, table, read.wanted, (row, rows) => {
      for (const found of read.row(row, rows))
        if ('figure' in found) figures.push(found);
        else cells.put(found);
    });
  }
  const held = cells.all();
  const texts = [...[...held].map(([, , cell]) => cell.placed), ...figures.map(({ placed }) => placed)];
  const decimals = decimalsIn(mapping, texts, remarks);
  sayPercent(texts, decimals, remarks);
  const published = publishedFigures(figures, mapping, decimals, remarks);
  return editionOf(input, units, measures.all(), held, decimals, published, sources);
}

/** Keeps one answer a cell; answers that differ are refused, unless the mapping says which counts. */
function cellKeeper({ doubled }: Mapping, remarks: Remarks) {
  const cells = new PairMap<Cell>();
  const refused: string[] = [];
  return {
    put: (cell: Cell): void => {
      const before = cells.get(cell.unit, cell.measure);
      const differs = before !== undefined && before.placed.text.trim() !== cell.placed.text.trim();
      if (differs && doubled === 'refuse')
        refused.push(
          `“${cell.unit}” is answered twice on “${cell.measure}”: “${before.placed.text}” (${before.placed.place}) and “${cell.placed.text}” (${cell.placed.place}).`,
        );
      else if (before)
        remarks.add(
          'doubled',
          `“${cell.unit}” is answered twice on “${cell.measure}” (${before.placed.place} and ${cell.placed.place})${differs ? `; the ${doubled} row counts` : ', alike'}.`,
        );
      const isKept = !before || doubled === 'last';
      if (before) (isKept ? before : cell).placed.passOver('cells that are answered twice');
      if (isKept) cells.set(cell.unit, cell.measure, cell);
    },
    all: (): PairMap<Cell> => {
      if (refused.length === 0) return cells;
      throw new ImportError(
        `${refused.length === 1 ? 'A cell is' : `${refused.length} cells are`} answered twice, and differently. Mend the tables, narrow them with “where”, or say “doubled: first” or “last”:\n${refused.slice(0, 20).join('\n')}`,
      );
    },
  };
}

function checkTable(table: DataTable): void {
  const { file, measure, answer, score, unit, rows } = table;
  const across = table['units-across'];
  const figures = [table.scores, table.total, table.position, table.grade];
  if (across !== undefined) {
    if (measure === undefined || [unit, answer, table.answers, ...figures].some((part) => part !== undefined))
      throw new ImportError(
        `The table “${file}” of the mapping has units across: it needs “measure”, the column with the questions, and no “unit”, “answer”, “answers” or “scores”. Rows of published figures are named under “rows”.`,
      );
    return;
  }
  if (unit === undefined)
    throw new ImportError(`The table “${file}” of the mapping needs “unit”, or “units-across”.`);
  if ((measure === undefined) !== (answer === undefined && score === undefined && rows === undefined))
    throw new ImportError(
      `The table “${file}” of the mapping needs both “measure” and “answer” (or “score”) where rows are long.`,
    );
  if (![measure, table.answers, ...figures].some((part) => part !== undefined))
    throw new ImportError(
      `The table “${file}” of the mapping says no column to read. Say “measure” and “answer”, or “answers”, “scores”, “total”, “position” or “grade”.`,
    );
}

function editionOf(
  { mapping, methodology, remarks }: TableInput,
  units: Units,
  measures: readonly Measure[],
  cells: PairMap<Cell>,
  decimals: Decimals,
  published: readonly PublishedFigure[],
  sources: ReturnType<typeof sourceKeeper>,
): Edition {
  const method = { ...methodology, measures: [...methodology.measures, ...measures] };
  const { companies, services } = units.all();
  const ids = [...companies, ...services].map(({ id }) => id);
  const { rows, isAnswered } = answerRows(
    { methodology: method, companies, services },
    cells,
    mapping,
    decimals,
    sources.citeTables,
    remarks,
  );
  const edition: Edition = {
    ...NOTHING_ELSE,
    meta: metaOf(mapping, sources.release),
    methodology: method,
    companies,
    services,
    answers: packAnswers(method, ids, rows),
    sources: sources.all(),
    published,
  };
  const given = givenScores(edition, isAnswered, published).filter(
    ({ unit, measure }) => !method.exceptions?.some((own) => own.unit === unit && own.measure === measure),
  );
  const exceptions = [...(method.exceptions ?? []), ...withMaxima(edition, given, remarks)];
  if (exceptions.length === 0) return edition;
  const excepted = { ...edition, methodology: { ...method, exceptions } };
  const isUnpublished = unpublishedParts(excepted);
  const asked = rows.filter(({ unit, measure }) => !isUnpublished(unit, measure));
  return { ...excepted, answers: packAnswers(method, ids, asked) };
}

const metaOf = ({ edition, own }: Mapping, origin: string): Edition['meta'] => ({
  format: 1,
  id: edition.id,
  ...(edition.series ? { series: edition.series } : {}),
  title: edition.title,
  ...(edition.publisher ? { publisher: edition.publisher } : {}),
  ...(own ? {} : { origin }),
  licence: edition.licence,
  ...(edition.units ? { units: edition.units } : {}),
  languages: edition.languages,
  'does-not-say': edition['does-not-say'] ?? [
    own
      ? 'Nothing is said here of what was not asked.'
      : 'This edition was made by a program from published tables. What the index finds is said by its publisher alone.',
  ],
});
