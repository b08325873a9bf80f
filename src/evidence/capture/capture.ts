import { setTimeout as pause } from 'node:timers/promises';
import type { Archive } from '../archive/archive.ts';
import { canonicalJson } from '../archive/canonical.ts';
import { sha256 } from '../archive/hash.ts';
import type { NewEntry } from '../archive/ledger.ts';
import { type Manifest, type Part, partOf } from '../archive/manifest.ts';
import { toCodePoints } from '../quotes/code-points.ts';
import { type Extracted, extractText } from '../text/extract.ts';
import { ExtractError } from '../text/extract-error.ts';
import { PAINTED, paintedText, writePainted } from '../text/painted-text.ts';
import { type Browsed, browse } from './browse.ts';
import {
  type Conditions,
  type FailureReason,
  type Fetched,
  type FetchOptions,
  headerOf,
  makeFetcher,
} from './fetch.ts';
import { politely } from './hosts.ts';
import { makeRobots } from './robots.ts';
import { type Judged, judge } from './verdict.ts';

export const TOOL = 'assay/0.1.0';

/** What came of capturing one address. A capture is kept, but stands in the ledger only when its entry is appended. */
export type CaptureResult =
  | {
      readonly kind: 'captured';
      readonly entry: Extract<NewEntry, { kind: 'capture' }>;
      readonly manifest: Manifest;
      readonly hash: string;
    }
  /** What was captured before is still what is there. */
  | { readonly kind: 'unchanged'; readonly hash: string; readonly manifest: Manifest }
  | {
      readonly kind: 'failed';
      readonly reason: FailureReason | 'robots' | 'browser';
      readonly message: string;
    };

export interface CaptureOptions extends FetchOptions {
  /** Also open each page in a browser; else only where a page has no text without one. */
  readonly browser?: boolean;
  /** How long one page may take in the browser. */
  readonly browserMs?: number;
  readonly now?: () => Date;
  readonly sleep?: (ms: number) => Promise<unknown>;
}

export interface Capturer {
  /**
   * Captures a page.
   * @param before the manifest of its latest capture, by its hash
   */
  capture(source: string, address: string, before?: string): Promise<CaptureResult>;
  close(): Promise<void>;
}

/** Fetches pages into an archive: politely, as robots.txt allows, from the public internet only. Ask for one page of a host at a time. */
export function makeCapturer(archive: Archive, options: CaptureOptions): Capturer {
  const fetcher = makeFetcher(options);
  const robots = makeRobots(fetcher);
  const away = new Set<string>();
  const fetchPolitely = async (address: string, conditions: Conditions): Promise<Fetched> => {
    const host = URL.parse(address)?.host ?? '';
    // A host that was found away is not waited for again.
    const fetched = await politely(() => fetcher.fetch(address, conditions), {
      attempts: away.has(host) ? 1 : 3,
      sleep: options.sleep ?? ((ms) => pause(ms)),
    });
    if (fetched.kind === 'failed' && ['connect', 'timeout'].includes(fetched.reason)) away.add(host);
    return fetched;
  };
  return {
    async capture(source, address, before) {
      const earlier = before === undefined ? undefined : await archive.manifest(before);
      if (URL.canParse(address) && !(await robots.allows(address)))
        return { kind: 'failed', reason: 'robots', message: 'its robots.txt asks programs not to fetch it' };
      // What a browser showed can only be compared with what a browser shows.
      const browser = options.browser || earlier?.method === 'browser';
      const fetched = await fetchPolitely(address, conditionsOf(earlier, address, browser));
      const unchanged =
        before !== undefined && earlier !== undefined
          ? { kind: 'unchanged' as const, hash: before, manifest: earlier }
          : undefined;
      if (fetched.kind === 'failed')
        return { kind: 'failed', reason: fetched.reason, message: fetched.message };
      if (fetched.kind === 'not-modified')
        return (
          unchanged ?? {
            kind: 'failed',
            reason: 'broken',
            message: 'the server says “not modified” to a first request',
          }
        );
      const draft = await readResponse(source, address, fetched, { ...options, browser });
      if ('kind' in draft) return draft;
      return unchanged && isSame(unchanged.manifest, draft.manifest) ? unchanged : enter(archive, draft);
    },
    close: () => fetcher.close(),
  };
}

