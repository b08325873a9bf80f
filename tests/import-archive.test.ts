import { createHash } from 'node:crypto';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Source } from '#edition/index';
import { importCaptures, makeArchiveFolder, openArchive, verifyArchive } from '#evidence/index';
import { temporaryFolder } from './folders.ts';

/** Packages of other tools, as they keep what servers sent. */

const ADDRESS = 'https://example.org/';
const SOURCE: Source = {
  id: 'page',
  type: 'webpage',
  title: 'Page',
  URL: ADDRESS,
  custom: { kind: 'policy' },
};
const PAGE = Buffer.from(
  `<!doctype html><title>Page</title><p>We keep what you write for thirty days. ${'Más. '.repeat(500)}`,
);

function chunked(bytes: Uint8Array, size = 1000): Buffer {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size);
    pieces.push(Buffer.from(`${piece.length.toString(16)};of=1\r\n`), piece, Buffer.from('\r\n'));
  }
  return Buffer.concat([...pieces, Buffer.from('0\r\n\r\n')]);
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

interface Response {
  readonly payload: Uint8Array;
  readonly headers?: readonly string[];
  readonly digestOf?: Uint8Array;
  readonly address?: string;
}

function warc({ payload, headers = [], digestOf = payload, address = ADDRESS }: Response): Buffer {
  const http = ['HTTP/1.1 200 OK', 'Content-Type: text/html; charset=utf-8', ...headers, '', ''].join('\r\n');
  const head = [
    'WARC/1.1',
    'WARC-Type: response',
    `WARC-Target-URI: ${address}`,
    'WARC-Date: 2026-01-01T00:00:00Z',
    'WARC-Record-ID: <urn:uuid:00000000-0000-8000-a000-000000000000>',
    `WARC-Payload-Digest: sha256:${sha256(digestOf)}`,
    'Content-Type: application/http; msgtype=response',
    `Content-Length: ${Buffer.byteLength(http) + payload.length}`,
    '',
    '',
  ].join('\r\n');
  return Buffer.concat([Buffer.from(head + http), payload, Buffer.from('\r\n\r\n')]);
}

async function imported(bytes: Uint8Array, name = 'a.warc') {
  const folder = temporaryFolder();
  makeArchiveFolder(folder);
  const archive = openArchive(folder);
  const { entries } = await importCaptures(archive, [SOURCE], { name, bytes });
  const [entry] = entries;
  if (!entry) throw new Error('Nothing was taken.');
  const manifest = await archive.manifest(entry.manifest);
  const body = manifest.parts.find(({ role }) => role === 'body');
  return {
    verdict: entry.verdict,
    reason: manifest.reason,
    body: body && Buffer.from(await archive.blobs.get(body.sha256)),
    text: manifest.parts.some(({ role }) => role === 'text') ? await archive.text(manifest) : undefined,
    flaws: (await verifyArchive(folder, { allTexts: true })).flaws,
  };
}

const PACKED: readonly (readonly [string, Uint8Array, readonly string[]])[] = [
  ['plain', PAGE, []],
  ['identity', PAGE, ['Content-Encoding: identity']],
  ['gzip', gzipSync(PAGE), ['Content-Encoding: gzip']],
  ['gzip by its other name and case', gzipSync(PAGE), ['content-encoding: X-GZIP']],
  ['deflate', deflateSync(PAGE), ['Content-Encoding: deflate']],
  ['deflate, bare', deflateRawSync(PAGE), ['Content-Encoding: deflate']],
  ['br', brotliCompressSync(PAGE), ['Content-Encoding: br']],
  ['zstd', zstdCompressSync(PAGE), ['Content-Encoding: zstd']],
  ['twice', brotliCompressSync(gzipSync(PAGE)), ['Content-Encoding: gzip, br']],
  [
    'twice, in two lines',
    brotliCompressSync(gzipSync(PAGE)),
    ['Content-Encoding: gzip', 'Content-Encoding: br'],
  ],
  ['chunked', chunked(PAGE), ['Transfer-Encoding: chunked']],
  ['chunks joined, the header left', PAGE, ['Transfer-Encoding: chunked']],
  ['gzip in chunks', chunked(gzipSync(PAGE), 7), ['Content-Encoding: gzip', 'Transfer-Encoding: chunked']],
  ['gzip by the transfer', chunked(gzipSync(PAGE)), ['Transfer-Encoding: gzip, chunked']],
  [
    'chunks with words after them',
    Buffer.concat([chunked(PAGE).subarray(0, -2), Buffer.from('Expires: now\r\n\r\n')]),
    ['Transfer-Encoding: chunked'],
  ],
];

