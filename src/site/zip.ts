import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { Zip, ZipPassThrough, zipSync } from 'fflate';
import { CHECKSUMS, type Output } from './output.ts';

/** ZIP keeps no time zone; this is its own beginning, so that the same site gives the same bytes. */
const NO_TIME = new Date(1980, 0, 1);
const COMPRESSED = /\.(?:png|pdf|xlsx|zip)$/;

/** A file deflated by Node’s zlib, which is several times as fast as doing it in JavaScript. */
class Deflated extends ZipPassThrough {
  override compression = 8;
  protected override process(chunk: Uint8Array, final: boolean): void {
    this.ondata(null, deflateRawSync(chunk), final);
  }
}

/** Files as one archive, the same bytes for the same files. */
export function zipOfFiles(files: ReadonlyMap<string, string | Uint8Array>): Uint8Array {
  const entries = [...files].map(([path, content]) => [
    path,
    typeof content === 'string' ? new TextEncoder().encode(content) : content,
  ]);
  return zipSync(Object.fromEntries(entries), { mtime: NO_TIME });
}

/** All files of a site so far, with their checksums, as one archive. */
export function zipOf(output: Output): Buffer {
  const chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk);
  });
  const add = (path: string, bytes: Uint8Array) => {
    const file = COMPRESSED.test(path) ? new ZipPassThrough(path) : new Deflated(path);
    file.mtime = NO_TIME;
    zip.add(file);
    file.push(bytes, true);
  };
  for (const path of output.paths()) add(path, readFileSync(join(output.folder, path)));
  add(CHECKSUMS, Buffer.from(output.checksums()));
  zip.end();
  return Buffer.concat(chunks);
}
