import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSourceFiles } from '#edition/folder';
import {
  appendEntries,
  findQuote,
  indexText,
  judgeQuote,
  makeArchiveFolder,
  makeCapturer,
  newText,
  oldText,
  openArchive,
  quotePassage,
  recheck,
  recheckJobs,
  verifyArchive,
  writeHead,
} from '#evidence/index';
import { htmlText } from '../src/evidence/text/page/html-text.ts';

/** What evidence costs: captures against local pages, texts, quotes, the ledger, and many sources. `node --conditions=source bench/evidence.ts` */

const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));
const line = (what: string, figure: string, target = '') =>
  process.stdout.write(`${what.padEnd(58)} ${figure.padStart(12)}  ${target}\n`);
const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;

/** Random numbers that are the same in every run (xorshift32). */
function generator(seed: number) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
const random = generator(20161023);
const vocabulary = Array.from({ length: 12_000 }, () =>
  Array.from(
    { length: 2 + Math.floor(random() * 9) },
    () => 'etaoinshrdlucmfwypvbgkjqxz'[Math.floor(random() ** 2 * 26)],
  ).join(''),
);
function prose(characters: number, own = random): string {
  const parts: string[] = [];
  for (let length = 0; length < characters; ) {
    const word = (vocabulary[Math.floor(own() ** 2 * vocabulary.length)] ?? '') + (own() < 0.1 ? '.' : '');
    parts.push(word);
    length += word.length + 1;
  }
  return parts.join(' ');
}
const page = (text: string, title: string) =>
  `<!doctype html><html lang="en"><head><title>${title}</title></head><body><main>${text
    .match(/.{1,600}(?:\s|$)/g)
    ?.map((part) => `<p>${part.replace(/(\w+) (\w+)/, '<b>$1</b> <a href="/x">$2</a>')}</p>`)
    .join('\n')}</main></body></html>`;

