import { parentPort, workerData } from 'node:worker_threads';
import { type DrawJob, runBlocks } from '#analysis/index';

/** Does some blocks of a job on a thread of its own. */
const { job, blocks } = workerData as { readonly job: DrawJob; readonly blocks: readonly number[] };
const result = runBlocks(job, blocks);
parentPort?.postMessage(result, [
  result.counts.buffer,
  ...(result.wins ? [result.wins.buffer] : []),
] as ArrayBuffer[]);
