import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
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
  makeArchiveFolder,
  makeCapturer,
  openArchive,
  type RecheckedSource,
  recheck,
  recheckJobs,
  stampHead,
  verifyArchive,
  writeHead,
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

/** An edition whose sources are pages of a local server. */
async function edition(answers: Record<string, Answer>) {
  const server = await localServer(answers);
  const folder = join(temporaryFolder(), 'edition');
  mkdirSync(folder);
  cpSync('editions/example/2026/edition.yaml', join(folder, 'edition.yaml'));
  await makeArchiveFolder(folder);
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
        reason: expect.stringContaining('its text cannot be read'),
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
    await makeArchiveFolder(folder);
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
    const folder = join(temporaryFolder(), 'edition');
    await makeArchiveFolder(folder);
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

    it('is kept beside the head, and proved offline; of another head it does not hold', async () => {
      const folder = join(temporaryFolder(), 'edition');
      cpSync('editions/example/2026', folder, { recursive: true });
      const head = await writeHead(folder);
      const stamped = await stampHead(folder, head, await authority());
      expect(stamped.signer).toContain('Test Authority');
      const report = await verifyArchive(folder);
      expect(report).toMatchObject({ flaws: [], stamped: stamped.time });
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
      openArchive(folder).append({ kind: 'run', sources: 0, quotes: 0 });
      await writeHead(folder);
      expect((await verifyArchive(folder)).flaws).toEqual([
        { of: 'captures/head.tsr', message: 'it is a time stamp of something else' },
      ]);
    });

    it('is refused where the authority gives none', async () => {
      const { url } = await localServer({ '/': 'no stamps here' });
      const folder = join(temporaryFolder(), 'edition');
      cpSync('editions/example/2026', folder, { recursive: true });
      await expect(stampHead(folder, await writeHead(folder), `${url}/`)).rejects.toThrow(/does not hold/);
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
    const before = new Set(readdirSync(tmpdir()));
    const result = await capturer({ browser: true }).capture('hostile', `${server.url}/hostile`);
    if (result.kind !== 'captured') throw new Error(JSON.stringify(result));
    expect(canary.seen).toEqual([]);
    expect(await archive.text(result.manifest)).toContain('The honest text of this page');
    const dom = result.manifest.parts.find(({ role }) => role === 'dom');
    expect(Buffer.from(await archive.blobs.get(dom?.sha256 ?? '')).toString()).toContain('The honest text');
    expect(
      readdirSync(tmpdir()).filter((name) => !before.has(name) && /assay-browser|evil/.test(name)),
    ).toEqual([]);
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
