import { AnswerTable } from './answer-table.ts';
import { answerOf, optionsOf } from './answers.ts';
import type { Edition } from './model.ts';
import type { EditionRating, EditionRatings } from './ratings.ts';

/** What raters say of an answer, and what the edition has. */
export interface RatedItem {
  readonly unit: string;
  readonly measure: string;
  readonly ratings: readonly EditionRating[];
  /** What the edition answers. */
  readonly now: string;
  /** `disputed`: they differ, and nobody has decided; `agreed`: they do not, and the edition has another answer; `settled`: nothing is to be done. */
  readonly state: 'disputed' | 'agreed' | 'settled';
}

/** Every answer that two or more have rated, in the order of the edition’s rows. Who has not assessed it has not rated it. */
export function ratedItems(edition: Edition, { ratings, decisions }: EditionRatings): RatedItem[] {
  const keyOf = ({ unit, measure }: { readonly unit: string; readonly measure: string }) =>
    JSON.stringify([unit, measure]);
  const byItem = Map.groupBy(
    ratings.filter(({ answer }) => answer !== 'not-assessed'),
    keyOf,
  );
  const decided = new Map(decisions.map((decision) => [keyOf(decision), decision.answer]));
  const options = optionsOf(edition.methodology, edition.answers.numbers);
  return [...new AnswerTable(edition.answers).rows()].flatMap(({ unit, measure, code }): RatedItem[] => {
    const key = keyOf({ unit, measure });
    const own = byItem.get(key) ?? [];
    if (own.length < 2) return [];
    const now = answerOf(code, options(measure)) ?? '';
    const isOne = new Set(own.map(({ answer }) => answer)).size === 1;
    const isDone = isOne ? own[0]?.answer === now : decided.get(key) === now;
    return [{ unit, measure, ratings: own, now, state: isDone ? 'settled' : isOne ? 'agreed' : 'disputed' }];
  });
}
