import type { Block } from '../text/blocks.ts';
import type { Range } from './find.ts';
import { isJson, valueAround } from './json-key.ts';
import { plainBlocks } from './plain-blocks.ts';
import { sentencesAround, trimmed } from './sentences.ts';
import { flatten } from './typography.ts';
import { isOfValidity } from './validity.ts';

/** A text with its blocks: those that are known, and for the rest what its lines tell. */
export interface Layout {
  readonly text: string;
  /** In the order of the text; none overlaps another, and together they hold all words. */
  readonly blocks: readonly Block[];
  readonly isJson: boolean;
}

/** What stands around a passage, as it is compared: without what typesetting does. */
export interface Setting {
  /** The whole sentences that the passage is a part of. */
  readonly sentence: string;
  /** It is no sentence of its own, but an item or a cell that completes what stands above it. */
  readonly isPart: boolean;
  /** What introduces the list or paragraph, the nearest first: “We never:”. */
  readonly introductions: readonly string[];
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
  /** Its sentences as they are written. */
  readonly written: string;
  /** Statements above that say when the text holds. */
  readonly validity: readonly string[];
  /** Whether a mark before it on its line turns the order in which it is shown. */
  readonly isOverridden: boolean;
}

/** Gives a text the blocks that it is said to have, filled up by those that its lines tell of. */
export function layoutOf(text: string, known: readonly Block[] = []): Layout {
  if (isJson(text))
    return { text, blocks: [{ start: 0, end: text.length, kind: 'paragraph' }], isJson: true };
  const sorted = known.toSorted((a, b) => a.start - b.start || b.end - a.end);
  // Of blocks within each other the inner ones count.
  const inner = sorted.filter((block, index) => {
    const next = sorted[index + 1];
    return block.end > block.start && !(next && next.start < block.end);
  });
  const blocks: Block[] = [];
  let at = 0;
  const fill = (to: number) => {
    if (!/\S/.test(text.slice(at, to))) return;
    for (const block of plainBlocks(text, at, to)) blocks.push(block);
  };
  for (const block of inner) {
    if (block.start > at) fill(block.start);
    blocks.push(block);
    at = Math.max(at, block.end);
  }
  if (at < text.length) fill(text.length);
  return { text, blocks, isJson: false };
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
  return {
    sentence: withoutBullet(flat(text, sentence), sentence.start <= from.start),
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
    after: flat(text, neighbour(layout, sentence.end, last, 1)),
    beside: besideOf(layout, first, last),
    written: text.slice(sentence.start, sentence.end),
    validity: validityOf(layout, first),
    isOverridden: isOverridden(text, own.start),
  };
}

const MOST_BESIDE = 2000;

const ALONE: Omit<Setting, 'sentence' | 'written'> = {
  isPart: false,
  introductions: [],
  headings: [],
  isRanked: true,
  heads: [],
  before: '',
  after: '',
  beside: '',
  validity: [],
  isOverridden: false,
};

