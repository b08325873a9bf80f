import { Readable } from 'node:stream';
import type { Hop } from '../archive/manifest.ts';
import { CutOffError, decodeBody, EncodingError } from '../capture/content-encoding.ts';

/**
 * The payload of a record as its server sent it, and what a browser makes of it. Many tools keep the first: chunked, and packed with gzip or others;
 * many undo the one, or both, and leave the headers as they were.
 */

/** A page unpacked is never larger. */
const MOST_PAGE = 100 * 1024 * 1024;

/** All values of a header, those of several lines in their order. */
const valuesOf = (headers: Hop['headers'], name: string): string[] =>
  headers
    .filter(([own]) => own.toLowerCase() === name)
    .flatMap(([, value]) => value.toLowerCase().split(','))
    .map((value) => value.trim())
    .filter(Boolean);

/** Whether the headers say that the payload is chunked. */
export const isChunked = (headers: Hop['headers']): boolean =>
  valuesOf(headers, 'transfer-encoding').at(-1) === 'chunked';

/** The payload with what its headers say of it undone. @throws TooLargeError, EncodingError, CutOffError */
export async function decodedPayload(payload: Uint8Array, headers: Hop['headers']): Promise<Uint8Array> {
  const transfers = valuesOf(headers, 'transfer-encoding').filter((name) => name !== 'chunked');
  const names = [...valuesOf(headers, 'content-encoding'), ...transfers];
  const whole = isChunked(headers) ? withoutChunks(payload) : payload;
  return decodeBody(Readable.from([Buffer.from(whole)]), names.join(), MOST_PAGE);
}

/** The longest line that says how large a chunk is. */
const MOST_LINE = 4096;
const LINE_FEED = 10;
const SIZE = /^([0-9a-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n$/i;

/**
 * A chunked body in one piece (RFC 9112, section 7.1). One that does not begin with the size of a chunk had its chunks joined by whoever kept it.
 * @throws CutOffError if it ends before its last chunk; EncodingError if one is not as long as it says
 */
export function withoutChunks(payload: Uint8Array): Uint8Array {
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.length);
  if (bytes.length > 0 && chunkAt(bytes, 0) === undefined) return payload;
  const pieces: Buffer[] = [];
  for (let at = 0; ; ) {
    if (at >= bytes.length) throw new CutOffError();
    const chunk = chunkAt(bytes, at);
    if (!chunk) throw new EncodingError('it says that it is chunked, and a chunk is not as long as it says');
    const { start, end } = chunk;
    if (start === end) return Buffer.concat(pieces);
    if (end >= bytes.length) throw new CutOffError();
    pieces.push(bytes.subarray(start, end));
    at = end + (/^\r?\n/.exec(bytes.toString('latin1', end, end + 2))?.[0].length ?? 0);
    if (at === end) throw new EncodingError('it says that it is chunked, and a chunk is longer than it says');
  }
}

/** Where the chunk begins and ends whose size stands in the line there; undefined if none does. */
function chunkAt(bytes: Buffer, at: number): { start: number; end: number } | undefined {
  const length = bytes.subarray(at, at + MOST_LINE).indexOf(LINE_FEED) + 1;
  const digits = SIZE.exec(bytes.toString('latin1', at, at + length))?.[1];
  const start = at + length;
  return digits === undefined ? undefined : { start, end: start + Number.parseInt(digits, 16) };
}
