import { Worker } from 'node:worker_threads';
import { readDocument } from './read-document.ts';
import { frame, type Limits, type ReadAnswer, type ReadRequest, unframeRequest } from './read-frames.ts';
import { CELL } from './watch-cells.ts';

/** The process of a reader: takes documents from standard input one by one, and writes what it reads to standard output. It ends with its input. */

const cells = new Int32Array(new SharedArrayBuffer(Object.keys(CELL).length * 4));
new Worker(new URL(`./read-watch.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url), {
  workerData: cells.buffer,
}).unref();

// Most documents are pages: what reads them is there before the first comes.
void Promise.all([import('#formats/charset'), import('../page/html-text.ts')]);

const chunks: Buffer[] = [];
let size = 0;
process.stdin.on('data', (chunk: Buffer) => {
  size += chunk.length;
  chunks.push(chunk);
  const whole = unframeRequest(chunks, size);
  if (!whole) return;
  chunks.length = 0;
  size = 0;
  void answer(whole.request, whole.bytes);
});
process.stdin.on('end', () => process.exit());

async function answer(request: ReadRequest & { limits: Limits }, bytes: Uint8Array): Promise<void> {
  watch(request.limits);
  let read: Omit<ReadAnswer, 'memoryMiB'>;
  try {
    read = await readDocument(request, bytes);
  } catch (error) {
    read = { error: messageOf(error) };
  }
  const output = frame({ ...read, memoryMiB: process.memoryUsage.rss() / 1024 / 1024 });
  watch(undefined);
  process.stdout.write(output);
}

function watch(limits: Limits | undefined): void {
  if (limits) {
    const { user, system } = process.cpuUsage();
    Atomics.store(cells, CELL.startMs, (user + system) / 1000);
    Atomics.store(cells, CELL.cpuMs, limits.cpuMs);
    Atomics.store(cells, CELL.memoryMiB, limits.memoryMiB);
  }
  Atomics.store(cells, CELL.busy, limits ? 1 : 0);
  Atomics.notify(cells, CELL.busy);
}

/** What went wrong, in one line. A library’s complaint about nonsense may hold the nonsense. */
function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const line = message.replace(/\s+/g, ' ').trim().slice(0, 300).toWellFormed();
  return line === '' ? 'it is broken' : line;
}
