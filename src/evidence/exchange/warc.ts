import { createHash } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { EntryOf } from '#edition/index';
import type { Archive } from '../archive/archive.ts';
import { canonicalJson } from '../archive/canonical.ts';
import type { Hop, Manifest, Part } from '../archive/manifest.ts';

/**
 * Captures as WARC 1.1 (ISO 28500): each hop a response; text, rendered page and picture as resources under the names that Webrecorder’s crawler gave
 * them (urn:text:, urn:dom:, urn:view:); the manifest as it is, so that an archive can be made of it again. Letters stay at home.
 */

/** One record, compressed as a gzip member of its own, with what an index says of it. */
export interface Packed {
  readonly bytes: Uint8Array;
  readonly url: string;
  readonly date: string;
  readonly type: 'response' | 'resource' | 'metadata' | 'warcinfo';
  readonly status: number;
  readonly mime: string;
  /** `sha256:` and hexadecimal digits, of the payload. */
  readonly digest: string;
}

/** Node’s own fetch headers fold names that are sent twice; a list of pairs does not. */
type Headers = [string, string][];

const URN: Partial<Record<Part['role'], string>> = {
  text: 'urn:text:',
  dom: 'urn:dom:',
  picture: 'urn:view:',
};

/** The records of one capture. @throws MissingError, DamagedError */
export async function packCapture(archive: Archive, entry: EntryOf<'capture'>): Promise<Packed[]> {
  const manifest = await archive.manifest(entry.manifest);
  const records: Packed[] = [];
  const body = manifest.parts.find(({ role }) => role === 'body');
  const hops = manifest.hops ?? [];
  for (const [index, hop] of hops.entries()) {
    const isLast = index === hops.length - 1;
    const bytes = isLast && body ? await archive.blobs.get(body.sha256) : new Uint8Array();
    records.push(await response(manifest, hop, bytes));
  }
  for (const part of manifest.parts) {
    if (['sealed', 'hidden', 'visible', 'painted'].includes(part.role)) continue;
    if (part.role === 'body' && hops.length > 0) continue;
    const base = manifest.final ?? `urn:sha256:${part.sha256}`;
    const url = part.role === 'body' ? base : `${URN[part.role] ?? 'urn:part:'}${base}`;
    records.push(await resource(manifest, url, part.type, await archive.blobs.get(part.sha256)));
  }
  records.push(
    await pack(manifest, {
      type: 'metadata',
      url: `urn:assay:manifest:${entry.manifest}`,
      warcHeaders: { 'Content-Type': 'application/json' },
      payload: Buffer.from(canonicalJson(manifest)),
      mime: 'application/json',
      status: 0,
    }),
  );
  return records;
}

function response(manifest: Manifest, hop: Hop, body: Uint8Array): Promise<Packed> {
  const type = hop.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return pack(manifest, {
    type: 'response',
    url: hop.address,
    statusline: `HTTP/1.1 ${hop.status} ${STATUS_CODES[hop.status] ?? ''}`.trimEnd(),
    httpHeaders: replayable(hop.headers, body.length),
    warcHeaders: {},
    payload: body,
    mime: type.split(';')[0]?.trim() || 'application/octet-stream',
    status: hop.status,
  });
}

const resource = (manifest: Manifest, url: string, mime: string, payload: Uint8Array): Promise<Packed> =>
  pack(manifest, {
    type: 'resource',
    url,
    warcHeaders: { 'Content-Type': mime },
    payload,
    mime,
    status: 200,
  });

/** The body is kept decoded: what said otherwise keeps its value under another name. */
function replayable(headers: Hop['headers'], length: number): Headers {
  const kept = headers.map(([name, value]): [string, string] =>
    /^(?:content-encoding|transfer-encoding|content-length)$/i.test(name)
      ? [`x-archive-orig-${name}`, latin1(value)]
      : [name, latin1(value)],
  );
  return [...kept, ['content-length', String(length)]];
}

const latin1 = (text: string) => text.replace(/[^\t\x20-\x7e\xa0-\xff]/g, '?');

interface RecordInput {
  readonly type: 'response' | 'resource' | 'metadata';
  readonly url: string;
  readonly statusline?: string;
  readonly httpHeaders?: Headers;
  readonly warcHeaders: Record<string, string>;
  readonly payload: Uint8Array;
  readonly mime: string;
  readonly status: number;
}

async function pack(manifest: Manifest, input: RecordInput): Promise<Packed> {
  const { type, url, payload } = input;
  // Loaded only where something is packed.
  const { WARCRecord, WARCSerializer } = await import('warcio');
  const date = manifest.time.replace(/\.\d+Z$/, 'Z');
  const record = WARCRecord.create(
    {
      type,
      url,
      date,
      warcVersion: 'WARC/1.1',
      warcHeaders: { ...input.warcHeaders, 'WARC-Record-ID': recordId(`${type} ${url} ${date}`, payload) },
      ...(input.statusline === undefined ? {} : { statusline: input.statusline }),
      ...(input.httpHeaders === undefined ? {} : { httpHeaders: input.httpHeaders, keepHeadersCase: false }),
    },
    [payload],
  );
  const bytes = await WARCSerializer.serialize(record, {
    gzip: true,
    preferPako: true,
    digest: { algo: 'sha-256', prefix: 'sha256:', base32: false },
  });
  const digest = `sha256:${createHash('sha256').update(payload).digest('hex')}`;
  return { bytes, url, date, type, status: input.status, mime: input.mime, digest };
}

/** The same record has the same id, so that an export is the same bytes each time (a UUID of version 8, RFC 9562). */
function recordId(name: string, payload: Uint8Array): string {
  const hash = createHash('sha256').update(`${name}\n`).update(payload).digest('hex');
  return `<urn:uuid:${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}>`;
}

/** The first record of a file: what made it. */
export async function packInfo(name: string, software: string, date: string): Promise<Uint8Array> {
  const { WARCRecord, WARCSerializer } = await import('warcio');
  const record = WARCRecord.createWARCInfo(
    {
      filename: name,
      date,
      warcVersion: 'WARC/1.1',
      warcHeaders: { 'WARC-Record-ID': recordId(`warcinfo ${name} ${date}`, new Uint8Array()) },
    },
    { software, format: 'WARC File Format 1.1' },
  );
  return WARCSerializer.serialize(record, { gzip: true, preferPako: true });
}
