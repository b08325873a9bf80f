import { randomBytes, timingSafeEqual } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { connect, type Socket } from 'node:net';
import { checkAddress, isAllowed, isPublicAddress } from '../address.ts';
import type { Resolve } from '../fetch.ts';
import { isCallHome } from './chromium-switches.ts';

/** The one way out for a browser that opens a stranger’s page. */
export interface Proxy {
  readonly server: string;
  readonly username: string;
  readonly password: string;
  /** What was asked for and not let through. */
  readonly refused: readonly string[];
  close(): Promise<void>;
}

const MOST_BYTES = 200 * 1024 * 1024;
const IDLE_MS = 20_000;

/**
 * A proxy on loopback (HTTP, and CONNECT for TLS) that lets through what is on the public internet, and hosts that were allowed by name: it looks a
 * name up once, checks every address, and connects to the one it checked. What the browser asks its maker for is not let through. Nobody without its
 * password, made anew each time, can use it.
 */
export async function startProxy({
  allowed,
  resolve = systemResolve,
}: {
  readonly allowed: readonly string[];
  readonly resolve?: Resolve | undefined;
}): Promise<Proxy> {
  const password = randomBytes(16).toString('hex');
  const refused: string[] = [];
  const sockets = new Set<Socket>();
  let bytes = 0;
  const meter = (socket: Socket) => {
    sockets.add(socket);
    socket.setTimeout(IDLE_MS, () => socket.destroy());
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const count = (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) for (const socket of sockets) socket.destroy();
  };
  const way = async (address: string): Promise<{ url: URL; address: string }> => {
    const url = checkAddress(address, allowed);
    if (isCallHome(url.hostname))
      throw new Error(`“${url.hostname}” is asked by the browser, not by the page`);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const found = await resolve(host);
    const bad = isAllowed(url, allowed) ? undefined : found.find((own) => !isPublicAddress(own));
    const [first] = found;
    if (bad !== undefined || first === undefined) throw new Error(`“${host}” leads to ${bad ?? 'nowhere'}`);
    return { url, address: first };
  };
  const refuse = (address: string) => refused.length < 1000 && refused.push(address.slice(0, 500));
  const refusal = (incoming: IncomingMessage, answer: ServerResponse) => {
    refuse(incoming.url ?? '');
    if (answer.headersSent) answer.destroy();
    else answer.writeHead(403, { 'content-length': 0, 'x-assay': 'refused' }).end();
  };

  const server: Server = createServer({ maxHeaderSize: 64 * 1024 }, (incoming, answer) => {
    if (!isKnown(incoming, password)) return deny(answer);
    way(incoming.url ?? '')
      .then(({ url, address }) => pass(incoming, answer, url, address, { meter, count }))
      .catch(() => refusal(incoming, answer));
  });
  server.on('connection', meter);
  server.on('connect', (incoming: IncomingMessage, client: Socket, first: Buffer) => {
    const target = incoming.url ?? '';
    if (!isKnown(incoming, password)) {
      client.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm="assay"\r\ncontent-length: 0\r\n\r\n',
      );
      return;
    }
    way(`https://${target}`)
      .then(({ url, address }) => {
        const upstream = connect(Number(url.port || 443), address, () => {
          client.write('HTTP/1.1 200 OK\r\n\r\n');
          upstream.write(first);
          upstream.on('data', count);
          client.on('data', count);
          upstream.pipe(client);
          client.pipe(upstream);
        });
        meter(upstream);
        upstream.on('close', () => client.destroy());
        client.on('close', () => upstream.destroy());
      })
      .catch(() => {
        refuse(target);
        client.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n');
      });
  });
  server.on('upgrade', (incoming: IncomingMessage, socket: Socket) => {
    refuse(incoming.url ?? '');
    socket.destroy();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const bound = server.address();
  return {
    server: `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}`,
    username: 'assay',
    password,
    refused,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

const systemResolve: Resolve = async (host) =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);

function isKnown(incoming: IncomingMessage, password: string): boolean {
  const given = Buffer.from(incoming.headers['proxy-authorization'] ?? '');
  const right = Buffer.from(`Basic ${Buffer.from(`assay:${password}`).toString('base64')}`);
  return given.length === right.length && timingSafeEqual(given, right);
}

function deny(answer: ServerResponse): void {
  answer.writeHead(407, { 'proxy-authenticate': 'Basic realm="assay"', 'content-length': 0 }).end();
}

function pass(
  incoming: IncomingMessage,
  answer: ServerResponse,
  url: URL,
  address: string,
  { meter, count }: { meter: (socket: Socket) => void; count: (chunk: Buffer) => void },
): void {
  const { 'proxy-authorization': _, 'proxy-connection': __, ...headers } = incoming.headers;
  const upstream = httpRequest(
    {
      host: address,
      port: url.port || 80,
      method: incoming.method,
      path: url.pathname + url.search,
      headers: { ...headers, host: url.host },
      agent: false,
      maxHeaderSize: 64 * 1024,
    },
    (response) => {
      response.on('data', count);
      response.on('error', () => answer.destroy());
      try {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      } catch {
        answer.destroy(); // a status or header that no server of ours may send on, such as 099
      }
    },
  );
  upstream.on('socket', meter);
  upstream.on('upgrade', (_response, socket) => {
    socket.destroy(); // nobody asked for another protocol
    answer.destroy();
  });
  upstream.on('error', () => (answer.headersSent ? answer.destroy() : answer.writeHead(502).end()));
  incoming.on('error', () => upstream.destroy());
  incoming.on('data', count);
  answer.on('error', () => upstream.destroy());
  answer.on('close', () => upstream.destroy());
  incoming.pipe(upstream);
}
