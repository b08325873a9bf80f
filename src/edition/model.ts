import type { Answers } from './answers.ts';
import type { Evidence, Quote, Search } from './evidence.ts';
import type {
  Correction,
  Deviation,
  EditionMeta,
  Figure,
  Measure,
  Methodology,
  Scale,
  Source,
  TranslatedTexts,
} from './schema.ts';

/** One published round of an index: the whole of its folder in memory. Read it with `readEdition` of `#edition/folder`. */
export interface Edition {
  readonly meta: EditionMeta;
  readonly methodology: Methodology;
  readonly companies: readonly Company[];
  readonly services: readonly Service[];
  readonly answers: Answers;
  readonly assessments: readonly Assessment[];
  readonly sources: readonly Source[];
  readonly correspondence: readonly Letter[];
  /** The context of the edition in Markdown. */
  readonly background: string | undefined;
  readonly findings: readonly Finding[];
  readonly published: readonly PublishedFigure[];
  readonly deviations: readonly Deviation[];
  /** What was mended or changed after publication, oldest first. */
  readonly corrections: readonly Correction[];
  readonly translations: readonly Translation[];
  readonly quotes: readonly Quote[];
  readonly searches: readonly Search[];
  /** The archive beside the edition, as its ledger tells it. It is no part of what `writeEdition` writes. */
  readonly evidence: Evidence;
}

/** Texts of the edition in another language than its own. */
export interface Translation {
  /** BCP 47. */
  readonly language: string;
  readonly texts: TranslatedTexts;
}

export interface Company {
  readonly id: string;
  readonly name: string;
  readonly headquarters: string;
  /** ISO 3166-1 alpha-2, or empty. */
  readonly country: string;
  readonly note: string;
}

export interface Service {
  readonly id: string;
  readonly company: string;
  readonly name: string;
  readonly kind: string;
  /** How many there are of what `users_counted` says; undefined when not known. */
  readonly users: number | undefined;
  readonly users_counted: string;
  readonly users_as_of: string;
  /** The id of a source, or empty. */
  readonly users_source: string;
  readonly note: string;
}

/** The reasons of one unit, a section a measure, in Markdown. */
export interface Assessment {
  readonly unit: string;
  readonly title: string;
  readonly introduction: string;
  readonly sections: readonly { readonly measure: string; readonly heading: string; readonly text: string }[];
}

/** A letter to or from a company. Dates are as exact as is known, or empty. */
export interface Letter {
  readonly company: string;
  readonly date: string;
  readonly direction: 'sent' | 'received';
  readonly kind: 'letter' | 'email';
  readonly round: number;
  readonly about: string;
  readonly outcome: string;
  readonly source: string;
}

/** A statement of the report, in Markdown, whose figures are claims. */
export interface Finding {
  readonly id: string;
  readonly heading: string;
  /** The whole section as it stands in the file, queries included. */
  readonly text: string;
  readonly claims: readonly Claim[];
  readonly undecided: readonly { readonly figure: string; readonly reason: string }[];
}

/** A figure in the text of a finding and the query that must give it. */
export interface Claim {
  readonly id: string;
  /** The figure as the text prints it. */
  readonly figure: string;
  /** What the query must return, one string a row. */
  readonly expected: readonly string[];
  readonly sql: string;
}

/** A figure as it was printed. */
export interface PublishedFigure {
  readonly unit: string;
  readonly measure: string;
  readonly figure: Figure;
  readonly value: string;
  readonly where: string;
}

export type UnitKind = 'company' | 'service';

export function scaleOf(methodology: Methodology, measure: Measure): Scale | undefined {
  return methodology.scales.find((scale) => scale.id === measure.scale);
}

/** The measure itself and all above it, from the nearest up. Ends where a parent is missing or comes round again. */
export function lineage(byId: ReadonlyMap<string, Measure>, measure: Measure): Measure[] {
  const line = new Set<Measure>();
  for (
    let at: Measure | undefined = measure;
    at && !line.has(at);
    at = at.parent ? byId.get(at.parent) : undefined
  )
    line.add(at);
  return [...line];
}

/** Who a leaf is answered for: what it says itself, else services where it or a measure above it goes across services. */
export function unitOfLeaf(byId: ReadonlyMap<string, Measure>, leaf: Measure): UnitKind {
  if (leaf.unit) return leaf.unit;
  return !leaf.recorded && lineage(byId, leaf).some((measure) => measure.across) ? 'service' : 'company';
}
