import { balanceOf, isRightToLeft, logicalOrder } from './pdf-directions.ts';

/** A piece of text as pdf.js gives it: its letters in reading order, where it begins, and how wide and high it is. */
export interface PdfItem {
  readonly str: string;
  readonly dir: string;
  readonly transform: readonly number[];
  readonly width: number;
  readonly height: number;
}

/** One line of a page. `across` grows upwards on an upright page; lengths are in points. */
export interface PdfLine {
  readonly text: string;
  readonly across: number;
  readonly from: number;
  readonly to: number;
  readonly size: number;
  /** How far down the page it stands, from 0 at the top to 1. */
  readonly depth: number;
}

/** A piece with its place along the direction of its line, and across it. */
interface Piece {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly across: number;
  readonly angle: number;
  readonly size: number;
}

/** Two pieces stand in one line if they are not further apart than this part of their size. */
const SAME_LINE = 0.5;
/** Painted twice for a bold look: the same letters within this part of their size. */
const SAME_PLACE = 0.2;
const SPACE = 0.15;
/** A gap of this many sizes lies between cells. */
const CELL = 1.5;

/** The lines of a page in the order in which the file paints them, which is nearly always that of reading; within a line, by where pieces stand. */
export function linesOf(items: readonly PdfItem[], view: readonly number[]): PdfLine[] {
  const lines: { base: Piece; last: Piece; readonly pieces: Piece[] }[] = [];
  for (const piece of once(items.map(pieceOf))) {
    const line = lines.at(-1);
    if (line && isSameLine(line, piece)) {
      line.pieces.push(piece);
      if (isBlank(line.base)) line.base = piece;
      line.last = piece;
    } else lines.push({ base: piece, last: piece, pieces: [piece] });
  }
  const fromRight = items.some(({ str }) => isRightToLeft(str)) && balanceOf(items.map(({ str }) => str)) > 0;
  return lines.flatMap(({ pieces }) => {
    const text = textOf(pieces, fromRight);
    if (text === '') return [];
    const size = pieces.reduce((most, piece) => Math.max(most, piece.size), 0);
    const across = pieces.find((piece) => piece.size === size)?.across ?? 0;
    return [
      {
        text,
        across,
        size,
        from: pieces.reduce((least, { from }) => Math.min(least, from), Number.POSITIVE_INFINITY),
        to: pieces.reduce((most, { to }) => Math.max(most, to), Number.NEGATIVE_INFINITY),
        depth: depthOf(across, pieces[0]?.angle ?? 0, view),
      },
    ];
  });
}

const isBlank = ({ text }: Piece) => text.trim() === '';

function pieceOf({ str, transform, width, height }: PdfItem): Piece {
  const [a = 1, b = 0, c = 0, d = 1, x = 0, y = 0] = transform;
  const angle = Math.round((Math.atan2(b, a) * 180) / Math.PI);
  const [cos, sin] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
  const from = x * cos + y * sin;
  return {
    text: str,
    from,
    to: from + (Number.isFinite(width) ? width : 0),
    across: y * cos - x * sin,
    angle,
    size: Math.hypot(c, d) || height || 1,
  };
}

/** The pieces but for those that are painted a second time in nearly the same place. */
function once(pieces: readonly Piece[]): Piece[] {
  const seen = new Map<string, Piece[]>();
  return pieces.filter((piece) => {
    if (isBlank(piece)) return true;
    const column = Math.round(piece.from / piece.size);
    const row = Math.round(piece.across / piece.size);
    const near = [-1, 0, 1].flatMap((dx) =>
      [-1, 0, 1].flatMap((dy) => seen.get(`${column + dx} ${row + dy} ${piece.text}`) ?? []),
    );
    const reach = piece.size * SAME_PLACE;
    if (
      near.some(
        ({ from, across }) => Math.abs(from - piece.from) < reach && Math.abs(across - piece.across) < reach,
      )
    )
      return false;
    const key = `${column} ${row} ${piece.text}`;
    const known = seen.get(key);
    if (known) known.push(piece);
    else seen.set(key, [piece]);
    return true;
  });
}

/** Small pieces (marks, raised figures) belong to the line that they touch; a line takes its height from its first letters. */
function isSameLine({ base, last }: { readonly base: Piece; readonly last: Piece }, piece: Piece): boolean {
  if (base.angle !== piece.angle) return false;
  if (isBlank(piece) && piece.text !== '')
    return Math.abs(last.across - piece.across) < last.size * SAME_LINE;
  return Math.abs(base.across - piece.across) < Math.max(base.size, piece.size) * SAME_LINE;
}

function textOf(line: readonly Piece[], fromRight: boolean): string {
  const pieces = line.filter(({ text }) => text !== '').toSorted((one, other) => one.from - other.from);
  const parts: string[] = [];
  let before: Piece | undefined;
  for (const piece of pieces) {
    const isSpace = isBlank(piece);
    // A space is as wide as the gap that it stands for.
    const gap = before ? piece.from - before.to + (isSpace ? piece.to - piece.from : 0) : 0;
    const size = before ? Math.min(before.size, piece.size) : piece.size;
    // A mark stands above its letter, wherever it was painted.
    const isMark = /^[ \u00a0]?\p{M}+$/u.test(piece.text);
    if (isMark) {
      parts.push(piece.text.trim());
      continue;
    }
    if (before && gap > size * CELL) parts.push('\t');
    else if (isSpace || (before && gap > size * SPACE && !parts.at(-1)?.endsWith(' '))) parts.push(' ');
    if (!isSpace) parts.push(piece.text);
    before = piece;
  }
  const ordered = parts.some(isRightToLeft) ? logicalOrder(parts, fromRight) : parts;
  return expanded(ordered.join(''))
    .split('\t')
    .map((cell) => cell.replace(/ {2,}/g, ' ').trim())
    .join('\t')
    .trim();
}

/** Letters in the forms that they take in print, as the letters that they are; a mark above nothing is a mark. */
function expanded(text: string): string {
  return text
    .replaceAll('\0', '\uFFFD')
    .replace(/[\ufb00-\ufb06\ufb1d-\ufdfb\ufe70-\ufefc]/g, (form) =>
      form.normalize('NFKC').replace(/^ (?=\p{M})/u, ''),
    );
}

/** How far down the page a line stands, as its reader holds the page. */
function depthOf(
  across: number,
  angle: number,
  [x0 = 0, y0 = 0, x1 = 612, y1 = 792]: readonly number[],
): number {
  const [cos, sin] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
  const corners = [y0 * cos - x0 * sin, y0 * cos - x1 * sin, y1 * cos - x0 * sin, y1 * cos - x1 * sin];
  const [bottom, top] = [Math.min(...corners), Math.max(...corners)];
  return top === bottom ? 0.5 : (top - across) / (top - bottom);
}
