import { fraction } from '#arithmetic/index';
import {
  AnswerTable,
  answerOf,
  combinedBy,
  type Edition,
  type Measure,
  optionsOf,
  PairMap,
  type Scale,
  unitOfLeaf,
} from '#edition/index';
import { type Amount, amountOf } from './amount.ts';
import { type RankingRow, rankAt, type Scored } from './ranking/ranking.ts';

/** Whether a measure means the same in two editions. */
export interface Comparability {
  readonly measure: string;
  /**
   * `same`: nothing of it differs; `reworded`: only its texts do; `changed`: what is asked of whom, on which scale, or how it is
   * combined differs, here or below, so its figures cannot be compared; `added` and `removed`.
   */
  readonly status: 'same' | 'reworded' | 'changed' | 'added' | 'removed';
  /** What differs, in words; empty where nothing does. */
  readonly why: readonly string[];
}

export interface Change<T> {
  readonly unit: string;
  readonly measure: string;
  /** Null where the unit or measure is in only one of the editions. */
  readonly before: T;
  readonly after: T;
}

/** Two editions side by side. */
export interface Comparison {
  readonly measures: readonly Comparability[];
  readonly units: { readonly added: readonly string[]; readonly removed: readonly string[] };
  /** Answers that differ, on leaves that are the same or reworded. */
  readonly answers: readonly Change<string | null>[];
  /** Scores that differ, on measures that are the same or reworded. */
  readonly scores: readonly Change<Amount>[];
  /** Ranks that differ; empty, with the reason in `measures`, where the ranked measure is not comparable. */
  readonly ranks: readonly {
    readonly company: string;
    readonly before: RankingRow['rank'];
    readonly after: RankingRow['rank'];
  }[];
  readonly ranksComparable: boolean;
}

/** Compares two editions: which measures can be compared like for like, and for those, what has changed. */
export function compareEditions(before: Scored, after: Scored): Comparison {
  const measures = compareMeasures(before.edition, after.edition);
  const comparable = new Set(
    measures.filter(({ status }) => status === 'same' || status === 'reworded').map(({ measure }) => measure),
  );
  const [unitsBefore, unitsAfter] = [unitIds(before.edition), unitIds(after.edition)];
  const both = unitsBefore.filter((unit) => unitsAfter.includes(unit));
  const { measure: ranked } = after.edition.methodology.ranking;
  const ranksComparable = comparable.has(ranked) && rankedAlike(before.edition, after.edition);
  return {
    measures,
    units: {
      added: unitsAfter.filter((unit) => !unitsBefore.includes(unit)),
      removed: unitsBefore.filter((unit) => !unitsAfter.includes(unit)),
    },
    answers: changedAnswers(before.edition, after.edition, comparable),
    scores: both.flatMap((unit) =>
      [...comparable].flatMap((measure): Change<Amount>[] => {
        const [old, now] = [before.scores.of(unit, measure), after.scores.of(unit, measure)];
        if (!old || !now || String(amountOf(old)) === String(amountOf(now))) return [];
        return [{ unit, measure, before: amountOf(old), after: amountOf(now) }];
      }),
    ),
    ranks: ranksComparable ? changedRanks(before, after) : [],
    ranksComparable,
  };
}

/** Whether ranks are made the same way: by the same measure, compared alike, among the same. */
function rankedAlike(before: Edition, after: Edition): boolean {
  const way = ({ methodology }: Edition) => {
    const { ranking } = methodology;
    const own = methodology.measures.find(({ id }) => id === ranking.measure);
    const rounding = ranking.rounding ?? (own && roundingFor({ methodology }, own));
    return JSON.stringify([
      ranking.measure,
      ranking.basis,
      ranking.within ?? '',
      ranking.basis === 'published' ? rounding : (ranking.tolerance ?? ''),
    ]);
  };
  return way(before) === way(after);
}

const unitIds = ({ companies, services }: Edition) => [...companies, ...services].map((unit) => unit.id);

function compareMeasures(before: Edition, after: Edition): Comparability[] {
  const old = new Map(before.methodology.measures.map((measure) => [measure.id, measure]));
  const now = new Map(after.methodology.measures.map((measure) => [measure.id, measure]));
  const [combinedBefore, combinedAfter] = [combinedBy(before.methodology), combinedBy(after.methodology)];
  const differences = new Map<string, readonly string[]>();
  const whyOf = (id: string): readonly string[] => {
    const known = differences.get(id);
    if (known) return known;
    differences.set(id, []);
    const [a, b] = [old.get(id), now.get(id)];
    const why =
      a && b
        ? [
            ...definitionDifferences(before, after, a, b),
            ...childDifferences(combinedBefore.get(id) ?? [], combinedAfter.get(id) ?? [], whyOf),
          ]
        : [];
    differences.set(id, why);
    return why;
  };
  return [...new Set([...now.keys(), ...old.keys()])].map((measure) => {
    const [a, b] = [old.get(measure), now.get(measure)];
    if (!a) return { measure, status: 'added', why: [] };
    if (!b) return { measure, status: 'removed', why: [] };
    const why = whyOf(measure);
    if (why.length > 0) return { measure, status: 'changed', why };
    const reworded = (['name', 'short', 'question', 'guidance', 'meanings'] as const).filter(
      (key) => JSON.stringify(a[key]) !== JSON.stringify(b[key]),
    );
    return {
      measure,
      status: reworded.length > 0 ? 'reworded' : 'same',
      why: reworded.map((key) => `${key} is worded differently`),
    };
  });
}

