import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { findChromium } from '#evidence/chromium';
import { temporaryFolder } from './folders.ts';
import { type Answer, localServer } from './servers.ts';

/** What a person types, with servers of this process to answer it. */
async function assay(...args: readonly string[]) {
  const run = promisify(execFile)(process.execPath, ['dist/cli/main.js', ...args], {
    env: { ...process.env, NO_COLOR: '1', ASSAY_KEY: '' },
  });
  const { stdout, stderr, code } = await run.then(
    (own) => ({ ...own, code: 0 }),
    (error: { stdout: string; stderr: string; code: number }) => error,
  );
  return { code, out: stdout, err: stderr };
}

function edition(): string {
  const folder = join(temporaryFolder(), 'edition');
  mkdirSync(folder);
  cpSync('editions/example/2026/edition.yaml', join(folder, 'edition.yaml'));
  writeFileSync(join(folder, 'sources.json'), '[]\n');
  return folder;
}

const PAGE = (text: string) => `<!doctype html><html lang="en"><title>Policy</title><p>${text}</p></html>`;

describe('assay capture', () => {
  it('is not ended by what one server does: the others are captured, and the head is written', async () => {
    const hostile: Record<string, Answer> = {
      '/constructor': (_, response) =>
        response.writeHead(200, { 'content-encoding': 'constructor' }).end('x'),
      '/reset': (request) => request.socket.resetAndDestroy(),
      '/quadratic': `<title>log in</title><!-- ${'<input '.repeat(60_000)} --> log in`,
      '/label': (_, response) =>
        response
          .writeHead(200, { 'content-type': `text/html; charset=${'x'.repeat(9000)}` })
          .end(PAGE('Words')),
      '/headers': (_, response) =>
        response.setHeader('constructor', 'x').setHeader('__proto__', 'x').end(PAGE('Words')),
    };
    const server = await localServer({ ...hostile, '/first': PAGE('First.'), '/last': PAGE('Last.') });
    const folder = edition();
    const paths = ['/first', ...Object.keys(hostile), '/last'];
    const { code, out, err } = await assay(
      'capture',
      folder,
      ...paths.map((path) => server.url + path),
      '--allow-host',
      server.host,
      '--no-browser',
    );
    expect(code).toBe(1);
    expect(err).toContain('the content encoding “constructor” is not known');
    expect(out).toMatch(/captured .*first/);
    expect(out).toMatch(/captured .*last/);
    expect(`${out}${err}`).not.toMatch(/TypeError|\bat .*\.js:|other side closed/);
    expect(readdirSync(join(folder, 'ledger'))).toContainEqual(expect.stringMatching(/\.head\.json$/));
    expect(await assay('archive', 'verify', folder)).toMatchObject({ code: 0 });
  }, 60_000);

  it('takes languages and a character set, and says which are none', async () => {
    const server = await localServer({
      '/a': (request, response) =>
        response
          .writeHead(200, { 'content-type': 'text/plain' })
          .end(
            Buffer.concat([
              Buffer.from(`${request.headers['accept-language']} `),
              Buffer.from([0xcf, 0xf0, 0xe8]),
            ]),
          ),
    });
    const folder = edition();
    const capture = (...options: string[]) =>
      assay('capture', folder, `${server.url}/a`, '--allow-host', server.host, ...options);
    expect(await capture('--language', 'ru, fr', '--charset', 'cp1251')).toMatchObject({ code: 0 });
    const quoted = await assay(
      'quote',
      folder,
      (readdirSync(join(folder, 'sources'))[0] ?? '').replace('.json', ''),
      'ru,fr;q=0.9,*;q=0.5 При',
    );
    expect(quoted.code).toBe(0);
    expect(await assay('recheck', folder, '--allow-host', server.host)).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 same'),
    });
    expect(await capture('--language', 'français')).toMatchObject({
      err: expect.stringContaining('Give the tags of languages'),
    });
    expect(await capture('--charset', 'klingon')).toMatchObject({
      err: expect.stringContaining('Give the name of a character set'),
    });
  }, 60_000);

  it.skipIf(!findChromium())(
    'opens a page in a browser only where that is asked for, recheck and monitor too',
    async () => {
      const server = await localServer({
        '/a': PAGE('We never sell what you write to anybody, and we never will.'.repeat(5)),
      });
      const folder = edition();
      const allow = ['--allow-host', server.host];
      const methods = () =>
        readdirSync(join(folder, 'ledger'))
          .filter((name) => name.endsWith('.jsonl'))
          .flatMap((name) =>
            readFileSync(join(folder, 'ledger', name), 'utf8')
              .trim()
              .split('\n'),
          )
          .map((line) => JSON.parse(line))
          .filter(({ kind }) => kind === 'capture')
          .map(
            ({ manifest }) =>
              JSON.parse(readFileSync(join(folder, 'captures/blobs', manifest.slice(0, 2), manifest), 'utf8'))
                .method,
          );
      await assay('capture', folder, `${server.url}/a`, ...allow);
      await assay('recheck', folder, ...allow);
      expect(methods()).toEqual(['fetch']);
      await assay('recheck', folder, '--browser', ...allow);
      expect(methods()).toEqual(['fetch', 'browser']);
      await assay('monitor', folder, '--once', ...allow);
      expect(methods()).toEqual(['fetch', 'browser']);
      await assay('monitor', folder, '--once', '--no-browser', ...allow);
      expect(methods()).toEqual(['fetch', 'browser', 'fetch']);
      await assay('monitor', folder, '--once', '--browser', ...allow);
      expect(methods()).toEqual(['fetch', 'browser', 'fetch', 'browser']);
      expect(readdirSync(folder)).not.toContain('captures/lock');
    },
    120_000,
  );
});
