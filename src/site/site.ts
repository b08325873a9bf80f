import type { Robustness } from '#analysis/index';
import {
  AnswerTable,
  answerOf,
  type Citation,
  type Company,
  citationsInCell,
  combinedBy,
  type Edition,
  type Exception,
  type Label,
  type Letter,
  labeller,
  lineage,
  type Measure,
  optionsOf,
  type Quote,
  type Scale,
  type Service,
  type Source,
  unitNames,
} from '#edition/index';
import {
  type Comparison,
  compareEditions,
  type Derivation,
  decimalOf,
  explainer,
  gradeOf,
  levelsToRead,
  type NextLevel,
  nextLevels,
  printedScore,
  type Ranking,
  type RankingRow,
  rankAt,
  rankCompanies,
  rankingOf,
  type Scored,
  type Verification,
  verify,
  whatIf,
} from '#scoring/index';
import { type CheckedClaim, labelCounts } from '#tables/index';
import { unitFolders } from './addresses.ts';

import { type Use, usesOfSources } from './uses.ts';

/** Everything that pages ask of an edition, looked up once; the same for all languages. */
export interface Site {
  readonly edition: Edition;
  readonly scored: Scored;
  readonly ranking: Ranking;
  /** The finest measures scored for a company itself: each has a page with reasons for every company. */
  readonly criteria: readonly Measure[];
  /** Those shown as columns of the ranking: the criteria, or, where there are many, the measures nearest to the total. */
  readonly columns: readonly Measure[];
  /** The ranked measure. */
  readonly total: Measure;
  readonly verification: Verification;
  /** How firm the ranking is; undefined where that was not asked. */
  readonly firmness: Robustness | undefined;
  readonly claims: readonly CheckedClaim[];
  readonly earlier: readonly Earlier[];
  readonly files: readonly SiteFile[];
  /** Where the site will stand, with a slash at its end; undefined if that is not known. */
  readonly url: string | undefined;
  readonly languages: readonly string[];
  company(id: string): Company | undefined;
  /** The path of the page of a company or service. */
  pageOf(unit: string): string;
  service(id: string): Service | undefined;
  measure(id: string): Measure | undefined;
  scale(id: string | undefined): Scale | undefined;
  source(id: string): Source | undefined;
  /** How many citations have each label. */
  readonly labelCounts: Readonly<Record<Label, number>>;
  quote(id: string | undefined): Quote | undefined;
  quotesOf(source: string): readonly Quote[];
  /** How far a citation can be checked. */
  labelOf(citation: Citation): Label;
  row(company: string): RankingRow | undefined;
  /** The place of a company in the order of the ranking, from 0. */
  placeInOrder(company: string): number;
  /** How many there are that a company is ranked among. */
  rivals(company: string): number;
  /** Measures of companies that are published beside the ranked one: nothing combines them. */
  readonly beside: readonly Measure[];
  /** Where a score of the company counts in the place of its parts. */
  given(company: string): readonly Exception[];
  /** What a score is called; null where it has no name. */
  gradeOn(unit: string, measure: string): string | null;
  /** The rank of a company on one measure, among those it is ranked with; null where it has none. */
  placeOn(measure: string, company: string): RankingRow['rank'];
  servicesOf(company: string): readonly Service[];
  childrenOf(measure: string): readonly Measure[];
  /** The measure and all above it, from the nearest up. */
  lineageOf(measure: string): readonly Measure[];
  lettersOf(company: string): readonly Letter[];
  answer(unit: string, measure: string): Answer | undefined;
  derivation(unit: string, measure: string): Derivation | undefined;
  scoreOf(unit: string, measure: string): ScoreView | undefined;
  nextLevels(company: string): readonly NextLevel[];
  /** What total and rank a company would have with other answers. */
  whatIf: ReturnType<typeof whatIf>;
  /** Whether others have the same rank. */
  isShared(company: string): boolean;
  /** Where the bars of a measure begin: 0, or the least that anybody has. */
  leastOn(measure: string): number;
  /** The middle of companies’ scores on a measure, from 0 to 1. */
  medianOn(measure: string): number | undefined;
  usesOf(source: string): readonly Use[];
}

