import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Answer, localServer } from '../../../tests/servers.ts';
import { type Fetched, type FetchOptions, makeFetcher } from './fetch.ts';

async function fetcherFor(options: Partial<FetchOptions> = {}) {
  const fetcher = makeFetcher({ allowed: [], ...options });
  onTestFinished(() => fetcher.close());
  return fetcher;
}

/** Fetches a path of a server with these answers, which is allowed by name. */
async function fetched(answers: Record<string, Answer>, path = '/', options: Partial<FetchOptions> = {}) {
  const server = await localServer(answers);
  const fetcher = await fetcherFor({ allowed: [server.host], ...options });
  return { server, result: await fetcher.fetch(server.url + path) };
}

const textOf = (result: Fetched) =>
  result.kind === 'response' ? Buffer.from(result.body).toString() : result.kind;
const reasonOf = (result: Fetched) => (result.kind === 'failed' ? result.reason : result.kind);

describe('fetching', () => {
  it('gives the body, and what came with it', async () => {
    const { result, server } = await fetched({ '/': 'Hello' });
    expect(textOf(result)).toBe('Hello');
    expect(result.hops).toMatchObject([{ address: `${server.url}/`, status: 200 }]);
    expect(result.hops[0]?.headers).toContainEqual(['content-type', 'text/html; charset=utf-8']);
  });

  it('follows redirects, and keeps each', async () => {
    const { result } = await fetched({
      '/': (_, response) => response.writeHead(301, { location: '/b' }).end(),
      '/b': (_, response) => response.writeHead(302, { location: 'c' }).end(),
      '/c': 'There',
    });
    expect(textOf(result)).toBe('There');
    expect(result.hops.map(({ status }) => status)).toEqual([301, 302, 200]);
  });

  it('gives a page of any status, for others to judge', async () => {
    const { result } = await fetched({});
    expect(result).toMatchObject({ kind: 'response', hops: [{ status: 404 }] });
  });

  it('asks with what was known before', async () => {
    const server = await localServer({
      '/': (request, response) =>
        response.writeHead(request.headers['if-none-match'] === '"1"' ? 304 : 200).end(),
    });
    const fetcher = await fetcherFor({ allowed: [server.host] });
    expect((await fetcher.fetch(`${server.url}/`, { etag: '"1"' })).kind).toBe('not-modified');
    expect((await fetcher.fetch(`${server.url}/`, { etag: '"2"' })).kind).toBe('response');
  });

  it('undoes content encodings, one after the other', async () => {
    const packed = gzipSync(brotliCompressSync('Twice'));
    const { result } = await fetched({
      '/': (_, response) => response.writeHead(200, { 'content-encoding': 'br, gzip' }).end(packed),
    });
    expect(textOf(result)).toBe('Twice');
  });
});

describe('fetching never leads within', () => {
  it('not by an address', async () => {
    const server = await localServer({ '/': 'secret' });
    const fetcher = await fetcherFor();
    expect(reasonOf(await fetcher.fetch(`${server.url}/`))).toBe('refused');
    expect(server.seen).toEqual([]);
  });

  it('not by a redirect', async () => {
    const within = await localServer({ '/secret': 'secret' });
    for (const location of [
      `${within.url}/secret`,
      'http://169.254.169.254/latest/meta-data/',
      'file:///etc/passwd',
      'http://[::ffff:127.0.0.1]/',
    ]) {
      const { result } = await fetched({
        '/': (_, response) => response.writeHead(302, { location }).end(),
      });
      expect(reasonOf(result)).toBe('refused');
    }
    expect(within.seen).toEqual([]);
  });

  it('not by a name that points within', async () => {
    const server = await localServer({ '/': 'secret' });
    const fetcher = await fetcherFor({ resolve: async () => ['127.0.0.1'] });
    const result = await fetcher.fetch(`http://rebound.example:${server.port}/`);
    expect(result).toMatchObject({ kind: 'failed', reason: 'refused' });
    expect(server.seen).toEqual([]);
  });

  it('not by one of several addresses, nor by an answer that changes after it was checked', async () => {
    const server = await localServer({ '/': 'secret' });
    let asked = 0;
    const several = await fetcherFor({ resolve: async () => ['93.184.216.34', '127.0.0.1'] });
    expect(reasonOf(await several.fetch(`http://both.example:${server.port}/`))).toBe('refused');
    const changing = await fetcherFor({
      limits: { connectMs: 300, wholeMs: 1000 },
      // The first answer is checked and connected to; the second would lead within, and is never asked for.
      resolve: async () => (asked++ === 0 ? ['192.88.99.99'] : ['127.0.0.1']),
    });
    expect(reasonOf(await changing.fetch(`http://rebound.example:${server.port}/`))).toBe('refused');
    expect(asked).toBe(1);
    expect(server.seen).toEqual([]);
  });
});

