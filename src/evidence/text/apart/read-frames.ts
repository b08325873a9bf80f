import type { DocumentText } from '../document-text.ts';

/** How the program and its readers talk: a length, JSON, and, towards the reader, the bytes of the document. */

export interface Limits {
  readonly cpuMs: number;
  readonly memoryMiB: number;
}

export interface ReadRequest {
  readonly kind: ReadKind;
  readonly type: string;
  readonly contentType?: string | undefined;
  /** The character set that a person named; nothing else counts then. */
  readonly charset?: string | undefined;
}

export type ReadKind = 'html' | 'text' | 'mail' | 'sheet' | 'word' | 'pdf';

export interface ReadAnswer extends Partial<DocumentText> {
  readonly error?: string;
  /** How large the reader is now. */
  readonly memoryMiB: number;
}

const HEAD = 8;

export function frame(value: object, bodyLength = 0): Buffer {
  const json = Buffer.from(JSON.stringify(value));
  const head = Buffer.alloc(HEAD);
  head.writeUInt32LE(json.length, 0);
  head.writeUInt32LE(bodyLength, 4);
  return Buffer.concat([head, json]);
}

/** What a frame holds, once all of it has come; the chunks are joined as they are read, so that each is copied once or twice. */
export function unframe(chunks: Buffer[], size: number): ReadAnswer | undefined {
  const [first] = chunks;
  if (!first || size < HEAD) return undefined;
  const head = first.length >= HEAD ? first : Buffer.concat(chunks);
  if (size < HEAD + head.readUInt32LE(0)) return undefined;
  return JSON.parse(Buffer.concat(chunks).toString('utf8', HEAD)) as ReadAnswer;
}

/** A request and the bytes of its document, cut from what has come so far; undefined if there is not all of it yet. */
export function unframeRequest(
  chunks: Buffer[],
  size: number,
): { readonly request: ReadRequest & { readonly limits: Limits }; readonly bytes: Uint8Array } | undefined {
  const [first] = chunks;
  if (!first || size < HEAD) return undefined;
  const head = first.length >= HEAD ? first : Buffer.concat(chunks);
  const json = head.readUInt32LE(0);
  if (size < HEAD + json + head.readUInt32LE(4)) return undefined;
  const all = Buffer.concat(chunks);
  return { request: JSON.parse(all.toString('utf8', HEAD, HEAD + json)), bytes: all.subarray(HEAD + json) };
}
