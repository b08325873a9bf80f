import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEdition } from '#edition/folder';
import { explain, rankingOf, scoreAndRank } from '#scoring/index';
import { buildSite } from '#site/index';
import { checkEdition } from '#tables/check';
import { exportEdition } from '#tables/index';
import { smallEdition, temporaryFolder } from './folders.ts';

/**
 * Words that every object of JavaScript has something under. An edition may use them for anything it names; whatever is asked of it, the
 * answer is the same as with other words.
 */
const INHERITED = [
  'constructor',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '__proto__',
  '__defineGetter__',
  'isPrototypeOf',
];
/** Lower-case words joined by hyphens: of the inherited ones, ids can only be this. */
const ID = 'constructor';
const IDS =
  'north south north-ferry south-bus total safety drills boats lifeboats openness accounts contact level yes-partly-no harbour-report north-accounts'.split(
    ' ',
  );
const WORDS = ['partly', 'enough', 'too-few', 'ferry', 'bus', 'passengers a day'];

/** So that there are texts by id to look into, and none for most. */
const TRANSLATED = `
scales:
  level:
    "0": { name: Rien }
measures:
  safety: { name: Sécurité }
companies:
  south: { name: Ligne du sud }
services:
  south-bus: { name: Car du sud }
answers:
  south:
    contact: Sous un jour.
`;

/** The small edition with one word for another, wherever it stands. */
function renamed(from: string, to: string): string {
  const folder = smallEdition();
  const french = join(folder, 'translations/fr.yaml');
  writeFileSync(french, readFileSync(french, 'utf8') + TRANSLATED);
  for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const path = join(file.parentPath, file.name);
    writeFileSync(path, replaced(readFileSync(path, 'utf8'), from, to));
  }
  return folder;
}
const replaced = (text: string, from: string, to: string) =>
  text.replace(new RegExp(`(?<![\\w-])${from}(?![\\w-])`, 'g'), to);

/** A word that is quoted alike and as long, so that columns in messages are the same, and that nothing inherits. */
const neutralFor = (word: string) => 'zz-other'.padEnd(word.length, 'r').slice(0, word.length);

async function everythingOf(folder: string): Promise<string> {
  const { problems, claims } = await checkEdition(folder);
  const { edition } = readEdition(folder);
  if (!edition) return JSON.stringify(problems);
  const scored = scoreAndRank(edition);
  const explained = edition.companies.map(({ id }) =>
    explain(edition, scored.scores, id, edition.methodology.ranking.measure),
  );
  const out = temporaryFolder();
  await exportEdition(scored, out, { formats: ['csv', 'json'] });
  const files = readdirSync(out)
    .filter((file) => /csv$|edition.json/.test(file))
    .map((file) => readFileSync(join(out, file), 'utf8'));
  return JSON.stringify([problems, claims, rankingOf(scored), explained, files]);
}

describe('names that every object has', () => {
  it('are names like others, for ids, answers and kinds: check, ranking, explanations and exports are the same', async () => {
    const cases = fc.oneof(
      fc.record({ from: fc.constantFrom(...IDS), to: fc.constant(ID) }),
      fc.record({ from: fc.constantFrom(...WORDS), to: fc.constantFrom(...INHERITED) }),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ({ from, to }) => {
        const neutral = neutralFor(to);
        const [own, other] = [
          await everythingOf(renamed(from, to)),
          await everythingOf(renamed(from, neutral)),
        ];
        const sorted = (text: string) => [...text].toSorted().join('');
        expect(sorted(own.replaceAll(to, neutral))).toBe(sorted(other));
      }),
      { numRuns: 6 },
    );
  });

  it.each(['drills', 'north', 'accounts', 'yes-partly-no'])(
    'and the site is the same where “%s” is called so',
    async (from) => {
      const pages = async (to: string) => {
        const { edition } = readEdition(renamed(from, to));
        if (!edition) throw new Error('the edition does not hold');
        const out = temporaryFolder();
        await buildSite(out, { scored: scoreAndRank(edition), claims: [], languages: ['fr'] });
        return readdirSync(out, { recursive: true, withFileTypes: true })
          .filter((file) => file.name.endsWith('.html') && file.name !== 'data.html')
          .map((file) =>
            readFileSync(join(file.parentPath, file.name), 'utf8').replaceAll(to, neutralFor(ID)),
          )
          .toSorted();
      };
      expect(await pages(ID)).toEqual(await pages(neutralFor(ID)));
    },
  );
});
