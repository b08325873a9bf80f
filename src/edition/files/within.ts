import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';

/**
 * Files of a folder that somebody else may have made: a link, a pipe or a device in it must neither lead out of the folder nor hold up whoever reads it.
 * Everything that a program reads or writes beside what people wrote goes through here.
 */

/** A file of the folder is not one that may be opened. */
export class OutsideError extends Error {
  override readonly name = 'OutsideError';
}

const MEBIBYTE = 1024 * 1024;
/** Without a link at its end, and without waiting for the other end of a pipe. */
const CAREFULLY = constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Where a folder within the folder really is; undefined if it is not there. @throws OutsideError if a link leads out */
export function realFolder(folder: string, sub = '.'): string | undefined {
  const root = realpathSync.native(folder);
  let real: string;
  try {
    real = realpathSync.native(join(root, sub));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    // A link that leads nowhere would be made into something by whoever writes through it.
    if (isLink(join(root, sub))) throw leadsOut(sub);
    return undefined;
  }
  if (real !== root && !real.startsWith(root + sep)) throw leadsOut(sub);
  return real;
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

const leadsOut = (file: string) =>
  new OutsideError(
    `“${file}” is a link that leads out of the edition. Nothing was read or written there; remove it.`,
  );

/** Makes a folder within the folder, and those between, and gives where it is. @throws OutsideError if a link leads out */
export function makeWithin(folder: string, sub: string): string {
  const known = realFolder(folder, sub);
  if (known !== undefined) return known;
  const parent = sub === dirname(sub) ? folder : makeWithin(folder, dirname(sub));
  const path = join(parent, basename(sub));
  try {
    mkdirSync(path);
    syncFolder(parent);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return realFolder(folder, sub) ?? path;
}

/** The names in a folder within the folder, in order; none if it is not there. @throws OutsideError */
export function namesWithin(folder: string, sub: string): string[] {
  const real = realFolder(folder, sub);
  return real === undefined ? [] : readdirSync(real).toSorted();
}

/** Opens a file within the folder: a regular one, under one name, no link. @throws OutsideError; SystemError, such as ENOENT */
export function openWithin(folder: string, file: string, flags: number): number {
  const parent = realFolder(folder, dirname(file));
  if (parent === undefined)
    throw Object.assign(new Error(`ENOENT: no such file or directory, open '${join(folder, file)}'`), {
      code: 'ENOENT',
      syscall: 'open',
      path: join(folder, file),
    });
  let descriptor: number;
  try {
    descriptor = openSync(join(parent, basename(file)), flags | CAREFULLY, 0o644);
  } catch (error) {
    // ELOOP: a link. ENXIO: a pipe that nobody reads, or a socket.
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ELOOP' || code === 'EMLINK') throw isALink(file);
    if (code === 'ENXIO') throw isNoFile(file);
    throw error;
  }
  const found = fstatSync(descriptor);
  const writes = (flags & (constants.O_WRONLY | constants.O_RDWR)) !== 0;
  if (found.isFile() && !(writes && found.nlink > 1)) return descriptor;
  closeSync(descriptor);
  throw found.isFile()
    ? new OutsideError(
        `“${file}” is the same file as another elsewhere (a hard link). Put a copy in its place.`,
      )
    : isNoFile(file);
}

const isALink = (file: string) =>
  new OutsideError(
    `“${file}” is a link. Nothing was read or written there; put the file itself in its place.`,
  );
const isNoFile = (file: string) =>
  new OutsideError(`“${file}” is no regular file. Nothing was read or written there; remove it.`);

/** The bytes of a file within the folder; undefined if it is not there. @throws OutsideError if it is no regular file, or has more than `most` bytes */
export function readWithin(folder: string, file: string, most = 128 * MEBIBYTE): Buffer | undefined {
  let descriptor: number;
  try {
    descriptor = openWithin(folder, file, constants.O_RDONLY);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
  try {
    const { size } = fstatSync(descriptor);
    if (size > most)
      throw new OutsideError(
        `“${file}” has ${Math.ceil(size / MEBIBYTE)} MiB; at most ${Math.floor(most / MEBIBYTE)} are read.`,
      );
    const bytes = Buffer.allocUnsafe(size);
    let read = 0;
    while (read < size) {
      const count = readSync(descriptor, bytes, read, size - read, read);
      if (count === 0) break;
      read += count;
    }
    return bytes.subarray(0, read);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Writes a file within the folder as a whole: beside it first, then in its place, and waits until the disk has it. What stood there, link or not, is
 * replaced, never written through.
 * @throws OutsideError; SystemError
 */
export function writeWithin(folder: string, file: string, content: string | Uint8Array): void {
  const parent = makeWithin(folder, dirname(file));
  const path = join(parent, basename(file));
  const half = `${path}.new`;
  try {
    rmSync(half, { force: true });
    writeFileSync(half, content, { flag: 'wx', flush: true });
    renameSync(half, path);
  } catch (error) {
    rmSync(half, { force: true });
    throw error;
  }
  syncFolder(parent);
}

/** Removes a file within the folder; a link, not what it leads to. @throws OutsideError; SystemError */
export function removeWithin(folder: string, file: string): void {
  const parent = realFolder(folder, dirname(file));
  if (parent === undefined) return;
  rmSync(join(parent, basename(file)), { force: true });
  syncFolder(parent);
}

/** What file systems say that sync no folders, and need not. */
export const NEEDS_NO_SYNC: ReadonlySet<string> = new Set(['EINVAL', 'ENOTSUP']);

/** Waits until the disk has the names of a folder, too: a file that was renamed into it is safe only then. */
export function syncFolder(path: string): void {
  const descriptor = openSync(path, constants.O_RDONLY);
  try {
    fsyncSync(descriptor);
  } catch (error) {
    if (!NEEDS_NO_SYNC.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    closeSync(descriptor);
  }
}
