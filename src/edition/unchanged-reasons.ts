import { AnswerTable } from './answer-table.ts';
import { answerOf, optionsOf } from './answers.ts';
import type { Edition } from './model.ts';

/** An answer that is another than before, with the reasons that it had. */
export interface UnchangedReasons {
  /** The place of the row among those of the later edition. */
  readonly row: number;
  readonly unit: string;
  readonly measure: string;
  readonly was: string;
  readonly is: string;
}

/** Answers that changed from one edition to a later one while their notes did not. Without a note there is nothing to compare. */
export function unchangedReasons(before: Edition, after: Edition): UnchangedReasons[] {
  const table = new AnswerTable(before.answers);
  const [old, now] = [before, after].map(({ methodology, answers }) =>
    optionsOf(methodology, answers.numbers),
  );
  return [...new AnswerTable(after.answers).rows()].flatMap(({ row, unit, measure, code, note }) => {
    const earlier = note !== '' && table.has(unit, measure) ? table.rowOf(unit, measure) : undefined;
    if (earlier === undefined || before.answers.rows.note[earlier] !== note) return [];
    const was = answerOf(table.code(unit, measure), old?.(measure) ?? []) ?? '';
    const is = answerOf(code, now?.(measure) ?? []) ?? '';
    return was === is ? [] : [{ row, unit, measure, was, is }];
  });
}
