import { isMap, isSeq, parseDocument, stringify } from 'yaml';
import type { Quote } from './evidence.ts';
import type { Source } from './schema.ts';

/** New entries in the files that people write too: in files of their own, or at the end, so that what stands there stays as it is. */

/** The file of one source: sources/ID.json. */
export const sourceText = (source: Source) => `${JSON.stringify(source, null, 2)}\n`;

const WIDTH = { lineWidth: 110 };

/** The text of quotes.yaml with one more quote. */
export function withQuote(text: string, quote: Quote): string {
  const document = parseDocument(text);
  // A list in brackets cannot go on below them.
  if (isSeq(document.contents) && document.contents.flow && document.contents.items.length > 0) {
    document.contents.flow = false;
    document.add(document.createNode(quote));
    return document.toString(WIDTH);
  }
  const entry = stringify([quote], WIDTH);
  return /^\s*(?:\[\s*\]\s*)?$/.test(text) ? entry : `${withoutLast(text, '\n')}\n${entry}`;
}

function withoutLast(text: string, sign: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === sign) end--;
  return text.slice(0, end);
}

/** The text of a file of quotes with another passage in the place of the quote of that id; undefined if it has none of that id. */
export function withReplacedQuote(text: string, quote: Quote): string | undefined {
  const document = parseDocument(text);
  const { contents } = document;
  const index = isSeq(contents)
    ? contents.items.findIndex((item) => isMap(item) && String(item.get('id')) === quote.id)
    : -1;
  if (index < 0) return undefined;
  document.setIn([index], document.createNode(quote));
  return document.toString(WIDTH);
}

const MOST_ID = 60;

/**
 * An id made of a text, such as an address, that nothing else has. Ids are in a–z and 0–9: where little of the text is, and another id is given to stand
 * for it, that one with a number.
 */
export function freeId(text: string, taken: ReadonlySet<string>, instead?: string): string {
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/^https?:\/\/(?:www\.)?/, '')
    .replace(/\.(?:html?|php|aspx?|pdf|eml|txt|png|jpe?g)(?=$|[?#])/, '')
    .replace(/\p{M}/gu, '');
  if (instead !== undefined && isForeign(plain)) return numbered(instead, taken, 1);
  const words = plain.match(/[a-z0-9]+/g) ?? ['source'];
  let id = '';
  for (const word of words) {
    if (id !== '' && id.length + 1 + word.length > MOST_ID) break;
    id = id === '' ? word.slice(0, MOST_ID) : `${id}-${word}`;
  }
  return taken.has(id) ? numbered(id, taken, 2) : id;
}

/** Whether most of its letters are of other scripts, or it has none. */
function isForeign(text: string): boolean {
  const all = text.match(/\p{L}/gu)?.length ?? 0;
  return (text.match(/[a-z]/g)?.length ?? 0) <= all / 2;
}

function numbered(id: string, taken: ReadonlySet<string>, first: number): string {
  for (let number = first; ; number++) if (!taken.has(`${id}-${number}`)) return `${id}-${number}`;
}
