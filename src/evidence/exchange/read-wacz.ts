import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Unzip, UnzipInflate, UnzipPassThrough } from 'fflate';
import type { WARCRecord } from 'warcio';
import { z } from 'zod';
import { sha256 } from '../archive/hash.ts';
import type { Hop } from '../archive/manifest.ts';
import { isChunked, withoutChunks } from './payload.ts';

/** A response that somebody else captured, once its hashes have been found right. */
export interface ForeignRecord {
  readonly address: string;
  readonly time: string;
  readonly hop: Hop;
  /** As it is kept: what the headers say of it is not undone yet. */
  readonly payload: Uint8Array;
  /** It carries a digest, and that is right; else only the package as a whole can vouch for it. */
  readonly digest: boolean;
}

export interface ReadPackage {
  /** What does not hold; where anything does not, nothing of it is believed. */
  readonly flaws: readonly string[];
  readonly records: readonly ForeignRecord[];
  readonly pages: readonly string[];
}

/** It is no package at all, or one that would not fit into memory. */
export class PackageError extends Error {}

const MOST_BYTES = 512 * 1024 * 1024;
/** A page is never larger; whatever else is in a package need not be held. */
const MOST_RECORD = 100 * 1024 * 1024;
/** Of one record; servers and browsers take less. What is longer would stand in a manifest that nobody reads again. */
const MOST_HEADERS = 64 * 1024;
const MOST_FILES = 1000;
const MOST_FLAWS = 50;

/** Reads a WACZ package and checks it against itself: every hash of its data package, every digest of its records, every line of its index. @throws PackageError */
export async function readWacz(bytes: Uint8Array): Promise<ReadPackage> {
  const files = unpack(bytes);
  const { listed, flaws } = listedFiles(files);
  const records: ForeignRecord[] = [];
  for (const [path, file] of files) {
    if (/^archive\/.*\.warc(?:\.gz)?$/.test(path)) {
      if (!listed.has(path)) flaws.push(`“${path}” is in the package, and its hash is not listed`);
      const read = await readWarc(file);
      for (const record of read.records) records.push(record);
      for (const flaw of read.flaws) flaws.push(`${path}: ${flaw}`);
    } else if (/^indexes\/.*\.cdxj?$/.test(path))
      for (const flaw of await indexFlaws(file, files)) flaws.push(`${path}: ${flaw}`);
  }
  return { flaws: flaws.slice(0, MOST_FLAWS), records, pages: pagesIn(files) };
}

const resource = z.object({
  path: z.string(),
  hash: z.string().optional(),
  bytes: z.number().optional(),
  /** Where WACZ 1.0 had them; there the name of the algorithm may stand apart from the digits. */
  stats: z.object({ hash: z.string().optional(), bytes: z.number().optional() }).optional(),
  hashing: z.string().optional(),
});
const descriptorSchema = z.object({ resources: z.array(resource) });
const digestSchema = z.object({ hash: z.string() });

/** The files that the data package lists, each held against its hash and size. @throws PackageError if there is no data package */
function listedFiles(files: ReadonlyMap<string, Uint8Array>): { listed: Set<string>; flaws: string[] } {
  const descriptor = descriptorSchema.safeParse(jsonOf(files, 'datapackage.json'));
  if (!descriptor.success)
    throw new PackageError(
      'it holds no datapackage.json whose “resources” are files with their paths; is it a WACZ?',
    );
  const flaws: string[] = [];
  const digest = files.has('datapackage-digest.json')
    ? (digestSchema.safeParse(jsonOf(files, 'datapackage-digest.json')).data?.hash ?? '')
    : undefined;
  if (digest !== undefined && digest !== `sha256:${sha256(files.get('datapackage.json') ?? '')}`)
    flaws.push('datapackage-digest.json has another hash than datapackage.json has');
  const listed = new Set<string>();
  for (const { path, stats, hashing, ...own } of descriptor.data.resources) {
    const { hash = stats?.hash, bytes: size = stats?.bytes } = own;
    const file = files.get(path);
    listed.add(path);
    const flaw = fileFlaw(file, hash === undefined ? undefined : withAlgorithm(hash, hashing), size);
    if (flaw !== undefined) flaws.push(`“${path.slice(0, 200)}” ${flaw}`);
  }
  return { listed, flaws };
}

/** A hash with the name of its algorithm before it: SHA-256 if none is given. */
const withAlgorithm = (hash: string, hashing = 'sha256') =>
  hash.includes(':') ? hash : `${hashing.toLowerCase().replace('-', '')}:${hash}`;

