import { DatabaseSync } from 'node:sqlite';
import type { Scored } from '#scoring/index';
import { TABLES } from './definitions.ts';
import type { Cell, TableDefinition } from './table.ts';

/** Loads all tables of an edition into a new SQLite database: in memory, or a file that must not exist yet. */
export function loadDatabase(scored: Scored, file = ':memory:'): DatabaseSync {
  const database = new DatabaseSync(file);
  database.exec('pragma journal_mode = off; pragma synchronous = off; pragma foreign_keys = off');
  database.exec('begin');
  for (const table of TABLES) {
    database.exec(createTable(table));
    fill(database, table, table.rows(scored));
  }
  database.exec('commit');
  return database;
}

function createTable({ name, about, columns, key }: TableDefinition): string {
  const types = { text: 'text', integer: 'integer', number: 'real' };
  const lines = columns.map((column) => {
    const [table, foreign] = column.refersTo?.split('.') ?? [];
    const references = table ? ` references ${quote(table)}(${quote(foreign ?? '')})` : '';
    return { sql: `${quote(column.name)} ${types[column.type]}${references}`, about: column.about };
  });
  const primaryKey = key.length > 0 ? [{ sql: `primary key (${key.map(quote).join(', ')})`, about: '' }] : [];
  const all = [...lines, ...primaryKey];
  // The comments stay in sqlite_schema, so that the file explains itself.
  const body = all.map(
    ({ sql, about: note }, index) =>
      `  ${sql}${index < all.length - 1 ? ',' : ''}${note ? ` -- ${note}` : ''}`,
  );
  return `create table ${quote(name)} ( -- ${about}\n${body.join('\n')}\n)`;
}

function fill(
  database: DatabaseSync,
  { name, columns }: TableDefinition,
  rows: Iterable<readonly Cell[]>,
): void {
  const insert = database.prepare(`insert into ${quote(name)} values (${columns.map(() => '?').join(', ')})`);
  for (const row of rows) insert.run(...row);
}

const quote = (name: string) => `"${name}"`;
