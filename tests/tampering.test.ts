import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSourceFiles, signedOf } from '#edition/folder';
import { labeller, type Quote } from '#edition/index';
import {
  addQuote,
  addSource,
  canonicalJson,
  captureFiles,
  checkProof,
  makeKeyPair,
  openArchive,
  planRedaction,
  proofOf,
  quotePassage,
  redactCaptures,
  UnfitError,
  verifyArchive,
  writeHead,
} from '#evidence/index';
import { sha256 } from '../src/evidence/archive/hash.ts';
import { temporaryFolder } from './folders.ts';

/** A keyholder’s archive, and somebody without the key who may write into its folder. */

const PAGE = 'Promises\n\nWe never sell all your data. We keep it for 30 days.\n\nQuestions are welcome.';
const LETTER = 'Dear all,\n\nWe answer only to courts.\nRobin Reed, head of trust\nGreetings';

async function signedEdition() {
  const folder = join(temporaryFolder(), 'edition');
  cpSync('editions/example/2026', folder, { recursive: true });
  for (const own of ['captures', 'ledger.jsonl', 'quotes.yaml'])
    rmSync(join(folder, own), { recursive: true });
  const { privateKey, publicKey } = makeKeyPair();
  const yaml = join(folder, 'edition.yaml');
  writeFileSync(yaml, `${readFileSync(yaml, 'utf8')}signed-by: ${publicKey}\n`);
  await keep(folder, 'page', PAGE, false);
  await keep(folder, 'letter', LETTER, true);
  for (const [source, passage] of [
    ['page', 'We never sell all your data.'],
    ['letter', 'We answer only to courts.'],
  ] as const)
    await quote(folder, source, passage);
  await writeHead(folder, privateKey);
  expect((await report(folder)).flaws).toEqual([]);
  return { folder, privateKey, publicKey };
}

async function keep(folder: string, source: string, text: string, sealed: boolean): Promise<void> {
  const file = join(folder, '..', `${source}.txt`);
  writeFileSync(file, text);
  const archive = openArchive(folder);
  const { entry } = await captureFiles(archive, source, [file], { sealed });
  addSource(folder, {
    id: source,
    type: 'document',
    title: source,
    custom: { kind: sealed ? 'letter' : 'policy' },
  });
  archive.append(entry);
}

async function quote(folder: string, source: string, passage: string): Promise<void> {
  const archive = openArchive(folder);
  const entry = sources(folder).evidence.captures.findLast((own) => own.source === source);
  const text = await archive.text(await archive.manifest(entry?.manifest ?? ''));
  const found = quotePassage(
    { source, hash: entry?.text ?? '', text, hidden: '', pages: undefined },
    passage,
  );
  if (found.kind !== 'found') throw new Error(found.kind);
  addQuote(folder, { id: `${source}-quote`, ...found.passage });
}

const sources = (folder: string) => {
  const files = readSourceFiles(folder);
  if (!('sources' in files)) throw new Error(files[0]?.message);
  return files;
};
const report = (folder: string) => {
  const { meta, quotes } = sources(folder);
  return verifyArchive(folder, { quotes, signed: signedOf(meta), allTexts: true });
};
const flaws = async (folder: string) =>
  (await report(folder)).flaws.map(({ of, message }) => `${of}: ${message}`).join('\n');

const ledgerOf = (folder: string) => {
  const name = readdirSync(join(folder, 'ledger')).find((own) => own.endsWith('.jsonl')) ?? '';
  return join(folder, 'ledger', name);
};
type Loose = Record<string, unknown>;
const entriesOf = (folder: string) =>
  readFileSync(ledgerOf(folder), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Loose);

/** Writes a ledger anew, with all its numbers and hashes right: what somebody can do who knows the format and has no key. */
function chainAnew(folder: string, entries: readonly Loose[]): void {
  let previous = '0'.repeat(64);
  const lines = entries.map((entry, number) => {
    const line = canonicalJson({ ...entry, number, previous });
    previous = sha256(line);
    return `${line}\n`;
  });
  writeFileSync(ledgerOf(folder), lines.join(''));
}

function putBlob(folder: string, bytes: string): string {
  const hash = sha256(bytes);
  const sub = join(folder, 'captures/blobs', hash.slice(0, 2));
  if (!existsSync(sub)) cpSync(join(folder, 'captures/.gitignore'), join(sub, '.made'), { recursive: true });
  writeFileSync(join(sub, hash), bytes);
  return hash;
}

