import { describe, expect, it } from 'vitest';
import { type AnswerRow, type Edition, type Measure, packAnswers } from '#edition/index';
import { scoreAndRank, verify } from '#scoring/index';
import { proposeCauses } from '../src/importers/causes/propose.ts';
import { editionOf } from './arbitrary.ts';

/** Published figures held against the rules, and what may have been done to get those that deviate. */

const NUMBER = { id: 'number', kind: 'number' as const, answers: [], min: '0', max: '100' };
const MEASURES: Measure[] = [
  { id: 'm', name: 'Total', combine: 'mean', grades: [{ name: 'C' }, { from: '5', name: 'B' }] },
  {
    id: 'a',
    parent: 'm',
    name: 'A',
    scale: 'number',
    grades: [{ name: 'low' }, { from: '3', name: 'high' }],
  },
  { id: 'b', parent: 'm', name: 'B', scale: 'number' },
];

interface Made {
  readonly measures?: readonly Measure[];
  readonly digits?: number;
  /** By company: its numbers or states on the leaves. */
  readonly answers: Readonly<Record<string, readonly string[]>>;
  /** By company: printed figures, by measure and figure. */
  readonly printed: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly rule?: 'half-up' | 'half-even' | 'floor';
}

function made({ measures = MEASURES, digits = 2, answers, printed, rule = 'half-up' }: Made): Edition {
  const base = editionOf(measures, [{ ...NUMBER, 'no-evidence': '0' }], () => 0, { rule, digits });
  const leaves = measures.filter(({ scale }) => scale !== undefined);
  const companies = base.companies.filter(({ id }) => answers[id]);
  const rows = companies.flatMap(({ id }) =>
    leaves.map(
      (leaf, index): AnswerRow => ({
        unit: id,
        measure: leaf.id,
        answer: answers[id]?.[index] ?? 'not-assessed',
        citations: '',
        note: '',
      }),
    ),
  );
  return {
    ...base,
    companies,
    services: [],
    answers: packAnswers(
      base.methodology,
      companies.map(({ id }) => id),
      rows,
    ),
    published: Object.entries(printed).flatMap(([unit, figures]) =>
      Object.entries(figures).map(([name, value]) => {
        const [measure = '', figure = ''] = name.split(' ');
        return { unit, measure, figure: figure as 'total', value, where: 'table' };
      }),
    ),
  };
}

const outcome = (edition: Edition) =>
  verify(scoreAndRank(edition)).deviations.map(({ unit, published, computed }) => [
    unit,
    published,
    computed,
  ]);

describe('a figure is held at the precision with which it was printed', () => {
  const one = (answers: readonly string[], printed: string, digits = 2) =>
    outcome(made({ digits, answers: { ash: answers }, printed: { ash: { 'm total': printed } } }));

  it.each([
    ['as the rules print it', ['1', '2'], '1.50'],
    ['without zeros at the end', ['1', '2'], '1.5'],
    ['more coarsely than the rules print', ['1.22', '1.23'], '1.2'],
    ['with more digits', ['1', '2.333'], '1.6665'],
    ['with the noise of a double', ['33.32', '33.34'], '33.330000000000005'],
    ['as a double', ['1', '0.333333333333'], '0.6666666666665'],
    ['with per cent', ['73', '74'], '73.5 %'],
    ['with a plus', ['1', '2'], '+1.50'],
    ['as nothing where there is nothing', ['not-applicable', 'not-applicable'], 'n.a.'],
    ['as a span where it is open', ['1', 'not-assessed'], '0.50 to 50.50'],
  ])('%s', (_, answers, printed) => {
    expect(one(answers, printed)).toEqual([]);
  });

  it.each([
    ['a last digit that is not so', ['1', '2'], '1.51', '1.50'],
    ['a finer figure that is not so', ['1', '2'], '1.5001', '1.5000'],
    ['a coarser one that is not so', ['1', '2'], '1', '2'],
    ['nothing where there is something', ['1', '2'], 'n/a', '1.50'],
  ])('not %s', (_, answers, printed, computed) => {
    expect(one(answers, printed)).toEqual([['ash', printed, computed]]);
  });

  it('a figure without zeros at the end is held as finely as others of its kind', () => {
    const edition = made({
      answers: { ash: ['1', '2'], bay: ['1.55', '1.66'] },
      printed: { ash: { 'm total': '1.5' }, bay: { 'm total': '1.61' } },
    });
    expect(outcome(edition)).toEqual([]);
    const other = made({
      answers: { ash: ['1', '2.02'], bay: ['1.55', '1.66'] },
      printed: { ash: { 'm total': '1.5' }, bay: { 'm total': '1.61' } },
    });
    expect(outcome(other)).toEqual([['ash', '1.5', '1.51']]);
  });

  it('a figure with more digits than rounded answers allow holds if they can lead to it, and that is said', () => {
    const edition = made({
      digits: 4,
      answers: { ash: ['9.566666667', '8.011111112'], bay: ['9.566666667', '8.011111112'] },
      printed: { ash: { 'm total': '8.788888889' }, bay: { 'm total': '8.788888887' } },
    });
    const { withinInputs, deviations } = verify(scoreAndRank(edition));
    expect(withinInputs).toEqual([0]);
    expect(deviations).toMatchObject([{ unit: 'bay', computed: '8.788888890' }]);
  });
});

