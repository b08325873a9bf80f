import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Edition } from '#edition/index';
import type { Cell } from './table.ts';

/** What a query gave. */
export type QueryResult =
  | {
      readonly kind: 'rows';
      readonly columns: readonly string[];
      readonly rows: readonly (readonly Cell[])[];
    }
  | { readonly kind: 'failed'; readonly message: string };

export interface QueryJob {
  readonly edition: Edition;
  readonly queries: readonly string[];
}

/** How long one query may take. */
export const TIME_LIMIT_MS = 10_000;

/**
 * Runs read-only SQL over the tables of an edition (see docs/tables.md), each query on its own and within a time limit.
 * @param timeLimit milliseconds for each query; loading the tables does not count
 * @returns one result a query, in order; a query that fails or takes too long does not stop those after it
 */
export async function runQueries(
  edition: Edition,
  queries: readonly string[],
  timeLimit = TIME_LIMIT_MS,
): Promise<QueryResult[]> {
  const results: QueryResult[] = [];
  while (results.length < queries.length) {
    results.push(...(await runInProcess({ edition, queries: queries.slice(results.length) }, timeLimit)));
  }
  return results;
}

/** Runs queries until they are done or one takes too long; gives the results up to there, at least one. */
function runInProcess(job: QueryJob, timeLimit: number): Promise<QueryResult[]> {
  const isSource = import.meta.url.endsWith('.ts');
  const child = fork(
    fileURLToPath(new URL(isSource ? './query-process.ts' : './query-process.js', import.meta.url)),
    {
      serialization: 'advanced',
      execArgv: isSource ? ['--conditions=source'] : [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    },
  );
  return new Promise((resolve) => {
    const results: QueryResult[] = [];
    let complaint = '';
    let timer: NodeJS.Timeout | undefined;
    let ended = false;
    const fail = (message: string) => {
      if (ended) return;
      ended = true; // what is still on its way belongs to no query any more
      if (results.length < job.queries.length) results.push({ kind: 'failed', message });
      child.kill('SIGKILL');
    };
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => fail(`it took longer than ${timeLimit / 1000} s`), timeLimit);
    };
    child.stderr?.on('data', (data: Buffer) => {
      complaint += data.toString();
    });
    child.on('message', (message: 'ready' | QueryResult) => {
      if (ended) return;
      if (message !== 'ready') results.push(message);
      wait();
    });
    child.on('error', (error) => fail(error.message));
    child.on('close', () => {
      clearTimeout(timer);
      if (results.length === 0)
        results.push({
          kind: 'failed',
          message: `the database could not be read: ${complaint.trim().split('\n').at(-1) ?? ''}`,
        });
      resolve(results);
    });
    child.send(job, (error) => {
      if (error) fail(error.message);
    });
  });
}
