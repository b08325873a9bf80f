import {
  type EntryOf,
  type Evidence,
  isSettled,
  ownValue,
  type Quote,
  type QuoteVerdict,
  type Source,
} from '#edition/index';
import type { Archive } from '../archive/archive.ts';
import type { NewEntry } from '../archive/ledger.ts';
import { type Manifest, partOf } from '../archive/manifest.ts';
import { type CaptureResult, type Capturer, failureOf } from '../capture/capture.ts';
import { headerOf } from '../capture/fetch.ts';
import { eachHost } from '../capture/hosts.ts';
import { leadsHome, plainAddress, whereItLeads } from '../capture/leads.ts';
import { type JudgedQuote, judgeQuote } from '../quotes/judge-quote.ts';
import { newText, type OldText } from '../quotes/quoted-texts.ts';
import { aboutChange } from './about.ts';
import { isDecided } from './alarms.ts';
import { blocksOf, oldTextOf } from './read-again.ts';

/** What has become of one quote, and where that is known from. */
export interface RecheckedQuote extends JudgedQuote {
  readonly id: string;
  /** A name for what there is to see; undefined where there is nothing. */
  readonly about?: string;
  /** A person has decided about this very change. */
  readonly decided?: EntryOf<'decision'>['decision'];
}

/** What came of looking at one source again. */
export interface RecheckedSource {
  readonly source: string;
  readonly address: string;
  readonly outcome: 'unchanged' | 'changed' | 'failed';
  /** Why it failed, or why what is shown is not the source. */
  readonly reason?: string;
  /** The capture that was looked at; undefined if there is none. */
  readonly manifest?: string;
  /** When that capture was made. */
  readonly captured?: string;
  readonly quotes: readonly RecheckedQuote[];
}

/** Whether a person has to look at it: beyond “moved”, and not decided yet. */
export const isOpen = ({ verdict, decided }: RecheckedQuote): boolean =>
  !isSettled(verdict) && decided === undefined;

/** Whether a person should know of it, though the passage stands there: what is around it is not what it was, and nobody has said that they have seen it. */
export const isToBeSeen = ({ verdict, decided, surroundings = [] }: RecheckedQuote): boolean =>
  isSettled(verdict) && decided === undefined && surroundings.length > 0;

export interface RecheckJob {
  readonly source: Source & { readonly URL: string };
  readonly quotes: readonly Quote[];
}

/** The sources that can be looked at again: those that have an address and a capture. */
export function* recheckJobs(
  sources: readonly Source[],
  quotes: readonly Quote[],
  { captures }: Evidence,
): Iterable<RecheckJob> {
  const captured = new Set(captures.map(({ source }) => source));
  const bySource = Map.groupBy(quotes, ({ source }) => source);
  for (const source of sources)
    if (source.URL !== undefined && captured.has(source.id))
      yield { source: { ...source, URL: source.URL }, quotes: bySource.get(source.id) ?? [] };
}

/**
 * Looks at sources again, one request per host at a time. What has changed is captured; where verdicts are not what they were, the ledger says so. Gives
 * each source as soon as it is done, so that their number does not matter.
 */
export async function recheck(
  archive: Archive,
  capturer: Capturer,
  jobs: Iterable<RecheckJob>,
  evidence: Evidence,
  onDone: (rechecked: RecheckedSource) => void | Promise<void>,
): Promise<{ sources: number; quotes: number }> {
  const latest = new Map(evidence.captures.map((entry) => [entry.source, entry]));
  const shown = latestPages(evidence);
  const decisions = new Map(evidence.decisions.map((entry) => [entry.quote, entry]));
  const captures = Map.groupBy(evidence.captures, ({ source }) => source);
  const count = { sources: 0, quotes: 0 };
  const hostOf = ({ source }: RecheckJob) => URL.parse(source.URL)?.host ?? '';
  await eachHost(jobs, hostOf, async ({ source, quotes }) => {
    const before = latest.get(source.id);
    const result = await capturer.capture(source.id, source.URL, before?.manifest, shown.get(source.id));
    const judged = await judgeSource(
      archive,
      { source, quotes },
      result,
      captures.get(source.id) ?? [],
    ).catch((error: unknown) =>
      notCompared({ source, quotes }, failureOf(error).message.replace(/^it cannot be read: /, '')),
    );
    const rechecked = {
      ...judged,
      quotes: judged.quotes.map((quote) => withDecision(quote, decisions.get(quote.id), judged.manifest)),
    };
    // What was captured and what became of the quotes stand in the ledger at once.
    const entries = [
      ...(result.kind === 'captured' ? [result.entry] : []),
      ...recordOf(rechecked, evidence.checks.get(source.id)),
    ];
    if (entries.length > 0) archive.append(...entries);
    count.sources++;
    count.quotes += quotes.length;
    await onDone(rechecked);
  });
  archive.append({ kind: 'run', ...count });
  return count;
}

/** The latest capture of each source that was the page itself, by its manifest. */
export const latestPages = ({ captures }: Evidence): ReadonlyMap<string, string> =>
  new Map(
    captures.filter(({ verdict }) => verdict === 'ok').map(({ source, manifest }) => [source, manifest]),
  );

/** With what was decided about it, if that holds. */
function withDecision(
  quote: RecheckedQuote,
  decision: EntryOf<'decision'> | undefined,
  manifest: string | undefined,
): RecheckedQuote {
  const about = aboutChange(quote);
  const named = about === undefined ? quote : { ...quote, about };
  return decision !== undefined && isDecided(decision, { ...named, manifest })
    ? { ...named, decided: decision.decision }
    : named;
}