describe('positions and grades', () => {
  const answers = { ash: ['9', '2'], bay: ['5', '2'], elm: ['2', '5'], fir: ['1', '1'] };
  const positions = (of: Readonly<Record<string, string>>, measure = 'm') =>
    outcome(
      made({
        answers,
        printed: Object.fromEntries(
          Object.entries(of).map(([unit, value]) => [unit, { [`${measure} position`]: value }]),
        ),
      }),
    );

  it('hold as people print them', () => {
    expect(positions({ ash: '1st', bay: '2=', elm: 'T2', fir: '4+' })).toEqual([]);
    expect(positions({ ash: '1–3', bay: '2-3', elm: 'Joint 2', fir: '3–5' })).toEqual([]);
  });

  it('deviate where the rank is another, or shared by nobody', () => {
    expect(positions({ ash: '2', bay: '3–4', elm: '2nd', fir: '5+' })).toEqual([
      ['ash', '2', '1'],
      ['bay', '3–4', '2'],
      ['fir', '5+', '4'],
    ]);
    expect(positions({ ash: '1=', bay: '=2' })).toEqual([['ash', '1=', '1']]);
  });

  it('are there on every measure of companies', () => {
    expect(positions({ ash: '1', bay: '2', elm: '3', fir: '4' }, 'a')).toEqual([]);
    const grades = { 'a grade': 'High', 'm grade': 'B' };
    expect(outcome(made({ answers, printed: { ash: grades, fir: { 'a grade': 'high' } } }))).toEqual([
      ['fir', 'high', 'low'],
    ]);
  });
});

