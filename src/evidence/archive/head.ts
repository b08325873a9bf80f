import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DamagedError } from './archive-error.ts';
import { canonicalJson } from './canonical.ts';
import { sha256 } from './hash.ts';
import { ledgerLines, NO_PREVIOUS } from './ledger.ts';
import { whileLocked } from './lock.ts';
import { leafHash, makeTree } from './merkle.ts';
import { publicKeyOf, signText } from './signature.ts';

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const headSchema = z.strictObject({
  format: z.literal(1),
  entries: z.int().min(0),
  /** SHA-256 of the last line: with it the whole chain is fixed. */
  chain: hex,
  /** Root of the Merkle tree over the lines (RFC 9162), for proofs of single entries. */
  root: hex,
  time: z.iso.datetime(),
  key: z.string().optional(),
  signature: z.string().optional(),
});

/** What fixes a ledger up to an entry: printed with every release. */
export type Head = z.infer<typeof headSchema>;

const fileOf = (folder: string) => join(folder, 'captures', 'head.json');
export const timestampFile = (folder: string) => join(folder, 'captures', 'head.tsr');

/** What a signature, and a time stamp, is of. */
export function signedText({ entries, chain, root, time }: Head): string {
  return `assay ledger head v1\n${canonicalJson({ chain, entries, root, time })}`;
}

/** The head that was last written; undefined without one. @throws DamagedError if the file holds no head */
export function readHead(folder: string): Head | undefined {
  const path = fileOf(folder);
  if (!existsSync(path)) return undefined;
  const parsed = headSchema.safeParse(parseJson(readFileSync(path, 'utf8')));
  if (!parsed.success) throw new DamagedError('captures/head.json holds no head');
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The head of the ledger as it stands: computed from every line. */
export async function headOf(folder: string, now: () => Date = () => new Date()): Promise<Head> {
  const tree = makeTree();
  let last: Buffer | undefined;
  for await (const lines of ledgerLines(folder))
    for (const { bytes, whole } of lines) {
      if (!whole) continue;
      tree.add(leafHash(bytes));
      last = bytes;
    }
  return {
    format: 1,
    entries: tree.size,
    chain: last === undefined ? NO_PREVIOUS : sha256(last),
    root: tree.root(),
    time: now().toISOString(),
  };
}

/** Writes the head of the ledger, signed if there is a key. A head that is further on already, by another process, stays. */
export async function writeHead(folder: string, privateKey?: string): Promise<Head> {
  const bare = await headOf(folder);
  const head: Head =
    privateKey === undefined
      ? bare
      : { ...bare, key: publicKeyOf(privateKey), signature: signText(privateKey, signedText(bare)) };
  return whileLocked(join(folder, 'captures'), () => {
    const before = readHead(folder);
    if (before && before.entries > head.entries) return before;
    if (
      before &&
      before.chain === head.chain &&
      (before.signature !== undefined || head.signature === undefined)
    )
      return before;
    const half = `${fileOf(folder)}.new`;
    writeFileSync(half, `${canonicalJson(head)}\n`, { flush: true });
    renameSync(half, fileOf(folder));
    return head;
  });
}