/** Another manifest for the page, and the ledger with it. */
async function forgeManifest(
  folder: string,
  change: (manifest: Loose & { parts: Loose[] }) => void,
  entry: Loose = {},
) {
  const entries = entriesOf(folder);
  const index = entries.findIndex((own) => own.source === 'page');
  const manifest = JSON.parse(
    JSON.stringify(await openArchive(folder).manifest(String(entries[index]?.manifest))),
  );
  change(manifest);
  const hash = putBlob(folder, canonicalJson(manifest));
  chainAnew(folder, entries.with(index, { ...entries[index], manifest: hash, ...entry }));
}

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
    await planRedaction(archive, sources(folder).evidence, source, lines),
    reason,
  );
}

describe('without the key, a history cannot be rewritten', () => {
  it.each<[string, (entries: Loose[]) => Loose[]]>([
    ['a capture taken out', (entries) => entries.filter(({ source }) => source !== 'letter')],
    ['a time put back', (entries) => entries.map((own) => ({ ...own, time: '2020-01-01T00:00:00.000Z' }))],
    [
      'an entry put in',
      (entries) => [
        ...entries.slice(0, 1),
        { kind: 'run', sources: 1, quotes: 1, time: entries[0]?.time },
        ...entries.slice(1),
      ],
    ],
    [
      'the order changed',
      (entries) => entries.toReversed().map((own) => ({ ...own, time: entries[0]?.time })),
    ],
  ])('so that the next command of the keyholder signs it: %s', async (_, rewrite) => {
    const { folder, privateKey } = await signedEdition();
    chainAnew(folder, rewrite(entriesOf(folder)));
    expect(await flaws(folder)).not.toBe('');
    // Ordinary work goes on, in a ledger of its own; nothing is signed.
    await keep(folder, 'next', 'Something else that was captured afterwards.', false);
    await expect(writeHead(folder, privateKey)).rejects.toThrow(UnfitError);
    await expect(writeHead(folder, privateKey, { vouch: true })).rejects.toThrow(UnfitError);
    expect(await flaws(folder)).not.toBe('');
    expect((await report(folder)).signed).toBe(false);
  });

  it('nor a head taken away, so that it would be made anew', async () => {
    const { folder, privateKey } = await signedEdition();
    chainAnew(folder, entriesOf(folder).slice(0, 1));
    rmSync(ledgerOf(folder).replace('.jsonl', '.head.json'));
    await keep(folder, 'next', 'Something else that was captured afterwards.', false);
    await writeHead(folder, privateKey);
    // The copy knows how its ledger ended: what stands there now is not its own, and stays unsigned.
    expect(await report(folder)).toMatchObject({ signed: false, open: 1, openSources: ['page'] });
  });

  it('nor anything appended, and counted as proved, now or after the next signature', async () => {
    const { folder, privateKey } = await signedEdition();
    const text = putBlob(folder, 'We sell all your data.');
    const manifest = putBlob(
      folder,
      canonicalJson({
        format: 1,
        tool: 'x',
        source: 'page',
        time: '2026-01-01T00:00:00.000Z',
        method: 'file',
        verdict: 'ok',
        parts: [
          { role: 'body', type: 'text/plain', sha256: text, bytes: 22 },
          { role: 'text', type: 'text/plain', sha256: text, bytes: 22 },
        ],
        extractor: { id: 'text', version: '1' },
      }),
    );
    const entries = entriesOf(folder);
    chainAnew(folder, [
      ...entries,
      { kind: 'capture', source: 'page', manifest, text, verdict: 'ok', time: entries.at(-1)?.time },
    ]);
    const forged: Quote = {
      id: 'forged',
      source: 'page',
      text,
      start: 0,
      end: 22,
      exact: 'We sell all your data.',
      prefix: '',
      suffix: '',
    };
    addQuote(folder, forged);
    const label = () => {
      const { quotes, evidence } = sources(folder);
      return labeller({ quotes, evidence })({
        source: 'page',
        quote: 'forged',
        locator: undefined,
      } as never);
    };
    expect(await report(folder)).toMatchObject({ open: 1, openSources: ['page'], signed: false });
    expect(label()).toBe('captured'); // by the capture that is signed; the forged quote proves nothing
    await keep(folder, 'next', 'Something else that was captured afterwards.', false);
    await writeHead(folder, privateKey);
    expect(await report(folder)).toMatchObject({ open: 1, openSources: ['page'], signed: false });
    expect(label()).toBe('captured');
    // Whoever looks at it, and takes it for right, can say so.
    await writeHead(folder, privateKey, { vouch: true });
    expect(await report(folder)).toMatchObject({ open: 0, signed: true });
  });
});

