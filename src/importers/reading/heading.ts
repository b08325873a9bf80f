import { columnNumber } from '#formats/sheets';
import { textOf } from './cell.ts';
import type { SheetRecord } from './workbook.ts';

const folded = (name: string) => name.trim().replace(/\s+/g, ' ');
/** What joins the parts of a heading over several rows. */
const JOINT = ' / ';

/**
 * The names of columns, by a heading of one row or several: `Scores / A`. Of equal names the later have a number added.
 * @param isSpread whether a name stands for the empty cells right of it, since the file has no merged cells; never in the last row
 */
export function headingNames(heading: readonly SheetRecord[], isSpread: boolean): string[] {
  const rows = heading.map(({ cells }, index) => {
    const names = Array.from(cells, (cell) => folded(textOf(cell)));
    return isSpread && index < heading.length - 1 ? filledRight(names) : names;
  });
  const width = Math.max(
    0,
    ...rows.map((names) => names.findLastIndex((name) => name !== '') + 1),
    ...(isSpread ? rows.map((names) => names.length) : []),
  );
  return numbered(
    Array.from({ length: width }, (_, column) => {
      const parts = rows.map((names) => names[column] ?? '').filter((name) => name !== '');
      return parts.filter((part, index) => part !== parts[index - 1]).join(JOINT);
    }),
  );
}

function filledRight(names: readonly string[]): string[] {
  let before = '';
  return names.map((name) => {
    before = name || before;
    return before;
  });
}

function numbered(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

/**
 * Finds columns: by their name; by the last part of it, or in other case, where only one is called so; or by their letters: `column B`.
 * Gives −1 where there is none.
 */
export function placesOf(columns: readonly string[]): (name: string) => number {
  const known = new Map(columns.map((name, index) => [name, index]));
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const index = search(columns, folded(name));
    known.set(name, index);
    return index;
  };
}

function search(columns: readonly string[], name: string): number {
  const lower = name.toLowerCase();
  const ways: ((own: string) => boolean)[] = [
    (own) => own === name,
    (own) => own.endsWith(`${JOINT}${name}`),
    (own) => own.toLowerCase() === lower,
  ];
  for (const isMeant of ways) {
    const found = columns.flatMap((own, index) => (isMeant(own) ? [index] : []));
    if (found.length === 1) return found[0] ?? -1;
  }
  const letters = /^column ([A-Z]{1,3})$/i.exec(name)?.[1];
  return letters === undefined ? -1 : columnNumber(letters) - 1;
}
