import { didYouMean } from '#edition/index';
import { ImportError } from './import-error.ts';
import { answerNames } from './rated-answers.ts';
import { type Row, type Rows, readRows, type TableForm } from './rows.ts';
import { type SourceFile, sourceFiles } from './source-files.ts';

/** One rating of a table, and where it stands. */
export interface RatingRow {
  readonly unit: string;
  readonly measure: string;
  readonly rater: string;
  readonly answer: string;
  readonly place: string;
}

export interface RatingColumns {
  readonly unit: string;
  readonly measure: string;
  readonly rater: string;
  readonly answer: string;
}

export interface RatingForm {
  /** The answers that may be given, if they are declared. */
  readonly domain?: readonly string[] | undefined;
  /** Words for no answer, instead of those that are known. */
  readonly missing?: readonly string[] | undefined;
  /** Only rows with these texts in these columns. */
  readonly where?: readonly (readonly [column: string, text: string])[];
  /** Of a workbook: the sheet of the table; of several, each is a rater’s. */
  readonly sheets?: readonly string[];
  readonly skip?: number;
  readonly heading?: number;
}

export interface ReadRatings {
  readonly ratings: readonly RatingRow[];
  /** What was read with a doubt, or passed over. */
  readonly remarks: readonly string[];
}

/** A rating as it stands in the table. */
interface RawRating extends Omit<RatingRow, 'answer'> {
  readonly text: string;
  readonly isNumber: boolean;
}

/**
 * Reads ratings: one a row (`unit,measure,rater,answer`); or a column for each rater, where there is neither a column of raters nor of answers;
 * or a sheet for each rater, with a column for each measure. `2` and `2.0` are one answer, and so are `Yes` and `yes`.
 * @throws ImportError for a missing column, an answer outside the domain, a rater who answers twice, or no rating at all
 */
export async function readRatings(
  path: string,
  columns: RatingColumns,
  form: RatingForm = {},
): Promise<ReadRatings> {
  const [file, ...others] = sourceFiles(path);
  if (!file || others.length > 0)
    throw new ImportError(`“${path}” is not one table. Give a CSV file or a spreadsheet.`);
  const remarks: string[] = [];
  const raw = await rawRatings(file, columns, form, remarks);
  const names = answerNames(raw, form, remarks);
  const isMeasure = (form.sheets ?? []).length > 1 ? measuresIn(raw, form, remarks) : () => true;
  const ratings = raw
    .filter(({ measure }) => isMeasure(measure))
    .flatMap(({ text, isNumber, ...rest }): RatingRow[] => {
      const answer = names.nameOf(text, isNumber);
      if (answer === undefined) return [];
      if (form.domain && !names.isDeclared(answer))
        throw new ImportError(
          `${rest.place}: “${answer}” is not in the domain (${form.domain.join(', ')}).${didYouMean(answer, form.domain)}`,
        );
      return [{ ...rest, answer }];
    });
  if (ratings.length === 0) throw new ImportError(`“${file.name}” has no rating.`);
  return { ratings, remarks: [...remarks, ...names.remarks()] };
}

/** Of the columns of sheets, those in which at least one of the declared answers stands; the others are said. */
function measuresIn(
  raw: readonly RawRating[],
  form: RatingForm,
  remarks: string[],
): (measure: string) => boolean {
  const names = answerNames(raw, form, []);
  const answered = new Map<string, boolean>();
  for (const { measure, text, isNumber } of raw) {
    const answer = names.nameOf(text, isNumber);
    answered.set(
      measure,
      answered.get(measure) === true || (answer !== undefined && names.isDeclared(answer)),
    );
  }
  const others = [...answered].flatMap(([measure, isOne]) => (isOne ? [] : [`“${measure}”`]));
  if (others.length > 0)
    remarks.push(`None of the answers stands below ${others.join(', ')}: taken for no measure.`);
  return (measure) => answered.get(measure) === true;
}

