import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CODE, type Edition, type Measure } from '#edition/index';
import { arbitraryEdition, editionOf } from '../../../tests/arbitrary.ts';
import { rankingOf, scoreAndRank } from '../index.ts';

const LEVEL = {
  id: 'level',
  kind: 'levels' as const,
  answers: ['0', '1', '2', '3'].map((answer) => ({ answer, points: answer, name: answer })),
};
const MEASURES: Measure[] = [
  { id: 'm', name: 'M', combine: 'sum', 'out-of': '100' },
  { id: 'm-0', parent: 'm', name: '0', scale: 'level' },
  { id: 'm-1', parent: 'm', name: '1', scale: 'level' },
];
const NOT = { assessed: CODE.NOT_ASSESSED, applicable: CODE.NOT_APPLICABLE };

/** The ranks of ash, bay, elm and fir, given their two answers each. */
function ranksOf(
  answers: readonly (readonly (number | 'assessed' | 'applicable')[])[],
  basis: 'exact' | 'published' = 'exact',
  digits = 0,
) {
  const codes = answers
    .flat()
    .map((answer) => (typeof answer === 'number' ? CODE.FIRST_ANSWER + answer : NOT[answer]));
  const edition = editionOf(MEASURES, [LEVEL], (cell) => codes[cell] ?? CODE.NOT_APPLICABLE, {
    rule: 'half-up',
    digits,
  });
  const ranked: Edition = {
    ...edition,
    methodology: { ...edition.methodology, ranking: { ...edition.methodology.ranking, basis } },
  };
  const { rows } = rankingOf(scoreAndRank(ranked));
  return Object.fromEntries(rows.map((row) => [row.company, row.rank]));
}

describe('ranks', () => {
  it('are competition ranks: equal totals share the best, and the next are left out', () => {
    expect(
      ranksOf([
        [3, 0],
        [1, 1],
        [1, 1],
        [0, 0],
      ]),
    ).toEqual({ ash: 1, bay: 2, elm: 2, fir: 4 });
  });

  it('are ranges where an answer is missing, for all whom it may overtake', () => {
    expect(
      ranksOf([
        [3, 3],
        [2, 'assessed'],
        [2, 1],
        [0, 0],
      ]),
    ).toEqual({ ash: 1, bay: [2, 3], elm: [2, 3], fir: 4 });
  });

  it('leave out a company to which nothing applies', () => {
    expect(
      ranksOf([
        [3, 3],
        ['applicable', 'applicable'],
        [2, 1],
        [0, 0],
      ]),
    ).toEqual({ ash: 1, elm: 2, fir: 3, bay: null });
  });

  it('compare exact totals, or published ones where the methodology says so', () => {
    const answers = [
      [3, 2],
      [2, 2],
      [2, 2],
      [1, 0],
    ] as const; // 83.3, 66.7, 66.7, 16.7 of 100
    expect(ranksOf(answers, 'published', 0)).toEqual({ ash: 1, bay: 2, elm: 2, fir: 4 });
    const close: Edition = editionOf(
      [
        { id: 'm', name: 'M', combine: 'weighted-mean', 'out-of': '100' },
        { ...(MEASURES[1] as Measure), weight: '1000' },
        { ...(MEASURES[2] as Measure), weight: '1' },
      ],
      [LEVEL],
      (cell) => CODE.FIRST_ANSWER + (cell <= 2 ? 1 : 0),
      { rule: 'half-up', digits: 0 },
    );
    const ranks = (basis: 'exact' | 'published') =>
      rankingOf(
        scoreAndRank({
          ...close,
          methodology: { ...close.methodology, ranking: { measure: 'm', basis, ties: 'competition' } },
        }),
      )
        .rows.slice(0, 2)
        .map((row) => row.rank);
    expect(ranks('exact')).toEqual([1, 2]);
    expect(ranks('published')).toEqual([1, 1]);
  });

  it('tell apart totals that doubles cannot', () => {
    const weights = ['9007199254740992', '1'];
    const measures: Measure[] = [
      { id: 'm', name: 'M', combine: 'weighted-mean' },
      ...MEASURES.slice(1).map((measure, index) => ({ ...measure, weight: weights[index] ?? '1' })),
    ];
    const edition = editionOf(
      measures,
      [LEVEL],
      (cell) => CODE.FIRST_ANSWER + (cell === 1 || cell % 2 === 0 ? 1 : 0),
    );
    expect(rankingOf(scoreAndRank(edition)).rows.map((row) => [row.company, row.rank])).toEqual([
      ['ash', 1],
      ['bay', 2],
      ['elm', 2],
      ['fir', 2],
    ]);
  });

  it('rank totals whose parts are larger than any double', () => {
    const [large, larger] = [`17${'0'.repeat(307)}`, `19${'0'.repeat(307)}`];
    const scale = {
      id: 'level',
      kind: 'options' as const,
      answers: [`${large}/${larger}`, '0.4'].map((points, index) => ({
        answer: `${index}`,
        points,
        name: points,
      })),
    };
    const edition = editionOf(
      [{ id: 'm', name: 'M', combine: 'sum' }, MEASURES[1] as Measure],
      [scale],
      (cell) => CODE.FIRST_ANSWER + (cell === 0 ? 0 : 1),
    );
    expect(rankingOf(scoreAndRank(edition)).rows.map((row) => [row.company, row.rank])).toEqual([
      ['ash', 1],
      ['bay', 2],
      ['elm', 2],
      ['fir', 2],
    ]);
  });

  it('are one more than the number of companies above, whatever the missing answers are', () => {
    fc.assert(
      fc.property(arbitraryEdition(), (edition) => {
        const scored = scoreAndRank(edition);
        const totals = edition.companies.map((company) => scored.scores.of(company.id, 'm'));
        edition.companies.forEach((_, index) => {
          const own = totals[index];
          if (own?.kind !== 'interval') {
            expect(scored.ranks.best[index]).toBe(0);
            return;
          }
          const others = totals
            .filter((total, other) => other !== index && total?.kind === 'interval')
            .flatMap((total) => (total?.kind === 'interval' ? [total] : []));
          expect(scored.ranks.best[index]).toBe(
            1 + others.filter((other) => other.low.compare(own.high) > 0).length,
          );
          expect(scored.ranks.worst[index]).toBe(
            1 + others.filter((other) => other.high.compare(own.low) > 0).length,
          );
        });
      }),
      { numRuns: 300 },
    );
  });
});
