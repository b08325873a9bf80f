import { createSocket } from 'node:dgram';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../../../tests/folders.ts';
import { type Answer, localServer } from '../../../../tests/servers.ts';
import { findChromium } from '../../chromium.ts';
import { paintedText } from '../../text/page/painted-text.ts';
import { type BrowseOptions, browse } from './browse.ts';
import { chromiumSwitches } from './chromium-switches.ts';
import { processesOf } from './processes.ts';

/** Opens the first page of a server with these answers. */
async function browsed(answers: Record<string, Answer>, options: Partial<BrowseOptions> = {}) {
  const server = await localServer({ '/favicon.ico': '', ...answers });
  const page = await browse(`${server.url}/`, { allowed: [server.host], ...options });
  return { server, page };
}

/** A folder for temporary files of this test alone: other tests start browsers, too. */
function ownTemporaryFolder(): string {
  const folder = temporaryFolder();
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  onTestFinished(() => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  });
  return folder;
}

/** Counts what comes to a port of loopback, as datagrams and as connections. */
async function canary() {
  const got: string[] = [];
  const tcp = createServer((socket) => {
    got.push('tcp');
    socket.on('error', () => {}).end();
  });
  await new Promise<void>((done) => tcp.listen(0, '127.0.0.1', done));
  const bound = tcp.address();
  const port = typeof bound === 'object' ? (bound?.port ?? 0) : 0;
  const udp = createSocket('udp4').on('message', () => got.push('udp'));
  await new Promise<void>((done) => udp.bind(port, '127.0.0.1', done));
  onTestFinished(() => {
    tcp.close();
    udp.close();
  });
  return { port, host: `127.0.0.1:${port}`, got };
}

const HOSTILE = (host: string) => `<!doctype html><title>x</title><p id="p">waiting</p><img src="/slow">
  <link rel="preconnect" href="http://${host}"><link rel="preconnect" href="https://${host}" crossorigin><link rel="dns-prefetch" href="//${host}">
  <link rel="prefetch" href="http://${host}/prefetch"><link rel="modulepreload" href="http://${host}/module"><link rel="manifest" href="http://${host}/manifest">
  <a ping="http://${host}/ping" href="#x" id="a">x</a><video src="http://${host}/video" autoplay></video><embed src="http://${host}/embed">
  <style>@import url(http://${host}/style); @font-face { font-family: f; src: url(http://${host}/font) } p { font-family: f; background: url(http://${host}/background) }</style>
  <script type="speculationrules">{"prerender":[{"source":"list","urls":["http://${host}/prerender"]}]}</script>
  <script>
    const seen = [];
    const own = async (servers) => {
      const peer = new RTCPeerConnection({ iceServers: servers, iceCandidatePoolSize: 4 });
      peer.onicecandidate = ({ candidate }) => candidate && candidate.candidate && seen.push(candidate.candidate);
      peer.createDataChannel('x');
      await peer.setLocalDescription(await peer.createOffer());
      return peer;
    };
    const turn = (url) => ({ urls: url, username: 'attacker', credential: 'chosen' });
    (async () => {
      await own([{ urls: 'stun:${host}' }, turn('turn:${host}?transport=udp'), turn('turn:${host}?transport=tcp'), turn('turns:${host}?transport=tcp')]);
      // A peer that names the canary as its own address.
      const one = await own([]), two = new RTCPeerConnection();
      await two.setRemoteDescription(one.localDescription);
      await two.setLocalDescription(await two.createAnswer());
      await one.setRemoteDescription(two.localDescription);
      await one.addIceCandidate({ candidate: 'candidate:1 1 udp 2122260223 ${host.replace(':', ' ')} typ host', sdpMid: '0', sdpMLineIndex: 0 }).catch(() => {});
      await one.addIceCandidate({ candidate: 'candidate:2 1 tcp 1518280447 ${host.replace(':', ' ')} typ host tcptype passive', sdpMid: '0', sdpMLineIndex: 0 }).catch(() => {});
    })().catch((error) => seen.push('error ' + error));
    try { new WebTransport('https://${host}/').ready.catch(() => {}); } catch {}
    try { new WebSocket('ws://${host}/'); new WebSocket('wss://${host}/'); new EventSource('http://${host}/events'); } catch {}
    fetch('http://${host}/fetch').catch(() => {}); fetch('https://${host}/fetch', { keepalive: true, method: 'POST', body: 'x' }).catch(() => {});
    navigator.sendBeacon('http://${host}/beacon', 'x');
    new Worker(URL.createObjectURL(new Blob(["fetch('http://${host}/worker').catch(() => {}); new WebSocket('ws://${host}/')"])));
    document.getElementById('a').click();
    setTimeout(() => { document.getElementById('p').textContent = 'candidates: ' + (seen.join(' | ') || 'none'); }, 3000);
  </script>`;