/** The verdicts of a source as an entry, if they are not those that stand in the ledger already. */
function recordOf(
  { source, manifest, quotes }: RecheckedSource,
  before: EntryOf<'recheck'> | undefined,
): NewEntry[] {
  const verdicts = Object.fromEntries(quotes.map(({ id, verdict }): [string, QuoteVerdict] => [id, verdict]));
  const about = Object.fromEntries(
    quotes.flatMap(({ id, about: own }): [string, string][] => (own === undefined ? [] : [[id, own]])),
  );
  const aboutBefore = new Map(Object.entries(before?.about ?? {}));
  const isKnown =
    before !== undefined &&
    Object.keys(before.verdicts).length === quotes.length &&
    quotes.every(
      ({ id, verdict, about: own }) =>
        ownValue(before.verdicts, id) === verdict && aboutBefore.get(id) === own,
    );
  if (isKnown || quotes.length === 0) return [];
  return [
    {
      kind: 'recheck',
      source,
      ...(manifest === undefined ? {} : { manifest }),
      verdicts,
      ...(Object.keys(about).length > 0 ? { about } : {}),
    },
  ];
}

async function judgeSource(
  archive: Archive,
  { source, quotes }: RecheckJob,
  result: CaptureResult,
  captures: readonly EntryOf<'capture'>[],
): Promise<RecheckedSource> {
  const base = { source: source.id, address: source.URL };
  const all = (verdict: QuoteVerdict, why: string) => quotes.map(({ id }) => ({ id, verdict, why }));
  if (result.kind === 'failed') {
    const verdict = result.reason === 'robots' || result.reason === 'refused' ? 'blocked' : 'unreachable';
    return { ...base, outcome: 'failed', reason: result.message, quotes: all(verdict, result.message) };
  }
  const { manifest, hash } = result;
  const seen = {
    ...base,
    outcome: result.kind === 'unchanged' ? ('unchanged' as const) : ('changed' as const),
    manifest: hash,
    captured: manifest.time,
  };
  if (manifest.verdict !== 'ok') {
    const reason = manifest.reason ?? manifest.verdict;
    return { ...seen, reason, quotes: all(verdictOfWall(manifest), reason) };
  }
  const text = (partOf(manifest, 'text') ?? partOf(manifest, 'sealed'))?.sha256;
  if (quotes.every((quote) => quote.text === text) && !hasMoved(manifest))
    return { ...seen, quotes: quotes.map(({ id }) => ({ id, verdict: 'same' })) };
  const shown = await archive.text(manifest);
  if (!/[\p{L}\p{N}]/u.test(shown)) return { ...seen, reason: EMPTY, quotes: all('unreachable', EMPTY) };
  const now = newText(
    {
      source: source.id,
      hash: text ?? '',
      text: shown,
      hidden: await archive.text(manifest, 'hidden'),
      pages: manifest.pages,
    },
    await blocksOf(archive, manifest, shown),
  );
  // Each text that quotes were taken from is read once.
  const old = new Map<string, OldText | undefined>();
  for (const hashOfOld of new Set(quotes.map((quote) => quote.text)))
    old.set(hashOfOld, await oldTextOf(archive, captures, hashOfOld));
  const moved = hasMoved(manifest);
  const leads = whereItLeads(manifest.address, manifest.final);
  return {
    ...seen,
    ...(leads === undefined ? {} : { reason: leads }),
    quotes: quotes.map((quote): RecheckedQuote => {
      const judged = onHomePage(judgeQuote(quote, now, old.get(quote.text)), manifest);
      return moved && isSettled(judged.verdict)
        ? { id: quote.id, ...judged, verdict: 'address-moved', why: `the page is now at ${manifest.final}` }
        : { id: quote.id, ...judged };
    }),
  };
}

/** What cannot be compared is not known to be the same: a person has to look at each of its quotes. */
function notCompared({ source, quotes }: RecheckJob, failure: string): RecheckedSource {
  const why = `it could not be compared: ${failure}`;
  return {
    source: source.id,
    address: source.URL,
    outcome: 'failed',
    reason: why,
    quotes: quotes.map(({ id }) => ({ id, verdict: 'unreachable', why })),
  };
}

const EMPTY = 'the page has no words';

/** Only where the server says so is a page gone: all else may be a bad day of the site. */
function verdictOfWall({ verdict, hops }: Manifest): QuoteVerdict {
  if (verdict !== 'error') return 'blocked';
  const status = hops?.at(-1)?.status ?? 0;
  return status === 404 || status === 410 ? 'gone' : 'unreachable';
}

/** A passage that is missing from the home page, where its own page only leads there for now, is not known to be gone. */
function onHomePage(judged: JudgedQuote, manifest: Manifest): JudgedQuote {
  const { address = '', final = '' } = manifest;
  if (judged.verdict !== 'gone' || !leadsHome(address, final)) return judged;
  const why = `it does not stand there; ${whereItLeads(address, final)}`;
  return isPermanent(manifest) ? { ...judged, why } : { verdict: 'unreachable', why };
}

/** Whether the server says that the page has another address for good: a permanent redirect to another path or host. */
function hasMoved({ hops = [], address, final }: Pick<Manifest, 'hops' | 'address' | 'final'>): boolean {
  if (address === undefined || final === undefined) return false;
  return isPermanent({ hops }) && plainAddress(address) !== plainAddress(final);
}

const isPermanent = ({ hops = [] }: Pick<Manifest, 'hops'>) =>
  hops.some(
    ({ status, headers }) =>
      (status === 301 || status === 308) && headerOf(headers, 'location') !== undefined,
  );
