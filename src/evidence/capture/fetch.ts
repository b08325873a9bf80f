import { lookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { Agent, type Dispatcher, request } from 'undici';
import type { Hop } from '../archive/manifest.ts';
import { AddressRefusedError, checkAddress, isAllowed, isPublicAddress } from './address.ts';
import { decodeBody, TooLargeError } from './content-encoding.ts';

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
}

/** What was known of a page before: it is only sent again if it has changed (RFC 9110, section 13). */
export interface Conditions {
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

export type FailureReason =
  | 'refused'
  | 'dns'
  | 'connect'
  | 'tls'
  | 'timeout'
  | 'too-large'
  | 'redirects'
  | 'broken';

export type Fetched =
  | {
      readonly kind: 'response';
      readonly hops: readonly Hop[];
      readonly final: string;
      readonly body: Uint8Array;
    }
  | { readonly kind: 'not-modified'; readonly hops: readonly Hop[]; readonly final: string }
  | {
      readonly kind: 'failed';
      readonly hops: readonly Hop[];
      readonly reason: FailureReason;
      readonly message: string;
    };

export interface Fetcher {
  /** Fetches one page; whatever a server does, this gives a value and never throws. */
  fetch(address: string, conditions?: Conditions): Promise<Fetched>;
  close(): Promise<void>;
}

export const USER_AGENT = 'Assay/0.1 (archive of cited sources)';

/** Fetches pages of the public internet only: every hop is checked by its name and by the very address that is connected to. */
export function makeFetcher({ allowed, resolve = systemResolve, limits: own = {} }: FetchOptions): Fetcher {
  const limits = { ...FETCH_LIMITS, ...own };
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
    fetch: (address, conditions = {}) => follow(address, conditions, allowed, agents, limits),
    close: async () => {
      await Promise.all([agents.free.destroy(), agents.checked.destroy()]);
    },
  };
}

const systemResolve: Resolve = async (host) =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);

class RefusedByLookup extends Error {}

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

async function follow(
  start: string,
  conditions: Conditions,
  allowed: readonly string[],
  agents: { readonly free: Dispatcher; readonly checked: Dispatcher },
  limits: FetchLimits,
): Promise<Fetched> {
  const hops: Hop[] = [];
  const failed = (reason: FailureReason, message: string): Fetched => ({
    kind: 'failed',
    hops,
    reason,
    message,
  });
  let address = start;
  try {
    for (;;) {
      const url = checkAddress(address, allowed);
      url.hash = '';
      if (hops.some((hop) => hop.address === url.href))
        return failed('redirects', `it leads back to ${url.href}`);
      if (hops.length > limits.redirects)
        return failed('redirects', `after ${limits.redirects} redirects it still leads on`);
      const dispatcher = isAllowed(url, allowed) ? agents.free : agents.checked;
      const deadline = AbortSignal.timeout(limits.wholeMs);
      const response = await request(url.href, {
        dispatcher,
        headers: requestHeaders(conditions),
        signal: deadline,
      });
      const headers = pairsOf(response.headers);
      const status = response.statusCode;
      hops.push({ address: url.href, status, headers });
      const location = headerOf(headers, 'location');
      if (status === 304) {
        await response.body.dump();
        return { kind: 'not-modified', hops, final: url.href };
      }
      if ([301, 302, 303, 307, 308].includes(status) && location !== undefined) {
        await response.body.dump({ limit: 64 * 1024 });
        const next = URL.parse(location, url.href);
        if (!next)
          return failed('broken', `it redirects to “${location.slice(0, 200)}”, which is no address`);
        address = next.href;
        continue;
      }
      const body = await decodeBody(response.body, headerOf(headers, 'content-encoding'), limits.bytes);
      return { kind: 'response', hops, final: url.href, body };
    }
  } catch (error) {
    return failed(...reasonOf(error, limits));
  }
}

function requestHeaders({ etag, lastModified }: Conditions): Record<string, string> {
  return {
    'user-agent': USER_AGENT,
    accept: 'text/html,application/xhtml+xml,application/pdf,*/*;q=0.8',
    'accept-language': 'en;q=0.8,*;q=0.5',
    'accept-encoding': 'gzip, br',
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
    ...(lastModified === undefined ? {} : { 'if-modified-since': lastModified }),
  };
}

function pairsOf(headers: Dispatcher.ResponseData['headers']): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value ?? '']).map((own): [string, string] => [name, own]),
  );
}

/** The value of a header; undefined if it was not sent. */
export function headerOf(headers: Hop['headers'], name: string): string | undefined {
  return headers.find(([own]) => own.toLowerCase() === name)?.[1];
}

const TLS = /^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_|SELF_SIGNED|UNABLE_TO|ERR_OSSL|EPROTO)/;

function reasonOf(error: unknown, limits: FetchLimits): [FailureReason, string] {
  if (error instanceof AddressRefusedError) return ['refused', error.message];
  if (error instanceof TooLargeError) return ['too-large', error.message];
  const { code = '', name, message, cause } = error as NodeJS.ErrnoException;
  if (error instanceof RefusedByLookup || cause instanceof RefusedByLookup) return ['refused', message];
  if (name === 'TimeoutError' || /TIMEOUT|ETIMEDOUT/.test(code))
    return ['timeout', `it did not answer within ${Math.round(limits.wholeMs / 1000)} s`];
  if (/^(?:ENOTFOUND|EAI_)/.test(code)) return ['dns', 'the name of the host is not known'];
  if (TLS.test(code)) return ['tls', `its certificate or encryption does not hold (${code})`];
  if (/^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ECONNRESET)$/.test(code))
    return ['connect', `there is no connection (${code})`];
  return ['broken', `what it sends is not understood: ${message}`];
}
