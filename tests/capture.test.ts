import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readSourceFiles } from '#edition/folder';
import type { Quote, Source } from '#edition/index';
import { findChromium } from '#evidence/chromium';
import {
  alarmsOf,
  exportWacz,
  exportWarc,
  importCaptures,
  isAlarm,
  makeArchiveFolder,
  makeCapturer,
  makeKeyPair,
  openArchive,
  type RecheckedSource,
  recheck,
  recheckJobs,
  stampHead,
  verifyArchive,
  writeHead,
  writeOneHead,
} from '#evidence/index';
import { temporaryFolder } from './folders.ts';
import { type Answer, localServer } from './servers.ts';

const PAGE = (text: string) =>
  `<!doctype html><html lang="en"><head><title>Policy</title></head><body><p>${text}</p></body></html>`;

const sourcesOf = (folder: string) => {
  const files = readSourceFiles(folder);
  if (!('sources' in files)) throw new Error(files[0]?.message);
  return files;
};

/** One of the walls that are written down for tests, as a page. */
function wall(kind: string, language: string): string {
  const { walls } = JSON.parse(readFileSync('tests/walls.json', 'utf8')) as {
    walls: readonly { wall: string; language: string; title: string; text: string; html?: string }[];
  };
  const found = walls.find((own) => own.wall === kind && own.language === language);
  const lines = found?.text.split('\n').map((line) => `<p>${line}</p>`);
  return `<!doctype html><title>${found?.title}</title>${lines?.join('')}${found?.html ?? ''}`;
}

/** An edition whose sources are pages of a local server. */
async function edition(answers: Record<string, Answer>) {
  const server = await localServer(answers);
  const folder = join(temporaryFolder(), 'edition');
  mkdirSync(folder);
  cpSync('editions/example/2026/edition.yaml', join(folder, 'edition.yaml'));
  makeArchiveFolder(folder);
  const source = (path: string): Source => ({
    id: path.replace(/\W+/g, '-').replace(/^-|-$/g, '') || 'home',
    type: 'webpage',
    title: path,
    URL: server.url + path,
    custom: { kind: 'policy' },
  });
  const archive = openArchive(folder);
  const capturer = (options: Partial<Parameters<typeof makeCapturer>[1]> = {}) => {
    const made = makeCapturer(archive, { allowed: [server.host], sleep: async () => {}, ...options });
    onTestFinished(() => made.close());
    return made;
  };
  const capture = async (path: string, before?: string) => {
    const result = await capturer().capture(source(path).id, server.url + path, before);
    if (result.kind === 'captured') archive.append(result.entry);
    return result;
  };
  /** Re-checks these paths, with one quote each. */
  const check = async (paths: readonly string[], quotes: readonly Quote[]) => {
    const results: RecheckedSource[] = [];
    const { evidence } = sourcesOf(folder);
    await recheck(
      archive,
      capturer(),
      recheckJobs(paths.map(source), quotes, evidence),
      evidence,
      (own) => void results.push(own),
    );
    return results;
  };
  return { server, folder, archive, source, capture, capturer, check };
}

const quoteOf = (source: string, text: string, exact: string): Quote => ({
  id: `q-${source}`,
  source,
  text,
  start: 0,
  end: exact.length,
  exact,
  prefix: '',
  suffix: '',
});

describe('a source that cannot be compared', () => {
  it('calls a person for each of its quotes', async () => {
    const { capture, archive, check, server } = await edition({ '/a': PAGE('We never sell data.') });
    const first = await capture('/a');
    if (first.kind !== 'captured') throw new Error(first.kind);
    const quote = quoteOf(
      'a',
      first.manifest.parts.find(({ role }) => role === 'text')?.sha256 ?? '',
      'We never sell data.',
    );
    server.answers['/a'] = PAGE('We sell data.');
    const text = archive.text;
    archive.text = (manifest, role) =>
      role === 'hidden'
        ? Promise.reject(new RangeError('Maximum call stack size exceeded'))
        : text(manifest, role);
    const [checked] = await check(['/a'], [quote]);
    const why = 'it could not be compared: Maximum call stack size exceeded';
    expect(checked).toMatchObject({ outcome: 'failed', reason: why });
    expect(checked?.quotes).toMatchObject([{ id: quote.id, verdict: 'unreachable', why }]);
  });
});

