import {
  FILES_IN_PARTS,
  filesOf,
  partFile,
  readWithin,
  removeWithin,
  sourceText,
  splitFiles,
  withQuote,
  withReplacedQuote,
  writeWithin,
} from '#edition/folder';
import type { Edition, Quote, Source } from '#edition/index';
import { whileLocked } from './lock.ts';

/** What is added to, or changed in, the files that people write too; while no other process changes them. */

/** Gives a source a file of its own; one that is there already stays as it is. @throws OutsideError */
export function addSource(folder: string, source: Source): void {
  change(folder, partFile('sources.json', source.id), (text) => text || sourceText(source));
}

/** Adds a quote to those of its source. @throws OutsideError */
export function addQuote(folder: string, quote: Quote): void {
  change(folder, partFile('quotes.yaml', quote.source), (text) => withQuote(text, quote));
}

/** Puts another passage in the place of the quote of that id, in whichever file it stands. @throws OutsideError */
export function replaceQuote(folder: string, quote: Quote): void {
  for (const file of filesOf(folder, 'quotes.yaml'))
    change(folder, file, (text) => withReplacedQuote(text, quote) ?? text);
}

/** Gives each company and each source files of their own; gives the paths of what was written. @throws SplitError; OutsideError */
export function splitEdition(
  folder: string,
  edition: Pick<Edition, 'companies' | 'services'>,
): readonly string[] {
  return whileLocked(folder, () => {
    const parts = splitFiles(folder, edition);
    for (const [file, text] of parts) writeWithin(folder, file, text);
    for (const file of FILES_IN_PARTS) if (readWithin(folder, file) !== undefined) removeWithin(folder, file);
    return [...parts.keys()];
  });
}

function change(folder: string, file: string, edit: (text: string) => string): void {
  whileLocked(folder, () => {
    const text = readWithin(folder, file)?.toString('utf8') ?? '';
    const changed = edit(text);
    if (changed !== text) writeWithin(folder, file, changed);
  });
}
