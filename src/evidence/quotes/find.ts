import approximate from 'approx-string-match';
import { type Folded, foldCase } from './letter-case.ts';
import { type FlatText, flatten } from './typography.ts';

/** A passage of a text, in UTF-16 units; `end` is exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Where a quote stands in a text. Only `exact` is the quote; `near` is a candidate for a person to look at, never more. */
export type Found =
  | { readonly kind: 'exact'; readonly places: readonly Range[] }
  | { readonly kind: 'typographic'; readonly places: readonly Range[] }
  /** The same words, in other letter case. */
  | { readonly kind: 'case'; readonly places: readonly Range[] }
  | { readonly kind: 'near'; readonly range: Range; readonly distance: number }
  | { readonly kind: 'none' };

/** A text prepared for many searches. */
export interface TextIndex {
  readonly text: string;
  readonly flat: FlatText;
  /** Where each word begins in the flat text. */
  readonly words: ReadonlyMap<string, readonly number[]>;
  /** The flat text in one letter case; made when it is first needed. */
  readonly folded: () => Folded;
}

/** Beyond this share of its length, what is found has nothing to do with the quote. */
const MOST_EDITS = 0.4;
const MOST_PLACES = 1000;

/** A word; of scripts that put no spaces between words, every two characters. */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[\p{L}\p{M}\p{N}]+/gu;

export function indexText(text: string): TextIndex {
  const flat = flatten(text);
  const words = new Map<string, number[]>();
  for (const { word, at } of wordsOf(flat.flat)) {
    const known = words.get(word);
    if (known) known.push(at);
    else words.set(word, [at]);
  }
  let folded: Folded | undefined;
  return {
    text,
    flat,
    words,
    folded: () => {
      folded ??= foldCase(flat.flat);
      return folded;
    },
  };
}

function* wordsOf(flat: string): Iterable<{ word: string; at: number }> {
  let before: { word: string; at: number } | undefined;
  for (const { 0: word, index: at } of flat.matchAll(WORD)) {
    const joined = before !== undefined && before.at + before.word.length === at;
    if (joined && before) yield { word: before.word + word, at: before.at };
    else if (word.length > 1 || !before) yield { word: word.toLowerCase(), at };
    before = { word, at };
    if (word.length > 1) before = undefined;
  }
}

/** Where a quote stands: character by character, else but for typography, else but for letter case, else the passage that is nearest to it. */
export function findQuote(index: TextIndex, quote: string): Found {
  if (quote === '') return { kind: 'none' };
  const exact = occurrences(index.text, quote);
  if (exact.length > 0)
    return { kind: 'exact', places: exact.map((start) => ({ start, end: start + quote.length })) };
  const flatQuote = flatten(quote).flat;
  if (flatQuote === '') return { kind: 'none' };
  const flat = occurrences(index.flat.flat, flatQuote);
  if (flat.length > 0)
    return {
      kind: 'typographic',
      places: flat.map((start) => original(index, start, start + flatQuote.length)),
    };
  const { folded: foldedQuote } = foldCase(flatQuote);
  const inOtherCase = occurrences(index.folded().folded, foldedQuote);
  if (inOtherCase.length > 0)
    return {
      kind: 'case',
      places: inOtherCase.map((start) => originalOfFolded(index, start, start + foldedQuote.length)),
    };
  return nearest(index, foldedQuote);
}

function originalOfFolded(index: TextIndex, start: number, end: number): Range {
  const { at } = index.folded();
  return at
    ? original(index, at[start] ?? 0, at[end] ?? index.flat.flat.length)
    : original(index, start, end);
}

function occurrences(text: string, part: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(part); at >= 0 && found.length < MOST_PLACES; at = text.indexOf(part, at + 1))
    found.push(at);
  return found;
}

/** A passage of the flat text in the text itself, without white space at its ends. */
function original({ text, flat }: TextIndex, start: number, end: number): Range {
  const from = flat.at[start] ?? text.length;
  let to = flat.at[end] ?? text.length;
  // A mark on the last letter belongs to it; white space does not.
  while (to > from && /[\s\u00ad\u200b]/.test(text[to - 1] as string)) to--;
  return { start: from, end: to };
}

