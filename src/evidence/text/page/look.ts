import type { Declared } from './cascade.ts';
import { type Colour, colourOf, contentText, contrast, over, pixels, plainValue } from './css-values.ts';
import { hidesByPlace, hidesByShape } from './hiding.ts';
import { resolveVariables, type Variables, withVariables } from './variables.ts';

/** What an element hands down to what is in it. */
export interface Look {
  /** Nothing in it is seen, whatever is said further down. */
  readonly hidden: boolean;
  /** All style sheets of the tree are known. */
  readonly known: boolean;
  /** Not seen, unless something in it is made visible again. */
  readonly invisible: boolean;
  readonly struck: boolean;
  readonly pre: boolean;
  readonly bold: boolean;
  readonly direction: 'ltr' | 'rtl';
  readonly fontSize: number;
  readonly opacity: number;
  /** Undefined where it cannot be told. */
  readonly colour: Colour | undefined;
  readonly ground: Colour | undefined;
  /** What is behind the letters is cut out by them, or they throw a shadow: their own colour says nothing. */
  readonly effects: boolean;
  readonly variables: Variables | undefined;
  /** Words or signs that stand before items of a list. */
  readonly marker: string | undefined;
  /** Whether text that looks so is seen; it follows from the rest. */
  readonly seen: boolean;
}

/** What an element is in itself. */
export interface Box {
  readonly display: string | undefined;
  readonly shift: 'super' | 'sub' | undefined;
  readonly override: 'ltr' | 'rtl' | undefined;
}

const PLAIN_BOX: Box = { display: undefined, shift: undefined, override: undefined };

/** @param known whether all style sheets are: else colours of the page are not */
export const firstLook = (known: boolean): Look => ({
  hidden: false,
  known,
  invisible: false,
  struck: false,
  pre: false,
  bold: false,
  direction: 'ltr',
  fontSize: 16,
  opacity: 1,
  colour: known ? [0, 0, 0, 1] : undefined,
  ground: known ? [255, 255, 255, 1] : undefined,
  effects: false,
  variables: undefined,
  marker: undefined,
  seen: true,
});

/** Paler, smaller and less legible than this is not seen. */
const LEAST = { opacity: 0.05, fontSize: 2, contrast: 1.15, alpha: 0.05 };

function isSeen({
  hidden,
  invisible,
  fontSize,
  opacity,
  colour,
  ground,
  effects,
}: Omit<Look, 'seen'>): boolean {
  if (hidden || invisible || fontSize < LEAST.fontSize || opacity < LEAST.opacity) return false;
  if (!colour || effects) return true;
  if (colour[3] < LEAST.alpha) return false;
  return !ground || contrast(over(colour, ground), ground) >= LEAST.contrast;
}

export type Get = (property: string) => string | undefined;

interface Looked {
  readonly look: Look;
  readonly box: Box;
}

/** Most elements of a page look like others in the same place. */
const looks = new WeakMap<Look, Map<Declared | undefined, Map<Declared | undefined, Looked>>>();

/** How an element looks, by what is declared for it and by what browsers do with its kind. */
export function lookOf(parent: Look, declared: Declared | undefined, usual: Declared | undefined): Looked {
  if (!declared && !usual) return { look: parent, box: PLAIN_BOX };
  const here = looks.get(parent) ?? new Map<Declared | undefined, Map<Declared | undefined, Looked>>();
  looks.set(parent, here);
  const alike = here.get(declared) ?? new Map<Declared | undefined, Looked>();
  here.set(declared, alike);
  const looked = alike.get(usual) ?? lookAt(parent, declared, usual);
  alike.set(usual, looked);
  return looked;
}

function lookAt(parent: Look, declared: Declared | undefined, usual: Declared | undefined): Looked {
  const variables = withVariables(parent.variables, declared);
  const get: Get = (property) => {
    const value = declared?.get(property);
    const own = value?.includes('var(') ? plainValue(resolveVariables(value, variables) ?? 'unset') : value;
    return own === undefined || own === 'revert' || own === 'unset' ? usual?.get(property) : own;
  };
  const fontSize = fontSizeOf(get, parent.fontSize);
  const animated = isAnimated(get);
  const direction = get('direction');
  const position = get('position');
  const display = get('display');
  const look: Omit<Look, 'seen'> = {
    hidden:
      parent.hidden ||
      display === 'none' ||
      get('content-visibility') === 'hidden' ||
      isMasked(get) ||
      hidesByPlace(get, fontSize, animated) ||
      hidesByShape(get, fontSize, animated),
    known: parent.known,
    invisible: invisibility(get('visibility'), parent.invisible, animated),
    struck: isStruckOut(declared, usual, get) ?? parent.struck,
    pre: whiteSpace(get('white-space-collapse') ?? get('white-space')) ?? parent.pre,
    bold: isBold(get, parent.bold),
    direction: direction === 'rtl' || direction === 'ltr' ? direction : parent.direction,
    fontSize,
    opacity: animated ? parent.opacity : parent.opacity * opacityOf(get),
    // What a browser does by itself, a style sheet that is not known may undo.
    colour:
      parent.known || declared?.has('color') || !usual?.has('color')
        ? colourIn(get, parent.colour)
        : undefined,
    ground: groundIn(get, position === 'absolute' || position === 'fixed' ? undefined : parent.ground),
    effects:
      parent.effects ||
      /text/.test(`${get('background-clip') ?? ''}${get('-webkit-background-clip') ?? ''}`) ||
      (get('text-shadow') ?? 'none') !== 'none',
    variables,
    marker: markerOf(get('list-style-type') ?? get('list-style'), parent.marker),
  };
  const bidi = get('unicode-bidi') ?? '';
  const shift = get('vertical-align');
  return {
    look: { ...look, seen: isSeen(look) },
    box: {
      display,
      shift: shift === 'super' || shift === 'sub' ? shift : undefined,
      override: bidi.includes('override') ? look.direction : undefined,
    },
  };
}