describe('the page of a record', () => {
  it.each(PACKED)('is read as a browser reads it: %s', async (_, payload, headers) => {
    const { verdict, body, text, flaws } = await imported(warc({ payload, headers }));
    expect(verdict).toBe('ok');
    expect(body?.equals(PAGE)).toBe(true);
    expect(text).toContain('We keep what you write for thirty days. Más.');
    expect(flaws).toEqual([]);
  });

  it.each<readonly [string, Uint8Array, readonly string[]]>([
    ['what is no gzip', PAGE, ['Content-Encoding: gzip']],
    ['gzip cut off', gzipSync(PAGE).subarray(0, 60), ['Content-Encoding: gzip']],
    ['what nobody knows', PAGE, ['Content-Encoding: constructor']],
    ['packed over and over', PAGE, ['Content-Encoding: gzip, gzip, gzip, gzip, gzip']],
    ['a bomb', gzipSync(Buffer.alloc(101 * 1024 * 1024)), ['Content-Encoding: gzip']],
    ['chunks cut off', chunked(PAGE).subarray(0, 1500), ['Transfer-Encoding: chunked']],
    ['chunks cut off between two', chunked(PAGE).subarray(0, 1000 + 10 + 2), ['Transfer-Encoding: chunked']],
    ['no last chunk', chunked(PAGE).subarray(0, -5), ['Transfer-Encoding: chunked']],
    [
      'chunks of wrong sizes',
      Buffer.from(chunked(PAGE).toString('latin1').replaceAll('3e8;', '3e7;'), 'latin1'),
      ['Transfer-Encoding: chunked'],
    ],
  ])('is an error and never garbage, and is kept as it is: %s', async (_, payload, headers) => {
    const { verdict, reason, body, text, flaws } = await imported(warc({ payload, headers }));
    expect([verdict, reason, text]).toEqual([
      'error',
      expect.stringContaining('cannot be unpacked'),
      undefined,
    ]);
    expect(body?.equals(payload)).toBe(true);
    expect(flaws).toEqual([]);
  });

  it('is held against its digest as it is kept, or with its chunks joined; not unpacked', async () => {
    const packed = gzipSync(PAGE);
    const headers = ['Content-Encoding: gzip', 'Transfer-Encoding: chunked'];
    const payload = chunked(packed);
    for (const digestOf of [payload, packed])
      expect((await imported(warc({ payload, headers, digestOf }))).verdict).toBe('ok');
    await expect(imported(warc({ payload, headers, digestOf: PAGE }))).rejects.toThrow('WARC-Payload-Digest');
  });
});

describe('a record', () => {
  it.each([
    ['one long header', [`X-Long: ${'x'.repeat(65 * 1024)}`]],
    ['many headers', Array.from({ length: 5000 }, (_, index) => `X-${index}: ${'x'.repeat(20)}`)],
  ])('is not taken with %s', async (_, headers) => {
    await expect(imported(warc({ payload: PAGE, headers }))).rejects.toThrow(/headers of \d+ KiB/);
  });

  it('is not taken with an address without end', async () => {
    const bytes = warc({ payload: PAGE, address: `${ADDRESS}${'x'.repeat(65 * 1024)}` });
    await expect(imported(bytes)).rejects.toThrow(/headers of \d+ KiB/);
  });

  it('is taken with as many headers as servers send', async () => {
    const headers = Array.from({ length: 100 }, (_, index) => `X-${index}: ${'x'.repeat(500)}`);
    expect((await imported(warc({ payload: PAGE, headers }))).verdict).toBe('ok');
  });

  it('is found among as many as a package may hold', async () => {
    const other = warc({ payload: Buffer.from('x'), address: 'https://example.org/other' });
    const bytes = Buffer.concat([warc({ payload: PAGE }), ...Array.from({ length: 150_000 }, () => other)]);
    const { verdict } = await imported(
      wacz(bytes, (hash) => ({ hash: `sha256:${hash}`, bytes: bytes.length })),
      'a.wacz',
    );
    expect(verdict).toBe('ok');
  }, 120_000);
});

function wacz(bytes: Uint8Array, listed: (hash: string) => object): Uint8Array {
  const resources = [{ path: 'archive/data.warc', ...listed(sha256(bytes)) }];
  return zipSync({
    'archive/data.warc': bytes,
    'datapackage.json': Buffer.from(JSON.stringify({ profile: 'data-package', resources })),
  });
}

describe('the hash of a file in a package', () => {
  const bytes = warc({ payload: PAGE });
  const md5 = createHash('md5').update(bytes).digest('hex');

  it.each<readonly [string, (hash: string) => object]>([
    ['WACZ 1.1', (hash) => ({ hash: `sha256:${hash}`, bytes: bytes.length })],
    [
      'WACZ 1.0, with the algorithm before it',
      (hash) => ({ stats: { hash: `sha256:${hash}`, bytes: bytes.length } }),
    ],
    [
      'WACZ 1.0, with the algorithm beside it',
      (hash) => ({ stats: { hash, bytes: bytes.length }, hashing: 'sha256' }),
    ],
    ['WACZ 1.0, with its name as people write it', (hash) => ({ stats: { hash }, hashing: 'SHA-256' })],
    ['WACZ 1.0, with no algorithm', (hash) => ({ stats: { hash } })],
    ['WACZ 1.0, with another', () => ({ stats: { hash: md5 }, hashing: 'md5' })],
    ['digits alone', (hash) => ({ hash })],
  ])('is found: %s', async (_, listed) => {
    expect((await imported(wacz(bytes, listed), 'a.wacz')).verdict).toBe('ok');
  });

  it.each<readonly [string, (hash: string) => object, RegExp]>([
    [
      'wrong digits',
      (hash) => ({ stats: { hash: hash.replace(/^./, (one) => (one === '0' ? '1' : '0')) } }),
      /not what its hash says/,
    ],
    ['digits of another algorithm', () => ({ stats: { hash: md5 } }), /not what its hash says/],
    ['an algorithm that is not known', (hash) => ({ stats: { hash }, hashing: 'constructor' }), /not known/],
    ['no hash', () => ({ stats: { bytes: bytes.length } }), /without a hash/],
    ['another size', (hash) => ({ stats: { hash, bytes: 1 } }), /another size/],
  ])('is believed in no other way: %s', async (_, listed, message) => {
    await expect(imported(wacz(bytes, listed), 'a.wacz')).rejects.toThrow(message);
  });
});