/** Whether two captures show the same: the same text from the same place; where there is no text, the same bytes. */
function isSame(before: Manifest, after: Manifest): boolean {
  const role = partOf(after, 'text') ? 'text' : 'body';
  return (
    before.final === after.final &&
    before.verdict === after.verdict &&
    before.method === after.method &&
    partOf(before, role)?.sha256 === partOf(after, role)?.sha256
  );
}

/** What to ask a server by, so that it sends a page only if it has changed. A browser has to open it anyway. */
function conditionsOf(earlier: Manifest | undefined, address: string, browser = false) {
  if (
    earlier === undefined ||
    browser ||
    earlier.method !== 'fetch' ||
    earlier.verdict !== 'ok' ||
    earlier.address !== address
  )
    return {};
  const headers = earlier.hops?.at(-1)?.headers ?? [];
  return { etag: headerOf(headers, 'etag'), lastModified: headerOf(headers, 'last-modified') };
}

type Response = Extract<Fetched, { kind: 'response' }>;

async function readResponse(
  source: string,
  address: string,
  response: Response,
  options: CaptureOptions,
): Promise<Draft | Extract<CaptureResult, { kind: 'failed' }>> {
  const last = response.hops.at(-1);
  const contentType = headerOf(last?.headers ?? [], 'content-type');
  const plain = await readDocument({
    bytes: response.body,
    contentType,
    name: new URL(response.final).pathname,
  });
  const judgedPlain = judgeText(address, response.final, last?.status ?? 0, plain, response.body);
  const browsed =
    plain.extracted.kind === 'html' && (options.browser || judgedPlain.needsBrowser)
      ? await browse(response.final, options)
      : undefined;
  if (options.browser && browsed?.kind === 'failed')
    return { kind: 'failed', reason: 'browser', message: browsed.message };
  const page = browsed?.kind === 'page' ? browsed : undefined;
  const read = page ? readPainted(plain, page) : plain;
  const judged = page
    ? judgeText(address, page.final, page.status, read, Buffer.from(page.dom), true)
    : withoutBrowser(judgedPlain, browsed);
  return draftOf(
    [
      content('body', plain.extracted.type, response.body),
      ...(page ? pageContents(page) : []),
      ...textContents(read.extracted),
    ],
    {
      ...describe(read.extracted),
      format: 1,
      tool: TOOL,
      source,
      time: (options.now?.() ?? new Date()).toISOString(),
      method: page ? 'browser' : 'fetch',
      address,
      final: page?.final ?? response.final,
      hops: response.hops,
      ...(page ? { browser: page.browser } : {}),
      verdict: judged.verdict,
      ...(judged.reason === undefined ? {} : { reason: judged.reason }),
    },
  );
}

function withoutBrowser(judged: Judged, browsed: Browsed | undefined): Judged {
  return browsed?.kind === 'failed' && judged.reason
    ? { ...judged, reason: `${judged.reason}; a browser could not open it: ${browsed.message}` }
    : judged;
}

interface ReadDocument {
  readonly extracted: Extracted;
  /** Why there is no text. */
  readonly failure: string | undefined;
}

export async function readDocument(document: Parameters<typeof extractText>[0]): Promise<ReadDocument> {
  try {
    return { extracted: await extractText(document), failure: undefined };
  } catch (error) {
    if (!(error instanceof ExtractError)) throw error;
    // It is kept as it is; only its text cannot be quoted.
    const name = document.name ?? '';
    const pdf = Buffer.from(document.bytes.subarray(0, 1029)).toString('latin1').includes('%PDF-');
    const extracted = await extractText({ bytes: new Uint8Array(), name: `${name}.none` });
    const kind = pdf ? 'pdf' : 'other';
    const type =
      document.contentType?.split(';')[0] || (pdf ? 'application/pdf' : 'application/octet-stream');
    return { extracted: { ...extracted, kind, type }, failure: error.message };
  }
}

