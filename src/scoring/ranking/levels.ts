import type { Methodology } from '#edition/index';

/**
 * The measures that people can read side by side: down from the ranked one, level by level, as long as there are not too many.
 * @param finest the finest measures that there are to show
 * @returns none where even the first level below the ranked measure has too many
 */
export function levelsToRead(
  { measures, ranking }: Methodology,
  finest: readonly string[],
  most: number,
): readonly string[] {
  if (finest.length <= most) return finest;
  const children = Map.groupBy(
    measures.filter((measure) => !measure.recorded),
    (measure) => measure.parent ?? '',
  );
  const ends = new Set(finest);
  let level: readonly string[] = [];
  for (let next: readonly string[] = [ranking.measure]; next.length <= most; ) {
    level = next;
    next = level.flatMap((id) => (ends.has(id) ? [id] : (children.get(id) ?? []).map((child) => child.id)));
    if (next.length === level.length && next.every((id, index) => id === level[index])) break;
  }
  return level.length === 1 && level[0] === ranking.measure ? [] : level;
}
