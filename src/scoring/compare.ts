import { fraction } from '#arithmetic/index';
import {
  answerOf,
  combinedBy,
  type Edition,
  type Measure,
  optionsOf,
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
  const [rankedBefore, rankedAfter] = [before.edition.methodology.ranking, after.edition.methodology.ranking];
  const ranksComparable =
    rankedBefore.measure === rankedAfter.measure &&
    comparable.has(rankedBefore.measure) &&
    rankedBefore.basis === rankedAfter.basis;
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

function definitionDifferences(before: Edition, after: Edition, a: Measure, b: Measure): string[] {
  const said = (value: unknown) =>
    typeof value === 'string' && /^-?\d/.test(value)
      ? fraction(value).toFraction() // 0.5 and 1/2 are one weight
      : value === undefined
        ? 'nothing'
        : typeof value === 'object'
          ? JSON.stringify(value)
          : String(value);
  const differ = (key: keyof Measure) =>
    said(a[key]) === said(b[key]) ? [] : [`${key}: ${said(a[key])} → ${said(b[key])}`];
  const keys = [
    'combine',
    'of',
    'combines',
    'excludes',
    'rounded',
    'weight',
    'requires',
    'out-of',
    'bands',
    'across',
    'points',
    'reversed',
    'normalise',
    'direction',
    'recorded',
  ] as const;
  const [scaleA, scaleB] = [scaleText(before, a), scaleText(after, b)];
  const [unitA, unitB] = [unitText(before, a), unitText(after, b)];
  return [
    ...keys.flatMap(differ),
    ...(unitA === unitB ? [] : [`unit: ${unitA} → ${unitB}`]),
    ...(scaleA === scaleB ? [] : [`scale: ${scaleA} → ${scaleB}`]),
  ];
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
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((key) => {
    const [unit = '', measure = ''] = key.split(' ');
    const [was, is] = [old.get(key) ?? null, now.get(key) ?? null];
    return was === is || !comparable.has(measure) ? [] : [{ unit, measure, before: was, after: is }];
  });
}

function answerTable({ answers, methodology }: Edition): Map<string, string> {
  const options = optionsOf(methodology, answers.numbers);
  const table = new Map<string, string>();
  answers.units.forEach((unit, row) => {
    answers.leaves.forEach((leaf, column) => {
      const answer = answerOf(answers.codes[row * answers.leaves.length + column] ?? 0, options(leaf));
      if (answer !== undefined) table.set(`${unit} ${leaf}`, answer);
    });
  });
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
