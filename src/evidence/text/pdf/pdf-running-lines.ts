import type { PdfLine } from './pdf-lines.ts';

/** Heads and feet stand in this outer part of a page, above and below. */
const MARGIN = 0.16;
/** How far the place of one may differ between pages, as part of the page. */
const DRIFT = 0.02;
const MOST_LINES = 4;

/**
 * Running heads, feet and page numbers: the outermost lines of pages that come again in the same place, whatever numbers are in them. They are peeled off from
 * outside, so that a line of the text is never taken for one while something stands between it and the edge.
 */
export function runningLines(pages: readonly (readonly PdfLine[])[]): ReadonlySet<PdfLine> {
  const edges = pages.map((lines) => {
    const sorted = lines.toSorted((one, other) => one.depth - other.depth);
    return [
      sorted.filter(({ depth }) => depth < MARGIN).slice(0, MOST_LINES),
      sorted
        .filter(({ depth }) => depth > 1 - MARGIN)
        .slice(-MOST_LINES)
        .reverse(),
    ];
  });
  const places = new Map<string, Map<number, number[]>>();
  edges.forEach((own, page) => {
    for (const line of own.flat()) {
      const known = places.get(keyOf(line)) ?? new Map<number, number[]>();
      known.set(page, [...(known.get(page) ?? []), line.depth]);
      places.set(keyOf(line), known);
    }
  });
  const needed = pages.length <= 3 ? 2 : 3;
  const comesAgain = (line: PdfLine) => {
    let found = 0;
    for (const depths of places.get(keyOf(line))?.values() ?? [])
      if (depths.some((depth) => Math.abs(depth - line.depth) < DRIFT) && ++found >= needed) return true;
    return false;
  };
  const running = new Set<PdfLine>();
  for (const own of edges)
    for (const edge of own)
      for (const line of edge) {
        if (!comesAgain(line)) break;
        running.add(line);
      }
  return running;
}

/** A line without its numbers, Roman ones too. */
function keyOf({ text }: PdfLine): string {
  return text
    .replace(/\p{Nd}+/gu, '#')
    .replace(/\b[ivxlc]+\b/gi, '#')
    .replace(/\s+/g, ' ')
    .toLowerCase();
}
