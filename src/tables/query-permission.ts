import { constants, type DatabaseSync } from 'node:sqlite';
import { TABLES } from './definitions.ts';

/** What SQLite itself calls harmless is allowed, and these, which it does not mention. */
const MORE_FUNCTIONS = ['median', 'percentile', 'percentile_cont', 'percentile_disc'];
const MORE_TABLES = ['json_each', 'json_tree', 'sqlite_master', 'sqlite_schema'];
/** Flags of a function (sqlite3.h): it touches nothing but its arguments; it is not for SQL from elsewhere. */
const [INNOCUOUS, DIRECT_ONLY] = [0x200000, 0x80000];

/** From now on, only select over the tables of the edition is allowed, with functions that touch nothing but their arguments. */
export function allowOnlySelect(database: DatabaseSync): void {
  const functions = new Set([...harmlessFunctions(database), ...MORE_FUNCTIONS]);
  const tables = new Set([...TABLES.map((table) => table.name), ...MORE_TABLES]);
  const virtual = virtualTables(database);
  const mayRead = (table: string, column: string, schema: string | null) =>
    // A count of the rows of a common table expression reads no column of no schema.
    tables.has(table) || (schema === null && column === '' && !virtual.has(table));
  database.setAuthorizer((action, first, second, schema) => {
    const allowed =
      action === constants.SQLITE_SELECT ||
      action === constants.SQLITE_RECURSIVE ||
      (action === constants.SQLITE_FUNCTION && functions.has(second ?? '')) ||
      (action === constants.SQLITE_READ && mayRead((first ?? '').toLowerCase(), second ?? '', schema));
    return allowed ? constants.SQLITE_OK : constants.SQLITE_DENY;
  });
}

function harmlessFunctions(database: DatabaseSync): string[] {
  return database
    .prepare('select name from pragma_function_list where flags & ? and not flags & ?')
    .all(INNOCUOUS, DIRECT_ONLY)
    .map((row) => String(row.name));
}

/** Tables that SQLite makes up (`dbstat`, `pragma_table_info`), each named after its module. */
function virtualTables(database: DatabaseSync): ReadonlySet<string> {
  return new Set(
    database
      .prepare('select name from pragma_module_list')
      .all()
      .map((row) => String(row.name)),
  );
}
