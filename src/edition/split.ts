import Papa from 'papaparse';
import { Document, isMap, isSeq, parseDocument } from 'yaml';
import { readWithin } from './files/within.ts';
import type { Company, Service } from './model.ts';
import { FILES_IN_PARTS, type FileInParts, filesOf, partFile } from './parts.ts';

/** An edition in files that one person writes, in files that several can write at once. */

const WIDTH = { lineWidth: 110 };

/**
 * What the files that can stand in parts become when they do: each part by its path. What people wrote stays as they wrote it, comments of quotes too.
 * Files of an edition that has errors may lose rows: check it first.
 */
export function splitFiles(
  folder: string,
  { companies, services }: { readonly companies: readonly Company[]; readonly services: readonly Service[] },
): ReadonlyMap<string, string> {
  const companyOf = new Map([
    ...companies.map(({ id }) => [id, id] as const),
    ...services.map(({ id, company }) => [id, company] as const),
  ]);
  const parts = new Map<string, string>();
  for (const file of FILES_IN_PARTS) {
    if (!filesOf(folder, file).includes(file)) continue;
    const text = readWithin(folder, file)?.toString('utf8') ?? '';
    for (const [of, part] of partsOfText(file, text, companyOf)) {
      const path = partFile(file, of);
      if (readWithin(folder, path) !== undefined)
        throw new SplitError(
          `“${path}” is there already. Join it with ${file} by hand, or remove one of them.`,
        );
      parts.set(path, part);
    }
  }
  return parts;
}

/** The parts of a file stand there already. */
export class SplitError extends Error {}

function partsOfText(
  file: FileInParts,
  text: string,
  companyOf: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  switch (file) {
    case 'sources.json':
      return new Map(
        (JSON.parse(text) as { id: string }[]).map((source) => [
          source.id,
          `${JSON.stringify(source, null, 2)}\n`,
        ]),
      );
    case 'quotes.yaml':
      return quotesBySource(text);
    case 'answers.csv':
    case 'searches.csv':
      return rowsBy(text, 'unit', (unit) => companyOf.get(unit) ?? unit);
    case 'correspondence.csv':
      return rowsBy(text, 'company', (company) => company);
  }
}

function quotesBySource(text: string): ReadonlyMap<string, string> {
  const { contents } = parseDocument(text);
  const items = isSeq(contents) ? contents.items : [];
  const sourceOf = (item: unknown) => (isMap(item) ? String(item.get('source')) : '');
  return new Map(
    [...Map.groupBy(items, sourceOf)].map(([source, own]) => {
      const document = new Document([]);
      const list = document.contents;
      if (isSeq(list)) list.items.push(...own);
      return [source, document.toString(WIDTH)];
    }),
  );
}

function rowsBy(text: string, column: string, of: (cell: string) => string): ReadonlyMap<string, string> {
  const [header = [], ...rows] = Papa.parse<string[]>(text, { delimiter: ',', skipEmptyLines: true }).data;
  const index = header.indexOf(column);
  return new Map(
    [...Map.groupBy(rows, (row) => of(row[index] ?? ''))].map(([part, own]) => [
      part,
      `${Papa.unparse([header, ...own], { newline: '\n' })}\n`,
    ]),
  );
}
