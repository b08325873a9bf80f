/**
 * Runs queries in a process of its own, since SQLite cannot be interrupted from JavaScript: whoever started it ends it when
 * a query takes too long, and `memory-guard.ts` when it takes too much. Takes one `QueryJob`, sends one `QueryAnswer` a query, in order.
 */
import { once } from 'node:events';
import type { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { scoreAndRank } from '#scoring/index';
import { loadDatabase } from './database.ts';
import type { QueryAnswer, QueryJob } from './query.ts';
import { type QueryLimits, sizeText } from './query-limits.ts';
import { allowOnlySelect } from './query-permission.ts';
import { afterBlanks, beginsAsQuery } from './statement.ts';
import type { Cell } from './table.ts';

/** Of one text or blob, in bytes. */
const LONGEST_VALUE = 16 * 1024 * 1024;

process.once('message', async (job: QueryJob) => {
  const database = loadDatabase(scoreAndRank(job.edition));
  database.exec('pragma temp_store = memory');
  database.limits.length = LONGEST_VALUE;
  allowOnlySelect(database);
  const guard = await watchMemory(job.limits.memory);
  tell('ready', () => next(0));

  /** One after the other, each once the one before has left: a large result takes a while, and disconnecting would cut it off. */
  function next(index: number): void {
    const sql = job.queries[index];
    if (sql === undefined) {
      process.disconnect();
      guard.unref();
    } else tell(run(database, sql, job.limits), () => next(index + 1));
  }
});

async function watchMemory(bytes: number): Promise<Worker> {
  const file = import.meta.url.endsWith('.ts') ? './memory-guard.ts' : './memory-guard.js';
  const guard = new Worker(new URL(file, import.meta.url), { workerData: { bytes } });
  await once(guard, 'message');
  return guard;
}

function tell(message: 'ready' | QueryAnswer, then: () => void): void {
  process.send?.(message, undefined, undefined, then);
}

const failed = (message: string): QueryAnswer => ({ result: { kind: 'failed', message }, bytes: 0 });

function run(database: DatabaseSync, sql: string, limits: QueryLimits): QueryAnswer {
  try {
    const statement = database.prepare(sql);
    if (!beginsAsQuery(sql)) return failed(ONLY_SELECT);
    const rest = afterBlanks(sql.slice(statement.sourceSQL.length));
    if (afterBlanks(rest.replace(/^;/, '')) !== '')
      return failed('there is more than one statement; a query is one select');
    statement.setReturnArrays(true);
    const columns = statement.columns().map((column) => column.name ?? '');
    return collect(columns, statement.iterate() as Iterable<unknown>, limits);
  } catch (error) {
    return failed(inWords((error instanceof Error ? error.message : String(error)).replace(/\.$/, '')));
  }
}

/** Takes rows as they come, and stops at the first that is too many: nothing larger is ever held or sent. */
function collect(columns: readonly string[], found: Iterable<unknown>, limits: QueryLimits): QueryAnswer {
  const rows: Cell[][] = [];
  let bytes = columns.join('').length;
  for (const row of found) {
    if (rows.length === limits.rows)
      return failed(
        `it returns more than ${limits.rows.toLocaleString('en')} rows; add a limit, or count them`,
      );
    const cells = (row as unknown[]).map(asCell);
    for (const cell of cells) bytes += typeof cell === 'string' ? cell.length : BYTES_OF_NUMBER;
    if (bytes > limits.bytes)
      return failed(`it returns more than ${sizeText(limits.bytes)}; select fewer rows or columns`);
    rows.push(cells);
  }
  return { result: { kind: 'rows', columns, rows }, bytes };
}

const BYTES_OF_NUMBER = 8;

function asCell(value: unknown): Cell {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value);
}

const ONLY_SELECT = 'only select is allowed; the tables are read, never changed';

/** What the authorizer refused, as SQLite says it, in words. */
function inWords(message: string): string {
  if (message === 'not authorized') return ONLY_SELECT;
  const name = /^not authorized to use function: (.*)$/.exec(message)?.[1];
  if (name !== undefined)
    return `the function ${name} is not allowed, since it may touch more than its arguments; leave it out`;
  const table = /^access to (.*)\.[^.]* is prohibited$/.exec(message)?.[1];
  return table === undefined ? message : `${table} is no table of the edition; docs/tables.md lists them`;
}
