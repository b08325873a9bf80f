import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Output, OutputError } from '../src/site/output.ts';
import { temporaryFolder } from './folders.ts';

/** A folder to write into that somebody else made, with links where files and folders should be. */

const MAIN = join(process.cwd(), 'dist/cli/main.js');
const SMALL = 'tests/editions/small';
const SECRET = 'what only its owner may read or change\n';

function prepared() {
  const folder = temporaryFolder();
  const outside = join(folder, 'outside');
  const out = join(folder, 'out');
  mkdirSync(outside);
  mkdirSync(out);
  writeFileSync(join(outside, 'secret'), SECRET);
  return { folder, outside, out };
}

/** What stands outside, whole. */
const standing = (outside: string) =>
  readdirSync(outside)
    .map((name) => `${name} ${readFileSync(join(outside, name), 'utf8')}`)
    .toSorted();
const UNTOUCHED = [`secret ${SECRET}`];

const run = (args: readonly string[], cwd = process.cwd()) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    cwd,
    encoding: 'utf8',
    timeout: 60_000,
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { status, text: stdout + stderr };
};

const lead = (to: string, path: string) => {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(to, path);
};
const sums = (...paths: readonly string[]) =>
  `# The files of a site built by assay\n${paths.map((path) => `${'0'.repeat(64)}  ${path}\n`).join('')}`;

/** Puts a link into a folder, and says where. */
type Spoil = (out: string, outside: string) => void;

describe('a site written into somebody else’s folder', () => {
  const FILES = ['index.html', 'a/b/page.html', 'SHA256SUMS'];
  const written = (out: string) => {
    const output = new Output(out);
    output.write('index.html', 'one');
    output.write('a/b/page.html', 'two');
    output.writeLast('all.zip', () => Buffer.from('all'));
    return output.finish();
  };

  it.each(['index.html', 'index.html.new', 'a/b/page.html', 'all.zip', 'SHA256SUMS.new'])(
    'replaces a link at %s, and a second name',
    (file) => {
      for (const put of [symlinkSync, linkSync]) {
        const { out, outside } = prepared();
        writeFileSync(join(out, 'SHA256SUMS'), sums('index.html', 'a/b/page.html', 'all.zip'));
        mkdirSync(dirname(join(out, file)), { recursive: true });
        put(join(outside, 'secret'), join(out, file));
        written(out);
        expect(standing(outside)).toEqual(UNTOUCHED);
        expect(readFileSync(join(out, 'a/b/page.html'), 'utf8')).toBe('two');
        for (const own of FILES) expect(lstatSync(join(out, own)).isFile()).toBe(true);
      }
    },
  );

  it.each<readonly [string, Spoil]>([
    ['outside', (out, outside) => lead(outside, join(out, 'a'))],
    ['outside, further in', (out, outside) => lead(outside, join(out, 'a/b'))],
    ['to what is not there yet', (out, outside) => lead(join(outside, 'made'), join(out, 'a'))],
    [
      'to another folder of its own',
      (out) => {
        mkdirSync(join(out, 'c'));
        lead('c', join(out, 'a'));
      },
    ],
  ])('refuses a folder that is a link %s, and removes nothing there', (_, spoil) => {
    for (const listed of ['a/secret', 'a/b/secret', 'other']) {
      const { out, outside } = prepared();
      writeFileSync(join(out, 'SHA256SUMS'), sums(listed));
      spoil(out, outside);
      expect(() => written(out)).toThrow(OutputError);
      expect(standing(outside)).toEqual(UNTOUCHED);
    }
  });

  it.each<readonly [string, Spoil]>([
    [
      'that is a link',
      (out, outside) => {
        writeFileSync(join(outside, 'secret'), sums('index.html') + SECRET);
        lead(join(outside, 'secret'), join(out, 'SHA256SUMS'));
      },
    ],
    ['that never ends', (out) => lead('/dev/zero', join(out, 'SHA256SUMS'))],
  ])('refuses a list of files %s', (_, spoil) => {
    const { out, outside } = prepared();
    spoil(out, outside);
    const before = standing(outside);
    expect(() => written(out)).toThrow(/SHA256SUMS.*(?:link|regular)/);
    expect(standing(outside)).toEqual(before);
  });

  it('removes no more than the files of an earlier build, whatever their list says', () => {
    const { out, outside } = prepared();
    writeFileSync(
      join(out, 'SHA256SUMS'),
      sums('../outside/secret', 'a/../../outside/secret', './.', 'old/x'),
    );
    mkdirSync(join(out, 'old'));
    writeFileSync(join(out, 'old/x'), '');
    expect(written(out).removed).toBe(1);
    expect(existsSync(join(out, 'old'))).toBe(false);
    expect(standing(outside)).toEqual(UNTOUCHED);
    expect(written(out)).toEqual({ files: 3, changed: 0, removed: 0 });
  });
});

