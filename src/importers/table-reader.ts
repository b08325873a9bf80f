import { type Methodology, ownValue, type PublishedFigure } from '#edition/index';
import type { Row, Rows } from './rows.ts';
import type { Cell, PlacedText } from './table-cells.ts';
import type { PlacedFigure } from './table-figures.ts';
import type { DataTable } from './table-mapping.ts';
import type { Measures } from './table-measures.ts';
import type { sourceKeeper } from './table-sources.ts';
import type { Units } from './table-units.ts';

interface Known {
  readonly units: Units;
  readonly measures: Measures;
  readonly sources: ReturnType<typeof sourceKeeper>;
  readonly methodology: Methodology;
}
type Found = Cell | PlacedFigure;

/** Reads the rows of a table by its place in the mapping: each gives answers and published figures. */
export function rowReader(table: DataTable, known: Known) {
  return table['units-across'] === undefined ? unitRows(table, known) : questionRows(table, known);
}

/** Rows that are of a unit, each with one answer (long) or one for each of several measures (wide). */
function unitRows(table: DataTable, known: Known) {
  const { units, measures, methodology } = known;
  const ranked = methodology.ranking.measure;
  const key = table.unit ?? '';
  const scores = Object.entries(table.scores ?? {});
  let wide: readonly (readonly [measure: string, column: string])[] | undefined;
  const wideColumns = (rows: Rows) => {
    wide ??=
      table.answers === 'by-heading'
        ? byHeading(rows, measures, methodology, [key])
        : Object.entries(table.answers ?? {});
    return wide;
  };
  const figure = (
    row: Row,
    unit: string,
    of: string,
    kind: PublishedFigure['figure'],
    column: string,
  ): PlacedFigure => ({ ...placed(row, column), unit, measure: of, figure: kind });
  const wideFigures = (row: Row, unit: string): Found[] => [
    ...scores.map(([of, column]) => figure(row, unit, of, of === ranked ? 'total' : 'score', column)),
    ...(['total', 'position', 'grade'] as const).flatMap((kind) =>
      table[kind] === undefined ? [] : [figure(row, unit, ranked, kind, table[kind])],
    ),
  ];
  const long = (row: Row, unit: string, about: ReturnType<typeof aboutOf>): Found[] => {
    if (table.measure === undefined) return [];
    const text = row.cell(table.measure);
    const named = figureRow(table, text, ranked);
    if (named) return [{ ...placed(row, table.answer ?? table.score ?? ''), unit, ...named }];
    const measure = measures.idOf(text, row.place(table.measure));
    const asked = { ...about, unit, measure, score: table.score };
    return [
      ...(table.answer ? [answerOf(row, table.answer, asked, known)] : []),
      ...(table.score ? [figure(row, unit, measure, 'score', table.score)] : []),
    ];
  };
  return {
    wanted: { key, others: columnsOf(table) },
    row: (row: Row, rows: Rows): Found[] => {
      const unit = units.idOf(row.cell(key), row.place(key));
      if (unit === undefined) {
        row.passOver('rows of units that are not listed');
        return [];
      }
      const about = aboutOf(table, row);
      const wideAnswers = wideColumns(rows).map(([of, column]) => {
        const measure = measures.idOf(of, row.place(column));
        return answerOf(row, column, { ...about, unit, measure, score: ownValue(table.scores, of) }, known);
      });
      return [...wideAnswers, ...long(row, unit, about), ...wideFigures(row, unit)];
    },
  };
}

