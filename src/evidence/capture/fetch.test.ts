import { createServer, type Socket } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
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

/** A server that answers each connection with these bytes, whatever is asked. */
async function rawServer(answer: (socket: Socket, asked: string) => void) {
  const asked: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (data) => {
      asked.push(data.toString('latin1'));
      answer(socket, data.toString('latin1'));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  const bound = server.address();
  const host = `127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}`;
  return { host, url: `http://${host}`, asked };
}

const head = (...lines: string[]) => `HTTP/1.1 ${lines.join('\r\n')}\r\n\r\n`;

describe('an answer is read as browsers read it', () => {
  it.each([
    ['deflate', deflateSync('words')],
    ['deflate', deflateRawSync('words')],
    ['gzip', gzipSync('words')],
    ['X-GZIP', gzipSync('words')],
    ['gzip, deflate', deflateRawSync(gzipSync('words'))],
    ['zstd', zstdCompressSync('words')],
    ['identity', Buffer.from('words')],
  ])('encoded as %s', async (encoding, packed) => {
    const { result } = await fetched({
      '/': (_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(packed),
    });
    expect(textOf(result)).toBe('words');
  });

  it('with an empty body, whatever it is said to be packed with', async () => {
    const { result } = await fetched({
      '/': (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(),
    });
    expect(textOf(result)).toBe('');
  });

  it('with a Location of raw bytes, in UTF-8 or any other', async () => {
    for (const [bytes, path] of [
      [Buffer.from('/données?a=é#x'), '/donn%C3%A9es?a=%C3%A9'],
      [Buffer.from([0x2f, 0xe9]), '/%E9'],
    ] as const) {
      const server = await rawServer((socket, asked) =>
        socket.end(
          asked.startsWith('GET / ')
            ? Buffer.concat([
                Buffer.from('HTTP/1.1 302 Found\r\nLocation: '),
                bytes,
                Buffer.from('\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'),
              ])
            : head('200 OK', 'Content-Length: 5', 'Connection: close').concat('There'),
        ),
      );
      const fetcher = await fetcherFor({ allowed: [server.host] });
      expect(textOf(await fetcher.fetch(`${server.url}/`))).toBe('There');
      expect(server.asked[1]).toMatch(new RegExp(`^GET ${path.replaceAll(/[?/]/g, '\\$&')} HTTP`));
    }
  });

  it('with cookies that live as long as one fetch, and go where they belong', async () => {
    const { result, server } = await fetched({
      '/': (request, response) =>
        request.headers.cookie === 'seen=1'
          ? response.end('Page')
          : response.writeHead(302, { location: '/', 'set-cookie': 'seen=1; path=/' }).end(),
    });
    expect(textOf(result)).toBe('Page');
    expect(result.hops.map(({ status }) => status)).toEqual([302, 200]);
    expect(server.seen).toEqual(['/', '/']);
    const cookies: (string | undefined)[] = [];
    const other = await fetched(
      {
        '/a/start': (_, response) =>
          response
            .writeHead(302, {
              location: '/b',
              'set-cookie': [
                'deep=1; path=/a',
                'all=1; path=/',
                'evil=1; domain=example.com',
                'tld=1; domain=com',
                'safe=1; secure',
                '__proto__=1',
                'nonsense',
                ';;;=',
              ],
            })
            .end(),
        '/b': (request, response) => {
          cookies.push(request.headers.cookie);
          response.end('There');
        },
      },
      '/a/start',
    );
    expect(textOf(other.result)).toBe('There');
    const sent = cookies[0] ?? '';
    expect(sent).toContain('all=1');
    for (const name of ['deep', 'evil', 'tld', 'safe']) expect(sent).not.toContain(name);
  });

  it.each<[string, Answer, boolean]>([
    ['a header', (_, response) => response.writeHead(200, { refresh: '0; url=/there' }).end('Wait'), true],
    [
      'a header without url=',
      (_, response) => response.writeHead(200, { refresh: '3;/there' }).end('Wait'),
      true,
    ],
    ['markup', '<meta http-equiv="refresh" content="0;url=/there">Wait', true],
    ['markup in quotes and capitals', `<META HTTP-EQUIV=Refresh CONTENT="5 , URL = '/there'">`, true],
    ['markup in the body', '<body><p>Wait</p><meta http-equiv=refresh content="1;url=there">', true],
    ['markup in a comment', '<!-- <meta http-equiv=refresh content="0;url=/there"> -->Wait', false],
    [
      'markup for those without scripts',
      '<head><noscript><meta http-equiv=refresh content="0;url=/there"></noscript></head>Wait',
      false,
    ],
    ['a delay to read in', '<meta http-equiv=refresh content="600;url=/there">Wait', false],
    ['itself', '<meta http-equiv=refresh content="5">Wait', false],
    ['itself by name', '<meta http-equiv=refresh content="5;url=/#top">Wait', false],
    ['a script', '<meta http-equiv=refresh content="0;url=javascript:alert(1)">Wait', false],
  ])('followed where it moves on by %s', async (_, answer, follows) => {
    const { result } = await fetched({ '/': answer, '/there': 'There' });
    expect(result).toMatchObject({
      kind: 'response',
      final: expect.stringMatching(follows ? /there$/ : /\d\/$/),
    });
  });

  it('but never within, nor round and round, by a refresh', async () => {
    const within = await localServer({ '/secret': 'secret' });
    const { result } = await fetched({
      '/': `<meta http-equiv=refresh content="0;url=${within.url}/secret">`,
    });
    expect(result).toMatchObject({ kind: 'failed', reason: 'refused' });
    expect(within.seen).toEqual([]);
    const round = await fetched({
      '/': '<meta http-equiv=refresh content="0;url=/b">',
      '/b': '<meta http-equiv=refresh content="0;url=/">',
    });
    expect(round.result).toMatchObject({ reason: 'redirects' });
  });

  it('asks for a language, and on the way who has a say', async () => {
    const languages: (string | undefined)[] = [];
    const answers: Record<string, Answer> = {
      '/': (request, response) => {
        languages.push(request.headers['accept-language']);
        response.writeHead(302, { location: '/denied' }).end();
      },
      '/denied': 'secret',
    };
    const server = await localServer(answers);
    const fetcher = await fetcherFor({ allowed: [server.host], language: 'fr-ch, AR' });
    const result = await fetcher.fetch(`${server.url}/`, {
      denies: async (address) =>
        address.endsWith('/denied') ? { reason: 'robots', message: 'its owner says no' } : undefined,
    });
    expect(result).toMatchObject({
      reason: 'robots',
      message: `it leads to ${server.url}/denied: its owner says no`,
    });
    expect(server.seen).toEqual(['/']);
    expect(languages).toEqual(['fr-CH,ar;q=0.9,*;q=0.5']);
  });
});

describe('a hostile server', () => {
  const late = (socket: Socket, ...parts: (string | Buffer)[]) => {
    socket.write(parts[0] ?? '');
    setTimeout(() => (parts.length > 1 ? late(socket, ...parts.slice(1)) : socket.destroy()), 30);
  };
  const ENCODED =
    (encoding: string, body = 'x') =>
    (socket: Socket) =>
      socket.end(
        head('200 OK', `Content-Encoding: ${encoding}`, `Content-Length: ${body.length}`).concat(body),
      );

  it.each<[string, (socket: Socket) => void, string, RegExp]>([
    ...['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', 'gzip,constructor'].map(
      (name): [string, (socket: Socket) => void, string, RegExp] => [
        `encodes as ${name}`,
        ENCODED(name),
        'broken',
        /content encoding “\w+” is not known/i,
      ],
    ),
    [
      'says gzip and sends none',
      ENCODED('gzip', 'plain words'),
      'broken',
      /says that it is packed as “gzip”, and it is not/,
    ],
    ['closes at once', (socket) => socket.destroy(), 'connect', /connection was (?:closed|broken off)/],
    ['resets', (socket) => socket.resetAndDestroy(), 'connect', /connection was (?:closed|broken off)/],
    [
      'speaks another language',
      (socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'),
      'broken',
      /no answer of a web server/,
    ],
    [
      'answers nonsense',
      (socket) => socket.end('HTTP/9.9 abc\r\n\r\n'),
      'broken',
      /no answer of a web server/,
    ],
    [
      'cuts the body off',
      (socket) => late(socket, head('200 OK', 'Content-Length: 100').concat('half')),
      'broken',
      /^the answer was cut off$/,
    ],
    [
      'cuts a chunk off',
      (socket) => late(socket, head('200 OK', 'Transfer-Encoding: chunked').concat('64\r\nhalf')),
      'broken',
      /^the answer was cut off$/,
    ],
    [
      'cuts the packing off',
      (socket) => {
        const cut = gzipSync(Buffer.from('words '.repeat(5000))).subarray(0, 40);
        socket.write(head('200 OK', 'Content-Encoding: gzip', `Content-Length: ${cut.length}`));
        socket.end(cut);
      },
      'broken',
      /^the answer was cut off$/,
    ],
    [
      'sends headers without end',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        const timer = setInterval(() => socket.write(`x-a: ${'a'.repeat(20_000)}\r\n`), 5);
        socket.on('close', () => clearInterval(timer));
      },
      'broken',
      /headers are longer than 64 KiB/,
    ],
    [
      'redirects to nonsense',
      (socket) => socket.end(head('302 Found', 'Location: http://[', 'Content-Length: 0')),
      'refused',
      /no whole web address/,
    ],
    [
      'redirects to a script',
      (socket) => socket.end(head('302 Found', 'Location: javascript:alert(1)', 'Content-Length: 0')),
      'refused',
      /only http and https/,
    ],
    [
      'changes the protocol',
      (socket) => socket.end(head('101 Switching Protocols', 'Upgrade: x')),
      'broken',
      /./,
    ],
  ])('that %s gives a result with a reason', async (_, answer, reason, message) => {
    const server = await rawServer(answer);
    const fetcher = await fetcherFor({ allowed: [server.host], limits: { silenceMs: 2000, wholeMs: 4000 } });
    const result = await fetcher.fetch(`${server.url}/`);
    expect(result).toMatchObject({ kind: 'failed', reason, message: expect.stringMatching(message) });
    expect(JSON.stringify(result)).not.toMatch(/other side closed|is not a function|undefined/);
  });

  it('that names headers as objects do is read', async () => {
    const names = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', 'then', 'push'];
    const server = await rawServer((socket) =>
      socket.end(
        head('200 OK', ...names.flatMap((name) => [`${name}: a`, `${name}: b`]), 'Content-Length: 2').concat(
          'ok',
        ),
      ),
    );
    const fetcher = await fetcherFor({ allowed: [server.host] });
    const result = await fetcher.fetch(`${server.url}/`);
    expect(textOf(result)).toBe('ok');
    expect(result.hops[0]?.headers).toContainEqual(['__proto__', 'b']);
  });

  it('does not reach what was allowed for another source', async () => {
    const other = await localServer({ '/': 'secret' });
    const server = await localServer({
      '/': (_, response) => response.writeHead(302, { location: `${other.url}/` }).end(),
    });
    const fetcher = await fetcherFor({ allowed: [server.host, other.host] });
    expect(await fetcher.fetch(`${server.url}/`)).toMatchObject({
      reason: 'refused',
      message: expect.stringContaining('was allowed for its own addresses only'),
    });
    expect(other.seen).toEqual([]);
  });
});