/** An earlier edition of the series, and how this one compares with it. */
export interface Earlier {
  readonly scored: Scored;
  readonly comparison: Comparison;
  printedScore(unit: string, measure: string): string | undefined;
}

/** A file to take away. */
export interface SiteFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What was found for one unit on one leaf. */
export interface Answer {
  readonly answer: string;
  readonly scale: Scale | undefined;
  readonly note: string;
  readonly citations: readonly Citation[];
}

/** A score as it is shown: in print, of how much, and how far up it is, in four steps that have a pattern each. */
export interface ScoreView {
  readonly printed: string;
  readonly maximum: string | undefined;
  /** The answer, where the score is that of a leaf. */
  readonly answer: string | undefined;
  readonly scale: Scale | undefined;
  readonly step: Step;
  /** From 0 to 1; undefined where there is no single number. */
  readonly share: number | undefined;
  /** Where its bar stands; undefined where nothing is scored. */
  readonly bar: BarView | undefined;
  /** Why there is no score though the measure applies. */
  readonly missing?: 'too-few' | 'unpublished' | undefined;
}
/** A bar on the axis of its measure, in per cent of the axis from its least to its most: from 0 to the value, then as far as it is open. */
export interface BarView {
  readonly from: number;
  readonly width: number;
  readonly open: number;
}
export type Step = 'none' | 'low' | 'high' | 'full' | 'open' | 'not-applicable';

export interface SiteInput {
  readonly scored: Scored;
  readonly claims: readonly CheckedClaim[];
  readonly earlier: readonly Scored[];
  readonly files: readonly SiteFile[];
  readonly url: string | undefined;
  readonly languages: readonly string[];
  readonly firmness?: Robustness | undefined;
}

/** More columns than these make a table that nobody reads. */
const MOST_COLUMNS = 12;

