import type { Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';

/** A body is larger than is kept. */
export class TooLargeError extends Error {}

const MOST_ENCODINGS = 4;

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
};

/**
 * The bytes of a body with its content encodings undone (RFC 9110, section 8.4), the last one first. Counts while it streams, at every step: what grows
 * beyond the limit is given up before it is held in memory.
 * @throws TooLargeError; Error if an encoding is unknown or broken
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
  if (names.length > MOST_ENCODINGS) throw new TooLargeError(`it is encoded ${names.length} times over`);
  const steps = names.toReversed().map((name) => {
    const make = DECODERS[name];
    if (!make) throw new Error(`the content encoding “${name.slice(0, 40)}” is not known`);
    return make();
  });
  const streams: Readable[] = [body, ...steps];
  try {
    return await collect(streams, most);
  } finally {
    for (const stream of streams) stream.destroy();
  }
}

/** Joins the streams, counting what leaves each of them. */
function collect(streams: readonly Readable[], most: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    streams.forEach((stream, index) => {
      const next = streams[index + 1] as Transform | undefined;
      let size = 0;
      let ended = false;
      stream.on('error', reject);
      stream.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > most) {
          reject(new TooLargeError(`it has more than ${Math.round(most / 1024 / 1024)} MiB`));
          return;
        }
        if (!next) chunks.push(chunk);
        else if (!next.write(chunk)) {
          stream.pause();
          next.once('drain', () => stream.resume());
        }
      });
      stream.on('end', () => {
        ended = true;
        if (next) next.end();
        else resolve(Buffer.concat(chunks));
      });
      stream.on('close', () => {
        if (!ended) reject(new Error('the body ended too early'));
      });
    });
  });
}
