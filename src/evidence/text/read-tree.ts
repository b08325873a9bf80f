import { attributeOf, type Cascade, type Declared, type Styles } from './cascade.ts';
import { contentText, plainValue } from './css-values.ts';
import { type Flow, flowOf, makesBlocks, NEVER, plainText, REPLACED, textFor, usualOf } from './elements.ts';
import { type Box, isSeen, type Look, lookOf } from './look.ts';
import type { Element, Node } from './parse-html.ts';
import { type Raised, raisedForm } from './raised.ts';
import { makeTableHeads, type TableHeads } from './table-heads.ts';
import type { UnseenWriter } from './unseen.ts';
import { resolveVariables } from './variables.ts';
import type { Belongs, Writer } from './writer.ts';

/** What is made of a page while it is read. */
export interface Page {
  readonly shown: Writer;
  readonly unseen: UnseenWriter;
  readonly frames: Set<string>;
  title: string | undefined;
  language: string | undefined;
  /** The styles of a tree within the page. */
  treeOf(sheets: readonly string[]): Cascade;
  /** Where the reading of a document within the page begins. */
  open(html: string): Step;
}

/** A tree with styles of its own: the document, a frame, a shadow tree. */
interface Tree {
  readonly cascade: Cascade;
  /** The sheets of the document and of all shadow trees in it. */
  readonly sheets: ReadonlyMap<Node, readonly string[]>;
}

/** A node that is to be read, and all that it has from what it stands in. */
export interface Step {
  readonly node: Node;
  /** Everything in the element is read. */
  readonly leave?: () => void;
  readonly tree: Tree;
  readonly look: Look;
  readonly belongs: Belongs;
  readonly raised: Raised | undefined;
  readonly lists: number;
  readonly frames: number;
  readonly blockify: boolean;
  readonly table: TableHeads | undefined;
  readonly host: Host | undefined;
}

/** In a shadow tree: the element that it stands for, whose content goes into the slots. */
interface Host {
  readonly element: Element;
  readonly step: Step;
  readonly filled: Set<string>;
}

export const PARAGRAPH: Belongs = { kind: 'paragraph' };

/** Frames within frames; deeper ones are not read. */
const MOST_FRAMES = 5;
const MOST_LISTED = 20;
const MOST_HEAD = 200;

/** Reads a tree from its top. A loop with its own stack: the depth of a document is the author’s choice. */
export function readTree(first: Step, page: Page): void {
  const stack: Step[] = [first];
  for (let step = stack.pop(); step; step = stack.pop()) {
    if (step.leave) step.leave();
    else if (step.node.nodeName === '#text' && 'value' in step.node) write(page, step, step.node.value);
    else if ('tagName' in step.node) enter(step.node, step, page, stack);
    else if ('childNodes' in step.node) pushAll(step.node.childNodes, step, stack);
  }
}

function pushAll(nodes: readonly Node[], step: Step, stack: Step[]): void {
  for (let index = nodes.length - 1; index >= 0; index--) stack.push({ ...step, node: nodes[index] as Node });
}

function write(page: Page, { look, raised, belongs }: Step, text: string): void {
  const own = raised ? [...text].map(raised.character).join('') : text;
  const seen = isSeen(look);
  if (seen && !look.struck) page.shown.text(own, look.pre, belongs);
  page.unseen.text(own, look.pre, seen ? (look.struck ? 'struck' : undefined) : 'hidden');
}

