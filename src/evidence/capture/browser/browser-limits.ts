import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { memoryOf, processesOf } from './processes.ts';

/** What a page may take of the machine. */
export interface BrowserLimits {
  readonly memory: number;
  readonly disk: number;
}

export const BROWSER_LIMITS: BrowserLimits = {
  memory: 1536 * 1024 * 1024,
  disk: 256 * 1024 * 1024,
};

/** A page took more of the machine than it may. */
export class GreedyPageError extends Error {}

const LOOK_MS = 200;
const LIST_EVERY = 4;

/**
 * Looks at the memory of a browser’s processes and at the size of its profile, again and again, until it is stopped. Switches of Chromium bound neither:
 * what scripts hold outside of the heap, and what pages of many origins store.
 * @returns a promise that is only ever rejected, with a GreedyPageError
 */
export function watchBrowser(
  profile: string,
  limits: BrowserLimits = BROWSER_LIMITS,
): { readonly exceeded: Promise<never>; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const exceeded = new Promise<never>((_, reject) => {
    let pids: readonly number[] = [];
    let looks = 0;
    const look = async () => {
      // To list all processes of a machine costs more than to look at a few.
      if (looks++ % LIST_EVERY === 0) pids = (await processesOf(profile))?.pids ?? [];
      const [memory, disk] = await Promise.all([memoryOf(pids, limits.memory), sizeOf(profile)]);
      if (memory > limits.memory)
        reject(new GreedyPageError(`the page takes more than ${mib(limits.memory)} of memory`));
      else if (disk > limits.disk)
        reject(new GreedyPageError(`the page stores more than ${mib(limits.disk)}`));
      else if (!stopped) timer = setTimeout(() => void look().catch(reject), LOOK_MS);
    };
    timer = setTimeout(() => void look().catch(reject), LOOK_MS);
  });
  // Nobody may be waiting any more when it comes.
  exceeded.catch(() => {});
  return {
    exceeded,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

const mib = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MiB`;

/** The bytes of the files in a folder; those that vanish while it is looked at count nothing. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries.map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return sizeOf(path);
      return lstat(path).then(
        ({ blocks, size }) => Math.max(size, blocks * 512),
        () => 0,
      );
    }),
  );
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}
