import { parse } from 'yaml';
import { readWithin } from './files/within.ts';
import type { Signed } from './heads.ts';
import type { EditionMeta } from './schema.ts';

/** Who signs for an edition, as edition.yaml says it. */
export const signedOf = (meta: Pick<EditionMeta, 'id' | 'signed-by'> | undefined): Signed => ({
  edition: meta?.id ?? '',
  signers: [meta?.['signed-by'] ?? []].flat(),
});

/** The same of a folder, for those who write to its archive; nobody where edition.yaml cannot be read, which `check` says. @throws OutsideError */
export function signedIn(folder: string): Signed {
  try {
    const meta: unknown = parse(readWithin(folder, 'edition.yaml', 1024 * 1024)?.toString('utf8') ?? '');
    const value = (key: string): unknown =>
      meta === null || typeof meta !== 'object' ? undefined : Reflect.get(meta, key);
    const signers = [value('signed-by') ?? []].flat().filter((own) => typeof own === 'string');
    return { edition: String(value('id') ?? ''), signers };
  } catch (error) {
    if (error instanceof Error && error.name === 'OutsideError') throw error;
    return { edition: '', signers: [] };
  }
}
