import { type Quote, quotesSchema } from './evidence.ts';
import { asList, everyPart, type FileInParts, filesOf, joinLists } from './parts.ts';
import type { Report, TextFile } from './place.ts';
import { type Source, sourceSchema, sourcesSchema } from './schema.ts';
import { parseJson, parseYaml, type Structured } from './structured-file.ts';
import { readTextFile } from './text-file.ts';

/** What a file and its parts hold, each read on its own; undefined where one of them cannot be read. */
export function readAll<T>(
  folder: string,
  file: FileInParts,
  parse: (source: TextFile) => T | undefined,
  report: Report,
): readonly T[] | undefined {
  return everyPart(
    filesOf(folder, file, report).map((part) => {
      const source = readTextFile(folder, part, report);
      return source && parse(source);
    }),
  );
}

/** The sources of sources.json, and those that have a file of their own. */
export function readAllSources(folder: string, report: Report): Structured<readonly Source[]> | undefined {
  const parse = (source: TextFile) => {
    if (source.file === 'sources.json')
      return parseJson(source, sourcesSchema, report) as Structured<readonly Source[]> | undefined;
    const one = parseJson(source, sourceSchema, report) as Structured<Source> | undefined;
    return one && asList(one);
  };
  return joinLists(readAll(folder, 'sources.json', parse, report));
}

export const readAllQuotes = (folder: string, report: Report): Structured<readonly Quote[]> | undefined =>
  joinLists(readAll(folder, 'quotes.yaml', (source) => parseYaml(source, quotesSchema, report), report));
