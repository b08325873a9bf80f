import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RULES } from '#edition/index';
import { checkEdition } from '#evidence/check';
import { smallEdition } from './folders.ts';

/**
 * Each folder of tests/broken holds the files of one mistake (or a few of a kind), laid over tests/editions/small; its expected.txt
 * was read by a person and says what `assay check` must say.
 */
const folders = readdirSync('tests/broken').toSorted();
const seen = new Set<string>();

async function problemsIn(folder: string): Promise<string[]> {
  const { problems } = await checkEdition(folder);
  for (const problem of problems) seen.add(problem.rule);
  return problems.map(
    ({ file, line, column, rule, message }) => `${file}:${line}:${column} ${rule}\n  ${message}`,
  );
}

describe('every mistake gets a message with file, line and column', () => {
  it.each(folders)('%s', async (name) => {
    const folder = smallEdition();
    cpSync(join('tests/broken', name), folder, { recursive: true });
    rmSync(join(folder, 'expected.txt'), { force: true });
    const problems = await problemsIn(folder);
    await expect(`${problems.join('\n')}\n`).toMatchFileSnapshot(`broken/${name}/expected.txt`);
  });

  it('says which needed files are missing', async () => {
    const folder = smallEdition({ 'companies.csv': undefined, 'edition.yaml': undefined });
    const problems = await problemsIn(folder);
    expect(problems).toContain(
      'companies.csv:1:1 missing-file\n  The edition has no companies.csv. Add it; docs/edition-format.md says what it holds.',
    );
    expect(problems).toContain(
      'edition.yaml:1:1 missing-file\n  The edition has no edition.yaml. Add it; docs/edition-format.md says what it holds.',
    );
  });

  it('does not read a file of a gigabyte', async () => {
    const folder = smallEdition();
    truncateSync(join(folder, 'answers.csv'), 2 ** 30);
    expect(await problemsIn(folder)).toContain(
      'answers.csv:1:1 file-too-large\n  The file has 1,024 MiB; at most 400 MiB are read. Split the edition, or look what got into the file.',
    );
  });

  it('follows no link out of the folder', async () => {
    const folder = smallEdition({
      'background.md': undefined,
      assessments: undefined,
      translations: undefined,
    });
    symlinkSync('/etc/hostname', join(folder, 'background.md'));
    symlinkSync('/etc', join(folder, 'assessments'));
    symlinkSync('/etc', join(folder, 'translations'));
    mkdirSync(`${folder}-other`); // begins like the folder, but is another
    writeFileSync(join(`${folder}-other`, 'findings.md'), '# Findings\n');
    rmSync(join(folder, 'findings.md'));
    symlinkSync(join(`${folder}-other`, 'findings.md'), join(folder, 'findings.md'));
    const problems = await problemsIn(folder);
    expect(problems.filter((problem) => problem.includes('outside-folder'))).toEqual([
      'assessments:1:1 outside-folder\n  This is a link that leads out of the edition folder. Put the folder itself here.',
      'background.md:1:1 outside-folder\n  This is a link that leads out of the edition folder. Put the file itself here.',
      'findings.md:1:1 outside-folder\n  This is a link that leads out of the edition folder. Put the file itself here.',
      'translations:1:1 outside-folder\n  This is a link that leads out of the edition folder. Put the folder itself here.',
    ]);
  });

  it('says when a folder, or a link to nowhere, stands in the place of a file', async () => {
    const folder = smallEdition({ 'background.md': undefined, 'published.csv': undefined });
    mkdirSync(join(folder, 'background.md'));
    symlinkSync('nowhere', join(folder, 'published.csv'));
    expect((await problemsIn(folder)).filter((problem) => problem.includes('unreadable-file'))).toHaveLength(
      2,
    );
  });

  it('does not fail on YAML that nests or repeats itself without end', async () => {
    const bomb = `a: &a [x, x, x, x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\nd: &d [*c, *c, *c, *c]\ne: [*d, *d, *d, *d]\n`;
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}\n`;
    for (const content of [bomb, deep, '', '- 1\n', 'null\n', '\t\n']) {
      const problems = await problemsIn(smallEdition({ 'edition.yaml': content }));
      expect(
        problems.filter((problem) => problem.startsWith('edition.yaml')),
        content.slice(0, 40),
      ).not.toEqual([]);
    }
  });

  it('has a broken edition for every rule', () => {
    expect(Object.keys(RULES).filter((rule) => !seen.has(rule))).toEqual([]);
  });
});

it('reports all mistakes of all files at once', async () => {
  const folder = smallEdition({ 'edition.yaml': 'format: 1\n' });
  writeFileSync(join(folder, 'companies.csv'), 'id,name\n');
  const files = new Set((await checkEdition(folder)).problems.map((problem) => problem.file));
  expect([...files]).toEqual(['companies.csv', 'edition.yaml']);
});
