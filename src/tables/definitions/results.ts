import { AnswerTable, answerOf, type Edition, optionsOf, STATES } from '#edition/index';
import { gradeOf, printScore, roundingOf, type Scored, verify } from '#scoring/index';
import { type Cell, integer, number, type TableDefinition, text } from '../table.ts';

/** What was found, and what the rules make of it. */

export const answers: TableDefinition = {
  name: 'answers',
  about: 'What was found: one row per unit and leaf.',
  key: ['unit', 'measure'],
  columns: [
    text('unit', 'The company or service.'),
    text('measure', 'The leaf.', 'measures.id'),
    text('answer', 'The answer, or one of the states not-applicable, no-evidence, not-assessed.'),
    text('state', 'The state, if the answer is one; else null.'),
    text('citations', 'The sources cited in the row: id, locator; …'),
    text('note', 'What was found.'),
  ],
  rows: ({ edition }) => answerRows(edition),
};

function* answerRows({ answers, methodology }: Edition): Iterable<readonly Cell[]> {
  const options = optionsOf(methodology, answers.numbers);
  for (const { unit, measure, code, citations, note } of new AnswerTable(answers).rows()) {
    const answer = answerOf(code, options(measure)) ?? '';
    const state = STATES.find((candidate) => candidate === answer) ?? null;
    yield [unit, measure, answer, state, citations, note];
  }
}

export const scores: TableDefinition = {
  name: 'scores',
  about:
    'The score of every unit on every scored measure. An interval where something is not assessed, else low = high.',
  key: ['unit', 'measure'],
  columns: [
    text('unit', 'The company or service.'),
    text('measure', 'The scored measure.', 'measures.id'),
    text('exact_low', 'The lowest it can be, as an exact fraction; null if not applicable.'),
    text('exact_high', 'The highest it can be, as an exact fraction; null if not applicable.'),
    number('low', 'exact_low as a number (nearest double).'),
    number('high', 'exact_high as a number (nearest double).'),
    text('maximum', 'The most that the unit could have got, as an exact fraction.'),
    text('published', 'The score as it is printed.'),
    text('grade', 'What the score is called; null where there are no grades.'),
  ],
  rows: scoreRows,
};

function* scoreRows({ edition, scores: scored }: Scored): Iterable<readonly Cell[]> {
  const roundings = new Map(
    edition.methodology.measures.map((measure) => [measure.id, roundingOf(edition.methodology, measure.id)]),
  );
  for (const unit of [...edition.companies, ...edition.services]) {
    for (const measure of edition.methodology.measures) {
      const score = measure.recorded ? undefined : scored.of(unit.id, measure.id);
      if (!score) continue;
      const printed = printScore(score, roundings.get(measure.id) ?? edition.methodology.rounding);
      if (score.kind === 'not-applicable')
        yield [unit.id, measure.id, null, null, null, null, null, printed, null];
      else {
        const { low, high, max } = score;
        yield [
          unit.id,
          measure.id,
          low.toFraction(),
          high.toFraction(),
          low.valueOf(),
          high.valueOf(),
          max.toFraction(),
          printed,
          gradeOf(measure, score),
        ];
      }
    }
  }
}

export const ranking: TableDefinition = {
  name: 'ranking',
  about:
    'The companies by rank: their totals, and the best and worst rank each can have (equal where everything is assessed).',
  key: ['company'],
  columns: [
    text('company', 'The company.', 'companies.id'),
    integer('rank', 'The best rank it can have, 1 being first; null if it is not ranked.'),
    integer('worst_rank', 'The worst rank it can have.'),
    text('exact_low', 'The lowest its total can be, as an exact fraction; null if not applicable.'),
    text('exact_high', 'The highest its total can be, as an exact fraction.'),
    number('low', 'exact_low as a number (nearest double).'),
    number('high', 'exact_high as a number (nearest double).'),
    text('published', 'The total as it is printed.'),
    text('grade', 'What the total is called; null where there are no grades.'),
    text('group', 'What it is ranked among; empty where all are ranked together.'),
  ],
  rows: ({ edition, scores: scored, ranks }) =>
    [...ranks.order].flatMap((index): (readonly Cell[])[] => {
      const company = edition.companies[index];
      const total = company && scored.of(company.id, edition.methodology.ranking.measure);
      if (!company || !total) return [];
      const printed = printScore(total, roundingOf(edition.methodology, edition.methodology.ranking.measure));
      const group = edition.methodology.ranking.within === 'group' ? company.group : '';
      if (total.kind === 'not-applicable')
        return [[company.id, null, null, null, null, null, null, printed, null, group]];
      const ranked = edition.methodology.measures.find(
        ({ id }) => id === edition.methodology.ranking.measure,
      );
      const { low, high } = total;
      return [
        [
          company.id,
          ranks.best[index] ?? null,
          ranks.worst[index] ?? null,
          low.toFraction(),
          high.toFraction(),
          low.valueOf(),
          high.valueOf(),
          printed,
          ranked ? gradeOf(ranked, total) : null,
          group,
        ],
      ];
    }),
};

export const published: TableDefinition = {
  name: 'published',
  about: 'Figures as they were printed.',
  key: ['unit', 'measure', 'figure'],
  columns: [
    text('unit', 'The company or service.'),
    text('measure', 'The measure.', 'measures.id'),
    text('figure', 'score, total, position or grade.'),
    text('value', 'As printed.'),
    text('place', 'Where it was printed.'),
  ],
  rows: ({ edition }) =>
    edition.published.map(({ unit, measure, figure, value, where }) => [unit, measure, figure, value, where]),
};

export const deviations: TableDefinition = {
  name: 'deviations',
  about: 'Published figures that the rules do not give.',
  key: ['unit', 'measure', 'figure'],
  columns: [
    text('unit', 'The company or service.'),
    text('measure', 'The measure.', 'measures.id'),
    text('figure', 'score, total, position or grade.'),
    text('published', 'As printed.'),
    text('computed', 'As the rules give it.'),
    integer('explained', '1 if the edition explains the difference.'),
    text('explanation', 'The explanation.'),
  ],
  rows: (scored) =>
    verify(scored).deviations.map((found) => [
      found.unit,
      found.measure,
      found.figure,
      found.published,
      found.computed,
      found.state === 'explained' ? 1 : 0,
      found.explanation,
    ]),
};

export const corrections: TableDefinition = {
  name: 'corrections',
  about:
    'What was mended or changed after publication: a row for each thing that a correction concerns, or one if it names none.',
  key: [],
  columns: [
    text('correction', 'Id of the correction.'),
    text('date', 'The day of it.'),
    text('kind', 'correction: something was wrong; change: something was added or reworded.'),
    text('text', 'What was wrong and what stands there now, in Markdown.'),
    text('unit', 'The company or service that it concerns; null if none is named.'),
    text('measure', 'The measure that it concerns; null if none is named.'),
    text('was', 'The answer or score as it was published; null if it is not given.'),
    text('is', 'The answer or score from then on; null if it is not given.'),
  ],
  rows: ({ edition }) =>
    edition.corrections.flatMap(({ id, date, kind, text: reasons, concerns }) =>
      (concerns ?? [undefined]).map((concern) => [
        id,
        date,
        kind,
        reasons,
        concern?.unit ?? null,
        concern?.measure ?? null,
        concern?.was ?? null,
        concern?.is ?? null,
      ]),
    ),
};
