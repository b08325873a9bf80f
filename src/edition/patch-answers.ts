import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import Papa from 'papaparse';
import { recordStarts } from './csv-file.ts';
import { filesOf } from './parts.ts';
import { pathWithin } from './text-file.ts';

/** What cells of a row of answers.csv are to be; those that are not named stay. */
export interface AnswerPatch {
  readonly unit: string;
  readonly measure: string;
  readonly answer?: string;
  readonly citations?: string;
  readonly note?: string;
}

/** A file as it was, and as it is to be. */
export interface PatchedFile {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/**
 * The files of answers with some rows changed; every other row, and columns that the edition keeps for itself, stay as they are, byte for byte.
 * Rows that are not there are given back.
 */
export function patchedAnswers(
  folder: string,
  patches: readonly AnswerPatch[],
): { readonly files: readonly PatchedFile[]; readonly missing: readonly AnswerPatch[] } {
  const open = new Map(patches.map((patch) => [JSON.stringify([patch.unit, patch.measure]), patch]));
  const files = filesOf(folder, 'answers.csv').flatMap((file) => {
    const path = pathWithin(folder, file);
    if (path === undefined) return [];
    const before = readFileSync(path, 'utf8');
    const after = patched(before, open);
    return after === before ? [] : [{ path, before, after }];
  });
  return { files, missing: [...open.values()] };
}

function patched(text: string, open: Map<string, AnswerPatch>): string {
  const starts = recordStarts(text);
  const records = starts.map((start, index) => text.slice(start, starts[index + 1] ?? text.length));
  const [header = []] = Papa.parse<string[]>((records[0] ?? '').trimEnd()).data;
  const cellsOf = (record: string) =>
    Papa.parse<string[]>(record.replace(/\n$/, ''), { delimiter: ',', newline: '\n' }).data[0] ?? [];
  return records
    .map((record, index) => {
      if (index === 0 || record.trim() === '') return record;
      const cells = cellsOf(record);
      const cell = (name: string) => cells[header.indexOf(name)] ?? '';
      const key = JSON.stringify([cell('unit'), cell('measure')]);
      const patch = open.get(key);
      if (!patch) return record;
      open.delete(key);
      const now = header.map((name, column) =>
        name === 'answer' || name === 'citations' || name === 'note'
          ? (patch[name] ?? cells[column] ?? '')
          : (cells[column] ?? ''),
      );
      return now.every((own, column) => own === cells[column]) ? record : `${Papa.unparse([now])}\n`;
    })
    .join('');
}

/** Writes files in the place of what stands there. */
export function writePatched(files: readonly PatchedFile[], which: 'after' | 'before' = 'after'): void {
  for (const file of files) {
    const beside = `${file.path}.being-written-${process.pid}`;
    writeFileSync(beside, file[which]);
    renameSync(beside, file.path);
  }
}
