import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from './folders.ts';

/** An edition that somebody else made, with links, pipes and devices where files should be; and every command that reads or writes there. */

const MAIN = join(process.cwd(), 'dist/cli/main.js');
const SECRET = 'what only its owner may read or change\n';

function hostile(spoil: (edition: string, outside: string) => void) {
  const folder = temporaryFolder();
  const edition = join(folder, 'edition');
  cpSync('templates/edition', edition, { recursive: true });
  const outside = join(folder, 'outside');
  mkdirSync(outside);
  writeFileSync(join(outside, 'secret'), SECRET);
  writeFileSync(join(folder, 'note.txt'), 'Something to keep, of some length.');
  spoil(edition, outside);
  return { edition, outside, folder };
}

const run = (args: readonly string[], cwd: string) => {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    cwd,
    encoding: 'utf8',
    timeout: 20_000,
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { status, signal, text: stdout + stderr };
};

const COMMANDS: readonly (readonly string[])[] = [
  ['check', 'edition'],
  ['rank', 'edition'],
  ['capture', 'edition', 'note.txt', '--source', 'note'],
  ['quote', 'edition', 'alder-repairs', 'for ten years after it was last sold', '--id', 'again'],
  ['recheck', 'edition', '--source', 'alder-repairs'],
  ['archive', 'verify', 'edition'],
  ['archive', 'head', 'edition', '--vouch'],
  ['archive', 'export', 'edition', '-o', 'out.wacz'],
  ['archive', 'prove', 'edition', 'alder-ten-years'],
  ['export', 'edition', '-o', 'exported'],
  ['build', 'edition', '-o', 'site'],
  ['split', 'edition'],
];

const link = (to: string, path: string) => {
  rmSync(path, { recursive: true, force: true });
  symlinkSync(to, path);
};
const pipe = (path: string) => {
  rmSync(path, { recursive: true, force: true });
  execFileSync('mkfifo', [path]);
};
const moved = (edition: string, outside: string, sub: string) => {
  renameSync(join(edition, sub), join(outside, sub.replaceAll('/', '-')));
  symlinkSync(join(outside, sub.replaceAll('/', '-')), join(edition, sub));
};
const blobIn = (edition: string) => {
  const blobs = join(edition, 'captures/blobs');
  const sub = readdirSync(blobs)[0] ?? '';
  return join(blobs, sub, readdirSync(join(blobs, sub))[0] ?? '');
};
const head = (edition: string) => join(edition, 'ledger/example.head.json');
const ledger = (edition: string) => join(edition, 'ledger/example.jsonl');

const SPOILT: readonly (readonly [string, (edition: string, outside: string) => void])[] = [
  [
    'a head to be written through a link',
    (edition, outside) => link(join(outside, 'secret'), `${head(edition)}.new`),
  ],
  ['a head that is a link', (edition, outside) => link(join(outside, 'secret'), head(edition))],
  ['a head that is a pipe', (edition) => pipe(head(edition))],
  ['a head that never ends', (edition) => link('/dev/zero', head(edition))],
  ['a ledger that is a link', (edition, outside) => link(join(outside, 'secret'), ledger(edition))],
  ['a ledger that is a pipe', (edition) => pipe(ledger(edition))],
  [
    'a ledger that leads to what is not there yet',
    (edition, outside) => link(join(outside, 'made'), join(edition, 'ledger/zzz.jsonl')),
  ],
  [
    'an old ledger that leads outside',
    (edition, outside) => link(join(outside, 'made'), join(edition, 'ledger.jsonl')),
  ],
  ['ledgers in a folder outside', (edition, outside) => moved(edition, outside, 'ledger')],
  [
    'ledgers in a folder that is not there yet',
    (edition, outside) => link(join(outside, 'made'), join(edition, 'ledger')),
  ],
  ['an archive in a folder outside', (edition, outside) => moved(edition, outside, 'captures')],
  ['blobs in a folder outside', (edition, outside) => moved(edition, outside, 'captures/blobs')],
  ['a passing folder outside', (edition, outside) => link(outside, join(edition, 'captures/tmp'))],
  ['letters in a folder outside', (edition, outside) => link(outside, join(edition, 'captures/letters'))],
  ['a blob that is a pipe', (edition) => pipe(blobIn(edition))],
  ['a blob that is a link', (edition, outside) => link(join(outside, 'secret'), blobIn(edition))],
  ['a blob that never ends', (edition) => link('/dev/zero', blobIn(edition))],
  [
    'a lock that is a link',
    (edition, outside) => link(join(outside, 'made'), join(edition, 'captures/lock')),
  ],
  ['a lock that is a pipe', (edition) => pipe(join(edition, 'captures/lock'))],
  [
    'a list of what to ignore that leads outside',
    (edition, outside) => link(join(outside, 'made'), join(edition, 'captures/.gitignore')),
  ],
  ['a list of what to ignore that is a pipe', (edition) => pipe(join(edition, 'captures/.gitignore'))],
  [
    'attributes that lead outside',
    (edition, outside) => link(join(outside, 'made'), join(edition, 'ledger/.gitattributes')),
  ],
  [
    'a new source through a link',
    (edition, outside) => link(join(outside, 'secret'), join(edition, 'sources/note.json.new')),
  ],
  ['sources in a folder outside', (edition, outside) => moved(edition, outside, 'sources')],
  [
    'quotes through a link',
    (edition, outside) => link(join(outside, 'secret'), join(edition, 'quotes/alder-repairs.yaml.new')),
  ],
  ['quotes in a folder outside', (edition, outside) => moved(edition, outside, 'quotes')],
  ['quotes that are a pipe', (edition) => pipe(join(edition, 'quotes/alder-repairs.yaml'))],
  ['answers that never end', (edition) => link('/dev/zero', join(edition, 'answers/alder.csv'))],
  ['answers that are a pipe', (edition) => pipe(join(edition, 'answers/alder.csv'))],
  ['a methodology that is a pipe', (edition) => pipe(join(edition, 'methodology.yaml'))],
  ['reasons that are a pipe', (edition) => pipe(join(edition, 'assessments/alder.md'))],
  ['an edition that is a link to a device', (edition) => link('/dev/tty', join(edition, 'edition.yaml'))],
];

