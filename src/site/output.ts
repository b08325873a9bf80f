import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  rmdirSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { makeFolder, OutsideError, readWithin, realFolder, writeWithin } from '#edition/folder';

export const CHECKSUMS = 'SHA256SUMS';
/** The first line of the checksums: what tells the folder of a site from any other that has such a file. Programs that check sums pass over it. */
const MARK = '# The files of a site built by assay';
/** Follows the mark while a build is under way, and stays if it is cut short: then no sum stands in the file, only which files are the site’s. */
const UNFINISHED =
  '# Unfinished: files are missing, or are of an earlier build. Build again into this folder, or remove it.';

const MEBIBYTE = 1024 * 1024;
/** The list of an earlier build and its archive are read no further than this. */
const MOST_LIST = 128 * MEBIBYTE;
const MOST_ARCHIVE = 2048 * MEBIBYTE;

/** The folder must not be written into: it holds something that is no site. */
export class OutputError extends Error {}

/** What stands in the folder of a site once it is built. */
export interface Written {
  readonly files: number;
  readonly changed: number;
  readonly removed: number;
}

/**
 * A folder that a site is written into: only files whose bytes differ are written, and files of an earlier build that are not made any more
 * are removed. What the earlier build did not write is never touched. While files are being written, the checksums claim nothing.
 * Somebody else may have made the folder: a link in the place of a file is replaced, never followed, and one in the place of a folder is refused.
 */
export class Output {
  readonly #folder: string;
  readonly #earlier: ReadonlyMap<string, string>;
  readonly #sums = new Map<string, string>();
  /** Where the folders really are, each looked at once. */
  readonly #folders = new Map<string, string>();
  #changed = 0;
  #claims: boolean;

