import { AnswerTable, answerOf, didYouMean, type Edition, isAnswerOf, optionsOf } from '#edition/index';
import { ImportError } from './import-error.ts';
import { type Row, type Rows, readRows } from './rows.ts';
import { type SourceFile, sourceFiles } from './source-files.ts';

/** A cell of an answer that was changed in a table that had been sent out. */
export interface ReturnedChange {
  readonly unit: string;
  readonly measure: string;
  readonly column: 'answer' | 'citations' | 'note';
  readonly was: string;
  readonly is: string;
  readonly place: string;
}

export interface ReturnedAnswers {
  readonly rows: number;
  readonly changes: readonly ReturnedChange[];
  /** What cannot be taken, with its place. */
  readonly refused: readonly string[];
}

const COLUMNS = ['answer', 'citations', 'note'] as const;

/**
 * Reads a table of answers that came back filled in (the sheet “answers” of an export, or answers.csv) and says what is otherwise than in the
 * edition. Rows and columns that are not there change nothing.
 * @throws ImportError if it is no table of answers
 */
export async function readReturnedAnswers(
  path: string,
  edition: Edition,
  sheet?: string,
): Promise<ReturnedAnswers> {
  const [file, ...others] = sourceFiles(path);
  if (!file || others.length > 0)
    throw new ImportError(`“${path}” is not one table. Give a CSV file or a spreadsheet.`);
  const table = await openAnswers(file, sheet);
  const present = COLUMNS.filter((name) => table.find(name) !== undefined);
  const answers = new AnswerTable(edition.answers);
  const changesIn = rowComparer(edition, answers, present);
  const refused: string[] = [];
  const changes: ReturnedChange[] = [];
  const seen = new Map<string, string>();
  let rows = 0;
  for await (const row of table.rows) {
    const [unit, measure] = [row.cell('unit').trim(), row.cell('measure').trim()];
    if (unit === '' && measure === '') continue;
    rows++;
    const why = whyRefused(row, unit, measure, answers, seen);
    for (const found of why === undefined ? changesIn(row, unit, measure) : [why])
      if (typeof found === 'string') refused.push(found);
      else changes.push(found);
  }
  return { rows, changes, refused };
}

/** Gives what a row has otherwise than the edition, or why it cannot be taken. */
function rowComparer(edition: Edition, answers: AnswerTable, present: readonly (typeof COLUMNS)[number][]) {
  const options = optionsOf(edition.methodology, edition.answers.numbers);
  const isAnswer = isAnswerOf(edition);
  return (row: Row, unit: string, measure: string): (ReturnedChange | string)[] => {
    const index = answers.rowOf(unit, measure) ?? 0;
    const held = {
      answer: answerOf(answers.code(unit, measure), options(measure)) ?? '',
      citations: edition.answers.rows.citations[index] ?? '',
      note: edition.answers.rows.note[index] ?? '',
    };
    return present.flatMap((column): (ReturnedChange | string)[] => {
      const is = textIn(row, column);
      if (isSame(held[column], is, column)) return [];
      if (column === 'answer' && !isAnswer(measure, is))
        return [
          `${row.place(column)}: “${is}” is no answer to “${measure}”; it has ${options(measure).join(', ')}.${didYouMean(is, options(measure))}`,
        ];
      return [{ unit, measure, column, was: held[column], is, place: row.place(column) }];
    });
  };
}

async function openAnswers(file: SourceFile, sheet: string | undefined): Promise<Rows> {
  const isWorkbook = /\.(?:xls[xmb]?|ods)$/i.test(file.name);
  const table = await readRows(file, isWorkbook ? { sheet: sheet ?? 'answers' } : {});
  for (const name of ['unit', 'measure'])
    if (table.find(name) === undefined)
      throw new ImportError(
        `“${file.name}” has no column “${name}”.${didYouMean(name, table.columns)} A table of answers has unit, measure, answer, citations and note, as “assay export” writes it.`,
      );
  return table;
}

function whyRefused(
  row: Row,
  unit: string,
  measure: string,
  answers: AnswerTable,
  seen: Map<string, string>,
): string | undefined {
  if (!answers.has(unit, measure) || answers.rowOf(unit, measure) === undefined)
    return `${row.place()}: the edition has no answer of “${unit}” on “${measure}”.`;
  const key = JSON.stringify([unit, measure]);
  const before = seen.get(key);
  seen.set(key, row.place());
  return before === undefined
    ? undefined
    : `${row.place()}: “${unit}” is answered on “${measure}” already, in ${before}.`;
}

const textIn = (row: Row, column: string): string => {
  const text = row.cell(column).replace(/\r\n?/g, '\n');
  return column === 'note' ? text.replace(/\s+$/, '') : text.trim();
};

/** A long text comes back cut off, and a number without its last zeros: that is no change. */
function isSame(held: string, is: string, column: string): boolean {
  if (held.replace(/\s+$/, '') === is) return true;
  if (is.endsWith('…') && held.startsWith(is.slice(0, -1)) && is.length > 30_000) return true;
  return column === 'answer' && held !== '' && is !== '' && Number(held) === Number(is);
}