describe('what nobody signed does not count, where the edition names who signs', () => {
  /** Lets an entry be forged into a ledger of its own, without the key. */
  const forge = (folder: string, entry: Loose, name = 'zz'): void => {
    const line = canonicalJson({ ...entry, number: 0, previous: '0'.repeat(64) });
    writeFileSync(join(folder, 'ledger', `${name}.jsonl`), `${line}\n`);
  };
  const TIME = '2026-11-01T00:00:00.000Z';

  it.each<[string, Loose]>([
    [
      'decision',
      {
        kind: 'decision',
        source: 'page',
        quote: 'page-quote',
        verdict: 'critical',
        decision: 'withdraw',
        time: TIME,
      },
    ],
    ['re-check', { kind: 'recheck', source: 'page', verdicts: { 'page-quote': 'gone' }, time: TIME }],
    ['run', { kind: 'run', sources: 1, quotes: 1, time: TIME }],
    [
      'redaction',
      {
        kind: 'redaction',
        source: 'letter',
        manifest: 'ab'.repeat(32),
        lines: [1, 2],
        reason: 'x',
        time: TIME,
      },
    ],
    [
      'capture',
      {
        kind: 'capture',
        source: 'page',
        manifest: 'ab'.repeat(32),
        text: 'cd'.repeat(32),
        verdict: 'ok',
        time: TIME,
      },
    ],
  ])('a %s', async (_, entry) => {
    const { folder, privateKey } = await signedEdition();
    const before = sources(folder).evidence;
    forge(folder, entry);
    expect(sources(folder).evidence).toEqual(before);
    expect(await report(folder)).toMatchObject({ open: 1, signed: false });
    // Nor does the next entry of the keyholder vouch for it by having seen it.
    await keep(folder, 'next', 'Something else that was captured afterwards.', false);
    await writeHead(folder, privateKey);
    rmSync(join(folder, 'ledger/zz.jsonl'));
    expect((await report(folder)).flaws).toEqual([]);
    expect((await report(folder)).signed).toBe(true);
  });

  it('and one line of it neither crashes nor stops anything', async () => {
    const { folder, privateKey } = await signedEdition();
    const letter = sources(folder).evidence.captures.find(({ source }) => source === 'letter')?.manifest;
    forge(folder, {
      kind: 'redaction',
      source: 'letter',
      manifest: letter,
      lines: [1, 9007199254740991],
      reason: 'x',
      time: TIME,
    });
    expect((await report(folder)).flaws).toEqual([]);
    forge(folder, { kind: 'run', sources: 0, quotes: 0, time: '9999-12-31T00:00:00.000Z' }, 'future');
    expect(await flaws(folder)).toContain('yet to come');
    rmSync(join(folder, 'ledger/future.jsonl'));
    forge(folder, { kind: 'run', sources: 0, quotes: 0, time: TIME }, '-');
    await keep(folder, 'next', 'Something else that was captured afterwards.', false);
    await writeHead(folder, privateKey);
    expect((await report(folder)).flaws).toEqual([]);
  });

  it('nor a ledger that was signed for another edition, or under another name', async () => {
    const { folder, privateKey } = await signedEdition();
    const name = ledgerOf(folder);
    cpSync(name, name.replace(/[^/]+$/, 'aa.jsonl'));
    cpSync(name.replace('.jsonl', '.head.json'), name.replace(/[^/]+$/, 'aa.head.json'));
    expect(await flaws(folder)).toMatch(/aa\.head\.json: it was signed for the ledger “[0-9a-f]+”/);
    rmSync(name.replace(/[^/]+$/, 'aa.jsonl'));
    rmSync(name.replace(/[^/]+$/, 'aa.head.json'));
    const yaml = join(folder, 'edition.yaml');
    writeFileSync(yaml, readFileSync(yaml, 'utf8').replace(/^id: .*$/m, 'id: another'));
    expect(await flaws(folder)).toContain('it was signed for the edition “example-2026”');
    // The keyholder signs for it anew.
    await writeHead(folder, privateKey);
    expect(await report(folder)).toMatchObject({ flaws: [], signed: true });
  });
});

