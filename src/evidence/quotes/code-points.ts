/** Offsets in a text: JavaScript counts UTF-16 units, the selectors of the W3C count Unicode code points. */

const SURROGATE = /[\ud800-\udbff][\udc00-\udfff]/g;

/** Gives the code-point offset for an offset in UTF-16 units. */
export function toCodePoints(text: string): (unit: number) => number {
  const pairs = pairStarts(text);
  return (unit) => unit - countBelow(pairs, unit);
}

/** Gives the offset in UTF-16 units for a code-point offset. */
export function toUnits(text: string): (point: number) => number {
  const pairs = pairStarts(text);
  // The n-th pair begins at the code point pairs[n] - n.
  return (point) => {
    let [low, high] = [0, pairs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[middle] as number) - middle < point) low = middle + 1;
      else high = middle;
    }
    return point + low;
  };
}

function pairStarts(text: string): number[] {
  return Array.from(text.matchAll(SURROGATE), ({ index }) => index);
}

function countBelow(sorted: readonly number[], limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
