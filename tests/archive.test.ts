import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSourceFiles } from '#edition/folder';
import {
  captureFiles,
  checkProof,
  makeArchiveFolder,
  makeKeyPair,
  openArchive,
  planRedaction,
  proofOf,
  quotesAfterRedaction,
  redactCaptures,
  verifyArchive,
  writeHead,
} from '#evidence/index';
import { temporaryFolder } from './folders.ts';

const EXAMPLE = 'editions/example/2026';
const example = (): string => {
  const folder = join(temporaryFolder(), 'edition');
  cpSync(EXAMPLE, folder, { recursive: true });
  return folder;
};
const sourcesOf = (folder: string) => {
  const files = readSourceFiles(folder);
  if (!('sources' in files)) throw new Error(files[0]?.message);
  return files;
};
/** The edition with this key as the one that signs for it. */
const signers = (key: string) => ({ edition: 'example-2026', signers: [key] });
const flawsOf = async (folder: string, options = {}) => {
  const { flaws } = await verifyArchive(folder, { quotes: sourcesOf(folder).quotes, ...options });
  return flaws.map(({ of, message }) => `${of}: ${message}`);
};
const ledger = (folder: string) => join(folder, 'ledger.jsonl');
const lines = (folder: string) => readFileSync(ledger(folder), 'utf8').trimEnd().split('\n');
const rewrite = (folder: string, change: (lines: string[]) => string[]) =>
  writeFileSync(
    ledger(folder),
    change(lines(folder))
      .map((line) => `${line}\n`)
      .join(''),
  );

/** What the command does with lines of a letter. */
async function redactLines(
  folder: string,
  source: string,
  lines: [number, number],
  reason: string,
): Promise<number> {
  const archive = openArchive(folder);
  return redactCaptures(
    archive,
    source,
    await planRedaction(archive, sourcesOf(folder).evidence, source, lines),
    reason,
  );
}

describe('the archive of the example', () => {
  it('holds, with all its quotes', async () => {
    const report = await verifyArchive(EXAMPLE, { quotes: sourcesOf(EXAMPLE).quotes });
    expect(report).toMatchObject({
      flaws: [],
      entries: 5,
      captures: 5,
      quotes: 8,
      strays: 0,
      halfLine: false,
    });
  });

  it('needs nothing that is not in its folder', async () => {
    const folder = example();
    expect(await flawsOf(folder)).toEqual([]);
    expect(existsSync(join(folder, 'captures/lock'))).toBe(false);
  });
});

/** The entries of the ledger that this copy of the edition has begun. */
const ownLines = (folder: string) => {
  const name = readdirSync(join(folder, 'ledger')).find((own) => own.endsWith('.jsonl')) ?? '';
  return {
    file: join(folder, 'ledger', name),
    lines: readFileSync(join(folder, 'ledger', name), 'utf8')
      .trimEnd()
      .split('\n'),
  };
};

