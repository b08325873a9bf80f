import { format, isDateFormat } from 'numfmt';
import { walkXml } from './xml.ts';

/** Gives a number of a cell as the sheet shows it. */
export type NumberShow = (value: number, style: number) => string;

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

export function numberShow(stylesXml: string, from1904: boolean): NumberShow {
  const codes = formatsOf(stylesXml);
  const known = new Map<string, boolean>();
  return (value, style) => {
    const code = codes[style] ?? 'General';
    if (/^general$/i.test(code)) return String(Number(value.toPrecision(15)));
    let isDate = known.get(code);
    if (isDate === undefined) {
      isDate = isDateFormat(code) ?? false;
      known.set(code, isDate);
    }
    try {
      return format(code, isDate && from1904 ? value + DAYS_FROM_1900_TO_1904 : value, {
        locale: 'en-US',
        nbsp: false,
      });
    } catch {
      return String(Number(value.toPrecision(15))); // a format that there is not
    }
  };
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
