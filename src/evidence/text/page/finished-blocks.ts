import type { Block } from '../blocks.ts';
import { headsOf, MOST_HEAD } from './names.ts';
import type { Belongs } from './writer.ts';

/** A block as it was written: what it belongs to is known in full only when all is read. */
export interface WrittenBlock {
  readonly start: number;
  end: number;
  readonly belongs: Belongs;
  /** All its letters are. */
  bold: boolean;
}

const MOST_HEADING = 120;
/** Sentences, and what introduces what comes next, are no headings. */
const NO_HEADING = /[.;,:…。；，：．؛،।։]["'”’»)\]]*$/u;
const LABEL = /[:：]$/;

/** The blocks of a text that is read to its end, with all that each belongs to. */
export function finishedBlocks(text: string, written: readonly WrittenBlock[]): Block[] {
  const headings = boldHeadings(text, written);
  const items = listedLines(text, written);
  const labels = new Map<Belongs, string>();
  return written.map((block) => {
    const { start, end, belongs } = block;
    const { within, ...kind } = belongs;
    const label = labelOf(text, block, labels);
    const heads = [...(label === undefined ? [] : [label]), ...headsOf(within)];
    return {
      start,
      end,
      ...kind,
      ...(headings.has(block)
        ? { kind: 'heading' as const }
        : items.has(block)
          ? { kind: 'item' as const, level: 1 }
          : {}),
      ...(heads.length > 0 ? { heads } : {}),
    };
  });
}

/** The line with a colon above a block of the same item or cell; such a line is the label of what comes after it there. */
function labelOf(text: string, { start, end, belongs }: WrittenBlock, labels: Map<Belongs, string>) {
  if (belongs.kind !== 'item' && belongs.kind !== 'cell') return undefined;
  if (end - start > MOST_HEAD || !LABEL.test(text.slice(start, end))) return labels.get(belongs);
  labels.set(belongs, text.slice(start, end));
  return undefined;
}

/**
 * Short lines all in bold letters with other text below them: headings that pages make without saying so. Where everything is bold none is; and a line right
 * above a list is what introduces it.
 */
function boldHeadings(text: string, written: readonly WrittenBlock[]): ReadonlySet<WrittenBlock> {
  const headings = new Set<WrittenBlock>();
  let below: WrittenBlock | undefined;
  for (const block of written.toReversed()) {
    const isHeading =
      block.bold &&
      block.belongs.kind === 'paragraph' &&
      block.end - block.start <= MOST_HEADING &&
      below !== undefined &&
      (headings.has(below) || isText(below)) &&
      isTitle(text.slice(block.start, block.end));
    if (isHeading) headings.add(block);
    below = block;
  }
  return headings;
}

const isText = ({ bold, belongs }: WrittenBlock) =>
  belongs.kind === 'cell' || (belongs.kind === 'paragraph' && !bold);

const isTitle = (words: string) => /\p{L}/u.test(words) && !words.includes('\n') && !NO_HEADING.test(words);

const BULLET = /^(?:[•◦▪‣·●○*–—-]|\(?(?:\d{1,3}|\p{L}|[ivx]{1,5})[.)])\s+/u;
const ENDED = /[.!?…。！？؟।]["'”’»)\]]*$/u;
const MOST_LISTED = 120;

/** Lists that pages make of paragraphs: parts of sentences behind bullets, or short ones below a line with a colon. Whole sentences stay paragraphs. */
function listedLines(text: string, written: readonly WrittenBlock[]): ReadonlySet<WrittenBlock> {
  const items = new Set<WrittenBlock>();
  let isIntroduced = false;
  for (const block of written) {
    const isParagraph = block.belongs.kind === 'paragraph' && !block.bold;
    const words = isParagraph ? text.slice(block.start, Math.min(block.end, block.start + 2000)) : '';
    const isItem: boolean = isParagraph && (isBulleted(words) || (isIntroduced && isShortPart(words)));
    if (isItem) items.add(block);
    isIntroduced = LABEL.test(text.slice(block.end - 1, block.end)) || (isItem && isIntroduced);
  }
  return items;
}

function isBulleted(words: string): boolean {
  const bullet = BULLET.exec(words)?.[0] ?? '';
  const own = words.slice(bullet.length);
  return bullet !== '' && !LABEL.test(own) && (/^\p{Ll}/u.test(own) || !ENDED.test(own));
}

const isShortPart = (words: string) =>
  words.length <= MOST_LISTED && !ENDED.test(words) && !LABEL.test(words) && !words.includes('\n');