/** What stands outside of the edition, file by file. */
const outsideOf = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => `${name} ${readFileSync(join(folder, name), 'latin1')}`)
    .toSorted();

/** All that commands do with the folder of an edition, one after the other in one process; each must end by itself, with what it says of its own. */
const PROGRAM = `
  import { filesOf, NoEditionError, OutsideError, readEdition, readSourceFiles } from '#edition/folder';
  import * as evidence from '#evidence/index';
  import { checkEdition } from '#evidence/check';
  const folder = 'edition';
  const archive = evidence.openArchive(folder);
  const quote = { id: 'again', source: 'alder-repairs', text: 'ab'.repeat(32), start: 0, end: 1, exact: 'x', prefix: '', suffix: '' };
  const work = {
    check: () => checkEdition(folder),
    read: () => readEdition(folder),
    sources: () => readSourceFiles(folder),
    folder: () => evidence.makeArchiveFolder(folder),
    capture: async () => archive.append((await evidence.captureFiles(archive, 'note', ['note.txt'], { sealed: false })).entry),
    letter: async () => archive.append((await evidence.captureFiles(archive, 'note', ['note.txt'], { sealed: true })).entry),
    source: () => evidence.addSource(folder, { id: 'note', type: 'document', title: 'Note', custom: { kind: 'policy' } }),
    quote: () => evidence.addQuote(folder, quote),
    replace: () => evidence.replaceQuote(folder, { ...quote, id: 'alder-ten-years' }),
    verify: () => evidence.verifyArchive(folder, { allTexts: true }),
    head: () => evidence.writeOneHead(folder, undefined, { vouch: true }),
    prove: () => evidence.proofOf(folder, quote),
    split: () => evidence.splitEdition(folder, { companies: [], services: [] }),
  };
  for (const [name, own] of Object.entries(work))
    try {
      await own();
    } catch (error) {
      const isSaid = error instanceof OutsideError || error instanceof NoEditionError || error.name === 'ArchiveError' ||
        error instanceof evidence.ProofError || 'syscall' in error;
      console.log(isSaid ? 'said' : 'THROWN', name, error.message);
    }
  console.log('ended');
`;

describe('somebody else’s edition writes nothing outside of itself, opens nothing there, and holds nobody up', () => {
  it.each(SPOILT)(
    '%s',
    (_, spoil) => {
      const { outside, folder } = hostile(spoil);
      const before = outsideOf(outside);
      const { stdout, stderr } = spawnSync(
        process.execPath,
        [
          '--conditions=source',
          '--input-type=module',
          '-e',
          PROGRAM.replace(
            "const folder = 'edition'",
            `process.chdir(${JSON.stringify(folder)}); const folder = 'edition'`,
          ),
        ],
        { encoding: 'utf8', timeout: 60_000 },
      );
      expect(stdout + stderr).toContain('ended');
      expect(stdout).not.toContain('THROWN');
      expect(stdout).not.toContain(SECRET.trim());
      expect(outsideOf(outside)).toEqual(before);
    },
    120_000,
  );

  it.each(SPOILT.filter((_, index) => index % 12 === 0))(
    'whatever command is given: %s',
    (_, spoil) => {
      const { edition, outside, folder } = hostile(spoil);
      const before = outsideOf(outside);
      for (const command of COMMANDS) {
        const { status, signal, text } = run(command, folder);
        const said = `assay ${command.join(' ')}\n${text}`;
        expect(signal, said).toBeNull();
        expect([0, 1, 2], said).toContain(status);
        expect(said).not.toMatch(/\n\s+at .*\.js:\d+/); // a stack trace is for programmers
        expect(said).not.toContain(SECRET.trim());
        expect(outsideOf(outside), said).toEqual(before);
      }
      expect(existsSync(edition)).toBe(true);
    },
    120_000,
  );

  it('nor through a second name of a file', () => {
    const { folder, outside, edition } = hostile(() => {});
    const capture = ['capture', 'edition', 'note.txt', '--source', 'note'];
    expect(run(capture, folder).status).toBe(0);
    const own = readdirSync(join(edition, 'ledger')).find(
      (name) => name.endsWith('.jsonl') && name !== 'example.jsonl',
    );
    const path = join(edition, 'ledger', own ?? '');
    linkSync(path, join(outside, 'the-same'));
    const before = outsideOf(outside);
    const { status, text } = run([...capture.slice(0, 4), 'more'], folder);
    expect([status, text]).toEqual([1, expect.stringContaining('hard link')]);
    expect(outsideOf(outside)).toEqual(before);
  });
});
