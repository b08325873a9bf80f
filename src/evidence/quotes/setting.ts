import type { Block } from '../text/blocks.ts';
import {
  endOf,
  headingsOf,
  introductionsOf,
  isSentence,
  questionOf,
  SENTENCE_END,
  withoutBullet,
} from './belonging.ts';
import type { Range } from './find.ts';
import { siblingsOf, valueAround } from './json-key.ts';
import { flat, indexAt, type Layout, wordsOf } from './layout.ts';
import { isNote, notesOf } from './notes.ts';
import { sentencesAround, trimmed } from './sentences.ts';
import { flatten } from './typography.ts';
import { isDated, isOfValidity } from './validity.ts';

/** What stands around a passage, as it is compared: without what typesetting does. */
export interface Setting {
  /** The whole sentences that the passage is a part of. */
  readonly sentence: string;
  /** It is no sentence of its own, but an item or a cell that completes what stands above it. */
  readonly isPart: boolean;
  /** What introduces the list or paragraph, the nearest first: “We never:”. */
  readonly introductions: readonly string[];
  /** What the notes to its marks say. */
  readonly notes: readonly string[];
  /** The headings above, the nearest first. */
  readonly headings: readonly string[];
  /** Whether it is known which heading stands under which; else they are the nearest, and those right above it. */
  readonly isRanked: boolean;
  /** The heads of its row and column; of a value in JSON, the keys that lead to it. */
  readonly heads: readonly string[];
  readonly before: string;
  readonly after: string;
  /** The blocks next to its own, whatever they are, as they are written. */
  readonly beside: string;
  /** Of a value in JSON, the other plain values of its object, by their keys. */
  readonly siblings: ReadonlyMap<string, string>;
  /** What stands above it in a text whose lines alone tell of its blocks. */
  readonly above: string;
  /** Whether a sentence stands anywhere in the text. */
  readonly stands: (sentence: string) => boolean;
  /** Its sentences as they are written. */
  readonly written: string;
  /** Statements above that say when the text holds. */
  readonly validity: readonly string[];
  /** Whether a mark before it on its line turns the order in which it is shown. */
  readonly isOverridden: boolean;
}

/** What stands around a passage of a text. */
export function settingOf(layout: Layout, passage: Range): Setting {
  const { text, blocks } = layout;
  const own = trimmed(text, passage);
  if (layout.isJson) return settingInJson(text, own);
  const first = indexAt(blocks, own.start);
  const last = Math.max(first, indexAt(blocks, own.end - 1));
  const [from, to] = [blocks[first], blocks[last]];
  if (!from || !to) return { ...ALONE, sentence: flat(text, own), written: text.slice(own.start, own.end) };
  const sentence = {
    start: sentencesAround(text, from, { start: own.start, end: Math.min(own.end, from.end) }).start,
    end: sentencesAround(text, to, { start: Math.max(own.start, to.start), end: own.end }).end,
  };
  const before = neighbour(layout, sentence.start, first, -1);
  const headings = headingsOf(layout, first);
  const noted = notesOf(layout, sentence);
  const after = flat(text, neighbour(layout, sentence.end, last, 1));
  return {
    sentence: withoutBullet(flatten(noted.sentence).flat, sentence.start <= from.start),
    notes: noted.notes,
    isPart:
      from.kind === 'cell' || (from.kind === 'item' && !isSentence(text.slice(sentence.start, sentence.end))),
    introductions: [
      ...introductionsOf(layout, first, sentence.start),
      ...questionOf(text, sentence, [flat(text, before), headings[0]]),
    ],
    headings,
    isRanked: blocks.some(({ kind, level }) => kind === 'heading' && level !== undefined),
    heads: [...new Set(blocks.slice(first, last + 1).flatMap(({ heads = [] }) => heads))].map(
      (head) => flatten(head).flat,
    ),
    before: flat(text, before),
    after: noted.notes.length > 0 && isNote(after) ? '' : after,
    beside: besideOf(layout, first, last),
    siblings: new Map(),
    above: layout.isPlain
      ? flat(text, { start: Math.max(0, sentence.start - MOST_BESIDE), end: sentence.start })
      : '',
    stands: (own) => flatOf(layout).includes(own),
    written: text.slice(sentence.start, sentence.end),
    validity: validityOf(layout, first),
    isOverridden: isOverridden(text, own.start),
  };
}

