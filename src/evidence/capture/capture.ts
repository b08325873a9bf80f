import { setTimeout as pause } from 'node:timers/promises';
import { type Archive, parseManifest } from '../archive/archive.ts';
import { canonicalJson } from '../archive/canonical.ts';
import { sha256 } from '../archive/hash.ts';
import type { NewEntry } from '../archive/ledger.ts';
import { type Manifest, type Part, partOf } from '../archive/manifest.ts';
import { toCodePoints } from '../quotes/code-points.ts';
import { warmReader } from '../text/apart/reader.ts';
import { type Document, type Extracted, extractText, withoutText } from '../text/extract.ts';
import { ExtractError } from '../text/extract-error.ts';
import { PAINTED, writePainted } from '../text/page/painted-nodes.ts';
import { type Browsed, type BrowseOptions, browse } from './browser/browse.ts';
import {
  type Conditions,
  type FailureReason,
  type Fetched,
  type FetchOptions,
  headerOf,
  makeFetcher,
} from './fetch.ts';
import { politely } from './hosts.ts';
import { makeRobots, type Robots } from './robots.ts';
import { type Judged, judge, type Seen } from './walls/verdict.ts';

export const TOOL = 'assay/0.1.0';

/** What came of capturing one address. A capture is kept, but stands in the ledger only when its entry is appended. */
export type CaptureResult =
  | {
      readonly kind: 'captured';
      readonly entry: Extract<NewEntry, { kind: 'capture' }>;
      readonly manifest: Manifest;
      readonly hash: string;
      /** What a person should know of its text. */
      readonly remarks: readonly string[];
    }
  /** What was captured before is still what is there. */
  | { readonly kind: 'unchanged'; readonly hash: string; readonly manifest: Manifest }
  | {
      readonly kind: 'failed';
      readonly reason: FailureReason | 'browser';
      readonly message: string;
    };

export interface CaptureOptions extends FetchOptions, BrowseOptions {
  /** Open each page in a browser, or none; else those that were opened in one the last time, and those that have no text without one. */
  readonly browser?: boolean | undefined;
  /** The character set of the pages, where they do not say it rightly. */
  readonly charset?: string | undefined;
  readonly now?: () => Date;
  readonly sleep?: (ms: number) => Promise<unknown>;
}

export interface Capturer {
  /**
   * Captures a page.
   * @param before the manifest of its latest capture, by its hash
   * @param shown that of the latest one that was the page itself, if it is another
   */
  capture(source: string, address: string, before?: string, shown?: string): Promise<CaptureResult>;
  close(): Promise<void>;
}

/**
 * Fetches pages into an archive: politely, as robots.txt allows, from the public internet only. Ask for one page of a host at a time. What goes wrong with
 * one page is a result of that page; only an archive that cannot be written ends more.
 */
export function makeCapturer(archive: Archive, options: CaptureOptions): Capturer {
  warmReader();
  const fetcher = makeFetcher(options);
  const away = new Set<string>();
  const fetchPolitely = async (address: string, conditions: Conditions = {}): Promise<Fetched> => {
    const host = URL.parse(address)?.host ?? '';
    // A host that was found away is not waited for again.
    const fetched = await politely(() => fetcher.fetch(address, conditions), {
      attempts: away.has(host) ? 1 : 3,
      sleep: options.sleep ?? ((ms) => pause(ms)),
    });
    if (fetched.kind === 'failed' && ['connect', 'timeout'].includes(fetched.reason)) away.add(host);
    return fetched;
  };
  const robots = makeRobots(fetchPolitely);
  const capture = async (
    source: string,
    address: string,
    before?: string,
    shown = before,
  ): Promise<CaptureResult | Draft> => {
    const { earlier, unchanged, earlierText } = await known(archive, before, shown);
    const own = asBefore(options, earlier);
    const denial = URL.canParse(address) ? await robots.denies(address) : undefined;
    if (denial) return { kind: 'failed', ...denial };
    const fetched = await fetchPolitely(address, {
      ...conditionsOf(earlier, address, own),
      language: own.language,
      denies: robots.denies,
    });
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
    const draft = await readResponse(source, address, fetched, { ...own, robots, earlierText });
    return !('kind' in draft) && unchanged && isSame(unchanged.manifest, draft.manifest) ? unchanged : draft;
  };
  return {
    async capture(...asked) {
      const result = await capture(...asked).catch(failureOf);
      return 'kind' in result ? result : enter(archive, result);
    },
    close: () => fetcher.close(),
  };
}

