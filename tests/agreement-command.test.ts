import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  agreementReport,
  congerKappa,
  fleissKappa,
  gwetAc,
  krippendorffAlpha,
  METRICS,
  makeRatings,
} from '#analysis/index';
import { ImportError, type RatingForm, readRatings } from '#importers/index';
import { congerOf, fleissOf, gwetOf } from '../src/analysis/agreement.ts';
import { alphaOf } from '../src/analysis/alpha.ts';
import { tallyOf } from '../src/analysis/tally.ts';
import { temporaryFolder } from './folders.ts';

const COLUMNS = { unit: 'unit', measure: 'measure', rater: 'rater', answer: 'answer' };

function table(content: string | Uint8Array, name = 'ratings.csv'): string {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, content);
  return file;
}

describe('a table of ratings', () => {
  it('may have other names for its columns, other separators, and ratings that are missing', async () => {
    const rows = await readRatings(table('Who;Council;Level\nann;Ashford;2\nbob;Ashford;NA\n'), {
      ...COLUMNS,
      unit: 'council',
      rater: 'who',
      answer: 'level',
    });
    expect(rows.ratings).toEqual([
      { unit: 'Ashford', measure: '', rater: 'ann', answer: '2', place: 'ratings.csv, line 2' },
    ]);
    expect(rows.remarks[0]).toContain('“NA” (once) is taken for no answer');
  });

  it.each([
    ['a column is missing', 'unit,rater,anwser\na,ann,1\n', 'has no column “answer”. Did you mean “anwser”?'],
    [
      'an answer is outside the domain',
      'unit,rater,answer\na,ann,1\na,bob,7\n',
      'line 3: “7” is not in the domain (0, 1, 2).',
    ],
    [
      'a rater answers twice',
      'unit,rater,answer\na,ann,1\na,ann,2\n',
      'line 3: “ann” has already answered on “a”, in line 2.',
    ],
    ['nobody is named', 'unit,rater,answer\na,,1\n', 'has no rating'],
    ['there is nothing', 'unit,rater,answer\na,ann,NA\n', 'has no rating'],
  ])('is refused with the line where %s', async (_, content, message) => {
    const reading = readRatings(table(content), COLUMNS, { domain: ['0', '1', '2'] });
    await expect(reading).rejects.toBeInstanceOf(ImportError);
    await expect(reading).rejects.toThrow(message);
  });
});