describe('the parts of a capture are held against each other', () => {
  it.each<[string, (folder: string) => Promise<void>, RegExp]>([
    [
      'another text than the document has',
      async (folder) => {
        const text = putBlob(folder, 'We sell all your data.');
        await forgeManifest(
          folder,
          ({ parts }) =>
            Object.assign(parts.find(({ role }) => role === 'text') ?? {}, { sha256: text, bytes: 22 }),
          { text },
        );
      },
      /its text is not what its reader makes of what was kept/,
    ],
    [
      'another size',
      (folder) => forgeManifest(folder, ({ parts }) => Object.assign(parts[0] ?? {}, { bytes: 5 })),
      /another size/,
    ],
    [
      'another text in the ledger',
      (folder) => forgeManifest(folder, () => {}, { text: 'ab'.repeat(32) }),
      /says something else than the ledger/,
    ],
    [
      'another address in the ledger',
      (folder) => forgeManifest(folder, () => {}, { address: 'https://a.example/' }),
      /says something else than the ledger/,
    ],
    [
      'a look again at what was never captured',
      async (folder) =>
        chainAnew(folder, [
          ...entriesOf(folder),
          {
            kind: 'unchanged',
            source: 'page',
            manifest: 'ab'.repeat(32),
            time: entriesOf(folder).at(-1)?.time,
          },
        ]),
      /unchanged \d of ledger .*names a capture that is not in the archive/,
    ],
    [
      'a decision about the capture of another source',
      async (folder) =>
        chainAnew(folder, [
          ...entriesOf(folder),
          {
            kind: 'decision',
            source: 'letter',
            quote: 'q',
            verdict: 'gone',
            decision: 'keep',
            manifest: entriesOf(folder)[0]?.manifest,
            time: entriesOf(folder).at(-1)?.time,
          },
        ]),
      /decision \d of ledger .*names a capture that is not in the archive/,
    ],
    [
      'time that goes back',
      async (folder) =>
        chainAnew(folder, [
          ...entriesOf(folder),
          { kind: 'run', sources: 0, quotes: 0, time: '1999-01-01T00:00:00.000Z' },
        ]),
      /before the time of the entry before it/,
    ],
  ])('%s', async (_, tamper, message) => {
    const { folder } = await signedEdition();
    rmSync(ledgerOf(folder).replace('.jsonl', '.head.json')); // as if there were no keys at all
    await tamper(folder);
    expect(await flaws(folder)).toMatch(message);
  });
});

describe('what was taken out of a letter stays as it was recorded', () => {
  const letterIn = (folder: string) => {
    const file = join(folder, 'captures/letters', readdirSync(join(folder, 'captures/letters'))[0] ?? '');
    return { file, sealed: JSON.parse(readFileSync(file, 'utf8')) as { format: number; segments: Loose[] } };
  };
  const blacken = (segment: Loose, by: Loose = {}) => ({
    redacted: sha256(canonicalJson(['text', segment.salt, segment.text])),
    points: [...String(segment.text).replace(/\n$/, '')].length,
    newline: String(segment.text).endsWith('\n'),
    of: 'text',
    ...by,
  });

  it.each<[string, (segments: Loose[], before: Loose[]) => Loose[], RegExp]>([
    [
      'all other lines blackened',
      (segments) => segments.map((own) => ('text' in own ? blacken(own) : own)),
      /line 1, 2, 3, 5 was taken out, and the ledger does not say so/,
    ],
    [
      'a line made longer',
      (segments) => segments.map((own) => ('redacted' in own ? { ...own, points: 5000 } : own)),
      /a line of the letter was changed/,
    ],
    [
      'a line made no line',
      (segments) => segments.map((own) => ('redacted' in own ? { ...own, newline: false, of: 'file' } : own)),
      /a line of the letter was changed/,
    ],
    ['the old letter put back', (_, before) => before, /says that line 4 was taken out, and it is there/],
    [
      'a line taken out altogether',
      (segments) => segments.toSpliced(3, 1),
      /a line of the letter was changed/,
    ],
  ])('%s', async (_, tamper, message) => {
    const { folder, privateKey } = await signedEdition();
    const before = letterIn(folder).sealed.segments;
    await redactLines(folder, 'letter', [4, 4], 'It names a person.');
    await writeHead(folder, privateKey);
    const quotes = sources(folder).quotes.filter(({ source }) => source !== 'letter');
    expect((await verifyArchive(folder, { quotes })).flaws).toEqual([]);
    const { file, sealed } = letterIn(folder);
    writeFileSync(file, canonicalJson({ ...sealed, segments: tamper(sealed.segments, before) }));
    expect(await flaws(folder)).toMatch(message);
  });

  it('in letters of before, too, whose segments say nothing of their length: by the ledger', async () => {
    const { folder } = await signedEdition();
    const { file, sealed } = letterIn(folder);
    const yaml = join(folder, 'edition.yaml');
    writeFileSync(yaml, readFileSync(yaml, 'utf8').replace(/^signed-by:.*$/m, ''));
    // A letter of format 1 with the root of that format, and a capture of it.
    const old = { ...sealed, format: 1 };
    const root = sha256(
      `assay sealed v1\n${old.segments.map((own) => sha256(canonicalJson(['text', own.salt, own.text]))).join('\n')}`,
    );
    writeFileSync(join(file, '..', `${root}.json`), canonicalJson(old));
    rmSync(file);
    const entries = entriesOf(folder);
    const index = entries.findIndex(({ source }) => source === 'letter');
    const manifest = JSON.parse(
      JSON.stringify(await openArchive(folder).manifest(String(entries[index]?.manifest))),
    );
    manifest.parts[0].sha256 = root;
    chainAnew(
      folder,
      entries.with(index, {
        ...entries[index],
        manifest: putBlob(folder, canonicalJson(manifest)),
        text: root,
      }),
    );
    await redactLines(folder, 'letter', [4, 4], 'It names a person.');
    const left = join(file, '..', `${root}.json`);
    const text = readFileSync(left, 'utf8');
    expect(text).toContain('"points":25');
    writeFileSync(left, text.replace('"points":25', '"points":5000'));
    expect(await flaws(folder)).toMatch(/not what was left of it when lines were taken out/);
  });
});