describe.skipIf(!findChromium())('a browser for strangers’ pages (install chromium to run this)', () => {
  it('lets nothing out but through the proxy', async () => {
    const { port, host, got } = await canary();
    expect(port).toBeGreaterThan(0);
    const { page } = await browsed({
      '/': HOSTILE(host),
      // The page is read when the network is quiet.
      '/slow': (_, response) => void setTimeout(() => response.end(), 4500),
    });
    if (page.kind !== 'page') throw new Error(page.message);
    // What it asked for came to the proxy, and not further.
    expect(page.refused.join(' ')).toContain(host);
    expect(paintedText(page.painted).text).toContain('candidates: none');
    expect(got).toEqual([]);
  }, 60_000);

  it('calls nobody by itself', async () => {
    const { page } = await browsed({
      '/': '<!doctype html><title>x</title><form><input name="name" autocomplete="name"><input type="email" name="email"><input name="tel"><input name="street"><input type="password" name="pass"><button>Go</button></form><p>Bonjour, ceci est une page en français.',
    });
    if (page.kind !== 'page') throw new Error(page.message);
    expect(page.refused.filter((address) => !address.includes('nowhere.invalid'))).toEqual([]);
  }, 60_000);

  it.skipIf(process.platform !== 'linux')(
    'is started with the switches of the one list, none twice',
    async () => {
      const folder = ownTemporaryFolder();
      let started: readonly string[] = [];
      await browsed({
        '/': (_, response) => {
          const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
          for (const pid of pids) {
            const path = `/proc/${pid}/cmdline`;
            const line = existsSync(path) ? readFileSync(path, 'utf8').split('\0') : [];
            if (
              line.some((own) => own.startsWith(`--user-data-dir=${folder}`)) &&
              !line.some((own) => own.startsWith('--type='))
            )
              started = line;
          }
          response.end('<p>Page');
        },
      });
      const switchesNamed = (name: string) => started.filter((own) => own.startsWith(`--${name}=`));
      const profile = switchesNamed('user-data-dir')[0]?.replace('--user-data-dir=', '') ?? '';
      const proxy = switchesNamed('proxy-server')[0]?.replace('--proxy-server=', '') ?? '';
      const wanted = chromiumSwitches({ profile, proxy, sandbox: process.getuid?.() !== 0 });
      expect(started).toEqual(expect.arrayContaining(wanted));
      for (const name of [
        'disable-features',
        'enable-features',
        'webrtc-ip-handling-policy',
        'proxy-server',
        'proxy-bypass-list',
        'js-flags',
      ])
        expect(switchesNamed(name)).toHaveLength(1);
      expect(started.join(' ')).not.toMatch(/WebRtcHideLocalIpsWithMdns|force-webrtc/);
    },
    60_000,
  );

  it.each<[string, string, Partial<BrowseOptions>, RegExp]>([
    [
      'memory that no heap counts',
      'const held = []; setInterval(() => held.push(new Uint8Array(64 << 20).fill(1)), 20);',
      { browserLimits: { memory: 900 << 20, disk: 2 ** 40 } },
      /more than 900 MiB of memory/,
    ],
    [
      'disk',
      "(async () => { const cache = await caches.open('x'); for (let i = 0; ; i++) await cache.put('/' + i, new Response(crypto.getRandomValues(new Uint8Array(65536)).buffer.slice(0))); })(); (async () => { const root = await navigator.storage.getDirectory(); for (let i = 0; ; i++) { const file = await (await root.getFileHandle('f' + i, { create: true })).createWritable(); await file.write(new Uint8Array(16 << 20).fill(7)); await file.close(); } })();",
      { browserLimits: { memory: 2 ** 40, disk: 96 << 20 } },
      /stores more than 96 MiB/,
    ],
    ['time', 'for (;;);', { browserMs: 4000 }, /does not come to rest/],
    ['time before it begins', '', { browserMs: 1 }, /does not come to rest/],
  ])(
    'is ended where a page takes without end: %s; and nothing is left of it',
    async (_, script, options, message) => {
      const folder = ownTemporaryFolder();
      const { page } = await browsed(
        { '/': `<!doctype html><p>x</p><img src="/slow"><script>${script}</script>`, '/slow': () => {} },
        options,
      );
      expect(page).toMatchObject({ kind: 'failed', message: expect.stringMatching(message) });
      expect(readdirSync(folder)).toEqual([]);
      expect(await processesOf(folder)).toBeUndefined();
    },
    60_000,
  );

  it('does not follow a page to where its owner wants no programs', async () => {
    for (const moving of [
      "<script>location = '/private'</script>",
      "<script>setTimeout(() => { location = '/step' }, 10)</script>",
    ]) {
      const { server, page } = await browsed(
        {
          '/': `<!doctype html><p>Going</p>${moving}`,
          '/step': (_, response) => response.writeHead(302, { location: '/private' }).end(),
          '/private': 'secret',
        },
        {
          denies: async (address) =>
            address.endsWith('/private') ? { reason: 'robots', message: 'its owner says no' } : undefined,
        },
      );
      expect(server.seen).not.toContain('/private');
      expect(page).toMatchObject({
        kind: 'failed',
        reason: 'robots',
        message: expect.stringContaining('its owner says no'),
      });
    }
  }, 60_000);

  it('reaches the host of the page itself, and no other that was allowed', async () => {
    const other = await localServer({ '/': 'secret' });
    const fetches = (url: string) =>
      `fetch('${url}', { mode: 'no-cors' }).then(() => add('reached'), () => add('refused'))`;
    const own: Record<string, Answer> = { '/own': 'x' };
    const server = await localServer(own);
    own['/'] =
      `<!doctype html><p id="p"></p><script>const add = (text) => { document.getElementById('p').textContent += text + ' '; };
       ${fetches(`${other.url}/`)}.finally(() => ${fetches('/own')})</script>`;
    for (const allowed of [[server.host, other.host], ['127.0.0.1']]) {
      const page = await browse(`${server.url}/`, { allowed });
      if (page.kind !== 'page') throw new Error(page.message);
      expect(other.seen).toEqual([]);
      expect(paintedText(page.painted).text).toContain('reached');
    }
  }, 60_000);

  it('asks for the languages that were chosen', async () => {
    const asked: (string | undefined)[] = [];
    await browsed(
      {
        '/': (request, response) => {
          asked.push(request.headers['accept-language']);
          response.end('<p>Page');
        },
      },
      { language: 'fr-CH,ar' },
    );
    expect(asked[0]).toMatch(/^fr-CH.*ar/);
  }, 60_000);
});
