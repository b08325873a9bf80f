/** What follows the spaces and comments at the beginning of SQL. */
export function afterBlanks(sql: string): string {
  let at = 0;
  for (;;) {
    while (at < sql.length && isBlank(sql[at] ?? '')) at++;
    if (sql.startsWith('--', at)) at = after(sql, '\n', at);
    else if (sql.startsWith('/*', at)) at = after(sql, '*/', at + 2);
    else return sql.slice(at);
  }
}

/** Whether SQL begins as a query does. “explain” is none: it shows how SQLite works inside, not what the tables hold. */
export const beginsAsQuery = (sql: string) => /^(?:select|with|values)\b/i.test(afterBlanks(sql));

const isBlank = (sign: string) => sign.trim() === '';

function after(sql: string, end: string, from: number): number {
  const found = sql.indexOf(end, from);
  return found < 0 ? sql.length : found + end.length;
}
