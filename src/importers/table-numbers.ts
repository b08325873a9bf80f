import type { Remarks } from './imported.ts';
import { asShare, type Decimal, decimalOf, readNumber } from './reading/numbers.ts';
import type { PlacedText } from './table-cells.ts';
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

/** The number of a cell, in plain digits; undefined if it holds none. What was left out of it, and that it is per cent, is said. */
export function numberIn(cell: PlacedText, decimals: Decimals, remarks: Remarks): string | undefined {
  if (cell.kind === 'date' || cell.kind === 'boolean') return undefined;
  const number = readNumber(cell.text, cell.kind === 'text' ? decimals.of(cell.file) : 'point');
  if (!number) return undefined;
  const { value, mark, isPercent } = number;
  if (mark !== '')
    remarks.add(
      'doubt',
      `${cell.place}: “${cell.text.trim()}” is read as ${value}; the mark “${mark}” is left out.`,
      'doubt: marks behind numbers',
    );
  if (value.replace(/^-?0*\.?0*|\./g, '').length > MOST_DIGITS)
    remarks.add(
      'doubt',
      `${cell.place}: “${cell.text.trim()}” has more digits than a measurement: what a program left over from computing. It is kept as it stands, so that it may break a tie; round it in the table.`,
      'doubt: digits of computing',
    );
  return isPercent && decimals.percent === 'share' ? asShare(value) : value;
}

/** What a spreadsheet holds. */
const MOST_DIGITS = 15;

/** Columns with per cent are said, and those in which some numbers are per cent and others not. */
export function sayPercent(texts: Iterable<PlacedText>, decimals: Decimals, remarks: Remarks): void {
  const columns = new Map<string, { percent?: PlacedText; plain?: PlacedText }>();
  for (const cell of texts) {
    const number = readNumber(cell.text, cell.kind === 'text' ? decimals.of(cell.file) : 'point');
    if (!number || cell.kind === 'date') continue;
    const own = columns.get(cell.column) ?? {};
    own[number.isPercent ? 'percent' : 'plain'] ??= cell;
    columns.set(cell.column, own);
  }
  const [read, otherwise] = decimals.percent === 'share' ? ['0.45', 'whole'] : ['45', 'share'];
  for (const [column, { percent, plain }] of columns) {
    // A sign in a text is as plain as can be; a format stands between what a cell shows and what it holds.
    if (!percent || (percent.kind === 'text' && !plain)) continue;
    const mixed = plain
      ? ` It has numbers without a sign too (“${plain.text.trim()}”, ${plain.place}), which stay as they are: look whether they mean the same.`
      : '';
    remarks.add(
      'doubt',
      `${column} holds per cent (“${percent.text.trim()}”, ${percent.place}): 45% is read as ${read}; “percent: ${otherwise}” in the mapping reads it otherwise.${mixed}`,
      `doubt: per cent${plain ? ', mixed' : ''}`,
    );
  }
}
