import { readNumber } from '../reading/numbers.ts';
import type { Row } from '../rows.ts';
import { NOTHING } from '../table-numbers.ts';

export const NUMBERLIKE = /^[-+−–(]?[\d.,\s]+%?\)?$/;

/** What a column holds, as far as one sees. */
export interface LookedColumn {
  readonly name: string;
  /** The texts that stand in it, in order, one for each row. */
  readonly texts: readonly string[];
  readonly filled: number;
  readonly values: ReadonlyMap<string, number>;
  /** Its numbers, one for each row; undefined where it has none. */
  readonly numbers: readonly (number | undefined)[];
  readonly isNumeric: boolean;
  readonly links: number;
  readonly length: number;
}

export function lookAt(name: string, rows: readonly Row[]): LookedColumn {
  const texts = rows.map((row) => row.peek(name).trim().replace(/\s+/g, ' '));
  const meant = texts.filter((text) => !NOTHING.test(text));
  const decimal = meant.some((text) => /^\d+,\d{1,2}$/.test(text)) ? 'comma' : 'point';
  const numbers = rows.map((row, index) => {
    const kind = row.kind(name);
    const number =
      kind === 'date' ? undefined : readNumber(texts[index] ?? '', kind === 'text' ? decimal : 'point');
    return number && Number(number.value);
  });
  const values = new Map<string, number>();
  for (const text of meant) values.set(text, (values.get(text) ?? 0) + 1);
  const read = numbers.filter((number) => number !== undefined).length;
  return {
    name,
    texts,
    filled: meant.length,
    values,
    numbers,
    isNumeric: read > 0 && read >= 0.6 * meant.length,
    links: rows.filter((row) => /^https?:/.test(row.peek(name).trim()) || row.extras(name).link !== undefined)
      .length,
    length: meant.reduce((sum, text) => sum + text.length, 0) / Math.max(1, meant.length),
  };
}