/** What the archive knows of a page. */
async function known(archive: Archive, before: string | undefined, shown: string | undefined) {
  const manifest = async (hash: string | undefined) =>
    hash === undefined ? undefined : await archive.manifest(hash);
  const earlier = await manifest(before);
  const page = await manifest(shown);
  return {
    earlier,
    unchanged:
      before && earlier ? { kind: 'unchanged' as const, hash: before, manifest: earlier } : undefined,
    earlierText: page?.verdict === 'ok' ? () => archive.text(page) : undefined,
  };
}

/** What nobody expected of one page, as its result. @throws what is everybody’s: the disk, and the limits of this process */
export function failureOf(error: unknown): Extract<CaptureResult, { kind: 'failed' }> {
  const { code = '', message }: { code?: string; message: string } =
    error instanceof Error ? error : { message: String(error) };
  if (/^(?:ENOSPC|EDQUOT|EROFS|EACCES|EPERM|EIO|EMFILE|ENFILE|ENOMEM)$/.test(code)) throw error;
  return {
    kind: 'failed',
    reason: 'broken',
    message: `it cannot be read: ${message.split('\n')[0]?.slice(0, 300)}`,
  };
}

/** A source is looked at as it was the last time, unless something else is asked for: in a browser, in a language, in a character set. */
function asBefore(options: CaptureOptions, earlier: Manifest | undefined): CaptureOptions {
  return {
    ...options,
    browser: options.browser ?? (earlier?.method === 'browser' ? true : undefined),
    language: options.language ?? earlier?.asked?.language,
    charset: options.charset ?? earlier?.asked?.charset,
  };
}

/** Whether two captures show the same: the same text, and in a browser the same that was painted, from the same place; where there is no text, the same bytes. */
function isSame(before: Manifest, after: Manifest): boolean {
  const sameParts = (roles: readonly Part['role'][]) =>
    roles.every((role) => partOf(before, role)?.sha256 === partOf(after, role)?.sha256);
  return (
    before.final === after.final &&
    before.verdict === after.verdict &&
    before.method === after.method &&
    before.asked?.language === after.asked?.language &&
    before.asked?.charset === after.asked?.charset &&
    sameParts(partOf(after, 'text') ? ['text', 'visible'] : ['body'])
  );
}

