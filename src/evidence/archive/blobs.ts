import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DamagedError, MissingError } from './archive-error.ts';
import { sha256 } from './hash.ts';

/** What is kept, addressed by its SHA-256: captures/blobs/ab/ab12… */
export interface Blobs {
  /** Keeps bytes and gives their address; when it resolves, they are on the disk. */
  put(bytes: Uint8Array): Promise<string>;
  /** @throws MissingError if it is not there; DamagedError if it is not what its address says */
  get(hash: string): Promise<Uint8Array>;
  has(hash: string): boolean;
  /** Every address, in order. */
  list(): Promise<string[]>;
  remove(hash: string): Promise<void>;
}

export function openBlobs(folder: string): Blobs {
  const pathOf = (hash: string) => join(folder, 'blobs', hash.slice(0, 2), hash);
  const made = new Set<string>();
  const makeFolder = async (path: string) => {
    if (made.has(path)) return;
    await mkdir(path, { recursive: true });
    made.add(path);
  };
  const temporary = join(folder, 'tmp');
  return {
    async put(bytes) {
      const hash = sha256(bytes);
      const path = pathOf(hash);
      const known = await stat(path).catch(() => undefined);
      if (known?.size === bytes.length) return hash;
      await makeFolder(temporary);
      await makeFolder(join(path, '..'));
      const half = join(temporary, `${hash}-${randomBytes(6).toString('hex')}`);
      try {
        await writeThrough(half, bytes);
        await rename(half, path);
      } catch (error) {
        await rm(half, { force: true });
        throw error;
      }
      return hash;
    },
    async get(hash) {
      const bytes = await readFile(pathOf(hash)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') throw new MissingError(`${hash} is not in the archive`);
        throw error;
      });
      if (sha256(bytes) !== hash)
        throw new DamagedError(`${hash} is not what its address says: it was changed`);
      return bytes;
    },
    has: (hash) => existsSync(pathOf(hash)),
    async list() {
      const folders = await readdir(join(folder, 'blobs')).catch(() => []);
      const names = await Promise.all(
        folders.map((own) => readdir(join(folder, 'blobs', own)).catch(() => [])),
      );
      return names.flat().toSorted();
    },
    remove: (hash) => rm(pathOf(hash), { force: true }),
  };
}

/** Writes a file and waits until the disk has it. */
async function writeThrough(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}
