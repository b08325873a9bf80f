import type { Declared } from '../../text/page/cascade.ts';
import { colourOf, pixels } from '../../text/page/css-values.ts';
import { firstLook, type Look, lookOf } from '../../text/page/look.ts';
import type { PaintedNode } from '../../text/page/painted-nodes.ts';
import { TextLimitError } from '../../text/page/parse-html.ts';
import { plainElement } from './plain-element.ts';
import {
  type Area,
  areaOf,
  EVERYWHERE,
  isWithin,
  type Laid,
  makeSight,
  type Painted,
  within,
} from './sight.ts';
import { type Rare, type Snapshot, STYLES } from './snapshot.ts';

/** A frame in a document: where in the list what it shows has its place, and which document that is. */
export interface FrameAt {
  readonly at: number;
  readonly backend: number;
  readonly document: number | undefined;
  readonly seen: boolean;
}

/** What an element hands down. */
interface Above {
  /** Its place in the list; undefined where nothing in it is read. */
  readonly at: number | undefined;
  readonly look: Look;
  readonly pre: boolean;
  readonly clips: Clips;
  readonly floats: boolean;
  /** What is not laid out needs no question: it waits until a reader comes near or opens it, or all of it is hidden. */
  readonly isReachable: boolean;
}

/** What cuts off what is in an element: what flows in it, what is placed in it, what is fixed in the window. */
interface Clips {
  readonly flow: Area;
  readonly placed: Area;
  readonly fixed: Area;
}

/** Something of which is asked whether it is seen, when all is known that could cover it. */
interface Question {
  readonly at: number;
  readonly value: string;
  readonly pieces: readonly { readonly text: string; readonly laid: Laid }[];
}

const ELEMENT = 1;
const TEXT = 3;
const DOCUMENT = 9;
const MOST_NODES = 1_000_000;
const OPAQUE_THINGS = new Set(['img', 'video', 'canvas', 'svg', 'iframe', 'object', 'embed', 'picture']);
/** Signs of a list that say nothing but that it is one. */
const PLAIN_MARKER = /^\s*(?:[•◦▪▫■□‣▸▾▹▿⁃–-]|[\p{L}\p{M}\p{N}]{1,12}[.)、:،]?)?\s*$/u;

