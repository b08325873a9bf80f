import { fraction } from '#arithmetic/index';
import { AnswerTable } from './answer-table.ts';
import { type Answers, CODE } from './answers.ts';
import type { Draft } from './draft.ts';
import type { Measure, Methodology } from './methodology-schema.ts';
import type { Report } from './place.ts';
import type { Structured } from './structured-file.ts';

/** Numbers can be normalised: they vary, and lie between the goalposts. */
export function checkNumbers({ methodology, answers }: Draft, report: Report): void {
  if (!methodology || !answers) return;
  methodology.value.measures.forEach((measure, index) => {
    if (!measure.normalise || measure.recorded) return;
    const numbers = answers.answers.numbers.get(measure.id) ?? [];
    if (measure.normalise.method === 'goalposts') checkGoalposts(measure, answers, report);
    else checkVariation(measure, numbers, methodology, index, report);
  });
}

function checkVariation(
  measure: Measure,
  numbers: readonly string[],
  methodology: Structured<Methodology>,
  index: number,
  report: Report,
): void {
  const different = new Set(numbers.map((number) => fraction(number).toFraction()));
  if (different.size > 1) return;
  const what =
    different.size === 0 ? 'No unit has a number' : `All units have the same number, ${[...different][0]},`;
  report(
    'numbers',
    methodology.at(['measures', index, 'normalise']),
    `${what} on “${measure.id}”, so there is nothing to normalise by: ${measure.normalise?.method} would divide by nothing. Use goalposts, or record the measure without scoring it.`,
  );
}

function checkGoalposts(measure: Measure, placed: NonNullable<Draft['answers']>, report: Report): void {
  const { normalise } = measure;
  if (normalise?.method !== 'goalposts' || normalise.beyond === 'clip') return;
  const [from, to] = normalise.from;
  const beyond = (answer: string) => fraction(answer).compare(from) < 0 || fraction(answer).compare(to) > 0;
  for (const row of rowsOf(placed.answers, measure.id)) {
    if (!beyond(row.number)) continue;
    report(
      'numbers',
      placed.at(row.index, 'answer'),
      `${row.number} is beyond the goalposts of “${measure.id}”, ${from} and ${to}. Mend the number or the goalposts, or say beyond: clip.`,
    );
  }
}

function rowsOf(answers: Answers, measure: string) {
  const own = answers.numbers.get(measure) ?? [];
  return [...new AnswerTable(answers).rows()].flatMap((row) => {
    const number = row.measure === measure ? own[row.code - CODE.FIRST_ANSWER] : undefined;
    return number === undefined ? [] : [{ index: row.row, number }];
  });
}
