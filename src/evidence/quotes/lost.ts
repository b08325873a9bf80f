import type { Piece } from './words.ts';

const NAME =
  /\p{Lu}[\p{L}\p{M}\p{N}’'.-]*(?:\s+(?:(?:of|the|de|la|du|des|von|and|&)\s+)?\p{Lu}[\p{L}\p{M}\p{N}’'.-]*)*/gu;

/** What a passage named and does not name any more: names, and single items of a list, of which nothing took the place. */
export function lostWords(difference: readonly Piece[], passage: string): string[] {
  const lost = difference.flatMap(({ kind, text }, index) => {
    if (kind !== 'removed') return [];
    const names = text.match(NAME) ?? [];
    const isReplaced = difference[index + 1]?.kind === 'added';
    const items =
      isReplaced || names.length > 0
        ? []
        : text.split(/[,;、，،]|\s+(?:and|or|et|ou|und|oder|y|o|e|и|или|ve|veya|و|أو)\s+/u);
    return [...names, ...items];
  });
  return [
    ...new Set(
      lost
        .map((own) => own.replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, ''))
        .filter((own) => /\p{L}{2}/u.test(own) && !passage.includes(own)),
    ),
  ];
}
