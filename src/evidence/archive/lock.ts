import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ArchiveError } from './archive-error.ts';

/** Somebody else holds the archive for longer than a write takes. */
export class ArchiveBusyError extends ArchiveError {}

const PATIENCE_MS = 60_000;

/**
 * Does something while no other process changes the archive. The lock is one that SQLite takes on a file: the system gives it back when its holder
 * ends in whatever way, so that none is ever left behind.
 * @throws ArchiveBusyError after a minute of waiting
 */
export function whileLocked<T>(captures: string, work: () => T): T {
  mkdirSync(captures, { recursive: true });
  const lock = new DatabaseSync(join(captures, 'lock'), { timeout: PATIENCE_MS });
  try {
    try {
      lock.exec('begin exclusive');
    } catch (error) {
      if (/locked|busy/.test(String(error)))
        throw new ArchiveBusyError(
          `Another process has held the archive “${captures}” for a minute. End it, or wait, and try again.`,
        );
      throw error;
    }
    return work();
  } finally {
    lock.close();
  }
}
