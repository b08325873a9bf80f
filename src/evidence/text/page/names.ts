/** What names all that stands in an element: the term of a description, the caption of a table, the question that unfolds an answer. */
export interface Name {
  /** The element that holds the words: `dt` for a description, `td` for a cell with heads. */
  readonly from: string;
  words: string;
  /** What the element itself belongs to. */
  readonly within: Name | undefined;
}

/** Longer ones are cut off. */
export const MOST_HEAD = 200;
/** So many names are looked at, from the inside out. */
const MOST_NAMES = 8;

const CELL = 'td';

/** The elements that one of their children names. */
const NAMED_BY = new Map([
  ['details', 'summary'],
  ['fieldset', 'legend'],
  ['figure', 'figcaption'],
  ['table', 'caption'],
]);

/** What names the content of an element, with words that may be read only later: a caption may stand below. */
export function nameFor(element: string, within: Name | undefined): Name | undefined {
  const from = NAMED_BY.get(element);
  if (from === undefined) return undefined;
  // A table in a cell has heads of its own: what is around it may be there for its looks only.
  let outer = within;
  while (element === 'table' && outer?.from === CELL) outer = outer.within;
  return { from, words: '', within: outer };
}

/** A cell’s heads as names, the first as the innermost: they hold for all that stands in the cell. */
export const namesOfCell = (heads: readonly string[], within: Name | undefined): Name | undefined =>
  heads.reduceRight<Name | undefined>((outer, words) => ({ from: CELL, words, within: outer }), within);

/** Puts what was read of a name behind what there was of it. */
export const joined = (one: string, other: string): string =>
  one === '' || other === '' ? one + other : `${one} – ${other}`.slice(0, MOST_HEAD);

/** The names of what a block stands in, the innermost first. */
export function headsOf(within: Name | undefined): readonly string[] {
  const found: string[] = [];
  let looked = 0;
  for (let name = within; name && looked < MOST_NAMES; name = name.within, looked++)
    if (name.words !== '') found.push(name.words);
  return found;
}
