import { type DefaultTreeAdapterMap, parse } from 'parse5';
import type { Block } from './blocks.ts';

/** The words of a page: what a reader sees, and what the page keeps hidden. */
export interface HtmlText {
  readonly title: string;
  readonly language: string | undefined;
  readonly text: string;
  readonly hidden: string;
  /** What the text is made of, in its order. */
  readonly blocks: readonly Block[];
}

/** A document is nested too deeply, or too large, to be read within reason. */
export class TextLimitError extends Error {}

const MOST_CHARACTERS = 20 * 1024 * 1024;
/** Browsers cut documents at 512 levels; parsers of misnested markup get slow far beyond it. */
const MOST_TAGS_OPEN = 25_000;

type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];

const NEVER = new Set(
  'script style template head noframes iframe object embed audio video canvas svg math select datalist textarea input'.split(
    ' ',
  ),
);
const PARAGRAPHS = new Set(
  'p blockquote ul ol dl pre table figure h1 h2 h3 h4 h5 h6 hr section article header footer main nav aside form fieldset details address'.split(
    ' ',
  ),
);
const LINES = new Set(
  'div li dt dd tr caption figcaption summary legend option center dir menu body html thead tbody tfoot search hgroup noscript dialog'.split(
    ' ',
  ),
);

/**
 * The text of an HTML document as one reads it without scripts: blocks on lines of their own, an empty line between paragraphs, a tab between the cells of
 * a row, white space collapsed. Text that the markup itself hides (`hidden`, inline styles, `noscript`, a closed dialog) is given apart.
 * @throws TextLimitError
 */
export function htmlText(html: string): HtmlText {
  if (html.length > MOST_CHARACTERS)
    throw new TextLimitError('the document has more than 20 million characters');
  if (tagsLeftOpen(html) > MOST_TAGS_OPEN)
    throw new TextLimitError(`the document opens more than ${MOST_TAGS_OPEN} elements that it never closes`);
  const page: Page = { shown: makeWriter(), hidden: makeWriter(), title: undefined, language: undefined };
  // A loop with its own stack: the depth of a document is the author’s choice.
  const stack: Step[] = [
    { node: parse(html, { scriptingEnabled: false }), leaving: false, hidden: false, pre: false },
  ];
  for (let step = stack.pop(); step; step = stack.pop()) {
    const { node } = step;
    const writer = step.hidden ? page.hidden : page.shown;
    if (node.nodeName === '#text' && 'value' in node) writer.text(node.value, step.pre);
    else if (step.leaving) breakAround(writer, node.nodeName);
    else if ('childNodes' in node) enter(node, step, page, stack);
  }
  return {
    title: page.title ?? '',
    language: page.language,
    text: page.shown.end(),
    hidden: page.hidden.end(),
    blocks: [],
  };
}

interface Step {
  readonly node: Node;
  readonly leaving: boolean;
  readonly hidden: boolean;
  readonly pre: boolean;
}

interface Page {
  readonly shown: Writer;
  readonly hidden: Writer;
  title: string | undefined;
  language: string | undefined;
}

function enter(node: DefaultTreeAdapterMap['parentNode'], step: Step, page: Page, stack: Step[]): void {
  const name = node.nodeName;
  let { hidden } = step;
  if ('attrs' in node) {
    if (name === 'html') page.language = attribute(node, 'lang')?.trim() || undefined;
    if (name === 'head') page.title ??= titleIn(node);
    if (NEVER.has(name)) return;
    hidden ||= hides(node);
  }
  const writer = hidden ? page.hidden : page.shown;
  if (name === 'br') writer.line();
  if (name === 'td' || name === 'th') writer.cell();
  breakAround(writer, name);
  stack.push({ node, leaving: true, hidden, pre: step.pre });
  const pre = step.pre || name === 'pre';
  for (let index = node.childNodes.length - 1; index >= 0; index--)
    stack.push({ node: node.childNodes[index] as Node, leaving: false, hidden, pre });
}

/** How many more elements are opened than closed, roughly: enough to tell a document from an attack. */
function tagsLeftOpen(html: string): number {
  let open = 0;
  let most = 0;
  for (const [tag] of html.matchAll(/<(?:\/?[a-z][a-z0-9]*)/gi)) {
    open =
      tag[1] === '/'
        ? Math.max(0, open - 1)
        : /^<(?:br|img|hr|input|meta|link|area|col|wbr|source|p|li|td|tr|th|dt|dd|option)$/i.test(tag)
          ? open
          : open + 1;
    most = Math.max(most, open);
  }
  return most;
}

const attribute = (element: Element, name: string) => element.attrs.find((own) => own.name === name)?.value;

const NOTHING = '0*(?:\\.0+)?[a-z%]*\\s*(?:;|!|$)';
const HIDING = new RegExp(
  `(?:^|;)\\s*(?:display\\s*:\\s*none|visibility\\s*:\\s*(?:hidden|collapse)|(?:opacity|font-size)\\s*:\\s*(?=[.0])${NOTHING})`,
  'i',
);

function hides(element: Element): boolean {
  const { nodeName: name } = element;
  if (name === 'noscript') return true;
  if (name === 'dialog') return attribute(element, 'open') === undefined;
  return attribute(element, 'hidden') !== undefined || HIDING.test(attribute(element, 'style') ?? '');
}

function titleIn(head: Element): string | undefined {
  const title = head.childNodes.find((node) => node.nodeName === 'title');
  if (!title || !('childNodes' in title)) return undefined;
  return title.childNodes
    .map((node) => ('value' in node ? node.value : ''))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
}

function breakAround(writer: Writer, name: string): void {
  if (PARAGRAPHS.has(name)) writer.paragraph();
  else if (LINES.has(name)) writer.line();
}

interface Writer {
  text(text: string, pre: boolean): void;
  line(): void;
  paragraph(): void;
  cell(): void;
  end(): string;
}

/** Collects text; breaks and spaces are only written when something follows them. */
function makeWriter(): Writer {
  const parts: string[] = [];
  let breaks = 0;
  let space = '';
  let started = false;
  let lineStarted = false;
  const add = (text: string) => {
    if (started && breaks > 0) parts.push('\n'.repeat(breaks));
    else if (lineStarted && space) parts.push(space);
    parts.push(text);
    breaks = 0;
    space = '';
    started = true;
    lineStarted = true;
  };
  const breakLine = (number: number) => {
    breaks = Math.max(breaks, number);
    lineStarted = false;
    space = '';
  };
  return {
    text(text, pre) {
      if (pre) {
        const lines = text.split('\n');
        lines.forEach((line, index) => {
          if (index > 0) breakLine(breaks > 0 && !lineStarted ? Math.min(2, breaks + 1) : 1);
          if (line.trim() !== '') add(line.replace(/\s+$/, ''));
        });
        return;
      }
      // White space of HTML; a no-break space is a character like others.
      const collapsed = text.replace(/[ \t\n\r\f]+/g, ' ');
      if (collapsed === ' ' || collapsed === '') {
        if (collapsed === ' ') space ||= ' ';
        return;
      }
      if (collapsed.startsWith(' ')) space ||= ' ';
      add(collapsed.trim() === '' ? collapsed : collapsed.replace(/^ | $/g, ''));
      if (collapsed.endsWith(' ')) space = ' ';
    },
    line: () => breakLine(1),
    paragraph: () => breakLine(2),
    cell() {
      if (lineStarted) space = '\t';
    },
    end: () => parts.join(''),
  };
}
