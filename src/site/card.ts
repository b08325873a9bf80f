import sharp from 'sharp';
import { type Box, escapeText, fitted, fontsAreThere, wrapped } from './card-text.ts';
import type { Direction } from './languages.ts';

/** What the picture of a ranking for social media shows. */
export interface Card {
  readonly direction: Direction;
  readonly title: string;
  readonly subtitle: string;
  readonly rows: readonly {
    readonly rank: string;
    readonly name: string;
    readonly score: string;
    /** From 0 to 1: what is certain, and what missing answers leave open. */
    readonly share: readonly [low: number, high: number];
  }[];
  readonly asOf: string;
  readonly notice: string;
  /** How many more companies there are, in words; empty if there are none. */
  readonly more: string;
}

const WIDTH = 1200;
const HEIGHT = 630;
const MARGIN = 56;
const INNER = WIDTH - 2 * MARGIN;
const SERIF = "'Noto Serif', 'DejaVu Serif', serif";
const SANS = "'Noto Sans', 'DejaVu Sans', sans-serif";
const NAME_WIDTH = 300;
const BAR_START = MARGIN + 80 + NAME_WIDTH + 20;
const BAR_WIDTH = WIDTH - MARGIN - 90 - BAR_START;

/**
 * The picture of a ranking: 1200 × 630 px, PNG. The notice of what the ranking does not say is always on it.
 * @returns undefined on a machine without fonts, where it would be empty
 */
export async function makeCard(card: Card): Promise<Uint8Array | undefined> {
  if (!(await fontsAreThere())) return undefined;
  const drawing = await drawn(card);
  return sharp(Buffer.from(drawing)).png({ palette: true, compressionLevel: 9 }).toBuffer();
}

async function drawn(card: Card): Promise<string> {
  const title = await wrapped(card.title, {
    font: SERIF,
    weight: 700,
    width: INNER,
    sizes: [46, 40, 34],
    lines: 2,
  });
  const subtitle = await wrapped(card.subtitle, {
    font: SERIF,
    weight: 400,
    width: INNER,
    sizes: [25, 22],
    lines: 2,
  });
  const notice = await wrapped(`${card.asOf} ${card.notice}`, {
    font: SANS,
    weight: 400,
    width: INNER,
    sizes: [17, 15, 13, 11],
    lines: 4,
  });
  const line = (box: Box) => box.size * 1.28;
  let top = MARGIN - 4;
  const block = (box: Box, font: string, weight: number, colour: string): string =>
    box.lines
      .map((text) => {
        top += line(box);
        return textAt(card, {
          x: MARGIN,
          y: top - box.size * 0.3,
          text,
          font,
          weight,
          size: box.size,
          colour,
        });
      })
      .join('\n');
  const head = [block(title, SERIF, 700, '#1b1b1b'), block(subtitle, SERIF, 400, '#1b1b1b')].join('\n');
  const footTop = HEIGHT - 34 - notice.lines.length * line(notice);
  const rows = await rowsAt(card, top + 14, footTop - 14);
  top = footTop;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fcfbf7"/>`,
    `<rect width="${WIDTH}" height="10" fill="#0b4f6c"/>`,
    head,
    rows,
    `<rect x="${MARGIN}" y="${footTop - 6}" width="${INNER}" height="1" fill="#1b1b1b"/>`,
    block(notice, SANS, 400, '#3d3b36'),
    '</svg>',
  ].join('\n');
}

async function rowsAt(card: Card, top: number, bottom: number): Promise<string> {
  const count = card.rows.length + (card.more ? 1 : 0);
  const height = Math.min(46, (bottom - top) / Math.max(1, count));
  const size = Math.min(24, height * 0.68);
  const text = (x: number, y: number, content: string, weight: number, end = false) =>
    textAt(card, { x, y, text: content, font: SANS, weight, size, colour: '#1b1b1b', end });
  // The bars end where the longest score begins.
  const longest = Math.max(...card.rows.map(({ score }) => score.length));
  const barWidth = BAR_WIDTH - Math.max(0, longest - 4) * size * 0.62;
  const rows = await Promise.all(
    card.rows.map(async ({ rank, name, score, share }, index) => {
      const y = top + height * index;
      const base = y + height * 0.68;
      const short = await fitted(name, { font: SANS, weight: 700, width: NAME_WIDTH, size });
      const [long, open] = share.map((own) => barWidth * Math.min(1, Math.max(0, own))) as [number, number];
      return [
        text(MARGIN + 56, base, rank, 400, true),
        text(MARGIN + 80, base, short, 700),
        rectangle(card, BAR_START, y + height * 0.36, barWidth, height * 0.3, '#ddd8ca'),
        rectangle(card, BAR_START, y + height * 0.36, open, height * 0.3, '#8fb3c2'),
        rectangle(card, BAR_START, y + height * 0.36, long, height * 0.3, '#0b4f6c'),
        text(WIDTH - MARGIN, base, score, 700, true),
      ].join('\n');
    }),
  );
  const more = card.more ? text(MARGIN + 80, top + height * (count - 0.32), card.more, 400) : '';
  return [...rows, more].join('\n');
}

function rectangle(
  { direction }: Card,
  x: number,
  y: number,
  width: number,
  height: number,
  colour: string,
): string {
  const left = direction === 'rtl' ? WIDTH - x - width : x;
  return `<rect x="${left.toFixed(1)}" y="${y.toFixed(1)}" width="${width.toFixed(1)}" height="${height.toFixed(1)}" fill="${colour}"/>`;
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/**
 * A line in the direction of the picture, whatever letters it begins with; a text that has none of its letters (an English sentence in an Arabic
 * picture) keeps its own.
 */
function embedded(text: string, direction: Direction): string {
  if (direction === 'ltr') return `\u202a${text}\u202c`;
  return RIGHT_TO_LEFT.test(text) || !/\p{L}/u.test(text)
    ? `\u202b${text}\u202c`
    : `\u202b\u202a${text}\u202c\u202c`;
}

interface TextAt {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly font: string;
  readonly weight: number;
  readonly size: number;
  readonly colour: string;
  /** Whether it ends at x instead of beginning there. */
  readonly end?: boolean;
}

/** A line of text. From right to left everything is mirrored; which end is the start of a text then turns too. */
function textAt(
  { direction }: Card,
  { x, y, text, font, weight, size, colour, end = false }: TextAt,
): string {
  const mirrored = direction === 'rtl';
  const anchor = end ? 'end' : 'start';
  return `<text x="${(mirrored ? WIDTH - x : x).toFixed(1)}" y="${y.toFixed(1)}" direction="${direction}" text-anchor="${anchor}" font-family="${font}" font-weight="${weight}" font-size="${size.toFixed(1)}" fill="${colour}">${escapeText(embedded(text, direction))}</text>`;
}
