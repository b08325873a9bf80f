/** Letters that run from right to left: Hebrew, Arabic, Syriac, Thaana, N’Ko and others, and the forms they take in print. */
const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const LETTER = /\p{L}/u;
const DIGIT = /\p{Nd}/u;

export function isRightToLeft(text: string): boolean {
  return RTL.test(text);
}

/** Brackets look the other way where the line runs the other way. */
const MIRRORS: Readonly<Record<string, string>> = {
  '(': ')',
  ')': '(',
  '[': ']',
  ']': '[',
  '{': '}',
  '}': '{',
  '<': '>',
  '>': '<',
  '«': '»',
  '»': '«',
  '‹': '›',
  '›': '‹',
};

type Kind = 'right' | 'left' | 'number' | 'neutral';

/**
 * Pieces of a line as they stand from left to right, in the order in which they are read: the Unicode bidirectional algorithm backwards (UAX #9, L2). Each piece has
 * its own letters in reading order already. A line runs as most of its letters do; on a page from right to left, one with such letters does, whatever it names.
 * Between levels, what stands together stays together, so that neutral pieces can be settled by their neighbours.
 */
export function logicalOrder(visual: readonly string[], rightToLeftPage = false): string[] {
  const kinds = visual.map(kindOf);
  const base = rightToLeftPage || balanceOf(visual) >= 0 ? 1 : 0;
  const levels = levelsOf(kinds, visual, base);
  const pieces = visual.map((text, index) => ((levels[index] ?? 0) % 2 === 1 ? mirrored(text) : text));
  return reversedByLevel(pieces, levels);
}

function kindOf(text: string): Kind {
  if (RTL.test(text)) return 'right';
  if (LETTER.test(text)) return 'left';
  return DIGIT.test(text) ? 'number' : 'neutral';
}

/** How many more letters run from right to left than the other way. */
export function balanceOf(texts: Iterable<string>): number {
  let balance = 0;
  for (const text of texts)
    for (const letter of text) balance += RTL.test(letter) ? 1 : LETTER.test(letter) ? -1 : 0;
  return balance;
}

/** How deep each piece lies: 0 runs left to right, 1 right to left within it, 2 left to right again. */
function levelsOf(kinds: readonly Kind[], visual: readonly string[], base: 0 | 1): number[] {
  const strong = (kind: Kind) => kind === 'right' || kind === 'left';
  const levels = kinds.map((kind, index): number => {
    if (kind === 'right') return 1;
    if (kind === 'left') return base === 1 ? 2 : 0;
    if (kind !== 'number') return -1;
    if (base === 1) return 2;
    // In a line from left to right, a number among words from right to left is read with them.
    const before = kinds.slice(Math.max(0, index - 6), index).findLast(strong);
    const after = kinds.slice(index + 1, index + 7).find(strong);
    return before === 'right' && after === 'right' ? 2 : 0;
  });
  for (let index = 0; index < levels.length; ) {
    if (levels[index] !== -1) {
      index++;
      continue;
    }
    let end = index;
    while (end < levels.length && levels[end] === -1) end++;
    const level = neutralLevel(
      levels[index - 1],
      levels[end],
      visual.slice(index, end).join(''),
      kinds,
      [index - 1, end],
      base,
    );
    levels.fill(level, index, end);
    index = end;
  }
  return levels;
}

function neutralLevel(
  before: number | undefined,
  after: number | undefined,
  text: string,
  kinds: readonly Kind[],
  [left, right]: readonly [number, number],
  base: 0 | 1,
): number {
  if (before === undefined || after === undefined || before !== after) return base;
  // Two numbers belong together only over a separator: “10.5”, “10:30”, “2026-12-01”; else each stands for itself.
  if (before === 2 && kinds[left] === 'number' && kinds[right] === 'number' && !/^[.,:/-]$/.test(text))
    return base;
  return before;
}

function mirrored(text: string): string {
  return text.replace(/[()[\]{}<>«»‹›]/g, (bracket) => MIRRORS[bracket] ?? bracket);
}

/** From the deepest level up, each run of pieces at that level or deeper is turned around (rule L2). */
function reversedByLevel(pieces: readonly string[], levels: readonly number[]): string[] {
  const ordered = pieces.map((text, index) => ({ text, level: levels[index] ?? 0 }));
  for (const level of [2, 1]) {
    for (let start = 0; start < ordered.length; start++) {
      let end = start;
      while (end < ordered.length && (ordered[end]?.level ?? 0) >= level) end++;
      const run = ordered.slice(start, end).reverse();
      for (const [index, piece] of run.entries()) ordered[start + index] = piece;
      start = end;
    }
  }
  return ordered.map(({ text }) => text);
}
