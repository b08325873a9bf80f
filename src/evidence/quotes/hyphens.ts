/** Beginnings of words after which a hyphen makes another word: re-cover, non-personal, re-sign, un-ionised, co-op. */
const BEGINNINGS = new Set(
  're non un in im dis de co pre anti over under mis out sub inter counter ex semi bi pro post multi self up off by on ab ent ver zer ge be miss um über unter wieder nicht dé des mal sur sous contre auto bien des sin sobre contra não bem per tra stra ri s on her ont'.split(
    ' ',
  ),
);

const BROKEN = /(?<![\p{L}\p{M}])([\p{L}\p{M}]+)[-\u2010][^\S\n]*\n\s*(\p{Ll}[\p{L}\p{M}]*)/gu;

/**
 * A word that stands broken at a hyphen in one passage and whole in the other, where the hyphen may be part of it: nobody can tell “re-” and “cover” on two
 * lines from “re-cover”. Undefined where there is none, or where the text has the whole word elsewhere and never with the hyphen.
 */
export function hyphensThatMayCount(before: string, after: string, text: string): string | undefined {
  const [old, now] = [brokenIn(before), brokenIn(after)];
  const changed = [...old.filter((own) => !now.includes(own)), ...now.filter((own) => !old.includes(own))];
  return changed.find((broken) => {
    const [first = '', second = ''] = broken.split('-');
    if (!BEGINNINGS.has(first.toLowerCase())) return false;
    return !(holds(text, first + second) && !holds(text, broken));
  });
}

const brokenIn = (passage: string) =>
  Array.from(passage.matchAll(BROKEN), ([, first, second]) => `${first}-${second}`);

function holds(text: string, word: string): boolean {
  const isWord = (at: number) => /[\p{L}\p{M}\p{N}]/u.test(text[at] ?? '');
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (!isWord(at - 1) && !isWord(at + word.length)) return true;
  return false;
}
