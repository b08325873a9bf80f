import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeKeyPair } from '#evidence/index';
import { temporaryFolder } from './folders.ts';
import { localServer } from './servers.ts';

/** Two people, two copies of one edition, real git and the real program. */

const MAIN = join(process.cwd(), 'dist/cli/main.js');

const git = (folder: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

const assay = (folder: string, args: string[], env: Record<string, string> = {}) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', ...env },
  });
  return { status, text: stdout + stderr };
};

/** Without stopping this process, in which the pages are served. */
const assayLater = async (folder: string, args: string[], env: Record<string, string> = {}) => {
  const { execFile } = await import('node:child_process');
  return new Promise<string>((done) =>
    execFile(
      process.execPath,
      [MAIN, ...args],
      { cwd: folder, env: { ...process.env, NO_COLOR: '1', ...env } },
      (_, stdout, stderr) => done(stdout + stderr),
    ),
  );
};

const page = (company: string) =>
  `<!doctype html><title>${company}</title><p>${company} never sells your contact list to anybody who asks for it. ${'It says so at some length, as policies do. '.repeat(8)}</p>`;

/** An edition under version control, and two copies of it that belong to two people with a key each. */
async function twoPeople() {
  const server = await localServer({ '/alder': page('Alder'), '/birch': page('Birch') });
  const folder = temporaryFolder();
  const origin = join(folder, 'origin');
  assay(folder, ['new', 'origin/edition']);
  const people = ['alder', 'birch'].map((company) => {
    const { privateKey, publicKey } = makeKeyPair();
    writeFileSync(join(folder, `${company}.pem`), privateKey);
    return { company, publicKey, key: join(folder, `${company}.pem`), copy: join(folder, `of-${company}`) };
  });
  appendFileSync(
    join(origin, 'edition/edition.yaml'),
    `signed-by:\n${people.map(({ publicKey }) => `  - ${publicKey}\n`).join('')}`,
  );
  assay(origin, ['archive', 'head', 'edition', '--vouch'], { ASSAY_KEY: people[0]?.key ?? '' });
  git(origin, 'init', '-q', '-b', 'main');
  git(origin, 'add', '-A');
  git(origin, 'commit', '-qm', 'begin');
  for (const { copy } of people) git(folder, 'clone', '-q', origin, copy);
  return { server, folder, people };
}

