import type { EntryOf, Source } from '#edition/index';
import type { Archive } from '../archive/archive.ts';
import { sha256 } from '../archive/hash.ts';
import { content, describe, draftOf, enter, readDocument, TOOL, textContents } from '../capture/capture.ts';
import { headerOf } from '../capture/fetch.ts';
import { judge } from '../capture/verdict.ts';
import { type ForeignRecord, PackageError, readWacz, readWarc } from './read-wacz.ts';

export interface Imported {
  readonly entries: readonly EntryOf<'capture'>[];
  /** Pages in it that are no source of the edition. */
  readonly others: readonly string[];
}

/**
 * Takes captures that somebody else made, for the sources that the edition has. What they say of themselves is checked first: nothing is taken from a package
 * of which any hash is wrong. The manifest says where it comes from; the time is theirs.
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
  const byAddress = new Map(records.map((record) => [withoutHash(record.address), record]));
  const note = `From ${file.name}, SHA-256 ${sha256(file.bytes)}.`;
  const entries: EntryOf<'capture'>[] = [];
  for (const { id, URL: address } of sources) {
    const chain = address === undefined ? [] : follow(byAddress, withoutHash(address));
    const last = chain.at(-1);
    if (!last || address === undefined) continue;
    const [entry] = archive.append(await asCapture(archive, id, address, chain, note));
    if (entry?.kind === 'capture') entries.push(entry);
  }
  const known = new Set(sources.map(({ URL: address }) => withoutHash(address ?? '')));
  const listed =
    pages.length > 0 ? pages : records.filter(({ hop }) => isHtml(hop.headers)).map(({ address }) => address);
  return { entries, others: [...new Set(listed.map(withoutHash))].filter((address) => !known.has(address)) };
}

const withoutHash = (address: string) => URL.parse(address)?.href.replace(/#.*$/, '') ?? address;
const isHtml = (headers: ForeignRecord['hop']['headers']) =>
  /html/.test(headerOf(headers, 'content-type') ?? '');

/** The response of an address, after the redirects that the archive holds. */
function follow(records: ReadonlyMap<string, ForeignRecord>, address: string): ForeignRecord[] {
  const chain: ForeignRecord[] = [];
  for (let at = records.get(address); at && !chain.includes(at) && chain.length < 10; ) {
    chain.push(at);
    const location =
      at.hop.status >= 300 && at.hop.status < 400 ? headerOf(at.hop.headers, 'location') : undefined;
    const next = location === undefined ? undefined : URL.parse(location, at.address)?.href;
    at = next === undefined ? undefined : records.get(withoutHash(next));
  }
  return chain;
}

async function asCapture(
  archive: Archive,
  source: string,
  address: string,
  chain: readonly ForeignRecord[],
  note: string,
) {
  const last = chain.at(-1) as ForeignRecord;
  const contentType = headerOf(last.hop.headers, 'content-type');
  const { extracted, failure } = await readDocument({
    bytes: last.body,
    contentType,
    name: new URL(last.address).pathname,
  });
  const html = extracted.kind === 'html' ? Buffer.from(last.body).toString('latin1') : undefined;
  const judged = judge({ status: last.hop.status, address, final: last.address, html, text: extracted.text });
  const reason = judged.reason ?? failure;
  const { entry } = await enter(
    archive,
    draftOf([content('body', extracted.type, last.body), ...textContents(extracted)], {
      ...describe(extracted),
      format: 1,
      tool: TOOL,
      source,
      time: last.time,
      method: 'import',
      address,
      final: last.address,
      hops: chain.map(({ hop }) => hop),
      verdict: failure === undefined ? judged.verdict : 'error',
      ...(reason === undefined ? {} : { reason }),
      note,
    }),
  );
  return entry;
}
