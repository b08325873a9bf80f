import fc from 'fast-check';
import Fraction from 'fraction.js';
import { describe, expect, it } from 'vitest';
import { CODE, codeOf, type Edition } from '#edition/index';
import { arbitraryEdition } from '../../tests/arbitrary.ts';
import { amountOf } from './amount.ts';
import { type NextLevel, nextLevels } from './next-level.ts';
import { rankAt, type Scored, scoreAndRank } from './ranking/ranking.ts';
import { whatIf } from './what-if.ts';

/** The definition: the answer is changed in the edition, and everything is scored and ranked again. */
function again(edition: Edition, unit: string, measure: string, answer: string, company: string) {
  const { units, leaves, codes } = edition.answers;
  const scale = edition.methodology.scales.find(
    ({ id }) => id === edition.methodology.measures.find((own) => own.id === measure)?.scale,
  );
  const changed = codes.slice();
  changed[units.indexOf(unit) * leaves.length + leaves.indexOf(measure)] =
    codeOf(answer, scale?.answers.map((option) => option.answer) ?? []) ?? CODE.NONE;
  const scored = scoreAndRank({ ...edition, answers: { ...edition.answers, codes: changed } });
  const total = scored.scores.of(company, edition.methodology.ranking.measure);
  const index = edition.companies.findIndex(({ id }) => id === company);
  return { exact: total && amountOf(total), rank: rankAt(scored.ranks, index) };
}

describe('what if an answer were another', () => {
  it.each(['exact', 'published'] as const)(
    'is what scoring all companies again gives (ranked by %s totals)',
    (basis) => {
      fc.assert(
        fc.property(arbitraryEdition(), fc.nat(), fc.nat(), (arbitrary, pick, option) => {
          const ranking = { ...arbitrary.methodology.ranking, basis };
          const edition = { ...arbitrary, methodology: { ...arbitrary.methodology, ranking } };
          const scored = scoreAndRank(edition);
          const company = edition.companies[pick % edition.companies.length]?.id ?? '';
          const leaves = scored.scores.plan.nodes.filter((node) => node.kind === 'leaf');
          const leaf = leaves[pick % leaves.length];
          if (!leaf) return;
          const service = edition.services.find((own) => own.company === company);
          const unit = leaf.unit === 'company' ? company : service?.id;
          if (unit === undefined) return;
          const answers = [...leaf.scale.answers.map((own) => own.answer), 'not-applicable', 'not-assessed'];
          const answer = answers[option % answers.length] ?? '';
          const change = { unit, measure: leaf.measure.id, answer };
          const found = whatIf(scored)(company, [change]);
          expect({ exact: found?.exact, rank: found?.rank }).toEqual(
            again(edition, unit, change.measure, answer, company),
          );
        }),
        { numRuns: 300 },
      );
    },
  );

  it('is nothing for a company, a unit, a measure or an answer that is not there', () => {
    fc.assert(
      fc.property(arbitraryEdition(), (edition) => {
        const ask = whatIf(scoreAndRank(edition));
        const [company = '', measure = ''] = [edition.companies[0]?.id, edition.answers.leaves[0]];
        const answer = 'answer-0';
        expect(ask('nobody', [])).toBeUndefined();
        expect(ask(company, [{ unit: 'nobody', measure, answer }])).toBeUndefined();
        expect(ask(company, [{ unit: company, measure: 'nothing', answer }])).toBeUndefined();
        expect(ask(company, [{ unit: company, measure, answer: 'never heard of' }])).toBeUndefined();
        expect(ask(company, [{ unit: edition.companies[1]?.id ?? '', measure, answer }])).toBeUndefined();
      }),
      { numRuns: 10 },
    );
  });
});

function expectRight({ scores }: Scored, level: NextLevel): void {
  const node = scores.plan.nodes.find((own) => own.kind === 'leaf' && own.measure.id === level.measure);
  if (node?.kind !== 'leaf') throw new Error('A level belongs to a leaf.');
  const given = new Map(
    node.scale.answers.map((own) => [own.answer, new Fraction(own.points ?? 0).valueOf()]),
  );
  const now = given.get(level.answer) ?? new Fraction(node.scale['no-evidence'] ?? 0).valueOf();
  const higher = [...given.values()].filter((own) => own > now);
  if (level.next) expect(given.get(level.next.answer)).toBe(Math.min(...higher));
  else if (level.why === 'highest') expect(higher).toEqual([]);
  else expect(level.answer).toBe(level.why);
}

describe('the next levels of a company', () => {
  it('name for every scored leaf the nearest answer with more points, or why there is none', () => {
    fc.assert(
      fc.property(arbitraryEdition(), (edition) => {
        const scored = scoreAndRank(edition);
        for (const level of edition.companies.flatMap(({ id }) => nextLevels(scored)(id)))
          expectRight(scored, level);
      }),
      { numRuns: 100 },
    );
  });
});
