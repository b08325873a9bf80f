import type { Quote, QuoteVerdict } from '#edition/index';
import {
  noteDifference,
  reversedBy,
  type Surrounding,
  sentenceDifference,
  surroundingsOf,
} from './compare-settings.ts';
import { criticalWords } from './critical.ts';
import { choosePlace, findQuote, type Range } from './find.ts';
import { hyphensThatMayCount } from './hyphens.ts';
import { type Layout, layoutOf } from './layout.ts';
import { foldCase, isAllCapitals } from './letter-case.ts';
import { lostWords } from './lost.ts';
import type { Passage } from './quote.ts';
import type { NewText, OldText } from './quoted-texts.ts';
import { sentencesAround } from './sentences.ts';
import { type Setting, settingOf } from './setting.ts';
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
  /** What the passage named and does not name any more. */
  readonly lost?: readonly string[];
  /** What is no longer as it was around the passage, apart from its own sentence. */
  readonly surroundings?: readonly Surrounding[];
}

/**
 * Compares a quote with the text of its source as it is now. What is equal character by character may still mean something else if a negation was put
 * before it, so that its whole sentence is looked at, and what the sentence belongs to. All of that is read from the old text; only if the archive does
 * not have it, the few words kept with the quote have to do. Similarity is never a reason to accept anything.
 */
export function judgeQuote(quote: Quote, now: NewText, old?: OldText): JudgedQuote {
  if (quote.hidden) return judgeHidden(quote, now);
  const was = placeOf(quote, old);
  const found = findQuote(now.index, quote.exact);
  switch (found.kind) {
    case 'exact':
    case 'typographic':
    case 'case': {
      const place = choose(quote, now, was, found.places);
      if (!place)
        return {
          verdict: 'ambiguous',
          why: `it stands there ${found.places.length} times, and its surroundings have changed`,
        };
      return judgePlace(quote, now, was, place, found.kind);
    }
    case 'near':
      return judgeNear(quote, now, was, found.range);
    case 'none':
      return now.isHidden(quote.exact)
        ? { verdict: 'gone', why: 'it stands only in text that the page does not show any more' }
        : { verdict: 'gone' };
  }
}

/** Where a quote stood. */
interface Was {
  readonly layout: Layout;
  readonly range: Range;
  /** All that is known is the words kept with the quote. */
  readonly isExcerpt: boolean;
}

function placeOf(quote: Quote, old: OldText | undefined): Was {
  const known = old?.at(quote);
  if (known) return { ...known, isExcerpt: false };
  const { prefix, exact, suffix } = quote;
  const text = prefix + exact + suffix;
  return {
    layout: layoutOf(text),
    range: { start: prefix.length, end: prefix.length + exact.length },
    isExcerpt: true,
  };
}

/** The setting of a passage now; where only an excerpt of the old text is known, of as much as that. */
function settingNow(now: NewText, range: Range, { isExcerpt }: Was): Setting {
  if (!isExcerpt) return settingOf(now.layout(), range);
  const { prefix, exact, suffix } = now.passage(range);
  return settingOf(layoutOf(prefix + exact + suffix), {
    start: prefix.length,
    end: prefix.length + exact.length,
  });
}

/** Of several places the one whose surroundings are those of the quote; else the one that has the same number among them. */
function choose(quote: Quote, now: NewText, was: Was, places: readonly Range[]): Range | undefined {
  if (places.length < 2) return places[0];
  if (was.isExcerpt) return choosePlace(now.text, places, quote) ?? samePosition(quote, now, places);
  const { range } = was;
  const { text } = was.layout;
  // A word that goes on is another word: “encrypted” is not “unencrypted”.
  const whole = places.filter((place) => edgesOf(now.text, place) === edgesOf(text, range));
  const candidates = whole.length > 0 ? whole : places;
  const context = {
    prefix: text.slice(Math.max(0, range.start - 64), range.start),
    suffix: text.slice(range.end, range.end + 64),
  };
  const alike = choosePlace(now.text, candidates, context);
  if (alike) return alike;
  const before = settingOf(was.layout, range);
  const same = candidates.slice(0, MOST_SETTINGS).filter((place) => {
    const setting = settingOf(now.layout(), place);
    return (
      sentenceDifference(before.sentence, setting.sentence).length === 0 &&
      surroundingsOf(before, setting).every(({ what }) => what === 'before' || what === 'after')
    );
  });
  // Where nothing tells them apart, either will do.
  if (same.length > 0) return same[0];
  const earlier = occurrences(text, text.slice(range.start, range.end));
  return earlier.length === places.length ? places[earlier.indexOf(range.start)] : undefined;
}

const MOST_SETTINGS = 50;

function occurrences(text: string, part: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(part); at >= 0 && found.length < 1000; at = text.indexOf(part, at + 1))
    found.push(at);
  return found;
}

/** Whether the first and the last word of a passage go on beyond it. */
function edgesOf(text: string, { start, end }: Range): string {
  const isWord = (at: number) => /[\p{L}\p{M}\p{N}]/u.test(text[at] ?? '');
  return `${isWord(start - 1) && isWord(start)} ${isWord(end - 1) && isWord(end)}`;
}

/** Of several places the one where it was, if the text is the same. */
function samePosition(quote: Quote, now: NewText, places: readonly Range[]): Range | undefined {
  if (now.hash !== quote.text) return undefined;
  return places.find((place) => now.passage(place).start === quote.start);
}