export function makeSite(input: SiteInput): Site {
  const { scored } = input;
  const { edition } = scored;
  const ranking = rankingOf(scored);
  const measures = byId(edition.methodology.measures);
  const scales = byId(edition.methodology.scales);
  const children = Map.groupBy(edition.methodology.measures, (measure) => measure.parent ?? '');
  const childrenOf = (id: string) => children.get(id) ?? [];
  const criteria = ranking.measures.flatMap((id) => measures.get(id) ?? []);
  const total = measures.get(edition.methodology.ranking.measure);
  if (!total) throw new Error('The ranked measure is missing; check the edition before building its site.');
  const services = Map.groupBy(edition.services, (service) => service.company);
  const letters = Map.groupBy(edition.correspondence, (letter) => letter.company);
  const rows = new Map(ranking.rows.map((row) => [row.company, row]));
  const answer = answerLookUp(edition, measures, scales);
  const quotesById = byId(edition.quotes);
  const quotesOfSource = Map.groupBy(edition.quotes, ({ source }) => source);
  const [companiesById, servicesById, sourcesById] = [
    byId(edition.companies),
    byId(edition.services),
    byId(edition.sources),
  ];
  const sharing = countsOf(ranking.rows.map(({ group, rank }) => `${group}\n${String(rank)}`));
  const leastOn = remembered((measure) => leastScore(scored, measure));
  const places = new Map(ranking.rows.map((row, index) => [row.company, index]));
  const placesOn = remembered((measure) => ranksOn(scored, measure));
  const isGrouped = edition.methodology.ranking.within === 'group';
  const groupOf = (company: Company | undefined) => (isGrouped ? (company?.group ?? '') : '');
  const rivals = countsOf(edition.companies.map(groupOf));
  const folders = unitFolders(unitNames(edition.meta));
  let uses: ReadonlyMap<string, readonly Use[]> | undefined;
  return {
    ...input,
    firmness: input.firmness,
    edition,
    ranking,
    criteria,
    columns: levelsToRead(
      edition.methodology,
      criteria.map(({ id }) => id),
      MOST_COLUMNS,
    ).flatMap((id) => measures.get(id) ?? []),
    total,
    verification: verify(scored),
    earlier: input.earlier.map((before) => ({
      scored: before,
      comparison: compareEditions(before, scored),
      printedScore: (unit, measure) => {
        const score = before.scores.of(unit, measure);
        return score && printedScore(score, before.edition.methodology, measure);
      },
    })),
    company: (id) => companiesById.get(id),
    pageOf: (unit) => `${companiesById.has(unit) ? folders.ranked : folders.parts}/${unit}.html`,
    service: (id) => servicesById.get(id),
    measure: (id) => measures.get(id),
    scale: (id) => scales.get(id ?? ''),
    source: (id) => sourcesById.get(id),
    row: (company) => rows.get(company),
    rivals: (company) => rivals.get(groupOf(companiesById.get(company))) ?? 0,
    beside: besideTotal(scored),
    given: (company) =>
      (edition.methodology.exceptions ?? []).filter(
        ({ unit, given }) => unit === company && given !== undefined,
      ),
    gradeOn: (unit, id) => {
      const [measure, score] = [measures.get(id), scored.scores.of(unit, id)];
      return measure && score ? gradeOf(measure, score) : null;
    },
    placeInOrder: (company) => places.get(company) ?? 0,
    placeOn: (measure, company) => placesOn(measure).get(company) ?? null,
    servicesOf: (company) => services.get(company) ?? [],
    childrenOf,
    lineageOf: (id) => {
      const measure = measures.get(id);
      return measure ? lineage(measures, measure) : [];
    },
    lettersOf: (company) => letters.get(company) ?? [],
    answer,
    derivation: explainer(scored),
    scoreOf: (unit, measure) => scoreView(scored, measures.get(measure), unit, answer, leastOn),
    isShared: (company) => {
      const row = rows.get(company);
      return typeof row?.rank === 'number' && (sharing.get(`${row.group}\n${row.rank}`) ?? 0) > 1;
    },
    leastOn,
    medianOn: remembered((measure) => medianOn(scored, measure)),
    nextLevels: remembered(nextLevels(scored)),
    whatIf: whatIf(scored),
    labelCounts: labelCounts(edition),
    quote: (id) => quotesById.get(id ?? ''),
    quotesOf: (source) => quotesOfSource.get(source) ?? [],
    labelOf: labeller(edition),
    usesOf: (source) => {
      uses ??= usesOfSources(edition);
      return uses.get(source) ?? [];
    },
  };
}

const byId = <T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> =>
  new Map(items.map((item) => [item.id, item]));

/** Pages of one company stand close together; what was made for many others can be made again. */
const MOST_REMEMBERED = 1_000;

function remembered<T>(make: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(key, value);
    return value;
  };
}

function besideTotal({ edition, scores }: Scored): readonly Measure[] {
  const combined = new Set([...combinedBy(edition.methodology).values()].flat());
  return edition.methodology.measures.filter(
    (measure) =>
      !measure.recorded &&
      !combined.has(measure) &&
      measure.id !== edition.methodology.ranking.measure &&
      scores.plan.nodeOf(measure.id, 'company') !== undefined,
  );
}