/** Rows that are a question, with a column for each unit. */
function questionRows(table: DataTable, known: Known) {
  const { units, measures, methodology } = known;
  const key = table.measure ?? '';
  const across = table['units-across'];
  const named = Array.isArray(across) ? across : [];
  const beside = new Set(columnsOf(table));
  let columns: readonly string[] | undefined;
  return {
    wanted: { key, others: [...columnsOf(table), ...named] },
    row: (row: Row, rows: Rows): Found[] => {
      columns ??= Array.isArray(across)
        ? named
        : rows.columns.filter((name) => name !== '' && name !== rows.find(key) && !beside.has(name));
      const text = row.cell(key);
      const filled = columns.filter((column) => row.peek(column).trim() !== '');
      const figure = figureRow(table, text, methodology.ranking.measure);
      const measure = figure ? undefined : measures.idOf(text, row.place(key));
      const about = aboutOf(table, row);
      return (figure ? filled : columns).flatMap((column): Found[] => {
        const unit = units.idOf(column, row.place(column));
        if (unit === undefined) {
          row.passOver('columns of units that are not listed', column);
          return [];
        }
        if (figure) return [{ ...placed(row, column), unit, ...figure }];
        const asked = { ...about, unit, measure: measure ?? '', score: undefined };
        return [answerOf(row, column, asked, known)];
      });
    },
  };
}

/** What a row of published figures is of: `rows` says so by what stands in the column of measures. */
function figureRow(
  table: DataTable,
  text: string,
  ranked: string,
): Pick<PlacedFigure, 'measure' | 'figure'> | undefined {
  const what = ownValue(table.rows, text.trim().replace(/\s+/g, ' '));
  if (what === undefined) return undefined;
  if (what === 'total' || what === 'position' || what === 'grade') return { measure: ranked, figure: what };
  return { measure: what, figure: what === ranked ? 'total' : 'score' };
}

/** The columns whose heading is the id or the name of a measure that is answered. */
function byHeading(
  rows: Rows,
  measures: Measures,
  { measures: all }: Methodology,
  beside: readonly string[],
) {
  const answered = new Set(all.filter(({ scale }) => scale !== undefined).map(({ id }) => id));
  return rows.columns.flatMap((column) => {
    const id = beside.includes(column) ? undefined : measures.known(column);
    return id !== undefined && answered.has(id) ? [[id, column] as const] : [];
  });
}

const columnsOf = (table: DataTable): string[] => [
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
  ...(typeof table.answers === 'object' ? Object.values(table.answers) : []),
  ...Object.values(table.scores ?? {}),
];

const placed = (row: Row, column: string): PlacedText => {
  const name = row.sheet === undefined ? row.file : `${row.file}, sheet “${row.sheet}”`;
  return {
    text: row.cell(column),
    kind: row.kind(column),
    file: row.file,
    place: row.place(column),
    column: `${name}: the column “${column}”`,
    passOver: (why) => row.passOver(why, column),
  };
};

/** What a row says of all its answers. */
const aboutOf = (table: DataTable, row: Row) => ({
  note: table.note ? row.cell(table.note) : '',
  sources: table.source ? row.cell(table.source) : '',
  links: [table.note, table.source, table.unit].flatMap((column) => linkIn(row, column)),
  comments: [table.note, table.source].flatMap((column) => (column && row.extras(column).comment) ?? []),
  takesScore: table['score-for-answer'] === true,
});

function linkIn(row: Row, column: string | undefined): { link: string; place: string }[] {
  const link = column === undefined ? undefined : row.extras(column).link;
  return link === undefined || column === undefined ? [] : [{ link, place: row.place(column) }];
}

function answerOf(
  row: Row,
  column: string,
  {
    note,
    sources,
    links,
    comments,
    score,
    ...about
  }: ReturnType<typeof aboutOf> & { unit: string; measure: string; score: string | undefined },
  known: Known,
): Cell {
  const comment = row.extras(column).comment;
  const own = linkIn(row, column);
  const place = row.place(column);
  return {
    ...about,
    ...placed(row, column),
    citations: known.sources.cite([sources], own.length > 0 ? own : links, place),
    note: noteOf([note, ...comments, ...(comment ? [comment] : [])]),
    score: score === undefined ? undefined : placed(row, score),
  };
}

/** Reasons as an edition holds them; brackets would make links. */
const noteOf = (texts: readonly string[]): string =>
  texts
    .map((text) =>
      text
        .replace(/\r\n?/g, '\n')
        .replace(/[\p{Cc}--[\n\t]]/gv, '')
        .trim(),
    )
    .filter(Boolean)
    .join('\n\n')
    .replace(/\[/g, '(')
    .replace(/\]/g, ')');
