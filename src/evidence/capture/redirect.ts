import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse } from 'parse5';
import { decodeText } from '#formats/charset';
import type { Hop } from '../archive/manifest.ts';
import { headerOf } from './headers.ts';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** A page that moves on later than this is meant to be read. */
const LONGEST_DELAY_S = 20;
/** Where pages say that they move on. */
const FIRST_BYTES = 128 * 1024;

/** Where a redirect leads, as it is written; undefined if the answer is none. */
export function locationOf({ status, headers }: Hop): string | undefined {
  const location = REDIRECTS.has(status) ? headerOf(headers, 'location') : undefined;
  return location === undefined ? undefined : fromBytes(location);
}

/** Bytes beyond ASCII are taken as they are, each percent-encoded, as browsers do; the decoded header has one character for each byte. */
const fromBytes = (header: string) =>
  header.replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * Where a page says that it moves on by itself: in a `Refresh` header, or in its markup (`<meta http-equiv="refresh">`), as a reader with scripts would
 * be taken. One that only loads itself again, or lets the reader read first, stays where it is.
 */
export function refreshOf({ address, headers }: Hop, body: Uint8Array): string | undefined {
  const header = headerOf(headers, 'refresh');
  const told = header === undefined ? fromMarkup(headers, body) : parseRefresh(fromBytes(header));
  const next = told === undefined ? null : URL.parse(told, address);
  if (!next || !/^https?:$/.test(next.protocol)) return undefined;
  next.hash = '';
  return next.href === address ? undefined : next.href;
}

/** The target of `0; url='…'` (HTML Standard, shared declarative refresh steps), if it is soon. */
function parseRefresh(content: string): string | undefined {
  const [, seconds, rest = ''] =
    /^\s*(\d{0,9})(?:\.[\d.]*)?\s*[;,\s]\s*(.*)$/s.exec(content.slice(0, 4000)) ?? [];
  if (seconds === undefined || Number(seconds) > LONGEST_DELAY_S) return undefined;
  const target = rest.replace(/^url\s*=\s*/i, '');
  const quote = target[0];
  const end = quote === '"' || quote === "'" ? target.indexOf(quote, 1) : -1;
  const bare = quote === '"' || quote === "'" ? target.slice(1, end === -1 ? undefined : end) : target;
  return bare.trim() || undefined;
}

function fromMarkup(headers: Hop['headers'], body: Uint8Array): string | undefined {
  const type = headerOf(headers, 'content-type') ?? 'text/html';
  if (!/html/i.test(type)) return undefined;
  const start = body.subarray(0, FIRST_BYTES);
  if (!/http-equiv/i.test(Buffer.from(start).toString('latin1'))) return undefined;
  const waiting: DefaultTreeAdapterTypes.Node[] = [parse(decodeText(start, { contentType: type }).text)];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (defaultTreeAdapter.isElementNode(node) && node.tagName === 'meta') {
      const attribute = (name: string) => node.attrs.find((own) => own.name === name)?.value;
      const target =
        attribute('http-equiv')?.trim().toLowerCase() === 'refresh'
          ? parseRefresh(attribute('content') ?? '')
          : undefined;
      if (target !== undefined) return target;
    }
    if ('childNodes' in node) waiting.push(...node.childNodes.toReversed());
  }
  return undefined;
}
