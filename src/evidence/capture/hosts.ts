import type { Fetched } from './fetch.ts';
import { headerOf } from './fetch.ts';

/** How many hosts are asked at the same time. */
const PARALLEL_HOSTS = 8;
/** How many items are looked at ahead, to find hosts that are free. */
const LOOK_AHEAD = 256;

/**
 * Does work on items, one at a time for each host and several hosts next to each other. Items are taken as they are needed, so that their number does not
 * matter. Ends after the first error, when what had begun is done.
 */
export async function eachHost<T>(
  items: Iterable<T> | AsyncIterable<T>,
  hostOf: (item: T) => string,
  work: (item: T) => Promise<void>,
  parallel = PARALLEL_HOSTS,
): Promise<void> {
  const waiting: T[] = [];
  const busy = new Set<string>();
  const running = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | undefined;
  const startWhatCan = () => {
    for (let index = 0; index < waiting.length && busy.size < parallel; index++) {
      const item = waiting[index] as T;
      const host = hostOf(item);
      if (busy.has(host)) continue;
      waiting.splice(index--, 1);
      busy.add(host);
      const run = work(item)
        .catch((error: unknown) => {
          failure ??= { error };
        })
        .finally(() => {
          busy.delete(host);
          running.delete(run);
        });
      running.add(run);
    }
  };
  for await (const item of items) {
    waiting.push(item);
    startWhatCan();
    while (!failure && (waiting.length >= LOOK_AHEAD || busy.size >= parallel)) {
      await Promise.race(running);
      startWhatCan();
    }
    if (failure) break;
  }
  while (running.size > 0) {
    await Promise.race(running);
    if (!failure) startWhatCan();
  }
  if (failure) throw failure.error;
}

const LONGEST_WAIT_MS = 60_000;

/** Tries again where a server is busy or away for a moment, as late as it asks for (Retry-After), else after one, then four seconds. */
export async function politely(
  attempt: () => Promise<Fetched>,
  { attempts, sleep }: { readonly attempts: number; readonly sleep: (ms: number) => Promise<unknown> },
): Promise<Fetched> {
  for (let number = 1; ; number++) {
    const fetched = await attempt();
    if (number === attempts || !isPassing(fetched)) return fetched;
    await sleep(Math.min(LONGEST_WAIT_MS, retryAfter(fetched) ?? 1000 * 4 ** (number - 1)));
  }
}

function isPassing(fetched: Fetched): boolean {
  if (fetched.kind === 'failed') return fetched.reason === 'connect';
  return [429, 503].includes(fetched.hops.at(-1)?.status ?? 0);
}

function retryAfter({ hops }: Fetched): number | undefined {
  const value = headerOf(hops.at(-1)?.headers ?? [], 'retry-after');
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
