import { z } from 'zod';
import type { Citation } from './markdown.ts';
import { id, text } from './values.ts';

/** What an edition knows of its evidence: quotes and searches as people wrote them, captures and re-checks as the ledger has them. */

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 of 64 hexadecimal digits');

export const quotesSchema = z
  .array(
    z.strictObject({
      id,
      source: id,
      text: sha256.meta({ description: 'SHA-256 of the text of the capture that the passage stands in.' }),
      start: z.int().min(0).meta({ description: 'Where it begins in that text, in Unicode code points.' }),
      end: z.int().min(1).meta({ description: 'Where it ends, exclusive.' }),
      exact: z
        .string()
        .min(1, 'must not be empty')
        .meta({ description: 'The passage, character by character.' }),
      prefix: z.string().default('').meta({ description: 'What stands before it, up to 64 code points.' }),
      suffix: z.string().default('').meta({ description: 'What stands after it, up to 64 code points.' }),
      hidden: z
        .literal(true)
        .optional()
        .meta({ description: 'It stands only in text that the page does not show.' }),
      page: z.int().min(1).optional().meta({ description: 'The page of a PDF, from 1.' }),
      note: text.optional(),
    }),
  )
  .meta({ title: 'quotes.yaml' });

/** A passage in the text of a capture: W3C TextQuoteSelector and TextPositionSelector in one. */
export type Quote = z.infer<typeof quotesSchema>[number];

/** What was searched where, and nothing was found: the evidence of a `no-evidence` answer. */
export interface Search {
  readonly unit: string;
  readonly measure: string;
  readonly date: string;
  readonly where: string;
  readonly words: string;
  readonly note: string;
}

/** What a capture shows: what was asked for; something that keeps it from us; or that it failed. */
export const CAPTURE_VERDICTS = ['ok', 'soft-block', 'login-wall', 'error'] as const;
export type CaptureVerdict = (typeof CAPTURE_VERDICTS)[number];

/** What has become of a quote. Nothing beyond the first three is accepted without a person. */
export const QUOTE_VERDICTS = [
  'same',
  'typographic',
  'moved',
  'ambiguous',
  'reworded',
  'critical',
  'gone',
  'blocked',
  'unreachable',
  'address-moved',
] as const;
export type QuoteVerdict = (typeof QUOTE_VERDICTS)[number];

/** Verdicts that ask nobody for a decision: the passage stands there, if perhaps in another place or typography. */
export const isSettled = (verdict: QuoteVerdict) =>
  QUOTE_VERDICTS.indexOf(verdict) <= QUOTE_VERDICTS.indexOf('moved');

/** What a person decided about a quote whose source has changed. */
export const DECISIONS = ['accept', 'keep', 'withdraw'] as const;
export type Decision = (typeof DECISIONS)[number];

const place = { number: z.int().min(0), previous: sha256, time: z.iso.datetime() };

/** What a ledger is called: by the copy of the edition that writes it; empty for the one ledger that editions used to have. */
export const LEDGER_NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const ledgerName = z.union([z.literal(''), z.string().regex(LEDGER_NAME)]);

