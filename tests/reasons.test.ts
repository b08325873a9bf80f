import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { editionBefore, readEdition } from '#edition/folder';
import { checkEdition } from '#tables/check';
import { smallEdition, temporaryFolder } from './folders.ts';

/** Two editions of a series side by side; in the later one an answer is another. */
function twoYears(note: string): { readonly before: string; readonly after: string } {
  const [beside, small] = [temporaryFolder(), smallEdition()];
  const [before, after] = [join(beside, '2025'), join(beside, '2026')];
  for (const folder of [before, after]) cpSync(small, folder, { recursive: true });
  const change = (folder: string, file: string, from: string | RegExp, to: string) => {
    const text = readFileSync(join(folder, file), 'utf8');
    expect(text).toMatch(from);
    writeFileSync(join(folder, file), text.replace(from, to));
  };
  change(before, 'edition.yaml', /^id: .*$/m, 'id: small-2025');
  change(after, 'edition.yaml', /^id: .*$/m, 'id: small-2026');
  change(
    after,
    'answers.csv',
    'north,accounts,yes,north-accounts,Published every May.',
    `north,accounts,partly,north-accounts,${note}`,
  );
  return { before, after };
}

describe('an answer that changed since the edition before', () => {
  it('is warned of where its reasons did not', async () => {
    const { before, after } = twoYears('Published every May.');
    const { edition } = readEdition(after);
    expect(edition && editionBefore(after, edition.meta)).toBe(before);
    const found = (await checkEdition(after)).problems.filter(({ rule }) => rule === 'reasons-unchanged');
    expect(found).toMatchObject([
      {
        file: 'answers.csv',
        line: 3,
        message: expect.stringContaining(
          '“north” answered yes on “accounts” in “small-2025”, and answers partly now',
        ),
      },
    ]);
    expect((await checkEdition(before)).problems.filter(({ rule }) => rule === 'reasons-unchanged')).toEqual(
      [],
    );
  });

  it('is not where they did', async () => {
    const { after } = twoYears('Published late.');
    expect((await checkEdition(after)).problems.filter(({ rule }) => rule === 'reasons-unchanged')).toEqual(
      [],
    );
  });
});
