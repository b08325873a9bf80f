import type { Block } from '../blocks.ts';
import { attributeOf, type Cascade, makeBudget, makeCascade } from './cascade.ts';
import { firstLook } from './look.ts';
import { type Element, makeLimits, type Node, parseHtml, TextLimitError } from './parse-html.ts';
import { PARAGRAPH, type Page, readTree } from './read-tree.ts';
import { mediaApplies } from './style-sheets.ts';
import { makeUnseenWriter } from './unseen.ts';
import { makeWriter } from './writer.ts';

export { TextLimitError };

/** The words of a page: what a reader sees, and what the page keeps hidden. */
export interface HtmlText {
  readonly title: string;
  readonly language: string | undefined;
  readonly text: string;
  /** Lines of which a reader does not see all, or sees something struck out; whole, as they would stand otherwise. */
  readonly hidden: string;
  /** What the text is made of, in its order. */
  readonly blocks: readonly Block[];
  /** What could change what is seen, and is not known from the page alone. */
  readonly unsure: readonly Unsure[];
  /** The addresses of frames, as the page gives them: what they show is not in the text. */
  readonly frames: readonly string[];
}

/** Style sheets that were not read, since they are elsewhere or too large; scripts, which were not run. */
export type Unsure = 'style-sheets' | 'scripts';

/**
 * The text of an HTML document as a reader sees it without scripts: blocks on lines of their own, an empty line between paragraphs, a tab between the cells of
 * a row, white space collapsed. What the page itself hides or strikes out, by its markup, its inline styles or its own style sheets, is given apart.
 * @throws TextLimitError
 */
export function htmlText(html: string): HtmlText {
  const unsure = new Set<Unsure>();
  const budget = makeBudget();
  const limits = makeLimits();
  // Parts of a page that are made alike have the same sheets.
  const cascades = new Map<string, Cascade>();
  const cascadeOf = (sheets: readonly string[] = []): Cascade => {
    const key = sheets.join('\0');
    const known = cascades.get(key) ?? makeCascade(sheets, budget);
    cascades.set(key, known);
    return known;
  };
  const page: Page = {
    shown: makeWriter(),
    unseen: makeUnseenWriter(),
    frames: new Set(),
    title: undefined,
    language: undefined,
    cascadeOf,
    open: (inner) => open(inner),
  };
  const open: Page['open'] = (source) => {
    const { document, styling } = parseHtml(source, limits);
    const { sheets, known } = sheetsIn(styling);
    const cascade = cascadeOf(sheets.get(document));
    if (!known || cascade.imports) unsure.add('style-sheets');
    if (styling.some(isScript)) unsure.add('scripts');
    return {
      nodes: document.childNodes,
      place: {
        tree: { cascade, sheets },
        look: firstLook(known && !cascade.imports),
        belongs: PARAGRAPH,
        raised: undefined,
        lists: 0,
        frames: 0,
        blockify: false,
        table: undefined,
        terms: undefined,
        host: undefined,
      },
    };
  };
  const { nodes, place } = open(html);
  readTree(nodes, place, page);
  if (budget.exceeded) unsure.add('style-sheets');
  return {
    title: page.title ?? '',
    language: page.language,
    ...page.shown.end(),
    hidden: page.unseen.end(),
    unsure: [...unsure].toSorted(),
    frames: [...page.frames],
  };
}

/** The style sheets of a document by the tree that they stand in, and whether they are all there are. */
function sheetsIn(styling: readonly Element[]) {
  const sheets = new Map<Node, string[]>();
  let known = true;
  for (const element of styling) {
    if (element.tagName === 'script' || !mediaApplies((attributeOf(element, 'media') ?? '').toLowerCase()))
      continue;
    if (element.tagName === 'link') {
      if (isStyleSheet(element)) known = false;
      continue;
    }
    const root = rootOf(element);
    const css = element.childNodes.map((own) => ('value' in own ? own.value : '')).join('');
    if (root) sheets.set(root, [...(sheets.get(root) ?? []), css]);
  }
  return { sheets, known };
}

function isStyleSheet(link: Element): boolean {
  const rel = attributeOf(link, 'rel')?.toLowerCase().split(/\s+/) ?? [];
  return rel.includes('stylesheet') && !rel.includes('alternate');
}

/** Data in a `script` is not run. */
const isScript = (element: Element) =>
  element.tagName === 'script' &&
  /^(?:|module|(?:text|application)\/(?:x-)?(?:java|ecma)script)$/i.test(
    attributeOf(element, 'type')?.trim() ?? '',
  );

/** The tree that an element stands in; none for what is only for readers without scripts. */
function rootOf(element: Element): Node | undefined {
  let node: Node = element;
  while ('parentNode' in node && node.parentNode) {
    node = node.parentNode;
    if (node.nodeName === 'noscript') return undefined;
  }
  return node;
}
