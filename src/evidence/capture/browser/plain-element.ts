import type { Declared } from '../../text/page/cascade.ts';
import { flowOf, NEVER, PREFORMATTED } from '../../text/page/elements.ts';
import type { Look } from '../../text/page/look.ts';

/** Elements whose names say how their text is read; others are only lines, paragraphs, or parts of a line. */
const KEPT = new Set(
  'html head title body h1 h2 h3 h4 h5 h6 p ul ol menu li dl dt dd table thead tbody tfoot tr td th caption pre blockquote details summary br img input select optgroup option textarea sup sub rt svg progress meter'.split(
    ' ',
  ),
);
const PLAIN = { inline: 'span', line: 'div', paragraph: 'section', cell: 'td' } as const;
const DISPLAY = { inline: 'inline', line: 'block', paragraph: 'block', cell: 'table-cell' } as const;
const ATTRIBUTES =
  'alt aria-label aria-checked aria-level role title colspan rowspan lang type max value multiple size label disabled'.split(
    ' ',
  );
/** Shown by what they are, not by a text in them. */
const SHOWN_ITSELF = new Set(['img', 'input', 'select', 'svg', 'progress', 'meter']);

export interface PaintedElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly declared: Declared | undefined;
  readonly look: Look;
  readonly struckAbove: boolean;
  readonly preAbove: boolean;
  readonly isHidden: boolean;
  /** It stands beside the text, and has none itself. */
  readonly isBeside: boolean;
  /** What a form field holds now, and whether it is checked; whether an option is chosen. */
  readonly value: string | undefined;
  readonly checked: boolean;
  readonly chosen: boolean;
}

/** An element as it is kept: a name that says how it is read, and what decides about its text. Undefined where nobody reads it. */
export function plainElement(element: PaintedElement) {
  const { name, attributes, declared, look } = element;
  const isNamed = name === 'head' || name === 'title';
  if (NEVER.has(name) && !isNamed) return undefined;
  // What has no box of its own, but something in it that has, breaks no line.
  const display = declared?.get('display') ?? (KEPT.has(name) ? undefined : 'inline');
  const flow = flowOf(name, element.isHidden || element.isBeside ? undefined : display);
  const plain = KEPT.has(name) ? name : PLAIN[flow];
  const isUsual = flowOf(plain, undefined) === flow;
  const shown = element.isHidden && !isNamed ? 'none' : isUsual ? '' : DISPLAY[flow];
  const pre = declared ? look.pre : element.preAbove;
  const kept = [
    ...ATTRIBUTES.map((own) => [own, attributes.get(own)] as const),
    ...stateOf(element),
    ['style', styleOf(element, plain, shown, pre)] as const,
  ].filter((own): own is [string, string] => own[1] !== undefined);
  return {
    node: { name: plain, ...(kept.length > 0 ? { with: Object.fromEntries(kept) } : {}) },
    pre,
    hasText: SHOWN_ITSELF.has(name) || attributes.has('aria-label') || attributes.has('aria-checked'),
  };
}

const stateOf = ({ name, value, checked, chosen }: PaintedElement) =>
  [
    ['value', name === 'input' ? value : undefined],
    ['checked', checked ? '' : undefined],
    ['selected', chosen ? '' : undefined],
  ].filter((own): own is [string, string] => own[1] !== undefined);

function styleOf(
  { look, declared, struckAbove, preAbove }: PaintedElement,
  plain: string,
  display: string,
  pre: boolean,
): string | undefined {
  const align = declared?.get('vertical-align') ?? '';
  const style = [
    display && `display:${display}`,
    look.struck && !struckAbove && 'text-decoration:line-through',
    pre !== (preAbove || PREFORMATTED.has(plain)) && `white-space:${pre ? 'pre' : 'normal'}`,
    plain === 'span' && /^(?:super|sub)$/.test(align) && `vertical-align:${align}`,
    declared?.get('unicode-bidi')?.includes('override') &&
      `unicode-bidi:bidi-override;direction:${look.direction}`,
  ].filter(Boolean);
  return style.length > 0 ? style.join(';') : undefined;
}