describe('what readers are shown with a quote is proved as the quote is', () => {
  const tampered = async (change: (quote: Quote) => Partial<Quote>) => {
    const { folder } = await signedEdition();
    const { quotes, meta } = sources(folder);
    const changed = quotes.map((own) => (own.source === 'page' ? { ...own, ...change(own) } : own));
    const { flaws: found } = await verifyArchive(folder, { quotes: changed, signed: signedOf(meta) });
    return found.map(({ message }) => message).join('\n');
  };

  it.each<[string, (quote: Quote) => Partial<Quote>, RegExp]>([
    [
      'what stands after it',
      () => ({ suffix: ' (for products bought before 1990 only)' }),
      /as standing after it does not stand there/,
    ],
    [
      'what stands before it',
      ({ prefix }) => ({ prefix: `${prefix}No longer true: ` }),
      /as standing before it does not stand there/,
    ],
    ['its page', () => ({ page: 7 }), /no page that has a number/],
    ['nothing at all', () => ({ exact: '', end: 10, start: 10 }), /something else in its place/],
    ['text that is not shown', () => ({ hidden: true }), /something else in its place/],
  ])('%s', async (_, change, message) => {
    expect(await tampered(change)).toMatch(message);
  });

  it('in a proof as well, whatever of it is changed', async () => {
    const { folder } = await signedEdition();
    for (const own of sources(folder).quotes) {
      const proof = JSON.parse(JSON.stringify(await proofOf(folder, own))) as Loose;
      expect(checkProof(JSON.stringify(proof))).toMatchObject({ holds: true, passage: own.exact });
      expect(JSON.stringify(proof)).not.toContain(own.id); // a name that nothing proves
      for (const path of leavesOf(proof)) {
        const changed = structuredClone(proof);
        const value = path.reduce<unknown>((at, key) => Reflect.get(Object(at), key), proof);
        const other =
          typeof value === 'number' ? value + 1 : typeof value === 'string' ? `${value}x` : !value;
        Reflect.set(
          Object(path.slice(0, -1).reduce<unknown>((at, key) => Reflect.get(Object(at), key), changed)),
          path.at(-1) ?? '',
          other,
        );
        expect(checkProof(JSON.stringify(changed)).holds, path.join('.')).toBe(false);
      }
      const loose = proof.quote as Loose;
      for (const change of [
        { hidden: true },
        { page: 1 },
        { exact: '' },
        { id: 'other' },
        { prefix: 'x' },
        { suffix: 'x' },
      ])
        expect(checkProof(JSON.stringify({ ...proof, quote: { ...loose, ...change } })).holds).toBe(false);
      expect(checkProof(JSON.stringify({ ...proof, more: 1 })).holds).toBe(false);
    }
  });
});

/** The path of every value in it that has no parts. */
function leavesOf(value: unknown, path: readonly string[] = []): string[][] {
  return value !== null && typeof value === 'object'
    ? Object.entries(value).flatMap(([key, own]) => leavesOf(own, [...path, key]))
    : [[...path]];
}
