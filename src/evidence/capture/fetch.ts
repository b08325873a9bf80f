import { lookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { CookieJar } from 'tough-cookie';
import { Agent, type Dispatcher, request } from 'undici';
import type { Hop } from '../archive/manifest.ts';
import { AddressRefusedError, allowedFor, checkAddress, isAllowed, isPublicAddress } from './address.ts';
import { decodeBody } from './content-encoding.ts';
import { type Denial, denialOf, RefusedByLookup } from './failure.ts';
import { acceptLanguage, headerOf } from './headers.ts';
import { locationOf, refreshOf } from './redirect.ts';

export type { Denial, FailureReason } from './failure.ts';
export { headerOf } from './headers.ts';

/** Names to addresses, as the system looks them up. */
export type Resolve = (host: string) => Promise<readonly string[]>;

export interface FetchLimits {
  readonly connectMs: number;
  /** Until the first byte of an answer, and between any two. */
  readonly silenceMs: number;
  /** For one request in all, so that slow dripping ends. */
  readonly wholeMs: number;
  /** Of a body, over the wire and after its encodings are undone. */
  readonly bytes: number;
  readonly redirects: number;
}

export const FETCH_LIMITS: FetchLimits = {
  connectMs: 10_000,
  silenceMs: 20_000,
  wholeMs: 60_000,
  bytes: 20 * 1024 * 1024,
  redirects: 10,
};

export interface FetchOptions {
  readonly allowed: readonly string[];
  readonly resolve?: Resolve;
  readonly limits?: Partial<FetchLimits>;
  /** The languages that are asked for, as tags: `fr, ar`. */
  readonly language?: string | undefined;
}

/** What was known of a page before: it is only sent again if it has changed (RFC 9110, section 13). And who is asked on the way. */
export interface Conditions {
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
  /** The languages that are asked for, as tags, if they are others than those of the fetcher. */
  readonly language?: string | undefined;
  /** Why an address on the way, the first one too, is not to be fetched. */
  readonly denies?: (address: string) => Promise<Denial | undefined>;
}

export type Fetched =
  | {
      readonly kind: 'response';
      readonly hops: readonly Hop[];
      readonly final: string;
      readonly body: Uint8Array;
    }
  | { readonly kind: 'not-modified'; readonly hops: readonly Hop[]; readonly final: string }
  | ({ readonly kind: 'failed'; readonly hops: readonly Hop[] } & Denial);

export interface Fetcher {
  /** Fetches one page; whatever a server does, this gives a value and never throws. */
  fetch(address: string, conditions?: Conditions): Promise<Fetched>;
  close(): Promise<void>;
}

export const USER_AGENT = 'Assay/0.1 (archive of cited sources)';

/**
 * Fetches pages of the public internet only: every hop is checked by its name and by the very address that is connected to. Cookies live as long as one
 * fetch: sites that look whether one comes back send the page then.
 */
export function makeFetcher(options: FetchOptions): Fetcher {
  const { resolve = systemResolve } = options;
  const limits = { ...FETCH_LIMITS, ...options.limits };
  const agent = (free: boolean) =>
    new Agent({
      connect: { timeout: limits.connectMs, lookup: checkedLookup(resolve, free) },
      headersTimeout: limits.silenceMs,
      bodyTimeout: limits.silenceMs,
      maxHeaderSize: 64 * 1024,
      pipelining: 1,
    });
  // Hosts that were allowed by name may be private, others not: never over one and the same connection.
  const agents = { free: agent(true), checked: agent(false) };
  return {
    fetch: (address, conditions = {}) => follow(address, conditions, { ...options, limits, agents }),
    close: async () => {
      await Promise.all([agents.free.destroy(), agents.checked.destroy()]);
    },
  };
}

const systemResolve: Resolve = async (host) =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);

/** What is looked up is what is checked, and what is connected to: an answer that changes in between has no effect. */
function checkedLookup(resolve: Resolve, free: boolean): LookupFunction {
  return (host, options, done) => {
    resolve(host).then(
      (addresses) => {
        const bad = free ? undefined : addresses.find((address) => !isPublicAddress(address));
        const first = addresses[0];
        if (bad !== undefined)
          done(new RefusedByLookup(`“${host}” is at ${bad}, which is not on the public internet`), '', 0);
        else if (first === undefined)
          done(Object.assign(new Error(`“${host}” has no address`), { code: 'ENOTFOUND' }), '', 0);
        else if (options.all)
          done(
            null,
            addresses.map((address) => ({ address, family: familyOf(address) })),
          );
        else done(null, first, familyOf(first));
      },
      (error) => done(error, '', 0),
    );
  };
}

const familyOf = (address: string) => (address.includes(':') ? 6 : 4);

interface Means extends FetchOptions {
  readonly limits: FetchLimits;
  readonly agents: { readonly free: Dispatcher; readonly checked: Dispatcher };
}

