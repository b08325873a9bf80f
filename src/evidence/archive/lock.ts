import { closeSync, constants, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeWithin, openWithin } from '#edition/folder';
import { ArchiveError } from './archive-error.ts';

/** Somebody else holds the archive for longer than a write takes. */
export class ArchiveBusyError extends ArchiveError {}

const PATIENCE_MS = 60_000;

/**
 * Does something while no other process changes the archive of an edition. The lock is one that SQLite takes on a file: the system gives it back when its
 * holder ends in whatever way, so that none is ever left behind.
 * @throws ArchiveBusyError after a minute of waiting; OutsideError; SystemError
 */
export function whileLocked<T>(folder: string, work: () => T): T {
  const captures = makeWithin(folder, 'captures');
  // SQLite follows links, and opens whatever it is told to: what it gets is a plain file, or one that is made here.
  closeSync(openWithin(folder, 'captures/lock', constants.O_RDWR | constants.O_CREAT));
  const lock = openLock(join(captures, 'lock'));
  try {
    begin(lock, captures);
    return work();
  } finally {
    lock.close();
  }
}

function openLock(path: string): DatabaseSync {
  try {
    if (lstatSync(`${path}-journal`, { throwIfNoEntry: false })?.isFile() === false)
      throw new ArchiveError(`“${path}-journal” is no regular file; remove it`);
    return new DatabaseSync(path, { timeout: PATIENCE_MS });
  } catch (error) {
    throw inWords(error, path);
  }
}

function begin(lock: DatabaseSync, captures: string): void {
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    if (/locked|busy/.test(String(error)))
      throw new ArchiveBusyError(
        `Another process has held the archive “${captures}” for a minute. End it, or wait, and try again.`,
      );
    throw inWords(error, captures);
  }
}

/** SQLite's words are about databases; a person has a folder. */
function inWords(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || Reflect.get(error, 'code') !== 'ERR_SQLITE_ERROR') return error;
  return new ArchiveError(
    `it cannot be changed, since “${path}” cannot be written (${error.message}): the disk is full, or permission is missing`,
    { cause: error },
  );
}
