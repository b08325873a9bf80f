import { format, isDateFormat } from 'numfmt';
import type { CellKind } from './sheet.ts';
import { walkXml } from './xml.ts';

/** What a number of a cell is and shows, by the format of the cell. */
export interface Formatted {
  readonly kind: CellKind;
  readonly text: string;
  readonly shown: string;
}
export type NumberReader = (value: number, style: number) => Formatted;

/** The formats that have a number only (ECMA-376, 18.8.30); dates that every program shows in the form of its country are ISO here. */
const BUILT_IN: Readonly<Record<number, string>> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
  14: 'yyyy-mm-dd',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm AM/PM',
  19: 'h:mm:ss AM/PM',
  20: 'hh:mm',
  21: 'hh:mm:ss',
  22: 'yyyy-mm-dd hh:mm',
  37: '#,##0;(#,##0)',
  38: '#,##0;(#,##0)',
  39: '#,##0.00;(#,##0.00)',
  40: '#,##0.00;(#,##0.00)',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mm:ss.0',
  48: '##0.0E+0',
};
/** Dates in the writing of East Asia, of which programs show only some alike. */
const isAsianDate = (id: number) => (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
const DAYS_FROM_1900_TO_1904 = 1462;

/** Reads numbers by the formats of a workbook. */
export function numberReader(stylesXml: string, from1904: boolean): NumberReader {
  const codes = formatsOf(stylesXml);
  const kinds = new Map<string, CellKind>();
  const kindOf = (code: string): CellKind => {
    let kind = kinds.get(code);
    if (kind === undefined) {
      kind = isDateFormat(code) ? 'date' : isPercentFormat(code) ? 'percent' : 'number';
      kinds.set(code, kind);
    }
    return kind;
  };
  return (value, style) => {
    const code = codes[style] ?? 'General';
    if (/^general$/i.test(code)) return { kind: 'number', text: plainDigits(value), shown: asGeneral(value) };
    const kind = kindOf(code);
    const shift = kind === 'date' && from1904 ? DAYS_FROM_1900_TO_1904 : 0;
    const shown = shownAs(code, value + shift);
    if (kind === 'date') return { kind, text: value + shift < 1 ? shown : dayOf(value + shift), shown };
    return { kind, text: kind === 'percent' ? percentText(value) : plainDigits(value), shown };
  };
}

const asGeneral = (value: number) => String(Number(value.toPrecision(15)));

function shownAs(code: string, value: number): string {
  try {
    return format(code, value, { locale: 'en-US', nbsp: false });
  } catch {
    return asGeneral(value); // a format that there is not
  }
}

/** Where a percent sign is more than a text between quotes or behind a backslash. */
const isPercentFormat = (code: string) => code.replace(/"[^"]*"|\\.|_.|\*./g, '').includes('%');

/** A share as per cent: 0.45 is 45%. */
export const percentText = (share: number): string => `${plainDigits(Number(share.toPrecision(15)) * 100)}%`;

/** A number to 15 digits, which is what a spreadsheet holds, without an exponent: 1e-7 is 0.0000001. */
export function plainDigits(value: number): string {
  const text = String(Number(value.toPrecision(15)));
  const [digits = '', exponent] = text.split('e');
  if (exponent === undefined) return text;
  const sign = digits.startsWith('-') ? '-' : '';
  const [whole = '', part = ''] = digits.replace('-', '').split('.');
  const point = whole.length + Number(exponent);
  const all = whole + part;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${all}`;
  return `${sign}${all.padEnd(point, '0')}`;
}

/** The day of a serial number, with the time if it has one. Day 60 is the 29 February 1900 that spreadsheets have and the calendar has not. */
function dayOf(serial: number): string {
  const seconds = Math.round((serial % 1) * 86_400);
  const whole = Math.floor(serial) + (seconds === 86_400 ? 1 : 0);
  const time = new Date((seconds % 86_400) * 1000).toISOString();
  const clock = seconds % 86_400 === 0 ? '' : ` ${time.slice(11, seconds % 60 === 0 ? 16 : 19)}`;
  if (whole === 60) return `1900-02-29${clock}`;
  const date = new Date(Date.UTC(1899, 11, whole < 60 ? 31 : 30) + whole * 86_400_000);
  return Number.isNaN(date.getTime()) ? String(serial) : `${date.toISOString().slice(0, 10)}${clock}`;
}

/** The format of each style of a cell. */
function formatsOf(xml: string): string[] {
  const custom = new Map<number, string>();
  const codes: string[] = [];
  let inCells = false;
  if (xml === '') return codes;
  walkXml(xml, {
    open(name, { numFmtId = '0', formatCode = '' }) {
      if (name === 'numFmt') custom.set(Number(numFmtId), formatCode);
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells) {
        const id = Number(numFmtId);
        codes.push(custom.get(id) ?? BUILT_IN[id] ?? (isAsianDate(id) ? 'yyyy-mm-dd' : 'General'));
      }
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
    text() {},
  });
  return codes;
}
