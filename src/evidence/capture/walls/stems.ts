/** One expression of stems, each of which may hold groups with alternatives of their own. Plain letters for the most part: linear. */
export function stems(words: string): RegExp {
  const each = alternatives(words.replaceAll('\n', ''));
  const apart = each.filter((word) => APART.test(word));
  const joined = each.filter((word) => !APART.test(word));
  return new RegExp(
    [
      ...(apart.length > 0 ? [`(?<![\\p{L}\\p{N}])(?:${apart.join('|')})`] : []),
      ...(joined.length > 0 ? [`(?:${joined.join('|')})`] : []),
    ].join('|'),
    'u',
  );
}

/** What is first in it, after signs, belongs to a script that writes words apart. */
const APART = /^[^\p{L}\p{N}]*[\p{Script=Latin}\p{Script=Cyrillic}\d]/u;

/** The parts between the bars that stand in no group. */
function alternatives(words: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < words.length; at++) {
    const sign = words[at];
    if (sign === '\\') at++;
    else if (sign === '(') depth++;
    else if (sign === ')') depth--;
    else if (sign === '|' && depth === 0) {
      found.push(words.slice(start, at));
      start = at + 1;
    }
  }
  return [...found, words.slice(start)];
}