describe('tampering is found and named', () => {
  it.each<[string, (folder: string) => void, RegExp]>([
    [
      'an entry changed',
      (folder) => rewrite(folder, (own) => own.with(1, (own[1] ?? '').replace('"ok"', '"error"'))),
      /line 3: .*line 2 was changed/,
    ],
    [
      'the last entry changed',
      (folder) => rewrite(folder, (own) => own.with(4, (own[4] ?? '').replace('"ok"', '"error"'))),
      /entry 4 is not the one that the head fixes/,
    ],
    [
      'an entry deleted',
      (folder) => rewrite(folder, (own) => own.toSpliced(2, 1)),
      /line 3: .*number 3 where 2 belongs.*deleted/,
    ],
    [
      'the first entry deleted',
      (folder) => rewrite(folder, (own) => own.slice(1)),
      /line 1: .*number 1 where 0 belongs/,
    ],
    [
      'the order changed',
      (folder) => rewrite(folder, (own) => [own[1] ?? '', own[0] ?? '', ...own.slice(2)]),
      /line 1: .*order was changed/,
    ],
    [
      'the end cut off',
      (folder) => rewrite(folder, (own) => own.slice(0, 3)),
      /has 3 entries where the head says 5: 2 were cut off/,
    ],
    ['everything cut off', (folder) => rewrite(folder, () => []), /0 entries where the head says 5/],
    [
      'an entry doubled',
      (folder) => rewrite(folder, (own) => [...own.slice(0, 2), own[1] ?? '', ...own.slice(2)]),
      /line 3: .*number 1 where 2 belongs/,
    ],
    [
      'white space put in',
      (folder) => rewrite(folder, (own) => own.with(4, (own[4] ?? '').replace('{', '{ '))),
      /canonical form/,
    ],
    ['nonsense put in', (folder) => rewrite(folder, (own) => [...own, 'nonsense']), /line 6: it is no entry/],
  ])('%s', async (_, tamper, message) => {
    const folder = example();
    tamper(folder);
    const { flaws } = await verifyArchive(folder, { quotes: [] });
    expect(flaws.map(({ of, message: own }) => `${of}: ${own}`).join('\n')).toMatch(message);
  });

  it('a head that was taken away, or is none', async () => {
    const folder = example();
    rmSync(join(folder, 'captures/head.json'));
    expect(await verifyArchive(folder)).toMatchObject({ flaws: [], open: 5, signed: false });
    writeFileSync(join(folder, 'captures/head.json'), '{}');
    expect(await flawsOf(folder)).toEqual([expect.stringContaining('holds no head')]);
  });

  it('a ledger that was cut together with its head, by the head that was printed', async () => {
    const folder = example();
    const printed = (await verifyArchive(folder)).head ?? '';
    expect(await flawsOf(folder, { printed })).toEqual([]);
    rewrite(folder, (own) => own.slice(0, 3));
    rmSync(join(folder, 'captures/head.json'));
    await writeHead(folder, undefined, { vouch: true });
    expect((await verifyArchive(folder)).flaws).toEqual([]);
    expect((await verifyArchive(folder, { printed })).flaws).toEqual([
      expect.objectContaining({ message: expect.stringContaining('that was printed') }),
    ]);
  });

  it('a blob that was changed, or is gone', async () => {
    const folder = example();
    const [entry] = lines(folder).map((line) => JSON.parse(line) as { text: string; manifest: string });
    const blob = (hash = '') => join(folder, 'captures/blobs', hash.slice(0, 2), hash);
    writeFileSync(blob(entry?.text), readFileSync(blob(entry?.text), 'utf8').replace('30', '90'));
    expect(await flawsOf(folder)).toContainEqual(
      expect.stringMatching(/capture 0 of “heron-privacy”: its text: .* was changed/),
    );
    rmSync(blob(entry?.manifest));
    expect(await flawsOf(folder)).toContainEqual(
      expect.stringMatching(/capture 0 of “heron-privacy”: its manifest: .* not in the archive/),
    );
  });

  it('a line of a letter', async () => {
    const folder = example();
    const letters = join(folder, 'captures/letters');
    const file = join(letters, readdirSync(letters)[0] ?? '');
    writeFileSync(file, readFileSync(file, 'utf8').replace('only after a court', 'whenever a clerk'));
    expect(await flawsOf(folder)).toContainEqual(expect.stringContaining('a line of the letter was changed'));
  });

  it('a quote that was changed by hand', async () => {
    const folder = example();
    const quotes = join(folder, 'quotes.yaml');
    writeFileSync(
      quotes,
      readFileSync(quotes, 'utf8').replace('exact: We do not share', 'exact: We do now share'),
    );
    expect(await flawsOf(folder)).toEqual([
      'quote “heron-no-sharing”: the text of the capture has something else in its place',
    ]);
  });

  it('another key, and another signature', async () => {
    const folder = example();
    const [own, other] = [makeKeyPair(), makeKeyPair()];
    await writeHead(folder, own.privateKey, { vouch: true });
    expect(await flawsOf(folder, { signed: signers(own.publicKey) })).toEqual([]);
    expect(await verifyArchive(folder, { signed: signers(own.publicKey) })).toMatchObject({ signed: true });
    rmSync(join(folder, 'captures/head.json'));
    await writeHead(folder, other.privateKey, { vouch: true });
    expect(await flawsOf(folder, { signed: signers(own.publicKey) })).toEqual([
      expect.stringContaining('signed by another key'),
    ]);
    const head = join(folder, 'captures/head.json');
    const text = readFileSync(head, 'utf8').replace(other.publicKey, own.publicKey);
    writeFileSync(head, text);
    expect(await flawsOf(folder, { signed: signers(own.publicKey) })).toEqual([
      expect.stringContaining('its signature is not of this head'),
    ]);
    rmSync(head);
    await writeHead(folder, undefined, { vouch: true });
    expect(await flawsOf(folder, { signed: signers(own.publicKey) })).toEqual([
      expect.stringContaining('not signed'),
    ]);
  });
});

