import type { Quote, QuoteVerdict } from '#edition/index';
import { toCodePoints } from './code-points.ts';
import { criticalWords } from './critical.ts';
import { choosePlace, findQuote, indexText, type Range, type TextIndex } from './find.ts';
import { type Passage, passageIn, type QuotedText } from './quote.ts';
import { type Piece, wordDifference } from './words.ts';

/** What has become of one quote in a new text of its source. */
export interface JudgedQuote {
  readonly verdict: QuoteVerdict;
  /** Why, where the verdict alone does not say it. */
  readonly why?: string;
  /** The passage as it stands now: the same, or the one that is nearest to it. */
  readonly passage?: Passage;
  /** From the quote to that passage, word by word. */
  readonly difference?: readonly Piece[];
  /** The words in the difference on which the meaning may turn. */
  readonly critical?: readonly string[];
}

/** A text in which several quotes are looked up. */
export interface NewText extends QuotedText {
  readonly index: TextIndex;
}

export const newText = (text: QuotedText): NewText => ({ ...text, index: indexText(text.text) });

/**
 * Compares a quote with the text of its source as it is now. What is equal character by character may still mean something else if a negation was put
 * before it, so that the rest of its sentence is looked at too. Similarity is never a reason to accept anything.
 */
export function judgeQuote(quote: Quote, now: NewText): JudgedQuote {
  if (quote.hidden) return judgeHidden(quote, now);
  const found = findQuote(now.index, quote.exact);
  switch (found.kind) {
    case 'exact':
    case 'typographic': {
      const place = choosePlace(now.text, found.places, quote) ?? samePosition(quote, now, found.places);
      if (!place)
        return {
          verdict: 'ambiguous',
          why: `it stands there ${found.places.length} times, and its surroundings have changed`,
        };
      return judgePlace(quote, now, place, found.kind);
    }
    case 'near':
      return judgeNear(quote, now, wholeWords(now.text, found.range));
    case 'none':
      return isIn(now.hidden, quote.exact)
        ? { verdict: 'gone', why: 'it stands only in text that the page does not show any more' }
        : { verdict: 'gone' };
  }
}

/** Of several places the one where it was, if the text before it has the same length. */
function samePosition(quote: Quote, now: NewText, places: readonly Range[]): Range | undefined {
  if (now.hash !== quote.text) return undefined;
  const points = toCodePoints(now.text);
  return places.find(({ start }) => points(start) === quote.start);
}

function judgePlace(quote: Quote, now: NewText, place: Range, kind: 'exact' | 'typographic'): JudgedQuote {
  const passage = passageIn(now, now.text)(place);
  const around = sentenceChanges(quote, passage, SENTENCE_END);
  const critical = criticalWords(around);
  if (critical.length > 0) return { verdict: 'critical', why: AROUND, passage, difference: around, critical };
  const onItsLine = sentenceChanges(quote, passage, LINE_END);
  if (onItsLine.some(({ kind: own, text }) => own !== 'same' && /[\p{L}\p{N}]/u.test(text)))
    return { verdict: 'reworded', why: AROUND, passage, difference: onItsLine };
  if (kind === 'typographic')
    return { verdict: 'typographic', passage, difference: wordDifference(quote.exact, passage.exact) };
  return { verdict: passage.start === quote.start ? 'same' : 'moved', passage };
}

const AROUND = 'its words are the same, but those around it in its sentence are not';

function judgeNear(quote: Quote, now: NewText, range: Range): JudgedQuote {
  const passage = passageIn(now, now.text)(range);
  const difference = wordDifference(quote.exact, passage.exact);
  const critical = criticalWords([...difference, ...sentenceChanges(quote, passage, SENTENCE_END)]);
  return { verdict: critical.length > 0 ? 'critical' : 'reworded', passage, difference, critical };
}

function judgeHidden(quote: Quote, now: NewText): JudgedQuote {
  if (isIn(now.hidden, quote.exact)) return { verdict: 'same', why: 'in text that the page does not show' };
  const shown = findQuote(now.index, quote.exact);
  return shown.kind === 'exact' || shown.kind === 'typographic'
    ? { verdict: 'moved', why: 'the page shows it now' }
    : { verdict: 'gone' };
}

const isIn = (text: string, quote: string) => {
  if (text === '') return false;
  const { kind } = findQuote(indexText(text), quote);
  return kind === 'exact' || kind === 'typographic';
};

/** A passage found by its letters, widened to whole words. */
function wholeWords(text: string, { start, end }: Range): Range {
  const isWord = (unit: string | undefined) => unit !== undefined && /[\p{L}\p{M}\p{N}]/u.test(unit);
  let [from, to] = [start, end];
  while (from > 0 && isWord(text[from - 1]) && isWord(text[from])) from--;
  while (to < text.length && isWord(text[to - 1]) && isWord(text[to])) to++;
  return { start: from, end: to };
}

/** Where a sentence ends, at the latest: a line that ends with a colon goes on in the next paragraph. */
const SENTENCE_END = /[.!?。！？؟।]["'”’»)\]]*\s|(?<!:\s*)\n\s*\n/g;
/** Where it ends if a line is one too: blocks of a page are lines, but so are the broken lines of a PDF. */
const LINE_END = /[.!?。！？؟।]["'”’»)\]]*\s|(?<!:\s*)\n/g;

/** What changed in the rest of the sentence, before the quote and after it; between the two stands the passage itself. */
function sentenceChanges(quote: Quote, passage: Passage, end: RegExp): Piece[] {
  const [before, after] = [
    { old: lastPart(quote.prefix, end), now: lastPart(passage.prefix, end) },
    { old: firstPart(quote.suffix, end), now: firstPart(passage.suffix, end) },
  ];
  return [
    ...withoutEdge(before, 0, before.old === quote.prefix || before.now === passage.prefix),
    { kind: 'same', text: passage.exact },
    ...withoutEdge(after, -1, after.old === quote.suffix || after.now === passage.suffix),
  ];
}

function lastPart(prefix: string, end: RegExp): string {
  const last = [...prefix.matchAll(end)].at(-1);
  return last ? prefix.slice(last.index + last[0].length) : prefix;
}

function firstPart(suffix: string, end: RegExp): string {
  const [first] = suffix.matchAll(end);
  return first ? suffix.slice(0, first.index + 1) : suffix;
}

/** Only so much context is kept: where the sentence goes on beyond it, its far end shifts with every word, and says nothing. */
function withoutEdge({ old, now }: { old: string; now: string }, edge: 0 | -1, isCut: boolean): Piece[] {
  const pieces = wordDifference(old, now);
  if (!isCut || old === '' || now === '') return pieces;
  const far = pieces.at(edge);
  return pieces.filter((piece) => piece !== far || piece.kind === 'same');
}
