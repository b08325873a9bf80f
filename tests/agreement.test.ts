import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  brennanPrediger,
  cohenKappa,
  congerKappa,
  fleissKappa,
  gwetAc,
  krippendorffAlpha,
  lightKappa,
  METRICS,
  type Metric,
  makeRatings,
  percentAgreement,
  type Ratings,
  RatingsError,
} from '#analysis/index';

const alpha = (ratings: Ratings, metric: Metric) => krippendorffAlpha(ratings, metric);

/** By the names of the reference data. */
const COEFFICIENTS: Readonly<Record<string, (ratings: Ratings) => number | undefined>> = {
  ...Object.fromEntries(
    METRICS.map((metric) => [`krippendorff_alpha_${metric}`, (ratings: Ratings) => alpha(ratings, metric)]),
  ),
  cohen_kappa: (ratings) => cohenKappa(ratings),
  cohen_kappa_linear: (ratings) => cohenKappa(ratings, 'linear'),
  cohen_kappa_quadratic: (ratings) => cohenKappa(ratings, 'quadratic'),
  conger_kappa: (ratings) => congerKappa(ratings),
  fleiss_kappa: (ratings) => fleissKappa(ratings),
  light_kappa: (ratings) => lightKappa(ratings),
  gwet_ac1: (ratings) => gwetAc(ratings),
  gwet_ac2_linear: (ratings) => gwetAc(ratings, 'linear'),
  gwet_ac2_quadratic: (ratings) => gwetAc(ratings, 'quadratic'),
  gwet_ac2_ordinal: (ratings) => gwetAc(ratings, 'ordinal'),
  brennan_prediger: (ratings) => brennanPrediger(ratings),
  brennan_prediger_linear: (ratings) => brennanPrediger(ratings, 'linear'),
  brennan_prediger_quadratic: (ratings) => brennanPrediger(ratings, 'quadratic'),
  brennan_prediger_ordinal: (ratings) => brennanPrediger(ratings, 'ordinal'),
};

interface Case {
  readonly id: string;
  readonly ratings_raters_by_units: (number | null)[][];
  readonly declared_domain: number[] | null;
  readonly expected: Record<string, { value: number | null; agreed_by?: string[] }>;
}

const cases: readonly Case[] = JSON.parse(readFileSync('tests/data/agreement.json', 'utf8')).cases;

describe('agreement is what several programs find', () => {
  it.each(cases.map((own) => [own.id, own] as const))(
    '%s',
    (_, { ratings_raters_by_units: rows, declared_domain: domain, expected }) => {
      const ratings = makeRatings(rows, domain ?? undefined);
      // Without a declared domain, the programs that give Cohen’s kappa weigh answers by their order among those that were used.
      const used = [...new Set(rows.flat().filter((own) => own !== null))].toSorted((a, b) => a - b);
      const ordered = domain
        ? ratings
        : makeRatings(rows.map((row) => row.map((own) => (own === null ? null : used.indexOf(own)))));
      for (const [name, { value, agreed_by: programs = [] }] of Object.entries(expected)) {
        if (programs.length < 2) continue;
        const own = COEFFICIENTS[name]?.(name.startsWith('cohen') ? ordered : ratings);
        if (value === null) expect(own, name).toBeUndefined();
        else expect(own, name).toBeCloseTo(value, 9);
      }
    },
  );
});

describe('agreement', () => {
  const rows = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, null, null, null],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, null, 3],
    [null, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, null],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, null],
  ];

  it('of the worked example of Krippendorff (2011, section C) is what he prints', () => {
    const found = METRICS.map((metric) => alpha(makeRatings(rows), metric)?.toFixed(3));
    expect(found).toEqual(['0.743', '0.815', '0.849', '0.797']);
  });

  it('of all ratings alike is undefined where chance cannot be told from agreement', () => {
    const alike = makeRatings([
      [1, 1],
      [1, 1],
    ]);
    expect(alpha(alike, 'nominal')).toBeUndefined();
    expect([cohenKappa(alike), fleissKappa(alike)]).toEqual([undefined, undefined]);
    expect(percentAgreement(alike)).toBe(1);
    // With the answers that could have been given, it can be told.
    expect(
      gwetAc(
        makeRatings(
          [
            [1, 1],
            [1, 1],
          ],
          [0, 1, 2, 3],
        ),
      ),
    ).toBe(1);
    expect(
      alpha(
        makeRatings([
          [1, null],
          [null, 1],
        ]),
        'nominal',
      ),
    ).toBeUndefined();
    expect(percentAgreement(makeRatings([[1], [null]]))).toBeUndefined();
  });

  it('refuses ratings that are none of the domain, and rows that do not match', () => {
    expect(() => makeRatings([[0, 4]], [0, 1, 2, 3])).toThrow(
      'Rater 1 answered 4 on unit 2, which is not in the domain (0, 1, 2, 3).',
    );
    expect(() => makeRatings([[0, 1], [0]])).toThrow(RatingsError);
    expect(() => cohenKappa(makeRatings([[0], [0], [0]]))).toThrow(RangeError);
  });

  it('does not depend on the order of raters or units, nor on units that one rater saw', () => {
    const table = fc
      .integer({ min: 2, max: 4 })
      .chain((raters) =>
        fc.array(
          fc.array(fc.option(fc.integer({ min: 0, max: 3 })), { minLength: raters, maxLength: raters }),
          { minLength: 2, maxLength: 12 },
        ),
      );
    fc.assert(
      fc.property(table, (units) => {
        const domain = [0, 1, 2, 3];
        const byRater = (own: readonly (readonly (number | null)[])[]) =>
          own[0]?.map((_, rater) => own.map((unit) => unit[rater] ?? null)) ?? [];
        const base = makeRatings(byRater(units), domain);
        const turned = makeRatings(byRater(units.toReversed().map((unit) => unit.toReversed())), domain);
        const lonely = makeRatings(
          byRater([...units, units[0]?.map((_, rater) => (rater === 0 ? 2 : null)) ?? []]),
          domain,
        );
        for (const metric of METRICS) {
          const own = alpha(base, metric);
          for (const other of [turned, lonely]) {
            const again = alpha(other, metric);
            if (own === undefined) expect(again).toBeUndefined();
            else expect(again).toBeCloseTo(own, 10);
          }
        }
        const [ac, ac2] = [gwetAc(base), gwetAc(turned)];
        if (ac === undefined) expect(ac2).toBeUndefined();
        else expect(ac2).toBeCloseTo(ac, 10);
      }),
    );
  });
});
