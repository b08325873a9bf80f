import { workerData } from 'node:worker_threads';
import { CELL } from './watch-cells.ts';

/**
 * Runs beside a reader, in a thread of the same process, and ends the process when the document takes more than it may. Only so can a loop that never ends,
 * or memory outside of JavaScript’s heap, be stopped on every system. SIGTERM means time, SIGKILL memory.
 */
const cells = new Int32Array(workerData as SharedArrayBuffer);
const EVERY_MS = 20;

for (;;) {
  Atomics.wait(cells, CELL.busy, 0);
  while (Atomics.load(cells, CELL.busy) === 1) {
    const { user, system } = process.cpuUsage();
    if ((user + system) / 1000 - at(CELL.startMs) > at(CELL.cpuMs)) process.kill(process.pid, 'SIGTERM');
    if (process.memoryUsage.rss() / 1024 / 1024 > at(CELL.memoryMiB)) process.kill(process.pid, 'SIGKILL');
    Atomics.wait(cells, CELL.busy, 1, EVERY_MS);
  }
}

function at(index: number): number {
  return Atomics.load(cells, index);
}