describe('a proof of one quote', () => {
  it('holds without the archive, and breaks with any change', async () => {
    const quote = sourcesOf(EXAMPLE).quotes.find(({ id }) => id === 'heron-no-sharing');
    if (!quote) throw new Error('no quote');
    const proof = JSON.stringify(await proofOf(EXAMPLE, quote));
    const root = (await verifyArchive(EXAMPLE)).ledgers[0]?.head?.root;
    expect(checkProof(proof, root)).toMatchObject({ holds: true, source: 'heron-privacy', shown: true });
    expect(checkProof(proof, 'f'.repeat(64))).toMatchObject({
      holds: false,
      why: expect.stringContaining('another than the one that was printed'),
    });
    for (const [from, to] of [
      ['We do not share your data', 'We do now share your data'],
      ['"index":0', '"index":1'],
      ['"method":"fetch"', '"method":"file"'],
      ['\\"verdict\\":\\"ok\\"', '\\"verdict\\":\\"error\\"'],
    ] as const) {
      expect(proof).toContain(from);
      expect(checkProof(proof.replaceAll(from, to), root).holds, from).toBe(false);
    }
    expect(checkProof('nonsense')).toEqual({ holds: false, why: 'the file is no proof' });
  });

  it('of a letter too', async () => {
    const quote = sourcesOf(EXAMPLE).quotes.find(({ id }) => id === 'heron-court');
    expect(checkProof(JSON.stringify(await proofOf(EXAMPLE, quote as never))).holds).toBe(true);
  });
});

describe('a letter', () => {
  it('can lose lines for ever, and the ledger stays valid', async () => {
    const folder = example();
    expect(await redactLines(folder, 'heron-letter', [12, 12], 'It names a person.')).toBe(1);
    await writeHead(folder);
    // What quotes keep around them was taken out as well.
    const { quotes } = sourcesOf(folder);
    const letter = quotes.find(({ id }) => id === 'heron-court');
    const { captures } = sourcesOf(folder).evidence;
    const sealed = captures.find(({ source }) => source === 'heron-letter');
    const archive = openArchive(folder);
    const text = await archive.text(await archive.manifest(sealed?.manifest ?? ''));
    expect(letter?.suffix).toContain('If you have mo');
    const { changed } = quotesAfterRedaction(quotes, letter?.text ?? '', text);
    const left = quotes.map((quote) => changed.find(({ id }) => id === quote.id) ?? quote);
    expect((await verifyArchive(folder, { quotes: left })).flaws).toEqual([]);
    const kept = readdirSync(join(folder, 'captures'), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\/[0-9a-f]{64}(?:\.json)?$/.test(file))
      .map((file) => readFileSync(join(folder, 'captures', file), 'utf8'))
      .join('\n');
    expect(kept).not.toContain('Robin Reed');
    expect(kept).toContain('only after a court');
    expect(ownLines(folder).lines.at(-1)).toContain('"reason":"It names a person."');
  });

  it('that was captured more than once loses the same words everywhere, wherever they stand', async () => {
    const folder = example();
    const archive = openArchive(folder);
    const file = join(folder, '..', 'again.txt');
    for (const text of [
      'On our letterhead\nRobin Reed\nWe answer courts.\n',
      'We answer courts.\n\n  Robin Reed  \n',
    ]) {
      writeFileSync(file, text);
      archive.append((await captureFiles(archive, 'other-letter', [file], { sealed: true })).entry);
    }
    expect(await redactLines(folder, 'other-letter', [3, 3], 'It names a person.')).toBe(2);
    const texts = sourcesOf(folder).evidence.captures.filter(({ source }) => source === 'other-letter');
    const left = await Promise.all(
      texts.map(async ({ manifest }) => archive.text(await archive.manifest(manifest))),
    );
    expect(left).toEqual([
      'On our letterhead\n██████████\nWe answer courts.\n',
      'We answer courts.\n\n██████████████\n',
    ]);
    expect(await flawsOf(folder)).toEqual([]);
  });

  it('cannot lose them in silence', async () => {
    const folder = example();
    await redactLines(folder, 'heron-letter', [12, 12], 'It names a person.');
    rmSync(join(folder, 'ledger'), { recursive: true });
    expect(await flawsOf(folder)).toContainEqual(expect.stringContaining('the ledger does not say so'));
  });

  it('loses the quote that stood in a line taken out', async () => {
    const folder = example();
    await redactLines(folder, 'heron-letter', [9, 9], 'Asked for.');
    await writeHead(folder);
    expect(await flawsOf(folder)).toEqual([
      expect.stringContaining('quote “heron-court”: the text of the capture has something else'),
    ]);
  });
});