describe('a capture', () => {
  it('keeps what was asked for, what came, and the text of it', async () => {
    const { capture, archive, server } = await edition({ '/a': PAGE('We never sell data.') });
    const result = await capture('/a');
    expect(result).toMatchObject({
      kind: 'captured',
      manifest: {
        method: 'fetch',
        verdict: 'ok',
        title: 'Policy',
        language: 'en',
        charset: 'utf-8',
        extractor: { id: 'html', version: '2' },
        address: `${server.url}/a`,
        hops: [{ status: 200 }],
      },
    });
    if (result.kind !== 'captured') return;
    expect(await archive.text(result.manifest)).toBe('We never sell data.');
    expect(result.manifest.parts.map(({ role }) => role)).toEqual(['body', 'text']);
  });

  it('is not made again of what has not changed, by the server’s word or by its own text', async () => {
    const { capture, server, archive } = await edition({
      '/etag': (request, response) =>
        request.headers['if-none-match'] === '"1"'
          ? response.writeHead(304).end()
          : response.writeHead(200, { etag: '"1"', 'content-type': 'text/html' }).end(PAGE('One')),
      '/nonce': (_, response) =>
        response
          .writeHead(200, { 'content-type': 'text/html' })
          .end(`${PAGE('Two')}<!-- ${Math.random()} -->`),
    });
    for (const path of ['/etag', '/nonce']) {
      const first = await capture(path);
      if (first.kind !== 'captured') throw new Error(first.kind);
      expect(await capture(path, first.hash)).toMatchObject({ kind: 'unchanged', hash: first.hash });
    }
    expect(server.seen.filter((path) => path === '/etag')).toHaveLength(2);
    const kept = (await archive.blobs.list()).length;
    await capture('/nonce', ((await capture('/nonce')) as { hash: string }).hash);
    expect((await archive.blobs.list()).length).toBe(kept + 2); // a first capture of its own: its body and its manifest
  });

  it('does what robots.txt says', async () => {
    const { capture, server } = await edition({
      '/robots.txt': (_, response) =>
        response
          .writeHead(200, { 'content-type': 'text/plain' })
          .end('User-agent: Assay\nDisallow: /private\n'),
      '/private/a': PAGE('secret'),
      '/public': PAGE('open'),
    });
    expect(await capture('/private/a')).toMatchObject({ kind: 'failed', reason: 'robots' });
    expect(await capture('/public')).toMatchObject({ kind: 'captured' });
    expect(server.seen).not.toContain('/private/a');
  });

  it('is never taken for a policy where it is a wall', async () => {
    const { capture } = await edition({
      '/robot': PAGE('Just a moment… verify you are human'),
      '/login': `${PAGE('Please log in to continue.')}<input type="password">`,
      '/app': '<!doctype html><div id="root"></div><script src="/none.js"></script>',
    });
    expect(await capture('/robot')).toMatchObject({ manifest: { verdict: 'soft-block' } });
    expect(await capture('/login')).toMatchObject({ manifest: { verdict: 'login-wall' } });
    expect(await capture('/gone')).toMatchObject({
      manifest: { verdict: 'error', reason: 'the server answers 404' },
    });
  });

  it('keeps a document that cannot be read, and says so', async () => {
    const { capture } = await edition({
      '/broken.pdf': (_, response) =>
        response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF-1.4\nbroken'),
    });
    expect(await capture('/broken.pdf')).toMatchObject({
      manifest: {
        verdict: 'error',
        reason: expect.stringContaining('the PDF cannot be read: '),
        parts: [{ role: 'body', type: 'application/pdf' }],
      },
    });
  });
});

