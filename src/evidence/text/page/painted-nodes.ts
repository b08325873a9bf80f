import { TextLimitError } from './parse-html.ts';

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
