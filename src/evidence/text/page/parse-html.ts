import { type DefaultTreeAdapterMap, defaultTreeAdapter, html, Parser, type Token } from 'parse5';

export type Node = DefaultTreeAdapterMap['node'];
export type Element = DefaultTreeAdapterMap['element'];
export type ParentNode = DefaultTreeAdapterMap['parentNode'];
export type Document = DefaultTreeAdapterMap['document'];

/** A document is nested too deeply, or too large, to be read within reason. */
export class TextLimitError extends Error {}

const MOST_CHARACTERS = 20 * 1024 * 1024;
/** Browsers cut documents at 512 levels; parsers of misnested markup get slow far beyond it. */
const MOST_OPEN = 25_000;

/** What all documents of a page may cost: elements, and what the parser looks at to find their places. */
export interface Limits {
  elements: number;
  steps: number;
}

export const makeLimits = (): Limits => ({ elements: 600_000, steps: 1_000_000_000 });

/** A document, and what in it says how it looks, with the tree that each stands in. */
export interface ParsedHtml {
  readonly document: Document;
  /** `style`, `link` and `script`. */
  readonly styling: readonly Element[];
}

/** Parses as browsers do. Counts what it costs, so that any document ends in a few seconds. @throws TextLimitError */
export function parseHtml(source: string, limits: Limits): ParsedHtml {
  if (source.length > MOST_CHARACTERS)
    throw new TextLimitError('the document has more than 20 million characters');
  const parser = new BoundedParser(limits);
  parser.tokenizer.write(source, true);
  return { document: parser.document, styling: parser.styling };
}

class BoundedParser extends Parser<DefaultTreeAdapterMap> {
  readonly styling: Element[] = [];
  readonly #limits: Limits;

  constructor(limits: Limits) {
    super({ scriptingEnabled: false });
    this.#limits = limits;
    const spend = (steps: number) => this.#spend(steps);
    this.treeAdapter = {
      ...defaultTreeAdapter,
      createElement: (name, namespace, attributes) => {
        if (--limits.elements < 0) throw new TextLimitError('the document has more than 600,000 elements');
        const element = defaultTreeAdapter.createElement(name, namespace, attributes);
        if (name === 'style' || name === 'link' || name === 'script') this.styling.push(element);
        return element;
      },
      // These look for a node among all its siblings.
      insertBefore: (parent, own, reference) => {
        spend(parent.childNodes.length);
        defaultTreeAdapter.insertBefore(parent, own, reference);
      },
      insertTextBefore: (parent, text, reference) => {
        spend(parent.childNodes.length);
        defaultTreeAdapter.insertTextBefore(parent, text, reference);
      },
      detachNode: (own) => {
        spend(own.parentNode?.childNodes.length ?? 0);
        defaultTreeAdapter.detachNode(own);
      },
      adoptAttributes: (recipient, attributes) => {
        spend(20 * recipient.attrs.length);
        defaultTreeAdapter.adoptAttributes(recipient, attributes);
      },
    };
  }

  override onStartTag(token: Token.TagToken): void {
    this.#tag(token);
    super.onStartTag(token);
  }

  override onEndTag(token: Token.TagToken): void {
    this.#tag(token);
    super.onEndTag(token);
  }

  #tag({ attrs }: Token.TagToken): void {
    const open = this.openElements.stackTop;
    if (open > MOST_OPEN)
      throw new TextLimitError(`the document opens more than ${MOST_OPEN} elements that it never closes`);
    this.#spend(20 + attrs.length);
  }

  #spend(steps: number): void {
    this.#limits.steps -= steps;
    if (this.#limits.steps < 0) throw new TextLimitError('its markup is too tangled to be read');
  }
}

/** An empty document, and nodes for it, for what did not come as markup. */
export const makeDocument = (): Document => defaultTreeAdapter.createDocument();

export function makeElement(
  name: string,
  attributes: Readonly<Record<string, string>>,
  parentNode: ParentNode,
): Element {
  const attrs = Object.entries(attributes).map(([own, value]) => ({ name: own, value }));
  return { ...defaultTreeAdapter.createElement(name, html.NS.HTML, attrs), parentNode };
}

export const makeText = (value: string, parentNode: ParentNode): DefaultTreeAdapterMap['textNode'] => ({
  nodeName: '#text',
  value,
  parentNode,
});
