import { type Methodology, ownValue, type PublishedFigure } from '#edition/index';
import { PlacedText } from './placed-text.ts';
import type { Row, Rows } from './rows.ts';
import type { Cell } from './table-cells.ts';
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

interface WideColumn {
  readonly measure: string;
  readonly column: string;
  readonly score: string | undefined;
}

/** Rows that are of a unit, each with one answer (long) or one for each of several measures (wide). */
function unitRows(table: DataTable, known: Known) {
  const { units, measures, methodology } = known;
  const ranked = methodology.ranking.measure;
  const key = table.unit ?? '';
  const scores = Object.entries(table.scores ?? {});
  let wide: readonly WideColumn[] | undefined;
  const wideColumns = (row: Row, rows: Rows) => {
    const named =
      table.answers === 'by-heading'
        ? byHeading(rows, measures, methodology, [key])
        : Object.entries(table.answers ?? {});
    return named.map(
      ([of, column]): WideColumn => ({
        measure: measures.idOf(of, row.place(column)),
        column,
        score: ownValue(table.scores, of),
      }),
    );
  };
  const figure = (
    row: Row,
    unit: string,
    of: string,
    kind: PublishedFigure['figure'],
    column: string,
  ): PlacedFigure => ({ placed: new PlacedText(row, column), unit, measure: of, figure: kind });
  const wideFigures = (row: Row, unit: string): Found[] => [
    ...scores.map(([of, column]) => figure(row, unit, of, of === ranked ? 'total' : 'score', column)),
    ...(['total', 'position', 'grade'] as const).flatMap((kind) =>
      table[kind] === undefined ? [] : [figure(row, unit, ranked, kind, table[kind])],
    ),
  ];
  const long = (row: Row, unit: string, about: About): Found[] => {
    if (table.measure === undefined) return [];
    const text = row.cell(table.measure);
    const named = figureRow(table, text, ranked);
    if (named) return [{ placed: new PlacedText(row, table.answer ?? table.score ?? ''), unit, ...named }];
    const measure = measures.idOf(text, row.place(table.measure));
    return [
      ...(table.answer ? [answerOf(row, table.answer, unit, measure, about, table.score)] : []),
      ...(table.score ? [figure(row, unit, measure, 'score', table.score)] : []),
    ];
  };
  return {
    wanted: { key, others: columnsOf(table) },
    row: (row: Row, rows: Rows): Found[] => {
      const unit = units.idOf(row.cell(key), row.place(key));
      if (unit === undefined) {
        row.passOver(
          row.peek(key).trim() === '' ? 'rows without a unit' : 'rows of units that are not listed',
        );
        return [];
      }
      const about = aboutOf(table, row, known);
      wide ??= wideColumns(row, rows);
      const answers = wide.map(({ measure, column, score }) =>
        answerOf(row, column, unit, measure, about, score),
      );
      return [...answers, ...long(row, unit, about), ...wideFigures(row, unit)];
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
      const about = aboutOf(table, row, known);
      return (figure ? filled : columns).flatMap((column): Found[] => {
        const unit = units.idOf(column, row.place(column));
        if (unit === undefined) {
          row.passOver('columns of units that are not listed', column);
          return [];
        }
        if (figure) return [{ placed: new PlacedText(row, column), unit, ...figure }];
        return [answerOf(row, column, unit, measure ?? '', about, undefined)];
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

/** What a row says of all its answers. */
interface About {
  readonly note: string;
  readonly citations: string;
  readonly takesScore: boolean;
  /** With what is linked to a cell of its own, and commented on it. */
  with(
    link: Link | undefined,
    comment: string | undefined,
  ): { readonly citations: string; readonly note: string };
}
interface Link {
  readonly link: string;
  readonly place: string;
}

function aboutOf(table: DataTable, row: Row, { sources }: Known): About {
  const note = table.note ? row.cell(table.note) : '';
  const named = table.source ? [row.cell(table.source)] : [];
  const links = [table.note, table.source, table.unit].flatMap((column) => linkIn(row, column) ?? []);
  const comments = [table.note, table.source].flatMap(
    (column) => (column && row.extras(column).comment) ?? [],
  );
  const cite = (own: readonly Link[]) => sources.cite(named, own, row.place());
  const whole = noteOf([note, ...comments]);
  let citations: string | undefined;
  return {
    note: whole,
    get citations() {
      citations ??= cite(links);
      return citations;
    },
    takesScore: table['score-for-answer'] === true,
    with: (link, comment) => ({
      citations: cite(link ? [link] : links),
      note: comment === undefined ? whole : noteOf([note, ...comments, comment]),
    }),
  };
}

function linkIn(row: Row, column: string | undefined): Link | undefined {
  const link = column === undefined ? undefined : row.extras(column).link;
  return link === undefined || column === undefined ? undefined : { link, place: row.place(column) };
}

function answerOf(
  row: Row,
  column: string,
  unit: string,
  measure: string,
  about: About,
  score: string | undefined,
): Cell {
  const { link, comment } = row.extras(column);
  const { citations, note } =
    link === undefined && comment === undefined ? about : about.with(linkIn(row, column), comment);
  return {
    unit,
    measure,
    placed: new PlacedText(row, column),
    citations,
    note,
    score: score === undefined ? undefined : new PlacedText(row, score),
    takesScore: about.takesScore,
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
