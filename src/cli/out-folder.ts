import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { Exit } from './open.ts';

/** Where a command may write: never among the files of an edition, by whatever name or link they are reached. */

/** Where a path leads, also if nothing is there yet: links in what there is of it are followed. */
function realPath(path: string): string {
  const absolute = resolve(path);
  if (existsSync(absolute)) return realpathSync.native(absolute);
  const parent = dirname(absolute);
  return parent === absolute ? absolute : join(realPath(parent), basename(absolute));
}

/** Whether a path is a folder, or leads into it. */
export function isWithin(path: string, folder: string): boolean {
  return `${realPath(path)}${sep}`.startsWith(`${realPath(folder)}${sep}`);
}

/** @throws Exit if the path is the folder of the edition or leads into it */
export function refuseWithin(edition: string, out: string, other: 'folder' | 'file'): void {
  if (isWithin(out, edition))
    throw new Exit(
      2,
      `“${out}” is within the edition. Give ${other === 'file' ? 'a file' : 'a folder'} elsewhere.`,
    );
}

/** The folder of an edition that a path leads into; undefined if it leads into none. */
export function editionAround(path: string): string | undefined {
  for (let at = realPath(path); ; at = dirname(at)) {
    if (existsSync(join(at, 'edition.yaml'))) return at;
    if (at === dirname(at)) return undefined;
  }
}