describe('looking again', () => {
  it('tells a page that is gone from one that blocks, is away, or has moved', async () => {
    const text = 'We never sell your data to anybody.';
    const paths = ['/gone', '/blocked', '/away', '/moved', '/same', '/temporary'];
    const { capture, check, server } = await edition(
      Object.fromEntries(paths.map((path) => [path, PAGE(text)])),
    );
    const quotes: Quote[] = [];
    for (const path of paths) {
      const result = await capture(path);
      if (result.kind !== 'captured') throw new Error(path);
      quotes.push(quoteOf(path.slice(1), result.entry.text ?? '', text));
    }
    Object.assign(server.answers, {
      '/gone': undefined,
      '/blocked': PAGE('Access denied. Are you a robot?'),
      '/away': (_: unknown, response: { writeHead(status: number): { end(): void } }) =>
        response.writeHead(503).end(),
      '/moved': (_: unknown, response: { writeHead(status: number, headers: object): { end(): void } }) =>
        response.writeHead(301, { location: '/new' }).end(),
      '/temporary': (_: unknown, response: { writeHead(status: number, headers: object): { end(): void } }) =>
        response.writeHead(302, { location: '/new' }).end(),
      '/new': PAGE(text),
    });
    const verdicts = Object.fromEntries(
      (await check(paths, quotes)).map(({ source, quotes: [quote] }) => [source, quote?.verdict]),
    );
    expect(verdicts).toEqual({
      gone: 'gone',
      blocked: 'blocked',
      away: 'unreachable',
      moved: 'address-moved',
      same: 'same',
      temporary: 'same',
    });
  });

  it('never takes a bad day of a site for the end of a page, and names where an address leads', async () => {
    const text = 'We never sell your data to anybody.';
    const html = (body: string, status = 200, headers = {}): Answer => {
      return (_, response) =>
        void response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body);
    };
    const days: Readonly<Record<string, readonly [Answer, verdict: string, reason?: RegExp]>> = {
      '/empty': [html(''), 'unreachable', /empty/],
      '/space': [html(' \n \n'), 'unreachable', /empty/],
      '/nothing': [html('', 204), 'unreachable', /204/],
      '/down': [html('', 500), 'unreachable'],
      '/legal': [html('', 451), 'unreachable'],
      '/forbidden': [html('', 403), 'blocked'],
      '/maintenance-page': [
        html(PAGE('We are down for maintenance. Please try again later.').replace('Policy', 'Maintenance')),
        'unreachable',
        /worked on/,
      ],
      '/soft-404': [html(PAGE('Page not found').replace('Policy', 'Not found')), 'unreachable', /not there/],
      '/consent-wall': [html(wall('consent', 'de')), 'blocked', /asks for consent/],
      '/to-consent': [html('', 302, { location: '/consent/all' }), 'blocked', /leads to .*\/consent\/all/],
      '/login-fr': [html(wall('login', 'fr')), 'blocked', /login/],
      '/to-login': [html('', 303, { location: '/login?next=/x' }), 'blocked', /leads to .*\/login/],
      '/to-home': [html('', 302, { location: '/' }), 'unreachable', /the home page .*\/$/],
      '/home-for-good': [html('', 301, { location: '/' }), 'gone', /the home page .*\/$/],
      '/constructor': [html('x', 200, { 'content-encoding': 'constructor' }), 'unreachable', /not known/],
      '/cut': [
        (_, response) => {
          response.writeHead(200, { 'content-length': 100, 'content-type': 'text/html' }).write('half');
          setTimeout(() => response.destroy(), 20);
        },
        'unreachable',
        /^the answer was cut off$/,
      ],
      '/404': [html('', 404), 'gone'],
      '/410': [html('', 410), 'gone'],
      '/rewritten': [html(PAGE('Something else altogether stands on this page now.')), 'gone'],
    };
    const paths = Object.keys(days);
    const { capture, check, source, server } = await edition(
      Object.fromEntries([...paths, '/'].map((path) => [path, PAGE(path === '/' ? 'Welcome.' : text)])),
    );
    const quotes: Quote[] = [];
    for (const path of paths) {
      const result = await capture(path);
      if (result.kind !== 'captured') throw new Error(path);
      quotes.push(quoteOf(source(path).id, result.entry.text ?? '', text));
    }
    for (const path of paths) server.answers[path] = days[path]?.[0];
    server.answers['/consent/all'] = html(wall('consent', 'de'));
    server.answers['/login'] = html(PAGE('Welcome back'));
    // The second look knows as well as the first what the page once was.
    for (const look of ['first', 'second']) {
      const found = new Map((await check(paths, quotes)).map((own) => [own.source, own]));
      const verdicts = paths.map((path) => [path, found.get(source(path).id)?.quotes[0]?.verdict]);
      expect([look, verdicts]).toEqual([look, paths.map((path) => [path, days[path]?.[1]])]);
      for (const path of paths)
        expect(found.get(source(path).id)?.reason ?? '').toMatch(days[path]?.[2] ?? /(?:)/);
    }
  }, 60_000);

  it('asks as it was asked the last time: in a language, in a character set', async () => {
    const asked: (string | undefined)[] = [];
    const { capturer, check, archive, server } = await edition({
      '/a': (request, response) => {
        asked.push(request.headers['accept-language']);
        response.writeHead(200, { 'content-type': 'text/csv' }).end(Buffer.from([0xcf, 0xf0, 0xe8]));
      },
    });
    const result = await capturer({ language: 'ru,fr', charset: 'windows-1251' }).capture(
      'a',
      `${server.url}/a`,
    );
    if (result.kind !== 'captured') throw new Error(JSON.stringify(result));
    expect(result.manifest).toMatchObject({
      charset: 'windows-1251',
      asked: { language: 'ru,fr', charset: 'windows-1251' },
    });
    archive.append(result.entry);
    expect(await archive.text(result.manifest)).toBe('При');
    const [rechecked] = await check(['/a'], []);
    expect(rechecked).toMatchObject({ outcome: 'unchanged', manifest: result.hash });
    expect(asked).toEqual(['ru,fr;q=0.9,*;q=0.5', 'ru,fr;q=0.9,*;q=0.5']);
  });

  it('asks robots.txt before each redirect is followed', async () => {
    const { capture, server } = await edition({
      '/robots.txt': (_, response) => response.end('User-agent: *\nDisallow: /private'),
      '/start': (_, response) => response.writeHead(302, { location: '/private/a' }).end(),
      '/refresh': '<meta http-equiv="refresh" content="0;url=/private/a">',
      '/private/a': PAGE('secret'),
    });
    for (const path of ['/start', '/refresh'])
      expect(await capture(path)).toMatchObject({
        kind: 'failed',
        reason: 'robots',
        message: expect.stringContaining('/private/a: its robots.txt asks programs not to fetch it'),
      });
    expect(server.seen).not.toContain('/private/a');
    const broken = await edition({
      '/robots.txt': (request) => request.socket.destroy(),
      '/a': PAGE('Page'),
    });
    expect(await broken.capture('/a')).toMatchObject({ kind: 'failed', reason: 'connect' });
    expect(broken.server.seen).not.toContain('/a');
  });

  it('raises one alarm for a server that is down, and none again while it stays so', async () => {
    const paths = Array.from({ length: 12 }, (_, index) => `/p${index}`);
    const text = 'We never sell your data to anybody.';
    const { capture, check, server, folder, source } = await edition(
      Object.fromEntries(paths.map((path) => [path, PAGE(text)])),
    );
    const quotes: Quote[] = [];
    for (const path of paths) {
      const result = await capture(path);
      if (result.kind === 'captured') quotes.push(quoteOf(source(path).id, result.entry.text ?? '', text));
    }
    await server.close();
    await check(paths, quotes);
    const alarms = () => alarmsOf(sourcesOf(folder).evidence, paths.map(source), quotes);
    const [alarm, ...others] = alarms();
    expect(alarm).toMatchObject({ kind: 'outage', host: server.host, verdict: 'unreachable' });
    expect(alarm?.kind === 'outage' && alarm.sources).toHaveLength(12);
    expect(others).toEqual([]);
    const entries = sourcesOf(folder).evidence.entries;
    await check(paths, quotes);
    expect(alarms()).toEqual([alarm]);
    expect(sourcesOf(folder).evidence.entries).toBe(entries + 1); // that it was looked at, nothing else
  });
});

