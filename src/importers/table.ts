import {
  type Edition,
  type Measure,
  NO_EVIDENCE,
  PairMap,
  type PublishedFigure,
  packAnswers,
  type Source,
  unpublishedParts,
} from '#edition/index';
import { plainNumber } from './cells.ts';
import { ImportError } from './import-error.ts';
import type { Remarks } from './imported.ts';
import { answerRows, type Cell } from './table-cells.ts';
import { givenScores, withMaxima } from './table-given.ts';
import type { TableInput } from './table-input.ts';
import type { DataTable, Mapping } from './table-mapping.ts';
import { readMeasures } from './table-measures.ts';
import { eachTableRow, type TableRow } from './table-rows.ts';
import { sourceKeeper } from './table-sources.ts';
import { readUnits, type Units } from './table-units.ts';

/**
 * Any index that stands in tables, by a mapping: units and measures are read first, where tables list them, or met on the way; each cell is
 * an answer or a published figure. What nobody can decide is refused, with file and line; what can be left open is, and said.
 */
export async function readTables(input: TableInput): Promise<Edition> {
  const { mapping } = input;
  const units = await readUnits(input);
  const measures = await readMeasures(input);
  const sources = sourceKeeper(mapping.edition.title, mapping.edition.publisher, input.remarks);
  const cells = cellKeeper(mapping, input.remarks);
  const figures = figureKeeper(input.remarks);
  for (const table of mapping.tables) {
    checkTable(table);
    await eachTableRow(input, table, columnsOf(table), (row) => {
      const place = `${row.file}, line ${row.line}`;
      const unit = units.idOf(row.cell(table.unit), place);
      if (unit === undefined) return;
      const citations = sources.cite(table.source ? row.cell(table.source) : '');
      const about = { unit, citations, note: noteOf(table, row), place };
      for (const [measure, column] of Object.entries(table.answers ?? {}))
        cells.put({ ...about, measure: measures.idOf(measure, place), text: row.cell(column) });
      const measure = table.measure && measures.idOf(row.cell(table.measure), place);
      if (measure && table.answer) cells.put({ ...about, measure, text: row.cell(table.answer) });
      for (const figure of figuresIn(table, row, {
        unit,
        measure,
        ranked: input.methodology.ranking.measure,
        decimal: mapping.decimal,
      }))
        figures.put(figure);
    });
  }
  return editionOf(input, units, measures.all(), cells.all(), figures.all(), sources);
}

/** Keeps one answer a cell; answers that differ are refused, unless the mapping says which counts. */
function cellKeeper({ doubled }: Mapping, remarks: Remarks) {
  const cells = new PairMap<Cell>();
  const refused: string[] = [];
  return {
    put: (cell: Cell): void => {
      const before = cells.get(cell.unit, cell.measure);
      const differs = before !== undefined && before.text.trim() !== cell.text.trim();
      if (differs && doubled === 'refuse')
        refused.push(
          `“${cell.unit}” is answered twice on “${cell.measure}”: “${before.text}” (${before.place}) and “${cell.text}” (${cell.place}).`,
        );
      else if (before)
        remarks.add(
          'doubled',
          `“${cell.unit}” is answered twice on “${cell.measure}” (${before.place} and ${cell.place})${differs ? `; the ${doubled} row counts` : ', alike'}.`,
        );
      if (!before || doubled === 'last') cells.set(cell.unit, cell.measure, cell);
    },
    all: (): PairMap<Cell> => {
      if (refused.length === 0) return cells;
      throw new ImportError(
        `${refused.length === 1 ? 'A cell is' : `${refused.length} cells are`} answered twice, and differently. Mend the tables, narrow them with “where”, or say “doubled: first” or “last”:\n${refused.slice(0, 20).join('\n')}`,
      );
    },
  };
}

function figureKeeper(remarks: Remarks) {
  const figures = new PairMap<PublishedFigure>();
  return {
    put: (figure: PublishedFigure): void => {
      const { unit, measure, figure: kind } = figure;
      const before = figures.get(unit, `${measure} ${kind}`);
      if (!before) figures.set(unit, `${measure} ${kind}`, figure);
      else if (before.value !== figure.value) {
        remarks.addOther(figure);
        remarks.add(
          'files-disagree',
          `The ${kind} of “${unit}” on “${measure}” is ${before.value} in ${before.where} and ${figure.value} in ${figure.where}; the first is kept.`,
        );
      }
    },
    all: () => [...figures].map(([, , figure]) => figure),
  };
}

