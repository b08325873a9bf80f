import { isUtf8 } from 'node:buffer';
import { analyse } from 'chardet';
import { declaredInMarkup } from './charset-in-markup.ts';

/** A text with the character set it was read in, and how many characters could not be. */
export interface Decoded {
  readonly text: string;
  readonly charset: string;
  readonly replaced: number;
  /** Where the set was guessed, or does not fit: what a person should know. */
  readonly remarks: readonly string[];
}

interface Declared {
  readonly contentType?: string | undefined;
  /** The set that a person named; it overrides everything. */
  readonly charset?: string | undefined;
}

/** A guess below this is hardly more than a throw of dice; western languages are likelier. Of 100. */
const LEAST_CONFIDENCE = 30;
/** Counting letters of more than this finds nothing new. */
const SAMPLE = 64 * 1024;

/**
 * Bytes as text, lines ending in LF. What says the character set, in this order: the person, a byte-order mark, the Content-Type, an HTML or XML document itself;
 * else UTF-8 if it is, else the likeliest by the frequencies of its letters. A declaration of UTF-8 that the bytes do not bear out counts for nothing.
 * @throws RangeError if the person named a set that there is not
 */
export function decodeText(bytes: Uint8Array, { contentType = '', charset }: Declared = {}): Decoded {
  if (charset !== undefined) {
    const decoder = decoderOf(charset);
    if (!decoder) throw new RangeError(`there is no character set “${charset}”`);
    return decoded(decoder, bytes);
  }
  const declared = [
    byMark(bytes),
    /charset\s*=\s*["']?([\w:.+-]+)/i.exec(contentType)?.[1],
    declaredInMarkup(bytes),
  ];
  for (const label of declared) {
    const decoder = decoderOf(label);
    if (decoder && decoder.encoding !== 'utf-8') return decoded(decoder, bytes);
    if (decoder) break;
  }
  const utf8 = byZeros(bytes) === undefined && (isUtf8(bytes) || isNearlyUtf8(bytes));
  if (utf8) return decoded(new TextDecoder('utf-8'), bytes);
  const guessed = decoded(new TextDecoder(likeliest(bytes)), bytes);
  return {
    ...guessed,
    remarks: [
      `Nothing says which character set it is in; it was read as ${guessed.charset} because its bytes look like it. If letters look wrong, name the set`,
      ...guessed.remarks,
    ],
  };
}

function decoded(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array): Decoded {
  const text = decoder.decode(bytes).replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD');
  const replaced = count(text, '\uFFFD');
  return {
    text,
    charset: decoder.encoding,
    replaced,
    remarks:
      replaced > 0
        ? [`${replaced.toLocaleString('en')} of its characters cannot be read as ${decoder.encoding}`]
        : [],
  };
}

function count(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) found++;
  return found;
}

function byMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : undefined;
}

/** One damaged byte in a long text makes it no other set: at least ten characters of several bytes for each that is broken. */
function isNearlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes);
  const broken = count(text, '\uFFFD');
  if (broken * 10 > text.length) return false;
  let wide = 0;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) wide++;
  return wide - broken >= broken * 10;
}

/**
 * The character set of a table that nothing describes, by its mark, its zeros, or the frequencies of its letters; undefined where it is UTF-8, or
 * may be. A table has few words among many numbers: those with letters beyond ASCII count twice, and the best guess is taken however poor.
 */
export function characterSetOf(bytes: Uint8Array): string | undefined {
  const known = byMark(bytes) ?? byZeros(bytes);
  if (known !== undefined) return known === 'utf-8' ? undefined : known;
  if (isUtf8(bytes)) return undefined;
  const sample = bytes.subarray(0, SAMPLE);
  const sums = new Map<string, number>();
  for (const part of [sample, foreignWords(sample)])
    for (const { name, confidence } of analyse(part)) sums.set(name, (sums.get(name) ?? 0) + confidence);
  const likely = [...sums].toSorted(([, one], [, other]) => other - one);
  return likely.find(([name]) => decoderOf(name, true) && reads(sample, name))?.[0] ?? 'windows-1252';
}

/** The words that have letters beyond ASCII. */
function foreignWords(bytes: Uint8Array): Uint8Array {
  const kept: number[] = [];
  let word: number[] = [];
  const end = () => {
    if (word.some((byte) => byte > 0x7f)) kept.push(...word, 0x20);
    word = [];
  };
  for (const byte of bytes)
    if (byte > 0x7f || (byte > 0x40 && byte < 0x5b) || (byte > 0x60 && byte < 0x7b)) word.push(byte);
    else end();
  end();
  return Uint8Array.from(kept);
}

/** The likeliest character set of bytes that nothing describes. */
function likeliest(bytes: Uint8Array): string {
  const wide = byZeros(bytes);
  if (wide) return wide;
  const sample = withoutTags(bytes);
  const likely = analyse(sample).filter(
    ({ name, confidence }) => confidence >= LEAST_CONFIDENCE && decoderOf(name),
  );
  const clean = likely.find(({ name }) => decoderOf(name, true) && reads(sample, name));
  return clean?.name ?? 'windows-1252';
}

/** UTF-16 without a mark: in most scripts, every other byte of much of it is the same. Spaces and line ends alone give it away. */
function byZeros(bytes: Uint8Array): string | undefined {
  const end = Math.min(bytes.length, SAMPLE) & ~1;
  let [even, odd] = [0, 0];
  for (let at = 0; at < end; at += 2) {
    if (bytes[at] === 0) even++;
    if (bytes[at + 1] === 0) odd++;
  }
  if (odd > end / 20 && even * 10 < odd) return 'utf-16le';
  return even > end / 20 && odd * 10 < even ? 'utf-16be' : undefined;
}

/** The first part of a document without what stands between angle brackets: markup says nothing of the language. */
function withoutTags(bytes: Uint8Array): Uint8Array {
  const kept: number[] = [];
  let inTag = false;
  for (const byte of bytes) {
    if (byte === 0x3c) inTag = true;
    if (!inTag) kept.push(byte);
    if (byte === 0x3e) inTag = false;
    if (kept.length >= SAMPLE) break;
  }
  // “<” in a plain text is no tag.
  return kept.some((byte) => byte > 0x7f) ? Uint8Array.from(kept) : bytes.subarray(0, SAMPLE);
}

/** Whether the bytes mean something in a set; a character that the sample cuts off does not count. */
function reads(sample: Uint8Array, name: string): boolean {
  try {
    decoderOf(name, true)?.decode(sample, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** What decodes a character set; undefined where there is no such set. */
export function decoderOf(
  label: string | undefined,
  fatal = false,
): InstanceType<typeof TextDecoder> | undefined {
  if (label === undefined) return undefined;
  try {
    return new TextDecoder(label, { fatal });
  } catch {
    return undefined; // no such character set
  }
}