describe('what changed around a passage', () => {
  const SENTENCE = 'We never sell your data to anybody.';
  const page = (next: string, elsewhere = 'Write to us.') =>
    `<!doctype html><html lang="en"><body><h1>Policy</h1><p>${SENTENCE} ${next}</p><h2>Contact</h2><p>${elsewhere}</p></body></html>`;

  /** One source with a quoted sentence, whose page is looked at again and again. */
  async function quoted() {
    const made = await edition({ '/a': page('Logs go after 30 days.') });
    const result = await made.capture('/a');
    if (result.kind !== 'captured') throw new Error(result.kind);
    const text = await made.archive.text(result.manifest);
    const start = text.indexOf(SENTENCE);
    const quote: Quote = {
      ...quoteOf('a', result.entry.text ?? '', SENTENCE),
      start,
      end: start + SENTENCE.length,
      // As somebody may have written it who has something to hide.
      suffix: ' Logs go after 90 days.',
    };
    const look = async (answer: Answer) => {
      made.server.answers['/a'] = answer;
      const [source] = await made.check(['/a'], [quote]);
      const [found] = source?.quotes ?? [];
      if (!source || !found) throw new Error('nothing was looked at');
      const { evidence } = sourcesOf(made.folder);
      return { source, found, alarms: alarmsOf(evidence, [made.source('/a')], [quote]) };
    };
    const decide = ({ source, found }: Awaited<ReturnType<typeof look>>) =>
      made.archive.append({
        kind: 'decision',
        source: 'a',
        quote: found.id,
        verdict: found.verdict,
        decision: 'keep',
        ...(source.manifest === undefined ? {} : { manifest: source.manifest }),
        ...(found.about === undefined ? {} : { about: found.about }),
      });
    return { ...made, look, decide };
  }

  it('is read from the archive and told, calls nobody, and is done with once a person has seen it', async () => {
    const { look, decide, folder } = await quoted();
    const first = await look(page('Logs go after 90 days.'));
    expect(first.found).toMatchObject({
      verdict: 'same',
      surroundings: [{ what: 'after', before: 'Logs go after 30 days.', after: 'Logs go after 90 days.' }],
    });
    expect(first.alarms).toMatchObject([{ kind: 'surroundings', verdict: 'same' }]);
    expect(first.alarms.filter(isAlarm)).toEqual([]);
    // Told again as the same, and not entered again.
    const { entries } = sourcesOf(folder).evidence;
    expect((await look(page('Logs go after 90 days.'))).alarms).toEqual(first.alarms);
    expect(sourcesOf(folder).evidence.entries).toBe(entries + 1);
    decide(first);
    expect((await look(page('Logs go after 90 days.'))).alarms).toEqual([]);
    // What else the page changes does not bring it up again; another change of it does.
    const elsewhere = await look(page('Logs go after 90 days.', 'Call us.'));
    expect(elsewhere.found.decided).toBe('keep');
    expect(elsewhere.alarms).toEqual([]);
    expect((await look(page('Logs are kept for ever.'))).alarms).toMatchObject([{ kind: 'surroundings' }]);
  });

  it('leaves decisions on the passage itself as they are, until the passage changes again', async () => {
    const { look, decide } = await quoted();
    const changed = (sentence: string, elsewhere?: string) =>
      page('Logs go after 30 days.', elsewhere).replace(SENTENCE, sentence);
    const first = await look(changed('We may sell your data to anybody.'));
    expect(first).toMatchObject({ found: { verdict: 'critical' }, alarms: [{ kind: 'quote' }] });
    decide(first);
    expect((await look(changed('We may sell your data to anybody.', 'Call us.'))).alarms).toEqual([]);
    const second = await look(changed('We always sell your data to anybody.'));
    expect(second.found.decided).toBeUndefined();
    expect(second.alarms).toMatchObject([{ kind: 'quote', verdict: 'critical' }]);
  });

  it('is not gone where there are no words at all', async () => {
    const { look } = await quoted();
    expect((await look('<!doctype html><html><body><p>…</p></body></html>')).found.verdict).toBe(
      'unreachable',
    );
  });
});