describe('commands that write into somebody else’s folder', () => {
  it.each(['report.json', 'report.json.new', 'changes.atom', 'changes.atom.new'])(
    'monitor, with a link at %s',
    (file) => {
      const { folder, out, outside } = prepared();
      cpSync('templates/edition', join(folder, 'edition'), { recursive: true });
      for (const sub of ['captures', 'ledger', 'quotes']) {
        if (existsSync(join(folder, 'edition', sub)))
          renameSync(join(folder, 'edition', sub), join(folder, sub));
      }
      lead(join(outside, 'secret'), join(out, file));
      const { status, text } = run(['monitor', 'edition', '--once', '--no-browser', '-o', 'out'], folder);
      expect(status, text).toBe(0);
      expect(standing(outside)).toEqual(UNTOUCHED);
      expect(readdirSync(out)).toEqual(expect.arrayContaining(['changes.atom', 'report.json']));
    },
  );

  it('export, with links at all that it writes', () => {
    const { out, outside } = prepared();
    const names = (path: string) => readdirSync(path).toSorted();
    const plain = temporaryFolder();
    expect(run(['export', SMALL, '-o', join(plain, 'own')]).status).toBe(0);
    for (const name of names(join(plain, 'own')))
      for (const ending of ['', '.new', '-journal', '-wal'])
        lead(join(outside, 'secret'), join(out, name + ending));
    const { status, text } = run(['export', SMALL, '-o', out]);
    expect(status, text).toBe(0);
    expect(standing(outside)).toEqual(UNTOUCHED);
    for (const name of names(join(plain, 'own')))
      expect(readFileSync(join(out, name)).equals(readFileSync(join(plain, 'own', name))), name).toBe(true);
  }, 120_000);

  it('build', () => {
    const { out, outside } = prepared();
    writeFileSync(join(out, 'SHA256SUMS'), sums('d/secret', 'index.html'));
    lead(outside, join(out, 'd'));
    const { status, text } = run(['build', SMALL, '-o', out]);
    expect([status, text]).toEqual([2, expect.stringContaining('remove the link')]);
    expect(standing(outside)).toEqual(UNTOUCHED);
  }, 60_000);
});

describe('an edition is not written into by what goes out of it', () => {
  const COMMANDS: readonly (readonly [string, (within: string) => readonly string[]])[] = [
    ['build', (within) => ['build', 'edition', '-o', within]],
    ['export', (within) => ['export', 'edition', '-o', within]],
    ['monitor', (within) => ['monitor', 'edition', '--once', '-o', within]],
    ['archive export', (within) => ['archive', 'export', 'edition', '-o', `${within}/a.wacz`]],
    ['archive key', (within) => ['archive', 'key', `${within}/key.pem`]],
  ];
  it.each(
    COMMANDS.flatMap(([name, args]) =>
      ['edition', 'edition/captures', 'way'].map((to) => [name, to, args] as const),
    ),
  )('%s to %s', (_, to, args) => {
    const folder = temporaryFolder();
    cpSync('templates/edition', join(folder, 'edition'), { recursive: true });
    symlinkSync('edition', join(folder, 'way'));
    const before = readdirSync(join(folder, 'edition'), { recursive: true });
    const { status, text } = run(args(to), folder);
    expect([status, text]).toEqual([2, expect.stringMatching(/edition/)]);
    expect(readdirSync(join(folder, 'edition'), { recursive: true })).toEqual(before);
  });

  it('and elsewhere they write', () => {
    const folder = temporaryFolder();
    cpSync('templates/edition', join(folder, 'edition'), { recursive: true });
    for (const line of ['archive export edition -o a.wacz', 'archive key key.pem']) {
      const { status, text } = run(line.split(' '), folder);
      expect(status, text).toBe(0);
    }
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['a.wacz', 'key.pem']));
  });
});
