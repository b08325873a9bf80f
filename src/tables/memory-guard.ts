/**
 * A thread that ends its process once it has taken more memory than it may, counted from when the thread began, or once nobody waits for
 * its result any more. SQLite in Node cannot be
 * bounded from within (it is compiled without memory statistics, so that `hard_heap_limit` has no effect), and blocks the thread it runs in.
 */
import { parentPort, workerData } from 'node:worker_threads';

/** At a gigabyte a second, which is about what a machine can fill, this is 20 MB too many. */
const LOOK_EVERY_MS = 20;
const most = process.memoryUsage.rss() + (workerData as { readonly bytes: number }).bytes;
const parent = process.ppid;

setInterval(() => {
  if (process.memoryUsage.rss() > most || process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
}, LOOK_EVERY_MS);
parentPort?.postMessage('watching');
