import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEdition, writeEdition } from '#edition/folder';
import { isError } from '#edition/index';
import { agreements, draftTables, type Imported, importTables } from '#importers/index';
import { scoreAndRank } from '#scoring/index';
import { temporaryFolder } from './folders.ts';

/** A first mapping, made by looking: what it says can be imported as it stands. */
async function drafted(folder: string): Promise<{ readonly mapping: string; readonly one: Imported }> {
  const tables = readdirSync(folder).filter(
    (name) => /\.(?:csv|xlsx|ods)$/.test(name) && !name.startsWith('~'),
  );
  const mapping = await draftTables(tables.map((name) => join(folder, name)));
  const file = join(temporaryFolder(), 'mapping.yaml');
  writeFileSync(file, mapping);
  const [one] = await importTables(folder, file, () => {});
  if (!one) throw new Error('nothing was imported');
  return { mapping, one };
}

const figures = ({ edition }: Imported) =>
  agreements(scoreAndRank(edition)).map(({ where, matched, checked }) => `${where} ${matched}/${checked}`);

describe('a draft of a mapping', () => {
  it.each(
    [
      'csv-footer',
      'csv-preamble',
      'csv-zero-comma',
      'lockfile',
      'rank-bands',
      'xlsx-dates',
      'xlsx-decimal-comma',
      'xlsx-float',
      'xlsx-formula-uncached',
      'xlsx-hidden',
      'xlsx-links-and-comments',
      'xlsx-merged',
      'xlsx-percent-mixed',
      'xlsx-row-numbers',
      'xlsx-sheet-name',
      'xlsx-tie-noise',
      'xlsx-transposed',
    ]
      .map((name) => `tests/tables/${name}/in`)
      .concat('examples/councils', 'examples/coverage'),
  )('%s becomes an edition that holds', async (folder) => {
    const { one } = await drafted(folder);
    const written = temporaryFolder();
    writeEdition(one.edition, written);
    expect(readEdition(written).problems.filter(isError)).toEqual([]);
    expect(one.edition.answers.rows.length).toBeGreaterThan(0);
  });

  it('finds the rule of the totals, and what each sheet is', async () => {
    const { mapping } = await drafted('tests/tables/xlsx-links-and-comments/in');
    for (const line of [
      'combine: sum } # gives 8 of 8 of the column “Total /24”',
      '{ answer: partial, points: 1, name: Partial }',
      'skip: 2 # rows above the heading',
      'unit: Provider # 8 different texts in 8 rows',
      'headquarters: HQ',
      '# Left out, since it asks the same as a table above: perhaps another rater’s',
      '# Left out, since only 2 of the 8 units of the first table stand in it',
      'position: Rank # it is called “Rank”',
      '- { id: encryption, parent: total, name: Encryption, combine: sum }',
      'parent: encryption, name: "E2E by default?"',
      'encryption: Encryption',
      'values: { N/A: not-applicable }',
    ])
      expect(mapping).toContain(line);
  });

  it.each([
    ['csv-preamble', 't.csv, totals 2/2'],
    ['xlsx-merged', 't.xlsx, totals 2/2'],
    ['xlsx-hidden', 't.xlsx, totals 2/2'],
    ['rank-bands', 't.csv, positions 4/4'],
  ])('%s: published figures come out', async (name, expected) => {
    expect(figures((await drafted(`tests/tables/${name}/in`)).one)).toContain(expected);
  });

  it('long rows, with the lists of units and questions beside them', async () => {
    const { mapping, one } = await drafted('examples/councils');
    for (const line of [
      'measure: Q # the same 4 texts',
      'id: Q # what the rows',
      'weight: Weight',
      'name: Council',
      'group: Type',
    ])
      expect(mapping).toContain(line);
    expect(one.edition.companies.map(({ name }) => name)).toContain('Bay Town');
  });

  it('says it where there is no table', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 't.csv'), 'only one\ncolumn\n');
    await expect(draftTables([join(folder, 't.csv')])).rejects.toThrow('“t.csv”: no table was found');
    await expect(draftTables(['tests/tables/xls-biff/in/t.xls'])).rejects.toThrow(
      'in an old or binary format',
    );
  });
});
