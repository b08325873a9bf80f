import type { Evidence, LedgerEntry, PlacedEntry } from './evidence.ts';

/** The ledgers of an archive together: each copy of an edition writes one of its own, so that copies can be joined without a conflict. */

/** One ledger as it was read. */
export interface Ledger {
  readonly name: string;
  readonly entries: readonly LedgerEntry[];
  /** SHA-256 of its last line. */
  readonly chain: string;
  /** How many entries its head fixes. */
  readonly fixed: number;
}

/** What these ledgers tell together. */
export function evidenceOf(ledgers: readonly Ledger[]): Evidence {
  const entries = inOrder(ledgers);
  const of = <K extends LedgerEntry['kind']>(kind: K) =>
    entries.filter((entry): entry is PlacedEntry<K> => entry.kind === kind);
  return {
    entries: entries.length,
    head: tipsOf(ledgers),
    captures: of('capture'),
    checks: new Map(of('recheck').map((entry) => [entry.source, entry])),
    decisions: of('decision'),
    redactions: of('redaction'),
    lastRun: of('run').at(-1),
  };
}

/**
 * The entries of all ledgers in one order: by time, and never before what their own ledger had seen of others, whatever the clocks say. The order within a
 * ledger is kept.
 */
export function inOrder(ledgers: readonly Pick<Ledger, 'name' | 'entries' | 'fixed'>[]): PlacedEntry[] {
  const [only] = ledgers;
  if (only && ledgers.length === 1)
    return only.entries.map((entry, order) => ({
      ...entry,
      ledger: only.name,
      order,
      fixed: order < only.fixed,
    }));
  const taken = new Map(ledgers.map(({ name }) => [name, 0]));
  const isReady = (entry: LedgerEntry) =>
    entry.kind !== 'seen' ||
    entry.ledgers.every((own) => (taken.get(own.ledger) ?? own.entries) >= own.entries);
  const entries: PlacedEntry[] = [];
  for (;;) {
    const next = ledgers.flatMap(({ name, entries: own, fixed }) => {
      const number = taken.get(name) ?? 0;
      const entry = own[number];
      return entry ? [{ name, entry, fixed: number < fixed }] : [];
    });
    // What waits for itself can only be forged; it is said where the archive is verified.
    const ready = next.filter(({ entry }) => isReady(entry));
    const from = ready.length > 0 ? ready : next;
    const first = from.reduce<(typeof next)[number] | undefined>(
      (best, own) => (best === undefined || own.entry.time < best.entry.time ? own : best),
      undefined,
    );
    if (!first) return entries;
    const { name, entry, fixed } = first;
    entries.push({ ...entry, ledger: name, order: entries.length, fixed });
    taken.set(name, (taken.get(name) ?? 0) + 1);
  }
}

/** The ends of the ledgers that no other ledger has seen to their end: one, where the archive has a single head. */
export function tipsOf(ledgers: readonly Ledger[]): string | undefined {
  const seen = new Set(
    ledgers.flatMap(({ entries }) =>
      entries.flatMap((entry) => (entry.kind === 'seen' ? entry.ledgers.map(({ chain }) => chain) : [])),
    ),
  );
  const tips = ledgers.filter(({ entries, chain }) => entries.length > 0 && !seen.has(chain));
  return tips.length === 0 ? undefined : tips.map(({ chain }) => chain).join('+');
}

/** A ledger without what comes after so many entries. */
export function upTo<T extends Pick<Ledger, 'entries' | 'chain'>>(ledger: T, entries: number): T {
  const next = ledger.entries[entries];
  return next === undefined
    ? ledger
    : { ...ledger, entries: ledger.entries.slice(0, entries), chain: next.previous };
}
