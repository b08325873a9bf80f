import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { type Imported, importRdr } from '#importers/index';
import { temporaryFolder } from './folders.ts';

/** A release in which something is odd: it costs a remark, and not the release. */

const files = unzipSync(readFileSync('tests/data/rdr-2019.zip'));
const WANTED = ['Apple_Outcome', 'Apple_Sources', 'Google_Outcome', 'Google_Sources', 'Summary_Scores'];

async function release(change: (files: Record<string, string>) => void): Promise<Imported> {
  const own = Object.fromEntries(
    Object.entries(files)
      .filter(([name]) => WANTED.some((wanted) => name.includes(wanted)))
      .map(([name, content]) => [name, strFromU8(content)]),
  );
  change(own);
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(own)) writeFileSync(join(folder, name), text);
  const [one] = await importRdr(folder, () => {});
  if (!one) throw new Error('nothing was imported');
  return one;
}

const said = ({ remarks }: Imported) => remarks.map(({ message }) => message).join('\n');
const companies = ({ edition }: Imported) => edition.companies.map(({ id }) => id);
const name = (own: Record<string, string>, part: string) =>
  Object.keys(own).find((key) => key.includes(part)) ?? '';

describe('a release', () => {
  it('without a list of sources cites the release instead', async () => {
    const one = await release((own) => delete own[name(own, 'Apple_Sources')]);
    expect(companies(one)).toEqual(['apple', 'google']);
    expect(said(one)).toContain('There is no list of sources of “apple”');
    expect(one.edition.answers.rows.citations.filter((cited) => cited === 'release').length).toBeGreaterThan(
      0,
    );
  });

  it('with an odd heading in one list reads what it can', async () => {
    const one = await release((own) => {
      const file = name(own, 'Apple_Sources');
      own[file] = (own[file] ?? '').replace('Document title', 'Dcument titel');
    });
    expect(said(one)).toContain('has no column “Document title”. Did you mean “Dcument titel”?');
    expect(one.edition.sources.some(({ id }) => id.startsWith('apple-'))).toBe(true);
  });

  it('with a table that cannot be read goes on without it', async () => {
    const one = await release((own) => {
      own[name(own, 'Apple_Outcome')] = 'Company,Who\nApple,"never closed\n';
    });
    expect(companies(one)).toEqual(['google']);
    expect(said(one)).toContain('The file is passed over.');
  });

  it('without the summary is compared with less', async () => {
    const one = await release((own) => delete own[name(own, 'Summary_Scores')]);
    expect(companies(one)).toEqual(['apple', 'google']);
    expect(said(one)).toContain('There is no table of summary scores among the files');
  });

  it('says its year by its files, and what becomes of every cell', async () => {
    const one = await release((own) => {
      for (const [file, text] of Object.entries(own)) {
        delete own[file];
        own[file.replace('RDR2019', 'RDR2018')] = text;
      }
    });
    expect(one.edition.meta).toMatchObject({ id: 'rdr-2018', title: 'Ranking Digital Rights Index 2018' });
    for (const { cells, heading, used, passed } of one.accounts)
      expect(heading + used + passed.reduce((sum, own) => sum + own.cells, 0)).toBe(cells);
  });
});