function judgePlace(
  quote: Quote,
  now: NewText,
  was: Was,
  place: Range,
  kind: 'exact' | 'typographic' | 'case',
): JudgedQuote {
  const passage = now.passage(place);
  const [before, after] = [settingOf(was.layout, was.range), settingNow(now, place, was)];
  const around = surroundingsOf(before, after);
  const told = around.length > 0 ? { surroundings: around } : {};
  const isRecased = kind === 'case' && !isAllCapitals(passage.exact) && !isAllCapitals(quote.exact);
  const difference = inSentence(before, after, was, kind === 'case');
  if (difference.length > 0) {
    const critical = criticalWords(difference);
    const verdict = critical.length > 0 ? 'critical' : 'reworded';
    return { verdict, why: AROUND, passage, difference, critical, ...told };
  }
  const reversed = reversedBy(before, after);
  if (reversed)
    return {
      verdict: 'critical',
      why: reversed.why,
      passage,
      difference: reversed.difference,
      critical: reversed.critical,
      ...told,
    };
  const note = noteDifference(before, after);
  if (note.length > 0) {
    const critical = criticalWords(note);
    const verdict = critical.length > 0 ? 'critical' : 'reworded';
    return { verdict, why: NOTE, passage, difference: note, critical, ...told };
  }
  const words = () => wordDifference(quote.exact, passage.exact);
  if (isRecased)
    return {
      verdict: 'reworded',
      why: 'its words are the same, in other letter case',
      passage,
      difference: words(),
      ...told,
    };
  const hyphens = hyphensThatMayCount(before.written, after.written, now.text);
  if (hyphens)
    return {
      verdict: 'reworded',
      why: `a line breaks where a hyphen makes another word: ${hyphens}`,
      passage,
      difference: words(),
      ...told,
    };
  if (kind !== 'exact') return { verdict: 'typographic', passage, difference: words(), ...told };
  return { verdict: passage.start === quote.start ? 'same' : 'moved', passage, ...told };
}

const AROUND = 'its words are the same, but those around it in its sentence are not';

const NOTE = 'its words are the same, but the note to it is not';

/** What changed in the whole sentence. */
function inSentence(before: Setting, after: Setting, { isExcerpt }: Was, isCase: boolean): readonly Piece[] {
  const [old, now] = [before.sentence, after.sentence].map((own) =>
    isCase ? foldCase(own).folded : own,
  ) as [string, string];
  const pieces = sentenceDifference(old, now);
  if (!isExcerpt) return pieces;
  // Only so much is known of it: where the sentence goes on beyond that, its far ends shift with every word, and say nothing.
  const kept = pieces.filter((piece, index) => piece.kind === 'same' || !isFarEnd(pieces, index));
  return kept.some(({ kind }) => kind !== 'same') ? kept : [];
}

function isFarEnd(pieces: readonly Piece[], index: number): boolean {
  return (
    pieces.slice(0, index).every(({ kind }) => kind !== 'same') ||
    pieces.slice(index + 1).every(({ kind }) => kind !== 'same')
  );
}

function judgeNear(quote: Quote, now: NewText, was: Was, near: Range): JudgedQuote {
  const range = wholeSentences(now, was, near);
  const passage = now.passage(range);
  const difference = wordDifference(quote.exact, passage.exact);
  const [before, after] = [settingOf(was.layout, was.range), settingNow(now, range, was)];
  const critical = [
    ...new Set([...criticalWords(difference), ...criticalWords(inSentence(before, after, was, false))]),
  ];
  const around = surroundingsOf(before, after);
  const lost = lostWords(difference, passage.exact);
  return {
    verdict: critical.length > 0 ? 'critical' : 'reworded',
    passage,
    difference,
    critical,
    ...(lost.length > 0 ? { lost } : {}),
    ...(around.length > 0 ? { surroundings: around } : {}),
  };
}

/** The nearest passage to a quote that was a sentence, or several, begins and ends with one too. */
function wholeSentences(now: NewText, was: Was, near: Range): Range {
  if (was.isExcerpt || now.layout().isJson) return near;
  const blockAt = (layout: Layout, place: number) =>
    layout.blocks.find(({ start, end }) => place >= start && place < end) ?? {
      start: 0,
      end: layout.text.length,
    };
  const around = (layout: Layout, { start, end }: Range) => ({
    start: sentencesAround(layout.text, blockAt(layout, start), { start, end: Math.min(end, start + 1) })
      .start,
    end: sentencesAround(layout.text, blockAt(layout, end - 1), { start: end - 1, end }).end,
  });
  const own = around(was.layout, was.range);
  const now1 = around(now.layout(), near);
  const most = (near.end - near.start) / 4;
  return {
    start: own.start === was.range.start && near.start - now1.start <= most ? now1.start : near.start,
    end: own.end === was.range.end && now1.end - near.end <= most ? now1.end : near.end,
  };
}

function judgeHidden(quote: Quote, now: NewText): JudgedQuote {
  if (now.isHidden(quote.exact)) return { verdict: 'same', why: 'in text that the page does not show' };
  return 'places' in findQuote(now.index, quote.exact)
    ? { verdict: 'moved', why: 'the page shows it now' }
    : { verdict: 'gone' };
}