describe('fetching ends', () => {
  it('when redirects go round, or never end', async () => {
    const round = await fetched({ '/': (_, response) => response.writeHead(302, { location: '/' }).end() });
    expect(round.result).toMatchObject({
      reason: 'redirects',
      message: expect.stringContaining('leads back'),
    });
    let number = 0;
    const server = await localServer({});
    const endless = new Proxy(server.answers, {
      get: () => (_: unknown, response: { writeHead: (s: number, h: object) => { end(): void } }) =>
        response.writeHead(302, { location: `/${++number}` }).end(),
    });
    Object.setPrototypeOf(server.answers, endless);
    const fetcher = await fetcherFor({ allowed: [server.host] });
    expect(reasonOf(await fetcher.fetch(`${server.url}/x`))).toBe('redirects');
  });

  it('when a body drips, or never comes', async () => {
    const limits = { silenceMs: 400, wholeMs: 900 };
    const silent = await fetched({ '/': () => {} }, '/', { limits });
    expect(reasonOf(silent.result)).toBe('timeout');
    const dripping = await fetched(
      {
        '/': (_, response) => {
          response.writeHead(200);
          const timer = setInterval(() => response.write('.'), 50);
          response.on('close', () => clearInterval(timer));
        },
      },
      '/',
      { limits },
    );
    expect(reasonOf(dripping.result)).toBe('timeout');
  });

  it('when a body is larger than is kept, on the wire or unpacked', async () => {
    const limits = { bytes: 1024 * 1024 };
    const large = await fetched({ '/': Buffer.alloc(2 * 1024 * 1024) }, '/', { limits });
    expect(reasonOf(large.result)).toBe('too-large');
    // A bomb: 512 MiB of nothing, twice packed, in about a kilobyte.
    const bomb = gzipSync(gzipSync(Buffer.alloc(512 * 1024 * 1024), { level: 9 }), { level: 9 });
    expect(bomb.length).toBeLessThan(4000);
    const before = process.memoryUsage().rss;
    const unpacked = await fetched({
      '/': (_, response) => response.writeHead(200, { 'content-encoding': 'gzip, gzip' }).end(bomb),
    });
    expect(reasonOf(unpacked.result)).toBe('too-large');
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024);
    const onion = await fetched({
      '/': (_, response) =>
        response.writeHead(200, { 'content-encoding': 'gzip, gzip, gzip, gzip, gzip' }).end(),
    });
    expect(reasonOf(onion.result)).toBe('too-large');
  }, 60_000);

  it('when what comes cannot be understood', async () => {
    const cut = gzipSync(Buffer.alloc(100_000, 'words ')).subarray(0, 60);
    const truncated = await fetched({
      '/': (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(cut),
    });
    expect(reasonOf(truncated.result)).toBe('broken');
    const unknown = await fetched({
      '/': (_, response) => response.writeHead(200, { 'content-encoding': 'snow' }).end('x'),
    });
    expect(unknown.result).toMatchObject({ reason: 'broken', message: expect.stringContaining('snow') });
    const short = await fetched({
      '/': (_, response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('half');
        setTimeout(() => response.destroy(), 50);
      },
    });
    expect(short.result.kind).toBe('failed');
    const heads = await fetched({
      '/': (_, response) => response.writeHead(200, { 'x-long': 'x'.repeat(100_000) }).end('x'),
    });
    expect(heads.result.kind).toBe('failed');
  });

  it('when nobody is there', async () => {
    const server = await localServer({});
    await server.close();
    const fetcher = await fetcherFor({ allowed: [server.host] });
    expect(reasonOf(await fetcher.fetch(`${server.url}/`))).toBe('connect');
    const nameless = await fetcherFor({
      resolve: async () => {
        throw Object.assign(new Error('no such host'), { code: 'ENOTFOUND' });
      },
    });
    expect(reasonOf(await nameless.fetch('http://nobody.example/'))).toBe('dns');
  });
});
