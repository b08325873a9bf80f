import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { inflateRawSync } from 'node:zlib';
import Papa from 'papaparse';
import readSheets from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { readEdition } from '#edition/folder';
import { scoreAndRank } from '#scoring/index';
import { temporaryFolder } from '../../tests/folders.ts';
import { exportEdition, TABLES } from './index.ts';

async function exported(formats?: readonly ('csv' | 'json' | 'xlsx' | 'sqlite')[]) {
  const { edition } = readEdition('tests/editions/small');
  if (!edition) throw new Error('the small edition does not hold');
  const folder = temporaryFolder();
  await exportEdition(scoreAndRank(edition), folder, formats ? { formats } : {});
  return {
    folder,
    scored: scoreAndRank(edition),
    read: (file: string) => readFileSync(join(folder, file), 'utf8'),
  };
}

describe('exports', () => {
  it('give every table as CSV, row for row', async () => {
    const { read, scored } = await exported(['csv']);
    for (const table of TABLES) {
      const { data } = Papa.parse<string[]>(read(`${table.name}.csv`).trimEnd());
      expect(data[0]).toEqual(table.columns.map((column) => column.name));
      const cells = Array.from(table.rows(scored), (row) =>
        row.map((cell) => (cell === null ? '' : String(cell))),
      );
      expect(data.slice(1)).toEqual(cells);
    }
  });

  it('describe every file with its size and SHA-256', async () => {
    const { folder, read } = await exported();
    const { resources } = JSON.parse(read('datapackage.json')) as {
      resources: { path: string; bytes: number; hash: string }[];
    };
    expect(resources.map((resource) => resource.path)).toEqual([
      ...TABLES.map((table) => `${table.name}.csv`),
      'edition.json',
      'edition.xlsx',
      'edition.sqlite',
    ]);
    for (const { path, bytes, hash } of resources) {
      const content = readFileSync(join(folder, path));
      expect([path, content.length, `sha256:${createHash('sha256').update(content).digest('hex')}`]).toEqual([
        path,
        bytes,
        hash,
      ]);
    }
  });

  it('give SQLite whose references hold', async () => {
    const { folder } = await exported(['sqlite']);
    const database = new DatabaseSync(join(folder, 'edition.sqlite'), { readOnly: true });
    expect(database.prepare('pragma foreign_key_check').all()).toEqual([]);
    expect(database.prepare("select rank from ranking where company = 'south'").get()).toEqual({ rank: 2 });
    database.close();
  });

  it('give JSON with the ranking and all tables', async () => {
    const { read } = await exported(['json']);
    const json = JSON.parse(read('edition.json')) as {
      result: { company: string; exact: string }[];
      tables: Record<string, unknown[]>;
    };
    expect(json.result.map(({ company, exact }) => [company, exact])).toEqual([
      ['north', '250/3'],
      ['south', '100/3'],
    ]);
    expect(Object.keys(json.tables)).toEqual(TABLES.map((table) => table.name));
  });

  it('give a spreadsheet whose totals are formulas over weights', async () => {
    const { folder } = await exported(['xlsx']);
    const sheet = unzip(readFileSync(join(folder, 'edition.xlsx')), 'xl/worksheets/sheet2.xml');
    const formulas = [...sheet.matchAll(/<f>([^<]*)<\/f>/g)].map((match) => match[1]);
    expect(formulas[0]).toContain('SUMPRODUCT(D$3:E$3,D4:E4)/SUMIF(D4:E4,"&gt;-1E+99",D$3:E$3)');
    expect(formulas.every((formula) => !formula?.startsWith('='))).toBe(true);
  });

  describe('of texts that a spreadsheet would take for formulas', () => {
    const HOSTILE = [
      '=HYPERLINK("http://evil.example")',
      '+1+1',
      '-2+3',
      '@SUM(1)',
      "=cmd|'/c calc'!A0",
      '\t=1',
    ];
    const folderOf = async (formats: readonly ('csv' | 'xlsx')[]) => {
      const { edition } = readEdition('tests/editions/small');
      if (!edition) throw new Error('the small edition does not hold');
      const [first] = edition.companies;
      if (!first) throw new Error('it has no company');
      const companies = edition.companies.map((company, index) => ({
        ...company,
        name: HOSTILE[index] ?? '',
        note: `${HOSTILE.slice(2).join('\n')} \u0001 \uFFFE \uD800 end`,
      }));
      const folder = temporaryFolder();
      await exportEdition(scoreAndRank({ ...edition, companies }), folder, { formats });
      return { folder, companies };
    };

    it('CSV gives them back as they are, and the README beside it says so', async () => {
      const { folder, companies } = await folderOf(['csv']);
      const { data } = Papa.parse<Record<string, string>>(
        readFileSync(join(folder, 'companies.csv'), 'utf8'),
        {
          header: true,
          skipEmptyLines: true,
        },
      );
      expect(data.map((row) => row.name)).toEqual(companies.map((company) => company.name));
      expect(readFileSync(join(folder, 'README.md'), 'utf8')).toContain('hold every text as it is');
    });

    it('the spreadsheet has them as texts, in XML that can be read', async () => {
      const { folder } = await folderOf(['xlsx']);
      const archive = readFileSync(join(folder, 'edition.xlsx'));
      const sheets = (await readSheets(archive)).flatMap(({ data }) => data.flat());
      for (const name of HOSTILE.slice(0, 2)) expect(sheets).toContain(name);
      const xml = unzip(archive, 'xl/worksheets/sheet4.xml') + unzip(archive, 'xl/sharedStrings.xml');
      expect(xml).toContain('HYPERLINK(');
      expect(xml).not.toMatch(/<f>/);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
      expect(xml).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/);
    });
  });

  it('write only the formats asked for', async () => {
    const { folder } = await exported(['json']);
    expect(existsSync(join(folder, 'edition.json'))).toBe(true);
    expect(existsSync(join(folder, 'companies.csv'))).toBe(false);
  });
});

/** The content of one file of a ZIP archive (PKWARE APPNOTE 4.3: central directory, local headers). */
function unzip(archive: Buffer, wanted: string): string {
  let at = archive.readUInt32LE(archive.length - 22 + 16);
  for (;;) {
    if (archive.readUInt32LE(at) !== 0x02014b50) throw new Error(`there is no ${wanted} in the archive`);
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
    const name = archive.toString('utf8', at + 46, at + 46 + (nameLength ?? 0));
    if (name === wanted) {
      const local = archive.readUInt32LE(at + 42);
      const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
      const data = archive.subarray(start, start + archive.readUInt32LE(at + 20));
      return (archive.readUInt16LE(at + 10) === 0 ? data : inflateRawSync(data)).toString('utf8');
    }
    at += 46 + (nameLength ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
}
