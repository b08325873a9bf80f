import { randomBytes } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { makeWithin, NEEDS_NO_SYNC, namesWithin, readWithin } from '#edition/folder';
import { ArchiveError, DamagedError, MissingError } from './archive-error.ts';
import { sha256 } from './hash.ts';

/** What is kept, addressed by its SHA-256: captures/blobs/ab/ab12… */
export interface Blobs {
  /** Keeps bytes and gives their address; when it resolves, they are on the disk. */
  put(bytes: Uint8Array): Promise<string>;
  /** @throws MissingError if it is not there; DamagedError if it is not what its address says */
  get(hash: string): Promise<Uint8Array>;
  /** Every address, in order. */
  list(): Promise<string[]>;
}

/** No capture holds a part that is larger: what is fetched has limits, and files have. */
const MOST_BYTES = 256 * 1024 * 1024;

export function openBlobs(folder: string): Blobs {
  const subOf = (hash: string) => `captures/blobs/${hash.slice(0, 2)}`;
  const made = new Map<string, string>();
  const makeFolder = (sub: string): string => {
    const known = made.get(sub) ?? makeWithin(folder, sub);
    made.set(sub, known);
    return known;
  };
  /** What is there under an address, if it is what the address says. */
  const read = (hash: string): Buffer | undefined => readWithin(folder, `${subOf(hash)}/${hash}`, MOST_BYTES);
  return {
    async put(bytes) {
      if (bytes.length > MOST_BYTES)
        throw new ArchiveError(`what is kept has at most ${MOST_BYTES / 2 ** 20} MiB; this has more`);
      const hash = sha256(bytes);
      const known = read(hash);
      if (known && sha256(known) === hash) return hash;
      const temporary = makeFolder('captures/tmp');
      const target = makeFolder(subOf(hash));
      const half = join(temporary, `${hash}-${randomBytes(6).toString('hex')}`);
      try {
        await writeThrough(half, bytes);
        renameSync(half, join(target, hash));
      } catch (error) {
        rmSync(half, { force: true });
        throw error;
      }
      await syncNames(target);
      return hash;
    },
    async get(hash) {
      const bytes = read(hash);
      if (bytes === undefined) throw new MissingError(`${hash} is not in the archive`);
      if (sha256(bytes) !== hash)
        throw new DamagedError(`${hash} is not what its address says: it was changed`);
      return bytes;
    },
    async list() {
      return namesWithin(folder, 'captures/blobs')
        .flatMap((own) => namesWithin(folder, `captures/blobs/${own}`))
        .toSorted();
    },
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

/** Waits until the disk has the names in a folder, next to whatever else is written. */
async function syncNames(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync().catch((error: NodeJS.ErrnoException) => {
      if (!NEEDS_NO_SYNC.has(error.code ?? '')) throw error;
    });
  } finally {
    await folder.close();
  }
}
