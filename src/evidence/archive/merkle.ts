import { hash } from 'node:crypto';

/**
 * The Merkle tree of RFC 9162 (section 2.1) over the lines of the ledger, SHA-256. Hashes are hexadecimal. A proof that one line is among n has
 * log2(n) hashes.
 */

/** The hash of a leaf: SHA-256(0x00 || bytes). */
export function leafHash(bytes: Uint8Array): Buffer {
  const all = Buffer.allocUnsafe(bytes.length + 1);
  all[0] = 0;
  all.set(bytes, 1);
  return hash('sha256', all, 'buffer');
}

const pair = Buffer.alloc(65, 1);
function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  pair.set(left, 1);
  pair.set(right, 33);
  return hash('sha256', pair, 'buffer');
}

/** A tree that grows: it keeps one hash for each whole subtree, log2(n) in all. */
export interface Tree {
  add(leaf: Buffer): void;
  /** The root of all leaves so far; that of an empty tree is SHA-256 of nothing. */
  root(): string;
  readonly size: number;
}

export function makeTree(): Tree {
  const whole: (Buffer | undefined)[] = [];
  let size = 0;
  return {
    add(leaf) {
      let node = leaf;
      let level = 0;
      for (let below = whole[0]; below; below = whole[level]) {
        node = nodeHash(below, node);
        whole[level++] = undefined;
      }
      whole[level] = node;
      size++;
    },
    root() {
      let node: Buffer | undefined;
      for (const own of whole) if (own) node = node === undefined ? own : nodeHash(own, node);
      return (node ?? hash('sha256', '', 'buffer')).toString('hex');
    },
    get size() {
      return size;
    },
  };
}

/** The hashes that lead from one leaf to the root, the nearest first. @throws RangeError if there is no such leaf */
export function inclusionProof(leaves: readonly Buffer[], index: number): string[] {
  if (!(index >= 0 && index < leaves.length))
    throw new RangeError(`There is no leaf ${index} of ${leaves.length}.`);
  const path: string[] = [];
  let [from, to] = [0, leaves.length];
  while (to - from > 1) {
    const middle = from + largestPowerBelow(to - from);
    if (index < middle) {
      path.push(rootOf(leaves, middle, to));
      to = middle;
    } else {
      path.push(rootOf(leaves, from, middle));
      from = middle;
    }
  }
  return path.toReversed();
}

/** Whether a leaf is at this place of a tree of this size and root (RFC 9162, section 2.1.3.2). */
export function verifyInclusion(proof: {
  readonly leaf: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly path: readonly string[];
  readonly root: string;
}): boolean {
  if (!(proof.index >= 0 && proof.index < proof.size)) return false;
  let [place, last] = [proof.index, proof.size - 1];
  let node: Buffer = Buffer.from(proof.leaf);
  for (const text of proof.path) {
    const other = Buffer.from(text, 'hex');
    if (last === 0 || other.length !== 32) return false;
    if (place % 2 === 1 || place === last) {
      node = nodeHash(other, node);
      while (place % 2 === 0 && place !== 0) {
        place = Math.floor(place / 2);
        last = Math.floor(last / 2);
      }
    } else node = nodeHash(node, other);
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && node.toString('hex') === proof.root;
}

function rootOf(leaves: readonly Buffer[], from: number, to: number): string {
  const tree = makeTree();
  for (let index = from; index < to; index++) tree.add(leaves[index] as Buffer);
  return tree.root();
}

function largestPowerBelow(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}
