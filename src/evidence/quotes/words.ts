import { diffArrays } from 'diff';
import { flatten } from './typography.ts';

/** A piece of the way from one text to another. */
export interface Piece {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Words and what stands between them; scripts without spaces between words go character by character. */
const TOKEN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]|[\p{L}\p{M}\p{N}]+(?:['’.,][\p{L}\p{N}]+)*|\s+|[^\s\p{L}\p{M}\p{N}]/gu;

/** Beyond so many words removed and added, two texts have nothing to do with each other, and are shown one after the other. */
const MOST_CHANGES = 600;

const MARGIN = 40;

/**
 * What was removed and added between two texts, word by word (Myers’s algorithm on what lies between their common ends). Equal words are those that
 * differ in typography at most. Its time is bounded by the length of the texts, times a constant.
 */
export function wordDifference(before: string, after: string): Piece[] {
  const [old, now] = [before.match(TOKEN) ?? [], after.match(TOKEN) ?? []];
  const [oldKeys, nowKeys] = [old.map(keyOf), now.map(keyOf)];
  const shorter = Math.min(old.length, now.length);
  let head = 0;
  while (head < shorter && oldKeys[head] === nowKeys[head]) head++;
  let tail = 0;
  while (tail < shorter - head && oldKeys.at(-1 - tail) === nowKeys.at(-1 - tail)) tail++;
  // Words next to what changed may belong to it.
  [head, tail] = [Math.max(0, head - MARGIN), Math.max(0, tail - MARGIN)];
  const [oldEnd, nowEnd] = [old.length - tail, now.length - tail];
  const changes = diffArrays(oldKeys.slice(head, oldEnd), nowKeys.slice(head, nowEnd), {
    maxEditLength: MOST_CHANGES,
  }) ?? [
    { removed: true, added: false, count: oldEnd - head },
    { removed: false, added: true, count: nowEnd - head },
  ];
  const pieces: Piece[] = [{ kind: 'same', text: now.slice(0, head).join('') }];
  let [atOld, atNow] = [head, head];
  for (const { added, removed, count } of changes) {
    const from = removed ? old.slice(atOld, atOld + count) : now.slice(atNow, atNow + count);
    pieces.push({ kind: added ? 'added' : removed ? 'removed' : 'same', text: from.join('') });
    if (!added) atOld += count;
    if (!removed) atNow += count;
  }
  pieces.push({ kind: 'same', text: now.slice(nowEnd).join('') });
  return joined(pieces.filter(({ text }) => text !== ''));
}

const keyOf = (token: string) =>
  /^\s/.test(token) ? ' ' : /^[A-Za-z0-9]+$/.test(token) ? token : flatten(token).flat;

/** Neighbours of one kind as one piece; a space between two changes belongs to both; what was removed stands before what was added. */
function joined(pieces: readonly Piece[]): Piece[] {
  const result: { kind: Piece['kind']; text: string }[] = [];
  let [removed, added] = ['', ''];
  const flush = () => {
    if (removed) result.push({ kind: 'removed', text: removed });
    if (added) result.push({ kind: 'added', text: added });
    removed = added = '';
  };
  for (const [index, { kind, text }] of pieces.entries()) {
    const isBetween =
      kind === 'same' && text.trim() === '' && (removed || added) && pieces[index + 1] !== undefined;
    if (kind === 'removed' || isBetween) removed += text;
    if (kind === 'added' || isBetween) added += text;
    if (kind !== 'same' || isBetween) continue;
    flush();
    const last = result.at(-1);
    if (last?.kind === 'same') last.text += text;
    else result.push({ kind, text });
  }
  flush();
  return result;
}
