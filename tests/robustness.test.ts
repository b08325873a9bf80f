import fc from 'fast-check';
import Fraction from 'fraction.js';
import { describe, expect, it } from 'vitest';
import {
  addCounts,
  blocksOf,
  DEFAULT_SETTINGS,
  type DrawJob,
  makeModel,
  type Robustness,
  robustness,
  runBlocks,
  runModel,
  workspaceFor,
} from '#analysis/index';
import { CODE, type Edition, type Measure } from '#edition/index';
import { makeRanker, type Scored, scoreAndRank } from '#scoring/index';
import { arbitraryEdition, editionOf } from './arbitrary.ts';

const all = (job: DrawJob) => Array.from({ length: blocksOf(job) }, (_, block) => block);
const inOneGo = (job: DrawJob) => runBlocks(job, all(job));

const LEVEL = {
  id: 'level',
  kind: 'levels' as const,
  answers: ['0', '1', '2', '3'].map((answer) => ({ answer, points: answer, name: answer })),
  'no-evidence': '0',
};

/** Four companies on three criteria: ash 3 3 0, bay 2 2 2, elm 1 1 1, fir 0 1 1. */
const LEVELS = [3, 3, 0, 2, 2, 2, 1, 1, 1, 0, 1, 1];
function small(
  rest: Partial<Measure> = {},
  change: (edition: Edition) => Edition = (edition) => edition,
): Scored {
  const measures: Measure[] = [
    { id: 'm', name: 'M', combine: 'mean', ...rest },
    ...['a', 'b', 'c'].map((id): Measure => ({ id, parent: 'm', name: id, scale: 'level' })),
  ];
  return scoreAndRank(
    change(editionOf(measures, [LEVEL], (cell) => CODE.FIRST_ANSWER + (LEVELS[cell] ?? 0))),
  );
}

const report = (scored: Scored, settings: Partial<typeof DEFAULT_SETTINGS> = {}): Promise<Robustness> =>
  robustness(
    scored,
    { ...DEFAULT_SETTINGS, draws: 1000, sensitivityPoints: 64, resamples: 20, ...settings },
    inOneGo,
  );

