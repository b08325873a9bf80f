import { describe, expect, it } from 'vitest';
import { readEdition } from '#edition/folder';
import { scoreAndRank } from '#scoring/index';
import { TABLES } from './definitions.ts';

const { edition } = readEdition('tests/editions/small');
if (!edition) throw new Error('the small edition does not hold');
const scored = scoreAndRank(edition);

describe('the table of corrections', () => {
  it('has a row for each thing that a correction concerns, and one for a correction of nothing in particular', () => {
    const rows = [...(TABLES.find(({ name }) => name === 'corrections')?.rows(scored) ?? [])];
    expect(rows.map(([id, date, kind, , ...concern]) => [id, date, kind, ...concern])).toEqual([
      ['contact-restored', '2026-06-15', 'correction', 'south', 'contact', 'no', 'yes'],
      ['wording', '2026-07-01', 'change', null, null, null, null],
    ]);
  });
});

it('every table gives each row a value for each of its columns', () => {
  for (const { name, columns, rows } of TABLES)
    for (const row of rows(scored)) expect(row, name).toHaveLength(columns.length);
});
