import { isUtf8 } from 'node:buffer';

/** A text with the character set it was read in, and how many characters could not be. */
export interface Decoded {
  readonly text: string;
  readonly charset: string;
  readonly replaced: number;
}

const FIRST_BYTES = 1024;

/**
 * Bytes as text, lines ending in LF. What says the character set, in this order: a byte-order mark, the Content-Type, the first kilobyte of an HTML or
 * XML document; else UTF-8 if it is, else windows-1252 (as the Encoding Standard's browsers do for western languages). A declaration of UTF-8 that the
 * bytes do not bear out counts for nothing.
 */
export function decodeText(bytes: Uint8Array, contentType = '', chosen?: string): Decoded {
  const named = decoderOf(chosen);
  if (named) return decoded(named, bytes);
  const declared = [byMark(bytes), /charset\s*=\s*["']?([\w:.+-]+)/i.exec(contentType)?.[1], byMarkup(bytes)];
  for (const label of declared) {
    const decoder = decoderOf(label);
    if (decoder && !(decoder.encoding === 'utf-8' && !isUtf8(bytes))) return decoded(decoder, bytes);
  }
  return decoded(new TextDecoder(isUtf8(bytes) ? 'utf-8' : 'windows-1252'), bytes);
}

function decoded(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array): Decoded {
  const text = decoder.decode(bytes).replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD');
  return { text, charset: decoder.encoding, replaced: text.split('\uFFFD').length - 1 };
}

function byMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : undefined;
}

function byMarkup(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, FIRST_BYTES)).toString('latin1');
  const label =
    /<meta\s[^>]*charset\s*=\s*["']?\s*([\w:.+-]+)/i.exec(start)?.[1] ??
    /^\s*<\?xml\s[^>]*encoding\s*=\s*["']([\w:.+-]+)/i.exec(start)?.[1];
  // A document that says so in single bytes cannot be in units of two (HTML Standard, 13.2.3.2).
  return label !== undefined && /^utf-?16/i.test(label) ? 'utf-8' : label;
}

function decoderOf(label: string | undefined): InstanceType<typeof TextDecoder> | undefined {
  if (label === undefined) return undefined;
  try {
    return new TextDecoder(label);
  } catch {
    return undefined; // no such character set
  }
}
