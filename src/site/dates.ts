import type { CslDate } from '#edition/index';

const FORMATS: Readonly<Record<number, Intl.DateTimeFormatOptions>> = {
  1: { year: 'numeric' },
  2: { year: 'numeric', month: 'long' },
  3: { year: 'numeric', month: 'long', day: 'numeric' },
};
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * A date as exact as it is known (`2016`, `2016-07`, `2016-07-12`) in the words of a language: by the Gregorian calendar, in the digits 0–9, as
 * everything else on the site. What is no such date is given as it is.
 */
export function formatDate(date: string, language: string): string {
  const parts = /^\d{4}(?:-\d{2}){0,2}$/.test(date) ? date.split('-') : [];
  const [year = '', month = '01', day = '01'] = parts;
  const time = Date.parse(`${year}-${month}-${day}T00:00:00Z`);
  return Number.isNaN(time) ? date : formatOf(language, parts.length).format(time);
}

function formatOf(language: string, precision: number): Intl.DateTimeFormat {
  const key = `${language} ${precision}`;
  const known =
    formats.get(key) ??
    new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
      ...FORMATS[precision],
      timeZone: 'UTC',
      calendar: 'gregory',
      numberingSystem: 'latn',
    });
  formats.set(key, known);
  return known;
}

/** A date of CSL as `2016-07-12`, a range as two of them with a slash, anything else as it stands. */
export function cslDateText(date: CslDate | undefined): string | undefined {
  if (!date) return undefined;
  if (!('date-parts' in date)) return 'raw' in date ? date.raw : date.literal;
  return date['date-parts']
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join('-'))
    .join('/');
}
