import { AddressRefusedError } from './address.ts';
import { CutOffError, EncodingError, TooLargeError } from './content-encoding.ts';

export type FailureReason =
  | 'refused'
  | 'robots'
  | 'dns'
  | 'connect'
  | 'tls'
  | 'timeout'
  | 'unreachable'
  | 'too-large'
  | 'redirects'
  | 'broken';

/** Why nothing was got, in words that follow a colon. */
export interface Denial {
  readonly reason: FailureReason;
  readonly message: string;
}

/** What is looked up is not on the public internet. */
export class RefusedByLookup extends Error {}

interface Times {
  readonly connectMs: number;
  readonly silenceMs: number;
  readonly wholeMs: number;
}

const TLS = /^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_|SELF_SIGNED|UNABLE_TO|ERR_OSSL|EPROTO)/;
const NO_CONNECTION = new Map([
  ['ECONNREFUSED', 'the server refuses the connection'],
  ['ECONNRESET', 'the connection was broken off'],
  ['EPIPE', 'the connection was broken off'],
  ['EHOSTUNREACH', 'no way leads to the server'],
  ['ENETUNREACH', 'no way leads to the server'],
  ['UND_ERR_SOCKET', 'the connection was closed without an answer'],
]);
const CUT_OFF =
  /^(?:UND_ERR_SOCKET|ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE|UND_ERR_RES_CONTENT_LENGTH_MISMATCH|HPE_INVALID_EOF_STATE)$/;

/**
 * What an error of a request means.
 * @param answering whether the answer had begun
 */
export function denialOf(error: unknown, times: Times, answering: boolean): Denial {
  const told = (reason: FailureReason, message: string): Denial => ({ reason, message });
  if (error instanceof AddressRefusedError) return told('refused', error.message);
  if (error instanceof TooLargeError) return told('too-large', error.message);
  if (error instanceof EncodingError) return told('broken', error.message);
  if (error instanceof CutOffError) return told('broken', 'the answer was cut off');
  const { code = '', name, message, cause } = asError(error);
  if (error instanceof RefusedByLookup || cause instanceof RefusedByLookup) return told('refused', message);
  if (name === 'TimeoutError' || /TIMEOUT|ETIMEDOUT/.test(code))
    return told('timeout', slowness(name, code, times));
  if (/^(?:ENOTFOUND|EAI_)/.test(code)) return told('dns', 'the name of the host is not known');
  if (answering && (CUT_OFF.test(code) || /aborted|terminated|premature close/i.test(message)))
    return told('broken', 'the answer was cut off');
  if (TLS.test(code)) return told('tls', `its certificate or encryption does not hold (${code})`);
  const away = NO_CONNECTION.get(code);
  if (away !== undefined) return told('connect', away);
  if (/HEADERS?_OVERFLOW/.test(code)) return told('broken', 'its headers are longer than 64 KiB');
  if (code.startsWith('HPE_') || name === 'HTTPParserError')
    return told('broken', 'what it sends is no answer of a web server');
  return told('broken', `what it sends cannot be read (${message.slice(0, 200)})`);
}

function asError(error: unknown): { code?: string; name: string; message: string; cause?: unknown } {
  if (!(error instanceof Error)) return { name: '', message: String(error) };
  const { name, message, cause } = error;
  const { code } = error as NodeJS.ErrnoException;
  return { name, message, cause, ...(typeof code === 'string' ? { code } : {}) };
}

function slowness(name: string, code: string, { connectMs, silenceMs, wholeMs }: Times): string {
  const seconds = (ms: number) => `${Math.max(1, Math.round(ms / 1000))} s`;
  if (name === 'TimeoutError') return `it did not answer in full within ${seconds(wholeMs)}`;
  if (/CONNECT/.test(code) || code === 'ETIMEDOUT')
    return `there was no connection within ${seconds(connectMs)}`;
  return /BODY/.test(code)
    ? `its answer stopped coming for ${seconds(silenceMs)}`
    : `it did not answer within ${seconds(silenceMs)}`;
}