describe('two people who work on two copies at once', () => {
  it('join them with git: no conflict, nothing captured again, both signatures hold', async () => {
    const { server, folder, people } = await twoPeople();
    for (const { company, key, copy } of people) {
      const env = { ASSAY_KEY: key };
      const address = `${server.url}/${company}`;
      await assayLater(
        copy,
        ['capture', 'edition', address, '--source', `${company}-policy`, '--allow-host', server.host],
        env,
      );
      const passage = 'never sells your contact list to anybody who asks for it';
      assay(copy, ['quote', 'edition', `${company}-policy`, passage, '--id', `${company}-list`], env);
      writeFileSync(
        join(folder, `${company}.eml`),
        `From: a@${company}.example\r\nSubject: Parts\r\nDate: Tue, 3 Mar 2026 10:00:00 +0000\r\n\r\nWe keep parts for twelve years.\r\n`,
      );
      assay(
        copy,
        ['capture', 'edition', join(folder, `${company}.eml`), '--source', `${company}-letter`],
        env,
      );
      const answers = join(copy, `edition/answers/${company}.csv`);
      const row = new RegExp(`^${company},years-stated,.*$`, 'm');
      writeFileSync(
        answers,
        readFileSync(answers, 'utf8').replace(
          row,
          `${company},years-stated,yes,${company}-policy#${company}-list,Looked at again.`,
        ),
      );
      mkdirSync(join(copy, 'edition/correspondence'), { recursive: true });
      writeFileSync(
        join(copy, `edition/correspondence/${company}.csv`),
        `company,date,direction,kind,round,about,outcome,source\n${company},2026-03-03,received,email,1,Parts,Answered.,${company}-letter\n`,
      );
      git(copy, 'add', '-A');
      git(copy, 'commit', '-qm', `the work on ${company}`);
    }
    const [first, second] = people;
    if (!first || !second) throw new Error('two people');
    git(first.copy, 'pull', '-q', '--no-rebase', '--no-edit', second.copy, 'main');
    expect(git(first.copy, 'status', '--porcelain')).toBe('');

    const verified = assay(first.copy, ['archive', 'verify', 'edition', '--json']);
    expect(verified.status, verified.text).toBe(0);
    expect(JSON.parse(verified.text)).toMatchObject({
      flaws: [],
      captures: 6,
      quotes: 6,
      signed: true,
      open: 0,
    });
    expect(assay(first.copy, ['check', 'edition']).text).toContain('no errors');
    const again = await assayLater(
      first.copy,
      ['capture', 'edition', '--missing', '--allow-host', server.host],
      {
        ASSAY_KEY: first.key,
      },
    );
    expect(again).not.toMatch(/captured +(?:alder|birch)-policy/);

    // A release has one head, which fixes the work of both; what is printed then can be held against it ever after.
    const head = assay(first.copy, ['archive', 'head', 'edition', '--json'], { ASSAY_KEY: first.key });
    const printed = (JSON.parse(head.text) as { head: string }).head;
    expect(printed).toMatch(/^[0-9a-f]{64}$/);
    expect(assay(first.copy, ['archive', 'verify', 'edition', '--head', printed]).status).toBe(0);
    // The other goes on in the meantime, and takes the joined work over.
    git(first.copy, 'add', '-A');
    git(first.copy, 'commit', '-qm', 'one head');
    await assayLater(
      second.copy,
      ['capture', 'edition', `${server.url}/alder`, '--source', 'alder-again', '--allow-host', server.host],
      { ASSAY_KEY: second.key },
    );
    git(second.copy, 'add', '-A');
    git(second.copy, 'commit', '-qm', 'more');
    git(second.copy, 'pull', '-q', '--no-rebase', '--no-edit', first.copy, 'main');
    expect(assay(second.copy, ['archive', 'verify', 'edition', '--head', printed]).text).toContain(
      'everything holds',
    );
    // The ledger of one person, which that of the other has seen, cannot be taken out without a word.
    const seen = readdirSync(join(second.copy, 'edition/ledger')).find(
      (name) =>
        name.endsWith('.jsonl') &&
        readFileSync(join(second.copy, 'edition/ledger', name), 'utf8').includes('birch-policy'),
    );
    git(second.copy, 'rm', '-q', `edition/ledger/${seen}`);
    expect(assay(second.copy, ['archive', 'verify', 'edition']).text).toMatch(
      /has seen .* that is not there/,
    );
  }, 120_000);

  it('who change one cell get an ordinary conflict, which check names in one line', async () => {
    const { people } = await twoPeople();
    const [first, second] = people;
    if (!first || !second) throw new Error('two people');
    for (const [{ copy }, answer] of [
      [first, 'yes'],
      [second, 'not-assessed'],
    ] as const) {
      const answers = join(copy, 'edition/answers/birch.csv');
      writeFileSync(answers, readFileSync(answers, 'utf8').replace(/^(birch,manual),.*$/m, `$1,${answer},,`));
      git(copy, 'commit', '-qam', answer);
    }
    expect(() => git(first.copy, 'pull', '-q', '--no-rebase', second.copy, 'main')).toThrow();
    const { status, text } = assay(first.copy, ['check', 'edition']);
    expect(status).toBe(1);
    expect(text.match(/^edition\/|^answers\/birch\.csv:\d+/gm)).toHaveLength(1);
    expect(text).toMatch(/answers\/birch\.csv:\d+:1 {2}error merge/);
  }, 60_000);

  it('on one copy with two branches do not share a ledger', async () => {
    const { server, people } = await twoPeople();
    const [{ copy, key } = { copy: '', key: '' }] = people;
    const capture = (company: string) =>
      assayLater(copy, ['capture', 'edition', `${server.url}/${company}`, '--allow-host', server.host], {
        ASSAY_KEY: key,
      });
    const commit = (message: string) => {
      git(copy, 'add', '-A');
      git(copy, 'commit', '-qm', message);
    };
    await capture('alder');
    commit('one');
    git(copy, 'checkout', '-qb', 'side', 'HEAD~1');
    await capture('birch');
    commit('other');
    git(copy, 'checkout', '-q', 'main');
    await capture('birch');
    commit('one more');
    git(copy, 'rm', '-q', '-r', '--cached', '.');
    git(copy, 'reset', '-q', '--hard');
    git(copy, 'merge', '-q', '--no-edit', '-X', 'ours', 'side');
    const verified = assay(copy, ['archive', 'verify', 'edition']);
    expect(verified.text).toContain('everything holds');
    expect(readdirSync(join(copy, 'edition/ledger')).filter((name) => name.endsWith('.jsonl'))).toHaveLength(
      3,
    );
  }, 60_000);
});
