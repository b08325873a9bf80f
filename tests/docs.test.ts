import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  correctionsSchema,
  deviationsSchema,
  editionSchema,
  methodologySchema,
  RULES,
  translationSchema,
} from '#edition/index';
import { TABLES } from '#tables/index';
import { NUMBERS } from '../src/importers/reading/numbers.ts';

/** Pages that are made from the code: they are written anew when they are missing, and must agree with it ever after. */
describe('generated pages', () => {
  it('docs/importing.md lists how numbers are read', () => {
    const page = readFileSync('docs/importing.md', 'utf8');
    for (const [written, read, why] of NUMBERS)
      expect(page).toContain(
        `| \`${written}\` | ${read === undefined ? 'no number' : `\`${read}\``} | ${why} |`,
      );
  });

  it('docs/rules.md lists every rule', async () => {
    const rows = Object.entries(RULES).map(
      ([rule, { severity, about }]) => `| \`${rule}\` | ${severity} | ${about} |`,
    );
    const page = [
      '# The rules of `assay check`',
      '',
      'Every rule that an edition can break. Errors make `assay check` end with 1, and nothing is computed from the edition until they are',
      'mended; warnings do not. Each message says where (file, line, column), what is wrong, and how to mend it. For every rule there is a',
      'small broken edition under `tests/broken/`, with the messages it gets.',
      '',
      '| rule | severity | broken when |',
      '| --- | --- | --- |',
      ...rows,
      '',
    ];
    await expect(page.join('\n')).toMatchFileSnapshot('../docs/rules.md');
  });

  it('docs/tables.md lists every table and column', async () => {
    const sections = TABLES.flatMap(({ name, about, columns, key }) => [
      `## ${name}`,
      '',
      `${about}${key.length > 0 ? ` Key: ${key.map((column) => `\`${column}\``).join(', ')}.` : ''}`,
      '',
      '| column | type | what it is |',
      '| --- | --- | --- |',
      ...columns.map(
        (column) =>
          `| \`${column.name}\` | ${column.type} | ${column.about}${column.refersTo ? ` Refers to \`${column.refersTo}\`.` : ''} |`,
      ),
      '',
    ]);
    const page = [
      '# The tables of an edition',
      '',
      '`assay query EDITION "select …"` runs read-only SQL (SQLite) over these tables; the queries of findings use them too, and',
      '`assay export` writes them as CSV, JSON, XLSX and SQLite. Exact values are text such as `220/3`; the number beside them is the nearest',
      'double.',
      '',
      'A query has ten seconds and 512 MB of memory beyond what the tables need, and returns a million rows or 64 MB at most. A claim returns a thousand rows or',
      '100 kB at most, and all claims of an edition have one minute together: those after that are not run, and named. Functions that touch more than their',
      'arguments, `explain`, and SQLite’s own tables are refused, but for `sqlite_schema`.',
      '',
      'CSV holds every text as the edition has it (RFC 4180), so that reading it back gives the same: nothing is put before one that begins with `=`, `+`, `-` or `@`. A',
      'spreadsheet that opens a CSV file may take such a text for a formula and run it. For a spreadsheet there is `edition.xlsx`, in which every text is a text;',
      'or bring the CSV in with all columns as text.',
      '',
      ...sections,
    ];
    await expect(page.join('\n')).toMatchFileSnapshot('../docs/tables.md');
  });
});

describe('docs/edition-format.md', () => {
  const page = readFileSync('docs/edition-format.md', 'utf8');

  it('names every column of every CSV file', () => {
    for (const file of ['companies', 'services', 'answers', 'correspondence', 'published']) {
      const header = readFileSync(`tests/editions/small/${file}.csv`, 'utf8').split('\n')[0] ?? '';
      expect(page).toContain(`### ${file}.csv\n\n\`${header}\`\n`);
    }
  });

  it('names every key of the YAML files', () => {
    const keys = new Set<string>();
    const collect = (schema: unknown): void => {
      if (schema === null || typeof schema !== 'object') return;
      for (const [key, value] of Object.entries(schema)) {
        if (key === 'properties') for (const property of Object.keys(value as object)) keys.add(property);
        collect(value);
      }
    };
    for (const schema of [
      editionSchema,
      methodologySchema,
      deviationsSchema,
      correctionsSchema,
      translationSchema,
    ])
      collect(z.toJSONSchema(schema, { io: 'input' }));
    expect([...keys].filter((key) => !page.includes(`${key}:`) && !page.includes(`\`${key}\``))).toEqual([]);
  });
});

const markdownIn = (folder: string) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.md'))
    .map((file) => `${folder}/${file}`);

describe('written pages', () => {
  const pages = ['README.md', 'CONTRIBUTING.md', ...markdownIn('docs')];

  it.each(pages)('%s: its links to files lead somewhere', (page) => {
    const text = readFileSync(page, 'utf8');
    const folder = page.startsWith('docs/') ? 'docs/' : '';
    const targets = [...text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map((match) => match[1] ?? '');
    for (const target of targets)
      expect(() => readFileSync(new URL(target, `file://${process.cwd()}/${folder}`)), target).not.toThrow(
        /ENOENT/,
      );
  });
});
