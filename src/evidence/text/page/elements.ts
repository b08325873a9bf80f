import { attributeOf, type Declared } from './cascade.ts';
import type { Element, Node } from './parse-html.ts';

const words = (list: string) => new Set(list.split(' '));

/** What nobody reads, whatever a page says of it. */
export const NEVER = words(
  'script style template head title base meta link datalist param source track area rp annotation annotation-xml defs symbol clipPath linearGradient radialGradient mask pattern marker metadata desc',
);
/** Shown only where the browser cannot show the thing itself. */
const FALLBACK = words('audio video canvas noembed noframes noscript');

const PARAGRAPHS = words(
  'p blockquote ul ol dl pre table figure h1 h2 h3 h4 h5 h6 hr section article header footer main nav aside form fieldset details address xmp plaintext listing iframe',
);
const LINES = words(
  'div li dt dd tr caption figcaption summary legend option center dir menu body html thead tbody tfoot search hgroup noscript dialog textarea text',
);

/** White space in them is kept. */
export const PREFORMATTED = words('pre xmp plaintext listing textarea');

/** How an element stands in the lines of a page. */
export type Flow = 'inline' | 'line' | 'paragraph' | 'cell';

/** @param display what style sheets say, where they say anything */
export function flowOf(name: string, display: string | undefined): Flow {
  const usual = PARAGRAPHS.has(name)
    ? 'paragraph'
    : LINES.has(name)
      ? 'line'
      : name === 'td' || name === 'th'
        ? 'cell'
        : 'inline';
  // What is not laid out stands as it would otherwise, among what is not seen.
  if (display === undefined || display === 'none') return usual;
  if (display === 'table-cell') return 'cell';
  if (/^(?:inline|contents|ruby)|math$/.test(display)) return 'inline';
  return usual === 'paragraph' ? 'paragraph' : 'line';
}

/** What is in a flexible box, or a grid, stands as blocks. */
export const makesBlocks = (display: string | undefined) =>
  display !== undefined && /^(?:inline-)?(?:flex|grid)/.test(display);

const declared = (...entries: readonly (readonly [string, string])[]): Declared => new Map(entries);
const NONE = declared(['display', 'none']);
const STRUCK = declared(['text-decoration', 'line-through']);
const PRE = declared(['white-space', 'pre']);
/** Any `font` that a page declares takes it back. */
const BOLD = declared(['font', 'bold']);
const LINK = declared(['color', '#0000ee']);
const OVERRIDE = {
  rtl: declared(['unicode-bidi', 'bidi-override'], ['direction', 'rtl']),
  ltr: declared(['unicode-bidi', 'bidi-override'], ['direction', 'ltr']),
};
const DIRECTION = { rtl: declared(['direction', 'rtl']), ltr: declared(['direction', 'ltr']) };

/** What browsers do with an element if nobody says otherwise. */
const USUAL: ReadonlyMap<string, Declared> = new Map([
  ...['del', 's', 'strike'].map((name) => [name, STRUCK] as const),
  ...[...PREFORMATTED].map((name) => [name, PRE] as const),
  ...[...FALLBACK].map((name) => [name, NONE] as const),
  ...['b', 'strong', 'th'].map((name) => [name, BOLD] as const),
  ['a', LINK],
]);

/** What browsers do with an element, given its attributes. */
export function usualOf(element: Element): Declared | undefined {
  const { tagName: name, attrs } = element;
  const usual = USUAL.get(name);
  if (attrs.length === 0) return name === 'dialog' ? NONE : usual;
  if (name === 'dialog' && attributeOf(element, 'open') === undefined) return NONE;
  if (name === 'object' && attributeOf(element, 'data') !== undefined) return NONE;
  if (attributeOf(element, 'hidden') !== undefined || attributeOf(element, 'popover') !== undefined)
    return NONE;
  const direction = attributeOf(element, 'dir')?.toLowerCase();
  const colour = name === 'font' ? attributeOf(element, 'color')?.toLowerCase() : undefined;
  const ground = attributeOf(element, 'bgcolor')?.toLowerCase();
  const turned =
    direction === 'rtl' || direction === 'ltr'
      ? (name === 'bdo' ? OVERRIDE : DIRECTION)[direction]
      : undefined;
  const said = [
    turned,
    colour && declared(['color', colour]),
    ground && declared(['background-color', ground]),
  ].filter((own) => own instanceof Map);
  if (said.length === 0) return usual;
  return said.length === 1 && !usual
    ? said[0]
    : new Map([...(usual ?? []), ...said.flatMap((own) => [...own])]);
}