async function serve(
  answer: (path: string) => { body: string; etag?: string },
): Promise<{ server: Server; host: string }> {
  const server = createServer((request, response) => {
    const { body, etag } = answer(request.url ?? '/');
    if (etag !== undefined && request.headers['if-none-match'] === etag) response.writeHead(304).end();
    else
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...(etag ? { etag } : {}) })
        .end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { server, host: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function makeEdition(name: string, addresses: readonly string[]): string {
  const path = join(folder, name);
  mkdirSync(path);
  cpSync('editions/example/2026/edition.yaml', join(path, 'edition.yaml'));
  const sources = addresses.map((address, index) => ({
    id: `s${index}`,
    type: 'webpage',
    title: `Source ${index}`,
    URL: address,
    custom: { kind: 'policy' },
  }));
  writeFileSync(join(path, 'sources.json'), JSON.stringify(sources, null, 1));
  return path;
}

/** The whole process, as a person runs it. */
const wholeProcess = (...args: readonly string[]) =>
  new Promise<number>((done, fail) => {
    const started = performance.now();
    spawn(process.execPath, ['dist/cli/main.js', ...args], { stdio: ['ignore', 'ignore', 'inherit'] }).on(
      'close',
      (code) =>
        code === 0
          ? done(performance.now() - started)
          : fail(new Error(`assay ${args.join(' ')} ended with ${code}`)),
    );
  });

async function captures(): Promise<void> {
  let version = 1;
  const pages = Array.from({ length: 50 }, (_, index) => page(prose(95_000), `Page ${index}`));
  const { server, host } = await serve((path) => {
    if (path === '/robots.txt') return { body: 'User-agent: *\nDisallow:\n' };
    const body = pages[Number(path.slice(2))] ?? '';
    return { body: version === 1 ? body : body.replaceAll('<p>', `<p>${version} `), etag: `"${version}"` };
  });
  const edition = makeEdition(
    'captures',
    pages.map((_, index) => `http://${host}/p${index}`),
  );
  const capture = () => wholeProcess('capture', edition, '--all', '--allow-host', host);
  line('50 pages of 100 KB from one host, first run', seconds(await capture()), 'target 5 s');
  line('the same again, unchanged', seconds(await capture()), 'target 1.5 s');
  version = 2;
  line('the same again, all changed', seconds(await capture()), 'target 5 s');
  server.close();
}

function texts(): void {
  const html = page(prose(950_000), 'Large');
  const times = Array.from({ length: 7 }, () => {
    const started = performance.now();
    htmlText(html);
    return performance.now() - started;
  }).toSorted((a, b) => a - b);
  line(
    `text of a page of ${(html.length / 1e6).toFixed(2)} MB, median of 7`,
    `${times[3]?.toFixed(0)} ms`,
    'target 400 ms',
  );
}

/** A passage with so many letters replaced, taken out or put in. */
function edited(passage: string, edits: number): string {
  const letters = [...passage];
  for (let edit = 0; edit < edits; edit++) {
    const at = Math.floor(random() * letters.length);
    const kind = random();
    if (kind < 1 / 3) letters[at] = '#';
    else letters.splice(at, kind < 2 / 3 ? 1 : 0, ...(kind < 2 / 3 ? [] : ['#']));
  }
  return letters.join('');
}

function quotes(): void {
  const text = prose(1_000_000);
  const started = performance.now();
  const index = indexText(text);
  line('index of a text of 1 MB', `${(performance.now() - started).toFixed(0)} ms`);
  for (const share of [0, 0.1, 0.2]) {
    const runs = Array.from({ length: 60 }, () => {
      const start = Math.floor(random() * (text.length - 200));
      const quote = edited(text.slice(start, start + 200), 200 * share);
      const before = performance.now();
      const found = findQuote(index, quote);
      const time = performance.now() - before;
      // The passage that was taken, or another that is as near to it.
      return { time, isFound: 'places' in found || (found.kind === 'near' && found.distance <= 200 * share) };
    }).toSorted((a, b) => a.time - b.time);
    const missed = runs.filter(({ isFound }) => !isFound).length;
    line(
      `60 quotes of 200 characters in it, ${share * 100} % edits: median, longest`,
      `${runs[30]?.time.toFixed(1)}, ${runs[59]?.time.toFixed(0)} ms`,
      `${missed} missed${share === 0.1 ? '; target 5 ms, none' : share === 0.2 ? '; target none' : ''}`,
    );
  }
}

/** Paragraphs of sentences, as policies have them. */
function policy(characters: number): string {
  const sentences = prose(characters)
    .split('. ')
    .map((own) => `${own.charAt(0).toUpperCase()}${own.slice(1)}.`);
  return sentences.map((own, index) => (index % 5 === 4 ? `${own}\n\n` : `${own} `)).join('');
}

/** Quotes of a text judged in a changed one: each text is indexed once, whatever the number of its quotes. */
function judging(): void {
  const captured = (text: string, hash: string) => ({
    source: 's',
    hash: hash.repeat(64),
    text,
    hidden: '',
    pages: undefined,
  });
  for (const [texts, characters, number] of [
    [1, 1_000_000, 60],
    [10_000, 8_000, 5],
  ] as const) {
    const variants = Array.from({ length: Math.min(texts, 20) }, () => {
      const before = policy(characters);
      const quoted = Array.from({ length: number }, (_, index) => {
        const start = Math.floor(((index + 0.3) * before.length) / number);
        const found = quotePassage(captured(before, 'a'), before.slice(start, start + 120));
        return found.kind === 'found' ? [{ id: `q${index}`, ...found.passage }] : [];
      }).flat();
      // Every eighth sentence has another last word, so that some passages changed and all have moved.
      let sentence = 0;
      const after = `News.\n\n${before.replace(/\w+\. /g, (end) => (sentence++ % 8 === 0 ? 'otherwise. ' : end))}`;
      return { before, after, quoted };
    });
    const started = performance.now();
    let judged = 0;
    for (let text = 0; text < texts; text++) {
      const { before, after, quoted } = variants[text % variants.length] as (typeof variants)[number];
      const [now, old] = [newText(captured(after, 'b')), oldText(before)];
      for (const quote of quoted) judgeQuote(quote, now, old);
      judged += quoted.length;
    }
    line(
      `${judged.toLocaleString('en')} quotes of ${texts.toLocaleString('en')} changed texts of ${(characters / 1000).toLocaleString('en')} kB judged`,
      seconds(performance.now() - started),
    );
  }
}

async function ledger(): Promise<void> {
  for (const entries of [10_000, 100_000]) {
    const edition = makeEdition(`ledger-${entries}`, []);
    makeArchiveFolder(edition);
    appendEntries(
      edition,
      Array.from(
        { length: entries },
        (_, index) =>
          ({
            kind: 'recheck',
            source: `s${index}`,
            verdicts: { [`q${index}`]: 'same' },
          }) as const,
      ),
    );
    await writeHead(edition);
    const times = [];
    for (let run = 0; run < 3; run++) {
      const started = performance.now();
      const { flaws } = await verifyArchive(edition);
      if (flaws.length > 0) throw new Error(flaws[0]?.message);
      times.push(performance.now() - started);
    }
    line(
      `a ledger of ${entries.toLocaleString('en')} entries verified, median of 3`,
      seconds(times.toSorted((a, b) => a - b)[1] ?? 0),
      entries === 100_000 ? 'target 1.5 s' : '',
    );
  }
}

async function many(): Promise<void> {
  const body = page(prose(8_000), 'Policy');
  const servers = await Promise.all(Array.from({ length: 8 }, () => serve(() => ({ body, etag: '"1"' }))));
  for (const number of [1_000, 10_000]) {
    const edition = makeEdition(
      `many-${number}`,
      Array.from({ length: number }, (_, index) => `http://${servers[index % 8]?.host}/p${index}`),
    );
    makeArchiveFolder(edition);
    const archive = openArchive(edition);
    const capturer = makeCapturer(archive, { allowed: servers.map(({ host }) => host) });
    const files = readSourceFiles(edition);
    if (!('sources' in files)) throw new Error(files[0]?.message);
    const first = await capturer.capture('s0', files.sources[0]?.URL ?? '');
    if (first.kind !== 'captured') throw new Error(first.kind);
    // All sources show the same page: one capture stands for all.
    appendEntries(
      edition,
      files.sources.map(({ id, URL: address }) => ({ ...first.entry, source: id, address: address ?? '' })),
    );
    const again = readSourceFiles(edition);
    if (!('sources' in again)) throw new Error(again[0]?.message);
    const quote = { text: first.entry.text ?? '', start: 0, end: 5, exact: 'abcde', prefix: '', suffix: '' };
    const jobs = recheckJobs(
      again.sources,
      again.sources.map(({ id }) => ({ id: `q-${id}`, source: id, ...quote })),
      again.evidence,
    );
    global.gc?.();
    const before = process.memoryUsage().heapUsed;
    let most = before;
    let done = 0;
    const started = performance.now();
    await recheck(archive, capturer, jobs, again.evidence, () => {
      if (++done % 500 === 0) {
        global.gc?.();
        most = Math.max(most, process.memoryUsage().heapUsed);
      }
    });
    line(
      `${number.toLocaleString('en')} sources on 8 hosts re-checked; heap grows by`,
      `${seconds(performance.now() - started)}; ${((most - before) / 1e6).toFixed(0)} MB`,
    );
    await capturer.close();
  }
  for (const { server } of servers) server.close();
}

try {
  texts();
  quotes();
  judging();
  await ledger();
  await captures();
  await many();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