const MOST_BESIDE = 2000;

const flats = new WeakMap<Layout, string>();

/** The whole text as it is compared; made once. */
function flatOf(layout: Layout): string {
  const known = flats.get(layout) ?? flatten(layout.text).flat;
  flats.set(layout, known);
  return known;
}

const ALONE: Omit<Setting, 'sentence' | 'written'> = {
  isPart: false,
  introductions: [],
  notes: [],
  headings: [],
  isRanked: true,
  heads: [],
  before: '',
  after: '',
  beside: '',
  siblings: new Map(),
  above: '',
  stands: () => false,
  validity: [],
  isOverridden: false,
};

function settingInJson(text: string, passage: Range): Setting {
  const { value, keys } = valueAround(text, passage);
  return {
    ...ALONE,
    sentence: flat(text, value),
    written: text.slice(value.start, value.end),
    isPart: true,
    heads: keys,
    siblings: siblingsOf(text, value),
  };
}

function besideOf({ text, blocks }: Layout, first: number, last: number): string {
  const [before, after] = [blocks[first - 1], blocks[last + 1]];
  return [
    before ? text.slice(Math.max(before.start, before.end - MOST_BESIDE), before.end) : '',
    after ? text.slice(after.start, Math.min(after.end, after.start + MOST_BESIDE)) : '',
  ].join('\n');
}

/** The sentence before (-1) or after (1) those of the passage: in its block, else in the paragraph next to it. */
function neighbour(layout: Layout, border: number, index: number, side: -1 | 1): Range {
  const { text, blocks } = layout;
  const own = blocks[index] as Block;
  const rest = trimmed(text, side < 0 ? { start: own.start, end: border } : { start: border, end: own.end });
  const nothing = { start: border, end: border };
  if (rest.end > rest.start && rest.start >= own.start) return sentenceAt(text, own, rest, side);
  const next = blocks[index + side];
  if (
    !next ||
    (own.kind === 'cell') !== (next.kind === 'cell') ||
    next.kind === 'heading' ||
    own.kind === 'item' ||
    next.kind === 'item'
  )
    return nothing;
  // Cells of the same row only: other rows are of other things.
  if (own.kind === 'cell')
    return text.slice(Math.min(own.end, next.end), Math.max(own.start, next.start)).includes('\n')
      ? nothing
      : next;
  const words = wordsOf(layout, next);
  if (!SENTENCE_END.test(endOf(words)) && !isOfValidity(words)) return nothing;
  return sentenceAt(text, next, trimmed(text, next), side);
}

function sentenceAt(text: string, block: Block, { start, end }: Range, side: -1 | 1): Range {
  const place = side < 0 ? end - 1 : start;
  return sentencesAround(
    text,
    { start: Math.min(block.start, start), end: Math.max(block.end, end) },
    { start: place, end: place + 1 },
  );
}

/** So many blocks at the top of a page, and right above a passage, may say that it holds no longer. */
const TOP = 12;
const ABOVE = 3;
/** So far up, a heading may. */
const NEAR = 40;
const BANNER = 160;

function validityOf(layout: Layout, index: number): string[] {
  const { blocks } = layout;
  const near = Math.max(TOP, index - NEAR);
  const above = [
    ...blocks.slice(0, Math.min(TOP, index)),
    ...blocks.slice(near, index).filter(({ kind }, at) => kind === 'heading' || near + at >= index - ABOVE),
  ];
  return above
    .filter((block) => block.end - block.start <= BANNER && says(wordsOf(layout, block).replace(/\s+/g, ' ')))
    .map((block) => flatten(wordsOf(layout, block)).flat);
}

const says = (words: string) => isOfValidity(words) || isDated(words);

/** Whether an override of direction (U+202D, U+202E) that was not ended reaches a place of its line. */
function isOverridden(text: string, place: number): boolean {
  const line = text.slice(Math.max(text.lastIndexOf('\n', place - 1), place - 2000) + 1, place);
  if (!/[\u202d\u202e]/.test(line)) return false;
  const open: boolean[] = [];
  for (const [mark] of line.matchAll(/[\u202a-\u202e]/g)) {
    if (mark === '\u202c') open.pop();
    else open.push(mark === '\u202d' || mark === '\u202e');
  }
  return open.includes(true);
}
