import { makeBudget, makeCascade } from './cascade.ts';
import type { HtmlText } from './html-text.ts';
import { firstLook } from './look.ts';
import { type Document, makeDocument, makeElement, makeText, TextLimitError } from './parse-html.ts';
import { PARAGRAPH, type Page, readTree } from './read-tree.ts';
import { makeUnseenWriter } from './unseen.ts';
import { makeWriter } from './writer.ts';

/**
 * A node of a page as a browser painted it: an element with what decides how it is read, or a text. `in` is the place of its parent in the list, −1 for the
 * page; parents stand before what is in them. What was not painted says so in its `style`.
 */
export type PaintedNode =
  | { readonly in: number; readonly text: string }
  | { readonly in: number; readonly name: string; readonly with?: Readonly<Record<string, string>> };

/** How the text of a painted page is made; raise its version when it gives another text. */
export const PAINTED = { id: 'painted', version: '1' };

/** What a browser painted, as it is kept. */
export const writePainted = (nodes: readonly PaintedNode[]): string => JSON.stringify(nodes).toWellFormed();

/** @throws TextLimitError if it is no painted page */
export function readPainted(kept: string): PaintedNode[] {
  const nodes = parse(kept);
  if (!Array.isArray(nodes) || !nodes.every(isPaintedNode)) throw new TextLimitError('it is no painted page');
  return nodes;
}

function parse(kept: string): unknown {
  try {
    return JSON.parse(kept);
  } catch {
    return undefined;
  }
}

function isPaintedNode(node: unknown): node is PaintedNode {
  if (node === null || typeof node !== 'object' || !('in' in node) || !Number.isInteger(node.in))
    return false;
  if ('text' in node) return typeof node.text === 'string';
  const attributes: unknown = 'with' in node ? node.with : {};
  return (
    'name' in node &&
    typeof node.name === 'string' &&
    attributes !== null &&
    typeof attributes === 'object' &&
    Object.values(attributes).every((value) => typeof value === 'string')
  );
}

/** The text of a page as it was painted, by the same rules as that of its markup. @throws TextLimitError if it is no painted page */
export function paintedText(painted: readonly PaintedNode[]): HtmlText {
  const cascade = makeCascade([], makeBudget());
  const tree = { cascade, sheets: new Map() };
  const place = {
    tree,
    look: firstLook(false),
    belongs: PARAGRAPH,
    raised: undefined,
    lists: 0,
    frames: 0,
    blockify: false,
    table: undefined,
    host: undefined,
  };
  const page: Page = {
    shown: makeWriter(),
    unseen: makeUnseenWriter(),
    frames: new Set(),
    title: undefined,
    language: undefined,
    cascadeOf: () => cascade,
    open: () => ({ nodes: [], place }),
  };
  readTree(treeOf(painted).childNodes, place, page);
  return {
    title: page.title ?? '',
    language: page.language,
    ...page.shown.end(),
    hidden: page.unseen.end(),
    unsure: [],
    frames: [...page.frames],
  };
}

function treeOf(nodes: readonly PaintedNode[]): Document {
  const document = makeDocument();
  const parents: (Document | ReturnType<typeof makeElement> | undefined)[] = [];
  for (const node of nodes) {
    const parent = node.in < 0 ? document : parents[node.in];
    if (!parent) throw new TextLimitError('it is no painted page: something in it is nowhere');
    if ('text' in node) {
      parents.push(undefined);
      parent.childNodes.push(makeText(node.text.toWellFormed(), parent));
    } else {
      const element = makeElement(node.name, node.with ?? {}, parent);
      parents.push(element);
      parent.childNodes.push(element);
    }
  }
  return document;
}
