import { createHash } from 'node:crypto';
import { Unzip, UnzipInflate, UnzipPassThrough } from 'fflate';
import type { WARCRecord } from 'warcio';
import { sha256 } from '../archive/hash.ts';
import type { Hop } from '../archive/manifest.ts';

/** A response that somebody else captured, once its hashes have been found right. */
export interface ForeignRecord {
  readonly address: string;
  readonly time: string;
  readonly hop: Hop;
  readonly body: Uint8Array;
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
      records.push(...read.records);
      flaws.push(...read.flaws.map((flaw) => `${path}: ${flaw}`));
    } else if (/^indexes\/.*\.cdxj?$/.test(path))
      flaws.push(...(await indexFlaws(file, files)).map((flaw) => `${path}: ${flaw}`));
  }
  return { flaws: flaws.slice(0, MOST_FLAWS), records, pages: pagesIn(files) };
}

/** The files that the data package lists, each held against its hash and size. @throws PackageError if there is no data package */
function listedFiles(files: ReadonlyMap<string, Uint8Array>): { listed: Set<string>; flaws: string[] } {
  const descriptor = jsonOf(files, 'datapackage.json') as
    | { resources?: { path?: unknown; hash?: unknown; bytes?: unknown }[] }
    | undefined;
  if (!descriptor || !Array.isArray(descriptor.resources))
    throw new PackageError('it holds no datapackage.json with resources; is it a WACZ?');
  const flaws: string[] = [];
  const digest = jsonOf(files, 'datapackage-digest.json') as { hash?: unknown } | undefined;
  if (digest && digest.hash !== `sha256:${sha256(files.get('datapackage.json') ?? '')}`)
    flaws.push('datapackage-digest.json has another hash than datapackage.json has');
  const listed = new Set<string>();
  for (const { path, hash, bytes: size } of descriptor.resources) {
    const file = typeof path === 'string' ? files.get(path) : undefined;
    listed.add(String(path));
    if (!file) flaws.push(`“${String(path)}” is listed, and is not there`);
    else if (hash !== `sha256:${sha256(file)}`) flaws.push(`“${String(path)}” is not what its hash says`);
    else if (size !== undefined && size !== file.length)
      flaws.push(`“${String(path)}” has another size than is listed`);
  }
  return { listed, flaws };
}

/** Reads a WARC file; each record is held against the digests that it carries. */
export async function readWarc(bytes: Uint8Array): Promise<ReadPackage> {
  const { WARCParser } = await import('warcio');
  const flaws: string[] = [];
  const records: ForeignRecord[] = [];
  let size = 0;
  try {
    for await (const record of new WARCParser([bytes], { keepHeadersCase: false })) {
      if (record.warcType !== 'response' && record.warcType !== 'resource') continue;
      await record.readFully(false);
      const payload = record.payload ?? new Uint8Array();
      size += payload.length;
      if (size > MOST_BYTES) throw new PackageError('it unpacks to more than 512 MiB');
      if (!digestHolds(record.warcPayloadDigest ?? '', payload))
        flaws.push(`the record of ${record.warcTargetURI} is not what its WARC-Payload-Digest says`);
      records.push(...foreignRecord(record, payload));
    }
  } catch (error) {
    if (error instanceof PackageError) throw error;
    flaws.push(`it cannot be read to its end: ${error instanceof Error ? error.message : String(error)}`);
  }
  return { flaws, records, pages: [] };
}

/** The response of a web server; nothing for what a record holds else. */
function foreignRecord(record: WARCRecord, body: Uint8Array): ForeignRecord[] {
  const address = record.warcTargetURI ?? '';
  if (record.warcType !== 'response' || !/^https?:/.test(address)) return [];
  const headers = [...(record.httpHeaders?.headers ?? [])].map(([name, value]): [string, string] => [
    name,
    value,
  ]);
  const hop = { address, status: Number(record.httpHeaders?.statusCode ?? 0), headers };
  return [{ address, time: new Date(record.warcDate ?? 0).toISOString(), hop, body }];
}

/** `sha256:` with hexadecimal digits, or `sha1:` and others with base 32, as WARC writers have it. */
function digestHolds(wanted: string, payload: Uint8Array): boolean {
  const [algorithm = '', value = ''] = wanted.split(':');
  const name = algorithm.toLowerCase().replace('-', '');
  if (!['sha1', 'sha256', 'sha512', 'md5'].includes(name)) return true; // nothing that could be held against it
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
