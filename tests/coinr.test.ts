import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { type Model, makeModel, runModel, sobolIndices, workspaceFor } from '#analysis/index';
import { type AnswerRow, type Edition, type Measure, type Normalise, packAnswers } from '#edition/index';
import { makeRanker, type Scored, scoreAndRank } from '#scoring/index';
import type { Combine } from '#scoring/rules/index';
import { editionOf } from './arbitrary.ts';
import { packed } from './packed.ts';

/** The ASEM index of COINr (51 countries, 49 indicators), its alternatives and its sensitivity analysis, against what COINr computes. */
const read = packed('coinr-asem');
const id = (code: string) => code.toLowerCase();

interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

function table(file: string): Table {
  const { data } = Papa.parse<string[]>(read(file).trim());
  const [header = [], ...rows] = data;
  return { header, rows };
}

const cell = ({ header }: Table, row: readonly string[], name: string) => row[header.indexOf(name)] ?? '';

interface Setup {
  readonly data: string;
  readonly normalise?: Normalise | undefined;
  readonly combine?: (level: number) => Combine;
  readonly weights?: ReadonlyMap<string, string>;
  readonly requires?: string | undefined;
}

const MIN_MAX: Normalise = { method: 'min-max', to: ['0', '100'] };

/** The example as an edition: indicators are numbers, higher levels their means. */
function asem({ data, normalise = MIN_MAX, combine = () => 'mean', weights, requires }: Setup): Edition {
  const meta = table('coinr/asem_iMeta.csv');
  const measures = meta.rows
    .filter((row) => ['Indicator', 'Aggregate'].includes(cell(meta, row, 'Type')))
    .map((row): Measure => {
      const level = Number(cell(meta, row, 'Level'));
      const code = cell(meta, row, 'iCode');
      const parent = cell(meta, row, 'Parent');
      const rule = combine(level);
      const weight = weights?.get(code);
      return {
        id: id(code),
        name: code,
        ...(parent && parent !== 'NA' ? { parent: id(parent) } : {}),
        ...(weight === undefined || parent === 'NA' || parent === '' ? {} : { weight }),
        ...(level === 1
          ? {
              scale: 'number',
              normalise,
              direction: cell(meta, row, 'Direction') === '-1' ? 'lower' : 'higher',
            }
          : {
              combine: weights && rule === 'mean' ? 'weighted-mean' : rule,
              ...(requires ? { requires } : {}),
            }),
      };
    });
  const numbers = table(data);
  const countries = numbers.rows.map((row) => cell(numbers, row, 'uCode'));
  const leaves = measures.filter((measure) => measure.scale);
  const rows = numbers.rows.flatMap((row) =>
    leaves.map(
      (leaf): AnswerRow => ({
        unit: id(cell(numbers, row, 'uCode')),
        measure: leaf.id,
        answer: cell(numbers, row, leaf.name) || 'not-assessed',
        citations: '',
        note: '',
      }),
    ),
  );
  const empty = editionOf([], [], () => 0);
  const methodology: Edition['methodology'] = {
    scales: [{ id: 'number', kind: 'number', answers: [] }],
    measures,
    rounding: { rule: 'half-up', digits: 2 },
    'not-assessed': 'left-out',
    ranking: { measure: 'index', basis: 'exact', ties: 'competition', tolerance: '0' },
  };
  return {
    ...empty,
    methodology,
    companies: countries.map((country) => ({
      id: id(country),
      name: country,
      headquarters: '',
      country: '',
      group: '',
      note: '',
    })),
    services: [],
    answers: packAnswers(methodology, countries.map(id), rows),
  };
}

/** The largest difference of any score to a table of COINr’s, as a share of its size. */
function furthest({ scores }: Scored, file: string): number {
  const expected = table(file);
  let most = 0;
  for (const row of expected.rows)
    for (const code of expected.header) {
      const score = scores.of(id(cell(expected, row, 'uCode')), id(code));
      if (!score) continue;
      const text = cell(expected, row, code);
      if (score.kind === 'not-applicable') most = text === '' ? most : Number.POSITIVE_INFINITY;
      else
        most =
          text === ''
            ? Number.POSITIVE_INFINITY
            : Math.max(
                most,
                Math.abs(score.low.valueOf() - Number(text)) / Math.max(1, Math.abs(Number(text))),
              );
    }
  return most;
}

