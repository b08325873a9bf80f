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

/** What was removed and added between two texts, word by word (Myers’s algorithm). Equal words are those that differ in typography at most. */
export function wordDifference(before: string, after: string): Piece[] {
  const changes = diffArrays(before.match(TOKEN) ?? [], after.match(TOKEN) ?? [], {
    comparator: (one, other) => one === other || keyOf(one) === keyOf(other),
  });
  return joined(
    changes.map(
      ({ value, added, removed }): Piece => ({
        kind: added ? 'added' : removed ? 'removed' : 'same',
        text: value.join(''),
      }),
    ),
  );
}

const keyOf = (token: string) => (/^\s/.test(token) ? ' ' : flatten(token).flat);

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
