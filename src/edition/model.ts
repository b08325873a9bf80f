import type { Answers } from './answers.ts';
import type { Evidence, Quote, Search } from './evidence.ts';
import type { Measure, Methodology, Scale } from './methodology-schema.ts';
import type {
  Correction,
  Deviation,
  EditionMeta,
  Figure,
  ProseFile,
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
  /** Texts about the edition as a whole, in Markdown: how it was done, what follows from it, what to know of the letters, its context. */
  readonly prose: Prose;
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

export type Prose = Readonly<Partial<Record<ProseFile, string>>>;

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
  /** What it is ranked among, such as telecommunications; empty where there are no groups. */
  readonly group: string;
  readonly note: string;
}

export interface Service {
  readonly id: string;
  readonly company: string;
  /** The service of the same company that it is part of, or empty. */
  readonly part_of: string;
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
  /** Of a letter that was sent: the last day for a reply; empty where it is not known. */
  readonly reply_by: string;
  /** What the editors have to say of the letter, apart from what stands in it. */
  readonly remark: string;
}

/** A statement of the report, in Markdown, whose figures are claims. */
export interface Finding {
  readonly id: string;
  readonly heading: string;
  /** Whether it is one of the few that come first. */
  readonly lead: boolean;
  /** The measure whose answers are drawn beside it. */
  readonly chart: string | undefined;
  /** The heading of level 1 under which it stands; empty under none. */
  readonly theme: string;
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

/** What each branch combines: its scored children, or the nearest measures below of the level that it names, in the methodology’s order; or the measures that it lists. */
export function combinedBy({ measures }: Pick<Methodology, 'measures'>): Map<string, readonly Measure[]> {
  const children = Map.groupBy(
    measures.filter((measure) => !measure.recorded),
    (measure) => measure.parent ?? '',
  );
  const nearest = (above: string, level: string, seen: ReadonlySet<string>): Measure[] =>
    (children.get(above) ?? []).flatMap((child) =>
      child.level === level
        ? [child]
        : seen.has(child.id) || seen.size > DEEPEST
          ? []
          : nearest(child.id, level, new Set([...seen, child.id])),
    );
  const byId = new Map(measures.map((measure) => [measure.id, measure]));
  const combines = ({ id, of, combines: listed }: Measure): readonly Measure[] => {
    if (listed) return listed.flatMap((measure) => byId.get(measure) ?? []);
    return of === undefined ? (children.get(id) ?? []) : nearest(id, of, new Set([id]));
  };
  return new Map(measures.map((measure) => [measure.id, combines(measure)]));
}

/** The services that are part of a service, by its id. What has parts is not answered itself: they are. */
export const partsOf = (services: readonly Service[]): ReadonlyMap<string, readonly Service[]> =>
  Map.groupBy(services, (service) => service.part_of);

/** Which services a leaf is asked of: those without parts, of the kinds that the measure above it that goes across services has in scope. */
export function askedOf(
  byId: ReadonlyMap<string, Measure>,
  services: readonly Service[],
): (leaf: Measure) => readonly Service[] {
  const parts = partsOf(services);
  const innermost = services.filter((service) => !parts.has(service.id));
  const own = new Map(services.map((service) => [service.id, service]));
  const kindOf = new Map(innermost.map((service) => [service.id, outermost(service, own).kind]));
  const inScope = new Map<readonly string[] | undefined, readonly Service[]>([[undefined, innermost]]);
  return (leaf) => {
    const scope = leaf.recorded
      ? undefined
      : lineage(byId, leaf).find((measure) => measure.across)?.across?.scope;
    const found =
      inScope.get(scope) ?? innermost.filter((service) => scope?.includes(kindOf.get(service.id) ?? ''));
    inScope.set(scope, found);
    return found;
  };
}

function outermost(service: Service, byId: ReadonlyMap<string, Service>): Service {
  const seen = new Set<Service>();
  let at = service;
  while (!seen.has(at) && seen.size <= DEEPEST) {
    seen.add(at);
    at = byId.get(at.part_of) ?? at;
  }
  return at;
}

/** So many levels measures and services may stand below each other, since scoring and explaining go down by recursion. What is deeper is refused. */
export const DEEPEST = 100;

/** The measure itself and all above it, from the nearest up. Ends where a parent is missing, comes round again, or is above too many levels. */
export function lineage(byId: ReadonlyMap<string, Measure>, measure: Measure): Measure[] {
  const line = new Set<Measure>();
  for (
    let at: Measure | undefined = measure;
    at && !line.has(at) && line.size <= DEEPEST;
    at = at.parent ? byId.get(at.parent) : undefined
  )
    line.add(at);
  return [...line];
}

/** The measure at which the scores of services become those of their company: the measure itself or one above; undefined where none does. */
export const crossingOf = (byId: ReadonlyMap<string, Measure>, measure: Measure): Measure | undefined =>
  lineage(byId, measure).find((above) => above.across);

/** Who a leaf is answered for: what it says itself, else services where it or a measure above it goes across services. */
export function unitOfLeaf(byId: ReadonlyMap<string, Measure>, leaf: Measure): UnitKind {
  if (leaf.unit) return leaf.unit;
  return !leaf.recorded && crossingOf(byId, leaf) ? 'service' : 'company';
}