const ANSWER =
  /^["'“‘«„]?(?:yes|no|never|not|always|oui|non|jamais|ja|nein|nie|sí|si|no|nunca|sim|não|sì|mai|nee|да|нет|никогда|так|ні|tak|nie|evet|hayır|asla|nej|כן|לא|نعم|لا|はい|いいえ|是|否|不|会|會|没有|네|예|아니|हाँ|नहीं)(?![\p{L}\p{M}])|^(?:はい|いいえ|是|否|不|会|會|没有|네|예|아니)/iu;

/** An answer belongs to its question: “No.” is nothing without it. */
function questionOf(text: string, sentence: Range, above: readonly (string | undefined)[]): string[] {
  if (!ANSWER.test(text.slice(sentence.start, sentence.end))) return [];
  return above.filter((own) => own !== undefined && /[?？؟;]$/.test(own)).slice(0, 1) as string[];
}

function settingInJson(text: string, passage: Range): Setting {
  const { value, keys } = valueAround(text, passage);
  return {
    ...ALONE,
    sentence: flat(text, value),
    written: text.slice(value.start, value.end),
    isPart: true,
    heads: keys,
  };
}

const flat = (text: string, { start, end }: Range) => flatten(text.slice(start, end)).flat;

function besideOf({ text, blocks }: Layout, first: number, last: number): string {
  const [before, after] = [blocks[first - 1], blocks[last + 1]];
  return [
    before ? text.slice(Math.max(before.start, before.end - MOST_BESIDE), before.end) : '',
    after ? text.slice(after.start, Math.min(after.end, after.start + MOST_BESIDE)) : '',
  ].join('\n');
}

/** The block that holds a place, or the one before it. */
function indexAt(blocks: readonly Block[], place: number): number {
  let [low, high] = [0, blocks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((blocks[middle]?.start ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

const BULLET =
  /^(?:[•◦▪‣·*-] +)?(?:\(?(?:\d{1,3}(?:\.\d{1,3})*|\p{L}|[ivx]{1,5})[.)] +|§ ?\d+ +|\d{1,2}(?:\.\d{1,3})+ +)?/u;

/** Without the mark or number of an item: they change when another item does. */
const withoutBullet = (sentence: string, isAtStart = true) =>
  isAtStart ? sentence.replace(BULLET, '') : sentence;

const SENTENCE_END = /[.!?…。！？؟।]["'”’»)\]]*$/;
const endOf = (text: string) => text.slice(-200).trimEnd();
const isSentence = (text: string) => SENTENCE_END.test(endOf(text)) && !/^\s*\p{Ll}/u.test(text);
const endsInColon = (text: string) => /[:：]$/.test(endOf(text));

const wordsOf = ({ text }: Layout, { start, end }: Block) => text.slice(start, end);

/** What a list or paragraph belongs to: the line with a colon above it; of a list, the paragraph or outer item right above it. */
function introductionsOf(layout: Layout, index: number, sentence: number): string[] {
  const { text, blocks } = layout;
  const found: string[] = [];
  const own = blocks[index];
  if (!own) return found;
  // A sentence of its own within the block: what it begins with is not what introduces it.
  const lead = text.slice(own.start, sentence);
  if (endsInColon(lead)) found.push(lastSentence(layout, { ...own, end: sentence }));
  const { outer, above } = aboveItems(layout, index);
  found.push(...outer.map((item) => lastSentence(layout, item)));
  if (!above || above.kind === 'heading' || above.kind === 'cell') return found;
  // A paragraph above items introduces them, if they are known to be items, or are no sentences themselves.
  const isItem = own.kind === 'item' && (own.level !== undefined || !isSentence(wordsOf(layout, own)));
  const isIntroduction = endsInColon(wordsOf(layout, above)) || (isItem && above.kind === 'paragraph');
  if (isIntroduction) found.push(lastSentence(layout, above));
  return found;
}

/** Of an item the outer items that it is in, the nearest first, and the block above the whole list; of others the block above. */
function aboveItems(layout: Layout, index: number): { outer: Block[]; above: Block | undefined } {
  const { blocks } = layout;
  const own = blocks[index];
  const outer: Block[] = [];
  let level = own?.level ?? 1;
  let at = index - 1;
  for (let item = blocks[at]; own?.kind === 'item' && item?.kind === 'item'; item = blocks[--at]) {
    const isOuter = (item.level ?? 1) < level;
    if (isOuter || (item.level === undefined && endsInColon(wordsOf(layout, item)))) outer.push(item);
    if (isOuter) level = item.level ?? 1;
  }
  return { outer, above: blocks[at] };
}

function lastSentence({ text }: Layout, { start, end }: Pick<Block, 'start' | 'end'>): string {
  const own = trimmed(text, { start, end });
  if (own.end <= own.start) return '';
  return withoutBullet(flat(text, sentencesAround(text, own, { start: own.end - 1, end: own.end })));
}

const MOST_HEADINGS = 4;

/** The nearest heading above, and those that it stands under itself: of a higher level, or right above it. */
function headingsOf(layout: Layout, index: number): string[] {
  const { blocks } = layout;
  const found: string[] = [];
  let level = blocks[index]?.kind === 'heading' ? (blocks[index]?.level ?? 7) : 7;
  let last = -1;
  for (let at = index - 1; at >= 0 && found.length < MOST_HEADINGS; at--) {
    const block = blocks[at] as Block;
    if (block.kind !== 'heading') continue;
    const isAbove = block.level === undefined ? found.length === 0 || last === at + 1 : block.level < level;
    if (isAbove) {
      found.push(withoutBullet(flatten(wordsOf(layout, block)).flat));
      level = block.level ?? level;
      last = at;
    }
    if (level === 1) break;
  }
  return found;
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
    .filter(
      (block) =>
        block.end - block.start <= BANNER && isOfValidity(wordsOf(layout, block).replace(/\s+/g, ' ')),
    )
    .map((block) => flatten(wordsOf(layout, block)).flat);
}

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
