/**
 * Texts as they are compared: what typesetting does to a text, and nothing that a writer does, is undone. Two passages that are equal here differ in
 * typography only.
 */
export interface FlatText {
  readonly flat: string;
  /** For each character of `flat`, and one past its end, where it begins in the text (UTF-16 units). */
  readonly at: Int32Array;
}

/**
 * Not seen: soft hyphens, joiners, marks of direction, variation selectors, byte-order marks; and the tatweel, which only stretches a word. Overrides of
 * direction (U+202D, U+202E) are kept: they show a text in another order than it has.
 */
const INVISIBLE = /(?![\u202d\u202e])\p{Default_Ignorable_Code_Point}|\u0640/gu;
const FOLDED: Readonly<Record<string, string>> = Object.fromEntries([
  ...[...'\u2018\u2019\u201a\u201b\u2032\u2035\u02bc\u02b9`\u00b4\u2039\u203a'].map((own) => [own, "'"]),
  ...[...'\u201c\u201d\u201e\u201f\u2033\u2036\u00ab\u00bb\u300c\u300d\u300e\u300f'].map((own) => [own, '"']),
  ...[...'\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e3a\u2e3b'].map((own) => [own, '-']),
  ['\u2026', '...'],
  ['\u2116', 'No'],
  ['\u2105', 'c/o'],
]);

/**
 * In this order: a mark that turns what stands from left to right, as numbers and Latin words do (around Arabic it turns nothing); a word that typesetting broke at the end of a line; white space; plain ASCII; anything else, with the marks that stand on it. */
const PIECE =
  /(?<turned>[\u202b\u2067](?=[^\p{L}\p{N}]{0,20}[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]))|(?<broken>(?<=\p{L})[-\u00ad\u2010][^\S\n]*\n\s*(?=\p{Ll}))|(?<space>[\s\u0085\u2800\u3164]+)|(?<plain>[!-,./0-_a-~]+(?!\p{M}))|(?<other>[\s\S]\p{M}*)/gu;

/** A text as it is compared. Linear in its length. */
export function flatten(text: string): FlatText {
  const written = makeFlat();
  for (const { index, groups } of text.matchAll(PIECE)) {
    if (groups?.turned !== undefined) written.add(groups.turned, index, 1);
    else if (groups?.space !== undefined) written.space(index);
    else if (groups?.plain !== undefined) written.add(groups.plain, index, 1);
    else if (groups?.other !== undefined) {
      // A compatibility form may hold a space of its own; it counts as any other.
      for (const [place, piece] of folded(groups.other).split(/\s+/).entries()) {
        if (place > 0) written.space(index);
        written.add(piece, index, 0);
      }
    }
  }
  return written.end(text.length);
}

function makeFlat() {
  const parts: string[] = [];
  const at: number[] = [];
  let space = -1;
  return {
    space(from: number) {
      if (space < 0) space = from;
    },
    add(characters: string, from: number, step: 0 | 1) {
      if (characters === '') return;
      if (space >= 0 && parts.length > 0) {
        parts.push(' ');
        at.push(space);
      }
      space = -1;
      parts.push(characters);
      for (let index = 0; index < characters.length; index++) at.push(from + index * step);
    },
    end(length: number): FlatText {
      at.push(space >= 0 ? space : length);
      return { flat: parts.join(''), at: Int32Array.from(at) };
    },
  };
}

/**
 * Forms that only typesetting makes: ligatures, Hebrew and Arabic presentation forms, full and half width. Others that Unicode calls compatible mean
 * something: 30² is not 302, and 1½ not 11/2.
 */
const PRESENTATION = /[\ufb00-\ufdff\ufe70-\ufefc\uff01-\uffee]/;

/** A character with its marks: composed, presentation forms undone, quotes, dashes and dots made plain. */
function folded(cluster: string): string {
  const seen = cluster.replace(INVISIBLE, '');
  const whole = PRESENTATION.test(seen) ? seen.normalize('NFKC') : seen.normalize('NFC');
  return [...whole].map((own) => FOLDED[own] ?? own).join('');
}
