import type { Block } from '../text/blocks.ts';
import type { Range } from './find.ts';
import { isJson } from './json-key.ts';
import { withListRuns } from './list-runs.ts';
import { isMarkup, markupBlocks } from './markup-blocks.ts';
import { plainBlocks } from './plain-blocks.ts';
import { flatten } from './typography.ts';

/** A text with its blocks: those that are known, and for the rest what its lines tell. */
export interface Layout {
  readonly text: string;
  /** In the order of the text; none overlaps another, and together they hold all words. */
  readonly blocks: readonly Block[];
  readonly isJson: boolean;
  /** Whether nothing but its lines tells of its blocks. */
  readonly isPlain: boolean;
}

/** Gives a text the blocks that it is said to have, filled up by those that its lines tell of. */
export function layoutOf(text: string, known: readonly Block[] = []): Layout {
  if (isJson(text))
    return {
      text,
      blocks: [{ start: 0, end: text.length, kind: 'paragraph' }],
      isJson: true,
      isPlain: false,
    };
  if (known.length === 0 && isMarkup(text))
    return { text, blocks: markupBlocks(text), isJson: false, isPlain: false };
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
  return { text, blocks: withListRuns(text, blocks), isJson: false, isPlain: known.length === 0 };
}

/** The block that holds a place, or the one before it. */
export function indexAt(blocks: readonly Block[], place: number): number {
  let [low, high] = [0, blocks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((blocks[middle]?.start ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

export const wordsOf = ({ text }: Layout, { start, end }: Block) => text.slice(start, end);

/** A part of a text as it is compared. */
export const flat = (text: string, { start, end }: Range) => flatten(text.slice(start, end)).flat;
