import type { Block } from '../text/blocks.ts';

/**
 * The blocks of a text that says nothing of them (a PDF, a letter, a page captured by an older reader): empty lines part paragraphs, tabs part cells, a
 * line that ends with a colon introduces those below it, a short line without a full stop above others is their heading. Lines that typesetting broke are
 * put together again; in doubt they are, so that a sentence is rather too long than cut.
 */
export function plainBlocks(text: string, from = 0, to = text.length): Block[] {
  const groups = groupsOf(text, from, to);
  const width = widthOf(text, groups);
  const blocks: Block[] = [];
  let introduced = false;
  for (const [index, lines] of groups.entries()) {
    const own = blocksOf(text, lines, { introduced, isFollowed: index < groups.length - 1, width });
    for (const block of own) blocks.push(block);
    introduced = isIntroduction(text, own.at(-1));
  }
  return blocks;
}

/** Lines without an empty one between them, without white space at their ends. */
type Line = Pick<Block, 'start' | 'end'>;

function groupsOf(text: string, from: number, to: number): Line[][] {
  const groups: Line[][] = [];
  let group: Line[] = [];
  for (let at = from; at < to; ) {
    const found = text.indexOf('\n', at);
    const next = found < 0 || found > to ? to : found;
    let [start, end] = [at, next];
    while (start < end && /[^\S\t]/.test(text[start] ?? '')) start++;
    while (end > start && /\s/.test(text[end - 1] ?? '')) end--;
    if (start < end) group.push({ start, end });
    else if (group.length > 0) {
      groups.push(group);
      group = [];
    }
    at = next + 1;
  }
  if (group.length > 0) groups.push(group);
  return groups;
}