function fileFlaw(
  file: Uint8Array | undefined,
  hash: string | undefined,
  size: number | undefined,
): string | undefined {
  if (!file) return 'is listed, and is not there';
  if (hash === undefined) return 'is listed without a hash';
  const [algorithm = '', digits = ''] = hash.split(':');
  if (algorithm !== 'sha256' && algorithm !== 'md5')
    return `is listed with a hash that is not known (${algorithm.slice(0, 20)})`;
  if (createHash(algorithm).update(file).digest('hex') !== digits.toLowerCase())
    return 'is not what its hash says';
  return size !== undefined && size !== file.length ? 'has another size than is listed' : undefined;
}

/** Reads a WARC file; each record is held against the digest that it carries. */
export async function readWarc(bytes: Uint8Array, now: Date = new Date()): Promise<ReadPackage> {
  const { WARCParser } = await import('warcio');
  const flaws: string[] = [];
  const records: ForeignRecord[] = [];
  try {
    for await (const record of new WARCParser(plainBytes(bytes), { keepHeadersCase: false })) {
      const payload = await payloadOf(record);
      if (record.warcType !== 'response') continue;
      const read = foreignRecord(record, payload, now);
      if (typeof read === 'string')
        flaws.push(`the record of ${(record.warcTargetURI ?? 'an unnamed page').slice(0, 200)} ${read}`);
      else if (read) records.push(read);
      if (flaws.length > MOST_FLAWS) break;
    }
  } catch (error) {
    if (error instanceof PackageError) throw error;
    flaws.push(`it cannot be read to its end: ${error instanceof Error ? error.message : String(error)}`);
  }
  return { flaws, records, pages: [] };
}

/** The bytes of a WARC file unpacked, piece by piece and counted: no more is in memory than a piece and what comes of it. */
async function* plainBytes(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const pieces = function* () {
    for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
  };
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const source = Readable.from(pieces());
  const stream = isPacked ? source.pipe(createGunzip()) : source;
  let size = 0;
  for await (const piece of stream as AsyncIterable<Uint8Array>) {
    size += piece.length;
    if (size > MOST_BYTES) throw new PackageError('it unpacks to more than 512 MiB');
    yield piece;
  }
}

const PIECE = 64 * 1024;

/** All that a record holds. Whatever its kind, it is read to its end: the parser waits for ever for the rest of one that was cut off. */
async function payloadOf(record: WARCRecord): Promise<Uint8Array> {
  const isPage = record.warcType === 'response';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of record.reader as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (isPage && size > MOST_RECORD) throw new PackageError('it holds a page of more than 100 MiB');
    if (isPage) chunks.push(chunk);
  }
  const missing: unknown = Reflect.get(Object(record.reader), 'limit');
  if (typeof missing === 'number' && missing > 0)
    throw new PackageError(
      `it is cut off within the record of ${(record.warcTargetURI ?? 'an unnamed page').slice(0, 200)}`,
    );
  return Buffer.concat(chunks);
}

/** As exact as it is known (WARC 1.1, section 5.4), in years of four digits. */
const DATE = /^\d{4}(?:-\d{2}(?:-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?Z)?)?)?$/;
const EARLIEST = Date.UTC(1990, 0);
const DAY_MS = 24 * 3600 * 1000;

/** The response of a web server, or what is wrong with it; undefined for what a record holds else. */
function foreignRecord(
  record: WARCRecord,
  payload: Uint8Array,
  now: Date,
): ForeignRecord | string | undefined {
  const address = record.warcTargetURI ?? '';
  if (!/^https?:/i.test(address) || !URL.canParse(address)) return undefined;
  const time = DATE.test(record.warcDate ?? '') ? Date.parse(record.warcDate ?? '') : Number.NaN;
  if (!(time >= EARLIEST && time <= now.getTime() + DAY_MS))
    return `has the date “${(record.warcDate ?? '').slice(0, 40)}”, at which nothing can have been captured`;
  const said = String(record.httpHeaders?.statusCode ?? '');
  if (!/^[1-5]\d\d$/.test(said)) return `has the status “${said.slice(0, 40)}”, which is none`;
  if (headerBytes(record) > MOST_HEADERS)
    return `has headers of ${Math.ceil(headerBytes(record) / 1024)} KiB; no server sends more than ${MOST_HEADERS / 1024}`;
  const headers = [...(record.httpHeaders?.headers ?? [])].map(([name, value]): [string, string] => [
    name.toWellFormed(),
    value.toWellFormed(),
  ]);
  const digest = payloadHolds(record.warcPayloadDigest ?? '', payload, headers);
  if (digest === false) return 'is not what its WARC-Payload-Digest says';
  return {
    address,
    time: new Date(time).toISOString(),
    hop: { address, status: Number(said), headers },
    payload,
    digest: digest === true,
  };
}

/** How long the headers of a record are: its own, and those that the server sent. */
function headerBytes({ warcHeaders, httpHeaders }: WARCRecord): number {
  let size = 0;
  for (const own of [warcHeaders, httpHeaders]) {
    size += own?.statusline.length ?? 0;
    for (const [name, value] of own?.headers ?? []) size += name.length + value.length + 4;
  }
  return size;
}

