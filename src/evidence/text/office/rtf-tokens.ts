/** What an RTF file is made of. A byte belongs to a character set; a character is one by itself. */
export type RtfToken =
  | { readonly kind: 'open' | 'close' }
  | { readonly kind: 'byte' | 'character' | 'unicode'; readonly value: number }
  | { readonly kind: 'word'; readonly word: string; readonly number: number | undefined };

const CODE = { open: 0x7b, close: 0x7d, backslash: 0x5c, quote: 0x27, minus: 0x2d, space: 0x20 };
const LONGEST_WORD = 32;

const isLetter = (byte = 0) => (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a);
const isDigit = (byte = 0) => byte >= 0x30 && byte <= 0x39;

/** Cuts RTF into tokens, from left to right; each byte is looked at once. */
export function* rtfTokens(bytes: Uint8Array): Generator<RtfToken> {
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    if (byte === CODE.open || byte === CODE.close) {
      yield { kind: byte === CODE.open ? 'open' : 'close' };
      at++;
    } else if (byte === CODE.backslash) {
      const { token, next } = control(bytes, at + 1);
      if (token) yield token;
      at = next;
    } else {
      if (byte !== 0x0a && byte !== 0x0d && byte !== 0) yield { kind: 'byte', value: byte };
      at++;
    }
  }
}

function control(bytes: Uint8Array, start: number): { token: RtfToken | undefined; next: number } {
  const first = bytes[start];
  if (first === undefined) return { token: undefined, next: start };
  if (first === CODE.quote) {
    const value = Number.parseInt(latin1(bytes, start + 1, start + 3), 16);
    return { token: Number.isNaN(value) ? undefined : { kind: 'byte', value }, next: start + 3 };
  }
  if (!isLetter(first)) {
    // A line end after a backslash is a paragraph.
    const word = first === 0x0a || first === 0x0d ? 'par' : String.fromCharCode(first);
    return { token: { kind: 'word', word, number: undefined }, next: start + 1 };
  }
  let end = start;
  while (end - start < LONGEST_WORD && isLetter(bytes[end])) end++;
  const word = latin1(bytes, start, end);
  let after = end;
  if (bytes[after] === CODE.minus && isDigit(bytes[after + 1])) after++;
  while (after - end < 11 && isDigit(bytes[after])) after++;
  const number = after > end ? Number(latin1(bytes, end, after)) : undefined;
  const next = bytes[after] === CODE.space ? after + 1 : after;
  if (word === 'u' && number !== undefined) return { token: { kind: 'unicode', value: number }, next };
  // Raw bytes of a picture: they are no text, whatever they look like.
  if (word === 'bin') return { token: undefined, next: next + Math.max(0, number ?? 0) };
  return { token: { kind: 'word', word, number }, next };
}

const latin1 = (bytes: Uint8Array, from: number, to: number) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', from, to);
