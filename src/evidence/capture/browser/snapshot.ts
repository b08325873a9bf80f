import type { CDPSession, Frame, Page } from 'playwright-core';

/** Properties by which a browser does not show a text that it lays out, or shows it otherwise. Where it is placed, is told by its bounds. */
export const STYLES = [
  'display',
  'visibility',
  'opacity',
  'content-visibility',
  'text-decoration-line',
  'clip',
  'clip-path',
  'transform',
  'scale',
  'rotate',
  'zoom',
  'font-size',
  'color',
  '-webkit-text-fill-color',
  '-webkit-text-security',
  'text-shadow',
  'background-clip',
  'background-color',
  'background-image',
  'height',
  'width',
  'overflow-x',
  'overflow-y',
  'position',
  'direction',
  'unicode-bidi',
  'white-space-collapse',
  'vertical-align',
  'filter',
] as const;

/** Values of a few nodes only: their places, and the values in the same order. */
export interface Rare {
  readonly index: readonly number[];
  readonly value: readonly number[];
}

/** One document, in columns: nodes in their order, what is laid out of them, and the lines of texts. Strings are given by their place in a list. */
export interface Snapshot {
  readonly nodes: {
    readonly parentIndex?: readonly number[];
    readonly nodeType?: readonly number[];
    readonly nodeName?: readonly number[];
    readonly nodeValue?: readonly number[];
    readonly backendNodeId?: readonly number[];
    readonly attributes?: readonly (readonly number[])[];
    readonly textValue?: Rare;
    readonly inputValue?: Rare;
    readonly inputChecked?: Pick<Rare, 'index'>;
    readonly optionSelected?: Pick<Rare, 'index'>;
    readonly contentDocumentIndex?: Rare;
    readonly pseudoType?: Rare;
  };
  readonly layout: {
    readonly nodeIndex: readonly number[];
    readonly styles: readonly (readonly number[])[];
    readonly bounds: readonly (readonly number[])[];
    readonly text: readonly number[];
    readonly paintOrders?: readonly number[];
  };
  readonly textBoxes: {
    readonly layoutIndex: readonly number[];
    readonly bounds: readonly (readonly number[])[];
    readonly start: readonly number[];
    readonly length: readonly number[];
  };
}

/** Documents of a page as they were laid out; those of frames in other processes are in snapshots of their own. */
export interface Snapshots {
  readonly strings: readonly string[];
  readonly documents: readonly Snapshot[];
  /** Snapshots of frames by the node that stands for each. */
  readonly frames: ReadonlyMap<number, Snapshots>;
}

const capture = (
  session: CDPSession,
): Promise<{ readonly strings: readonly string[]; readonly documents: readonly Snapshot[] }> =>
  session.send('DOMSnapshot.captureSnapshot', { computedStyles: [...STYLES], includePaintOrder: true });

/** What a browser has laid out of a page, frames and shadow trees included. It is not read by scripts, so that no script has a say in it. */
export async function snapshotPage(page: Page): Promise<Snapshots> {
  const sessions = new Map<Frame, CDPSession>();
  for (const frame of page.frames()) {
    // Frames in the process of their parent have none of their own.
    const session = await page
      .context()
      .newCDPSession(frame)
      .catch(() => undefined);
    if (session) sessions.set(frame, session);
  }
  const main = sessions.get(page.mainFrame());
  if (!main) throw new Error('the page is gone');
  return snapshotFrame(page.mainFrame(), main, sessions);
}

async function snapshotFrame(
  frame: Frame,
  session: CDPSession,
  sessions: ReadonlyMap<Frame, CDPSession>,
): Promise<Snapshots> {
  const { strings, documents } = await capture(session);
  const frames = new Map<number, Snapshots>();
  for (const [inner, own] of sessions) {
    if (inner === frame || sessionAbove(inner, sessions) !== session) continue;
    try {
      const { frameTree } = await own.send('Page.getFrameTree');
      const { backendNodeId } = await session.send('DOM.getFrameOwner', { frameId: frameTree.frame.id });
      frames.set(backendNodeId, await snapshotFrame(inner, own, sessions));
    } catch {
      // A frame may be gone by now; then nothing of it is seen either.
    }
  }
  return { strings, documents, frames };
}

function sessionAbove(frame: Frame, sessions: ReadonlyMap<Frame, CDPSession>): CDPSession | undefined {
  let parent = frame.parentFrame();
  while (parent && !sessions.has(parent)) parent = parent.parentFrame();
  return parent ? sessions.get(parent) : undefined;
}
