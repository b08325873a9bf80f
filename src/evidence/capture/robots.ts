import type { Denial, Fetched } from './fetch.ts';
import { parseRobots, type RobotsRules } from './robots-rules.ts';

/** Whether the owner of a site lets this program read a page (RFC 9309). */
export interface Robots {
  /** Why a page is not to be fetched; undefined if it may be. */
  denies(address: string): Promise<Denial | undefined>;
}

const TOKEN = 'Assay';
const MOST_BYTES = 500 * 1024;

/** What a site says: its rules, or why none of its pages is to be fetched now. */
type Said = { readonly rules: RobotsRules } | { readonly denial: Denial } | undefined;

/**
 * Asks each site once. Without rules everything is allowed; while a site cannot say (errors of the server or on the way, section 2.3.1.4), nothing is.
 * A host that has no address is left to fail by itself.
 */
export function makeRobots(fetch: (address: string) => Promise<Fetched>): Robots {
  const asked = new Map<string, Promise<Said>>();
  return {
    async denies(address) {
      const { origin, pathname, search } = new URL(address);
      const asking = asked.get(origin) ?? fetch(`${origin}/robots.txt`).then(read);
      asked.set(origin, asking);
      const said = await asking;
      if (said === undefined) return undefined;
      if ('denial' in said) return said.denial;
      return said.rules.allows(pathname + search)
        ? undefined
        : { reason: 'robots', message: 'its robots.txt asks programs not to fetch it' };
    },
  };
}

function read(fetched: Fetched): Said {
  if (fetched.kind === 'failed') {
    const { reason, message, hops } = fetched;
    if (hops.length === 0 && (reason === 'dns' || reason === 'refused')) return undefined;
    if (hops.length === 0 && ['connect', 'tls', 'timeout'].includes(reason))
      return { denial: { reason, message } };
    return {
      denial: {
        reason: 'unreachable',
        message: `its robots.txt cannot be read (${message}), so that nothing may be fetched`,
      },
    };
  }
  const status = fetched.hops.at(-1)?.status ?? 0;
  if (fetched.kind === 'not-modified' || status >= 500)
    return {
      denial: {
        reason: 'unreachable',
        message: `its robots.txt answers ${status}, so that nothing may be fetched`,
      },
    };
  if (status >= 400) return undefined;
  const text = Buffer.from(fetched.body.subarray(0, MOST_BYTES)).toString('utf8');
  return { rules: parseRobots(text, TOKEN) };
}