/** What to ask a server by, so that it sends a page only if it has changed. A browser has to open it anyway. */
function conditionsOf(
  earlier: Manifest | undefined,
  address: string,
  { browser, language, charset }: CaptureOptions,
) {
  if (
    earlier === undefined ||
    browser ||
    earlier.method !== 'fetch' ||
    earlier.verdict !== 'ok' ||
    earlier.address !== address ||
    earlier.asked?.language !== language ||
    earlier.asked?.charset !== charset
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
  options: CaptureOptions & {
    readonly robots: Robots;
    readonly earlierText: (() => Promise<string>) | undefined;
  },
): Promise<Draft | Extract<CaptureResult, { kind: 'failed' }>> {
  const last = response.hops.at(-1);
  const contentType = headerOf(last?.headers ?? [], 'content-type');
  const plain = await readDocument({
    bytes: response.body,
    contentType,
    charset: options.charset,
    name: new URL(response.final).pathname,
  });
  const judgedPlain = await judgeText(options, plain, {
    address,
    final: response.final,
    status: last?.status ?? 0,
    body: response.body,
  });
  const browsed =
    plain.extracted.kind === 'html' && (options.browser ?? judgedPlain.needsBrowser)
      ? await browse(response.final, { ...options, denies: options.robots.denies })
      : undefined;
  if (browsed?.kind === 'failed' && (options.browser || browsed.reason === 'robots'))
    return {
      kind: 'failed',
      reason: browsed.reason === 'robots' ? 'robots' : 'browser',
      message: browsed.message,
    };
  const page = browsed?.kind === 'page' ? browsed : undefined;
  const read = page ? await readPainted(plain, page) : plain;
  const judged = page
    ? await judgeText(options, read, {
        address,
        final: page.final,
        status: page.status,
        body: Buffer.from(page.dom),
        rendered: true,
      })
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
      ...askedOf(options),
      verdict: judged.verdict,
      ...(judged.reason === undefined ? {} : { reason: judged.reason }),
    },
    read.extracted.remarks,
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

export async function readDocument(document: Document): Promise<ReadDocument> {
  try {
    return { extracted: await extractText(document), failure: undefined };
  } catch (error) {
    if (!(error instanceof ExtractError)) throw error;
    // It is kept as it is; only its text cannot be quoted.
    return { extracted: withoutText(document), failure: error.message };
  }
}

/** A page as the browser painted it; its text is what quotes stand in. */
async function readPainted(
  { extracted }: ReadDocument,
  page: Extract<Browsed, { kind: 'page' }>,
): Promise<ReadDocument> {
  const { paintedText } = await import('../text/page/painted-text.ts'); // only where a browser was opened
  const { charset: _, ...rest } = extracted;
  return {
    extracted: { ...rest, ...paintedText(page.painted), charset: undefined, replaced: 0, extractor: PAINTED },
    failure: undefined,
  };
}

/** What was asked for by a person, if anything. */
function askedOf({ language, charset }: CaptureOptions): Pick<Manifest, 'asked'> {
  if (language === undefined && charset === undefined) return {};
  return {
    asked: { ...(language === undefined ? {} : { language }), ...(charset === undefined ? {} : { charset }) },
  };
}

async function judgeText(
  { earlierText }: { readonly earlierText: (() => Promise<string>) | undefined },
  { extracted, failure }: ReadDocument,
  { body, ...seen }: Pick<Seen, 'address' | 'final' | 'status' | 'rendered'> & { readonly body: Uint8Array },
): Promise<Judged> {
  const html = extracted.kind === 'html' ? Buffer.from(body).toString('latin1') : undefined;
  const judged = judge({
    ...seen,
    html,
    text: extracted.text,
    title: extracted.title,
    bytes: body.length,
    earlier: await earlierText?.(),
  });
  return judged.verdict === 'ok' && failure !== undefined ? { verdict: 'error', reason: failure } : judged;
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
  readonly remarks: readonly string[];
}

export const draftOf = (
  contents: readonly Content[],
  manifest: Omit<Manifest, 'parts'>,
  remarks: readonly string[] = [],
): Draft => ({
  manifest: { ...manifest, parts: contents.map(({ part }) => part) },
  contents,
  remarks,
});

/** Keeps a capture, and gives the entry for the ledger. */
export async function enter(
  { blobs }: Archive,
  { manifest, contents, remarks }: Draft,
): Promise<Extract<CaptureResult, { kind: 'captured' }>> {
  const written = canonicalJson(manifest);
  // What is no manifest, or none that could be read again, would make the archive unreadable for ever.
  parseManifest(written);
  await Promise.all(contents.map(({ bytes }) => bytes && blobs.put(bytes)));
  const hash = await blobs.put(Buffer.from(written));
  const text = (partOf(manifest, 'text') ?? partOf(manifest, 'sealed'))?.sha256;
  return {
    kind: 'captured',
    hash,
    manifest,
    remarks,
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
