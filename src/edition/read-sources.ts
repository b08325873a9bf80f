import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence, Quote } from './evidence.ts';
import { ledgersAsLeft } from './ledger-ends.ts';
import { collectProblems, type TextFile } from './place.ts';
import { readLedgers } from './read-ledger.ts';
import { readAllQuotes, readAllSources } from './read-parts.ts';
import { isError, type Problem } from './rules.ts';
import { type EditionMeta, editionSchema, type Source } from './schema.ts';
import { signedOf } from './signers.ts';
import { parseYaml } from './structured-file.ts';
import { readTextFile } from './text-file.ts';

/** What an edition says of its sources and their evidence. */
export interface SourceFiles {
  readonly meta: EditionMeta;
  readonly sources: readonly Source[];
  readonly quotes: readonly Quote[];
  readonly evidence: Evidence;
}

/**
 * Reads what evidence is gathered for: edition.yaml, sources, quotes and the ledgers. The rest of the edition need not hold yet. What this copy itself wrote
 * counts, signed or not.
 * @returns the files, or what does not hold in them
 */
export function readSourceFiles(folder: string): SourceFiles | readonly Problem[] {
  const { problems, report } = collectProblems();
  const read = <T>(file: string, parse: (source: TextFile) => T) => {
    const source = existsSync(join(folder, file)) ? readTextFile(folder, file, report) : undefined;
    return source && parse(source);
  };
  const meta = read('edition.yaml', (source) => parseYaml(source, editionSchema, report));
  if (!existsSync(join(folder, 'edition.yaml')))
    report(
      'missing-file',
      { file: 'edition.yaml', line: 1, column: 1 },
      'This is no edition: it has no edition.yaml. “assay new” makes one.',
    );
  const sources = readAllSources(folder, report);
  const quotes = readAllQuotes(folder, report);
  const evidence = readLedgers(folder, report, { ...signedOf(meta?.value), own: ledgersAsLeft(folder) });
  const errors = problems.filter(isError);
  if (errors.length > 0 || !meta) return errors;
  return {
    meta: meta.value,
    sources: sources?.value ?? [],
    quotes: quotes?.value ?? [],
    evidence,
  };
}
