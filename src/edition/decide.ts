import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { patchedAnswers, writePatched } from './patch-answers.ts';
import type { EditionRating, RatingDecision } from './ratings.ts';
import { readEdition } from './read.ts';
import { DECISION_COLUMNS, DECISIONS, RATINGS } from './read-ratings.ts';
import { isError, type Problem } from './rules.ts';

/** What was decided, and what is written with it. */
export interface TakenDecision extends Omit<RatingDecision, 'place'> {
  readonly citations?: string;
  readonly note?: string;
}

/** The reasons of a decision: those of the first rater who answered so and gave some. */
export function reasonsOf(
  ratings: readonly EditionRating[],
  answer: string,
): { readonly citations?: string; readonly note?: string } {
  const own = ratings.filter((rating) => rating.answer === answer);
  const note = own.find((rating) => rating.note !== '')?.note;
  const citations = own.find((rating) => rating.citations !== '')?.citations;
  return { ...(note === undefined ? {} : { note }), ...(citations === undefined ? {} : { citations }) };
}

/**
 * Records decisions in ratings/decisions.csv and writes the answers. If the edition does not hold with them, everything is put back.
 * @returns what does not hold; nothing, if all was written
 */
export function takeDecisions(folder: string, decisions: readonly TakenDecision[]): readonly Problem[] {
  const path = join(folder, RATINGS, `${DECISIONS}.csv`);
  mkdirSync(join(folder, RATINGS), { recursive: true });
  const before = existsSync(path) ? readFileSync(path, 'utf8') : `${DECISION_COLUMNS.join(',')}\n`;
  const { files } = patchedAnswers(
    folder,
    decisions.map(({ unit, measure, answer, citations, note }) => ({
      unit,
      measure,
      answer,
      ...(citations === undefined ? {} : { citations }),
      ...(note === undefined ? {} : { note }),
    })),
  );
  const rows = decisions.map((decision) => DECISION_COLUMNS.map((name) => decision[name]));
  writeFileSync(
    path,
    `${before}${before.endsWith('\n') ? '' : '\n'}${Papa.unparse(rows, { newline: '\n' })}\n`,
  );
  writePatched(files);
  const errors = readEdition(folder).problems.filter(isError);
  if (errors.length > 0) {
    writePatched(files, 'before');
    writeFileSync(path, before);
  }
  return errors;
}