const ranksOf = ({ ranks, edition }: Scored) =>
  Object.fromEntries(edition.companies.map(({ name }, index) => [name, ranks.best[index]]));

const alternative = () => {
  const weights = table('coinr/weights_alt.csv');
  return new Map(weights.rows.map((row) => [cell(weights, row, 'iCode'), cell(weights, row, 'Weight')]));
};

describe('the ASEM index', () => {
  it('aggregates to the same values, and ranks alike', () => {
    const scored = scoreAndRank(asem({ data: 'coinr/step_treated.csv' }));
    expect(furthest(scored, 'coinr/step_aggregated.csv')).toBeLessThan(1e-12);
    const expected = table('coinr/aggregated_ranks_min.csv');
    expect(ranksOf(scored)).toEqual(
      Object.fromEntries(
        expected.rows.map((row) => [cell(expected, row, 'uCode'), Number(cell(expected, row, 'Index'))]),
      ),
    );
  });

  it('treats outliers alike', () => {
    const normalise: Normalise = { ...MIN_MAX, outliers: { winsorise: 5 } };
    const scored = scoreAndRank(asem({ data: 'coinr/step_imputed.csv', normalise }));
    expect(furthest(scored, 'coinr/step_aggregated.csv')).toBeLessThan(1e-12);
  });

  const WIDE: Normalise = { method: 'min-max', to: ['1', '100'] };
  const byLevel = (level: number): Combine =>
    level === 2 ? 'mean' : level === 3 ? 'geometric-mean' : 'harmonic-mean';
  it.each<[string, (level: number) => Combine]>([
    ['altweights_minmax_1_100_amean_all_levels', () => 'mean'],
    ['altweights_minmax_1_100_gmean_all_levels', () => 'geometric-mean'],
    ['altweights_minmax_1_100_amean_gmean_hmean_by_level', byLevel],
  ])('with other weights and means: %s', (file, combine) => {
    const scored = scoreAndRank(
      asem({ data: 'coinr/step_treated.csv', normalise: WIDE, combine, weights: alternative() }),
    );
    expect(furthest(scored, `coinr/${file}.csv`)).toBeLessThan(1e-12);
  });

  it.each<[string, Combine, string | undefined]>([
    ['amean_altweights_datthresh_none', 'mean', undefined],
    ['amean_altweights_datthresh_0.5', 'mean', '0.5'],
    ['amean_altweights_datthresh_0.8', 'mean', '0.8'],
    ['amean_altweights_datthresh_1', 'mean', '1'],
    ['gmean_altweights_datthresh_none', 'geometric-mean', undefined],
    ['hmean_altweights_datthresh_none', 'harmonic-mean', undefined],
  ])('with missing values: %s', (file, rule, requires) => {
    const scored = scoreAndRank(
      asem({
        data: 'coinr/step_denominated.csv',
        normalise: WIDE,
        combine: () => rule,
        weights: alternative(),
        requires,
      }),
    );
    expect(furthest(scored, `coinr/missing_${file}.csv`)).toBeLessThan(1e-12);
  });

  it.each([1, 2, 3])('with each measure of level %i left out', (level) => {
    const scored = scoreAndRank(asem({ data: 'coinr/step_treated.csv' }));
    const model = makeModel(scored);
    const workspace = workspaceFor(model);
    const expected = table(`coinr/loo_level${level}_scores.csv`);
    const ranks = table(`coinr/loo_level${level}_ranks.csv`);
    const rank = makeRanker(model.groups, model.compared);
    for (const code of expected.header.slice(2)) {
      const left = scored.scores.plan.nodeOf(id(code), 'company')?.index ?? -1;
      const totals = runModel(model, { without: new Set([left]) }, workspace);
      const own = rank(totals);
      expected.rows.forEach((row, place) => {
        const at = scored.edition.companies.findIndex(({ name }) => name === cell(expected, row, 'uCode'));
        expect(Math.abs((totals[at] ?? 0) - Number(cell(expected, row, code)))).toBeLessThan(1e-11);
        expect(own[at]).toBe(Number(cell(ranks, ranks.rows[place] ?? [], code)));
      });
    }
  });
});

