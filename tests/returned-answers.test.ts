import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { patchedAnswers, readEdition } from '#edition/folder';
import type { Edition } from '#edition/index';
import { readReturnedAnswers } from '#importers/index';
import { scoreAndRank } from '#scoring/index';
import { exportEdition } from '#tables/index';
import { smallEdition, temporaryFolder } from './folders.ts';

const editionIn = (folder: string): Edition => {
  const { edition, problems } = readEdition(folder);
  if (!edition) throw new Error(JSON.stringify(problems));
  return edition;
};

async function exported(edition: Edition): Promise<string> {
  const folder = temporaryFolder();
  await exportEdition(scoreAndRank(edition), folder, { formats: ['csv', 'xlsx'] });
  return folder;
}

describe('answers that were sent out and come back', () => {
  it.each(['editions/message-privacy/2016', 'editions/example/2026'])(
    'unchanged, nothing has changed: %s',
    async (folder) => {
      const edition = editionIn(folder);
      const out = await exported(edition);
      for (const file of ['edition.xlsx', 'answers.csv']) {
        const { rows, changes, refused } = await readReturnedAnswers(join(out, file), edition);
        expect([changes, refused, rows]).toEqual([[], [], edition.answers.rows.length]);
      }
    },
  );

  it('whatever stands in notes', async () => {
    const folder = smallEdition();
    const before = readFileSync(join(folder, 'answers.csv'), 'utf8');
    const note = fc
      .array(fc.constantFrom('_x0041_', 'a', '\n', '"', ',', ';', '=1+1', "'", '<&>', 'ü', ' ', '_', '🙂'), {
        minLength: 1,
      })
      .map((parts) => `n${parts.join('')}.`);
    await fc.assert(
      fc.asyncProperty(note, async (text) => {
        const [header = [], ...rows] = Papa.parse<string[]>(before.trim()).data;
        const changed = rows.map((row, index) => (index === 1 ? row.with(4, text) : row));
        writeFileSync(
          join(folder, 'answers.csv'),
          `${Papa.unparse([header, ...changed], { newline: '\n' })}\n`,
        );
        const edition = editionIn(folder);
        const out = await exported(edition);
        for (const file of ['edition.xlsx', 'answers.csv'])
          expect((await readReturnedAnswers(join(out, file), edition)).changes).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  const returned = (change: (text: string) => string) => {
    const folder = smallEdition();
    const file = join(temporaryFolder(), 'answers.csv');
    writeFileSync(file, change(readFileSync(join(folder, 'answers.csv'), 'utf8')));
    return { folder, file };
  };

  it('changes are listed with their places, whatever a spreadsheet made of the file', async () => {
    const { folder, file } = returned(
      (text) =>
        `\uFEFF${text.replace('north,accounts,yes,', 'north,accounts,partly,').replaceAll('\n', '\r\n')}`,
    );
    const { changes } = await readReturnedAnswers(file, editionIn(folder));
    expect(changes).toEqual([
      {
        unit: 'north',
        measure: 'accounts',
        column: 'answer',
        was: 'yes',
        is: 'partly',
        place: 'answers.csv, line 3',
      },
    ]);
  });

  it('what the edition does not know is refused, with its place', async () => {
    const { folder, file } = returned((text) =>
      text.replace('north,accounts,yes,', 'north,accounts,Yess,').replace('south,contact,', 'soth,contact,'),
    );
    const { changes, refused } = await readReturnedAnswers(file, editionIn(folder));
    expect(changes).toEqual([]);
    expect(refused).toEqual([
      expect.stringContaining('answers.csv, line 3: “Yess” is no answer to “accounts”'),
      expect.stringContaining('the edition has no answer of “soth” on “contact”'),
    ]);
  });

  it('only the rows that changed are written otherwise, and quotes, citations and own columns stay', () => {
    const folder = smallEdition();
    const before = readFileSync(join(folder, 'answers.csv'), 'utf8');
    const { files, missing } = patchedAnswers(folder, [
      { unit: 'north', measure: 'accounts', answer: 'partly' },
      { unit: 'nobody', measure: 'accounts', answer: 'no' },
    ]);
    expect(files[0]?.after).toBe(before.replace('north,accounts,yes,', 'north,accounts,partly,'));
    expect(missing).toEqual([{ unit: 'nobody', measure: 'accounts', answer: 'no' }]);
  });
});
