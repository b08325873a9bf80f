import parseRobots, { type Robot } from 'robots-parser';
import type { Fetcher } from './fetch.ts';

/** Whether the owner of a site lets this program read a page (RFC 9309). */
export interface Robots {
  allows(address: string): Promise<boolean>;
}

const TOKEN = 'Assay';
const MOST_BYTES = 500 * 1024;

/** Asks each site once. Without rules everything is allowed; while a site cannot say (errors of the server), nothing is. */
export function makeRobots(fetcher: Fetcher): Robots {
  const asked = new Map<string, Promise<(address: string) => boolean>>();
  return {
    async allows(address) {
      const { origin } = new URL(address);
      const rules = asked.get(origin) ?? ask(fetcher, `${origin}/robots.txt`);
      asked.set(origin, rules);
      return (await rules)(address);
    },
  };
}

async function ask(fetcher: Fetcher, address: string): Promise<(address: string) => boolean> {
  const fetched = await fetcher.fetch(address);
  if (fetched.kind !== 'response') return () => fetched.kind === 'failed' && fetched.reason !== 'timeout';
  const status = fetched.hops.at(-1)?.status ?? 0;
  if (status >= 500) return () => false;
  if (status >= 400) return () => true;
  const text = Buffer.from(fetched.body.subarray(0, MOST_BYTES)).toString('utf8');
  // The package is CommonJS: what it exports is the function itself.
  const robot: Robot = (parseRobots as unknown as (url: string, text: string) => Robot)(address, text);
  return (own) => robot.isAllowed(own, TOKEN) ?? true;
}
