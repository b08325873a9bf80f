import type { Block } from '../text/blocks.ts';
import type { Range } from './find.ts';
import { flat, type Layout, wordsOf } from './layout.ts';
import { sentencesAround, trimmed } from './sentences.ts';
import { flatten } from './typography.ts';

/** What a sentence belongs to, and is nothing without: the introduction of its list, the headings above, the question that it answers. */

const BULLET =
  /^(?:[•◦▪‣●○∙] *|[·*-] +)?(?:\(?(?:\d{1,3}(?:\.\d{1,3})*|\p{L}|[ivx]{1,5})[.)] +|§ ?\d+ +|\d{1,2}(?:\.\d{1,3})+ +)?/u;

/** Without the mark or number of an item: they change when another item does. */
export const withoutBullet = (sentence: string, isAtStart = true) =>
  isAtStart ? sentence.replace(BULLET, '') : sentence;

export const SENTENCE_END = /[.!?…。！？؟।]["'”’»)\]]*$/;
export const endOf = (text: string) => text.slice(-200).trimEnd();
export const isSentence = (text: string) => SENTENCE_END.test(endOf(text)) && !/^\s*\p{Ll}/u.test(text);
const endsInColon = (text: string) => /[:：]$/.test(endOf(text));

/** What a list or paragraph belongs to: the line with a colon above it; of a list, the paragraph or outer item right above it. */
export function introductionsOf(layout: Layout, index: number, sentence: number): string[] {
  const { text, blocks } = layout;
  const found: string[] = [];
  const own = blocks[index];
  if (!own) return found;
  // A sentence of its own within the block: what it begins with is not what introduces it.
  const lead = text.slice(own.start, sentence);
  if (endsInColon(lead)) found.push(lastSentence(layout, { ...own, end: sentence }));
  const { outer, at } = aboveItems(layout, index);
  for (const item of outer) found.push(lastSentence(layout, item));
  const above = blocks[at];
  if (!above || above.kind === 'heading' || above.kind === 'cell') return found;
  // A paragraph above items introduces them, if they are known to be items, or are no sentences themselves.
  const isItem =
    own.kind === 'item' && (own.level !== undefined || !isSentence(withoutBullet(wordsOf(layout, own))));
  const isColon = endsInColon(wordsOf(layout, above));
  if (isColon || (isItem && above.kind === 'paragraph')) found.push(lastSentence(layout, above));
  if (isColon) return found;
  const farther = isItem ? colonAt(layout, at - 1) : leadOfLines(layout, index);
  if (farther) found.push(lastSentence(layout, farther));
  return found;
}

/** A paragraph with a colon at its end; a note may stand between it and its list. */
function colonAt(layout: Layout, at: number): Block | undefined {
  const block = layout.blocks[at];
  return block?.kind === 'paragraph' && endsInColon(wordsOf(layout, block)) ? block : undefined;
}

/** Lines of a list are no longer than this, and not more. */
const SHORT_LINE = 80;
const MOST_LINES = 12;

/** The line with a colon above short paragraphs of one sentence each: they are its list. */
function leadOfLines(layout: Layout, index: number): Block | undefined {
  const { blocks } = layout;
  for (let at = index; at >= 0 && at > index - MOST_LINES; at--) {
    const block = blocks[at];
    if (block?.kind !== 'paragraph') return undefined;
    const lead = at < index ? colonAt(layout, at) : undefined;
    if (lead || block.end - block.start > SHORT_LINE) return lead;
  }
  return undefined;
}

/** No list is in more lists than this. */
const MOST_OUTER = 12;

/** Of an item the outer items that it is in, the nearest first, and where the block above the whole list is; of others the block above. */
function aboveItems(layout: Layout, index: number): { outer: Block[]; at: number } {
  const { blocks } = layout;
  const own = blocks[index];
  const outer: Block[] = [];
  let level = own?.level ?? 1;
  let at = index - 1;
  for (let item = blocks[at]; own?.kind === 'item' && item?.kind === 'item'; item = blocks[--at]) {
    const isOuter = (item.level ?? 1) < level;
    // An item of several paragraphs may begin with what introduces the others.
    const isNear = item.level === undefined || at === index - 1;
    const holds = isOuter || (isNear && endsInColon(wordsOf(layout, item)));
    if (holds && outer.length < MOST_OUTER) outer.push(item);
    if (isOuter) level = item.level ?? 1;
  }
  return { outer, at };
}

function lastSentence({ text }: Layout, { start, end }: Pick<Block, 'start' | 'end'>): string {
  const own = trimmed(text, { start, end });
  if (own.end <= own.start) return '';
  return withoutBullet(flat(text, sentencesAround(text, own, { start: own.end - 1, end: own.end })));
}

const MOST_HEADINGS = 4;

/** The nearest heading above, and those that it stands under itself: of a higher level, or right above it. */
export function headingsOf(layout: Layout, index: number): string[] {
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

const ANSWER =
  /^["'“‘«„]?(?:yes|no|never|not|always|oui|non|jamais|ja|nein|nie|sí|si|no|nunca|sim|não|sì|mai|nee|да|нет|никогда|так|ні|tak|nie|evet|hayır|asla|nej|כן|לא|نعم|لا|はい|いいえ|是|否|不|会|會|没有|네|예|아니|हाँ|नहीं)(?![\p{L}\p{M}])|^(?:はい|いいえ|是|否|不|会|會|没有|네|예|아니)/iu;

/** An answer belongs to its question: “No.” is nothing without it. */
export function questionOf(text: string, sentence: Range, above: readonly (string | undefined)[]): string[] {
  if (!ANSWER.test(text.slice(sentence.start, sentence.end))) return [];
  return above.filter((own) => own !== undefined && /[?？؟;]$/.test(own)).slice(0, 1) as string[];
}