/** Reads one document of a snapshot into the list. */
export function makeReader(document: Snapshot, strings: readonly string[], nodes: PaintedNode[]) {
  const { nodes: raw, layout, textBoxes } = document;
  const string = (index: number | undefined) =>
    index === undefined || index < 0 ? '' : (strings[index] ?? '');
  const laidOut = Map.groupBy(layout.nodeIndex.keys(), (at) => layout.nodeIndex[at] ?? -1);
  const boxes = Map.groupBy(textBoxes.layoutIndex.keys(), (at) => textBoxes.layoutIndex[at] ?? -1);
  const pseudo = rare(raw.pseudoType);
  const values = rare(raw.inputValue);
  const texts = rare(raw.textValue);
  const documents = rare(raw.contentDocumentIndex);
  const checked = new Set(raw.inputChecked?.index);
  const chosen = new Set(raw.optionSelected?.index);
  const hasBoxes = nodesAbove(raw.parentIndex ?? [], laidOut.keys());
  const hasText = nodesAbove(
    raw.parentIndex ?? [],
    [...laidOut.keys()].filter((node) => raw.nodeType?.[node] === TEXT || pseudo.has(node)),
  );
  const styles = new Map<string, Declared>();
  const painted: Painted[] = [];
  const questions: Question[] = [];
  const frames: FrameAt[] = [];
  const atEnd: (() => void)[] = [];

  const add = (node: PaintedNode): number => {
    if (nodes.length >= MOST_NODES) throw new TextLimitError('the page has more than a million nodes');
    return nodes.push(node) - 1;
  };
  const declaredOf = (at: number): Declared => {
    const own = layout.styles[at] ?? [];
    const key = own.join();
    const known =
      styles.get(key) ?? new Map(STYLES.map((name, index) => [name as string, string(own[index])]));
    styles.set(key, known);
    return known;
  };
  const laidAt = (at: number, bounds: readonly number[] | undefined, { look, clips }: Above): Laid => ({
    area: areaOf(bounds ?? layout.bounds[at] ?? []),
    clip: clips.flow,
    order: layout.paintOrders?.[at] ?? 0,
    look,
  });

  const readText = (node: number, up: Above & { at: number }): void => {
    const value = string(raw.nodeValue?.[node]);
    const at = add({ in: up.at, text: value });
    const laid = [...(laidOut.get(node) ?? [])];
    if (value.trim() === '' || (laid.length === 0 && up.isReachable)) return;
    const pieces = laid.flatMap((own) => {
      const text = string(layout.text[own]);
      const parts = boxes.get(own) ?? [];
      if (parts.length === 0) return [{ text, laid: laidAt(own, undefined, up) }];
      return parts.map((box) => {
        const start = textBoxes.start[box] ?? 0;
        return {
          text: text.slice(start, start + (textBoxes.length[box] ?? 0)),
          laid: laidAt(own, textBoxes.bounds[box], up),
        };
      });
    });
    questions.push({ at, value, pieces });
  };

  const readPseudo = (node: number, name: string, up: Above & { at: number }): void => {
    const laid = [...(laidOut.get(node) ?? [])];
    const first = laid[0];
    if (first === undefined) return;
    const own = boxOf(node, first, '', up);
    const written = laid.filter((at) => (layout.text[at] ?? -1) >= 0);
    const text = written.map((at) => string(layout.text[at])).join('');
    if (text.trim() === '' || (name === 'marker' && PLAIN_MARKER.test(text))) return;
    const say = () => {
      const at = add({ in: up.at, text });
      questions.push({
        at,
        value: text,
        pieces: written.map((box) => ({ text, laid: laidAt(box, undefined, own) })),
      });
    };
    if (name === 'after') atEnd.push(say);
    else if (name === 'before' || name === 'marker') say();
  };

  /** What holds within an element that is laid out. */
  const inside = (node: number, at: number, up: Above, name: string): Above => {
    const declared = declaredOf(at);
    const { look } = lookOf(up.look, declared, undefined);
    const area = areaOf(layout.bounds[at] ?? []);
    const position = declared.get('position');
    return {
      ...up,
      look: name === 'svg' ? { ...look, effects: true } : look,
      clips: clipsOf(declared, area, up.clips, name === 'html' || name === 'body'),
      floats: up.floats || position === 'fixed' || position === 'sticky',
      isReachable: up.isReachable || (declared.get('content-visibility') === 'auto' && !hasBoxes.has(node)),
    };
  };

  const paint = (node: number, at: number, name: string, own: Above, up: Above): void => {
    const { look } = own;
    const declared = declaredOf(at);
    if (look.hidden || look.invisible || declared.get('background-clip')?.includes('text')) return;
    const [red, green, blue, alpha] = colourOf(declared.get('background-color') ?? '') ?? [0, 0, 0, 0];
    const isPicture = OPAQUE_THINGS.has(name) || (declared.get('background-image') ?? 'none') !== 'none';
    if (alpha === 0 && !isPicture) return;
    painted.push({
      // The colour of the page itself is that of the whole window.
      area:
        name === 'html' || name === 'body'
          ? EVERYWHERE
          : within(areaOf(layout.bounds[at] ?? []), baseOf(declared, up.clips)),
      order: layout.paintOrders?.[at] ?? 0,
      index: node,
      colour: isPicture ? undefined : [red, green, blue, alpha * look.opacity],
      floats: own.floats,
    });
  };

  const isBeside = (first: number) => /^(?:absolute|fixed)$/.test(declaredOf(first).get('position') ?? '');

  /** Nothing of it is laid out, or it stands beside the text and out of sight: it breaks no line. */
  const isAway = (node: number, first: number | undefined, own: Above, up: Above): boolean => {
    if (first === undefined)
      return (
        !hasBoxes.has(node) && (!up.isReachable || attributesOf(raw.attributes?.[node], string).has('hidden'))
      );
    return (
      isBeside(first) && (own.look.hidden || !isWithin(areaOf(layout.bounds[first] ?? []), own.clips.flow))
    );
  };

  const boxOf = (node: number, first: number, name: string, up: Above): Above => {
    const own = inside(node, first, up, name);
    paint(node, first, name, own, up);
    return own;
  };

  const readElement = (node: number, up: Above & { at: number }): Above => {
    const name = string(raw.nodeName?.[node]).toLowerCase();
    const attributes = attributesOf(raw.attributes?.[node], string);
    const first = laidOut.get(node)?.[0];
    const own = first === undefined ? up : boxOf(node, first, name, up);
    const isState = first !== undefined && isBox(name, attributes) && !own.look.invisible;
    const isHidden = !isState && isAway(node, first, own, up);
    const plain = plainElement({
      name,
      attributes,
      declared: first === undefined ? undefined : declaredOf(first),
      look: own.look,
      struckAbove: up.look.struck,
      preAbove: up.pre,
      isHidden,
      isBeside: first !== undefined && !hasText.has(node) && isBeside(first),
      ...stateOf(node),
    });
    if (!plain) return { ...own, at: undefined };
    const at = add({ in: up.at, ...plain.node });
    if (first !== undefined) askAbout(node, name, at, first, own, plain.hasText && !isState);
    if (name === 'textarea') add({ in: at, text: string(texts.get(node)) });
    return {
      ...own,
      at: name === 'textarea' ? undefined : at,
      pre: plain.pre,
      isReachable: own.isReachable || isHidden || (OPENED.has(name) && !attributes.has('open')),
    };
  };

  const stateOf = (node: number) => ({
    value: values.has(node) ? string(values.get(node)) : undefined,
    checked: checked.has(node),
    chosen: chosen.has(node),
  });

  const askAbout = (node: number, name: string, at: number, first: number, own: Above, hasText: boolean) => {
    if (FRAMES.has(name)) frames.push(frameAt(node, at, first, own));
    if (!hasText) return;
    const laid = { ...laidAt(first, undefined, own), look: { ...own.look, effects: true } };
    questions.push({ at, value: '', pieces: [{ text: '', laid }] });
  };

  const frameAt = (node: number, at: number, first: number, { look }: Above): FrameAt => {
    const { left, right, top, bottom } = areaOf(layout.bounds[first] ?? []);
    const seen = look.seen && right - left > 1 && bottom - top > 1;
    return { at, backend: raw.backendNodeId?.[node] ?? -1, document: documents.get(node), seen };
  };

  const readNode = (node: number, up: Above, first: Above): Above => {
    const type = raw.nodeType?.[node];
    if (type === DOCUMENT) return first;
    if (up.at === undefined) return up;
    const here = { ...up, at: up.at };
    if (type === TEXT) readText(node, here);
    if (type !== ELEMENT) return up;
    if (!pseudo.has(node)) return readElement(node, here);
    readPseudo(node, string(pseudo.get(node)), here);
    return up;
  };

  const answer = ({ at, value, pieces }: Question, isSeen: (laid: Laid) => boolean): void => {
    const node = nodes[at];
    const seen = pieces.map(({ text, laid }) =>
      NO_INK.test(text) && !isEmpty(pieces) ? undefined : isSeen(laid),
    );
    if (!node || (seen.length > 0 && seen.every((own) => own !== false))) return;
    if ('name' in node) {
      nodes[at] = { ...node, with: { ...node.with, style: `${node.with?.style ?? ''};${NOT_SEEN}` } };
      return;
    }
    nodes[at] = { in: node.in, name: 'span' };
    // Some of its lines may be cut off.
    const parts = seen.includes(true)
      ? pieces.map(({ text }, index) => ({ text, isCut: seen[index] === false }))
      : [{ text: value, isCut: true }];
    for (const { text, isCut } of parts) {
      const into = isCut ? add({ in: at, name: 'span', with: { style: NOT_SEEN } }) : at;
      add({ in: into, text });
    }
  };

  return {
    /** @param parent the place that the document has in the list */
    read(parent: number, seen: boolean): readonly FrameAt[] {
      const look = firstLook(false);
      const { right } = areaOf(layout.bounds[0] ?? []);
      const window: Area = { ...EVERYWHERE, left: 0, top: 0, right };
      const first: Above = {
        at: parent,
        look: seen ? look : { ...look, hidden: true, seen: false },
        pre: false,
        clips: { flow: EVERYWHERE, placed: EVERYWHERE, fixed: window },
        floats: false,
        isReachable: false,
      };
      const above: Above[] = [];
      const count = raw.nodeType?.length ?? 0;
      for (let node = 0; node < count; node++)
        above[node] = readNode(node, above[raw.parentIndex?.[node] ?? -1] ?? first, first);
      for (const own of atEnd) own();
      const isSeen = makeSight(painted);
      for (const question of questions) answer(question, isSeen);
      return frames;
    },
  };
}

