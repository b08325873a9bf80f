import { Unzip, UnzipInflate } from 'fflate';
import { ExtractError } from './extract-error.ts';

const MOST_BYTES = 64 * 1024 * 1024;
const MOST_FILES = 10_000;

/**
 * Makes sure that an archive unpacks to what can be held: it is unpacked once, piece by piece, and counted; what its directory says is not believed.
 * @throws ExtractError
 */
export function checkZip(bytes: Uint8Array, mostBytes = MOST_BYTES): void {
  let size = 0;
  let files = 0;
  const unzip = new Unzip((file) => {
    if (++files > MOST_FILES) throw new ExtractError(`the archive holds more than ${MOST_FILES} files`);
    file.ondata = (error, chunk) => {
      if (error) throw new ExtractError(`the archive is broken: ${error.message}`);
      size += chunk.length;
      if (size > mostBytes)
        throw new ExtractError(`the archive unpacks to more than ${Math.round(mostBytes / 1024 / 1024)} MiB`);
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    for (let at = 0; at < bytes.length; at += 16 * 1024)
      unzip.push(bytes.subarray(at, at + 16 * 1024), at + 16 * 1024 >= bytes.length);
  } catch (error) {
    if (error instanceof ExtractError) throw error;
    throw new ExtractError(
      `the archive is broken: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
