import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { unzipSync } from 'fflate';
import { ownValue } from '#edition/index';
import { ImportError } from './import-error.ts';

/** A file of what is imported: on disk, or within a ZIP archive. */
export interface SourceFile {
  /** Its path within the folder or archive, or its name. */
  readonly name: string;
  open(): AsyncIterable<Uint8Array>;
}

/** What programs leave beside a file while it is open, or when they pack it: no table. */
const isLeftBehind = (name: string) => /(?:^|\/)(?:~\$|\.~lock\.|\._)|(?:^|\/)__MACOSX\//.test(name);

/** More than a release has; a file that claims more is not unpacked. */
const MOST_BYTES = 1024 * 1024 * 1024;
const MOST_DEPTH = 5;

/**
 * The files of a folder (with those in its ZIP archives), of a ZIP archive, or a file alone.
 * @throws ImportError if there is nothing to read
 */
export function sourceFiles(path: string): SourceFile[] {
  if (!existsSync(path)) throw new ImportError(`There is no file or folder “${path}”.`);
  if (statSync(path).isDirectory()) return folderFiles(path, '', MOST_DEPTH);
  return /\.zip$/i.test(path)
    ? zipFiles(path)
    : [{ name: basename(path), open: () => createReadStream(path) }];
}

function folderFiles(folder: string, within: string, depth: number): SourceFile[] {
  if (depth === 0) return [];
  return readdirSync(join(folder, within), { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const name = within === '' ? entry.name : `${within}/${entry.name}`;
      if (entry.isDirectory()) return folderFiles(folder, name, depth - 1);
      if (!entry.isFile() || isLeftBehind(name)) return [];
      const path = join(folder, name);
      if (/\.zip$/i.test(name))
        return zipFiles(path).map((file) => ({ ...file, name: `${name}/${file.name}` }));
      return [{ name, open: () => createReadStream(path) }];
    });
}

function zipFiles(path: string): SourceFile[] {
  const bytes = readFileSync(path);
  const names: string[] = [];
  let size = 0;
  const unpack = (wanted: string | undefined) =>
    unzipSync(bytes, {
      filter: (entry) => {
        if (wanted !== undefined) return entry.name === wanted;
        size += entry.originalSize;
        if (!entry.name.endsWith('/') && !isLeftBehind(entry.name)) names.push(entry.name);
        return false;
      },
    });
  try {
    unpack(undefined);
  } catch (error) {
    throw new ImportError(`“${path}” is no ZIP archive that can be read.`, { cause: error });
  }
  if (size > MOST_BYTES)
    throw new ImportError(
      `“${path}” unpacks to ${Math.round(size / 2 ** 20)} MiB; at most ${MOST_BYTES / 2 ** 20} are read.`,
    );
  return names.toSorted().map((name) => ({
    name,
    async *open() {
      const content = ownValue(unpack(name), name);
      if (content) yield content;
    },
  }));
}