/** Pages put boxes of their own over those of the browser, and show the same state. */
const isBox = (name: string, attributes: ReadonlyMap<string, string>) =>
  name === 'input' && /^(?:checkbox|radio)$/i.test(attributes.get('type') ?? '');

const NOT_SEEN = 'visibility:hidden';
const FRAMES = new Set(['iframe', 'frame', 'object', 'embed']);
/** What is in them is not laid out, and reached in one step; or is the text of something that is. */
const OPENED = new Set(['select', 'title', 'details']);
/** Marks without a width: nothing of them could be seen. */
const NO_INK = /^[\s\p{Cf}\p{Default_Ignorable_Code_Point}]*$/u;
const isEmpty = (pieces: Question['pieces']) => pieces.every(({ text }) => NO_INK.test(text));

const rare = (data: Rare | undefined): ReadonlyMap<number, number> =>
  new Map(data?.index.map((node, at) => [node, data.value[at] ?? -1]));

/** The nodes that have one of these in them. */
function nodesAbove(parents: readonly number[], nodes: Iterable<number>): ReadonlySet<number> {
  const found = new Set<number>();
  for (const node of nodes)
    for (let up = parents[node] ?? -1; up >= 0 && !found.has(up); up = parents[up] ?? -1) found.add(up);
  return found;
}

