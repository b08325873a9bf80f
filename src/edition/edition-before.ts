import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readYamlFile } from './read-yaml.ts';
import { type EditionMeta, editionSchema } from './schema.ts';

/** More folders beside an edition are not looked through. */
const MOST_BESIDE = 200;
const natural = new Intl.Collator('en', { numeric: true });

/** The folder beside an edition with the last earlier edition of its series; undefined if there is none. */
export function editionBefore(folder: string, meta: EditionMeta): string | undefined {
  if (meta.series === undefined) return undefined;
  const own = resolve(folder);
  const beside = dirname(own);
  const earlier = foldersIn(beside)
    .map((name) => join(beside, name))
    .filter((path) => path !== own && existsSync(join(path, 'edition.yaml')))
    .flatMap((path) => {
      const other = readYamlFile(join(path, 'edition.yaml'), editionSchema).value;
      return other && other.series === meta.series && comesBefore(other, meta) ? [{ path, meta: other }] : [];
    });
  return earlier.toSorted((one, other) => (comesBefore(one.meta, other.meta) ? -1 : 1)).at(-1)?.path;
}

function foldersIn(path: string): string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .slice(0, MOST_BESIDE)
      .map(({ name }) => name);
  } catch {
    return []; // what stands beside it is not ours to read
  }
}

const dateOf = (meta: EditionMeta) => meta['cut-off']?.date ?? meta.released;

function comesBefore(one: EditionMeta, other: EditionMeta): boolean {
  const [first, second] = [dateOf(one), dateOf(other)];
  if (first !== undefined && second !== undefined && first !== second) return first < second;
  return natural.compare(one.id, other.id) < 0;
}
