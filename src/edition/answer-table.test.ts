import { describe, expect, it } from 'vitest';
import { AnswerTable, codeAt, UnknownAnswerError } from './answer-table.ts';
import { CODE, packAnswers } from './answers.ts';

const scales = [
  {
    id: 's',
    kind: 'levels' as const,
    answers: ['0', '1'].map((answer) => ({ answer, points: answer, name: answer })),
  },
];
const measures = ['a', 'b'].map((id) => ({ id, name: id, scale: 's' }));
const row = (unit: string, measure: string, answer: string) => ({
  unit,
  measure,
  answer,
  citations: 'book',
  note: `${unit} on ${measure}`,
});
const answers = packAnswers(
  { measures, scales },
  ['ash', 'bay'],
  [row('bay', 'b', '1'), row('ash', 'a', 'not-assessed')],
);

describe('answers are looked up', () => {
  const table = new AnswerTable(answers);

  it('by ids, with the row they stand in', () => {
    expect([table.code('bay', 'b'), table.code('ash', 'a'), table.code('ash', 'b')]).toEqual([
      CODE.FIRST_ANSWER + 1,
      CODE.NOT_ASSESSED,
      CODE.NONE,
    ]);
    expect([table.rowOf('bay', 'b'), table.rowOf('ash', 'b')]).toEqual([0, undefined]);
    expect([...table.rows()].map(({ unit, measure, note }) => [unit, measure, note])).toEqual([
      ['bay', 'b', 'bay on b'],
      ['ash', 'a', 'ash on a'],
    ]);
  });

  it('and never in the place of another', () => {
    expect(() => table.code('elm', 'a')).toThrow(UnknownAnswerError);
    expect(() => table.code('ash', 'c')).toThrow('“c” is not answered');
    expect(() => codeAt(answers, 2, 0)).toThrow(UnknownAnswerError);
    expect(() => codeAt(answers, 0, 2)).toThrow(UnknownAnswerError);
    expect(() => codeAt(answers, -1, 0)).toThrow(UnknownAnswerError);
    expect([table.has('ash', 'a'), table.has('elm', 'a')]).toEqual([true, false]);
  });
});