async function rawRatings(
  file: SourceFile,
  columns: RatingColumns,
  form: RatingForm,
  remarks: string[],
): Promise<RawRating[]> {
  const sheets = form.sheets ?? [];
  const table: TableForm = { skip: form.skip, heading: form.heading };
  const raw: RawRating[] = [];
  const seen = new Map<string, string>();
  const take = (rating: RawRating) => {
    const { unit, measure, rater, place } = rating;
    const key = JSON.stringify([unit, measure, rater]);
    const before = seen.get(key);
    if (before !== undefined)
      throw new ImportError(
        `${place}: “${rater}” has already answered on “${unit}”${measure ? `, “${measure}”` : ''}, in ${before.replace(`${file.name}, `, '')}. Keep one of the rows.`,
      );
    seen.set(key, place);
    raw.push(rating);
  };
  for (const sheet of sheets.length > 0 ? sheets : [undefined]) {
    const rows = await readRows(file, { ...table, sheet });
    const read =
      sheets.length > 1
        ? bySheet(rows, sheet ?? '', columns, remarks)
        : readerFor(rows, columns, file.name, remarks);
    for await (const row of rows.rows)
      if (isWanted(rows, row, form.where ?? [])) for (const rating of read(row)) take(rating);
  }
  return raw;
}

type RowReader = (row: Row) => readonly RawRating[];

function readerFor(rows: Rows, wanted: RatingColumns, file: string, remarks: string[]): RowReader {
  const [rater, answer] = [rows.find(wanted.rater), rows.find(wanted.answer)];
  const measure = rows.find(wanted.measure);
  if (rater === undefined && answer === undefined && rows.columns.length > 2)
    return byColumn(rows, unitIn(rows, wanted, remarks), measure, 'raters', remarks);
  for (const key of ['unit', 'rater', 'answer'] as const)
    if (rows.find(wanted[key]) === undefined)
      throw new ImportError(
        `“${file}” has no column “${wanted[key]}”.${didYouMean(wanted[key], rows.columns)} Its columns are ${rows.columns.map((own) => `“${own}”`).join(', ')}; “--${key} NAME” names another.`,
      );
  return (row) => {
    const [unit, who] = [row.cell(wanted.unit).trim(), row.cell(wanted.rater).trim()];
    const place = row.place();
    if (unit === '' || who === '') {
      remarks.push(`${place}: ${unit === '' ? 'the unit' : 'the rater'} is missing; the row is passed over.`);
      return [];
    }
    return [
      ratingOf(row, wanted.answer, { unit, measure: measure ? row.cell(measure).trim() : '', rater: who }),
    ];
  };
}

/** A sheet for each rater: what stands beside the unit is what the rater of the sheet answered on the measure of the column. */
function bySheet(rows: Rows, rater: string, wanted: RatingColumns, remarks: string[]): RowReader {
  const read = byColumn(rows, unitIn(rows, wanted, remarks), undefined, 'measures', remarks);
  return (row) => read(row).map((rating) => ({ ...rating, rater }));
}

/** The column of units; where none is called so, the first that has a name. */
function unitIn(rows: Rows, { unit }: RatingColumns, remarks: string[]): string {
  const found = rows.find(unit);
  if (found !== undefined) return found;
  const first = rows.columns.find((name) => name !== '') ?? '';
  remarks.push(
    `No column is called “${unit}”; “${first}”, the first, is taken for it. “--unit NAME” names another.`,
  );
  return first;
}

function byColumn(
  rows: Rows,
  unit: string,
  measure: string | undefined,
  are: 'raters' | 'measures',
  remarks: string[],
): RowReader {
  const others = rows.columns.filter((name) => name !== '' && name !== unit && name !== measure);
  return (row) => {
    const who = row.cell(unit).trim();
    if (who === '' || row.holdsOne()) {
      remarks.push(
        `${row.place()}: ${who === '' ? 'the unit is missing' : `nothing stands there but “${row.first().slice(0, 60)}”`}; the row is passed over.`,
      );
      return [];
    }
    const own = measure ? row.cell(measure).trim() : '';
    return others.map((column) =>
      ratingOf(
        row,
        column,
        are === 'raters'
          ? { unit: who, measure: own, rater: column }
          : { unit: who, measure: column, rater: '' },
      ),
    );
  };
}

const ratingOf = (
  row: Row,
  column: string,
  about: Pick<RawRating, 'unit' | 'measure' | 'rater'>,
): RawRating => ({
  ...about,
  text: row.cell(column).trim(),
  isNumber: row.kind(column) === 'number',
  place: row.place(),
});

function isWanted(rows: Rows, row: Row, where: NonNullable<RatingForm['where']>): boolean {
  return where.every(([column, text]) => {
    if (rows.find(column) === undefined)
      throw new ImportError(
        `There is no column “${column}”.${didYouMean(column, rows.columns)} Its columns are ${rows.columns.map((own) => `“${own}”`).join(', ')}.`,
      );
    return row.peek(column).trim() === text;
  });
}
