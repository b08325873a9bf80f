/**
 * Runs queries in a process of its own, since SQLite cannot be interrupted from JavaScript: whoever started it ends it when
 * a query takes too long. Takes one `QueryJob`, sends one `QueryResult` a query, in order.
 */
import { constants, type DatabaseSync } from 'node:sqlite';
import { scoreAndRank } from '#scoring/index';
import { loadDatabase } from './database.ts';
import type { QueryJob, QueryResult } from './query.ts';

/** Of one text or blob, in bytes. */
const LONGEST_VALUE = 16 * 1024 * 1024;
const MOST_ROWS = 1_000_000;
const ALLOWED = new Set([
  constants.SQLITE_SELECT,
  constants.SQLITE_READ,
  constants.SQLITE_FUNCTION,
  constants.SQLITE_RECURSIVE,
]);

process.once('message', (job: QueryJob) => {
  const database = loadDatabase(scoreAndRank(job.edition));
  database.exec('pragma temp_store = memory');
  database.limits.length = LONGEST_VALUE;
  database.setAuthorizer((action) => (ALLOWED.has(action) ? constants.SQLITE_OK : constants.SQLITE_DENY));
  tell('ready', () => next(0));

  /** One after the other, each once the one before has left: a large result takes a while, and disconnecting would cut it off. */
  function next(index: number): void {
    const sql = job.queries[index];
    if (sql === undefined) process.disconnect();
    else tell(run(database, sql), () => next(index + 1));
  }
});

function tell(message: 'ready' | QueryResult, then: () => void): void {
  process.send?.(message, undefined, undefined, then);
}

function run(database: DatabaseSync, sql: string): QueryResult {
  try {
    const statement = database.prepare(sql);
    const rest = sql.slice(statement.sourceSQL.length).replace(/--.*$/gm, '').trim();
    if (rest !== '' && rest !== ';')
      return { kind: 'failed', message: 'there is more than one statement; a query is one select' };
    const columns = statement.columns().map((column) => column.name ?? '');
    if (columns.length === 0) return { kind: 'failed', message: 'this is no query: it returns no columns' };
    statement.setReturnArrays(true);
    const rows: QueryRow[] = [];
    for (const row of statement.iterate()) {
      if (rows.length === MOST_ROWS)
        return {
          kind: 'failed',
          message: `it returns more than ${MOST_ROWS.toLocaleString('en')} rows; add a limit`,
        };
      rows.push((row as unknown as unknown[]).map(asCell));
    }
    return { kind: 'rows', columns, rows };
  } catch (error) {
    const message = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
    return {
      kind: 'failed',
      message:
        message === 'not authorized' ? 'only select is allowed; the tables are read, never changed' : message,
    };
  }
}

type QueryRow = (string | number | null)[];

function asCell(value: unknown): string | number | null {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value);
}
