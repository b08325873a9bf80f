import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CODE, type Edition, type Measure } from '#edition/index';
import { arbitraryEdition, editionOf } from '../../../tests/arbitrary.ts';
import { valueByDefinition } from '../../../tests/by-definition.ts';
import { amountOf, rankingOf, scoreAndRank, scoreEdition } from '../index.ts';

const LEVEL = {
  id: 'level',
  kind: 'levels' as const,
  answers: ['0', '1', '2', '3'].map((answer) => ({ answer, points: answer, name: answer })),
  'no-evidence': '0',
};

/** The exact score on the ranked measure `m` of the company `ash`, whose leaves are answered with these levels or states. */
function scoreOf(measures: readonly Measure[], codes: readonly number[]): unknown {
  const edition = editionOf(measures, [LEVEL], (cell) => codes[cell % codes.length] ?? CODE.NO_EVIDENCE);
  const score = scoreEdition(edition).of('ash', 'm');
  return score && amountOf(score);
}

const level = (value: number) => CODE.FIRST_ANSWER + value;
const leaves = (count: number, parent = 'm', weights: readonly string[] = []): Measure[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `${parent}-${index}`,
    parent,
    name: `${index}`,
    scale: 'level',
    ...(weights[index] ? { weight: weights[index] } : {}),
  }));
const root = (rest: Partial<Measure>): Measure => ({ id: 'm', name: 'M', combine: 'sum', ...rest });

describe('combining rules', () => {
  it.each<[string, Measure[], number[], unknown]>([
    [
      'a sum of 15 out of 100: 2+1+1+3+1 is 160/3',
      [root({ 'out-of': '100' }), ...leaves(5)],
      [2, 1, 1, 3, 1].map(level),
      '160/3',
    ],
    ['a sum', [root({}), ...leaves(3)], [1, 2, 3].map(level), '6'],
    ['a mean', [root({ combine: 'mean' }), ...leaves(3)], [1, 1, 2].map(level), '4/3'],
    [
      'a weighted mean',
      [root({ combine: 'weighted-mean' }), ...leaves(2, 'm', ['0.1', '0.2'])],
      [3, 0].map(level),
      '1',
    ],
    ['the lowest', [root({ combine: 'min' }), ...leaves(3)], [3, 1, 2].map(level), '1'],
    ['the highest', [root({ combine: 'max' }), ...leaves(3)], [3, 1, 2].map(level), '3'],
    [
      'what is not applicable leaves a mean',
      [root({ combine: 'mean' }), ...leaves(3)],
      [level(1), CODE.NOT_APPLICABLE, level(2)],
      '3/2',
    ],
    [
      'what is not applicable leaves the maximum',
      [root({ 'out-of': '100' }), ...leaves(2)],
      [level(3), CODE.NOT_APPLICABLE],
      '100',
    ],
    ['nothing is applicable', [root({}), ...leaves(2)], [CODE.NOT_APPLICABLE], null],
    [
      'no evidence takes the points of its scale',
      [root({}), ...leaves(2)],
      [level(2), CODE.NO_EVIDENCE],
      '2',
    ],
    [
      'what nobody looked at makes an interval',
      [root({}), ...leaves(2)],
      [level(2), CODE.NOT_ASSESSED],
      ['2', '5'],
    ],
    [
      'weights of 0 alone leave nothing',
      [root({ combine: 'weighted-mean' }), ...leaves(2, 'm', ['0', '1'])],
      [level(2), CODE.NOT_APPLICABLE],
      null,
    ],
  ])('%s', (_, measures, codes, expected) => {
    expect(scoreOf(measures, codes)).toEqual(expected);
  });

  it('puts a value into the band whose lower end it reaches', () => {
    const bands = [
      { from: '0', to: '2', points: '0' },
      { from: '2', to: '5', points: '1/2' },
      { from: '5', to: '6', points: '1' },
    ];
    const measures = [root({ bands }), ...leaves(2)];
    expect(
      [
        [1, 0],
        [1, 1],
        [2, 2],
        [3, 2],
        [3, 3],
      ].map((codes) => scoreOf(measures, codes.map(level))),
    ).toEqual(['0', '1/2', '1/2', '1', '1']);
    expect(scoreOf(measures, [level(1), CODE.NOT_ASSESSED])).toEqual(['0', '1/2']);
  });

  it('combines services within each before it combines them into the company', () => {
    const measures: Measure[] = [
      root({}),
      { id: 'm-0', parent: 'm', name: 'x', combine: 'min', across: { services: 'mean' } },
      ...leaves(2, 'm-0'),
    ];
    // ash-a: min(3, 1) = 1; ash-b: min(2, 2) = 2; their mean is 3/2. Mean first, minimum then, would be min(5/2, 3/2).
    expect(scoreOf(measures, [3, 1, 2, 2].map(level))).toBe('3/2');
  });

  it('stays exact where doubles end', () => {
    const weights = ['9007199254740993', '0.0000000000000000001', '1/999999999989'];
    const measures = [root({ combine: 'weighted-mean' }), ...leaves(3, 'm', weights)];
    const edition = editionOf(measures, [LEVEL], (cell) => level(cell % 4));
    const total = scoreEdition(edition).of('ash', 'm');
    const expected = valueByDefinition(edition, 'ash', measures[0] as Measure);
    expect(total?.kind === 'interval' && total.low.toFraction()).toBe(expected?.low.toFraction());
  });
});

