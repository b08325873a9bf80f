import type { Block } from '../blocks.ts';
import { finishedBlocks, type WrittenBlock } from './finished-blocks.ts';
import type { Name } from './names.ts';

/** What a piece of text belongs to; one object for each heading, item, cell or paragraph of the page. */
export type Belongs = Pick<Block, 'kind' | 'level'> & {
  /** The nearest thing that names what it stands in. */
  readonly within?: Name | undefined;
};

/** A place in what was written so far. */
export type Mark = number;

/** Collects text; breaks and spaces are only written when something follows them. */
export interface Writer {
  text(text: string, pre: boolean, belongs: Belongs, bold: boolean): void;
  /** A line ends, and with it its block. */
  line(): void;
  paragraph(): void;
  /** A line ends, but its block goes on. */
  lineInBlock(): void;
  cell(): void;
  mark(): Mark;
  /** What was written since; cut off beyond some characters. */
  since(mark: Mark, most: number): string;
  /** Whether all that was written since is bold. */
  isBoldSince(mark: Mark): boolean;
  end(): { readonly text: string; readonly blocks: readonly Block[] };
}

export function makeWriter(): Writer {
  const parts: string[] = [];
  const blocks: WrittenBlock[] = [];
  let length = 0;
  let breaks = 0;
  let space = '';
  let started = false;
  let lineStarted = false;
  let belongsTo: Belongs | undefined;
  /** Where the last letters end that are not bold. */
  let plain: Mark = 0;
  const push = (text: string) => {
    parts.push(text);
    length += text.length;
  };
  const add = (text: string, belongs: Belongs, bold: boolean) => {
    if (started && breaks > 0) push('\n'.repeat(breaks));
    else if (lineStarted && space) push(space);
    const block = blocks.at(-1);
    if (block && belongs === belongsTo) {
      block.end = length + text.length;
      block.bold &&= bold;
    } else blocks.push({ start: length, end: length + text.length, belongs, bold });
    belongsTo = belongs;
    push(text);
    if (!bold) plain = parts.length;
    breaks = 0;
    space = '';
    started = true;
    lineStarted = true;
  };
  const breakLine = (number: number) => {
    breaks = Math.max(breaks, number);
    lineStarted = false;
    space = '';
  };
  const addLines = (text: string, belongs: Belongs, bold: boolean) => {
    text.split('\n').forEach((line, index) => {
      if (index > 0) breakLine(breaks > 0 && !lineStarted ? Math.min(2, breaks + 1) : 1);
      if (line.trim() !== '') add(line.trimEnd(), belongs, bold);
    });
  };
  return {
    text(text, pre, belongs, bold) {
      if (pre) return addLines(text, belongs, bold);
      // White space of HTML; a no-break space is a character like others.
      const collapsed = text.replace(/[ \t\n\r\f]+/g, ' ');
      if (collapsed === ' ' || collapsed === '') {
        if (collapsed === ' ') space ||= ' ';
        return;
      }
      const [from, to] = [collapsed.startsWith(' ') ? 1 : 0, collapsed.endsWith(' ') ? -1 : undefined];
      if (from > 0) space ||= ' ';
      add(collapsed.slice(from, to), belongs, bold);
      if (to !== undefined) space = ' ';
    },
    line() {
      belongsTo = undefined;
      breakLine(1);
    },
    paragraph() {
      belongsTo = undefined;
      breakLine(2);
    },
    lineInBlock: () => breakLine(1),
    cell() {
      belongsTo = undefined;
      if (lineStarted) space = '\t';
    },
    mark: () => parts.length,
    since: (mark, most) => joinUpTo(parts, mark, most).trim(),
    isBoldSince: (mark) => plain <= mark,
    end() {
      const text = parts.join('');
      return { text, blocks: finishedBlocks(text, blocks) };
    },
  };
}

function joinUpTo(parts: readonly string[], from: number, most: number): string {
  let text = '';
  for (let index = from; index < parts.length && text.length < most; index++) text += parts[index];
  return text.slice(0, most);
}
