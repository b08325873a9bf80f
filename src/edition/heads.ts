import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';

/** What fixes a ledger up to an entry, and who vouches for it. */

const hex = z.string().regex(/^[0-9a-f]{64}$/);
export const headSchema = z.strictObject({
  /** A head of format 1 does not say of which ledger it is. */
  format: z.union([z.literal(1), z.literal(2)]),
  entries: z.int().min(0),
  /** SHA-256 of the last line: with it the whole chain is fixed. */
  chain: hex,
  /** Root of the Merkle tree over the lines (RFC 9162), for proofs of single entries. */
  root: hex,
  time: z.iso.datetime(),
  /** The id of the edition, and the name of the ledger. */
  edition: z.string().optional(),
  ledger: z.string().optional(),
  key: z.string().optional(),
  signature: z.string().optional(),
});

export type Head = z.infer<typeof headSchema>;

/** What a signature, and a time stamp, is of: canonical JSON, its keys in order. */
export function signedText({ format, chain, edition, entries, ledger, root, time }: Head): string {
  return format === 1
    ? `assay ledger head v1\n${JSON.stringify({ chain, entries, root, time })}`
    : `assay ledger head v2\n${JSON.stringify({ chain, edition, entries, ledger, root, time })}`;
}

/** Whether the signature of a head is of this head, by the key that it names. */
export function isSigned(head: Head): boolean {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: head.key ?? '' }, format: 'jwk' });
    return verify(null, Buffer.from(signedText(head)), key, Buffer.from(head.signature ?? '', 'base64url'));
  } catch {
    return false; // the key is none
  }
}

/** An edition as those know it who sign for it. */
export interface Signed {
  readonly edition: string;
  /** Their public keys; none where nobody signs. */
  readonly signers: readonly string[];
}

/** Why the head of a ledger is not vouched for, though it is signed; undefined if it is. */
export function strangerIn(head: Head, ledger: string, { edition, signers }: Signed): string | undefined {
  if (!signers.includes(head.key ?? ''))
    return `it is signed by another key (${head.key}) than edition.yaml names`;
  if (head.format === 1)
    return ledger === ''
      ? undefined
      : 'its signature does not say of which ledger it is: assay archive head --vouch';
  if (head.edition !== edition) return `it was signed for the edition “${head.edition}”`;
  return head.ledger === ledger ? undefined : `it was signed for the ledger “${head.ledger}”`;
}

/** Whether those who sign for an edition vouch for a head. */
export const isVouchedFor = (head: Head, ledger: string, signed: Signed): boolean =>
  head.signature !== undefined && isSigned(head) && strangerIn(head, ledger, signed) === undefined;
