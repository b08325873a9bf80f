import { AnswerTable, CODE, type Edition, type Letter } from '#edition/index';
import { labelCounts } from './definitions/sources.ts';

/** How far a unit or a measure has come. */
export interface Progress {
  readonly id: string;
  readonly name: string;
  readonly answered: number;
  readonly of: number;
  /** Scored answers that nothing says why of. */
  readonly withoutReasons: number;
}

/** How far an edition has come. */
export interface EditionStatus {
  readonly answered: number;
  readonly of: number;
  readonly withoutReasons: number;
  /** Citations by what they rest on. */
  readonly citations: Readonly<Record<'cited' | 'captured' | 'quoted', number>>;
  readonly units: readonly Progress[];
  readonly measures: readonly Progress[];
  /** Letters that were sent, and not answered since. */
  readonly openLetters: readonly Letter[];
}

/** Counts what is answered (all but not-assessed), by unit and by measure, and what is still open. One pass over the answers. */
export function statusOf(edition: Edition): EditionStatus {
  const { answers, assessments, companies, services, methodology } = edition;
  const sections = new Set(
    assessments.flatMap(({ unit, sections: own }) =>
      own.map(({ measure }) => JSON.stringify([unit, measure])),
    ),
  );
  const recorded = new Set(methodology.measures.filter((own) => own.recorded).map(({ id }) => id));
  const units = new Map([...companies, ...services].map(({ id, name }) => [id, counter(id, name)]));
  const measures = new Map(methodology.measures.map(({ id, name }) => [id, counter(id, name)]));
  for (const { unit, measure, code, note } of new AnswerTable(answers).rows()) {
    const isAnswered = code !== CODE.NOT_ASSESSED;
    const isBare =
      isAnswered &&
      code !== CODE.NOT_APPLICABLE &&
      note === '' &&
      !recorded.has(measure) &&
      !sections.has(JSON.stringify([unit, measure]));
    for (const own of [units.get(unit), measures.get(measure)]) {
      if (!own) continue;
      own.of++;
      if (isAnswered) own.answered++;
      if (isBare) own.withoutReasons++;
    }
  }
  const asked = (own: Progress) => own.of > 0;
  const byUnit = [...units.values()].filter(asked);
  const sum = (key: 'answered' | 'of' | 'withoutReasons') => byUnit.reduce((all, own) => all + own[key], 0);
  return {
    answered: sum('answered'),
    of: sum('of'),
    withoutReasons: sum('withoutReasons'),
    citations: labelCounts(edition),
    units: byUnit,
    measures: [...measures.values()].filter(asked),
    openLetters: openLetters(edition.correspondence),
  };
}

const counter = (id: string, name: string) => ({ id, name, answered: 0, of: 0, withoutReasons: 0 });

/** A letter is open until something came from the company, on that day or later. */
function openLetters(letters: readonly Letter[]): Letter[] {
  return letters.filter(
    ({ company, direction, date, round }) =>
      direction === 'sent' &&
      !letters.some(
        (other) =>
          other.company === company &&
          other.direction === 'received' &&
          (other.date >= date || other.round >= round),
      ),
  );
}
