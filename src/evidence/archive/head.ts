import { z } from 'zod';
import { type LedgerFile, readWithin } from '#edition/folder';
import { DamagedError } from './archive-error.ts';
import { canonicalJson } from './canonical.ts';

const hex = z.string().regex(/^[0-9a-f]{64}$/);
export const headSchema = z.strictObject({
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

/** What fixes a ledger up to an entry. */
export type Head = z.infer<typeof headSchema>;

/** What a signature, and a time stamp, is of. */
export function signedText({ entries, chain, root, time }: Head): string {
  return `assay ledger head v1\n${canonicalJson({ chain, entries, root, time })}`;
}

/** The head of a ledger that was last written; undefined without one. @throws DamagedError if the file holds no head; OutsideError */
export function readHead(folder: string, { head: file }: LedgerFile): Head | undefined {
  const bytes = readWithin(folder, file, 1024 * 1024);
  if (bytes === undefined) return undefined;
  const parsed = headSchema.safeParse(parseJson(bytes.toString('utf8')));
  if (!parsed.success) throw new DamagedError(`${file} holds no head`);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
