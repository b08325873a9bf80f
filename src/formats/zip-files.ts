import { strFromU8, unzipSync } from 'fflate';

const MOST_BYTES = 64 * 1024 * 1024;
const MOST_FILES = 2000;

/** The files of an archive whose names fit, as text. */
export type ZipFiles = ReadonlyMap<string, string>;

/**
 * Unpacks what is wanted of an archive, as its directory lists it. What is not wanted (pictures) is not unpacked, and nothing gets more room than was counted
 * before, whatever the directory says.
 * @throws Error if it is broken, or larger than can be held
 */
export function unzipTexts(
  bytes: Uint8Array,
  wanted: (name: string) => boolean,
  mostBytes = MOST_BYTES,
): ZipFiles {
  let size = 0;
  let files = 0;
  const found = unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      if (!wanted(name)) return false;
      size += originalSize;
      if (++files > MOST_FILES) throw new Error(`it holds more than ${MOST_FILES} parts`);
      if (size > mostBytes) throw new Error(`it unpacks to more than ${mostBytes / 1024 / 1024} MiB`);
      return true;
    },
  });
  return new Map(Object.entries(found).map(([name, content]) => [name, textOf(content)]));
}

function textOf(bytes: Uint8Array): string {
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : '';
  return wide === '' ? strFromU8(bytes) : new TextDecoder(wide).decode(bytes);
}
