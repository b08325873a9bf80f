import { request } from 'node:http';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startProxy } from './proxy.ts';

async function proxied(allowed: readonly string[] = []) {
  const looked: string[] = [];
  const proxy = await startProxy({
    allowed,
    resolve: async (host) => {
      looked.push(host);
      return host === '127.0.0.1' ? ['127.0.0.1'] : [];
    },
  });
  onTestFinished(() => proxy.close());
  const { port } = new URL(proxy.server);
  const basic = Buffer.from(`${proxy.username}:${proxy.password}`).toString('base64');
  /** The status of an answer; 0 if the connection was closed instead. */
  const ask = (method: string, path: string) =>
    new Promise<number>((done) => {
      request({ port, method, path, headers: { 'proxy-authorization': `Basic ${basic}` } })
        .on('response', (response) => {
          response.on('error', () => {}).resume();
          done(response.statusCode ?? 0);
        })
        .on('connect', (response, socket) => {
          socket.destroy();
          done(response.statusCode ?? 0);
        })
        .on('error', () => done(0))
        .end();
    });
  return { proxy, looked, ask };
}

describe('the proxy of the browser', () => {
  it('refuses what the browser asks for itself, before it looks a name up', async () => {
    const { ask, looked, proxy } = await proxied();
    for (const host of ['update.googleapis.com', 'CLIENTS2.google.com', 'content-autofill.googleapis.com.'])
      expect(await ask('CONNECT', `${host}:443`)).toBe(403);
    expect(await ask('GET', 'http://update.googleapis.com/service/update2')).toBe(403);
    expect(looked).toEqual([]);
    expect(proxy.refused).toHaveLength(4);
    // What pages have a use for, they get.
    await ask('CONNECT', 'fonts.googleapis.com:443');
    await ask('CONNECT', 'accounts.google.com:443');
    expect(looked).toEqual(['fonts.googleapis.com', 'accounts.google.com']);
  });

  it.each([
    'HTTP/1.1 099 Low\r\nContent-Length: 0\r\n\r\n',
    'HTTP/1.1 999 High\r\nContent-Length: 0\r\n\r\n',
    'HTTP/1.1 200 OK\r\nconstructor: x\r\n__proto__: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nzz',
    'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\ncut off',
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
    'nonsense',
    '',
  ])('goes on whatever a server answers: %j', async (answer) => {
    const server = createServer((socket) =>
      socket.on('error', () => {}).once('data', () => socket.end(answer)),
    );
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    onTestFinished(() => void server.close());
    const bound = server.address();
    const host = `127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}`;
    const { ask } = await proxied([host]);
    await ask('GET', `http://${host}/`);
    expect(await ask('CONNECT', '10.0.0.1:443')).toBe(403);
  });
});
