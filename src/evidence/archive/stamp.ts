import { request } from 'undici';
import { type Head, type LedgerFile, signedText, writeWithin } from '#edition/folder';
import { collect, TooLargeError } from '../capture/content-encoding.ts';

const MOST_BYTES = 1024 * 1024;

/**
 * Has an authority stamp the time of a head (RFC 3161 over HTTP), and keeps its answer beside it. The address is the user’s own choice, and nothing but
 * a hash is sent.
 * @throws TimestampError
 */
export async function stampHead(
  folder: string,
  { stamp }: LedgerFile,
  head: Head,
  url: string,
): Promise<{ time: string; signer: string }> {
  const { requestTimestamp, TimestampError, verifyTimestamp } = await import('./timestamp.ts');
  const text = signedText(head);
  const answer = await requestTimestamp(async (body) => {
    try {
      const response = await request(url, {
        method: 'POST',
        headers: { 'content-type': 'application/timestamp-query' },
        body,
        headersTimeout: 20_000,
        bodyTimeout: 20_000,
        signal: AbortSignal.timeout(60_000),
      });
      const bytes = await collect(response.body, MOST_BYTES);
      if (response.statusCode !== 200) throw new TimestampError(`“${url}” answers ${response.statusCode}.`);
      return new Uint8Array(bytes);
    } catch (error) {
      if (error instanceof TimestampError) throw error;
      if (error instanceof TooLargeError)
        throw new TimestampError(`What “${url}” answers is no time stamp: ${error.message}.`);
      throw new TimestampError(
        `“${url}” cannot be reached: ${error instanceof Error ? error.message : String(error)}.`,
      );
    }
  }, text);
  writeWithin(folder, stamp, answer);
  const verified = await verifyTimestamp(answer, text);
  return verified.holds ? verified : { time: '', signer: '' };
}