/** The text that a reader gets for an element without any of its own: a picture by its words, a field by its state. */
export function textFor(element: Element): string | undefined {
  switch (element.tagName) {
    case 'img':
      return inBrackets(attributeOf(element, 'alt'));
    case 'input':
      return inputText(element);
    case 'select':
      return selectText(element);
    case 'textarea':
      return undefined;
    case 'progress':
    case 'meter':
      return inBrackets(
        [attributeOf(element, 'value'), attributeOf(element, 'max')].filter(Boolean).join('/'),
      );
    case 'svg':
      return inBrackets(attributeOf(element, 'aria-label') ?? titleOf(element));
    default:
      return stateText(element) ?? iconText(element);
  }
}

/** Elements of which nothing is read but the text for them. */
export const REPLACED = words('img input select progress meter embed');

const inBrackets = (text: string | undefined) => {
  const plain = text?.replace(/\s+/g, ' ').trim();
  return plain ? `[${plain}]` : undefined;
};

function inputText(element: Element): string | undefined {
  const type = attributeOf(element, 'type')?.toLowerCase() ?? 'text';
  const checked = attributeOf(element, 'checked') !== undefined;
  const value = attributeOf(element, 'value');
  switch (type) {
    case 'checkbox':
      return checked ? '☑' : '☐';
    case 'radio':
      return checked ? '◉' : '○';
    case 'hidden':
    case 'password':
    case 'file':
    case 'color':
    case 'range':
      return undefined;
    case 'image':
      return inBrackets(attributeOf(element, 'alt'));
    default:
      return value === '' ? undefined : value;
  }
}

/** A list of choices shows all of them, and which are chosen; a folded one shows the chosen one. */
function selectText(element: Element): string | undefined {
  const options = descendants(element, 'option', MOST_LOOKED_AT);
  const isChosen = (option: Element) => attributeOf(option, 'selected') !== undefined;
  const label = (option: Element) => attributeOf(option, 'label') ?? plainText(option);
  const size = Number.parseInt(attributeOf(element, 'size') ?? '1', 10);
  if (attributeOf(element, 'multiple') !== undefined || size > 1)
    return options.map((option) => `${isChosen(option) ? '☑' : '☐'} ${label(option)}`).join(', ');
  const chosen =
    options.findLast(isChosen) ?? options.find((own) => attributeOf(own, 'disabled') === undefined);
  return chosen && label(chosen);
}

/** Boxes and switches that pages make themselves. */
function stateText(element: Element): string | undefined {
  const checked = attributeOf(element, 'aria-checked');
  if (checked === undefined) return undefined;
  const role = attributeOf(element, 'role');
  if (role === 'radio' || role === 'menuitemradio') return checked === 'true' ? '◉' : '○';
  if (role === 'checkbox' || role === 'switch' || role === 'menuitemcheckbox')
    return checked === 'true' ? '☑' : '☐';
  return undefined;
}

function iconText(element: Element): string | undefined {
  const isIcon =
    attributeOf(element, 'role') === 'img' ||
    ((element.tagName === 'i' || element.tagName === 'span') && element.childNodes.length === 0);
  if (!isIcon || plainText(element) !== '') return undefined;
  return inBrackets(attributeOf(element, 'aria-label') ?? attributeOf(element, 'title'));
}

function titleOf(element: Element): string | undefined {
  const title = element.childNodes.find((own) => own.nodeName === 'title');
  return title && plainText(title);
}

const MOST_LOOKED_AT = 5000;

/** The words of a small part of a page, with nothing left out. */
export function plainText(node: Node, most = 200): string {
  let text = '';
  let looked = 0;
  const stack: Node[] = [node];
  for (let own = stack.pop(); own && looked++ < most; own = stack.pop()) {
    if (own.nodeName === '#text' && 'value' in own) text += own.value;
    else if ('childNodes' in own) stack.push(...own.childNodes.slice(0, most).toReversed());
  }
  return text.replace(/\s+/g, ' ').trim();
}

function descendants(element: Element, name: string, most: number): Element[] {
  const found: Element[] = [];
  let looked = 0;
  const stack: Node[] = [element];
  for (let own = stack.pop(); own && looked++ < most; own = stack.pop()) {
    if (own.nodeName === name && 'tagName' in own) found.push(own);
    else if ('childNodes' in own) stack.push(...own.childNodes.slice(0, most).toReversed());
  }
  return found;
}