/** Whether the digest is that of the payload as it is kept; or, as some tools have it, of what is in the chunks. */
function payloadHolds(wanted: string, payload: Uint8Array, headers: Hop['headers']): boolean | undefined {
  const holds = digestHolds(wanted, payload);
  if (holds !== false || !isChunked(headers)) return holds;
  try {
    return digestHolds(wanted, withoutChunks(payload));
  } catch {
    return false;
  }
}

const ALGORITHMS: ReadonlySet<string> = new Set(['sha1', 'sha256', 'sha512', 'md5']);

/**
 * Whether the payload has a digest: `sha256:` with hexadecimal digits, or `sha1:` and others with base 32, as WARC writers have it. Undefined where
 * none is given, or of a kind that is not known.
 */
function digestHolds(wanted: string, payload: Uint8Array): boolean | undefined {
  const [algorithm = '', value = ''] = wanted.split(':');
  const name = algorithm.toLowerCase().replace('-', '');
  if (!ALGORITHMS.has(name)) return undefined;
  const hash = createHash(name).update(payload).digest();
  return (
    value.toLowerCase() === hash.toString('hex') || value.toUpperCase().replaceAll('=', '') === base32(hash)
  );
}

/** RFC 4648, without padding. */
function base32(bytes: Uint8Array): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let [text, bits, value] = ['', 0, 0];
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += letters[(value >>> (bits - 5)) & 31];
    value &= 0xff;
  }
  return bits > 0 ? text + letters[(value << (5 - bits)) & 31] : text;
}

/** Each line of the index must lead to a record of that address. */
async function indexFlaws(index: Uint8Array, files: ReadonlyMap<string, Uint8Array>): Promise<string[]> {
  const { WARCParser } = await import('warcio');
  const flaws: string[] = [];
  const lines = Buffer.from(index).toString('utf8').split('\n').filter(Boolean);
  for (const [number, line] of lines.entries()) {
    if (flaws.length >= MOST_FLAWS) break;
    const where = `line ${number + 1}`;
    try {
      const entry = JSON.parse(line.slice(line.indexOf('{'))) as Record<string, string>;
      const warc = files.get(`archive/${entry.filename}`);
      const [offset, length] = [Number(entry.offset), Number(entry.length)];
      if (!warc || !(offset + length <= warc.length)) {
        flaws.push(`${where} leads out of the archive`);
        continue;
      }
      const record = await WARCParser.parse([warc.subarray(offset, offset + length)]);
      if (record?.warcTargetURI !== entry.url)
        flaws.push(`${where} does not lead to a record of ${entry.url}`);
    } catch {
      flaws.push(`${where} cannot be read`);
    }
  }
  return flaws;
}

function pagesIn(files: ReadonlyMap<string, Uint8Array>): string[] {
  return [...files]
    .filter(([path]) => /^pages\/.*\.jsonl$/.test(path))
    .flatMap(([, file]) => Buffer.from(file).toString('utf8').split('\n'))
    .flatMap((line) => {
      try {
        const { url } = JSON.parse(line) as { url?: unknown };
        return typeof url === 'string' ? [url] : [];
      } catch {
        return [];
      }
    });
}

function jsonOf(files: ReadonlyMap<string, Uint8Array>, path: string): unknown {
  try {
    return JSON.parse(Buffer.from(files.get(path) ?? '').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** The files of an archive, by their names; nothing is written anywhere, and what is counted is what comes out. */
function unpack(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  let size = 0;
  let count = 0;
  const unzip = new Unzip((file) => {
    if (++count > MOST_FILES) throw new PackageError(`it holds more than ${MOST_FILES} files`);
    if (file.name.startsWith('/') || /(?:^|[/\\])\.\.(?:[/\\]|$)|^[a-z]:/i.test(file.name))
      throw new PackageError(`it names a file outside of itself: “${file.name.slice(0, 100)}”`);
    const chunks: Uint8Array[] = [];
    file.ondata = (error, chunk, isLast) => {
      if (error) throw new PackageError(`it is broken: ${error.message}`);
      size += chunk.length;
      if (size > MOST_BYTES) throw new PackageError('it unpacks to more than 512 MiB');
      chunks.push(chunk);
      if (isLast) files.set(file.name, Buffer.concat(chunks));
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  unzip.register(UnzipPassThrough);
  const step = 64 * 1024;
  try {
    for (let at = 0; at < bytes.length; at += step)
      unzip.push(bytes.subarray(at, at + step), at + step >= bytes.length);
  } catch (error) {
    if (error instanceof PackageError) throw error;
    throw new PackageError(`it is broken: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (files.size === 0) throw new PackageError('it is no ZIP archive');
  return files;
}
