import { describe, expect, it } from 'vitest';
import { sobolIndices, sobolPoints } from '#analysis/index';
import { packed } from './packed.ts';

const read = packed('sobol');
const table = (file: string): string[][] =>
  read(file)
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));

describe('against other programs', () => {
  it('gives the points of Joe and Kuo', () => {
    const rows = table('sobol_sequence_joe_kuo_d21_n64_unscrambled.csv').filter(
      (row) => !Number.isNaN(Number(row[0])),
    );
    const expected = rows.map((row) => row.slice(-21).map(Number));
    const points = sobolPoints(21, expected.length);
    expect(expected.map((_, row) => [...points.slice(row * 21, row * 21 + 21)])).toEqual(expected);
  });

  it('gives the indices of the Ishigami function by the same formulas', () => {
    const [header = [], ...rows] = table('ishigami_outputs_n1024.csv');
    const column = (name: string) => Float64Array.from(rows, (row) => Number(row[header.indexOf(name)]));
    const result = sobolIndices({
      a: column('fA'),
      b: column('fB'),
      ab: ['fAB1', 'fAB2', 'fAB3'].map(column),
    });
    const { COINr_SA_estimate_formulas_on_same_outputs: expected } = JSON.parse(
      read('ishigami_indices.json'),
    );
    if (result.kind === 'undefined') throw new Error(result.why);
    result.inputs.forEach(({ first, total }, index) => {
      expect(first).toBeCloseTo(expected.Si[index], 12);
      expect(total).toBeCloseTo(expected.STi[index], 12);
    });
  });
});
