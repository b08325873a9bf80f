import colorNames from 'color-name';
import { tokenize, tokenNames } from 'css-tree/tokenizer';
import { ident, string } from 'css-tree/utils';

interface CssToken {
  readonly type: string;
  readonly text: string;
}

/** Values are short; what is longer is no value that hides anything. */
const MOST_CHARACTERS = 2000;

function tokensOf(source: string): CssToken[] {
  const tokens: CssToken[] = [];
  tokenize(source.slice(0, MOST_CHARACTERS), (type, start, end) => {
    tokens.push({ type: tokenNames[type] ?? '', text: source.slice(start, Math.min(end, MOST_CHARACTERS)) });
  });
  return tokens;
}

const PLAIN = /^[^\\/"']*$/;

/** A value as it is compared: without comments, escapes undone, in lower case, single spaces. Strings keep their case. */
export function plainValue(raw: string): string {
  if (PLAIN.test(raw)) return raw.trim().toLowerCase().replace(/\s+/g, ' ');
  return tokensOf(raw)
    .map(({ type, text }) => {
      if (type === 'comment-token') return ' ';
      if (type === 'string-token') return text;
      return text.includes('\\') ? ident.decode(text).toLowerCase() : text.toLowerCase();
    })
    .join('')
    .trim()
    .replace(/\s+/g, ' ');
}

/** The name of a property or rule, as it is compared. */
export const plainName = (raw: string): string =>
  (raw.includes('\\') ? ident.decode(raw) : raw).toLowerCase();

/** The text that `content` adds, given the attributes of its element; undefined where it adds none. */
export function contentText(
  raw: string,
  attribute: (name: string) => string | undefined,
): string | undefined {
  const parts: string[] = [];
  const tokens = tokensOf(raw);
  for (let index = 0; index < tokens.length; index++) {
    const { type, text } = tokens[index] as CssToken;
    if (type === 'string-token') parts.push(string.decode(text));
    else if (type === 'function-token' && text.toLowerCase() === 'attr(') {
      const name = tokens[index + 1]?.text ?? '';
      parts.push(attribute(name.toLowerCase()) ?? '');
    } else if (type === 'ident-token' && /^(?:open|close)-quote$/i.test(text))
      parts.push(/^open/i.test(text) ? '“' : '”');
    // What stands after a stroke is read to those who do not see.
    else if (text === '/' && parts.length > 0) break;
  }
  const content = parts.join('');
  return content === '' ? undefined : content;
}

/** A length in pixels; undefined if it is none, or depends on what is not known here. */
export function pixels(
  value: string | undefined,
  fontSize: number,
  whole: number | undefined,
): number | undefined {
  const match = /^([+-]?[\d.]{1,20}(?:e[+-]?\d{1,3})?)([a-z%]{0,8})$/.exec(value ?? '');
  const number = Number(match?.[1]);
  if (!match || Number.isNaN(number)) return undefined;
  if (number === 0) return 0;
  const unit = match[2] ?? '';
  if (unit === '%') return whole === undefined ? undefined : (number / 100) * whole;
  const size = UNITS[unit];
  return size === undefined
    ? undefined
    : number * (unit === 'em' || unit === 'ch' || unit === 'ex' ? size * fontSize : size);
}

/** A window as wide and high as the browser’s. */
export const VIEW = { width: 1280, height: 800 };

const UNITS: Readonly<Record<string, number>> = {
  px: 1,
  pt: 4 / 3,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 9.6 / 2.54,
  q: 2.4 / 2.54,
  em: 1,
  ex: 0.5,
  ch: 0.5,
  rem: 16,
  lh: 20,
  rlh: 20,
  vw: VIEW.width / 100,
  vh: VIEW.height / 100,
  vmin: 8,
  vmax: 12.8,
  svh: 8,
  lvh: 8,
  dvh: 8,
  svw: 12.8,
  lvw: 12.8,
  dvw: 12.8,
  vi: 12.8,
  vb: 8,
};

export type Colour = readonly [red: number, green: number, blue: number, alpha: number];

const NAMES: ReadonlyMap<string, readonly number[]> = new Map(Object.entries(colorNames));

/** A colour as numbers from 0 to 255, its alpha from 0 to 1. */
export function colourOf(value: string): Colour | undefined {
  if (value === 'transparent') return [0, 0, 0, 0];
  const named = NAMES.get(value);
  if (named) return [named[0] ?? 0, named[1] ?? 0, named[2] ?? 0, 1];
  const hex = /^#([0-9a-f]{3,8})$/.exec(value)?.[1];
  if (hex) return hexColour(hex);
  const match = /^(rgba?|hsla?)\(([^()]{1,100})\)$/.exec(value);
  if (!match) return undefined;
  const numbers = (match[2] ?? '').split(/[\s,/]+/).filter(Boolean);
  if (numbers.length < 3) return undefined;
  const part = (index: number, whole: number) => {
    const own = numbers[index] ?? '1';
    return own.endsWith('%') ? (Number.parseFloat(own) / 100) * whole : Number.parseFloat(own);
  };
  const alpha = numbers.length > 3 ? part(3, 1) : 1;
  const colour: Colour = match[1]?.startsWith('hsl')
    ? [...fromHsl(part(0, 360), part(1, 1), part(2, 1)), alpha]
    : [part(0, 255), part(1, 255), part(2, 255), alpha];
  return colour.some(Number.isNaN) ? undefined : colour;
}

function hexColour(hex: string): Colour | undefined {
  if (![3, 4, 6, 8].includes(hex.length)) return undefined;
  const wide = hex.length <= 4 ? hex.replace(/./g, '$&$&') : hex;
  const at = (index: number) => Number.parseInt(wide.slice(index * 2, index * 2 + 2), 16);
  return [at(0), at(1), at(2), wide.length === 8 ? at(3) / 255 : 1];
}

function fromHsl(hue: number, saturation: number, lightness: number): [number, number, number] {
  const [s, l] = [
    saturation > 1 ? saturation / 100 : saturation,
    lightness > 1 ? lightness / 100 : lightness,
  ];
  const channel = (n: number) => {
    const k = (n + hue / 30) % 12;
    return 255 * (l - s * Math.min(l, 1 - l) * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return [channel(0), channel(8), channel(4)];
}

/** The colour of something seen through on a ground. */
export function over([r, g, b, alpha]: Colour, ground: Colour): Colour {
  const mix = (top: number, under: number) => top * alpha + under * (1 - alpha);
  return [mix(r, ground[0]), mix(g, ground[1]), mix(b, ground[2]), 1];
}

/** How much two colours stand out against each other, from 1 (not at all) to 21, as WCAG 2 measures it. */
export function contrast(one: Colour, other: Colour): number {
  const light = (own: Colour) => {
    const [r, g, b] = own.slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
  };
  const [a, b] = [light(one), light(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}