function enter(node: Element, step: Step, page: Page, stack: Step[]): void {
  const { tagName: name } = node;
  if (name === 'html') page.language ??= attributeOf(node, 'lang')?.trim() || undefined;
  if (name === 'head') page.title ??= titleIn(node);
  if (NEVER.has(name)) return;
  const styles = step.tree.cascade.of(node);
  const { look, box } = lookOf(step.look, styles.own, usualOf(node));
  const flow = flowOf(name, box.display ?? (step.blockify ? 'block' : undefined));
  if (name === 'tr') step.table?.row(isInHead(node));
  const inner: Step = {
    ...step,
    node,
    look,
    belongs: belongsOf(node, flow, step),
    raised: undefined,
    lists: step.lists + (LISTS.has(name) ? 1 : 0),
    blockify: makesBlocks(box.display),
    table: name === 'table' ? makeTableHeads() : step.table,
  };
  const raised = step.raised || flow !== 'inline' ? undefined : raisedOf(node, box);
  breakAround(page, flow, look);
  const mark = page.shown.mark();
  const added = addedText(node, styles, look);
  const say = ({ text, look: how }: Added) => write(page, { ...inner, look: how }, text);
  const plain = (text: string | undefined) => (text === undefined ? [] : [{ text, look }]);
  const { override } = box;
  const before = [...plain(raised?.before), ...plain(override && OVERRIDE[override]), ...added.before];
  const after = [...added.after, ...plain(override && END_OF_OVERRIDE), ...plain(raised?.after)];
  for (const own of before) say(own);
  stack.push({
    ...step,
    node,
    leave() {
      for (const own of after) say(own);
      if (flow === 'cell' && step.table?.wants(node)) step.table.endCell(page.shown.since(mark, MOST_HEAD));
      breakAround(page, flow, look);
    },
  });
  if (name === 'br') breakLine(page, look);
  for (const own of plain(textFor(node))) say(own);
  if (!REPLACED.has(name)) pushContent({ ...inner, raised: raised ?? step.raised }, node, page, stack);
}

const LISTS = new Set(['ul', 'ol', 'menu', 'dir']);

function raisedOf(node: Element, box: Box): Raised | undefined {
  const shift = box.shift ?? (node.tagName === 'sup' ? 'super' : node.tagName === 'sub' ? 'sub' : undefined);
  return shift && raisedForm(plainText(node), shift);
}

/** Text that is not in the page, but shown: by style sheets, and the marks of a quotation. */
interface Added {
  readonly text: string;
  readonly look: Look;
}

const NOTHING_ADDED: { before: Added[]; after: Added[] } = { before: [], after: [] };

function addedText(node: Element, styles: Styles, look: Look): { before: Added[]; after: Added[] } {
  const isQuotation = node.tagName === 'q';
  if (!styles.before && !styles.after && !isQuotation) return NOTHING_ADDED;
  const added = (declared: Declared | undefined, mark: string): Added[] => {
    if (isQuotation && !declared?.has('content')) return [{ text: mark, look }];
    const text = generatedText(node, declared, look);
    return text === undefined ? [] : [{ text, look: lookOf(look, declared, undefined).look }];
  };
  return { before: added(styles.before, '“'), after: added(styles.after, '”') };
}

const OVERRIDE = { rtl: '\u202e', ltr: '\u202d' };
const END_OF_OVERRIDE = '\u202c';

