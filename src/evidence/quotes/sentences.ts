import { endsWithAbbreviation } from './abbreviations.ts';
import type { Range } from './find.ts';

/** Sentences of any language, as Unicode finds their ends (UAX #29), but for abbreviations. */
const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Marks of footnotes, and what else clings to the end of a sentence: it belongs to what it stands behind. */
const CLINGING = /(?:[*†‡§¶#°ªº]|[^\P{No}]|\[[^\]\s]{1,4}\]|\(\d{1,3}\)|["'”’»)\]])+/uy;

/** A block of text in which sentences are looked up: line breaks and tabs within it are spaces. */
interface Sentences {
  /** The sentence that holds a place. */
  at(place: number): Range;
}

/** How much is looked at on each side of a passage, at first and at most: more than any sentence, less than a text without any. */
const REACH = 2000;
const MOST_REACH = 128_000;
/** No sentence has more abbreviations in a row. */
const MOST_JOINED = 40;

function sentencesOf(text: string): Sentences {
  const plain = text.replace(/[\t\n\r]/g, ' ');
  const segments = segmenter.segment(plain);
  const segment = (place: number): Range => {
    const at = Math.max(0, Math.min(place, plain.length - 1));
    const { index = 0, segment: own = '' } = segments.containing(at) ?? {};
    return refined({ start: index, end: index + own.length }, own, at);
  };
  const goesOn = ({ start }: Range, border: number) =>
    endsWithAbbreviation(
      plain.slice(Math.max(start, border - 40), border),
      plain.slice(border, border + 40),
    ) || isEnumerator(plain.slice(start, border));
  return {
    at(place) {
      let { start, end } = segment(place);
      for (let joined = 0; start > 0 && joined < MOST_JOINED; joined++) {
        const before = segment(start - 1);
        if (!goesOn(before, start)) break;
        start = before.start;
      }
      let last = { start, end };
      for (let joined = 0; end < plain.length && goesOn(last, end) && joined < MOST_JOINED; joined++) {
        last = segment(end);
        end = last.end;
      }
      return { start: afterClinging(plain, start), end: afterClinging(plain, end) };
    },
  };
}

/** Unicode lets a sentence go on if a small letter follows its end, also behind a bracket. */
const BEFORE_BRACKET = /[.!?…]["'”’»)\]]*\s+(?=[[(（【])/g;
const BEFORE_SMALL = /(?<=\p{L}{3})[.!?…]["'”’»)\]]*\s+(?=[[(（【]|\p{Ll})/gu;
/** Nothing longer is one sentence to Unicode, but a text that has no capitals. */
const LONG = 1500;

function refined({ start, end }: Range, own: string, at: number): Range {
  let range = { start, end };
  for (const { index, 0: found } of own.matchAll(own.length > LONG ? BEFORE_SMALL : BEFORE_BRACKET)) {
    const border = start + index + found.length;
    const [before, after] = [
      own.slice(Math.max(0, border - start - 40), border - start),
      own.slice(border - start, border - start + 40),
    ];
    if (endsWithAbbreviation(before, after)) continue;
    if (border > at) return { ...range, end: border };
    range = { ...range, start: border };
  }
  return range;
}

/** “3.” and “a.” stand before their sentence. */
const isEnumerator = (text: string) => /^\s*\(?(?:\d{1,3}|\p{L})\.\s*$/u.test(text);

/** Past the marks that cling to the sentence which ends here. */
function afterClinging(text: string, place: number): number {
  if (place === 0 || place >= text.length || /\s/.test(text[place - 1] ?? '')) return place;
  // Unicode leaves an opening bracket with the sentence before it.
  CLINGING.lastIndex = text[place - 1] === '[' || text[place - 1] === '(' ? place - 1 : place;
  return CLINGING.test(text) ? Math.max(place, CLINGING.lastIndex) : place;
}

/** The whole sentences in which a passage of a block stands; without white space at their ends. */
export function sentencesAround(text: string, block: Range, passage: Range): Range {
  for (let reach = REACH; ; reach *= 8) {
    const from = Math.max(block.start, passage.start - reach);
    const to = Math.min(block.end, passage.end + reach);
    const found = sentencesWithin(text, { start: from, end: to }, passage);
    const isCut = (found.start === from && from > block.start) || (found.end === to && to < block.end);
    if (!isCut || reach >= MOST_REACH) return trimmed(text, found);
  }
}

function sentencesWithin(text: string, { start: from, end: to }: Range, passage: Range): Range {
  const sentences = sentencesOf(text.slice(from, to));
  const { start } = sentences.at(firstLetter(text, passage) - from);
  const { end } = sentences.at(lastLetter(text, passage) - from);
  return { start: Math.min(start + from, passage.start), end: Math.max(end + from, passage.end) };
}

const isSpace = (text: string, place: number) => /\s/.test(text[place] ?? 'x');

function firstLetter(text: string, { start, end }: Range): number {
  let at = start;
  while (at < end - 1 && isSpace(text, at)) at++;
  return at;
}

function lastLetter(text: string, { start, end }: Range): number {
  let at = end - 1;
  while (at > start && isSpace(text, at)) at--;
  return at;
}

/** A range without white space at its ends. */
export function trimmed(text: string, { start, end }: Range): Range {
  let [from, to] = [start, end];
  while (from < to && isSpace(text, from)) from++;
  while (to > from && isSpace(text, to - 1)) to--;
  return { start: from, end: to };
}
