import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** Ed25519 signatures (RFC 8032) of texts. Public keys and signatures are written in base64url. */

/** A key is not one that can sign or verify. */
export class KeyError extends Error {}

export interface KeyPair {
  /** PKCS #8 in PEM: for a file that nobody else can read. */
  readonly privateKey: string;
  /** 43 characters, for `signed-by` in edition.yaml. */
  readonly publicKey: string;
}

export function makeKeyPair(): KeyPair {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { privateKey: pem, publicKey: publicKeyOf(pem) };
}

/** The public key that belongs to a private one. @throws KeyError */
export function publicKeyOf(privateKey: string): string {
  const { x } = createPublicKey(readPrivate(privateKey)).export({ format: 'jwk' });
  return x ?? '';
}

/** @throws KeyError */
export function signText(privateKey: string, text: string): string {
  return sign(null, Buffer.from(text), readPrivate(privateKey)).toString('base64url');
}

function readPrivate(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // said below
  }
  throw new KeyError('This is no Ed25519 private key in PEM. “assay archive key” makes one.');
}
