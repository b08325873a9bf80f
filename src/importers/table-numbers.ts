import type { Remarks } from './imported.ts';
import type { PlacedText } from './placed-text.ts';
import { asShare, type Decimal, decimalOf, readNumber } from './reading/numbers.ts';
import type { Mapping } from './table-mapping.ts';

/** How the numbers of each file are written. */
export interface Decimals {
  of(file: string): Decimal;
  readonly percent: Mapping['percent'];
}

/** What people write for nothing. */
export const NOTHING =
  /^(?:|[-–—*]|\.{2,3}|…|nan|none|null|nil|n\.?\s?\/?\s?[ad]\.?|not available|no data)$/i;

/**
 * Which decimal sign the numbers of each file have: what the mapping says; else the comma, where numbers have one that can be nothing else and
 * none has a point. That is said, and so is what could be read either way.
 */
export function decimalsIn(mapping: Mapping, texts: Iterable<PlacedText>, remarks: Remarks): Decimals {
  const { percent } = mapping;
  const said = mapping.decimal;
  if (said !== undefined) return { of: () => said, percent };
  const found = new Map<string, Decimal>();
  for (const [file, signs] of signsIn(texts)) {
    found.set(file, signs.comma && !signs.point ? 'comma' : 'point');
    const doubt = doubtOf(file, signs);
    if (doubt !== undefined) remarks.add('doubt', doubt);
  }
  return { of: (file) => found.get(file) ?? 'point', percent };
}

/** By what decimal sign it has, the first number of a file. */
type Signs = Partial<Record<Decimal | 'either', PlacedText>>;

function signsIn(texts: Iterable<PlacedText>): Map<string, Signs> {
  const files = new Map<string, Signs>();
  for (const cell of texts) {
    if (!/[.,]/.test(cell.text)) continue;
    const sign = cell.kind === 'text' ? decimalOf(cell.text) : undefined;
    if (sign === undefined) continue;
    const known = files.get(cell.file) ?? {};
    known[sign] ??= cell;
    files.set(cell.file, known);
  }
  return files;
}

function doubtOf(file: string, { point, comma, either }: Signs): string | undefined {
  const shown = ({ text }: PlacedText) => `“${text.trim()}”`;
  if (comma && point)
    return `${file} writes decimals with a point (${shown(point)}, ${point.place}) and with a comma (${shown(comma)}, ${comma.place}). Those with a comma are not read. Mend the table, or say “decimal” in the mapping.`;
  if (comma)
    return `${comma.place}: ${shown(comma)} has a decimal comma, and no number of ${file} a point: all of them are read so, “1.234” as 1234. Say “decimal: comma” in the mapping if that is right.`;
  if (!either || point) return undefined;
  const meant = either.text.includes(',')
    ? 'thousands or have a decimal comma; it is read as thousands'
    : 'thousands or have a decimal point; it is read with a decimal point';
  return `${either.place}: ${shown(either)} could be ${meant}. Say “decimal: point” or “decimal: comma” in the mapping.`;
}

/**
 * The number of a cell, in plain digits; undefined if it holds none. What was left out of it, and that it is per cent, is said.
 * @param said what the mapping says that the cell means
 */
export function numberIn(
  cell: PlacedText,
  decimals: Decimals,
  remarks: Remarks,
  said?: string,
): string | undefined {
  const text = said ?? cell.text;
  if (/^\d{1,15}$/.test(text)) return text;
  const kind = said === undefined ? cell.kind : 'text';
  if (kind === 'date' || kind === 'boolean') return undefined;
  const number = readNumber(text, kind === 'text' ? decimals.of(cell.file) : 'point');
  if (!number) return undefined;
  const { value, mark, isPercent } = number;
  if (mark !== '')
    remarks.add(
      'doubt',
      `${cell.place}: “${text.trim()}” is read as ${value}; the mark “${mark}” is left out.`,
      'doubt: marks behind numbers',
    );
  if (value.replace(/^-?0*\.?0*|\./g, '').length > MOST_DIGITS)
    remarks.add(
      'doubt',
      `${cell.place}: “${text.trim()}” has more digits than a measurement: what a program left over from computing. It is kept as it stands, so that it may break a tie; round it in the table.`,
      'doubt: digits of computing',
    );
  return isPercent && decimals.percent === 'share' ? asShare(value) : value;
}

/** What a spreadsheet holds. */
const MOST_DIGITS = 15;

/** Columns with per cent are said, and those in which some numbers are per cent and others not. */
export function sayPercent(texts: readonly PlacedText[], decimals: Decimals, remarks: Remarks): void {
  const isPercent = (cell: PlacedText) => /[%٪％]/.test(cell.text);
  const columns = Map.groupBy(texts.filter(isPercent), ({ column }) => column);
  if (columns.size === 0) return;
  const plain = new Map<string, PlacedText>();
  for (const cell of texts)
    if (!isPercent(cell) && numberLike(cell, decimals) && !plain.has(cell.column))
      plain.set(cell.column, cell);
  const [read, otherwise] = decimals.percent === 'share' ? ['0.45', 'whole'] : ['45', 'share'];
  for (const [column, [percent]] of columns) {
    const other = plain.get(column);
    // A sign in a text is as plain as can be; a format stands between what a cell shows and what it holds.
    if (!percent || !numberLike(percent, decimals) || (percent.kind === 'text' && !other)) continue;
    const mixed = other
      ? ` It has numbers without a sign too (“${other.text.trim()}”, ${other.place}), which stay as they are: look whether they mean the same.`
      : '';
    remarks.add(
      'doubt',
      `${column} holds per cent (“${percent.text.trim()}”, ${percent.place}): 45% is read as ${read}; “percent: ${otherwise}” in the mapping reads it otherwise.${mixed}`,
      `doubt: per cent${other ? ', mixed' : ''}`,
    );
  }
}

const numberLike = (cell: PlacedText, decimals: Decimals): boolean =>
  cell.kind !== 'date' &&
  readNumber(cell.text, cell.kind === 'text' ? decimals.of(cell.file) : 'point') !== undefined;