describe('packages', () => {
  const example = 'editions/example/2026';
  const packed = async () => {
    const { meta, evidence } = sourcesOf(example);
    return exportWacz(openArchive(example), meta, evidence);
  };

  it('are the same bytes each time, leave letters at home, and can be taken in again', async () => {
    const [one, two] = [await packed(), await packed()];
    expect(Buffer.from(one.bytes).equals(two.bytes)).toBe(true);
    expect(one).toMatchObject({ captures: 4, letters: 1 });
    expect(Buffer.from(one.bytes).toString('latin1')).not.toContain('Robin Reed');
    const folder = join(temporaryFolder(), 'edition');
    mkdirSync(folder);
    makeArchiveFolder(folder);
    const { sources, quotes } = sourcesOf(example);
    const { entries } = await importCaptures(openArchive(folder), sources, {
      name: 'a.wacz',
      bytes: one.bytes,
    });
    await writeHead(folder);
    expect(entries.map(({ source }) => source)).toEqual([
      'heron-privacy',
      'lark-privacy',
      'plover-data',
      'plover-requests',
    ]);
    cpSync(join(example, 'edition.yaml'), join(folder, 'edition.yaml'));
    // The same text has the same hash: quotes hold against the captures of others.
    const own = quotes.filter(({ source }) => source !== 'heron-letter');
    expect((await verifyArchive(folder, { quotes: own })).flaws).toEqual([]);
  });

  it('as WARC hold the same', async () => {
    const { meta, evidence, sources } = sourcesOf(example);
    const { bytes } = await exportWarc(openArchive(example), meta, evidence);
    const folder = temporaryFolder();
    makeArchiveFolder(folder);
    expect(
      (await importCaptures(openArchive(folder), sources, { name: 'a.warc.gz', bytes })).entries,
    ).toHaveLength(4);
  });

  it.each<[string, (files: Record<string, Uint8Array>) => void, RegExp]>([
    [
      'a hash that is wrong',
      (files) => {
        files['datapackage.json'] = strToU8(
          Buffer.from(files['datapackage.json'] ?? '')
            .toString()
            .replace(/"hash": "sha256:./, '"hash": "sha256:0'),
        );
      },
      /not what its hash says|another hash/,
    ],
    [
      'a record that was changed',
      (files) => {
        const warc = files['archive/data.warc.gz'];
        if (warc) warc[900] = (warc[900] ?? 0) ^ 255;
      },
      /not what its hash says/,
    ],
    [
      'a file that is not listed',
      (files) => {
        files['archive/more.warc.gz'] = files['archive/data.warc.gz'] ?? new Uint8Array();
      },
      /hash is not listed/,
    ],
    [
      'a file that is missing',
      (files) => {
        delete files['pages/pages.jsonl'];
      },
      /listed, and is not there/,
    ],
    [
      'an index that leads nowhere',
      (files) => {
        files['indexes/index.cdx'] = strToU8(
          'com,example)/ 20260101000000 {"url":"http://example.com/","offset":"5","length":"10","filename":"data.warc.gz"}\n',
        );
      },
      /index.cdx” is not what its hash says/,
    ],
    [
      'a name that leads out',
      (files) => {
        files['../../evil.txt'] = strToU8('x');
      },
      /names a file outside of itself/,
    ],
    [
      'nothing in it',
      (files) => {
        for (const path of Object.keys(files)) delete files[path];
        files['a.txt'] = strToU8('x');
      },
      /no datapackage.json/,
    ],
  ])('are not believed with %s', async (_, spoil, message) => {
    const files = unzipSync((await packed()).bytes);
    spoil(files);
    const folder = temporaryFolder();
    const archive = openArchive(folder);
    await expect(
      importCaptures(archive, sourcesOf(example).sources, { name: 'a.wacz', bytes: zipSync(files) }),
    ).rejects.toThrow(message);
    expect(existsSync(join(folder, 'ledger.jsonl'))).toBe(false);
    expect(existsSync(join(folder, '../../evil.txt'))).toBe(false);
  });

  it('are not unpacked without end', async () => {
    const bomb = zipSync({ 'datapackage.json': new Uint8Array(600 * 1024 * 1024) }, { level: 9 });
    await expect(
      importCaptures(openArchive(temporaryFolder()), [], { name: 'b.wacz', bytes: bomb }),
    ).rejects.toThrow('more than 512 MiB');
  }, 60_000);
});

const openssl = (() => {
  try {
    return execFileSync('openssl', ['version'], { encoding: 'utf8' }).startsWith('OpenSSL');
  } catch {
    return false;
  }
})();

describe.skipIf(!openssl)(
  'a time stamp of an authority (here openssl ts; install openssl to run this)',
  () => {
    /** A time-stamp authority with a certificate of its own, answering over HTTP. */
    async function authority() {
      const folder = temporaryFolder();
      const run = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
      writeFileSync(
        join(folder, 'tsa.cnf'),
        '[req]\ndistinguished_name = dn\nx509_extensions = ext\nprompt = no\n[dn]\nCN = Test Authority\n[ext]\nextendedKeyUsage = critical,timeStamping\n[tsa]\ndefault_tsa = own\n[own]\nserial = ./serial\nsigner_digest = sha256\ndefault_policy = 1.2.3.4.1\ndigests = sha256\naccuracy = secs:1\ness_cert_id_alg = sha256\n',
      );
      writeFileSync(join(folder, 'serial'), '01\n');
      run(
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        'key.pem',
        '-out',
        'cert.pem',
        '-days',
        '2',
        '-config',
        'tsa.cnf',
      );
      const server = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          writeFileSync(join(folder, 'request.tsq'), Buffer.concat(chunks));
          run(
            'ts',
            '-reply',
            '-queryfile',
            'request.tsq',
            '-signer',
            'cert.pem',
            '-inkey',
            'key.pem',
            '-config',
            'tsa.cnf',
            '-out',
            'answer.tsr',
          );
          response.end(readFileSync(join(folder, 'answer.tsr')));
        });
      });
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      onTestFinished(() => void server.close());
      const address = server.address();
      return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
    }

    /** The head of the one ledger of an edition. */
    async function headed(folder: string, key?: string) {
      const own = await writeOneHead(folder, key, { vouch: true });
      const only = own?.heads[0];
      if (!only) throw new Error('no head');
      return only;
    }

    it('is kept beside the head, and proved offline; of another head it does not hold', async () => {
      const folder = join(temporaryFolder(), 'edition');
      cpSync('editions/example/2026', folder, { recursive: true });
      const { ledger, head } = await headed(folder);
      const stamped = await stampHead(folder, ledger, head, await authority());
      expect(stamped.signer).toContain('Test Authority');
      const report = await verifyArchive(folder);
      expect(report).toMatchObject({ flaws: [], ledgers: [{ stamped: stamped.time }] });
      const token = join(folder, 'captures/head.tsr');
      const bytes = readFileSync(token);
      const tampered = Buffer.from(bytes);
      tampered[tampered.length - 20] = (tampered[tampered.length - 20] ?? 0) ^ 1;
      writeFileSync(token, tampered);
      expect((await verifyArchive(folder)).flaws).toEqual([
        { of: 'captures/head.tsr', message: expect.stringMatching(/signature does not hold|cannot be read/) },
      ]);
      writeFileSync(token, 'nonsense');
      expect((await verifyArchive(folder)).flaws).toHaveLength(1);
      writeFileSync(token, bytes);
      const written = await headed(folder, makeKeyPair().privateKey);
      await headed(folder, makeKeyPair().privateKey);
      expect(written.head.time).not.toBe(head.time);
      expect((await verifyArchive(folder)).flaws).toEqual([
        { of: 'captures/head.tsr', message: 'it is a time stamp of something else' },
      ]);
    });

    it('is refused where the authority gives none', async () => {
      const { url } = await localServer({ '/': 'no stamps here' });
      const folder = join(temporaryFolder(), 'edition');
      cpSync('editions/example/2026', folder, { recursive: true });
      const { ledger, head } = await headed(folder);
      await expect(stampHead(folder, ledger, head, `${url}/`)).rejects.toThrow(/does not hold/);
      expect(existsSync(join(folder, 'captures/head.tsr'))).toBe(false);
    });
  },
);