describe('the model in floating point', () => {
  it('gives what exact scoring gives, and the same ranks', () => {
    fc.assert(
      fc.property(arbitraryEdition([CODE.NOT_APPLICABLE, CODE.NO_EVIDENCE]), (edition) => {
        const scored = scoreAndRank(edition);
        const model = makeModel(scored);
        const totals = runModel(model, {}, workspaceFor(model));
        edition.companies.forEach(({ id }, company) => {
          const score = scored.scores.of(id, 'm');
          const total = totals[company] ?? Number.NaN;
          if (score?.kind === 'interval') expect(total).toBeCloseTo(score.low.valueOf(), 9);
          else expect(total).toBeNaN();
        });
        expect([...makeRanker(model.groups, model.compared)(totals)]).toEqual([...scored.ranks.best]);
      }),
      { numRuns: 200 },
    );
  });

  it('gives both ends of what is open', () => {
    fc.assert(
      fc.property(arbitraryEdition(), (edition) => {
        const scored = scoreAndRank(edition);
        const model = makeModel(scored);
        const workspace = workspaceFor(model);
        for (const end of ['low', 'high'] as const) {
          const totals = runModel(model, { leaves: model[end] }, workspace);
          edition.companies.forEach(({ id }, company) => {
            const score = scored.scores.of(id, 'm');
            if (score?.kind === 'interval') expect(totals[company]).toBeCloseTo(score[end].valueOf(), 9);
          });
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('ranks', () => {
  it('are competition ranks within groups, however many companies there are', () => {
    const values = fc.array(
      fc.oneof(
        fc.integer({ min: 0, max: 9 }),
        fc.double({ min: 0, max: 9, noNaN: true }),
        fc.constant(Number.NaN),
      ),
      { minLength: 1, maxLength: 60 },
    );
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 3 }), (totals, groups) => {
        const group = totals.map((_, company) => company % groups);
        const rank = makeRanker(Int32Array.from(group), {
          sign: 1,
          rounding: undefined,
          tolerance: '0.000000001',
          floating: true,
        });
        const rounded = totals.map((total) => Math.floor(total * 1e9 + 0.5));
        const expected = rounded.map((own, company) =>
          Number.isNaN(own)
            ? 0
            : 1 + rounded.filter((other, rival) => group[rival] === group[company] && other > own).length,
        );
        expect([...rank(Float64Array.from(totals))]).toEqual(expected);
      }),
    );
  });
});

describe('draws', () => {
  it('give the same bytes for the same seed, and others for another', async () => {
    const [first, again, other] = [
      await report(small()),
      await report(small()),
      await report(small(), { seed: 2 }),
    ];
    expect(JSON.stringify(again)).toBe(JSON.stringify(first));
    expect(JSON.stringify(other)).not.toBe(JSON.stringify(first));
    expect(first.generator).toEqual({ name: 'xoroshiro128plus', seed: 1 });
  });

  it('give the same counts however their blocks are spread', () => {
    const model = makeModel(small());
    const job: DrawJob = {
      model,
      uncertainties: [{ kind: 'simplex', node: model.total }],
      seed: 7,
      draws: 1100,
    };
    const blocks = all(job);
    expect(blocks).toHaveLength(5);
    const [whole, spread] = [
      runBlocks(job, blocks),
      addCounts([runBlocks(job, [3, 0]), runBlocks(job, [4]), runBlocks(job, [2, 1])]),
    ];
    expect(spread).toEqual(whole);
    expect(whole.used).toBe(1100);
  });

  it('of any weights give the shares that geometry gives: ash is ahead of bay where a and b weigh more than 2/3', async () => {
    const { scenarios } = await report(small(), { draws: 20_000 });
    const any = scenarios.find(({ id }) => id === 'any-weights');
    const ash = any?.companies.find(({ company }) => company === 'ash');
    // c has less than 1/3 on the simplex with probability 1 − (2/3)².
    expect(ash?.first[1]).toBeCloseTo(5 / 9, 1.5);
    expect(any).toMatchObject({ draws: 20_000, used: 20_000, refused: 0, failed: 0 });
    expect(ash?.distribution.reduce((sum, [, draws]) => sum + draws, 0)).toBe(20_000);
  });

  it('never put a company ahead of one that is ahead whatever the weights', async () => {
    const { scenarios, dominance } = await report(small());
    expect(dominance.find(({ company }) => company === 'bay')?.beats).toEqual(['elm', 'fir']);
    const any = scenarios.find(({ id }) => id === 'any-weights');
    const order = any?.companies.map(({ company }) => company) ?? [];
    for (const { company, beats } of dominance)
      for (const other of beats) expect(any?.wins?.[order.indexOf(other)]?.[order.indexOf(company)]).toBe(0);
  });

  it('are refused where a mean has no meaning, and counted', async () => {
    const scored = small({}, (edition) => ({
      ...edition,
      methodology: {
        ...edition.methodology,
        scales: [
          {
            ...LEVEL,
            answers: LEVEL.answers.map((own) => ({ ...own, points: String(Number(own.points) - 1) })),
          },
        ],
      },
    }));
    const { alternatives, sensitivity } = await report(scored);
    expect(alternatives.find(({ what }) => what === 'geometric-mean at the total')).toMatchObject({
      state: 'refused',
      why: 'a geometric mean of a value below 0',
    });
    expect(sensitivity.state).toBe('computed'); // without that mean among its inputs
  });

  it('take disputed answers from the raters', async () => {
    const scored = small();
    const leaf = scored.scores.plan.nodeOf('a', 'company')?.index ?? -1;
    const { scenarios } = await report(scored, { ratings: [{ node: leaf, unit: 3, points: [0, 3] }] });
    const raters = scenarios.find(({ id }) => id === 'raters');
    const fir = raters?.companies.find(({ company }) => company === 'fir');
    expect(fir?.distribution.map(([rank]) => rank)).toEqual([3, 4]);
    expect(fir?.mean).toBeCloseTo(3.5, 1);
  });
});

describe('what holds exactly', () => {
  it('the least change of weights brings the lower level, and half of it does not', async () => {
    const scored = small();
    const { neighbours } = await report(scored);
    const pair = neighbours[0];
    // ash 3 3 0 and bay 2 2 2 are tied at 2; bay and elm are not to be swapped.
    expect(pair).toMatchObject({ higher: 'ash', lower: 'bay', tied: true, weights: { share: '0' } });
    expect(neighbours[1]).toMatchObject({ higher: 'bay', lower: 'elm', weights: { state: 'impossible' } });
    const uneven = small({}, (edition) => ({
      ...edition,
      methodology: {
        ...edition.methodology,
        measures: edition.methodology.measures.map((measure) =>
          measure.id === 'm'
            ? { ...measure, combine: 'weighted-mean' }
            : { ...measure, weight: measure.id === 'c' ? '1' : '2' },
        ),
      },
    }));
    // 12/5 to 10/5: each share that goes from a to c brings them closer by 1 + 2.
    const swap = (await report(uneven)).neighbours[0]?.weights;
    expect(swap).toEqual({
      state: 'possible',
      share: new Fraction(2, 15).toFraction(),
      from: ['a'],
      to: 'c',
    });
  });

  it('the fewest answers are as few as trying all of them gives', async () => {
    const { neighbours } = await report(small());
    const pair = neighbours.find(({ higher }) => higher === 'bay');
    // elm lacks 3 points on bay: two answers at most give 2 each; one of bay’s at 0 loses 2.
    expect(pair?.answers).toMatchObject({ state: 'possible', lowerUp: 2, higherDown: 2, isSmallest: true });
  });

  it('a single answer moves a company between its best and worst rank', async () => {
    const { singleAnswers } = await report(small());
    // fir 0 1 1 draws level with elm by any level more, and loses nothing by one less.
    expect(singleAnswers.find(({ company }) => company === 'fir')).toEqual({
      company: 'fir',
      changes: 5,
      moving: 3,
      best: 3,
      worst: 4,
    });
  });

  it('leaving a measure out ranks as if it had never been asked', async () => {
    const { leaveOneOut, ranking } = await report(small());
    expect(ranking.map(({ company, best }) => [company, best])).toEqual([
      ['ash', 1],
      ['bay', 1],
      ['elm', 3],
      ['fir', 4],
    ]);
    const without = leaveOneOut.find(({ what }) => what === 'a');
    expect(without).toMatchObject({ state: 'used', ranks: [2, 1, 3, 3] });
  });
});

describe('companies that the data cannot tell apart', () => {
  it('stand in one band', async () => {
    const { bands } = await report(small());
    expect(bands?.[0]).toEqual(['ash', 'bay']);
    expect(bands?.flat()).toEqual(['ash', 'bay', 'elm', 'fir']);
  });
});

describe('sensitivity', () => {
  it('gives nothing to an input that changes nothing, and says how many runs it took', async () => {
    const { sensitivity } = await report(small(), { chance: 0.3 });
    if (sensitivity.state !== 'computed') throw new Error(sensitivity.why);
    const rounding = sensitivity.inputs.find(({ input }) => input === 'rounding');
    expect(sensitivity.runs).toBe(64 * (sensitivity.inputs.length + 2));
    expect(rounding?.total).toBeLessThan(0.3);
    for (const { total } of sensitivity.inputs) expect(total).toBeGreaterThanOrEqual(0);
  });
});
