import { makeBudget, makeCascade } from './cascade.ts';
import type { HtmlText } from './html-text.ts';
import { firstLook } from './look.ts';
import type { PaintedNode } from './painted-nodes.ts';
import { type Document, makeDocument, makeElement, makeText, TextLimitError } from './parse-html.ts';
import { PARAGRAPH, type Page, readTree } from './read-tree.ts';
import { makeUnseenWriter } from './unseen.ts';
import { makeWriter } from './writer.ts';

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
    terms: undefined,
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
