/** Lower-case words of a–z and 0–9 joined by single hyphens: `facebook-messenger`. */
export const ID_PATTERN = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

const LONGEST_WORD = 100;
const MOST_SUGGESTIONS = 200;

/**
 * The same question for many words: it stops asking after two hundred, since every one of them looks at all that is known. Whoever has
 * more mistakes than that has one mistake, many times.
 */
export function suggester(
  known: ReadonlySet<string> | ReadonlyMap<string, unknown>,
): (wanted: string) => string {
  const asked = new Map<string, string>();
  return (wanted) => {
    const before = asked.get(wanted);
    if (before !== undefined || asked.size >= MOST_SUGGESTIONS) return before ?? '';
    const suggestion = didYouMean(wanted, known.keys());
    asked.set(wanted, suggestion);
    return suggestion;
  };
}

/** A question after what was perhaps meant by an unknown word; empty if nothing known is near. */
export function didYouMean(wanted: string, known: Iterable<string>): string {
  const most = wanted.length > LONGEST_WORD ? 0 : Math.floor((wanted.length + 1) / 3);
  let best: string | undefined;
  let bestDistance = most + 1;
  for (const candidate of known) {
    if (most === 0) break;
    const begins = candidate.startsWith(`${wanted}-`);
    if (!begins && Math.abs(candidate.length - wanted.length) >= bestDistance) continue;
    const distance = begins ? most : editDistance(wanted, candidate);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best === undefined ? '' : ` Did you mean “${best}”?`;
}

/** Damerau–Levenshtein distance with adjacent transpositions (optimal string alignment, Boytsov 2011); cost |a|·|b|. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(substituted, (last[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}