describe('whatever happens while something is captured', () => {
  const empty = async () => {
    const folder = example();
    rmSync(ledger(folder));
    rmSync(join(folder, 'captures'), { recursive: true });
    rmSync(join(folder, 'quotes.yaml'));
    makeArchiveFolder(folder);
    return folder;
  };
  /** A program that captures one file after the other and says each number once it is acknowledged. */
  const program = (folder: string, name: string, many: number) => `
    import { writeFileSync } from 'node:fs';
    import { captureFiles, openArchive, writeHead } from '#evidence/index';
    const archive = openArchive(${JSON.stringify(folder)});
    for (let number = 0; number < ${many}; number++) {
      const file = ${JSON.stringify(join(folder, '..', name))} + number + '.txt';
      writeFileSync(file, ${JSON.stringify(name)} + number + ' ' + 'x'.repeat(20000));
      const { entry } = await captureFiles(archive, 'heron-privacy', [file], { sealed: false });
      archive.append(entry);
      process.stdout.write(number + '\\n');
    }
    await writeHead(${JSON.stringify(folder)});
  `;
  const run = (source: string) => ['--conditions=source', '--input-type=module', '-e', source];

  it('a process killed at any moment loses nothing that was acknowledged', async () => {
    const folder = await empty();
    let acknowledged = 0;
    for (const after of [0, 3, 8, 15]) {
      const child = spawn(process.execPath, run(program(folder, `k${after}-`, 1000)), {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await new Promise<void>((done) => {
        child.stdout.on('data', (text: Buffer) => {
          const count = text.toString().split('\n').length - 1;
          acknowledged += count;
          if (Number(text.toString().trim().split('\n').at(-1)) >= after) child.kill('SIGKILL');
        });
        child.on('close', () => done());
      });
    }
    // A half-written line, as a fall of the power would leave it.
    const { file } = ownLines(folder);
    writeFileSync(file, `${readFileSync(file, 'utf8')}{"kind":"capt`);
    const interrupted = await verifyArchive(folder);
    expect(interrupted.captures).toBeGreaterThanOrEqual(acknowledged);
    expect(interrupted.halfLine).toBe(true);
    expect(interrupted.flaws).toEqual([]);
    // The next run goes on, and makes it whole.
    expect(spawnSync(process.execPath, run(program(folder, 'next', 1))).status).toBe(0);
    const after = await verifyArchive(folder);
    expect(after).toMatchObject({ flaws: [], captures: interrupted.captures + 1, halfLine: false });
  }, 60_000);

  it('two processes that capture at once both get their entries in', async () => {
    const folder = await empty();
    const children = ['a', 'b', 'c'].map((name) =>
      spawn(process.execPath, run(program(folder, name, 40)), { stdio: 'ignore' }),
    );
    const codes = await Promise.all(children.map((child) => new Promise((done) => child.on('close', done))));
    expect(codes).toEqual([0, 0, 0]);
    expect(await verifyArchive(folder)).toMatchObject({ flaws: [], captures: 120, entries: 120 });
  }, 60_000);

  it('a disk that is full is said, and leaves an archive that holds', async () => {
    const folder = await empty();
    const file = join(folder, '..', 'note.txt');
    writeFileSync(file, 'Something to keep.');
    const archive = openArchive(folder);
    const { entry } = await captureFiles(archive, 'heron-privacy', [file], { sealed: false });
    archive.append(entry);
    // The ledger may not grow beyond what it has: any write past it fails as on a full disk (EFBIG instead of ENOSPC).
    const more = spawnSync(
      'bash',
      [
        '-c',
        `ulimit -f 1; trap '' XFSZ; exec "$0" "$@"`,
        process.execPath,
        ...run(program(folder, 'full', 1)),
      ],
      { encoding: 'utf8' },
    );
    expect(more.status).not.toBe(0);
    await writeHead(folder);
    expect(await verifyArchive(folder)).toMatchObject({ flaws: [], captures: 1, halfLine: false });
    expect(readdirSync(join(folder, 'captures/tmp'))).toEqual([]);
  });

  it('a folder in the place of a blob, or no right to write, is an error and no capture', async () => {
    const folder = await empty();
    writeFileSync(join(folder, 'captures/blobs'), 'in the way');
    const file = join(folder, '..', 'note.txt');
    writeFileSync(file, 'Something to keep.');
    await expect(
      captureFiles(openArchive(folder), 'heron-privacy', [file], { sealed: false }),
    ).rejects.toThrow(/EEXIST|ENOTDIR/);
    expect(existsSync(join(folder, 'ledger'))).toBe(false);
    writeFileSync(join(folder, 'ledger'), 'in the way');
    rmSync(join(folder, 'captures/blobs'));
    const { entry } = await captureFiles(openArchive(folder), 'heron-privacy', [file], { sealed: false });
    expect(() => openArchive(folder).append(entry)).toThrow(/ENOTDIR|EEXIST/);
  });
});
