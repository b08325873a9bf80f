import type { Block } from '../text/blocks.ts';
import type { Range } from './find.ts';
import { flat, indexAt, type Layout } from './layout.ts';

/** Notes at the foot of a text: a mark behind a word, and further down a line that begins with it. */

/** A mark clings to a word or the end of a sentence; behind a digit it may be a power. */
const MARK =
  /(?<=[\p{L}\p{P}][)"”’»]?)(?:[¹²³⁰⁴-⁹]{1,3}|\[\^?[\p{L}\p{N}]{1,4}\]|[*†‡§]{1,3})(?![\p{L}\p{N}*])/gu;
const MOST_NOTES = 8;
/** A note ends at least here. */
const LONGEST = 2000;
const BEGINS = /\n[ \t]*(?:[¹²³⁰⁴-⁹]{1,3}|\[\^?[\p{L}\p{N}]{1,4}\]|[*†‡§]{1,3})(?=[\s:\p{L}])/u;

export interface Notes {
  /** The sentence, without the marks whose notes were found. */
  readonly sentence: string;
  readonly notes: readonly string[];
}

/** What the notes to a sentence say. */
export function notesOf(layout: Layout, { start, end }: Range): Notes {
  const { text } = layout;
  const written = text.slice(start, end);
  const notes: string[] = [];
  let sentence = '';
  let at = 0;
  for (const { index, 0: mark } of written.matchAll(MARK)) {
    if (notes.length >= MOST_NOTES) break;
    const note = noteOf(layout, mark, end);
    const isNumber = /^\[\^?\d/.test(mark) || /[.!?…。][)"”’»]?$/.test(written.slice(0, index));
    if (note === undefined && !isNumber) continue;
    // Of a note that is not in the text, the number says nothing; that there is one does.
    if (note !== undefined) notes.push(note);
    sentence += written.slice(at, index) + (note === undefined && /\d|\p{No}/u.test(mark) ? '[…]' : '');
    if (note === undefined && !/\d|\p{No}/u.test(mark)) sentence += mark;
    at = index + mark.length;
  }
  sentence += written.slice(at);
  return { sentence, notes };
}

/** Whether a sentence is the beginning of a note. */
export const isNote = (sentence: string): boolean =>
  /^(?:[¹²³⁰⁴-⁹]{1,3}|\[\^?[\p{L}\p{N}]{1,4}\]|[*†‡§]{1,3})(?=[\s:\p{L}])/u.test(sentence);

/** The last line below a place that begins with a mark. */
function noteOf({ text, blocks }: Layout, mark: string, from: number): string | undefined {
  const forms = mark.startsWith('[') && !mark.startsWith('[^') ? [mark] : [mark, `[${mark}]`];
  for (const form of forms) {
    for (let at = text.lastIndexOf(form); at >= from; at = text.lastIndexOf(form, at - 1)) {
      const line = text.lastIndexOf('\n', at - 1);
      const behind = text[at + form.length] ?? '';
      if (line >= from - 1 && text.slice(line + 1, at).trim() === '' && /[\s:\p{L}]/u.test(behind))
        return noteAt(text, blocks, at + form.length);
      if (at === 0) break;
    }
  }
  return undefined;
}

/** A note goes on to the end of its block, or to the next note. */
function noteAt(text: string, blocks: readonly Block[], start: number): string {
  const block = blocks[indexAt(blocks, start)];
  const own = text.slice(start, Math.min(Math.max(block?.end ?? start, start), start + LONGEST));
  const next = own.search(BEGINS);
  return flat(next < 0 ? own : own.slice(0, next), { start: 0, end: own.length }).replace(/^[:\s]+/, '');
}
