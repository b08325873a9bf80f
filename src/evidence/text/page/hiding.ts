import { pixels, VIEW } from './css-values.ts';

type Get = (property: string) => string | undefined;

/** Further away than this, nobody looks. */
const FAR = -1000;
const FAR_AHEAD = 5000;

/** Whether an element is moved out of sight. What an animation moves may come back. */
export function hidesByPlace(get: Get, fontSize: number, animated: boolean): boolean {
  const length = (value: string | undefined, whole: number) => pixels(value, fontSize, whole);
  const indent = length(get('text-indent')?.split(' ')[0], VIEW.width) ?? 0;
  if (indent <= -500 || (indent >= 500 && clips(get))) return true;
  if (animated) return false;
  const margins = [get('margin-left'), get('margin-top'), ...(get('margin') ?? '').split(' ', 4)];
  if (margins.some((own) => (length(own, VIEW.width) ?? 0) <= FAR)) return true;
  return (get('position') ?? 'static') !== 'static' && isFarAway(get, length);
}

function isFarAway(
  get: Get,
  length: (value: string | undefined, whole: number) => number | undefined,
): boolean {
  const [above, beside = above, below = above, before = beside] = (get('inset') ?? 'auto').split(' ', 4);
  const left = length(get('left') ?? before, VIEW.width);
  const top = length(get('top') ?? above, VIEW.height);
  const right = left === undefined ? length(get('right') ?? beside, VIEW.width) : undefined;
  const bottom = top === undefined ? length(get('bottom') ?? below, VIEW.height) : undefined;
  const isFar = (own: number | undefined, back: number, ahead: number) =>
    own !== undefined && (own <= back || own >= ahead);
  return (
    isFar(left, FAR, FAR_AHEAD) ||
    isFar(right, FAR, FAR_AHEAD) ||
    isFar(bottom, FAR, FAR_AHEAD) ||
    // A page may be as long as it likes, but begins at its top.
    isFar(top, -VIEW.height, Number.POSITIVE_INFINITY)
  );
}

/** Whether an element is cut, scaled or turned so that nothing of it is seen. */
export function hidesByShape(get: Get, fontSize: number, animated: boolean): boolean {
  return isCut(get, fontSize) || isFlat(get, fontSize) || (!animated && isTransformedAway(get, fontSize));
}

const clips = (get: Get) =>
  [get('overflow'), get('overflow-x'), get('overflow-y')].some(
    (own) => own !== undefined && /hidden|clip|auto|scroll/.test(own),
  );

function isFlat(get: Get, fontSize: number): boolean {
  if (!clips(get)) return false;
  const sizes = [
    'height',
    'max-height',
    'width',
    'max-width',
    'block-size',
    'max-block-size',
    'inline-size',
    'max-inline-size',
  ];
  return sizes.some((property) => {
    const size = pixels(get(property), fontSize, property.includes('height') ? VIEW.height : VIEW.width);
    return size !== undefined && size <= 1;
  });
}

function isCut(get: Get, fontSize: number): boolean {
  const number = (value: string | undefined) => pixels(value, fontSize, 100) ?? Number.NaN;
  const clip = /^rect\(([^)]{1,100})\)/.exec(get('clip') ?? '');
  if (clip && /absolute|fixed/.test(get('position') ?? '')) {
    const [top = 0, right = 0, bottom = 0, left = 0] = (clip[1] ?? '').split(/[\s,]+/).map(number);
    if (right - left <= 1 || bottom - top <= 1) return true;
  }
  const shape = /^(inset|circle|ellipse|polygon|rect|xywh)\(([^)]{0,500})\)/.exec(get('clip-path') ?? '');
  return shape !== null && isEmptyShape(shape[1] ?? '', shape[2] ?? '', number);
}

function isEmptyShape(name: string, inner: string, number: (value: string | undefined) => number): boolean {
  const numbers =
    inner
      .split(/ (?:at|round) |^(?:at|round) /, 1)[0]
      ?.split(/[\s,]+/)
      .map(number) ?? [];
  const [first = Number.NaN, second = first, third = first, fourth = second] = numbers;
  switch (name) {
    // Percentages of its own size.
    case 'inset':
      return inner.includes('%') && (first + third >= 99 || second + fourth >= 99);
    case 'circle':
    case 'ellipse':
      return first <= 1 || second <= 1;
    case 'rect':
      return second - fourth <= 1 || third - first <= 1;
    case 'xywh':
      return third <= 1 || fourth <= 1;
    default:
      return polygonArea(inner, number) <= 1;
  }
}

function polygonArea(inner: string, number: (value: string | undefined) => number): number {
  const points = inner
    .split(',')
    .map((own) => own.trim().split(/\s+/).map(number))
    .filter((own): own is [number, number] => own.length === 2);
  let area = 0;
  points.forEach(([x, y], index) => {
    const [nextX, nextY] = points[(index + 1) % points.length] as [number, number];
    area += x * nextY - nextX * y;
  });
  return Number.isNaN(area) ? Number.POSITIVE_INFINITY : Math.abs(area) / 2;
}

/** So small that nothing can be read. */
const SMALL = 0.05;

function isTransformedAway(get: Get, fontSize: number): boolean {
  const alone = (get('scale') ?? '').split(' ', 2).map(shareOf);
  if (alone.some((own) => Math.abs(own) < SMALL)) return true;
  if (isEdgeOn(/^(?:x|y|1 0 0|0 1 0) (\S+)$/.exec(get('rotate') ?? '')?.[1] ?? '')) return true;
  if (shareOf(get('zoom') ?? '1') < SMALL) return true;
  const moved = (get('translate') ?? '').split(' ', 2).map((own) => pixels(own, fontSize, VIEW.width) ?? 0);
  if (moved.some((own) => own <= FAR)) return true;
  return [...(get('transform') ?? '').matchAll(/([a-z0-9]{1,12})\(([^()]{0,300})\)/g)].some(
    ([, name, inner]) => isAway(name ?? '', (inner ?? '').split(/[\s,]+/).filter(Boolean), fontSize),
  );
}

const shareOf = (value: string) => Number.parseFloat(value) / (value.endsWith('%') ? 100 : 1);

function isAway(name: string, values: readonly string[], fontSize: number): boolean {
  const number = (index: number) => Number.parseFloat(values[index] ?? '');
  if (name.startsWith('scale')) {
    return name !== 'scalez' && values.slice(0, 2).some((own) => Math.abs(shareOf(own)) < SMALL);
  }
  if (name === 'matrix') return Math.abs(number(0) * number(3) - number(1) * number(2)) < SMALL ** 2;
  if (name === 'matrix3d') return Math.abs(number(0) * number(5) - number(1) * number(4)) < SMALL ** 2;
  if (name === 'rotatex' || name === 'rotatey') return isEdgeOn(values[0] ?? '');
  return (
    name.startsWith('translate') &&
    values.slice(0, 2).some((own) => (pixels(own, fontSize, VIEW.width) ?? 0) <= FAR)
  );
}

const DEGREES: Readonly<Record<string, number>> = { deg: 1, turn: 360, rad: 180 / Math.PI, grad: 0.9 };

/** Turned by a right angle around an axis that lies in the page: seen from its edge, it is a line. */
function isEdgeOn(angle: string): boolean {
  const match = /^(-?[\d.]{1,10})(deg|turn|rad|grad)$/.exec(angle);
  if (!match) return false;
  const degrees = Number(match[1]) * (DEGREES[match[2] ?? ''] ?? 1);
  return Math.abs(Math.cos((degrees * Math.PI) / 180)) < 0.02;
}