const TERMINAL = /[.!?…。！？؟।;；,،、]["'”’»)\]]*$/;
const COLON = /[:：]$/;
const BULLET = /^(?:[•◦▪‣·●○*–—+-]|\(?(?:\d{1,3}|\p{L})[.)])\s/u;
const LOWER = /^["'“„«(]?\p{Ll}/u;
/** Longer lines are no headings. */
const LONG = 80;
/** Shorter lines were not broken by typesetting, but by their writer. */
const NARROW = 50;

/** What is known of a group of lines from those around it. */
interface Around {
  readonly introduced: boolean;
  readonly isFollowed: boolean;
  readonly width: number | undefined;
}

/** So many lines, and this share of them, tell that a text was set to a width. */
const SET_LINES = 6;
const SET_SHARE = 0.7;
const WIDEST = 140;

/** The width that a text was set to: nearly every line that another follows has no room for the next word. Undefined if it was not. */
function widthOf(text: string, groups: readonly (readonly Line[])[]): number | undefined {
  const followed = groups.flatMap((lines) =>
    lines.slice(0, -1).map((line, index) => roomFor(text, line, lines[index + 1] as Line)),
  );
  const width = followed.reduce((most, { length }) => Math.max(most, length), 0);
  const full = followed.filter(({ needed }) => needed > width * FULL).length;
  return followed.length >= SET_LINES &&
    width >= NARROW &&
    width <= WIDEST &&
    full >= followed.length * SET_SHARE
    ? width
    : undefined;
}

/** A line that leaves less than this of the width is full. */
const FULL = 0.85;

/** How long a line is, and would be with the first word of the next. */
function roomFor(text: string, { start, end }: Line, next: Line): { length: number; needed: number } {
  const word = text.slice(next.start, next.end).search(/\s|$/);
  return { length: end - start, needed: end - start + 1 + word };
}

const isIntroduction = (text: string, block: Block | undefined) =>
  block !== undefined && block.kind !== 'cell' && COLON.test(text.slice(block.end - 1, block.end));

function blocksOf(text: string, lines: readonly Line[], { introduced, isFollowed, width }: Around): Block[] {
  const wordsOf = ({ start, end }: Line) => text.slice(start, end);
  const rows = lines.filter((line) => wordsOf(line).includes('\t'));
  if (rows.length > 0 && rows.length >= lines.length / 2) return tableOf(text, lines);
  const units = unbroken(lines, wordsOf, introduced, width);
  const short = units.map((unit) => isShort(wordsOf(unit)));
  const [first] = units;
  if (!first) return [];
  if (units.length === 1) {
    const kind = introduced || BULLET.test(wordsOf(first)) ? 'item' : 'paragraph';
    return [{ ...first, kind: short[0] && isFollowed && kind === 'paragraph' ? 'heading' : kind }];
  }
  const isLead = !introduced && (COLON.test(wordsOf(first)) || (short[0] && !short[1]));
  const kindOf = (unit: Line, index: number): Block['kind'] => {
    if (index > 0 || !isLead) return units.length > 2 || !isLead ? 'item' : 'paragraph';
    return COLON.test(wordsOf(unit)) ? 'paragraph' : 'heading';
  };
  return units.map((unit, index) => ({ ...unit, kind: kindOf(unit, index) }));
}

/** Dates of printing and the like are short lines too, and no headings. */
const isShort = (line: string) =>
  line.length <= LONG &&
  /\p{L}.*\p{L}/u.test(line) &&
  !TERMINAL.test(line.slice(-40)) &&
  !COLON.test(line) &&
  !BULLET.test(line) &&
  !/\d{1,2}[./:]\d{1,2}|\b(?:19|20)\d\d\b/.test(line);

/** “your name”, “your place”, below a line with a colon or without one: items, and no sentence on several lines. */
function isOfFragments(words: readonly string[]): boolean {
  const listed = words.length > 2 && COLON.test(words[0] ?? '') ? words.slice(1) : words;
  return (
    listed.every((line) => !TERMINAL.test(line.slice(-40)) && line.length < NARROW) &&
    LOWER.test(listed[0] ?? '')
  );
}

/** Lines that go on in the next one as one block. */
function unbroken(
  lines: readonly Line[],
  wordsOf: (line: Line) => string,
  introduced: boolean,
  setWidth: number | undefined,
): { start: number; end: number }[] {
  const words = lines.map(wordsOf);
  const bulleted = words.some((line) => BULLET.test(line));
  const width = words.reduce((most, line) => Math.max(most, line.length), 0);
  // A paragraph that was set to a width: each next word would have gone beyond it.
  const isSet =
    width >= NARROW &&
    lines.length > 2 &&
    words.every(
      (line, index) =>
        index === words.length - 1 || line.length + 1 + (words[index + 1] ?? '').search(/\s|$/) > width * 0.9,
    );
  const isListed = (introduced || isOfFragments(words)) && !bulleted && !isSet;
  const units: { start: number; end: number }[] = [];
  for (const [index, line] of lines.entries()) {
    const [before = '', own = ''] = [words[index - 1], words[index]];
    const last = units.at(-1);
    const isFull = setWidth !== undefined && before.length + 1 + own.search(/\s|$/) > setWidth * FULL;
    const joins = isSet || goesOn(before, own) ? !BULLET.test(own) : bulleted && goesOnInItem(before, own);
    const isBroken = /\p{L}[-\u00ad\u2010]$/u.test(before) && LOWER.test(own);
    if (last && (isBroken || (isFull && !BULLET.test(own)) || (joins && !isListed))) last.end = line.end;
    else units.push({ ...line });
  }
  return units;
}

const goesOn = (before: string, own: string) =>
  !TERMINAL.test(before.slice(-40)) && !COLON.test(before.slice(-1)) && LOWER.test(own);

const goesOnInItem = (before: string, own: string) =>
  !BULLET.test(own) && !TERMINAL.test(before.slice(-40)) && before.length >= NARROW;

/** Tables of more rows are data, and nobody's words. */
const MOST_ROWS = 20_000;
const MOST_LENGTH = 2_000_000;

/** Rows of cells. The first row is the head of the columns, and the first cell of a row is its head. */
function tableOf(text: string, lines: readonly Line[]): Block[] {
  const [top] = lines;
  // Beyond that, a row is one cell, under the whole first row.
  if (top && (lines.length > MOST_ROWS || (lines.at(-1)?.end ?? 0) - top.start > MOST_LENGTH))
    return lines.map((line, row): Block => {
      const heads = row > 0 ? [text.slice(top.start, top.end)] : [];
      return { ...line, kind: 'cell', ...(heads.length > 0 ? { heads } : {}) };
    });
  const rows = lines.map(({ start, end }) => cellsOf(text, start, end));
  const words = rows.map((row) => row.map(({ start, end }) => text.slice(start, end)));
  const hasHead = words.length > 1 && isHead(words);
  return rows.flatMap((row, rowIndex) =>
    row.map((cell, column): Block => {
      const heads = [
        ...(column > 0 ? [words[rowIndex]?.[0] ?? ''] : []),
        ...(hasHead && rowIndex > 0 ? [words[0]?.[column] ?? ''] : []),
      ].filter((head) => head !== '');
      return { ...cell, kind: 'cell', ...(heads.length > 0 ? { heads } : {}) };
    }),
  );
}

function cellsOf(text: string, start: number, end: number): Line[] {
  const cells: Line[] = [];
  for (let at = start; at <= end; ) {
    const tab = text.indexOf('\t', at);
    const next = tab < 0 || tab > end ? end : tab;
    cells.push({ start: at, end: next });
    at = next + 1;
  }
  return cells.filter((cell) => cell.end > cell.start);
}

/** A row of heads holds nothing that is the value of a cell. */
function isHead([first = [], ...others]: readonly (readonly string[])[]): boolean {
  return (
    first.length > 1 &&
    first.every(
      (cell, column) =>
        !/\d|[✓✔✗✘✅❌]|^(?:yes|no|oui|non|ja|nein|sí|sim|não|да|нет|نعم|لا|是|否|はい|いいえ)$/i.test(
          cell,
        ) &&
        (column === 0 || others.every((row) => row[column] !== cell)),
    )
  );
}