function checkTable({
  file,
  measure,
  answer,
  answers,
  scores,
  score,
  total,
  position,
  grade,
}: DataTable): void {
  if ((measure === undefined) !== (answer === undefined && score === undefined))
    throw new ImportError(
      `The table “${file}” of the mapping needs both “measure” and “answer” (or “score”) where rows are long.`,
    );
  if (![measure, answers, scores, total, position, grade].some((part) => part !== undefined))
    throw new ImportError(
      `The table “${file}” of the mapping says no column to read. Say “measure” and “answer”, or “answers”, “scores”, “total”, “position” or “grade”.`,
    );
}

const columnsOf = (table: DataTable): string[] => [
  ...Object.keys(table.where ?? {}),
  table.unit,
  ...[
    table.measure,
    table.answer,
    table.score,
    table.total,
    table.position,
    table.grade,
    table.note,
    table.source,
  ].flatMap((name) => name ?? []),
  ...Object.values(table.answers ?? {}),
  ...Object.values(table.scores ?? {}),
];

function noteOf(table: DataTable, row: TableRow): string {
  const text = table.note
    ? row
        .cell(table.note)
        .replace(/\r\n?/g, '\n')
        .replace(/[\p{Cc}--[\n\t]]/gv, '')
        .trim()
    : '';
  return text === '' ? `From ${row.file}, line ${row.line}.` : text.replace(/\[/g, '(').replace(/\]/g, ')');
}

function figuresIn(
  table: DataTable,
  row: TableRow,
  {
    unit,
    measure,
    ranked,
    decimal,
  }: { unit: string; measure: string | undefined; ranked: string; decimal: Mapping['decimal'] },
): PublishedFigure[] {
  const figure = (
    of: string,
    kind: PublishedFigure['figure'],
    column: string | undefined,
  ): PublishedFigure[] => {
    const text = column === undefined ? '' : row.cell(column).trim();
    if (text === '' || /^(?:-|–|NA|N\/A|#N\/A)$/i.test(text)) return [];
    return [
      {
        unit,
        measure: of,
        figure: kind,
        value: kind === 'grade' ? text : plainNumber(text, decimal),
        where: row.file,
      },
    ];
  };
  return [
    ...(measure ? figure(measure, 'score', table.score) : []),
    ...Object.entries(table.scores ?? {}).flatMap(([of, column]) =>
      figure(of, of === ranked ? 'total' : 'score', column),
    ),
    ...figure(ranked, 'total', table.total),
    ...figure(ranked, 'position', table.position),
    ...figure(ranked, 'grade', table.grade),
  ];
}

function editionOf(
  { mapping, methodology, remarks }: TableInput,
  units: Units,
  measures: readonly Measure[],
  cells: PairMap<Cell>,
  published: readonly PublishedFigure[],
  sources: { all(): readonly Source[]; readonly release: string },
): Edition {
  const method = { ...methodology, measures: [...methodology.measures, ...measures] };
  const { companies, services } = units.all();
  const ids = [...companies, ...services].map(({ id }) => id);
  const { rows, isAnswered } = answerRows(
    { methodology: method, companies, services },
    cells,
    mapping,
    remarks,
  );
  const edition: Edition = {
    meta: metaOf(mapping, sources.release),
    methodology: method,
    companies,
    services,
    answers: packAnswers(method, ids, rows),
    assessments: [],
    sources: sources.all(),
    correspondence: [],
    background: undefined,
    findings: [],
    published,
    deviations: [],
    corrections: [],
    translations: [],
    quotes: [],
    searches: [],
    evidence: NO_EVIDENCE,
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

const metaOf = ({ edition }: Mapping, origin: string): Edition['meta'] => ({
  format: 1,
  id: edition.id,
  ...(edition.series ? { series: edition.series } : {}),
  title: edition.title,
  ...(edition.publisher ? { publisher: edition.publisher } : {}),
  origin,
  licence: edition.licence,
  ...(edition.units ? { units: edition.units } : {}),
  languages: edition.languages,
  'does-not-say': edition['does-not-say'] ?? [
    'This edition was made by a program from published tables. What the index finds is said by its publisher alone.',
  ],
});