function countsOf(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** Ranks on one measure; of those that have none, nothing. */
function ranksOn({ edition, scores }: Scored, measure: string): ReadonlyMap<string, RankingRow['rank']> {
  if (!scores.plan.nodeOf(measure, 'company')) return new Map();
  const ranks = rankCompanies(edition, scores, measure);
  return new Map(edition.companies.map(({ id }, company) => [id, rankAt(ranks, company)]));
}

function answerLookUp(
  edition: Edition,
  measures: ReadonlyMap<string, Measure>,
  scales: ReadonlyMap<string, Scale>,
): Site['answer'] {
  const table = new AnswerTable(edition.answers);
  const { rows } = edition.answers;
  const options = optionsOf(edition.methodology, edition.answers.numbers);
  return (unit, measure) => {
    if (!table.has(unit, measure)) return undefined;
    const answer = answerOf(table.code(unit, measure), options(measure));
    if (answer === undefined) return undefined;
    const row = table.rowOf(unit, measure) ?? -1;
    return {
      answer,
      scale: scales.get(measures.get(measure)?.scale ?? ''),
      note: rows.note[row] ?? '',
      citations: citationsInCell(rows.citations[row] ?? ''),
    };
  };
}

function scoreView(
  { edition, scores }: Scored,
  measure: Measure | undefined,
  unit: string,
  answerFor: Site['answer'],
  leastOn: Site['leastOn'],
): ScoreView | undefined {
  const score = measure && scores.of(unit, measure.id);
  if (!score) return undefined;
  const printed = printedScore(score, edition.methodology, measure.id);
  const found = measure.scale === undefined ? undefined : answerFor(unit, measure.id);
  const answer = found && { answer: found.answer, scale: found.scale };
  const base = { printed, answer: undefined, scale: undefined, ...answer };
  if (score.kind === 'not-applicable')
    return {
      ...base,
      maximum: undefined,
      step: 'not-applicable',
      share: undefined,
      bar: undefined,
      missing: score.missing,
    };
  const maximum = decimalOf(score.max.toFraction());
  const bar = barOf(
    leastOn(measure.id),
    Math.max(score.max.valueOf(), score.high.valueOf()),
    score.low.valueOf(),
    score.high.valueOf(),
  );
  if (score.low.compare(score.high) !== 0) return { ...base, maximum, step: 'open', share: undefined, bar };
  const most = score.max.valueOf();
  const share = most > 0 ? Math.min(1, Math.max(0, score.low.valueOf() / most)) : 0;
  return {
    ...base,
    maximum,
    step: share <= 0 ? 'none' : share >= 1 ? 'full' : share < 0.5 ? 'low' : 'high',
    share,
    bar,
  };
}

/** The bar of a value, or of all values between two, on an axis from the least to the most. */
export function barOf(least: number, most: number, low: number, high: number): BarView | undefined {
  const span = most - least;
  if (!(span > 0)) return undefined;
  const at = (value: number) => Math.round(((Math.min(Math.max(value, least), most) - least) / span) * 100);
  const [zero, start, end] = [at(0), at(low), at(high)];
  if (low < 0 && high <= 0)
    return { from: start, width: end - start === 0 ? zero - start : zero - end, open: end - start };
  return { from: Math.min(zero, start), width: Math.abs(start - zero), open: end - start };
}

/** The least that anybody has on a measure, or 0 if nobody has less: where the axes of its bars begin. */
function leastScore({ edition, scores }: Scored, measure: string): number {
  return [...edition.companies, ...edition.services].reduce((least, { id }) => {
    const score = scores.of(id, measure);
    return score?.kind === 'interval' ? Math.min(least, score.low.valueOf()) : least;
  }, 0);
}

/** The middle score of companies on a measure, as a share of the attainable; undefined where too few have one. */
function medianOn({ edition, scores }: Scored, measure: string): number | undefined {
  const shares = edition.companies
    .flatMap(({ id }) => {
      const score = scores.of(id, measure);
      if (score?.kind !== 'interval' || score.low.compare(score.high) !== 0) return [];
      const most = score.max.valueOf();
      return most > 0 ? [score.low.valueOf() / most] : [];
    })
    .sort((a, b) => a - b);
  if (shares.length < 3) return undefined;
  const middle = shares.length >> 1;
  return shares.length % 2 === 1
    ? shares[middle]
    : ((shares[middle - 1] as number) + (shares[middle] as number)) / 2;
}