async function follow(start: string, conditions: Conditions, means: Means): Promise<Fetched> {
  const { limits } = means;
  const allowed = allowedFor(start, means.allowed);
  const hops: Hop[] = [];
  const cookies = new CookieJar();
  const been = new Set<string>();
  const until = Date.now() + WHOLE_WAY * limits.wholeMs;
  let address = start;
  try {
    for (;;) {
      const url = checkHop(address, allowed, means.allowed);
      const cookie = await cookies.getCookieString(url.href);
      const denial =
        turnsBack(url, cookie, been, hops.length, limits) ?? (await conditions.denies?.(url.href));
      if (denial) return { kind: 'failed', hops, ...onTheWay(denial, url, hops) };
      const { hop, body, next } = await ask(url, { ...conditions, cookie }, means, {
        free: isAllowed(url, allowed),
        ms: Math.max(1, Math.min(limits.wholeMs, until - Date.now())),
      });
      hops.push(hop);
      if (hop.status === 304) return { kind: 'not-modified', hops, final: url.href };
      if (next === undefined) return { kind: 'response', hops, final: url.href, body };
      for (const [name, value] of hop.headers)
        if (name === 'set-cookie') await cookies.setCookie(value, url.href, { ignoreError: true });
      address = URL.parse(next, url.href)?.href ?? next;
    }
  } catch (error) {
    const { cause, answering } = error instanceof HopError ? error : { cause: error, answering: false };
    return { kind: 'failed', hops, ...denialOf(cause, limits, answering) };
  }
}

/** Why a redirect is not followed: it leads to where it came from, and no cookie makes a difference; or it never ends. */
function turnsBack(
  { href }: URL,
  cookie: string,
  been: Set<string>,
  hops: number,
  { redirects }: FetchLimits,
): Denial | undefined {
  const state = `${href} ${cookie}`;
  if (been.has(state)) return { reason: 'redirects', message: `it leads back to ${href}` };
  been.add(state);
  return hops > redirects
    ? { reason: 'redirects', message: `after ${redirects} redirects it still leads on` }
    : undefined;
}

/** What is denied at an address that another has led to names it. */
const onTheWay = (denial: Denial, { href }: URL, hops: readonly Hop[]): Denial =>
  hops.length === 0 || denial.reason === 'redirects'
    ? denial
    : { ...denial, message: `it leads to ${href}: ${denial.message}` };

/** All hops together may take this many times what one may. */
const WHOLE_WAY = 3;

/** @throws AddressRefusedError */
function checkHop(address: string, allowed: readonly string[], everywhere: readonly string[]): URL {
  try {
    const url = checkAddress(address, allowed);
    url.hash = '';
    return url;
  } catch (error) {
    const url = URL.parse(address);
    if (url && isAllowed(url, everywhere))
      throw new AddressRefusedError(
        `it leads to “${url.host}”, which is not on the public internet and was allowed for its own addresses only`,
      );
    throw error;
  }
}

/** An error of one hop, and whether its answer had begun. */
class HopError extends Error {
  readonly answering: boolean;
  constructor(cause: unknown, answering: boolean) {
    super('', { cause });
    this.answering = answering;
  }
}

interface Answer {
  readonly hop: Hop;
  readonly body: Uint8Array;
  /** Where it leads on, if it is not the page itself. */
  readonly next: string | undefined;
}

/** Asks for one address. @throws HopError */
async function ask(
  url: URL,
  conditions: Conditions & { readonly cookie: string },
  { agents, limits, ...means }: Means,
  { free, ms }: { readonly free: boolean; readonly ms: number },
): Promise<Answer> {
  let answering = false;
  try {
    const response = await request(url.href, {
      dispatcher: free ? agents.free : agents.checked,
      headers: requestHeaders(conditions, conditions.language ?? means.language),
      signal: AbortSignal.timeout(ms),
      // As a list: headers may have names that an object already has.
      responseHeaders: 'raw',
    });
    answering = true;
    const hop: Hop = { address: url.href, status: response.statusCode, headers: pairsOf(response.headers) };
    const location = locationOf(hop);
    if (location !== undefined || hop.status === 304) {
      await response.body.dump({ limit: 64 * 1024 }).catch(() => {});
      return { hop, body: NOTHING, next: location };
    }
    const body = await decodeBody(response.body, headerOf(hop.headers, 'content-encoding'), limits.bytes);
    return { hop, body, next: hop.status < 300 ? refreshOf(hop, body) : undefined };
  } catch (error) {
    throw new HopError(error, answering);
  }
}

const NOTHING = new Uint8Array();

function requestHeaders(
  { etag, lastModified, cookie }: Conditions & { readonly cookie: string },
  language: string | undefined,
): Record<string, string> {
  return {
    'user-agent': USER_AGENT,
    accept: 'text/html,application/xhtml+xml,application/pdf,*/*;q=0.8',
    'accept-language': language === undefined ? 'en;q=0.8,*;q=0.5' : acceptLanguage(language),
    'accept-encoding': 'gzip, br',
    ...(cookie === '' ? {} : { cookie }),
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
    ...(lastModified === undefined ? {} : { 'if-modified-since': lastModified }),
  };
}

/** Pairs of a raw list: name, value, name, value. Names as they are compared, without capitals. */
function pairsOf(raw: unknown): [string, string][] {
  const list = Array.isArray(raw) ? raw.map(String) : [];
  return Array.from({ length: Math.floor(list.length / 2) }, (_, index): [string, string] => [
    (list[2 * index] ?? '').toLowerCase(),
    list[2 * index + 1] ?? '',
  ]);
}