describe('a cause is proposed', () => {
  const weighed: Measure[] = [
    { id: 'm', name: 'Total', combine: 'weighted-mean' },
    { id: 'a', parent: 'm', weight: '1', name: 'A', scale: 'number' },
    { id: 'b', parent: 'm', weight: '3', name: 'B', scale: 'number' },
  ];
  const nested: Measure[] = [
    { id: 'm', name: 'Total', combine: 'mean' },
    { id: 'e', parent: 'm', name: 'E', combine: 'mean', rounding: { rule: 'half-up', digits: 0 } },
    { id: 'a', parent: 'e', name: 'A', scale: 'number' },
    { id: 'b', parent: 'e', name: 'B', scale: 'number' },
    { id: 'c', parent: 'm', name: 'C', scale: 'number' },
  ];
  const totals = (of: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(of).map(([unit, value]) => [unit, { 'm total': value }]));
  const cases: Readonly<Record<string, Made>> = {
    'Fractions were cut off': {
      digits: 0,
      answers: { ash: ['1', '2'], bay: ['2', '3'], elm: ['1.7', '1.9'], fir: ['4', '4'] },
      printed: totals({ ash: '1', bay: '2', elm: '1', fir: '4' }),
    },
    'Halves were rounded to the even neighbour': {
      digits: 0,
      answers: { ash: ['1', '2'], bay: ['2', '3'], elm: ['4', '5'], fir: ['1.7', '1.9'] },
      printed: totals({ ash: '2', bay: '2', elm: '4', fir: '2' }),
    },
    'Halves were rounded down': {
      digits: 0,
      answers: { ash: ['1', '2'], bay: ['2', '3'], elm: ['3', '6'], fir: ['1.7', '1.9'] },
      printed: totals({ ash: '1', bay: '2', elm: '4', fir: '2' }),
    },
    'Sums of binary fractions were cut off': {
      digits: 0,
      measures: [
        { id: 'm', name: 'Total', combine: 'weighted-sum' },
        { id: 'a', parent: 'm', weight: '100', name: 'A', scale: 'number' },
      ],
      answers: { ash: ['0.29'], bay: ['0.57'], elm: ['0.5'], fir: ['0.25'] },
      printed: totals({ ash: '28', bay: '56', elm: '50', fir: '25' }),
    },
    'What nobody assessed was counted as 0': {
      answers: { ash: ['4', 'not-assessed'], bay: ['6', 'not-assessed'], elm: ['1', '2'], fir: ['1', '5'] },
      printed: totals({ ash: '2', bay: '3', elm: '1.5', fir: '3' }),
    },
    'What does not apply was counted as 0': {
      answers: {
        ash: ['4', 'not-applicable'],
        bay: ['6', 'not-applicable'],
        elm: ['1', '2'],
        fir: ['1', '5'],
      },
      printed: totals({ ash: '2', bay: '3', elm: '1.5', fir: '3' }),
    },
    'All weights were taken alike': {
      measures: weighed,
      answers: { ash: ['4', '8'], bay: ['6', '2'], elm: ['1', '2'], fir: ['3', '5'] },
      printed: totals({ ash: '6', bay: '4', elm: '1.5', fir: '4' }),
    },
    '“b” was left out of “m”': {
      answers: { ash: ['4', '8'], bay: ['6', '2'], elm: ['1', '2'], fir: ['3', '5'] },
      printed: totals({ ash: '4', bay: '6', elm: '1', fir: '3' }),
    },
    'Scores on “e” were rounded before they were combined': {
      measures: nested,
      answers: { ash: ['1', '2', '3'], bay: ['2', '3', '4'], elm: ['4', '5', '6'], fir: ['2', '2', '5'] },
      printed: totals({ ash: '2.5', bay: '3.5', elm: '5.5', fir: '3.5' }),
    },
  };

  it.each(Object.entries(cases))('%s', (cause, given) => {
    const { deviations } = proposeCauses(scoreAndRank(made(given)), []);
    expect(deviations.map(({ explanation }) => explanation)).toEqual([
      expect.stringMatching(
        new RegExp(
          `^${cause}.* 4 of 4 totals agree with it, \\d with the rules as they are; next best [0-3]`,
        ),
      ),
    ]);
    expect(deviations[0]?.by).toBeUndefined();
  });

  it('another file of the release', () => {
    const answers = { ash: ['1', '2'], bay: ['2', '3'], elm: ['3', '6'], fir: ['1.7', '1.9'] };
    const edition = made({ answers, printed: totals({ ash: '1.5', bay: '2.5', elm: '4.6', fir: '1.8' }) });
    const other = {
      unit: 'elm',
      measure: 'm',
      figure: 'total' as const,
      value: '4.5',
      where: 'overview.csv',
    };
    expect(proposeCauses(scoreAndRank(edition), [other]).deviations).toMatchObject([
      {
        explanation: expect.stringContaining(
          'Another file of the release has other figures (overview.csv). 4 of 4',
        ),
      },
    ]);
  });

  it('never for a figure alone: what fits one, and not the others of its kind, is a coincidence', () => {
    const { deviations, remarks } = proposeCauses(
      scoreAndRank(
        made({
          digits: 0,
          answers: { ash: ['1', '2'], bay: ['2', '3'], elm: ['4', '5'], fir: ['1.7', '1.9'] },
          printed: totals({ ash: '1', bay: '3', elm: '5', fir: '2' }),
        }),
      ),
      [],
    );
    expect(deviations).toEqual([]);
    expect(remarks).toMatchObject([{ kind: 'parts', message: expect.stringContaining('1 of 4 totals') }]);
  });

  it('never where two causes account for as many', () => {
    const { deviations, remarks } = proposeCauses(
      scoreAndRank(
        made({
          digits: 0,
          answers: { ash: ['2', '3'], bay: ['4', '5'] },
          printed: totals({ ash: '2', bay: '4' }),
        }),
      ),
      [],
    );
    expect(deviations).toEqual([]);
    expect(remarks).toMatchObject([{ kind: 'cause', message: expect.stringContaining('do not tell which') }]);
  });

  it('and counts as no explanation until somebody says so', () => {
    const edition = made(cases['All weights were taken alike'] as Made);
    const { deviations } = proposeCauses(scoreAndRank(edition), []);
    const state = (by?: string) => [
      ...new Set(
        verify(
          scoreAndRank({
            ...edition,
            deviations: deviations.map((own) => ({ ...own, ...(by ? { by } : {}) })),
          }),
        ).deviations.map((found) => found.state),
      ),
    ];
    expect([state(), state('Ann Example')]).toEqual([['proposed'], ['explained']]);
  });
});
