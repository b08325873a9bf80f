import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readEdition, readYamlFile } from '#edition/folder';
import { mappingSchema } from '#importers/index';
import { parseManifest } from '../../src/evidence/archive/archive.ts';
import { checkProof } from '../../src/evidence/archive/proof.ts';
import { parseSealed, sealedRoot, sealedText } from '../../src/evidence/archive/seal.ts';
import { verifyTimestamp } from '../../src/evidence/archive/timestamp.ts';
import { verifyArchive } from '../../src/evidence/archive/verify-archive.ts';
import { readWacz, readWarc } from '../../src/evidence/exchange/read-wacz.ts';
import { extractText } from '../../src/evidence/text/extract.ts';
import { readRows } from '../../src/importers/rows.ts';

/** Every reader of somebody's bytes, and the errors by which it may say that they are not what it reads. */
export interface Reader {
  /** @param folder a copy of an edition, to lay the bytes into */
  read(bytes: Uint8Array, folder: string): unknown;
  readonly errors: readonly string[];
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');
const extracted = (name: string): Reader => ({
  read: (bytes) => extractText({ bytes, name }),
  errors: ['ExtractError'],
});
/** The edition with these bytes in the place of one of its files. */
const inEdition = (file: string): Reader => ({
  read: (bytes, folder) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), bytes);
    return readEdition(folder);
  },
  errors: [],
});
const rows = (name: string): Reader => ({
  read: async (bytes) => {
    const { rows: found, columns } = await readRows({
      name,
      async *open() {
        yield bytes;
      },
    });
    for await (const row of found) for (const column of columns) row.cell(column);
  },
  errors: ['ImportError'],
});

export const READERS = {
  html: extracted('a.html'),
  mail: extracted('a.eml'),
  sheet: extracted('a.xlsx'),
  'text of any set': extracted('a.txt'),
  wacz: { read: (bytes) => readWacz(bytes), errors: ['PackageError'] },
  warc: { read: (bytes) => readWarc(bytes), errors: ['PackageError'] },
  manifest: { read: (bytes) => parseManifest(text(bytes)), errors: ['DamagedError'] },
  'sealed letter': {
    read: (bytes) => {
      const sealed = parseSealed(text(bytes));
      return [sealedRoot(sealed), sealedText(sealed)];
    },
    errors: ['DamagedError'],
  },
  proof: { read: (bytes) => checkProof(text(bytes)), errors: [] },
  'time stamp': { read: (bytes) => verifyTimestamp(bytes, 'a text'), errors: [] },
  head: {
    read: async (bytes, folder) => {
      writeFileSync(join(folder, 'captures/head.json'), bytes);
      return verifyArchive(folder);
    },
    errors: ['DamagedError'],
  },
  'ledger of an archive': {
    read: async (bytes, folder) => {
      writeFileSync(join(folder, 'ledger.jsonl'), bytes);
      return verifyArchive(folder);
    },
    errors: ['DamagedError', 'ArchiveError', 'MissingError'],
  },
  'ledger.jsonl': inEdition('ledger.jsonl'),
  'answers.csv': inEdition('answers.csv'),
  'companies.csv': inEdition('companies.csv'),
  'correspondence.csv': inEdition('correspondence.csv'),
  'edition.yaml': inEdition('edition.yaml'),
  'methodology.yaml': inEdition('methodology.yaml'),
  'quotes.yaml': inEdition('quotes.yaml'),
  'translations/fr.yaml': inEdition('translations/fr.yaml'),
  'sources.json': inEdition('sources.json'),
  'findings.md': inEdition('findings.md'),
  'background.md': inEdition('background.md'),
  'assessments/alder.md': inEdition('assessments/alder.md'),
  'table to import, CSV': rows('a.csv'),
  'table to import, XLSX': rows('a.xlsx'),
  'table to import, ODS': rows('a.ods'),
  'mapping of an import': {
    read: (bytes, folder) => {
      writeFileSync(join(folder, 'mapping.yaml'), bytes);
      return readYamlFile(join(folder, 'mapping.yaml'), mappingSchema);
    },
    errors: [],
  },
} satisfies Record<string, Reader>;

export type ReaderName = keyof typeof READERS;
