import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { rankingOf, type Scored } from '#scoring/index';
import { loadDatabase } from './database.ts';
import { TABLES, type TableDefinition } from './definitions.ts';
import { workbook } from './workbook.ts';

export const FORMATS = ['csv', 'json', 'xlsx', 'sqlite'] as const;
export type Format = (typeof FORMATS)[number];

/**
 * Writes an edition for others to use: CSV (a file a table), JSON (all tables in one), XLSX (with live formulas), SQLite (for example for
 * Datasette), and datapackage.json (Data Package 2.0) that describes them with SHA-256 checksums.
 * @returns the files written, by their names in the folder
 */
export async function exportEdition(
  scored: Scored,
  folder: string,
  { formats = FORMATS, progress }: { formats?: readonly Format[]; progress?: (file: string) => void } = {},
): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const files: ExportedFile[] = [];
  const begin = (name: string) => progress?.(name);
  const put = (name: string, content: string | Buffer, file: Omit<ExportedFile, 'path'>) => {
    writeFileSync(join(folder, name), content);
    files.push({ path: name, ...file });
  };
  if (formats.includes('csv')) {
    begin('CSV');
    for (const table of TABLES)
      put(`${table.name}.csv`, csvOf(table, scored), {
        name: table.name,
        about: table.about,
        mediatype: 'text/csv',
        table,
      });
  }
  if (formats.includes('json')) {
    begin('edition.json');
    put('edition.json', jsonOf(scored), {
      name: 'edition-json',
      about: 'All tables, and the ranking.',
      mediatype: 'application/json',
    });
  }
  if (formats.includes('xlsx')) {
    begin('edition.xlsx');
    const about = 'The edition as a spreadsheet: changing a weight changes totals and ranks.';
    put('edition.xlsx', await workbook(scored), {
      name: 'edition-xlsx',
      about,
      mediatype: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    });
  }
  if (formats.includes('sqlite')) {
    begin('edition.sqlite');
    rmSync(join(folder, 'edition.sqlite'), { force: true });
    loadDatabase(scored, join(folder, 'edition.sqlite')).close();
    files.push({
      path: 'edition.sqlite',
      name: 'edition-sqlite',
      about: 'All tables as an SQLite database.',
      mediatype: 'application/vnd.sqlite3',
    });
  }
  writeFileSync(
    join(folder, 'datapackage.json'),
    `${JSON.stringify(dataPackage(scored, folder, files), null, 2)}\n`,
  );
  return [...files.map((file) => file.path), 'datapackage.json'];
}

interface ExportedFile {
  readonly path: string;
  readonly name: string;
  readonly about: string;
  readonly mediatype: string;
  readonly table?: TableDefinition;
}

function csvOf(table: TableDefinition, scored: Scored): string {
  return `${Papa.unparse({ fields: table.columns.map((column) => column.name), data: [...table.rows(scored)].map((row) => [...row]) }, { newline: '\n' })}\n`;
}

function jsonOf(scored: Scored): string {
  const { edition } = scored;
  const tables = Object.fromEntries(
    TABLES.map((table) => [
      table.name,
      Array.from(table.rows(scored), (row) =>
        Object.fromEntries(table.columns.map((column, index) => [column.name, row[index] ?? null])),
      ),
    ]),
  );
  return `${JSON.stringify({ edition: edition.meta, result: rankingOf(scored).rows, tables, csl: edition.sources }, null, 1)}\n`;
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
        ...(LICENCES[edition.meta.licence] ? { path: LICENCES[edition.meta.licence] } : {}),
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

const LICENCES: Readonly<Record<string, string>> = {
  'CC-BY-4.0': 'https://creativecommons.org/licenses/by/4.0/',
  'CC-BY-SA-4.0': 'https://creativecommons.org/licenses/by-sa/4.0/',
  'CC0-1.0': 'https://creativecommons.org/publicdomain/zero/1.0/',
};

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
