import { isAnswerOf } from './answer-leaves.ts';
import type { Draft } from './draft.ts';
import { suggester } from './ids.ts';
import type { Report } from './place.ts';
import type { EditionRatings } from './ratings.ts';

/** Ratings and decisions are of units and measures that there are, and answers of their scales; each once. */
export function checkRatings({ ratings, decisions }: EditionRatings, draft: Draft, report: Report): void {
  const { methodology, companies, services } = draft;
  if (!methodology || !companies || (ratings.length === 0 && decisions.length === 0)) return;
  const units = new Set([...companies.records, ...(services?.records ?? [])].map(({ id }) => id));
  const leaves = new Set(
    methodology.value.measures.flatMap(({ id, scale }) => (scale === undefined ? [] : [id])),
  );
  const suggest = { unit: suggester(units), measure: suggester(leaves) };
  const isAnswer = isAnswerOf({ methodology: methodology.value, services: services?.records ?? [] });
  const seen = new Set<string>();
  for (const own of [...ratings, ...decisions]) {
    const { unit, measure, answer, place } = own;
    if (!units.has(unit)) report('unknown-id', place, `There is no unit “${unit}”.${suggest.unit(unit)}`);
    else if (!leaves.has(measure))
      report(
        'unknown-id',
        place,
        `There is no measure “${measure}” that is answered.${suggest.measure(measure)}`,
      );
    else if (answer !== 'not-assessed' && !isAnswer(measure, answer))
      report('answer-off-scale', place, `“${answer}” is no answer to “${measure}”.`);
    if (!('rater' in own)) continue;
    const key = JSON.stringify([own.rater, unit, measure]);
    if (seen.has(key))
      report(
        'answer-double',
        place,
        `“${own.rater}” has rated “${unit}” on “${measure}” already. Keep one of the rows.`,
      );
    seen.add(key);
  }
}