describe('the sensitivity analysis of COINr, with its own design', () => {
  it('gives the 3,000 × 51 scores to 1e-10, and Si and STi to 1e-9', () => {
    const design = table('coinr_sa/sa500_design.csv');
    const expected = table('coinr_sa/sa500_scores_by_rep.csv');
    const noisy = table('coinr_sa/noisy_weights_100.csv');
    const nominal = scoreAndRank(asem({ data: 'coinr/step_treated.csv' }));
    const z: Normalise = { method: 'z-score', mean: '10', sd: '2' };
    const bases = new Map<string, Model>(
      [1, 2, 3, 4, 5].flatMap((winsorise) =>
        [WIDE_SA, z].map((normalise) => {
          const own = { ...normalise, outliers: { winsorise } } as Normalise;
          const scored = scoreAndRank(asem({ data: 'coinr/step_imputed.csv', normalise: own }));
          return [`${winsorise} ${normalise.method}`, makeModel(scored)] as const;
        }),
      ),
    );
    const model = bases.get('5 min-max');
    if (!model) throw new Error('no model');
    const workspace = workspaceFor(model);
    const rank = makeRanker(makeModel(nominal).groups, makeModel(nominal).compared);
    const first = [...rank(runModel(makeModel(nominal), {}, workspace))];
    const weightSets = new Map(
      Array.from({ length: 100 }, (_, set) => {
        const own = new Map(
          noisy.rows.map((row) => [id(cell(noisy, row, 'iCode')), Number(cell(noisy, row, `w${set + 1}`))]),
        );
        const weights = new Map(
          model.nodes
            .filter((node) => node.kind === 'branch')
            .map(
              (node) =>
                [
                  node.index,
                  Float64Array.from(
                    node.children,
                    (child) => own.get(model.nodes[child]?.measure ?? '') ?? 1,
                  ),
                ] as const,
            ),
        );
        return [String(set + 1), weights] as const;
      }),
    );
    const branches = model.nodes.filter((node) => node.kind === 'branch').map((node) => node.index);
    const rules = new Map<string, ReadonlyMap<number, Combine>>([
      ['a_amean', new Map(branches.map((node) => [node, 'weighted-mean']))],
      ['a_gmean', new Map(branches.map((node) => [node, 'geometric-mean']))],
    ]);
    const order = nominal.edition.companies.map(({ name }) => expected.header.indexOf(name));
    let most = 0;
    const outputs = new Map<string, number[]>();
    design.rows.forEach((row, index) => {
      const of = (name: string) => cell(design, row, name);
      const method = of('Normalisation') === 'n_zscore' ? 'z-score' : 'min-max';
      const base = bases.get(`${of('Winmax')} ${method}`);
      const weights = weightSets.get(of('WeightSet'));
      const combine = rules.get(of('Aggregation'));
      if (!base || !weights || !combine) throw new Error(`row ${index}`);
      const totals = runModel(base, { weights, combine }, workspace);
      const wanted = expected.rows[index + 1] ?? [];
      order.forEach((column, company) => {
        most = Math.max(most, Math.abs((totals[company] ?? 0) - Number(wanted[column])));
      });
      const ranks = rank(totals);
      const shift =
        first.reduce((sum, own, company) => sum + Math.abs(own - (ranks[company] ?? 0)), 0) / first.length;
      outputs.set(of('block'), [...(outputs.get(of('block')) ?? []), shift]);
    });
    expect(most).toBeLessThan(1e-10);
    const target = table('coinr_sa/sa500_target.csv');
    expect([...outputs.values()].flat()).toEqual(
      target.rows.map((row) => Number(cell(target, row, 'MeanAbsRankDiff'))),
    );
    const block = (name: string) => Float64Array.from(outputs.get(name) ?? []);
    const indices = table('coinr_sa/sa500_sensitivity.csv');
    const names = indices.rows.map((row) => cell(indices, row, 'Variable'));
    const result = sobolIndices({
      a: block('A'),
      b: block('B'),
      ab: names.map((name) => block(`AB_${name}`)),
    });
    if (result.kind === 'undefined') throw new Error(result.why);
    result.inputs.forEach(({ first: si, total: sti }, input) => {
      expect(Math.abs(si - Number(cell(indices, indices.rows[input] ?? [], 'Si')))).toBeLessThan(1e-9);
      expect(Math.abs(sti - Number(cell(indices, indices.rows[input] ?? [], 'STi')))).toBeLessThan(1e-9);
    });
  });
});

const WIDE_SA: Normalise = { method: 'min-max', to: ['1', '100'] };
