import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { makeFolder, writeWithin } from '#edition/folder';
import { rankingOf, type Scored } from '#scoring/index';
import { loadDatabase } from './database.ts';
import { TABLES } from './definitions.ts';
import type { TableDefinition } from './table.ts';
import { workbook } from './workbook.ts';
import { withoutTimes } from './zip-time.ts';

export const FORMATS = ['csv', 'json', 'xlsx', 'sqlite'] as const;
export type Format = (typeof FORMATS)[number];

/**
 * Writes an edition for others to use: CSV (a file a table), JSON (all tables in one), XLSX (with live formulas), SQLite (for example for
 * Datasette), and datapackage.json (Data Package 2.0) that describes them with SHA-256 checksums. CSV holds every text as it is, also one that
 * a spreadsheet would take for a formula: data must be the same when read back. The README beside it says so, and XLSX is for spreadsheets.
 * @returns the files written, by their names in the folder
 */
export async function exportEdition(
  scored: Scored,
  folder: string,
  { formats = FORMATS, progress }: { formats?: readonly Format[]; progress?: (file: string) => void } = {},
): Promise<string[]> {
  makeFolder(folder);
  const files: ExportedFile[] = [];
  for (const { format, write, ...file } of exportsOf(scored)) {
    if (!formats.includes(format)) continue;
    progress?.(file.path);
    // What stands there may be a link: it goes, and nothing is written through it.
    rmSync(join(folder, file.path), { force: true });
    await write(join(folder, file.path));
    files.push(file);
  }
  const descriptor = `${JSON.stringify(dataPackage(scored, folder, files), null, 2)}\n`;
  writeWithin(folder, 'datapackage.json', descriptor);
  const readme = formats.includes('csv') ? ['README.md'] : [];
  for (const file of readme) writeWithin(folder, file, README);
  return [...files.map((file) => file.path), 'datapackage.json', ...readme];
}

const README = `# Data of this edition

\`datapackage.json\` says what each file and column is, under which licence, and has the SHA-256 of every file.

**The CSV files hold every text as it is**, so that programs read back what was written. A spreadsheet that opens one may take a text that begins
with \`=\`, \`+\`, \`-\` or \`@\` for a formula, and run it. In a spreadsheet, open \`edition.xlsx\`, in which every text is a text; or bring the CSV
in with all columns as text.
`;

interface ExportedFile {
  readonly path: string;
  readonly name: string;
  readonly about: string;
  readonly mediatype: string;
  readonly table?: TableDefinition;
}

interface Export extends ExportedFile {
  readonly format: Format;
  write(path: string): void | Promise<void>;
}

function exportsOf(scored: Scored): Export[] {
  const csv = TABLES.map(
    (table): Export => ({
      format: 'csv',
      path: `${table.name}.csv`,
      name: table.name,
      about: table.about,
      mediatype: 'text/csv',
      table,
      write: (path) => writeChunks(path, csvOf(table, scored)),
    }),
  );
  return [
    ...csv,
    {
      format: 'json',
      path: 'edition.json',
      name: 'edition-json',
      about: 'All tables, the ranking, and the sources as CSL-JSON.',
      mediatype: 'application/json',
      write: (path) => writeChunks(path, jsonOf(scored)),
    },
    {
      format: 'xlsx',
      path: 'edition.xlsx',
      name: 'edition-xlsx',
      about: 'The edition as a spreadsheet: changing a weight changes totals and ranks.',
      mediatype: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      write: async (path) => writeFileSync(path, withoutTimes(await workbook(scored)), { flag: 'wx' }),
    },
    {
      format: 'sqlite',
      path: 'edition.sqlite',
      name: 'edition-sqlite',
      about: 'All tables as an SQLite database.',
      mediatype: 'application/vnd.sqlite3',
      write: (path) => loadDatabase(scored, path).close(),
    },
  ];
}

