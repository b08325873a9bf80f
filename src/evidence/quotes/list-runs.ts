import type { Block } from '../text/blocks.ts';

/** Lists that are none to the page: paragraphs with bullets, letters or numbers, and short lines under one that ends with a colon. */

const MARKS = [/^(?:[•◦▪‣●○∙]\s*|[·*–—-]\s+)\S/u, /^\(?(?:\d{1,3}|\p{L}|[ivx]{1,5})[.)]\s+\S/iu] as const;
const COLON = /[:：]\s*$/;
const SENTENCE_END = /[.!?…。！？؟।]["'”’»)\]]*\s*$/;
const LOWER = /^["'“„«(]?\p{Ll}/u;
/** Longer lines are no items without a mark. */
const LONG = 200;

/** What a block is, as far as lists go. */
interface Line {
  /** The kind of its mark; -1 without one. */
  readonly mark: number;
  readonly isColon: boolean;
  readonly isSentence: boolean;
  readonly isSmall: boolean;
  readonly isLong: boolean;
}

function lineOf(text: string, { start, end }: Block): Line {
  const first = text.slice(start, Math.min(end, start + 40));
  const last = text.slice(Math.max(start, end - 40), end);
  const isSmall = LOWER.test(first);
  return {
    mark: MARKS.findIndex((own) => own.test(first)),
    isColon: COLON.test(last),
    isSentence: SENTENCE_END.test(last) && !isSmall,
    isSmall,
    isLong: end - start > LONG,
  };
}

/** The blocks of a text, with those as items that are written as such. */
export function withListRuns(text: string, blocks: readonly Block[]): Block[] {
  const found: Block[] = [];
  let introduced = false;
  let before: Line | undefined;
  let own = blocks[0] && lineOf(text, blocks[0]);
  for (const [index, block] of blocks.entries()) {
    const following = blocks[index + 1];
    const next = following && lineOf(text, following);
    if (!own) break;
    const isOpen = isFree(block);
    const isItem: boolean = isOpen && (introduced ? goesOn(own, block, next) : isMarked(own, before, next));
    found.push(isItem ? { ...block, kind: 'item' } : block);
    introduced = isOpen && (isItem ? introduced : own.isColon || isUnfinished(own, block, next));
    before = isOpen ? own : undefined;
    own = next;
  }
  return found;
}

/** Nothing says for certain what it is. */
const isFree = ({ kind, level }: Block) => kind !== 'cell' && level === undefined;

/** A paragraph that its marked items complete: “We do not give it to”. */
const isUnfinished = ({ mark, isSentence }: Line, { kind }: Block, next?: Line) =>
  kind === 'paragraph' && mark < 0 && !isSentence && next !== undefined && next.mark >= 0;

/** Whether a block under a line with a colon is one of its items. */
function goesOn({ mark, isColon, isSentence, isSmall, isLong }: Line, { kind }: Block, next?: Line): boolean {
  if (mark >= 0 || kind === 'item') return true;
  if (isColon || isSentence || isLong) return false;
  // A short line above a whole sentence may be a heading.
  return kind === 'paragraph' || isSmall || next === undefined || next.mark >= 0 || !next.isSentence;
}

/** Whether a block with a mark has neighbours with such a mark; whole sentences with numbers are clauses of their own. */
const isMarked = ({ mark, isSentence }: Line, before?: Line, next?: Line) =>
  mark >= 0 && (before?.mark === mark || next?.mark === mark) && (mark === 0 || !isSentence);