/** One line of a ledger. */
export const ledgerEntrySchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('capture'),
    ...place,
    source: id,
    manifest: sha256,
    text: sha256.optional(),
    verdict: z.enum(CAPTURE_VERDICTS),
    address: z.string().optional(),
  }),
  /** Captured again, and it was what it had been. */
  z.strictObject({ kind: z.literal('unchanged'), ...place, source: id, manifest: sha256 }),
  /** What became of the quotes of one source; written when it is not what it was. */
  z.strictObject({
    kind: z.literal('recheck'),
    ...place,
    source: id,
    manifest: sha256.optional(),
    verdicts: z.record(id, z.enum(QUOTE_VERDICTS)),
    /** For each quote that a person should look at, a name for what there is to see; with a settled verdict, it is around the passage. */
    about: z.record(id, z.string()).optional(),
  }),
  /** A re-check of the whole edition has come to its end. */
  z.strictObject({ kind: z.literal('run'), ...place, sources: z.int().min(0), quotes: z.int().min(0) }),
  z.strictObject({
    kind: z.literal('decision'),
    ...place,
    source: id,
    quote: id,
    verdict: z.enum(QUOTE_VERDICTS),
    decision: z.enum(DECISIONS),
    manifest: sha256.optional(),
    /** The name of what was decided about: it holds as long as that stays so. */
    about: z.string().optional(),
    by: z.string().optional(),
    note: z.string().optional(),
  }),
  z.strictObject({
    kind: z.literal('redaction'),
    ...place,
    source: id,
    manifest: sha256,
    lines: z.tuple([z.int().min(1), z.int().min(1)]),
    reason: z.string(),
    /** SHA-256 of the file of the letter once the lines are out of it: what is gone, and how much of it, stays as it was recorded. */
    letter: sha256.optional(),
  }),
  /** How far the other ledgers of the archive went when this one went on: with its own next line, they are fixed too. */
  z.strictObject({
    kind: z.literal('seen'),
    ...place,
    ledgers: z.array(z.strictObject({ ledger: ledgerName, entries: z.int().min(1), chain: sha256 })),
  }),
]);

export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;

/** Where an entry stands among all ledgers of an archive. */
export interface PlaceInArchive {
  readonly ledger: string;
  /** Its place in the order of all ledgers together, from 0. */
  readonly order: number;
  /** Whether the head of its ledger fixes it; what comes after the head, nobody has vouched for. */
  readonly fixed: boolean;
}

export type EntryOf<K extends LedgerEntry['kind']> = Extract<LedgerEntry, { kind: K }>;
export type PlacedEntry<K extends LedgerEntry['kind'] = LedgerEntry['kind']> = EntryOf<K> & PlaceInArchive;

/** The evidence archive as its ledgers tell it, as far as they may be believed. */
export interface Evidence {
  readonly entries: number;
  /** What fixes the archive: SHA-256 of the last line of each ledger that no other has seen to its end, joined by “+”; undefined without one. */
  readonly head: string | undefined;
  /** All captures, oldest first. */
  readonly captures: readonly PlacedEntry<'capture'>[];
  /** The latest re-check of each source. */
  readonly checks: ReadonlyMap<string, PlacedEntry<'recheck'>>;
  readonly decisions: readonly PlacedEntry<'decision'>[];
  readonly redactions: readonly PlacedEntry<'redaction'>[];
  /** When the edition was last re-checked as a whole. */
  readonly lastRun: PlacedEntry<'run'> | undefined;
}

export const NO_EVIDENCE: Evidence = {
  entries: 0,
  head: undefined,
  captures: [],
  checks: new Map(),
  decisions: [],
  redactions: [],
  lastRun: undefined,
};

/** How far a citation can be checked. */
export const LABELS = ['cited', 'captured', 'quoted'] as const;
export type Label = (typeof LABELS)[number];

interface LabelledBy {
  readonly quotes: readonly Quote[];
  readonly evidence: Evidence;
}

/** Gives each citation its honest label: quoted (an exact passage in a capture), captured (a stored copy), cited (neither). */
export function labeller({ quotes, evidence }: LabelledBy): (citation: Citation) => Label {
  const withdrawn = withdrawnQuotes(evidence);
  const texts = new Set(evidence.captures.map(({ source, text }) => `${source} ${text}`));
  const quoted = new Set(
    quotes
      .filter(({ id, source, text }) => texts.has(`${source} ${text}`) && !withdrawn.has(id))
      .map(({ source, id }) => `${source} ${id}`),
  );
  const captured = new Set(
    evidence.captures.filter(({ verdict }) => verdict === 'ok').map(({ source }) => source),
  );
  return ({ source, quote }) =>
    quote !== undefined && quoted.has(`${source} ${quote}`)
      ? 'quoted'
      : captured.has(source)
        ? 'captured'
        : 'cited';
}

/** Quotes of which a person last decided that they no longer count. */
export function withdrawnQuotes({ decisions }: Evidence): ReadonlySet<string> {
  const last = new Map(decisions.map(({ quote, decision }) => [quote, decision]));
  return new Set([...last].filter(([, decision]) => decision === 'withdraw').map(([quote]) => quote));
}