describe.skipIf(!findChromium())('a page in a browser (install chromium to run this)', () => {
  it('is kept as it was rendered, with what it showed and a picture', async () => {
    const { capturer, server, archive } = await edition({
      '/app':
        '<!doctype html><title>App</title><div id="root"></div><script>document.getElementById("root").innerHTML="<p>We delete data within 30 days.</p><p style=\'display:none\'>never mind</p>"</script>',
    });
    const result = await capturer().capture('app', `${server.url}/app`);
    if (result.kind !== 'captured') throw new Error(JSON.stringify(result));
    expect(result.manifest).toMatchObject({
      method: 'browser',
      verdict: 'ok',
      browser: expect.stringMatching(/^Chromium \d+/),
    });
    expect(result.manifest.parts.map(({ role }) => role)).toEqual([
      'body',
      'dom',
      'painted',
      'picture',
      'text',
      'hidden',
    ]);
    expect(await archive.text(result.manifest)).toBe('We delete data within 30 days.');
    expect(await archive.text(result.manifest, 'hidden')).toBe('never mind');
  }, 60_000);

  it('that is hostile reaches nothing, fools nobody, and leaves nothing behind', async () => {
    const canary = await localServer({});
    const inside = canary.url;
    const { capturer, server, archive } = await edition({
      '/hostile': `<!doctype html><title>x</title><p id="p">The honest text of this page is long enough to be a text by itself.</p>
        <img src="${inside}/img"><iframe src="${inside}/frame"></iframe><link rel="dns-prefetch" href="//canary.example"><link rel="preconnect" href="${inside}">
        <iframe src="file:///etc/passwd"></iframe><object data="${inside}/object"></object>
        <script>
          Object.defineProperty(HTMLElement.prototype, 'innerText', { get() { return 'FORGED'; } });
          Object.defineProperty(Element.prototype, 'outerHTML', { get() { return 'FORGED'; } });
          String.prototype.toString = JSON.stringify = () => 'FORGED';
          fetch('${inside}/fetch').catch(() => {}); fetch('http://169.254.169.254/latest/').catch(() => {}); fetch('http://[::1]:${canary.port}/six').catch(() => {});
          fetch('http://localhost:${canary.port}/name').catch(() => {});
          navigator.sendBeacon('${inside}/beacon', 'x'); new WebSocket('ws://${canary.host}/socket'); new EventSource('${inside}/events');
          try { const c = new RTCPeerConnection({ iceServers: [{ urls: 'stun:${canary.host}' }] }); c.createDataChannel('x'); c.createOffer().then(o => c.setLocalDescription(o)); } catch {}
          navigator.serviceWorker?.register('/worker.js').catch(() => {});
          window.open('${inside}/window'); const a = document.createElement('a'); a.href = '/download'; a.download = 'evil.bin'; document.body.append(a); a.click();
          for (let i = 0; i < 3; i++) alert('x'); document.cookie = 'a=b'; history.pushState({}, '', '/hostile?x'); setTimeout(() => { location = 'file:///etc/passwd'; }, 50);
        </script>`,
      '/download': (_, response) =>
        response.writeHead(200, { 'content-disposition': 'attachment; filename=evil.bin' }).end('x'),
      '/worker.js': 'self.skipWaiting()',
    });
    // Other tests open browsers at the same time: this one has a place of its own to leave something behind.
    const [everybodys, own] = [process.env.TMPDIR, temporaryFolder()];
    process.env.TMPDIR = own;
    onTestFinished(() => {
      if (everybodys === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = everybodys;
    });
    const result = await capturer({ browser: true }).capture('hostile', `${server.url}/hostile`);
    if (result.kind !== 'captured') throw new Error(JSON.stringify(result));
    expect(canary.seen).toEqual([]);
    expect(await archive.text(result.manifest)).toContain('The honest text of this page');
    const dom = result.manifest.parts.find(({ role }) => role === 'dom');
    expect(Buffer.from(await archive.blobs.get(dom?.sha256 ?? '')).toString()).toContain('The honest text');
    expect(readdirSync(own).filter((name) => /assay-browser|evil/.test(name))).toEqual([]);
  }, 90_000);

  it('that was opened in a browser is again, and compared by what was painted', async () => {
    const page = (style: string) =>
      `<!doctype html><title>x</title><style>${style}</style><p>We do <span class="n">not</span> share what you write with anybody.</p>`;
    const { capturer, check, archive, server } = await edition({ '/app': page('') });
    const first = await capturer({ browser: true }).capture('app', `${server.url}/app`);
    if (first.kind !== 'captured') throw new Error(JSON.stringify(first));
    archive.append(first.entry);
    const [same] = await check(['/app'], []);
    expect(same).toMatchObject({ outcome: 'unchanged', manifest: first.hash });
    server.answers['/app'] = page('.n { display: none }');
    const [hidden] = await check(['/app'], []);
    expect(hidden).toMatchObject({ outcome: 'changed' });
    expect((await archive.manifest(hidden?.manifest ?? '')).method).toBe('browser');
    const plain = await capturer({ browser: false }).capture('app', `${server.url}/app`, hidden?.manifest);
    expect(plain).toMatchObject({ kind: 'captured', manifest: { method: 'fetch' } });
  }, 90_000);

  it('that never comes to rest is given up', async () => {
    const { capturer, server } = await edition({
      '/loop': '<!doctype html><title>x</title><script>for(;;);</script>',
    });
    expect(
      await capturer({ browser: true, browserMs: 6000 }).capture('loop', `${server.url}/loop`),
    ).toMatchObject({ kind: 'failed', reason: 'browser' });
  }, 90_000);

  it('is not let within by a name, nor by a redirect', async () => {
    const canary = await localServer({ '/': 'secret' });
    const { capturer, server } = await edition({
      '/redirect': `<!doctype html><title>x</title><p>Going</p><script>location = '${canary.url}/'</script>`,
    });
    const result = await capturer({ browser: true }).capture('redirect', `${server.url}/redirect`);
    expect(canary.seen).toEqual([]);
    expect(JSON.stringify(result)).not.toContain('secret');
  }, 90_000);
});
