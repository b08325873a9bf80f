import { attributeOf, type Cascade, type Declared, type Styles } from './cascade.ts';
import { contentText, plainValue } from './css-values.ts';
import { type Flow, flowOf, makesBlocks, NEVER, plainText, REPLACED, textFor, usualOf } from './elements.ts';
import { type Box, type Look, lookOf } from './look.ts';
import { joined, MOST_HEAD, nameFor, namesOfCell } from './names.ts';
import type { Element, Node } from './parse-html.ts';
import { type Raised, raisedForm } from './raised.ts';
import { makeTableHeads, type TableHeads } from './table-heads.ts';
import type { UnseenWriter } from './unseen.ts';
import { resolveVariables } from './variables.ts';
import type { Belongs, Mark, Writer } from './writer.ts';

/** What is made of a page while it is read. */
export interface Page {
  readonly shown: Writer;
  readonly unseen: UnseenWriter;
  readonly frames: Set<string>;
  title: string | undefined;
  language: string | undefined;
  /** The styles of a tree within the page. */
  cascadeOf(sheets: readonly string[] | undefined): Cascade;
  /** A document within the page, and how it is read. */
  open(html: string): { readonly nodes: readonly Node[]; readonly place: Place };
}

/** A tree with styles of its own: the document, a frame, a shadow tree. */
interface Tree {
  readonly cascade: Cascade;
  /** The sheets of the document and of all shadow trees in it. */
  readonly sheets: ReadonlyMap<Node, readonly string[]>;
}

/** All that a node has from what it stands in. */
export interface Place {
  readonly tree: Tree;
  readonly look: Look;
  readonly belongs: Belongs;
  readonly raised: Raised | undefined;
  readonly lists: number;
  readonly frames: number;
  readonly blockify: boolean;
  readonly table: TableHeads | undefined;
  readonly terms: Terms | undefined;
  readonly host: Host | undefined;
}

/** In a list of terms: those that the next descriptions are of. */
interface Terms {
  words: string;
  /** A description has come: the next term is another. */
  described: boolean;
}

/** In a shadow tree: the element that it stands for, whose content goes into the slots. */
interface Host {
  readonly element: Element;
  readonly place: Place;
  readonly filled: Set<string>;
}

export const PARAGRAPH: Belongs = { kind: 'paragraph' };

/** Frames within frames; deeper ones are not read. */
const MOST_FRAMES = 5;
const MOST_LISTED = 20;

/** Nodes of one parent that are being read, and what is to be done when they are. */
interface Level {
  readonly nodes: readonly Node[];
  next: number;
  readonly place: Place;
  readonly flow: Flow;
  /** How the parent itself looks. */
  readonly look: Look;
  readonly belongs: Belongs;
  readonly after: readonly Added[];
  /** A cell or term of which the words are wanted for what comes after it, and where they begin. */
  readonly head: { readonly mark: Mark; take(words: string, bold: boolean): void } | undefined;
}

type Stack = Level[];

/** Reads a tree from its top. A loop with its own stack: the depth of a document is the author’s choice. */
export function readTree(nodes: readonly Node[], place: Place, page: Page): void {
  const { look, belongs } = place;
  const stack: Stack = [
    { nodes, next: 0, place, flow: 'inline', look, belongs, after: NONE, head: undefined },
  ];
  for (let level = stack.at(-1); level; level = stack.at(-1)) {
    const node = level.nodes[level.next++];
    if (node === undefined) {
      stack.pop();
      leave(level, page);
    } else if (node.nodeName === '#text' && 'value' in node) {
      const { raised, look, belongs } = level.place;
      write(page, look, belongs, raised ? [...node.value].map(raised.character).join('') : node.value);
    } else if ('tagName' in node) enter(node, level.place, page, stack);
  }
}

function write(page: Page, { seen, struck, pre, bold }: Look, belongs: Belongs, text: string): void {
  if (seen && !struck) page.shown.text(text, pre, belongs, bold);
  page.unseen.text(text, pre, seen ? (struck ? 'struck' : undefined) : 'hidden');
}

function enter(node: Element, outer: Place, page: Page, stack: Stack): void {
  const { tagName: name } = node;
  if (name === 'html') page.language ??= attributeOf(node, 'lang')?.trim() || undefined;
  if (name === 'head') page.title ??= titleIn(node);
  if (NEVER.has(name)) return;
  const styles = outer.tree.cascade.of(node);
  const { look, box } = lookOf(outer.look, styles.own, usualOf(node));
  const flow = flowOf(name, box.display ?? (outer.blockify ? 'block' : undefined));
  if (name === 'tr') outer.table?.row(isInHead(node));
  const raised = outer.raised || flow !== 'inline' ? undefined : raisedOf(node, box);
  const belongs = belongsOf(node, flow, outer);
  if (flow !== 'inline') breakAround(page, flow, look);
  const take = flow === 'cell' && outer.table?.wants(node) ? outer.table.endCell : takesName(name, outer);
  const head = take && { mark: page.shown.mark(), take };
  const { before, after } = addedText(node, styles, look, box.override, raised);
  for (const own of before) write(page, own.look, belongs, own.text);
  if (name === 'br') breakLine(page, look);
  const text = textFor(node);
  if (text !== undefined) write(page, look, belongs, text);
  const inner = innerPlace(name, outer, look, belongs, raised, makesBlocks(box.display));
  const { nodes, place } = REPLACED.has(name) ? { nodes: NONE, place: inner } : contentOf(node, inner, page);
  if (nodes.length > 0 || flow !== 'inline' || after.length > 0)
    stack.push({ nodes, next: 0, place, flow, look, belongs, after, head });
}