  /** @throws OutputError if the folder holds anything, and no checksums of an earlier build; or if what it says is its own leads out through a link */
  constructor(folder: string) {
    this.#folder = folder;
    this.#earlier = earlierFiles(folder);
    makeFolder(folder);
    for (const path of this.#earlier.keys()) this.#folderOf(path);
    this.#claims = this.#earlier.size > 0;
    // From now on the folder is known as that of a site, also if this build is cut short.
    if (!this.#claims) this.#claimNothing();
  }

  get folder(): string {
    return this.#folder;
  }

  /** Writes a file, unless it is there with the same bytes. Returns its SHA-256. */
  write(path: string, content: string | Uint8Array): string {
    if (this.#sums.has(path)) throw new Error(`The file ${path} of the site was made twice.`);
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    const sum = createHash('sha256').update(bytes).digest('hex');
    this.#sums.set(path, sum);
    if (this.#earlier.get(path) === sum && this.#isSame(path, bytes)) return sum;
    if (this.#claims) this.#claimNothing();
    writeAnew(join(this.#madeFolder(dirname(path)), basename(path)), bytes);
    this.#changed++;
    return sum;
  }

  /**
   * Writes a file that is made of all the others, so that it need not be made if none of them has changed since the earlier build.
   */
  writeLast(path: string, make: () => Uint8Array): void {
    const sum = this.#earlier.get(path);
    const same = [...this.#sums].every(([own, made]) => this.#earlier.get(own) === made);
    if (this.#changed === 0 && same && this.#earlier.size === this.#sums.size + 1 && sum !== undefined) {
      const bytes = this.#read(path, MOST_ARCHIVE);
      if (bytes && createHash('sha256').update(bytes).digest('hex') === sum) {
        this.#sums.set(path, sum);
        return;
      }
    }
    this.write(path, make());
  }

  /** The files so far, by their paths, sorted. */
  paths(): string[] {
    return [...this.#sums.keys()].sort();
  }

  /** What SHA256SUMS says so far, in the format of sha256sum. */
  checksums(): string {
    const lines = this.paths().map((path) => `${this.#sums.get(path)}  ${path}\n`);
    return `${MARK}\n${lines.join('')}`;
  }

  /** Removes what is left of an earlier build, and writes the checksums. */
  finish(): Written {
    const left = [...this.#earlier.keys()].filter((path) => !this.#sums.has(path));
    if (left.length > 0) this.#claimNothing();
    for (const path of left) this.#remove(path);
    writeWithin(this.#folder, CHECKSUMS, this.checksums());
    return { files: this.#sums.size, changed: this.#changed, removed: left.length };
  }

  /** Leaves the folder as one that a later build can finish: it says that it is unfinished, and which files are its own. */
  abandon(): void {
    if (!this.#claims) this.#claimNothing();
  }

  #claimNothing(): void {
    this.#claims = false;
    const own = [...new Set([...this.#earlier.keys(), ...this.#sums.keys()])].toSorted();
    writeWithin(
      this.#folder,
      CHECKSUMS,
      `${MARK}\n${UNFINISHED}\n${own.map((path) => `# ${path}\n`).join('')}`,
    );
  }

  /** Where the folder of a file is; undefined if it is not there. @throws OutputError if a link stands in its place, or in that of one above */
  #folderOf(path: string): string | undefined {
    const sub = dirname(path);
    const known = this.#folders.get(sub);
    if (known !== undefined) return known;
    const real = folderWithin(this.#folder, sub);
    if (real !== undefined) this.#folders.set(sub, real);
    return real;
  }

  #madeFolder(sub: string): string {
    const known = this.#folderOf(join(sub, CHECKSUMS));
    if (known !== undefined) return known;
    const path = join(this.#madeFolder(dirname(sub)), basename(sub));
    mkdirSync(path);
    this.#folders.set(sub, path);
    return path;
  }

  #isSame(path: string, bytes: Uint8Array): boolean {
    return this.#read(path, bytes.length)?.equals(bytes) ?? false;
  }

  /** The bytes of a file; undefined if it is not there, or is larger, or something else stands in its place: that is written anew. */
  #read(path: string, most: number): Buffer | undefined {
    try {
      return readWithin(this.#folder, path, most);
    } catch (error) {
      if (error instanceof OutsideError) return undefined;
      throw error;
    }
  }

  #remove(path: string): void {
    const folder = this.#folderOf(path);
    if (folder === undefined) return;
    rmSync(join(folder, basename(path)), { force: true });
    for (let at = dirname(path); at !== '.'; at = dirname(at)) {
      const own = this.#folderOf(join(at, CHECKSUMS));
      if (own === undefined || readdirSync(own).length > 0) return;
      rmdirSync(own);
      this.#folders.delete(at);
    }
  }
}

/** Writes a file; what stood there, a link or another name of a file elsewhere too, is removed first and never written into. */
function writeAnew(path: string, bytes: Uint8Array): void {
  try {
    writeFileSync(path, bytes, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    unlinkSync(path);
    writeFileSync(path, bytes, { flag: 'wx' });
  }
}

/** Where a folder of a site is; undefined if it is not there. No build makes links: whoever put one there may mean another folder. @throws OutputError */
function folderWithin(folder: string, sub: string): string | undefined {
  const path = join(realpathSync.native(folder), sub);
  try {
    const real = realFolder(folder, sub);
    if (real === undefined || real === path) return real;
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
  }
  throw new OutputError(
    `“${join(folder, sub)}” is a link, or stands behind one, where the site has a folder. Nothing was written there; remove the link, or give another folder.`,
  );
}

function checksumsIn(folder: string): string | undefined {
  try {
    return readWithin(folder, CHECKSUMS, MOST_LIST)?.toString('utf8');
  } catch (error) {
    if (error instanceof OutsideError)
      throw new OutputError(`“${folder}” cannot be written into: ${error.message}`);
    throw error;
  }
}

function earlierFiles(folder: string): ReadonlyMap<string, string> {
  if (!existsSync(folder)) return new Map();
  if (!statSync(folder).isDirectory())
    throw new OutputError(`“${folder}” is a file. Give a folder that is empty or does not exist.`);
  const sums = checksumsIn(folder);
  if (!sums?.startsWith(`${MARK}\n`)) {
    if (readdirSync(folder).length === 0) return new Map();
    throw new OutputError(
      `“${folder}” holds files, and none says that a site was built there (${CHECKSUMS}). Give a folder that is empty or does not exist.`,
    );
  }
  const lines = sums.split('\n').slice(1);
  const unfinished = lines[0] === UNFINISHED;
  return new Map(
    lines.flatMap((line) => {
      const [, sum = '', path = ''] =
        (unfinished ? /^#( )(\S.*)$/ : /^([0-9a-f]{64}) {2}(\S.*)$/).exec(line) ?? [];
      return staysWithin(path) && line !== UNFINISHED ? [[path, sum] as const] : [];
    }),
  );
}

const staysWithin = (path: string) => !path.split(/[/\\]/).some((part) => ['', '.', '..'].includes(part));
