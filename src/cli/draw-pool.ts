import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { addCounts, blocksOf, type DrawJob, type RankCounts, runBlocks } from '#analysis/index';

/** More threads than this gain little: each has counts of its own, which are added up at the end. */
const MOST_THREADS = 8;
/** A job that is done sooner is not worth a thread. */
const SHORT_MS = 300;

/**
 * Does the draws of a job, over all processors where that is worth it. Blocks of draws have streams of random numbers of their own, so that
 * the counts are the same however many threads there are.
 */
export async function runDraws(job: DrawJob, threads = availableParallelism()): Promise<RankCounts> {
  const blocks = Array.from({ length: blocksOf(job) }, (_, block) => block);
  const started = performance.now();
  const first = runBlocks(job, blocks.slice(0, 1));
  const left = blocks.slice(1);
  const expected = (performance.now() - started) * left.length;
  const count = Math.min(threads, MOST_THREADS, left.length);
  if (left.length === 0) return first;
  if (count < 2 || expected < SHORT_MS) return addCounts([first, runBlocks(job, left)]);
  const shares = Array.from({ length: count }, (_, thread) =>
    left.filter((block) => block % count === thread),
  );
  const [own = [], ...others] = shares;
  const working = others.map((share) => onThread(job, share));
  const here = runBlocks(job, own);
  return addCounts([first, here, ...(await Promise.all(working))]);
}

function onThread(job: DrawJob, blocks: readonly number[]): Promise<RankCounts> {
  const file = import.meta.url.endsWith('.ts') ? './draw-worker.ts' : './draw-worker.js';
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(file, import.meta.url), { workerData: { job, blocks } });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}
