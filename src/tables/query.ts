import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Edition } from '#edition/index';
import { QUERY_LIMITS, type QueryLimits, sizeText } from './query-limits.ts';
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
  readonly limits: QueryLimits;
}

/** What the process of the queries sends for one of them. */
export interface QueryAnswer {
  readonly result: QueryResult;
  readonly bytes: number;
}

/** What the queries so far have taken together. */
interface Spent {
  milliseconds: number;
  bytes: number;
}

/**
 * Runs read-only SQL over the tables of an edition (see docs/tables.md), each query on its own, within limits.
 * @param limits those that are not the usual ones
 * @returns one result a query, in order; a query that fails or takes too much does not stop those after it, unless all together have
 * taken what they may
 */
export async function runQueries(
  edition: Edition,
  queries: readonly string[],
  limits: Partial<QueryLimits> = {},
): Promise<QueryResult[]> {
  const all = { ...QUERY_LIMITS, ...limits };
  const spent: Spent = { milliseconds: 0, bytes: 0 };
  const results: QueryResult[] = [];
  while (results.length < queries.length) {
    const over = overdrawn(spent, all);
    if (over === undefined)
      results.push(
        ...(await runInProcess({ edition, queries: queries.slice(results.length), limits: all }, spent)),
      );
    else results.push({ kind: 'failed', message: `it was not run, since ${over}` });
  }
  return results;
}

/** Why no more queries are run; undefined if there is something left for them. */
function overdrawn(spent: Spent, { timeOfAll, bytesOfAll }: QueryLimits): string | undefined {
  if (spent.milliseconds >= timeOfAll)
    return `those before it have taken the ${timeOfAll / 1000} s that all together have; make them simpler or fewer`;
  if (spent.bytes >= bytesOfAll)
    return `those before it have returned the ${sizeText(bytesOfAll)} that all together may; let them return less`;
  return undefined;
}

/** Runs queries until they are done, or one or all together take too much; gives the results up to there, at least one. */
function runInProcess(job: QueryJob, spent: Spent): Promise<QueryResult[]> {
  const { limits, queries } = job;
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
    let since: number | undefined;
    let ended = false;
    const end = () => {
      ended = true; // what is still on its way belongs to no query any more
      clearTimeout(timer);
      child.kill('SIGKILL');
    };
    const fail = (message: string) => {
      if (ended) return;
      end();
      if (results.length < queries.length) results.push({ kind: 'failed', message });
    };
    const account = () => {
      const now = performance.now();
      spent.milliseconds += now - (since ?? now);
      since = now;
    };
    const wait = () => {
      const left = Math.max(0, limits.timeOfAll - spent.milliseconds);
      const message =
        left < limits.time
          ? `it was ended, since all queries together have ${limits.timeOfAll / 1000} s; make them simpler or fewer`
          : `it took longer than ${limits.time / 1000} s`;
      clearTimeout(timer);
      timer = setTimeout(() => fail(message), Math.min(limits.time, left));
    };
    child.stderr?.on('data', (data: Buffer) => {
      complaint = (complaint + data.toString()).slice(-MOST_COMPLAINT);
    });
    child.on('message', (message: 'ready' | QueryAnswer) => {
      if (ended) return;
      account();
      if (message !== 'ready') {
        results.push(message.result);
        spent.bytes += message.bytes;
      }
      if (results.length < queries.length && overdrawn(spent, limits) !== undefined) end();
      else wait();
    });
    child.on('error', (error) => fail(error.message));
    child.on('close', (_, signal) => {
      clearTimeout(timer);
      account();
      // Nobody here ended it: its guard did, or JavaScript ran out of memory.
      if (signal !== null)
        fail(`it takes more than ${sizeText(limits.memory)} of memory; let it sort or join less`);
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

const MOST_COMPLAINT = 10_000;