/**
 * The nearest passage. Words that the text shares with the quote vote for the place where it would have to begin, rare words with more weight; the
 * best places are verified by edit distance (Myers’s bit-parallel algorithm, in approx-string-match). Where none is verified, the whole text is searched
 * in the same way, so that nothing within the limit is missed.
 */
function nearest(index: TextIndex, quote: string): Found {
  const most = Math.floor(quote.length * MOST_EDITS);
  const margin = Math.max(16, most);
  const { folded: text } = index.folded();
  let best: { start: number; end: number; errors: number } | undefined;
  for (const place of candidates(index, quote)) {
    const from = Math.max(0, place - margin);
    const window = text.slice(from, place + quote.length + margin);
    const match = bestMatch(window, quote, best === undefined ? most : best.errors - 1);
    if (match) best = { start: match.start + from, end: match.end + from, errors: match.errors };
  }
  best ??= bestMatch(text, quote, most);
  if (!best) return { kind: 'none' };
  return {
    kind: 'near',
    range: tidied(index, originalOfFolded(index, best.start, best.end), quote),
    distance: best.errors,
  };
}

/**
 * A passage found by its letters, from word to word: what it took of a block before or after it, and the quote does not have, is left out; words that it
 * cut are taken whole.
 */
function tidied({ text }: TextIndex, { start, end }: Range, quote: string): Range {
  let [from, to] = [start, end];
  const known = new Set(foldCase(quote).folded.match(/[\p{L}\p{M}\p{N}]+/gu));
  const isForeign = (part: string) =>
    !(foldCase(flatten(part).flat).folded.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).some((word) =>
      known.has(word),
    );
  const passage = text.slice(start, end);
  const [first, last] = [passage.indexOf('\n'), passage.lastIndexOf('\n')];
  if (first >= 0 && first < passage.length / 3 && isForeign(passage.slice(0, first)))
    from = start + first + 1;
  if (last > (2 * passage.length) / 3 && isForeign(passage.slice(last))) to = start + last;
  const isWord = (at: number) => /[\p{L}\p{M}\p{N}]/u.test(text[at] ?? '');
  while (from > 0 && isWord(from - 1) && isWord(from)) from--;
  while (to < text.length && isWord(to - 1) && isWord(to)) to++;
  while (from < to && /\s/.test(text[from] ?? '')) from++;
  while (to > from && /\s/.test(text[to - 1] ?? '')) to--;
  return { start: from, end: to };
}

const MOST_CANDIDATES = 12;
/** A word that stands in a text more often than this says nothing of a place. */
const COMMON = 2000;

function candidates({ words }: TextIndex, quote: string): number[] {
  const votes = new Map<number, number>();
  const bucket = 32;
  for (const { word, at } of wordsOf(quote)) {
    const places = words.get(word);
    if (!places || places.length > COMMON) continue;
    const weight = 1 / places.length;
    for (const place of places) {
      const start = Math.round((place - at) / bucket);
      for (const near of [start - 1, start, start + 1])
        votes.set(near, (votes.get(near) ?? 0) + (near === start ? weight : weight / 2));
    }
  }
  return [...votes]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, MOST_CANDIDATES)
    .map(([start]) => Math.max(0, start * bucket));
}

function bestMatch(
  text: string,
  quote: string,
  most: number,
): { start: number; end: number; errors: number } | undefined {
  if (most < 0) return undefined;
  const matches = approximate(text, quote, most);
  return matches.reduce<(typeof matches)[number] | undefined>(
    (best, match) => (best === undefined || match.errors < best.errors ? match : best),
    undefined,
  );
}

/** Of several places, the one whose surroundings are those of the quote; undefined where that does not decide. */
export function choosePlace(
  text: string,
  places: readonly Range[],
  { prefix, suffix }: { readonly prefix: string; readonly suffix: string },
): Range | undefined {
  if (places.length < 2) return places[0];
  const fits = ({ start, end }: Range) => {
    const before = flatten(text.slice(Math.max(0, start - prefix.length - 40), start)).flat;
    const after = flatten(text.slice(end, end + suffix.length + 40)).flat;
    return (
      before.endsWith(flatten(prefix).flat.trimStart()) && after.startsWith(flatten(suffix).flat.trimEnd())
    );
  };
  const fitting = places.filter(fits);
  return fitting.length === 1 ? fitting[0] : undefined;
}
