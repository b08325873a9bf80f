import {
  type EntryOf,
  type Evidence,
  isSettled,
  type PlacedEntry,
  type Quote,
  type QuoteVerdict,
  type Source,
} from '#edition/index';

/** Something that a person should look at: one quote, what is around one, or a whole site that cannot be reached. */
export type Alarm =
  | {
      /** `surroundings` is no alarm: the passage stands there, and a person should see what is around it now. */
      readonly kind: 'quote' | 'surroundings';
      readonly source: string;
      readonly quote: string;
      readonly verdict: QuoteVerdict;
      readonly time: string;
      /** A name for what there is to see; it changes when that does. */
      readonly about?: string;
      /** Where the entry that says so stands among all of them. */
      readonly entry: number;
      /** The same in a way that stays when ledgers are joined: the ledger and the number in it. */
      readonly record: string;
    }
  | {
      readonly kind: 'outage';
      /** The host; empty where nothing at all could be reached. */
      readonly host: string;
      readonly verdict: 'blocked' | 'unreachable';
      readonly sources: readonly string[];
      readonly time: string;
      readonly entry: number;
      readonly record: string;
    };

/** So many sources of one host that fail alike are one outage; so many hosts are one’s own. */
const OUTAGE_SOURCES = 3;
const OUTAGE_HOSTS = 3;

/**
 * What the ledger says that needs a person, sources that fail with their whole host taken together: a server that is down, or turns programs away, does
 * not raise an alarm for each of its pages.
 */
export function alarmsOf(evidence: Evidence, sources: readonly Source[], quotes: readonly Quote[]): Alarm[] {
  const known = new Set(quotes.map(({ source, id }) => `${source} ${id}`));
  const hostOf = new Map(sources.map(({ id, URL: address }) => [id, URL.parse(address ?? '')?.host ?? '']));
  const open = [...evidence.checks.values()]
    .flatMap((check) => openVerdicts(check, evidence))
    .filter(({ source, quote }) => known.has(`${source} ${quote}`));
  const isAway = ({ verdict }: OpenVerdict) => verdict === 'blocked' || verdict === 'unreachable';
  const away = open.filter(isAway);
  const hosts = [...Map.groupBy(away, ({ source, verdict }) => `${hostOf.get(source) ?? ''} ${verdict}`)];
  const outages: Extract<Alarm, { kind: 'outage' }>[] = [];
  const alone: OpenVerdict[] = [];
  for (const [key, own] of hosts) {
    const failing = new Set(own.map(({ source }) => source));
    const [host = '', verdict] = key.split(' ');
    if (failing.size < OUTAGE_SOURCES) alone.push(...own);
    else outages.push(outage(host, verdict as 'blocked' | 'unreachable', own));
  }
  return [
    ...everywhere(outages, [...evidence.checks.keys()], hostOf),
    ...[...open.filter((own) => !isAway(own)), ...alone]
      .toSorted((a, b) => a.entry - b.entry)
      .map((own): Alarm => ({ kind: isSettled(own.verdict) ? 'surroundings' : 'quote', ...own })),
  ];
}

/** Whether it calls a person; what changed around a passage is only told. */
export const isAlarm = ({ kind }: Alarm): boolean => kind !== 'surroundings';

type OpenVerdict = Omit<Extract<Alarm, { kind: 'quote' | 'surroundings' }>, 'kind'>;

function outage(
  host: string,
  verdict: 'blocked' | 'unreachable',
  own: readonly OpenVerdict[],
): Extract<Alarm, { kind: 'outage' }> {
  const first = own.reduce((a, b) => (a.entry < b.entry ? a : b));
  return {
    kind: 'outage',
    host,
    verdict,
    sources: [...new Set(own.map(({ source }) => source))],
    time: first.time,
    entry: first.entry,
    record: first.record,
  };
}

/** Where every host is away at once, it is the line that is down. */
function everywhere(
  outages: readonly Extract<Alarm, { kind: 'outage' }>[],
  checked: readonly string[],
  hostOf: ReadonlyMap<string, string>,
): readonly Alarm[] {
  const unreachable = outages.filter(({ verdict }) => verdict === 'unreachable');
  const allHosts = new Set(checked.map((source) => hostOf.get(source)));
  if (unreachable.length < OUTAGE_HOSTS || unreachable.length < allHosts.size) return outages;
  const first = unreachable.reduce((a, b) => (a.entry < b.entry ? a : b));
  return [
    { ...first, host: '', sources: unreachable.flatMap(({ sources }) => sources) },
    ...outages.filter(({ verdict }) => verdict !== 'unreachable'),
  ];
}

/** The quotes of a re-check that a person should look at: not settled, or with other surroundings, and not decided on that very change. */
export function openVerdicts(check: PlacedEntry<'recheck'>, { decisions }: Evidence): OpenVerdict[] {
  const { source, manifest, time, order: entry } = check;
  const names = new Map(Object.entries(check.about ?? {}));
  return Object.entries(check.verdicts).flatMap(([quote, verdict]): OpenVerdict[] => {
    const decision = decisions.findLast((own) => own.quote === quote);
    const about = names.get(quote);
    const named = about === undefined ? {} : { about };
    if (isSettled(verdict) && about === undefined) return [];
    if (decision && (decision.order > entry || isDecided(decision, { verdict, manifest, ...named })))
      return [];
    return [{ source, quote, verdict, time, ...named, entry, record: `${check.ledger}/${check.number}` }];
  });
}

/** What was decided about a quote holds for what it was decided about, whatever else the page changes; withdrawn is withdrawn. */
export function isDecided(
  decision: EntryOf<'decision'>,
  change: {
    readonly verdict: QuoteVerdict;
    readonly manifest: string | undefined;
    readonly about?: string;
  },
): boolean {
  if (decision.decision === 'withdraw') return true;
  return decision.about === undefined || change.about === undefined
    ? decision.verdict === change.verdict && decision.manifest === change.manifest
    : decision.about === change.about;
}