/** Tables as raters keep them: each of tests/ratings is one of a kind that was read wrongly once. */
describe('ratings as people have them', () => {
  const report = async (name: string, form: RatingForm = {}, columns = COLUMNS) => {
    const { ratings, remarks } = await readRatings(`tests/ratings/${name}.csv`, columns, form);
    const domain = form.domain ? { domain: form.domain } : {};
    const { overall, ...rest } = agreementReport(ratings, {
      ...domain,
      metrics: METRICS,
      resamples: 0,
      seed: 1,
    });
    const value = (name: string) => overall.find(({ coefficient }) => coefficient === name)?.value;
    return { ...rest, value, remarks: remarks.join('\n') };
  };

  it('“None” is no answer, which is said', async () => {
    const { value, missing, remarks } = await report('placeholder-none');
    expect([value('Krippendorff’s alpha (nominal)'), missing]).toEqual([1, 2]);
    expect(remarks).toContain('“None” (2 times) is taken for no answer.');
  });

  it('unless it is declared, or other words are named', async () => {
    expect((await report('placeholder-none', { domain: ['1', '2', 'None'] })).missing).toBe(0);
    expect((await report('placeholder-none', { missing: ['*'] })).domain).toEqual(['1', '2', 'None']);
  });

  it('2 and 2.0 are one answer, also among those that are declared', async () => {
    for (const form of [{}, { domain: ['0', '1.0', '2'] }]) {
      const { disagreements } = await report('float2', form);
      expect(disagreements.map(({ unit }) => unit)).toEqual(['u4']);
    }
  });

  it('words in a declared order have linear and quadratic weights', async () => {
    const { value } = await report('gwet3', { domain: ['neg', 'ind', 'pos'] });
    for (const weighting of ['linear', 'quadratic', 'ordinal'])
      expect(value(`Gwet’s AC2 (${weighting})`)).toEqual(expect.any(Number));
    expect((await report('gwet3')).value('Gwet’s AC2 (linear)')).toBeNull();
  });

  it('a row without a rater costs a remark', async () => {
    const { ratings, remarks } = await report('blank-rater');
    expect(ratings).toBe(2);
    expect(remarks).toContain('blank-rater.csv, line 4: the rater is missing; the row is passed over.');
  });

  it('a column for each rater', async () => {
    const { raters, disagreements } = await report('wide');
    expect(raters).toEqual(['ann', 'bob']);
    expect(disagreements.map(({ unit, answers }) => [unit, answers])).toContainEqual([
      'u2',
      { ann: '2', bob: '1' },
    ]);
  });

  it('a number is one answer however it is written, and a row without a unit is said', async () => {
    const { ratings, remarks } = await readRatings(
      table('unit;a;b\nu1;1,5;1.50\nu2;45%;45 %\nu3;−1;-1\n;1;2\n'),
      COLUMNS,
    );
    const pairs = Map.groupBy(ratings, ({ unit }) => unit);
    for (const own of pairs.values()) expect(new Set(own.map(({ answer }) => answer)).size).toBe(1);
    expect(remarks.join('\n')).toContain('ratings.csv, line 5: the unit is missing; the row is passed over.');
  });

  it('Yes and yes are one answer, which is said', async () => {
    const { disagreements, domain, remarks } = await report('case');
    expect([disagreements, domain]).toEqual([[], ['No', 'Yes']]);
    expect(remarks).toContain('“yes” and “Yes” are one answer.');
  });

  it('a sheet for each rater, below a heading that is not the first row', async () => {
    const { ratings, remarks } = await readRatings(
      'tests/tables/xlsx-links-and-comments/in/s.xlsx',
      { ...COLUMNS, unit: 'Provider' },
      { sheets: ['Maya', 'Tom'], skip: 2, domain: ['no', 'partial?', 'partial', 'yes'] },
    );
    expect(remarks.join('\n')).toContain('None of the answers stands below “HQ”: taken for no measure.');
    expect(new Set(ratings.map(({ rater }) => rater))).toEqual(new Set(['Maya', 'Tom']));
    expect(ratings.filter(({ measure }) => measure === 'E2E by default?')).toHaveLength(16);
  });

  it('only rows that are asked for, decimal commas, and the states of an edition', async () => {
    const file = table(
      'unit;rater;answer;round\na;x;1,5;1\na;y;1,50;1\nb;x;no-evidence;1\nb;y;0,5;1\nc;x;not-assessed;1\nc;y;1;1\na;x;9;2\n',
    );
    const { ratings, remarks } = await readRatings(file, COLUMNS, { where: [['round', '1']] });
    expect(ratings.map(({ unit, rater, answer }) => `${unit} ${rater} ${answer}`)).toEqual([
      'a x 1.5',
      'a y 1.5',
      'b x no-evidence',
      'b y 0.5',
      'c y 1',
    ]);
    expect(remarks).toContain('Numbers have a decimal comma.');
    const { disagreements, overall } = agreementReport(ratings, { metrics: METRICS, resamples: 0, seed: 1 });
    expect(disagreements.map(({ unit }) => unit)).toEqual(['b']);
    // Between a number and a state there is no distance: what has one is the rest.
    expect(overall.find(({ coefficient }) => coefficient === 'percentage agreement')?.value).toBe(0.5);
  });
});

describe('a resample', () => {
  const metrics = ['nominal', 'ordinal', 'interval', 'ratio'] as const;
  it('is what the coefficient gives of the ratings that were drawn', () => {
    const shape = fc.record({
      rows: fc.array(fc.array(fc.option(fc.integer({ min: 0, max: 4 })), { minLength: 6, maxLength: 6 }), {
        minLength: 2,
        maxLength: 4,
      }),
      drawn: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 6, maxLength: 6 }),
    });
    fc.assert(
      fc.property(shape, ({ rows, drawn }) => {
        const domain = [0, 1, 2, 3, 4];
        const tally = tallyOf(makeRatings(rows, domain));
        const times = new Int32Array(6);
        for (const unit of drawn) (times[unit] as number)++;
        const written = makeRatings(
          rows.map((row) => drawn.map((unit) => row[unit] ?? null)),
          domain,
        );
        const pairs: [number | undefined, number | undefined][] = [
          ...metrics.map(
            (metric) =>
              [alphaOf(tally, metric)(times), krippendorffAlpha(written, metric)] as [
                number | undefined,
                number | undefined,
              ],
          ),
          [fleissOf(tally, 'linear')(times), fleissKappa(written, 'linear')],
          [gwetOf(tally, 'quadratic')(times), gwetAc(written, 'quadratic')],
          [congerOf(tally)(times), congerKappa(written)],
        ];
        for (const [one, other] of pairs)
          if (other === undefined) expect(one).toBeUndefined();
          else expect(one).toBeCloseTo(other, 9);
      }),
    );
  });
});