function attributesOf(
  pairs: readonly number[] | undefined,
  string: (index: number | undefined) => string,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (let at = 0; at + 1 < (pairs?.length ?? 0); at += 2)
    found.set(string(pairs?.[at]), string(pairs?.[at + 1]));
  return found;
}

/** What cuts an element off: where it flows, or where it is placed. */
function baseOf(declared: Declared, up: Clips): Area {
  const position = declared.get('position');
  return position === 'fixed' ? up.fixed : position === 'absolute' ? up.placed : up.flow;
}

function clipsOf(declared: Declared, area: Area, up: Clips, isPage: boolean): Clips {
  const rightToLeft = declared.get('direction') === 'rtl';
  if (isPage)
    // A page begins at its top, and at the side where its lines begin; what is beyond cannot be scrolled to.
    return {
      ...up,
      flow: within(up.flow, pageArea(rightToLeft, area)),
      placed: within(up.placed, pageArea(rightToLeft, area)),
    };
  const base = within(baseOf(declared, up), insetOf(declared, area));
  const flow = within(base, overflowOf(declared, area, rightToLeft));
  const isMoved =
    (declared.get('transform') ?? 'none') !== 'none' || (declared.get('filter') ?? 'none') !== 'none';
  const isPlaced = isMoved || (declared.get('position') ?? 'static') !== 'static';
  return { flow, placed: isPlaced ? flow : up.placed, fixed: isMoved ? flow : up.fixed };
}

const pageArea = (rightToLeft: boolean, { right }: Area): Area => ({
  ...EVERYWHERE,
  top: 0,
  ...(rightToLeft ? { right } : { left: 0 }),
});

/** What scrolls can be scrolled forward, never back beyond its beginning. */
function overflowOf(declared: Declared, area: Area, rightToLeft: boolean): Area {
  const [x, y] = [declared.get('overflow-x') ?? 'visible', declared.get('overflow-y') ?? 'visible'];
  const cuts = (value: string) => value === 'hidden' || value === 'clip';
  const scrolls = (value: string) => value === 'auto' || value === 'scroll';
  return {
    left: cuts(x) || (scrolls(x) && !rightToLeft) ? area.left : EVERYWHERE.left,
    right: cuts(x) || (scrolls(x) && rightToLeft) ? area.right : EVERYWHERE.right,
    top: y === 'visible' ? EVERYWHERE.top : cuts(y) ? area.top : EVERYWHERE.top,
    bottom: cuts(y) ? area.bottom : EVERYWHERE.bottom,
  };
}

function insetOf(declared: Declared, area: Area): Area {
  const inner = /^inset\(([^)]{1,200})\)$/.exec(declared.get('clip-path') ?? '')?.[1];
  if (inner === undefined) return EVERYWHERE;
  const [width, height] = [area.right - area.left, area.bottom - area.top];
  const [top = '0', right = top, bottom = top, left = right] = inner.split(/ round | (?=\S)/, 4);
  const length = (value: string, whole: number) => pixels(value, 16, whole) ?? 0;
  return {
    left: area.left + length(left, width),
    right: area.right - length(right, width),
    top: area.top + length(top, height),
    bottom: area.bottom - length(bottom, height),
  };
}
