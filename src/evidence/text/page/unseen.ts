import { type Belongs, makeWriter } from './writer.ts';

/** What of a page is not seen, or is struck out. */
export type Unseen = 'hidden' | 'struck';

/** Stands above passages of which words are struck out, in the text that a page does not show. */
export const STRUCK_OUT = '[struck out]';

/**
 * Collects what a page does not show: each line of which something is not seen, as a whole, as it would stand if all of it were. So somebody who looks for the
 * sentence with the hidden words finds it here, and nowhere else.
 */
export interface UnseenWriter {
  text(text: string, pre: boolean, unseen: Unseen | undefined): void;
  line(): void;
  cell(): void;
  end(): string;
}

const NO_BLOCK: Belongs = { kind: 'paragraph' };

type Piece = { readonly text: string; readonly pre: boolean } | 'cell';

export function makeUnseenWriter(): UnseenWriter {
  const lines: string[] = [];
  let pieces: Piece[] = [];
  let found: Unseen | undefined;
  const breakLine = () => {
    // Most lines are seen whole; nothing is made of them.
    if (found) lines.push(found === 'struck' ? `${STRUCK_OUT}\n${written(pieces)}` : written(pieces));
    if (pieces.length > 0) pieces = [];
    found = undefined;
  };
  return {
    text(text, pre, unseen) {
      if (unseen && found !== 'struck' && text.trim() !== '') found = unseen;
      pieces.push({ text, pre });
    },
    line: breakLine,
    cell: () => void pieces.push('cell'),
    end() {
      breakLine();
      return lines.join('\n\n');
    },
  };
}

function written(pieces: readonly Piece[]): string {
  const writer = makeWriter();
  for (const piece of pieces) {
    if (piece === 'cell') writer.cell();
    else writer.text(piece.text, piece.pre, NO_BLOCK, false);
  }
  return writer.end().text;
}

/** Whether a passage stands where a page strikes words out. */
export function isStruck(hidden: string, at: number): boolean {
  const start = hidden.lastIndexOf('\n\n', at);
  return hidden.startsWith(STRUCK_OUT, start < 0 ? 0 : start + 2);
}
