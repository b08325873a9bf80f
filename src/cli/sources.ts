import { existsSync, readFileSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import { readSourceFiles, requireFolder, type SourceFiles } from '#edition/folder';
import type { EditionMeta } from '#edition/index';
import { Exit, problemList } from './open.ts';
import { complain, count } from './terminal.ts';

/** What evidence is gathered for; the rest of the edition need not hold yet. Else prints what does not, and ends with 1. */
export function openSources(folder: string): SourceFiles {
  requireFolder(folder);
  const files = readSourceFiles(folder);
  if ('sources' in files) return files;
  complain(problemList(files));
  throw new Exit(
    1,
    `${folder} has ${count(files.length, 'error')} in what says its sources; nothing was done.`,
  );
}

/**
 * The private key that signs heads: the file that ASSAY_KEY names. Undefined where none is configured; an edition that asks for signatures is told so by
 * `archive verify`.
 */
export async function signingKey(meta: EditionMeta): Promise<string | undefined> {
  const path = process.env.ASSAY_KEY;
  if (path === undefined || path === '') return undefined;
  if (!existsSync(path)) throw new Exit(2, `ASSAY_KEY names “${path}”, which is not there.`);
  const { publicKeyOf, KeyError } = await import('#evidence/index');
  const pem = readFileSync(path, 'utf8');
  try {
    const key = publicKeyOf(pem);
    const named = [meta['signed-by'] ?? []].flat();
    if (named.includes(key)) return pem;
    throw new Exit(
      2,
      named.length === 0
        ? `ASSAY_KEY is set, but edition.yaml names no key. Add signed-by: ${key}`
        : `ASSAY_KEY holds the key ${key}, but edition.yaml names ${named.join(', ')} (signed-by).`,
    );
  } catch (error) {
    if (error instanceof KeyError) throw new Exit(2, `${path}: ${error.message}`);
    throw error;
  }
}

/** For options that may be given more than once. */
export const collect = (value: string, before: readonly string[] = []): string[] => {
  if (/[/\s]/.test(value))
    throw new InvalidArgumentError('Give the name of a host, as in the address: 127.0.0.1:8017.');
  return [...before, value];
};

/** For languages that pages are asked in: tags of BCP 47, the first most. */
export const languages = (value: string): string => {
  try {
    return Intl.getCanonicalLocales(value.split(',').map((tag) => tag.trim())).join(',');
  } catch {
    throw new InvalidArgumentError('Give the tags of languages, the first most: fr, or fr-CH,ar.');
  }
};

/** For a character set, by any of its names on the web. */
export const charset = (value: string): string => {
  try {
    return new TextDecoder(value).encoding;
  } catch {
    throw new InvalidArgumentError('Give the name of a character set: windows-1251, gbk, shift_jis.');
  }
};
