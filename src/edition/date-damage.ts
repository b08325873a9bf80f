import { isDay } from './dates.ts';

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/**
 * What is wrong with a cell that should be a date and is one in another form, as spreadsheets write them, and what to write; undefined if it
 * is no date of any form. Where day and month could be either, both are asked for.
 */
export function dateDamage(cell: string): string | undefined {
  const readings = dateReadings(cell);
  if (!readings) return undefined;
  const [first, second] = readings;
  if (first === undefined)
    return `“${cell}” is no day that there is, or lacks its year. Write year, month and day: 2016-07-12.`;
  const what = second === undefined ? `Write ${first}` : `Write ${first} or ${second}, whichever day it was`;
  return `“${cell}” is a date in another form, perhaps a spreadsheet’s. ${what}, and format the column as text.`;
}

/** The days that a date in another form may be; none where there is no such day, undefined where it is no date of any form. */
export function dateReadings(cell: string): string[] | undefined {
  const text = cell.trim().replace(/[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?Z?$/, '');
  const readings = (serialDate(text) ?? inDigits(text) ?? withMonthName(text))?.filter(isDay);
  return readings && [...new Set(readings)];
}

const two = (part: string) => part.padStart(2, '0');

/** Days since the end of 1899, as spreadsheets count them: 1941 to 2078, five digits that no year has. */
function serialDate(text: string): string[] | undefined {
  const days = /^[1-6]\d{4}$/.test(text) ? Number(text) : 0;
  if (days < 15_000 || days > 65_000) return undefined;
  return [new Date(Date.UTC(1899, 11, 30) + days * 86_400_000).toISOString().slice(0, 10)];
}

function inDigits(text: string): string[] | undefined {
  const [, year, month = '', day] = /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?$/.exec(text) ?? [];
  if (year) return dates(year, [month, day]);
  const [, shortMonth = '', ofYear] = /^(\d{1,2})[-/.](\d{4})$/.exec(text) ?? [];
  if (ofYear) return dates(ofYear, [shortMonth, undefined]);
  const [, a = '', separator, b = '', last] =
    /^(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4}|\d{2})$/.exec(text) ?? [];
  if (!last) return undefined;
  const whole = last.length === 4 ? last : `20${last}`;
  // With full stops, the day stands first wherever dates are written so.
  return separator === '.' ? dates(whole, [b, a]) : dates(whole, [b, a], [a, b]);
}

function withMonthName(text: string): string[] | undefined {
  const words = text
    .toLowerCase()
    .split(/[-/., ]+/)
    .filter((word) => word !== '');
  const month = words.findIndex((word) => /^[a-z]{3,9}$/.test(word) && MONTHS.includes(word.slice(0, 3)));
  const numbers = words.filter((_, index) => index !== month);
  if (month < 0 || numbers.length === 0 || numbers.length > 2) return undefined;
  if (!numbers.every((word) => /^(?:\d{4}|\d{1,2}(?:st|nd|rd|th)?)$/.test(word))) return undefined;
  const number = String(MONTHS.indexOf((words[month] ?? '').slice(0, 3)) + 1);
  const [one = '', other] = numbers.map((word) => word.replace(/\D+$/, ''));
  if (other === undefined) return one.length === 4 ? dates(one, [number, undefined]) : [];
  const [day, year] = one.length === 4 ? [other, one] : [one, other];
  return dates(year.length === 4 ? year : `20${two(year)}`, [number, day]);
}

/** Those of these months and days that can be. */
function dates(year: string, ...readings: (readonly [month: string, day: string | undefined])[]): string[] {
  return readings.flatMap(([month, day]) => {
    const [m, d] = [Number(month), day === undefined ? 1 : Number(day)];
    if (m < 1 || m > 12 || d < 1 || d > 31) return [];
    return [day === undefined ? `${year}-${two(month)}` : `${year}-${two(month)}-${two(day)}`];
  });
}
