import type { EntryOf, Source } from '#edition/index';
import type { Archive } from '../archive/archive.ts';
import { sha256 } from '../archive/hash.ts';
import type { NewEntry } from '../archive/ledger.ts';
import { content, describe, draftOf, enter, readDocument, TOOL, textContents } from '../capture/capture.ts';
import { CutOffError, EncodingError, TooLargeError } from '../capture/content-encoding.ts';
import { headerOf } from '../capture/fetch.ts';
import { judge } from '../capture/walls/verdict.ts';
import { decodedPayload } from './payload.ts';
import { type ForeignRecord, PackageError, readWacz, readWarc } from './read-wacz.ts';

export interface Imported {
  readonly entries: readonly EntryOf<'capture'>[];
  /** Pages in it that are no source of the edition. */
  readonly others: readonly string[];
  /** What a person should know of the captures that were taken. */
  readonly remarks: readonly string[];
}

/**
 * Takes captures that somebody else made, for the sources that the edition has. What they say of themselves is checked first: nothing is taken from a package
 * of which any hash is wrong, and all that is taken stands in the ledger at once. The manifest says where it comes from; the time is theirs.
 * @throws PackageError
 */
export async function importCaptures(
  archive: Archive,
  sources: readonly Source[],
  file: { readonly name: string; readonly bytes: Uint8Array },
): Promise<Imported> {
  const isZip = file.bytes[0] === 0x50 && file.bytes[1] === 0x4b;
  const { flaws, records, pages } = await (isZip ? readWacz(file.bytes) : readWarc(file.bytes));
  if (flaws.length > 0)
    throw new PackageError(
      `nothing is taken from it, since it does not hold: ${flaws.slice(0, 5).join('; ')}${flaws.length > 5 ? ' …' : ''}`,
    );
  if (records.length === 0) throw new PackageError('it holds no web page');
  const byAddress = Map.groupBy(records, ({ address }) => withoutHash(address));
  const latest = new Map(
    [...byAddress].map(([address, own]) => [
      address,
      own.reduce((a, b) => (a.time <= b.time ? b : a)), // of two at the same time, the later one in the file
    ]),
  );
  const note = `From ${file.name.toWellFormed()}, SHA-256 ${sha256(file.bytes)}.`;
  const taken: NewEntry[] = [];
  const remarks: string[] = [];
  for (const { id, URL: address } of sources) {
    const chain = address === undefined ? undefined : follow(latest, withoutHash(address));
    if (!chain || address === undefined) continue;
    taken.push(await asCapture(archive, id, address, chain, note));
    for (const remark of remarksOn(id, chain, byAddress, isZip)) remarks.push(remark);
  }
  const entries = archive.append(...taken).filter((entry) => entry.kind === 'capture');
  const known = new Set(sources.map(({ URL: address }) => withoutHash(address ?? '')));
  const listed =
    pages.length > 0 ? pages : records.filter(({ hop }) => isHtml(hop.headers)).map(({ address }) => address);
  return {
    entries,
    others: [...new Set(listed.map(withoutHash))].filter((address) => !known.has(address)),
    remarks,
  };
}

function remarksOn(
  source: string,
  { records }: Chain,
  byAddress: ReadonlyMap<string, readonly ForeignRecord[]>,
  isZip: boolean,
): string[] {
  const copies = records.map(({ address }) => byAddress.get(withoutHash(address))?.length ?? 1);
  const most = Math.max(...copies);
  return [
    ...(most > 1 ? [`“${source}” stands in it ${most} times; the latest was taken`] : []),
    ...(!isZip && records.some(({ digest }) => !digest)
      ? [`“${source}” carries no digest that could be checked: it rests on the word of whoever made the file`]
      : []),
  ];
}

const withoutHash = (address: string) => URL.parse(address)?.href.replace(/#.*$/, '') ?? address;
const isHtml = (headers: ForeignRecord['hop']['headers']) =>
  /html/.test(headerOf(headers, 'content-type') ?? '');

interface Chain {
  readonly records: readonly ForeignRecord[];
  /** Why they do not lead to a page. */
  readonly broken?: string;
}

const MOST_REDIRECTS = 10;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** The response of an address, after the redirects that the archive holds; undefined if it does not hold the address. */
function follow(records: ReadonlyMap<string, ForeignRecord>, address: string): Chain | undefined {
  const first = records.get(address);
  if (!first) return undefined;
  const chain = [first];
  for (let at = first; REDIRECTS.has(at.hop.status); ) {
    const location = headerOf(at.hop.headers, 'location');
    const next = location === undefined ? null : URL.parse(location, at.address);
    const where = (next?.href ?? location ?? 'nowhere').slice(0, 200);
    if (!next || !/^https?:$/.test(next.protocol))
      return { records: chain, broken: `it redirects to “${where}”, which is no page` };
    const found = records.get(withoutHash(next.href));
    if (!found) return { records: chain, broken: `it redirects to ${where}, which is not in the package` };
    if (chain.includes(found)) return { records: chain, broken: `it leads back to ${where}` };
    if (chain.length > MOST_REDIRECTS)
      return { records: chain, broken: `after ${MOST_REDIRECTS} redirects it still leads on` };
    chain.push(found);
    at = found;
  }
  return { records: chain };
}

async function asCapture(
  archive: Archive,
  source: string,
  address: string,
  { records: chain, broken }: Chain,
  note: string,
): Promise<NewEntry> {
  const last = chain.at(-1) as ForeignRecord;
  const common = {
    format: 1,
    tool: TOOL,
    source,
    time: last.time,
    method: 'import',
    address,
    final: last.address,
    hops: chain.map(({ hop }) => hop),
    note,
  } as const;
  const body = await bodyOf(last);
  if (typeof body === 'string') {
    const kept = content('body', 'application/octet-stream', last.payload);
    return (await enter(archive, draftOf([kept], { ...common, verdict: 'error', reason: body }))).entry;
  }
  const { extracted, failure } = await readDocument({
    bytes: body,
    contentType: headerOf(last.hop.headers, 'content-type'),
    name: new URL(last.address).pathname,
  });
  const html = extracted.kind === 'html' ? Buffer.from(body).toString('latin1') : undefined;
  const judged = judge({ status: last.hop.status, address, final: last.address, html, text: extracted.text });
  const reason = broken ?? judged.reason ?? failure;
  const { entry } = await enter(
    archive,
    draftOf([content('body', extracted.type, body), ...textContents(extracted)], {
      ...describe(extracted),
      ...common,
      verdict: failure === undefined && broken === undefined ? judged.verdict : 'error',
      ...(reason === undefined ? {} : { reason }),
    }),
  );
  return entry;
}

/** The page as a browser would have it; in words, why there is none. */
async function bodyOf({ payload, hop }: ForeignRecord): Promise<Uint8Array | string> {
  try {
    return await decodedPayload(payload, hop.headers);
  } catch (error) {
    if (error instanceof CutOffError) return 'it cannot be unpacked: it ends before its end';
    if (error instanceof TooLargeError || error instanceof EncodingError)
      return `it cannot be unpacked: ${error.message}`;
    throw error;
  }
}