/** A page as the browser painted it; its text is what quotes stand in. */
function readPainted({ extracted }: ReadDocument, page: Extract<Browsed, { kind: 'page' }>): ReadDocument {
  const { charset: _, ...rest } = extracted;
  return {
    extracted: { ...rest, ...paintedText(page.painted), charset: undefined, replaced: 0, extractor: PAINTED },
    failure: undefined,
  };
}

function judgeText(
  address: string,
  final: string,
  status: number,
  { extracted, failure }: ReadDocument,
  body: Uint8Array,
  rendered = false,
): Judged {
  const html = extracted.kind === 'html' ? Buffer.from(body).toString('latin1') : undefined;
  const judged = judge({ status, address, final, html, text: extracted.text, rendered });
  return judged.verdict === 'ok' && failure !== undefined
    ? { verdict: 'error', reason: `its text cannot be read: ${failure}` }
    : judged;
}

function pageContents(page: Extract<Browsed, { kind: 'page' }>): Content[] {
  return [
    content('dom', 'text/html', Buffer.from(page.dom)),
    content('painted', 'application/json', Buffer.from(writePainted(page.painted))),
    content('picture', 'image/png', page.picture),
  ];
}

export function textContents({ text, hidden }: Extracted): Content[] {
  return [
    ...(text === '' ? [] : [content('text', 'text/plain', Buffer.from(text))]),
    ...(hidden === '' ? [] : [content('hidden', 'text/plain', Buffer.from(hidden))]),
  ];
}

/** What a manifest says of the text. */
export function describe(extracted: Extracted): Partial<Manifest> {
  const points = extracted.pages.length > 0 ? toCodePoints(extracted.text) : (unit: number) => unit;
  return {
    extractor: extracted.extractor,
    ...(extracted.title ? { title: extracted.title.slice(0, 500).toWellFormed() } : {}),
    ...(extracted.language ? { language: extracted.language.slice(0, 40).toWellFormed() } : {}),
    ...(extracted.charset ? { charset: extracted.charset } : {}),
    ...(extracted.replaced > 0 ? { replaced: extracted.replaced } : {}),
    ...(extracted.unsure.length > 0 ? { unsure: extracted.unsure } : {}),
    ...(extracted.frames.length > 0
      ? { frames: extracted.frames.map((own) => own.slice(0, 2000).toWellFormed()) }
      : {}),
    ...(extracted.pages.length > 0
      ? { pages: extracted.pages.map(([start, end]): [number, number] => [points(start), points(end)]) }
      : {}),
  };
}

/** A part of a capture with its bytes; they are only kept when the capture is. */
export interface Content {
  readonly part: Part;
  readonly bytes: Uint8Array | undefined;
}

export function content(role: Part['role'], type: string, bytes: Uint8Array, name?: string): Content {
  const part = {
    role,
    type,
    sha256: sha256(bytes),
    bytes: bytes.length,
    ...(name === undefined ? {} : { name }),
  };
  return { part, bytes };
}

/** A capture that is not in the archive yet. */
export interface Draft {
  readonly manifest: Manifest;
  readonly contents: readonly Content[];
}

export const draftOf = (contents: readonly Content[], manifest: Omit<Manifest, 'parts'>): Draft => ({
  manifest: { ...manifest, parts: contents.map(({ part }) => part) },
  contents,
});

/** Keeps a capture, and gives the entry for the ledger. */
export async function enter(
  { blobs }: Archive,
  { manifest, contents }: Draft,
): Promise<Extract<CaptureResult, { kind: 'captured' }>> {
  await Promise.all(contents.map(({ bytes }) => bytes && blobs.put(bytes)));
  const hash = await blobs.put(Buffer.from(canonicalJson(manifest)));
  const text = (partOf(manifest, 'text') ?? partOf(manifest, 'sealed'))?.sha256;
  return {
    kind: 'captured',
    hash,
    manifest,
    entry: {
      kind: 'capture',
      source: manifest.source,
      manifest: hash,
      ...(text === undefined ? {} : { text }),
      verdict: manifest.verdict,
      ...(manifest.address === undefined ? {} : { address: manifest.address }),
    },
  };
}