describe('the fast path', () => {
  const primes = ['9973', '99991', '999983', '9999991', '1/8191', '1/131071', '524287', '7.919'];

  it('leaves to exact integers what grows beyond doubles', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.tuple(fc.constantFrom(...primes), fc.nat(4)), { minLength: 1, maxLength: 5 }), {
          minLength: 2,
          maxLength: 9,
        }),
        (branches) => {
          const measures: Measure[] = [root({ combine: 'weighted-mean', 'out-of': '100' })];
          const answers: number[] = [];
          branches.forEach((children, index) => {
            measures.push({
              id: `m-${index}`,
              parent: 'm',
              name: 'x',
              combine: 'weighted-mean',
              weight: children[0]?.[0] ?? '1',
            });
            children.forEach(([weight, answer], child) => {
              measures.push({
                id: `m-${index}-${child}`,
                parent: `m-${index}`,
                name: 'x',
                scale: 'level',
                weight,
              });
              answers.push(answer === 4 ? CODE.NOT_APPLICABLE : level(answer));
            });
          });
          const edition = editionOf(
            measures,
            [LEVEL],
            (cell) => answers[cell % answers.length] ?? CODE.NO_EVIDENCE,
          );
          const score = scoreEdition(edition).of('ash', 'm');
          const expected = valueByDefinition(edition, 'ash', measures[0] as Measure);
          expect(score?.kind === 'interval' ? score.low.toFraction() : undefined).toBe(
            expected?.low.toFraction(),
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('properties', () => {
  const measureIds = ({ methodology }: Edition) => methodology.measures.map((measure) => measure.id);
  const allScores = (edition: Edition) => {
    const scores = scoreEdition(edition);
    return edition.companies.flatMap((company) =>
      measureIds(edition).map((measure) => scores.of(company.id, measure)),
    );
  };
  const amounts = (edition: Edition) => allScores(edition).map((score) => score && amountOf(score));

  it('every score is what the definition gives', () => {
    fc.assert(
      fc.property(arbitraryEdition(), (edition) => {
        const scores = scoreEdition(edition);
        for (const measure of edition.methodology.measures) {
          for (const company of edition.companies) {
            const score = scores.of(company.id, measure.id);
            if (!score) continue;
            const expected = valueByDefinition(edition, company.id, measure);
            const got =
              score.kind === 'interval' ? [score.low, score.high, score.max].map(String) : undefined;
            expect(got).toEqual(expected && [expected.low, expected.high, expected.max].map(String));
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it('scaling all weights of a mean changes no score and no rank', () => {
    fc.assert(
      fc.property(arbitraryEdition(), fc.constantFrom(2, 10, 7), (edition, factor) => {
        const means = new Set(
          edition.methodology.measures.flatMap(({ id, combine }) =>
            combine === 'weighted-mean' ? [id] : [],
          ),
        );
        const measures = edition.methodology.measures.map((measure) =>
          measure.weight === undefined || !means.has(measure.parent ?? '')
            ? measure
            : { ...measure, weight: scaled(measure.weight, factor) },
        );
        const other = { ...edition, methodology: { ...edition.methodology, measures } };
        expect(amounts(other)).toEqual(amounts(edition));
        expect(rankingOf(scoreAndRank(other)).rows.map((row) => row.rank)).toEqual(
          rankingOf(scoreAndRank(edition)).rows.map((row) => row.rank),
        );
      }),
    );
  });

  it('adding an answer that is not applicable changes no score', () => {
    fc.assert(
      fc.property(arbitraryEdition(), fc.nat(), (edition, pick) => {
        const branches = edition.methodology.measures.filter((measure) => measure.combine);
        const parent = branches[pick % branches.length] as Measure;
        const added: Measure = {
          id: 'added',
          parent: parent.id,
          name: 'Added',
          scale: 'scale-0',
          ...(parent.combine === 'weighted-mean' ? { weight: '5' } : {}),
        };
        const { codes, leaves: own, units } = edition.answers;
        const wider = new Uint16Array(units.length * (own.length + 1)).fill(CODE.NOT_APPLICABLE);
        units.forEach((_, unit) => {
          wider.set(codes.subarray(unit * own.length, (unit + 1) * own.length), unit * (own.length + 1));
        });
        const other = {
          ...edition,
          methodology: { ...edition.methodology, measures: [...edition.methodology.measures, added] },
          answers: { ...edition.answers, leaves: [...own, 'added'], codes: wider },
        };
        const scores = scoreEdition(other);
        const same = edition.companies
          .flatMap((company) => measureIds(edition).map((measure) => scores.of(company.id, measure)))
          .map((score) => score && amountOf(score));
        expect(same).toEqual(amounts(edition));
      }),
    );
  });

  it('an interval contains every completion of it', () => {
    fc.assert(
      fc.property(
        arbitraryEdition(),
        fc.array(fc.nat(), { minLength: 20, maxLength: 20 }),
        (edition, random) => {
          let drawn = 0;
          const { leaves: own, codes } = edition.answers;
          const complete = codes.map((code, cell) => {
            if (code !== CODE.NOT_ASSESSED) return code;
            const scale = edition.methodology.measures.find(
              (measure) => measure.id === own[cell % own.length],
            )?.scale;
            const options =
              edition.methodology.scales.find((candidate) => candidate.id === scale)?.answers.length ?? 1;
            return CODE.FIRST_ANSWER + ((random[drawn++ % random.length] ?? 0) % options);
          });
          const completed = allScores({ ...edition, answers: { ...edition.answers, codes: complete } });
          allScores(edition).forEach((score, index) => {
            const full = completed[index];
            expect(full?.kind).toBe(score?.kind);
            if (score?.kind !== 'interval' || full?.kind !== 'interval') return;
            expect(score.low.compare(full.low) <= 0 && full.high.compare(score.high) <= 0).toBe(true);
          });
        },
      ),
      { numRuns: 300 },
    );
  });
});

function scaled(weight: string, factor: number): string {
  const [numerator = '0', denominator] = weight.split('/');
  if (denominator) return `${Number(numerator) * factor}/${denominator}`;
  return String(Math.round(Number(numerator) * factor * 1000) / 1000);
}