/** Writes a text piece by piece: that of a large edition is longer than a string can be. */
function writeChunks(path: string, chunks: Iterable<string>): void {
  const file = openSync(path, 'wx');
  try {
    for (const chunk of chunks) writeSync(file, chunk);
  } finally {
    closeSync(file);
  }
}

const ROWS_AT_ONCE = 5_000;

function* csvOf(table: TableDefinition, scored: Scored): Iterable<string> {
  const names = table.columns.map((column) => column.name);
  const text = (rows: readonly (readonly unknown[])[]) =>
    `${Papa.unparse(
      rows.map((row) => [...row]),
      { newline: '\n' },
    )}\n`;
  let rows: (readonly unknown[])[] = [names];
  for (const row of table.rows(scored)) {
    if (rows.length === ROWS_AT_ONCE) {
      yield text(rows);
      rows = [];
    }
    rows.push(row);
  }
  yield text(rows);
}

function* jsonOf(scored: Scored): Iterable<string> {
  const { edition } = scored;
  const head = JSON.stringify(
    { edition: edition.meta, result: rankingOf(scored).rows, csl: edition.sources },
    null,
    1,
  );
  yield head.replace(/\n\}$/, ',\n "tables": {');
  let tableSeparator = '';
  for (const table of TABLES) {
    yield `${tableSeparator}\n  ${JSON.stringify(table.name)}: [`;
    let separator = '';
    for (const row of table.rows(scored)) {
      const record = Object.fromEntries(
        table.columns.map((column, index) => [column.name, row[index] ?? null]),
      );
      yield `${separator}\n   ${JSON.stringify(record)}`;
      separator = ',';
    }
    yield '\n  ]';
    tableSeparator = ',';
  }
  yield '\n }\n}\n';
}

/** https://datapackage.org/standard/data-package/ */
function dataPackage({ edition }: Scored, folder: string, files: readonly ExportedFile[]): unknown {
  const origin = edition.sources.find((source) => source.id === edition.meta.origin);
  return {
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    name: edition.meta.id,
    title: edition.meta.title,
    ...(edition.meta.summary ? { description: edition.meta.summary } : {}),
    licenses: [
      {
        name: edition.meta.licence,
        ...(LICENCES.has(edition.meta.licence) ? { path: LICENCES.get(edition.meta.licence) } : {}),
      },
    ],
    ...(origin ? { sources: [{ title: origin.title, ...(origin.URL ? { path: origin.URL } : {}) }] } : {}),
    resources: files.map(({ path, name, about, mediatype, table }) => {
      const bytes = readFileSync(join(folder, path));
      return {
        name,
        path,
        description: about,
        ...(table ? { type: 'table' } : {}),
        format: path.split('.').at(-1),
        mediatype,
        ...(mediatype.startsWith('text/') || mediatype === 'application/json' ? { encoding: 'utf-8' } : {}),
        bytes: bytes.length,
        hash: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
        ...(table ? { schema: tableSchema(table) } : {}),
      };
    }),
  };
}

const LICENCES = new Map([
  ['CC-BY-4.0', 'https://creativecommons.org/licenses/by/4.0/'],
  ['CC-BY-SA-4.0', 'https://creativecommons.org/licenses/by-sa/4.0/'],
  ['CC0-1.0', 'https://creativecommons.org/publicdomain/zero/1.0/'],
]);

/** https://datapackage.org/standard/table-schema/ */
function tableSchema(table: TableDefinition): unknown {
  const references = table.columns.flatMap((column) => {
    const [resource, field] = column.refersTo?.split('.') ?? [];
    return resource
      ? [
          {
            fields: [column.name],
            reference: { resource: resource === table.name ? '' : resource, fields: [field] },
          },
        ]
      : [];
  });
  const types = { text: 'string', integer: 'integer', number: 'number' };
  return {
    fields: table.columns.map((column) => ({
      name: column.name,
      type: types[column.type],
      description: column.about,
    })),
    missingValues: [''],
    ...(table.key.length > 0 ? { primaryKey: table.key } : {}),
    ...(references.length > 0 ? { foreignKeys: references } : {}),
  };
}