/** What of a measure’s definition changes its figures. */
const DEFINING = [
  'combine',
  'of',
  'combines',
  'weight',
  'requires',
  'out-of',
  'bands',
  'across',
  'points',
  'excludes',
  'reversed',
  'normalise',
  'direction',
  'recorded',
  'rounded',
] as const satisfies readonly (keyof Measure)[];

function definitionDifferences(before: Edition, after: Edition, a: Measure, b: Measure): string[] {
  const differ = (what: string, was: unknown, is: unknown) =>
    said(was) === said(is) ? [] : [`${what}: ${said(was)} → ${said(is)}`];
  const rounds = a.rounded && b.rounded;
  return [
    ...DEFINING.flatMap((key) => differ(key, a[key], b[key])),
    ...(rounds ? differ('rounding', roundingFor(before, a), roundingFor(after, b)) : []),
    ...differ('unit', unitText(before, a), unitText(after, b)),
    ...differ('scale', scaleText(before, a), scaleText(after, b)),
    ...differ('exceptions', exceptionText(before, a), exceptionText(after, b)),
    ...(a.scale === undefined
      ? []
      : differ(
          'not-assessed',
          before.methodology['not-assessed'] ?? 'range',
          after.methodology['not-assessed'] ?? 'range',
        )),
  ];
}

/** A value in words; 0.5 and 1/2 are one weight. */
function said(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'object') return JSON.stringify(value);
  return typeof value === 'string' && /^-?\d+(?:\.\d+|\/\d+)?$/.test(value)
    ? fraction(value).toFraction()
    : String(value);
}

const roundingFor = ({ methodology }: Pick<Edition, 'methodology'>, measure: Measure) =>
  measure.rounding ?? methodology.rounding;

/** For whom a rule of the measure does not hold, and what does; whatever the words of the reason. */
function exceptionText({ methodology }: Edition, { id }: Measure): string {
  const own = (methodology.exceptions ?? []).filter(({ measure }) => measure === id);
  const texts = own.map(({ unit, measure: _, reason: __, ...rest }) => `${unit} ${JSON.stringify(rest)}`);
  return texts.toSorted().join(', ') || 'none';
}

/** Whom a leaf is answered for, which measures above it decide too. */
function unitText({ methodology }: Edition, measure: Measure): string {
  if (measure.scale === undefined) return 'nobody';
  return unitOfLeaf(new Map(methodology.measures.map((own) => [own.id, own])), measure);
}

/** What a scale makes of answers, without its wording. */
function scaleText({ methodology }: Edition, measure: Measure): string {
  const scale: Scale | undefined = methodology.scales.find((candidate) => candidate.id === measure.scale);
  if (!scale) return 'nothing';
  const answers = scale.answers.map(({ answer, points }) =>
    points === undefined ? answer : `${answer} = ${fraction(points).toFraction()}`,
  );
  return [
    ...answers,
    ...(scale.kind === 'number' ? [`numbers from ${scale.min ?? 'any'} to ${scale.max ?? 'any'}`] : []),
    ...(scale['no-evidence'] === undefined ? [] : [`no-evidence = ${scale['no-evidence']}`]),
  ].join(', ');
}

function childDifferences(
  before: readonly Measure[],
  after: readonly Measure[],
  whyOf: (id: string) => readonly string[],
): string[] {
  const [old, now] = [before.map(({ id }) => id), after.map(({ id }) => id)];
  return [
    ...now.filter((child) => !old.includes(child)).map((child) => `“${child}” is new below it`),
    ...old.filter((child) => !now.includes(child)).map((child) => `“${child}” is gone from below it`),
    ...now
      .filter((child) => old.includes(child) && whyOf(child).length > 0)
      .map((child) => `“${child}” below it has changed`),
  ];
}

function changedAnswers(
  before: Edition,
  after: Edition,
  comparable: ReadonlySet<string>,
): Change<string | null>[] {
  const [old, now] = [answerTable(before), answerTable(after)];
  const pairs = new PairMap<true>();
  for (const [unit, measure] of [...now, ...old]) pairs.set(unit, measure, true);
  return [...pairs].flatMap(([unit, measure]) => {
    const [was, is] = [old.get(unit, measure) ?? null, now.get(unit, measure) ?? null];
    return was === is || !comparable.has(measure) ? [] : [{ unit, measure, before: was, after: is }];
  });
}

function answerTable({ answers, methodology }: Edition): PairMap<string> {
  const options = optionsOf(methodology, answers.numbers);
  const table = new PairMap<string>();
  for (const { unit, measure, code } of new AnswerTable(answers).rows()) {
    const answer = answerOf(code, options(measure));
    if (answer !== undefined) table.set(unit, measure, answer);
  }
  return table;
}

function changedRanks(before: Scored, after: Scored): Comparison['ranks'] {
  const ranks = ({ edition, ranks: own }: Scored) =>
    new Map(edition.companies.map((company, index) => [company.id, rankAt(own, index)]));
  const [old, now] = [ranks(before), ranks(after)];
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((company) => {
    const [was, is] = [old.get(company) ?? null, now.get(company) ?? null];
    return String(was) === String(is) ? [] : [{ company, before: was, after: is }];
  });
}
