/** How a table writes the decimals of its numbers. */
export type Decimal = 'point' | 'comma';

export interface ReadNumber {
  /** In plain digits: `-1234.5`. */
  readonly value: string;
  readonly isPercent: boolean;
  /** A mark behind the number that was left out, such as an asterisk. */
  readonly mark: string;
}

/**
 * Numbers as people write them, and what they are read as where decimals have a point. This is the documented table (docs/importing.md); what is
 * undefined is not read as a number.
 */
export const NUMBERS: readonly (readonly [written: string, read: string | undefined, why: string])[] = [
  ['1234.5', '1234.5', ''],
  ['1,234.5', '1234.5', 'groups of three, separated by commas'],
  ['1 234.5', '1234.5', 'by spaces, narrow and unbreakable ones too'],
  ['1’234.5', '1234.5', 'by apostrophes, straight or curved'],
  ['12,34,567', '1234567', 'or as in India'],
  ['0,125', undefined, 'thousands do not begin with 0: say `decimal: comma`'],
  ['1,5', undefined, 'no group of three: say `decimal: comma`'],
  ['1.2.3', undefined, 'two decimal points'],
  ['+5', '5', ''],
  ['−5', '-5', 'a minus, a hyphen or a dash before it'],
  ['(5)', '-5', 'as accountants write what is owed'],
  ['.5', '0.5', ''],
  ['5.', '5', ''],
  ['½', '0.5', 'and 2½, ¼, ¾, fifths and eighths'],
  ['1e3', '1000', 'as programs write it'],
  ['45%', '45', 'per cent are read as they are shown, and said'],
  ['12.5*', '12.5', 'a mark of a footnote is left out, and said: * † ‡ § ¹ [1]'],
  ['12.5a', undefined, 'a letter may be a unit'],
  ['٣', '3', 'digits of any script'],
  ['<5', undefined, ''],
  ['12–15', undefined, ''],
];

const FRACTIONS: Readonly<Record<string, string>> = {
  '½': '5',
  '¼': '25',
  '¾': '75',
  '⅕': '2',
  '⅖': '4',
  '⅗': '6',
  '⅘': '8',
  '⅛': '125',
  '⅜': '375',
  '⅝': '625',
  '⅞': '875',
};
const MARK = /\s*(?:[*†‡§¶#¹²³⁰⁴-⁹]+|\[[\p{L}\p{Nd}]{1,3}\])$/u;

/** Reads a number by the table above; undefined for what is none. */
export function readNumber(text: string, decimal: Decimal): ReadNumber | undefined {
  const { body, isNegative, isPercent, mark } = parts(text);
  const fraction = /^(\d*) ?([½¼¾⅕⅖⅗⅘⅛⅜⅝⅞])$/.exec(body);
  const digits = fraction ? `${fraction[1] || '0'}.${FRACTIONS[fraction[2] ?? '']}` : plain(body, decimal);
  if (digits === undefined) return undefined;
  return { value: isNegative && !/^[0.]*$/.test(digits) ? `-${digits}` : digits, isPercent, mark };
}

/** The decimal sign that a number must have, however it is read; undefined where it has none, or could be read either way (1,234). */
export function decimalOf(text: string): Decimal | 'either' | undefined {
  const body = parts(text).body.replace(/[eE][+-]?\d{1,3}$/, '');
  if (!/^[\d.,]+$/.test(body) || !/\d/.test(body)) return undefined;
  const asPoint = plain(body, 'point') !== undefined;
  const asComma = plain(body, 'comma') !== undefined;
  if (!/[.,]/.test(body) || (!asPoint && !asComma)) return undefined;
  if (asPoint && asComma) return 'either';
  return asPoint ? 'point' : 'comma';
}

function parts(text: string) {
  let body = ascii(text.trim());
  const mark = MARK.exec(body)?.[0] ?? '';
  body = body.slice(0, body.length - mark.length);
  const isPercent = /\s?%$/.test(body);
  body = body.replace(/\s?%$/, '');
  const owed = /^\((.+)\)$/.exec(body)?.[1];
  const sign = /^[+-]\s?/.exec(owed ?? body)?.[0] ?? '';
  body = (owed ?? body).slice(sign.length);
  return { body, isNegative: sign.startsWith('-') !== (owed !== undefined), isPercent, mark: mark.trim() };
}

/** Digits of any script as 0–9, dashes before a number as a minus, spaces of any width as a blank. */
const ascii = (text: string): string =>
  text
    .replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)))
    .replace(/^(\(?)[−–‒﹣－]/, '$1-')
    .replace(/[\u00a0\u2007\u2009\u200a\u202f]/g, ' ')
    .replace(/[’ʼ]/g, "'")
    .replace(/[٪％]/g, '%');

/** Decimal digits stand in runs of ten, each beginning with its zero (Unicode, 4.6). */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  if (code < 0x80) return code - 0x30;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  // Where two scripts' digits follow each other, runs are ten long from the first of them.
  let first = zero;
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first--;
  return (code - first) % 10;
}

function plain(body: string, decimal: Decimal): string | undefined {
  const found = FORMS[/[٫٬]/.test(body) ? 'arabic' : decimal].exec(body);
  if (!found) return undefined;
  const digits = (found[1] ?? '0').replace(/\D/g, '');
  const part = found[2] ?? found[3] ?? '';
  return found[4] === undefined ? joined(digits, part) : shifted(digits, part, Number(found[4]));
}

function form(sign: string, group: string): RegExp {
  const groups = `[1-9]\\d{0,2}(?:(?:${group}\\d{3})+|(?: \\d{3})+|(?:'\\d{3})+)`;
  const indian = `[1-9]\\d?(?:${group}\\d{2})+${group}\\d{3}`;
  const whole = `(\\d+|${groups}|${indian})`;
  return new RegExp(`^(?:${whole}(?:${sign}(\\d*))?|${sign}(\\d+))(?:[eE]([+-]?\\d{1,3}))?$`);
}
const FORMS = { point: form('\\.', ','), comma: form(',', '\\.'), arabic: form('٫', '٬') };

const joined = (digits: string, part: string) => (part === '' ? digits : `${digits}.${part}`);

function shifted(digits: string, part: string, exponent: number): string {
  const all = digits + part;
  const point = digits.length + exponent;
  if (point <= 0) return `0.${'0'.repeat(-point)}${all}`;
  return joined(
    all
      .slice(0, point)
      .padEnd(point, '0')
      .replace(/^0+(?=\d)/, ''),
    all.slice(point),
  );
}

/** A number of per cent as a share: 45 is 0.45. */
export function asShare(value: string): string {
  const sign = value.startsWith('-') ? '-' : '';
  const [digits = '', part = ''] = value.replace('-', '').split('.');
  const share = shifted(digits, part, -2).replace(/^0+(?=\d)/, '');
  return sign + (share.includes('.') ? share.replace(/\.?0+$/, '') : share);
}
