import { zipSync } from 'fflate';
import type { EditionMeta, Evidence } from '#edition/index';
import type { Archive } from '../archive/archive.ts';
import { ArchiveError } from '../archive/archive-error.ts';
import { sha256 } from '../archive/hash.ts';
import { TOOL } from '../capture/capture.ts';
import { readWacz } from './read-wacz.ts';
import { type Packed, packCapture, packInfo } from './warc.ts';

/** What was written. */
export interface Exported {
  readonly bytes: Uint8Array;
  readonly captures: number;
  readonly records: number;
  /** Captures that were left out: letters, which are not for everybody. */
  readonly letters: number;
}

/** A package that was written does not read back as what it should be. */
export class PackError extends ArchiveError {}

/** All captures of an archive in one WARC file, gzipped record by record. */
export async function exportWarc(archive: Archive, meta: EditionMeta, evidence: Evidence): Promise<Exported> {
  const { bytes, records, captures, letters } = await packAll(archive, meta, evidence);
  return { bytes, captures, letters, records: records.length };
}

/**
 * The same as a WACZ 1.1.1 package that ReplayWeb.page opens: the WARC stored as it is, so that parts of it can be asked for; a CDXJ index; the list of pages; a
 * data package with the hash of every file, and the hash of that. What was written is read again and checked before it is given.
 * @throws PackError
 */
export async function exportWacz(archive: Archive, meta: EditionMeta, evidence: Evidence): Promise<Exported> {
  const packed = await packAll(archive, meta, evidence);
  const created = evidence.captures.at(-1)?.time ?? '1970-01-01T00:00:00.000Z';
  const files = new Map<string, Uint8Array>([
    ['archive/data.warc.gz', packed.bytes],
    ['indexes/index.cdx', Buffer.from(await indexOf(packed.records))],
    ['pages/pages.jsonl', Buffer.from(await pagesOf(archive, evidence))],
  ]);
  const descriptor = Buffer.from(
    `${JSON.stringify(
      {
        profile: 'data-package',
        wacz_version: '1.1.1',
        title: meta.title,
        created,
        software: TOOL,
        resources: [...files].map(([path, bytes]) => ({
          name: path.replace(/^.*\//, ''),
          path,
          hash: `sha256:${sha256(bytes)}`,
          bytes: bytes.length,
        })),
      },
      null,
      2,
    )}\n`,
  );
  files.set('datapackage.json', descriptor);
  files.set(
    'datapackage-digest.json',
    Buffer.from(
      `${JSON.stringify({ path: 'datapackage.json', hash: `sha256:${sha256(descriptor)}` }, null, 2)}\n`,
    ),
  );
  const mtime = new Date(1980, 0, 1);
  const bytes = zipSync(
    Object.fromEntries(
      [...files].map(([path, own]) => [
        path,
        [own, { level: path.startsWith('archive/') ? 0 : 6, mtime }] as const,
      ]),
    ) as never,
  );
  const { flaws } = await readWacz(bytes);
  if (flaws.length > 0) throw new PackError(`The package does not read back: ${flaws[0]}.`);
  return { bytes, captures: packed.captures, letters: packed.letters, records: packed.records.length };
}

interface Placed extends Packed {
  readonly offset: number;
}

async function packAll(archive: Archive, meta: EditionMeta, evidence: Evidence) {
  const first = evidence.captures[0]?.time ?? '1970-01-01T00:00:00.000Z';
  const chunks: Uint8Array[] = [await packInfo(`${meta.id}.warc.gz`, TOOL, first.replace(/\.\d+Z$/, 'Z'))];
  let offset = chunks[0]?.length ?? 0;
  const records: Placed[] = [];
  let letters = 0;
  for (const entry of evidence.captures) {
    const manifest = await archive.manifest(entry.manifest);
    if (manifest.parts.some(({ role }) => role === 'sealed')) {
      letters++;
      continue;
    }
    for (const record of await packCapture(archive, entry)) {
      records.push({ ...record, offset });
      chunks.push(record.bytes);
      offset += record.bytes.length;
    }
  }
  return { bytes: Buffer.concat(chunks), records, captures: evidence.captures.length - letters, letters };
}

/** CDXJ: the key (SURT) and time of each record, and where it stands; sorted by bytes, as it is searched. */
async function indexOf(records: readonly Placed[]): Promise<string> {
  const { getSurt } = await import('warcio');
  const lines = records
    .filter(({ type }) => type === 'response' || type === 'resource')
    .map(({ url, date, mime, status, digest, bytes, offset }) => {
      const key = /^https?:/.test(url) ? getSurt(url) : url;
      const entry = {
        url,
        mime,
        status: String(status),
        digest,
        length: String(bytes.length),
        offset: String(offset),
        filename: 'data.warc.gz',
      };
      return `${key} ${date.replace(/\D/g, '')} ${JSON.stringify(entry)}\n`;
    });
  return lines.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))).join('');
}

async function pagesOf(archive: Archive, { captures }: Evidence): Promise<string> {
  const lines = [
    JSON.stringify({ format: 'json-pages-1.0', id: 'pages', title: 'Captured sources', hasText: false }),
  ];
  for (const { manifest: hash, time } of captures) {
    const manifest = await archive.manifest(hash);
    if (manifest.final === undefined) continue;
    lines.push(
      JSON.stringify({
        id: hash.slice(0, 22),
        url: manifest.final,
        ts: time,
        title: manifest.title ?? manifest.final,
      }),
    );
  }
  return `${lines.join('\n')}\n`;
}
