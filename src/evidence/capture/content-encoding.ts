import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw, zstdDecompress } from 'node:zlib';

/** A body is larger than is kept. */
export class TooLargeError extends Error {}

/** A body is not what its headers say. */
export class EncodingError extends Error {}

/** A body ends before its end. */
export class CutOffError extends Error {}

const MOST_ENCODINGS = 4;

interface Limit {
  readonly maxOutputLength: number;
}
type Decoder = (bytes: Buffer, limit: Limit) => Promise<Buffer>;

const inflateZlib = promisify<Buffer, Limit, Buffer>(inflate);
const inflateBare = promisify<Buffer, Limit, Buffer>(inflateRaw);
const gunzipAll = promisify<Buffer, Limit, Buffer>(gunzip);

/** Browsers show nothing of what is said to be gzip and does not begin as it does (RFC 1952), and neither is it kept here. */
const gunzipMarked: Decoder = (bytes, limit) => {
  if (bytes[0] !== 0x1f || (bytes[1] ?? 0x8b) !== 0x8b) throw new Error('no gzip');
  return gunzipAll(bytes, limit);
};

/** “deflate” is zlib’s format by the standard, and the bare one by some servers: browsers read both, told apart by the first two bytes (RFC 1950). */
const inflateEither: Decoder = (bytes, limit) => {
  const [first = 0, second = 0] = bytes;
  const isZlib = (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
  return (isZlib ? inflateZlib : inflateBare)(bytes, limit);
};

/** By name; a map, since the name is a stranger’s and may be “constructor”. */
const DECODERS: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ['gzip', gunzipMarked],
  ['x-gzip', gunzipMarked],
  ['deflate', inflateEither],
  ['br', promisify<Buffer, Limit, Buffer>(brotliDecompress)],
  ['zstd', promisify<Buffer, Limit, Buffer>(zstdDecompress)],
]);

/**
 * The bytes of a body with its content encodings undone (RFC 9110, section 8.4), the last one first. Counts at every step: what grows beyond the limit
 * is given up before it is held in memory.
 * @throws TooLargeError, EncodingError, CutOffError; what the stream throws
 */
export async function decodeBody(
  body: Readable,
  encoding: string | undefined,
  most: number,
): Promise<Buffer> {
  const names = (encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  try {
    if (names.length > MOST_ENCODINGS) throw new TooLargeError(`it is encoded ${names.length} times over`);
    const unknown = names.find((name) => !DECODERS.has(name));
    if (unknown !== undefined)
      throw new EncodingError(`the content encoding “${unknown.slice(0, 40)}” is not known`);
    let bytes = await collect(body, most);
    for (const name of names.toReversed()) bytes = await decode(name, bytes, most);
    return bytes;
  } finally {
    body.on('error', () => {}); // of what nobody reads any more
    body.destroy();
  }
}

/** A body as a whole; given up as soon as it is too large. @throws TooLargeError; what the stream throws */
export async function collect(body: Readable, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most) throw tooLarge(most);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function decode(name: string, bytes: Buffer, most: number): Promise<Buffer> {
  const decoder = DECODERS.get(name);
  // An empty body is empty, whatever it is said to be packed with.
  if (!decoder || bytes.length === 0) return bytes;
  try {
    return await decoder(bytes, { maxOutputLength: most });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(most);
    if (code === 'Z_BUF_ERROR' || /unexpected end/i.test(message)) throw new CutOffError();
    throw new EncodingError(`it says that it is packed as “${name}”, and it is not`);
  }
}

const tooLarge = (most: number) =>
  new TooLargeError(`it has more than ${Math.round(most / 1024 / 1024)} MiB`);