const isAnimated = (get: Get) =>
  [get('animation'), get('animation-name')].some((own) => own !== undefined && own !== 'none' && own !== '');

const isMasked = (get: Get) => (get('-webkit-text-security') ?? 'none') !== 'none';

function invisibility(value: string | undefined, inherited: boolean, animated: boolean): boolean {
  if (value === 'visible' || value === 'initial') return false;
  return value === 'hidden' || value === 'collapse' ? !animated : inherited;
}

/** Undefined where nothing is said. What was struck out above stays so. */
function isStruckOut(
  declared: Declared | undefined,
  usual: Declared | undefined,
  get: Get,
): boolean | undefined {
  const property = ['text-decoration-line', 'text-decoration'].find(
    (own) => declared?.has(own) || usual?.has(own),
  );
  if (property === undefined) return undefined;
  return get(property)?.includes('line-through') ? true : undefined;
}

/** Only a sign that is given as such says something; dots and numbers do not. */
function markerOf(value: string | undefined, inherited: string | undefined): string | undefined {
  return value === undefined || value === 'inherit' ? inherited : contentText(value, () => undefined);
}

function whiteSpace(value: string | undefined): boolean | undefined {
  return value === undefined ? undefined : /^(?:pre|break)/.test(value);
}

function isBold(get: Get, inherited: boolean): boolean {
  const font = get('font');
  const weight = get('font-weight') ?? (font && (WEIGHT.exec(font)?.[0] ?? 'normal'));
  if (weight === undefined || weight === 'inherit') return inherited;
  return weight.startsWith('bold') || Number.parseInt(weight, 10) >= 600;
}

/** The weight in a `font`: not its size, which has a unit. */
const WEIGHT = /\bbold(?:er)?\b|(?<![\w.])[1-9]00(?![\w.%])|^(?:inherit|unset)$/;

function fontSizeOf(get: Get, parent: number): number {
  const shorthand = /(?:^| )([\d.]{1,20}(?:[a-z]{2,4}|%)?)(?: ?\/|\s)/.exec(get('font') ?? '')?.[1];
  return pixels(get('font-size') ?? shorthand, parent, parent) ?? parent;
}

function opacityOf(get: Get): number {
  const own = shareOf(get('opacity'));
  const filter = get('filter') ?? '';
  const filtered = shareOf(/opacity\(([^)]{1,20})\)/.exec(filter)?.[1]);
  const blur = pixels(/blur\(([^)]{1,20})\)/.exec(filter)?.[1], 16, undefined) ?? 0;
  return blur >= 4 ? 0 : own * filtered;
}

function shareOf(value: string | undefined): number {
  const number = Number.parseFloat(value ?? '1');
  if (Number.isNaN(number)) return 1;
  return Math.min(1, Math.max(0, value?.endsWith('%') ? number / 100 : number));
}

function colourIn(get: Get, parent: Colour | undefined): Colour | undefined {
  const value = get('-webkit-text-fill-color') ?? get('color');
  if (value === undefined || value === 'inherit') return parent;
  return colourOf(value) ?? (value === 'currentcolor' ? parent : undefined);
}

function groundIn(get: Get, parent: Colour | undefined): Colour | undefined {
  const values = [get('background'), get('background-color'), get('background-image')];
  if (values.every((own) => own === undefined)) return parent;
  if (values.some((own) => own !== undefined && /url\(|gradient\(|image/.test(own))) return undefined;
  const value = values[1] ?? values[0] ?? '';
  const colour = value
    .split(/ (?![^(]*\))/)
    .map(colourOf)
    .find((own) => own !== undefined);
  if (!colour) return /^(?:none|inherit|initial|0)/.test(value) || value === '' ? parent : undefined;
  if (colour[3] >= 1) return colour;
  return parent && over(colour, parent);
}
