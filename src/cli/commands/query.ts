import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { Exit, openEdition } from '../open.ts';
import { count, paint, table, write, writeJson } from '../terminal.ts';

export function queryCommand(): Command {
  return new Command('query')
    .description('run read-only SQL over the tables of an edition')
    .argument('<edition>', 'folder of the edition')
    .argument('[sql]', 'one select; “-” or nothing reads it from standard input')
    .option('--json', 'print JSON: a list of objects')
    .addHelpText(
      'after',
      '\nThe tables are in docs/tables.md. A query has ten seconds and 512 MB.\n\nExample:\n  $ assay query editions/message-privacy/2016 "select name, published from ranking join companies on id = company"',
    )
    .action(async (folder: string, sql: string | undefined, options: { json?: boolean }) => {
      const edition = openEdition(folder);
      const statement = sql === undefined || sql === '-' ? readStandardInput() : sql;
      const { runQueries } = await import('#tables/index');
      const [result] = await runQueries(edition, [statement]);
      if (!result || result.kind === 'failed')
        throw new Exit(
          2,
          `The query failed: ${result?.message ?? 'it gave no result'}. The tables are in docs/tables.md.`,
        );
      if (options.json) {
        writeJson(
          result.rows.map((row) =>
            Object.fromEntries(result.columns.map((column, index) => [column, row[index]])),
          ),
        );
        return;
      }
      const columns = result.columns.map(
        (title, index) =>
          ({
            title,
            align: result.rows.every((row) => typeof row[index] !== 'string') ? 'right' : 'left',
          }) as const,
      );
      write(
        table(
          columns,
          result.rows.map((row) => row.map((cell) => shorten(cell === null ? '' : String(cell)))),
        ),
      );
      write(paint('dim', `  ${count(result.rows.length, 'row')}`));
    });
}

const LONGEST_CELL = 200;
const shorten = (cell: string) => (cell.length > LONGEST_CELL ? `${cell.slice(0, LONGEST_CELL)}…` : cell);

function readStandardInput(): string {
  if (process.stdin.isTTY) throw new Exit(2, 'Give a select as the second argument, or on standard input.');
  return readFileSync(0, 'utf8');
}
