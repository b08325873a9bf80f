import sharp from 'sharp';
import { escapeMarkup } from './escape.ts';
import { printable } from './parts/text.tsx';

/** Texts for a picture: measured, broken into lines, and shortened where they do not fit. */

export interface Fit {
  readonly font: string;
  readonly weight: number;
  readonly width: number;
}

/** Lines that fit, and the size at which they do. */
export interface Box {
  readonly lines: readonly string[];
  readonly size: number;
}

/** Nothing longer than this can fit into a line of a picture, so no more of it is looked at. */
const LONGEST = 600;
/** Measured at this size; widths grow in proportion. */
const MEASURED = 40;
const widths = new Map<string, Promise<number>>();

/** The width of a text in pixels at a size. */
async function widthOf(text: string, { font, weight }: Omit<Fit, 'width'>, size: number): Promise<number> {
  const key = `${font} ${weight} ${text}`;
  const known = widths.get(key) ?? measure(text, font, weight);
  widths.set(key, known);
  return ((await known) * size) / MEASURED;
}

/** How far a text stretches when it is drawn: the transparent edge is cut off and what is left is measured. */
async function measure(text: string, font: string, weight: number): Promise<number> {
  const width = Math.min(8000, text.length * MEASURED * 1.6 + 100);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="120"><text x="20" y="70" font-family="${font}" font-weight="${weight}" font-size="${MEASURED}">${escapeText(text)}</text></svg>`;
  try {
    const { info } = await sharp(Buffer.from(svg)).trim().toBuffer({ resolveWithObject: true });
    return info.width + 2;
  } catch {
    return 0; // nothing was drawn
  }
}

/** Whether letters can be drawn at all. */
export async function fontsAreThere(): Promise<boolean> {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60"><rect width="60" height="60" fill="#fff"/><text x="5" y="50" font-size="50" font-family="sans-serif">A</text></svg>';
  const { channels } = await sharp(Buffer.from(svg)).stats();
  return (channels[0]?.min ?? 255) < 128;
}

/** A text in one line, shortened with “…” if it is too wide. */
export async function fitted(text: string, fit: Fit & { readonly size: number }): Promise<string> {
  const whole = clean(text);
  if (whole.length < LONGEST && (await widthOf(whole, fit, fit.size)) <= fit.width) return whole;
  const letters = [...new Intl.Segmenter().segment(whole.slice(0, LONGEST))].map(({ segment }) => segment);
  let [low, high] = [0, letters.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const fits = (await widthOf(`${letters.slice(0, middle).join('')}…`, fit, fit.size)) <= fit.width;
    if (fits) low = middle;
    else high = middle - 1;
  }
  return `${letters.slice(0, low).join('').trimEnd()}…`;
}

/** A text in at most so many lines, at the largest size at which it fits; at the smallest it is shortened. */
export async function wrapped(
  text: string,
  fit: Fit & { readonly sizes: readonly number[]; readonly lines: number },
): Promise<Box> {
  const words = clean(text)
    .slice(0, LONGEST * fit.lines)
    .split(/\s+/)
    .filter(Boolean);
  let box: Box = { lines: [], size: fit.sizes[0] ?? 20 };
  for (const size of fit.sizes) {
    box = { lines: await linesOf(words, fit, size), size };
    if (box.lines.length <= fit.lines) return box;
  }
  const last = box.lines.slice(fit.lines - 1).join(' ');
  return {
    ...box,
    lines: [...box.lines.slice(0, fit.lines - 1), await fitted(last, { ...fit, size: box.size })],
  };
}

async function linesOf(words: readonly string[], fit: Fit, size: number): Promise<string[]> {
  const limit = fit.width * 0.96; // words side by side are a little wider than each for itself
  const space = (await widthOf('n n', fit, size)) - (await widthOf('nn', fit, size));
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const own of words) {
    const word = await fitted(own, { ...fit, size });
    const width = await widthOf(word, fit, size);
    if (line && used + space + width > limit) {
      lines.push(line);
      line = '';
      used = 0;
    }
    used += (line ? space : 0) + width;
    line = line ? `${line} ${word}` : word;
  }
  return line ? [...lines, line] : lines;
}

/** In a picture nothing can be isolated: hidden marks that turn the direction are left out. */
const clean = (text: string) =>
  printable(text)
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim();

/** XML has no place for most control characters; `clean` has dealt with those. */
export function escapeText(text: string): string {
  return escapeMarkup(text.replace(/[\t\n\r]/g, ' '));
}
