import { describe, expect, it } from 'vitest';
import { type AgreementOptions, agreementReport, METRICS, type Rating } from './index.ts';

/** Ratings from a line a rater: `ann 3 1 0 -` rates units 1 to 3 and not 4. */
function ratings(...lines: readonly string[]): Rating[] {
  return lines.flatMap((line) => {
    const [rater = '', ...answers] = line.split(' ');
    return answers.flatMap((answer, unit) =>
      answer === '-'
        ? []
        : [{ unit: `u${unit + 1}`, measure: unit % 2 === 0 ? 'odd' : 'even', rater, answer }],
    );
  });
}

const report = (rows: readonly Rating[], options: Partial<AgreementOptions> = {}) =>
  agreementReport(rows, { metrics: METRICS, resamples: 0, seed: 1, ...options });

const value = (rows: readonly Rating[], coefficient: string, options: Partial<AgreementOptions> = {}) =>
  report(rows, options).overall.find((own) => own.coefficient === coefficient);

describe('agreement between raters', () => {
  const two = ratings('ann 1 0 1 1 0 1 0 0', 'bob 1 0 1 0 0 1 1 0');

  it('is the share of pairs that are alike, and what is left when chance is taken out', () => {
    expect(value(two, 'percentage agreement')?.value).toBe(0.75);
    // Both say 1 half of the time, so that half agrees by chance: (0.75 − 0.5) / 0.5.
    expect(value(two, 'Cohen’s kappa')?.value).toBeCloseTo(0.5, 12);
  });

  it('lists what raters disagree on, those furthest apart first', () => {
    const { disagreements } = report(ratings('ann 3 1 0', 'bob 3 2 3'), { domain: ['0', '1', '2', '3'] });
    expect(disagreements).toEqual([
      { unit: 'u3', measure: 'odd', spread: 3, answers: { ann: '0', bob: '3' } },
      { unit: 'u2', measure: 'even', spread: 1, answers: { ann: '1', bob: '2' } },
    ]);
  });

  it('is given by measure and by pair of raters, over the items that both rated', () => {
    const three = report(ratings('ann 1 0 1 0', 'bob 1 0 1 1', 'cy 1 - 0 0'));
    expect(three.measures.map(({ measure, items }) => [measure, items])).toEqual([
      ['odd', 2],
      ['even', 2],
    ]);
    expect(three.pairs.map(({ raters, items }) => [raters.join(' '), items])).toEqual([
      ['ann bob', 4],
      ['ann cy', 3],
      ['bob cy', 3],
    ]);
    expect(three).toMatchObject({ items: 4, ratings: 11, missing: 1, raters: ['ann', 'bob', 'cy'] });
  });

  it('has intervals that are the same for the same seed', () => {
    const [first, again, other] = [1, 1, 2].map((seed) => report(two, { resamples: 200, seed }).overall);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    const kappa = first?.find(({ coefficient }) => coefficient === 'Cohen’s kappa');
    expect(kappa?.interval?.[0]).toBeLessThan(0.5);
    expect(kappa?.interval?.[1]).toBeGreaterThan(0.5);
  });
});

describe('what is undefined is said to be', () => {
  it.each<[string, readonly Rating[], string, string]>([
    ['a single rater', ratings('ann 1 0 1'), 'percentage agreement', 'there is a single rater'],
    [
      'nothing rated twice',
      ratings('ann 1 -', 'bob - 0'),
      'Krippendorff’s alpha (nominal)',
      'nothing was rated by two',
    ],
    [
      'no variation',
      ratings('ann 1 1', 'bob 1 1'),
      'Krippendorff’s alpha (nominal)',
      'the ratings do not vary, so that chance alone would agree as well',
    ],
    [
      'words without an order',
      ratings('ann yes no', 'bob yes yes'),
      'Krippendorff’s alpha (ordinal)',
      'the answers are words in no declared order; give it with --domain',
    ],
    [
      'words without distances',
      ratings('ann yes no', 'bob yes yes'),
      'Krippendorff’s alpha (interval)',
      'the answers are words, which have no distances',
    ],
    [
      'ratios of what is below 0',
      ratings('ann -1 1', 'bob 1 1'),
      'Krippendorff’s alpha (ratio)',
      'ratios need values that are not below 0',
    ],
  ])('%s', (_, rows, coefficient, why) => {
    expect(value(rows, coefficient, { resamples: 50 })).toEqual({
      coefficient,
      value: null,
      why,
      interval: null,
      resamples: 0,
    });
  });

  it('but words with a declared order have ordinal agreement', () => {
    const rows = ratings('ann low mid high', 'bob low high high');
    const ordinal = value(rows, 'Krippendorff’s alpha (ordinal)', { domain: ['low', 'mid', 'high'] });
    expect(ordinal?.value).toBeGreaterThan(0.5);
  });

  it('resamples in which it is undefined are not counted', () => {
    const own = value(ratings('ann 1 1 0', 'bob 1 1 0'), 'Krippendorff’s alpha (nominal)', {
      resamples: 500,
    });
    expect(own?.resamples).toBeGreaterThan(300);
    expect(own?.resamples).toBeLessThan(500);
  });
});
