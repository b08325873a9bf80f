import type { PaintedNode } from '../../text/page/painted-nodes.ts';
import { makeReader } from './painted-document.ts';
import type { Snapshots } from './snapshot.ts';

/** What a browser painted of a page and the frames in it, as a list of nodes that can be kept, and read as a text. */
export function paintedNodes(snapshots: Snapshots): PaintedNode[] {
  const nodes: PaintedNode[] = [];
  const pending = [{ snapshots, document: 0, parent: -1, seen: true }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const document = next.snapshots.documents[next.document];
    if (!document) continue;
    for (const frame of makeReader(document, next.snapshots.strings, nodes).read(next.parent, next.seen)) {
      const place = { parent: frame.at, seen: frame.seen };
      if (frame.document !== undefined)
        pending.push({ snapshots: next.snapshots, document: frame.document, ...place });
      const elsewhere = next.snapshots.frames.get(frame.backend);
      if (elsewhere) pending.push({ snapshots: elsewhere, document: 0, ...place });
    }
  }
  return nodes;
}
