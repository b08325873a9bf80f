import { parentPort, workerData } from 'node:worker_threads';
import { type DrawJob, runBlocks } from '#analysis/index';

/** Does some blocks of a job on a thread of its own. */
const { job, blocks } = workerData as { readonly job: DrawJob; readonly blocks: readonly number[] };
parentPort?.postMessage(runBlocks(job, blocks));