function leave({ flow, look, belongs, after, head }: Level, page: Page): void {
  for (const own of after) write(page, own.look, belongs, own.text);
  head?.take(page.shown.since(head.mark, MOST_HEAD), page.shown.isBoldSince(head.mark));
  if (flow !== 'inline') breakAround(page, flow, look);
}

const NONE: readonly never[] = [];

/** Most elements change nothing for what is in them. */
function innerPlace(
  name: string,
  outer: Place,
  look: Look,
  belongs: Belongs,
  raised: Raised | undefined,
  blockify: boolean,
): Place {
  const isList = LISTS.has(name);
  const isTable = name === 'table';
  const hasTerms = name === 'dl';
  if (
    look === outer.look &&
    belongs === outer.belongs &&
    !raised &&
    blockify === outer.blockify &&
    !isList &&
    !isTable &&
    !hasTerms
  )
    return outer;
  return {
    ...outer,
    look,
    belongs,
    raised: raised ?? outer.raised,
    lists: outer.lists + (isList ? 1 : 0),
    blockify,
    table: isTable ? makeTableHeads() : outer.table,
    terms: hasTerms ? { words: '', described: false } : outer.terms,
  };
}

const LISTS = new Set(['ul', 'ol', 'menu', 'dir']);

function raisedOf(node: Element, box: Box): Raised | undefined {
  const shift = box.shift ?? (node.tagName === 'sup' ? 'super' : node.tagName === 'sub' ? 'sub' : undefined);
  return shift && raisedForm(plainText(node), shift);
}

/** Text that is not in the page, but shown: by style sheets, marks of a quotation; and what keeps raised and turned text apart. */
interface Added {
  readonly text: string;
  readonly look: Look;
}

/** What browsers put around a quotation; and around what stands over a word, which has no place of its own in a line. */
const MARKS = new Map([
  ['q', ['“', '”']],
  ['rt', ['(', ')']],
]);

const NO_STYLE: Declared = new Map();

const NOTHING_ADDED: { readonly before: readonly Added[]; readonly after: readonly Added[] } = {
  before: NONE,
  after: NONE,
};

function addedText(
  node: Element,
  styles: Styles,
  look: Look,
  override: Box['override'],
  raised: Raised | undefined,
): typeof NOTHING_ADDED {
  const marks = MARKS.get(node.tagName);
  const marker = node.tagName === 'li' ? (styles.marker ?? (look.marker ? NO_STYLE : undefined)) : undefined;
  if (!styles.before && !styles.after && !marks && !override && !raised && !marker) return NOTHING_ADDED;
  const plain = (text: string | undefined): Added[] =>
    text === undefined || text === '' ? [] : [{ text, look }];
  const generated = (declared: Declared | undefined, mark: string | undefined): Added[] => {
    if (mark && !declared?.has('content')) return plain(mark);
    const text = generatedText(node, declared, look);
    return text === undefined ? [] : [{ text, look: lookOf(look, declared, undefined).look }];
  };
  return {
    before: [
      ...(marker ? generated(marker, look.marker) : []),
      ...plain(raised?.before),
      ...plain(override && OVERRIDE[override]),
      ...generated(styles.before, marks?.[0]),
    ],
    after: [
      ...generated(styles.after, marks?.[1]),
      ...plain(override && END_OF_OVERRIDE),
      ...plain(raised?.after),
    ],
  };
}

const OVERRIDE = { rtl: '\u202e', ltr: '\u202d' };
const END_OF_OVERRIDE = '\u202c';

