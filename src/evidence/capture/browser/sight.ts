import { type Colour, contrast, over } from '../../text/page/css-values.ts';
import type { Look } from '../../text/page/look.ts';

/** A rectangle of a page, in pixels from its top left. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export const EVERYWHERE: Area = {
  left: Number.NEGATIVE_INFINITY,
  top: Number.NEGATIVE_INFINITY,
  right: Number.POSITIVE_INFINITY,
  bottom: Number.POSITIVE_INFINITY,
};

export const areaOf = ([x = 0, y = 0, width = 0, height = 0]: readonly number[]): Area => ({
  left: x,
  top: y,
  right: x + width,
  bottom: y + height,
});

export const within = (a: Area, b: Area): Area => ({
  left: Math.max(a.left, b.left),
  top: Math.max(a.top, b.top),
  right: Math.min(a.right, b.right),
  bottom: Math.min(a.bottom, b.bottom),
});

/** A box that is painted, with what it covers: a colour, or something that is no plain colour. */
export interface Painted {
  readonly area: Area;
  readonly order: number;
  readonly index: number;
  readonly colour: Colour | undefined;
  /** It stays where it is while the page moves below it, so that a reader gets to see what it covers. */
  readonly floats: boolean;
}

/** How many comparisons of texts with boxes are made in one document. */
const MOST_COMPARED = 50_000_000;
/** Less of a letter’s height than this cannot be read. */
const LEAST_SEEN = 0.3;
const LEAST_CONTRAST = 1.15;

/** A text where it was laid out. */
export interface Laid {
  readonly area: Area;
  readonly clip: Area;
  readonly order: number;
  readonly look: Look;
}

/** Tells which texts of a document can be seen, given everything that is painted in it. */
export function makeSight(painted: readonly Painted[]): (text: Laid) => boolean {
  const sorted = painted.toSorted((a, b) => a.order - b.order || a.index - b.index);
  let left = MOST_COMPARED;
  return (text) => {
    if (!text.look.seen || !isWithin(text.area, text.clip)) return false;
    left -= sorted.length;
    // A page of that many boxes is not painted over by hand.
    return left < 0 || standsOut(text, sorted);
  };
}

/** Whether enough of an area is left to be seen. */
export function isWithin(area: Area, clip: Area): boolean {
  const seen = within(area, clip);
  const [width, height] = [area.right - area.left, area.bottom - area.top];
  if (width < 1 || height < 1) return false;
  return (
    seen.right - seen.left >= Math.min(2, width * LEAST_SEEN) &&
    (seen.bottom - seen.top) / height >= LEAST_SEEN
  );
}

/** Whether text is not painted over, and has another colour than what it is painted on. */
function standsOut({ area, clip, order, look }: Laid, sorted: readonly Painted[]): boolean {
  const seen = within(area, clip);
  const middle = (seen.top + seen.bottom) / 2;
  const here = sorted.filter(({ area: own }) => middle >= own.top && middle <= own.bottom);
  const isOver = (x: number) => (box: Painted) => x >= box.area.left && x <= box.area.right;
  const [start, centre, end] = [0.1, 0.5, 0.9].map((share) => seen.left + share * (seen.right - seen.left));
  const covers = here.filter((own) => own.order > order && !own.floats && (own.colour?.[3] ?? 0) >= 0.95);
  if ([start, centre, end].every((x) => x !== undefined && covers.some(isOver(x)))) return false;
  const { colour, effects } = look;
  if (!colour || effects || centre === undefined) return true;
  const ground = groundOf(here.filter((own) => own.order <= order && isOver(centre)(own)));
  return !ground || contrast(over(colour, ground), ground) >= LEAST_CONTRAST;
}

/** The colour of boxes that lie on each other; undefined if one of them is no plain colour. */
function groundOf(boxes: readonly Painted[]): Colour | undefined {
  let ground: Colour | undefined = [255, 255, 255, 1];
  for (const { colour } of boxes) {
    if (!colour) ground = undefined;
    else if (colour[3] >= 1) ground = colour;
    else if (ground) ground = over(colour, ground);
  }
  return ground;
}