function generatedText(node: Element, declared: Declared | undefined, look: Look): string | undefined {
  const content = declared?.get('content');
  if (content === undefined || /^(?:none|normal)$/.test(plainValue(content))) return undefined;
  const resolved = /var\(/i.test(content) ? resolveVariables(content, look.variables) : content;
  return resolved === undefined ? undefined : contentText(resolved, (name) => attributeOf(node, name));
}

/** What is in an element: of a frame its document, of a host its shadow tree, of a slot what goes into it. */
function pushContent(inner: Step, node: Element, page: Page, stack: Step[]): void {
  const { tagName: name } = node;
  if (name === 'iframe' || name === 'frame' || name === 'object' || name === 'embed') {
    if (pushFrame(inner, node, page, stack) || name !== 'object') return;
  }
  const shadow = node.childNodes.find(isShadowRoot);
  if (shadow && 'content' in shadow) {
    const cascade = page.treeOf(inner.tree.sheets.get(shadow.content) ?? []);
    const host = { element: node, step: inner, filled: new Set<string>() };
    pushAll(shadow.content.childNodes, { ...inner, tree: { ...inner.tree, cascade }, host }, stack);
    return;
  }
  const { host } = inner;
  if (name === 'slot' && host) {
    const slot = attributeOf(node, 'name') ?? '';
    const assigned = host.filled.has(slot)
      ? []
      : host.element.childNodes.filter((own) => !isShadowRoot(own) && slotOf(own) === slot);
    host.filled.add(slot);
    if (assigned.some((own) => own.nodeName !== '#text' || ('value' in own && own.value.trim() !== ''))) {
      const { tree, host: outer } = host.step;
      pushAll(assigned, { ...inner, tree, host: outer }, stack);
      return;
    }
  }
  pushAll(node.childNodes, inner, stack);
}

const isShadowRoot = (node: Node) =>
  node.nodeName === 'template' &&
  'attrs' in node &&
  /^(?:open|closed)$/i.test(attributeOf(node, 'shadowrootmode') ?? '');

const slotOf = (node: Node) => ('attrs' in node ? (attributeOf(node, 'slot') ?? '') : '');

/** Reads a frame that is in the page itself; one that is elsewhere is only named. */
function pushFrame(inner: Step, node: Element, page: Page, stack: Step[]): boolean {
  const inPage = attributeOf(node, 'srcdoc');
  if (node.tagName === 'iframe' && inPage !== undefined) {
    if (inner.frames >= MOST_FRAMES) return true;
    const first = page.open(inPage);
    const hidden = !isSeen(inner.look);
    stack.push({ ...first, frames: inner.frames + 1, look: { ...first.look, hidden } });
    return true;
  }
  const address = attributeOf(node, node.tagName === 'object' ? 'data' : 'src')?.trim() ?? '';
  const isDocument =
    /frame$/.test(node.tagName) ||
    /\.(?:x?html?|pdf)(?:[?#]|$)|^text\/html$/i.test(`${attributeOf(node, 'type') ?? address}`);
  const isTiny = [attributeOf(node, 'width'), attributeOf(node, 'height')].some(
    (own) => own !== undefined && /^[01](?:px)?$/.test(own),
  );
  const leads = address !== '' && !/^(?:about|javascript|data|blob):/i.test(address);
  if (isDocument && leads && !isTiny && isSeen(inner.look) && page.frames.size < MOST_LISTED)
    page.frames.add(address);
  return false;
}

function belongsOf(node: Element, flow: Flow, { belongs, lists, table }: Step): Belongs {
  const { tagName: name } = node;
  if (/^h[1-6]$/.test(name)) return { kind: 'heading', level: Number(name[1]) };
  if (attributeOf(node, 'role') === 'heading')
    return { kind: 'heading', level: Number.parseInt(attributeOf(node, 'aria-level') ?? '2', 10) || 2 };
  if (name === 'li' || name === 'dt' || name === 'dd') return { kind: 'item', level: Math.max(1, lists) };
  if (flow !== 'cell' || !table || !/^t[dh]$/.test(name)) return belongs;
  const heads = table.cell(node);
  return { kind: 'cell', ...(heads.length > 0 ? { heads } : {}) };
}

const isInHead = (row: Element) => row.parentNode?.nodeName === 'thead';

function titleIn(head: Element): string | undefined {
  const title = head.childNodes.find(({ nodeName }) => nodeName === 'title');
  return title && plainText(title, 500);
}

/** Breaks lines where an element begins and ends. What is not laid out breaks none. */
function breakAround({ shown, unseen }: Page, flow: Flow, { hidden }: Look): void {
  if (flow === 'inline') return;
  if (flow === 'cell') unseen.cell();
  else unseen.line();
  if (hidden) return;
  if (flow === 'paragraph') shown.paragraph();
  else if (flow === 'line') shown.line();
  else shown.cell();
}

function breakLine({ shown, unseen }: Page, { hidden, pre }: Look): void {
  if (!hidden) shown.lineInBlock();
  unseen.text('\n', pre, undefined);
}