function generatedText(node: Element, declared: Declared | undefined, look: Look): string | undefined {
  const content = declared?.get('content');
  if (content === undefined || /^(?:none|normal)$/.test(plainValue(content))) return undefined;
  const resolved = /var\(/i.test(content) ? resolveVariables(content, look.variables) : content;
  return resolved === undefined ? undefined : contentText(resolved, (name) => attributeOf(node, name));
}

interface Content {
  readonly nodes: readonly Node[];
  readonly place: Place;
}

/** What is in an element: of a frame its document, of a host its shadow tree, of a slot what goes into it. */
function contentOf(node: Element, inner: Place, page: Page): Content {
  const { tagName: name, childNodes } = node;
  if (FRAMES.has(name)) return frameContent(node, inner, page);
  if (name === 'slot' && inner.host) return slotContent(node, inner, inner.host);
  const shadow = childNodes.find(isShadowRoot);
  if (!shadow || !('content' in shadow)) return { nodes: childNodes, place: inner };
  const cascade = page.cascadeOf(inner.tree.sheets.get(shadow.content));
  const host = { element: node, place: inner, filled: new Set<string>() };
  return { nodes: shadow.content.childNodes, place: { ...inner, tree: { ...inner.tree, cascade }, host } };
}

const FRAMES = new Set(['iframe', 'frame', 'object', 'embed']);

/** What the page puts into a slot; what the shadow tree has there itself, if it puts nothing there. */
function slotContent(node: Element, inner: Place, { element, place, filled }: Host): Content {
  const slot = attributeOf(node, 'name') ?? '';
  const assigned = filled.has(slot)
    ? []
    : element.childNodes.filter((own) => !isShadowRoot(own) && slotOf(own) === slot);
  filled.add(slot);
  return assigned.some((own) => own.nodeName !== '#text' || ('value' in own && own.value.trim() !== ''))
    ? { nodes: assigned, place: { ...inner, tree: place.tree, host: place.host } }
    : { nodes: node.childNodes, place: inner };
}

const isShadowRoot = (node: Node) =>
  node.nodeName === 'template' &&
  'attrs' in node &&
  /^(?:open|closed)$/i.test(attributeOf(node, 'shadowrootmode') ?? '');

const slotOf = (node: Node) => ('attrs' in node ? (attributeOf(node, 'slot') ?? '') : '');

/** A frame that is in the page itself is read in its place; one that is elsewhere is only named. */
function frameContent(node: Element, inner: Place, page: Page): Content {
  const { tagName: name, childNodes } = node;
  const inPage = name === 'iframe' ? attributeOf(node, 'srcdoc') : undefined;
  if (inPage !== undefined && inner.frames < MOST_FRAMES) {
    const { nodes, place } = page.open(inPage);
    const look = inner.look.seen ? place.look : { ...place.look, hidden: true, seen: false };
    return { nodes, place: { ...place, frames: inner.frames + 1, look } };
  }
  const address = attributeOf(node, name === 'object' ? 'data' : 'src')?.trim() ?? '';
  if (inPage === undefined && leadsToText(node, address) && inner.look.seen && page.frames.size < MOST_LISTED)
    page.frames.add(address);
  // Frames hold text for browsers that know none.
  return { nodes: /frame$/.test(name) ? [] : childNodes, place: inner };
}

function leadsToText(node: Element, address: string): boolean {
  const isDocument =
    /frame$/.test(node.tagName) ||
    /\.(?:x?html?|pdf)(?:[?#]|$)|^text\/html$/i.test(attributeOf(node, 'type') ?? address);
  const isTiny = [attributeOf(node, 'width'), attributeOf(node, 'height')].some((own) =>
    /^[01](?:px)?$/.test(own ?? ''),
  );
  return isDocument && !isTiny && address !== '' && !/^(?:about|javascript|data|blob):/i.test(address);
}

/** What takes the words of an element that names others: of a term, so that its descriptions know them, of a caption, of a summary. */
function takesName(name: string, { terms, belongs }: Place): ((words: string) => void) | undefined {
  if (name === 'dt' && terms)
    // Several terms in a row have the same descriptions.
    return (words) => {
      terms.words = terms.described ? words : joined(terms.words, words);
      terms.described = false;
    };
  const { within } = belongs;
  if (within?.from !== name) return undefined;
  return (words) => {
    within.words = joined(within.words, words);
  };
}

function belongsOf(node: Element, flow: Flow, outer: Place): Belongs {
  const { tagName: name } = node;
  const { belongs, lists, table, terms } = outer;
  const { within } = belongs;
  const heading = headingLevel(node);
  if (heading !== undefined) return { kind: 'heading', level: heading, within };
  // What names others is not named by itself.
  if (within?.from === name) return { ...belongs, within: within.within };
  if (name === 'li' || name === 'dt' || name === 'dd') {
    const level = Math.max(1, lists);
    if (name !== 'dd' || !terms || terms.words === '') return { kind: 'item', level, within };
    terms.described = true;
    return { kind: 'item', level, within: { from: 'dt', words: terms.words, within } };
  }
  if (flow === 'cell' && table && CELLS.has(name))
    return { kind: 'cell', within: namesOfCell(table.cell(node), within) };
  const named = nameFor(name, within);
  return named ? { ...belongs, within: named } : belongs;
}

const CELLS = new Set(['td', 'th']);

function headingLevel(node: Element): number | undefined {
  const { tagName: name } = node;
  if (/^h[1-6]$/.test(name)) return Number(name[1]);
  return attributeOf(node, 'role') === 'heading'
    ? Number.parseInt(attributeOf(node, 'aria-level') ?? '2', 10) || 2
    : undefined;
}

const isInHead = (row: Element) => row.parentNode?.nodeName === 'thead';

function titleIn(head: Element): string | undefined {
  const title = head.childNodes.find(({ nodeName }) => nodeName === 'title');
  return title && plainText(title, 500);
}

/** Breaks lines where an element begins and ends. What is not laid out breaks none. */
function breakAround({ shown, unseen }: Page, flow: Flow, { hidden }: Look): void {
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
