import { randomBytes, webcrypto } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { sha256 } from './hash.ts';

/** Time stamps of an authority (RFC 3161): somebody else’s word that a head was there at a time. */

/** An authority did not give a time stamp, or one of something else. */
export class TimestampError extends Error {}

const SHA256 = '2.16.840.1.101.3.4.2.1';

pkijs.setEngine('node', new pkijs.CryptoEngine({ name: 'node', crypto: webcrypto as never }));

/** The request for a time stamp of a SHA-256 hash, DER. */
export function timestampRequest(hash: string, nonce: Uint8Array = randomBytes(8)): Uint8Array {
  // An integer of ASN.1 is signed, and written as short as it can be: a first byte from 0x40 to 0x7f makes it positive and leaves nothing to cut.
  const positive = Uint8Array.from([((nonce[0] ?? 0) & 0x3f) | 0x40, ...nonce.subarray(1)]);
  const request = new pkijs.TimeStampReq({
    version: 1,
    messageImprint: imprintOf(hash),
    certReq: true,
    nonce: new asn1js.Integer({ valueHex: positive }),
  });
  return new Uint8Array(request.toSchema().toBER(false));
}

const imprintOf = (hash: string) =>
  new pkijs.MessageImprint({
    hashAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: SHA256, algorithmParams: new asn1js.Null() }),
    hashedMessage: new asn1js.OctetString({ valueHex: Buffer.from(hash, 'hex') }),
  });

/** Asks an authority for a time stamp of a text, by its SHA-256, and gives its answer once it has been verified. @throws TimestampError */
export async function requestTimestamp(
  post: (request: Uint8Array) => Promise<Uint8Array>,
  text: string,
): Promise<Uint8Array> {
  const answer = await post(timestampRequest(sha256(text)));
  const verified = await verifyTimestamp(answer, text);
  if (!verified.holds)
    throw new TimestampError(`The time-stamp authority’s answer does not hold: ${verified.why}.`);
  return answer;
}

export type VerifiedTimestamp =
  | { readonly holds: true; readonly time: string; readonly signer: string }
  | { readonly holds: false; readonly why: string };

/**
 * Whether an answer stamps this text, and is signed by the certificate it carries. Whether that certificate is to be trusted is for the reader to say:
 * `signer` names it.
 */
export async function verifyTimestamp(answer: Uint8Array, text: string): Promise<VerifiedTimestamp> {
  const no = (why: string): VerifiedTimestamp => ({ holds: false, why });
  try {
    const response = pkijs.TimeStampResp.fromBER(Uint8Array.from(answer).buffer);
    if (response.status.status > 1) return no('the authority refused to stamp it');
    if (!response.timeStampToken) return no('it holds no time stamp');
    const signed = new pkijs.SignedData({ schema: response.timeStampToken.content });
    const content = signed.encapContentInfo.eContent;
    if (!content) return no('it holds no time stamp');
    const info = pkijs.TSTInfo.fromBER(Uint8Array.from(Buffer.from(content.getValue())).buffer);
    const imprint = Buffer.from(info.messageImprint.hashedMessage.getValue()).toString('hex');
    if (info.messageImprint.hashAlgorithm.algorithmId !== SHA256 || imprint !== sha256(text))
      return no('it is a time stamp of something else');
    const result = await signed.verify({
      signer: 0,
      checkChain: false,
      data: Uint8Array.from(Buffer.from(text)).buffer,
      extendedMode: true,
    });
    if (!result.signatureVerified) return no('its signature does not hold');
    const subject = result.signerCertificate?.subject.typesAndValues
      .map(({ value }) => value.valueBlock.value)
      .join(', ');
    return { holds: true, time: info.genTime.toISOString(), signer: subject ?? '' };
  } catch (error) {
    return no(`it cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
