import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from '#edition/folder';

export const CHECKSUMS = 'SHA256SUMS';
/** The first line of the checksums: what tells the folder of a site from any other that has such a file. Programs that check sums pass over it. */
const MARK = '# The files of a site built by assay';
/** Follows the mark while a build is under way, and stays if it is cut short: then no sum stands in the file, only which files are the site’s. */
const UNFINISHED =
  '# Unfinished: files are missing, or are of an earlier build. Build again into this folder, or remove it.';

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
 */
export class Output {
  readonly #folder: string;
  readonly #earlier: ReadonlyMap<string, string>;
  readonly #sums = new Map<string, string>();
  readonly #folders = new Set<string>();
  #changed = 0;
  #claims: boolean;

  /** @throws OutputError if the folder holds anything, and no checksums of an earlier build */
  constructor(folder: string) {
    this.#folder = folder;
    this.#earlier = earlierFiles(folder);
    makeFolder(folder);
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
    const target = join(this.#folder, path);
    if (this.#earlier.get(path) === sum && isSame(target, bytes)) return sum;
    if (this.#claims) this.#claimNothing();
    this.#makeFolderOf(target);
    writeFileSync(target, bytes);
    this.#changed++;
    return sum;
  }

  /**
   * Writes a file that is made of all the others, so that it need not be made if none of them has changed since the earlier build.
   */
  writeLast(path: string, make: () => Uint8Array): void {
    const target = join(this.#folder, path);
    const sum = this.#earlier.get(path);
    const same = [...this.#sums].every(([own, made]) => this.#earlier.get(own) === made);
    if (
      this.#changed === 0 &&
      same &&
      this.#earlier.size === this.#sums.size + 1 &&
      sum !== undefined &&
      existsSync(target)
    ) {
      const bytes = readFileSync(target);
      if (createHash('sha256').update(bytes).digest('hex') === sum) {
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
    for (const path of left) removeFile(this.#folder, path);
    writeFileSync(join(this.#folder, CHECKSUMS), this.checksums());
    return { files: this.#sums.size, changed: this.#changed, removed: left.length };
  }

  /** Leaves the folder as one that a later build can finish: it says that it is unfinished, and which files are its own. */
  abandon(): void {
    if (!this.#claims) this.#claimNothing();
  }

  #claimNothing(): void {
    this.#claims = false;
    const own = [...new Set([...this.#earlier.keys(), ...this.#sums.keys()])].toSorted();
    writeFileSync(
      join(this.#folder, CHECKSUMS),
      `${MARK}\n${UNFINISHED}\n${own.map((path) => `# ${path}\n`).join('')}`,
    );
  }

  #makeFolderOf(file: string): void {
    const folder = dirname(file);
    if (this.#folders.has(folder)) return;
    makeFolder(folder);
    this.#folders.add(folder);
  }
}

function isSame(file: string, bytes: Uint8Array): boolean {
  return existsSync(file) && readFileSync(file).equals(bytes);
}

function earlierFiles(folder: string): ReadonlyMap<string, string> {
  if (!existsSync(folder)) return new Map();
  if (!statSync(folder).isDirectory())
    throw new OutputError(`“${folder}” is a file. Give a folder that is empty or does not exist.`);
  const sums = join(folder, CHECKSUMS);
  if (!existsSync(sums) || !readFileSync(sums, 'utf8').startsWith(`${MARK}\n`)) {
    if (readdirSync(folder).length === 0) return new Map();
    throw new OutputError(
      `“${folder}” holds files, and none says that a site was built there (${CHECKSUMS}). Give a folder that is empty or does not exist.`,
    );
  }
  const lines = readFileSync(sums, 'utf8').split('\n').slice(1);
  const unfinished = lines[0] === UNFINISHED;
  return new Map(
    lines.flatMap((line) => {
      const [, sum = '', path = ''] =
        (unfinished ? /^#( )(\S.*)$/ : /^([0-9a-f]{64}) {2}(\S.*)$/).exec(line) ?? [];
      return staysWithin(path) && path !== '' && line !== UNFINISHED ? [[path, sum] as const] : [];
    }),
  );
}

const staysWithin = (path: string) => !path.startsWith('/') && !path.split(/[/\\]/).includes('..');

function removeFile(folder: string, path: string): void {
  rmSync(join(folder, path), { force: true });
  for (let at = dirname(path); at !== '.'; at = dirname(at)) {
    const own = join(folder, at);
    if (!existsSync(own) || readdirSync(own).length > 0) return;
    rmdirSync(own);
  }
}
