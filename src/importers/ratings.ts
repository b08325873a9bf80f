import { didYouMean } from '#edition/index';
import { ImportError } from './import-error.ts';
import { readRows } from './rows.ts';
import { sourceFiles } from './source-files.ts';

/** One rating of a table, and where it stands. */
export interface RatingRow {
  readonly unit: string;
  readonly measure: string;
  readonly rater: string;
  readonly answer: string;
  readonly line: number;
}

export interface RatingColumns {
  readonly unit: string;
  readonly measure: string;
  readonly rater: string;
  readonly answer: string;
}

const MISSING = /^(?:|na|n\/a|not-assessed)$/i;

/**
 * Reads ratings, one a row. Cells that are empty, NA or not-assessed are ratings that are missing.
 * @param domain the answers that may be given, if they are declared
 * @throws ImportError for a missing column, an answer outside the domain, a rater who answers twice, or no rating at all
 */
export async function readRatings(
  path: string,
  columns: RatingColumns,
  domain?: readonly string[],
): Promise<RatingRow[]> {
  const [file, ...others] = sourceFiles(path);
  if (!file || others.length > 0)
    throw new ImportError(`“${path}” is not one table. Give a CSV or XLSX file.`);
  const table = await readRows(file);
  const named = namesIn(table.columns, columns, file.name);
  const rows: RatingRow[] = [];
  const seen = new Map<string, number>();
  for await (const row of table.rows) {
    const cell = (name: string | undefined) => (name === undefined ? '' : row.cell(name).trim());
    const rating = {
      unit: cell(named.unit),
      measure: cell(named.measure),
      rater: cell(named.rater),
      answer: cell(named.answer),
      line: row.line,
    };
    const where = `${file.name}, line ${row.line}`;
    if (rating.unit === '' || rating.rater === '')
      throw new ImportError(`${where}: the unit or the rater is missing.`);
    const key = `${rating.unit}\n${rating.measure}\n${rating.rater}`;
    const before = seen.get(key);
    if (before !== undefined)
      throw new ImportError(
        `${where}: “${rating.rater}” has already answered on “${rating.unit}”${rating.measure ? `, “${rating.measure}”` : ''}, in line ${before}. Keep one of the rows.`,
      );
    seen.set(key, row.line);
    if (MISSING.test(rating.answer)) continue;
    if (domain && !domain.includes(rating.answer))
      throw new ImportError(
        `${where}: “${rating.answer}” is not in the domain (${domain.join(', ')}).${didYouMean(rating.answer, domain)}`,
      );
    rows.push(rating);
  }
  if (rows.length === 0) throw new ImportError(`“${file.name}” has no rating.`);
  return rows;
}

function namesIn(actual: readonly string[], wanted: RatingColumns, file: string) {
  const find = (name: string) => actual.find((own) => own.toLowerCase() === name.toLowerCase());
  for (const key of ['unit', 'rater', 'answer'] as const)
    if (!find(wanted[key]))
      throw new ImportError(
        `“${file}” has no column “${wanted[key]}”.${didYouMean(wanted[key], actual)} Its columns are ${actual.map((own) => `“${own}”`).join(', ')}; “--${key} NAME” names another.`,
      );
  return {
    unit: find(wanted.unit),
    measure: find(wanted.measure),
    rater: find(wanted.rater),
    answer: find(wanted.answer),
  };
}
