import Fraction from 'fraction.js';
import {
  answerOf,
  type Citation,
  type Combine,
  citationsInCell,
  type Edition,
  type Exception,
  optionsOf,
  ownValue,
  partsOf,
  type Service,
  type UnitKind,
} from '#edition/index';
import { type Amount, amountOf, gradeOf, printScore } from './amount.ts';
import type { LargeRow } from './columns.ts';
import { bandOf, combineRows, type ExactRule, shareOfMaximum } from './combine.ts';
import { decimalRow } from './decimal-row.ts';
import { combineDoubles } from './floating.ts';
import type { AcrossNode, BranchNode, LeafNode, Node } from './plan.ts';
import type { Scored } from './ranking.ts';
import { intervalOf, ruleFor, type Score, type Scores } from './score.ts';

/** How a score came about: from the answers up. Plain data, exact values as text. */
export interface Derivation {
  readonly unit: string;
  readonly unitName: string;
  readonly measure: string;
  readonly name: string;
  /** The exact value; null where the measure is not applicable to the unit. */
  readonly exact: Amount;
  /** The most that this unit could have got, what is not applicable left out. */
  readonly maximum: string | null;
  /** The value in print, and how it was rounded. */
  readonly published: string;
  readonly rounding: { readonly rule: string; readonly digits: number };
  /** What the value is called; null where there are no grades. */
  readonly grade: string | null;
  /** It was computed in floating point. */
  readonly floating: boolean;
  /** Where a rule does not hold for this unit: why; null where all do. */
  readonly exception: { readonly reason: string; readonly what: string } | null;
  readonly by: Answered | Combined;
}

/** A leaf: the answer and the points the scale gives it. */
export interface Answered {
  readonly kind: 'answered';
  readonly answer: string;
  readonly name: string;
  readonly meaning: string;
  readonly note: string;
  readonly citations: readonly Citation[];
}

/** A branch, or services combined into their company. */
export interface Combined {
  readonly kind: 'combined';
  readonly rule: Combine;
  readonly over: 'measures' | 'services';
  readonly parts: readonly Part[];
  /** The steps from the parts to the exact value, in order. */
  readonly steps: readonly Step[];
}

export interface Part {
  readonly derivation: Derivation;
  /** As declared; null where the rule does not weigh. */
  readonly weight: string | null;
  /** Why it does not count; null where it does. */
  readonly leftOut: 'not-applicable' | 'missing' | null;
}

export type Step =
  | {
      readonly kind: 'combine';
      readonly rule: Combined['rule'];
      readonly value: Amount;
      readonly maximum: string;
    }
  | { readonly kind: 'share'; readonly outOf: string; readonly value: Amount }
  | {
      readonly kind: 'band';
      readonly bands: readonly { readonly name: string; readonly points: string }[];
      readonly value: Amount;
    };

/** Gives the whole derivation of a score, or undefined if the measure is not scored for that kind of unit, or there is no such unit. */
export type Explainer = (unit: string, measure: string) => Derivation | undefined;

/**
 * The whole derivation of one score.
 * @returns undefined if the measure is not scored for that kind of unit, or there is no such unit
 */
export function explain(
  edition: Edition,
  scores: Scores,
  unit: string,
  measure: string,
): Derivation | undefined {
  return explainer({ edition, scores })(unit, measure);
}

/** The same for many scores: what has to be looked up is looked up once. */
export function explainer({ edition, scores }: Pick<Scored, 'edition' | 'scores'>): Explainer {
  const companies = new Set(edition.companies.map((company) => company.id));
  const context: Context = {
    edition,
    scores,
    rows: rowsByCell(edition),
    units: new Map(edition.answers.units.map((id, index) => [id, index])),
    names: new Map([...edition.companies, ...edition.services].map(({ id, name }) => [id, name])),
    services: Map.groupBy(
      edition.services.filter((service) => service.part_of === ''),
      (service) => service.company,
    ),
    parts: new Map([...partsOf(edition.services)].filter(([whole]) => whole !== '')),
    options: optionsOf(edition.methodology, edition.answers.numbers),
    kept: new Map(),
  };
  return (unit, measure) => {
    const kind: UnitKind = companies.has(unit) ? 'company' : 'service';
    const node = scores.plan.nodeOf(measure, kind);
    return node && scores.of(unit, measure) ? derive(context, node, unit) : undefined;
  };
}

interface Context {
  readonly edition: Edition;
  readonly scores: Scores;
  /** The row of an answer by its place among units × leaves. */
  readonly rows: ReadonlyMap<number, number>;
  readonly units: ReadonlyMap<string, number>;
  readonly names: ReadonlyMap<string, string>;
  /** By company, its services that are not part of another. */
  readonly services: ReadonlyMap<string, readonly Service[]>;
  /** By service, its parts. */
  readonly parts: ReadonlyMap<string, readonly Service[]>;
  /** By leaf, what the codes of its answers stand for. */
  readonly options: (leaf: string) => readonly string[];
  /** What was derived before, by node and unit. */
  readonly kept: Map<string, Derivation>;
}

function rowsByCell({ answers }: Edition): Map<number, number> {
  const { rows, leaves } = answers;
  const places = new Map<number, number>();
  for (let row = 0; row < rows.length; row++)
    places.set((rows.unit[row] ?? 0) * leaves.length + (rows.leaf[row] ?? 0), row);
  return places;
}

/** So many derivations are kept; those of one company stand close together in what is asked. */
const MOST_KEPT = 20_000;

function derive(context: Context, node: Node, unit: string): Derivation {
  const key = `${node.index} ${unit}`;
  const known = context.kept.get(key);
  if (known) return known;
  const derivation = deriveAnew(context, node, unit);
  if (context.kept.size >= MOST_KEPT) context.kept.clear();
  context.kept.set(key, derivation);
  return derivation;
}

function deriveAnew(context: Context, node: Node, unit: string): Derivation {
  const parts = context.parts.get(unit);
  const acrossNode =
    parts && node.kind !== 'across' ? context.scores.plan.nodeOf(node.measure.id, 'company') : node;
  const by =
    acrossNode?.kind === 'across'
      ? across(context, acrossNode, unit, parts ?? context.services.get(unit) ?? [])
      : node.kind === 'leaf'
        ? answered(context, node, unit)
        : node.kind === 'branch'
          ? branch(context, node, unit)
          : across(context, node, unit, context.services.get(unit) ?? []);
  return { ...describe(context, node, unit), by };
}

/** All of a derivation but how it came about. */
function describe({ edition, scores, names }: Context, node: Node, unit: string): Omit<Derivation, 'by'> {
  const score = scores.of(unit, node.measure.id) ?? { kind: 'not-applicable' };
  const rounding = node.measure.rounding ?? edition.methodology.rounding;
  const exception = scores.plan.exceptions.get(node.measure.id)?.get(unit);
  return {
    unit,
    unitName: names.get(unit) ?? unit,
    measure: node.measure.id,
    name: node.measure.name,
    exact: amountOf(score),
    maximum: score.kind === 'interval' ? score.max.toFraction() : null,
    published: printScore(score, rounding),
    rounding: { rule: rounding.rule, digits: rounding.digits },
    grade: gradeOf(node.measure, score),
    floating: node.floating,
    exception: exception ? { reason: exception.reason, what: exceptionText(exception) } : null,
  };
}

function exceptionText(exception: Exception): string {
  if (exception['leave-out']) return 'it does not count';
  if (exception.score !== undefined) return `its score is set to ${exception.score}`;
  if (exception.weight !== undefined) return `its weight is ${exception.weight}`;
  if (exception.combine !== undefined) return `it is combined by ${exception.combine}`;
  const { services, nested, scope } = exception.across ?? { services: 'mean' };
  return `its services are combined by ${services}${nested ? ` (those that are part of another by ${nested})` : ''}${scope ? `, of the kinds ${scope.join(', ')} only` : ''}`;
}

function answered({ edition, rows, units, options }: Context, node: LeafNode, unit: string): Answered {
  const { answers } = edition;
  const cell = (units.get(unit) ?? -1) * answers.leaves.length + node.leaf;
  const answer = answerOf(answers.codes[cell] ?? 0, options(node.measure.id)) ?? '';
  const option = node.scale.answers.find((candidate) => candidate.answer === answer);
  const row = rows.get(cell) ?? -1;
  const measuredIn = node.scale['measured-in'];
  const isNumber = node.scale.kind === 'number' && STATE_NAMES.get(answer) === undefined;
  return {
    kind: 'answered',
    answer,
    name:
      option?.name ??
      STATE_NAMES.get(answer) ??
      (isNumber && measuredIn ? `${answer} ${measuredIn}` : answer),
    meaning: ownValue(node.measure.meanings, answer) ?? option?.meaning ?? '',
    note: answers.rows.note[row] ?? '',
    citations: citationsInCell(answers.rows.citations[row] ?? ''),
  };
}

const STATE_NAMES = new Map(
  Object.entries({
    'not-applicable': 'Not applicable',
    'no-evidence': 'No evidence found',
    'not-assessed': 'Not assessed',
  }),
);

const leftOut = (score: Score | undefined): Part['leftOut'] =>
  score?.kind === 'interval' ? null : score?.missing ? 'missing' : 'not-applicable';

function branch(context: Context, node: BranchNode, unit: string): Combined {
  const { scores } = context;
  const { exceptions } = scores.plan;
  const rule = ruleFor(node, unit, exceptions);
  const weighs = rule.weights.some((weight) => weight !== 1n) || node.combine.startsWith('weighted');
  const parts = node.children.map(({ node: child }): Part => {
    const weight = exceptions.get(child.measure.id)?.get(unit)?.weight ?? child.measure.weight ?? '1';
    return {
      derivation: derive(context, child, unit),
      weight: weighs ? weight : null,
      leftOut: leftOut(scores.of(unit, child.measure.id)),
    };
  });
  const score = scores.of(unit, node.measure.id);
  const combined = score?.kind === 'interval' ? combinedOf(context, node, unit, rule) : undefined;
  return {
    kind: 'combined',
    rule: rule.combine,
    over: 'measures',
    parts,
    steps: combined && score ? branchSteps(node, rule.combine, combined, score) : [],
  };
}

/** The value of a branch before the steps that follow combining. */
function combinedOf(
  { scores }: Context,
  node: BranchNode,
  unit: string,
  { combine, weights, unit: over }: ReturnType<typeof ruleFor>,
): LargeRow | undefined {
  const parts = node.children.flatMap((child, index) => {
    const row = asRow(scores.of(unit, child.node.measure.id));
    return row ? [{ row, weight: weights[index] ?? 1n, lowest: child.lowest }] : [];
  });
  if (!node.floating) return combineRows(combine as ExactRule, parts, over);
  const of = (value: bigint, { denominator }: LargeRow) => new Fraction(value, denominator).valueOf();
  const value = combineDoubles(
    combine,
    parts.map(({ row, weight, lowest }) => ({
      low: of(row.low, row),
      high: of(row.high, row),
      max: lowest?.valueOf() ?? of(row.max, row),
      weight: Number(weight) / Number(over),
    })),
  );
  return value && decimalRow(value.low, value.high, value.max);
}

function branchSteps(node: BranchNode, rule: Combined['rule'], combined: LargeRow, score: Score): Step[] {
  const amount = (row: LargeRow) =>
    amountOf(node.floating ? { ...intervalOf(row), floating: true } : intervalOf(row));
  const steps: Step[] = [
    { kind: 'combine', rule, value: amount(combined), maximum: intervalOf(combined).max.toFraction() },
  ];
  const shared = node.outOf ? shareOfMaximum(combined, node.outOf) : combined;
  if (!shared) return steps;
  if (node.outOf) steps.push({ kind: 'share', outOf: node.outOf.toFraction(), value: amount(shared) });
  if (node.bands) {
    const { low, high } = intervalOf(shared);
    const touched = [bandOf(low, node.bands), bandOf(high, node.bands)].flatMap((band) =>
      band ? [band] : [],
    );
    const bands = [...new Set(touched)].map((band) => ({
      name: band.name ?? '',
      points: band.points.toFraction(),
    }));
    steps.push({ kind: 'band', bands, value: amountOf(score) });
  }
  return steps;
}

/** The services of a company, or the parts of a service, combined. */
function across(context: Context, node: AcrossNode, unit: string, parts: readonly Service[]): Combined {
  const { scores } = context;
  const isCompany = !context.edition.services.some((service) => service.id === unit);
  const rule = scores.plan.exceptions.get(node.measure.id)?.get(unit)?.across ?? node.across;
  const score = scores.of(unit, node.measure.id);
  const combine = isCompany ? rule.services : (rule.nested ?? rule.services);
  const inScope = isCompany ? parts.filter((part) => rule.scope?.includes(part.kind) ?? true) : parts;
  return {
    kind: 'combined',
    rule: combine,
    over: 'services',
    parts: inScope.map((service): Part => {
      const own = context.parts.get(service.id);
      const derivation = own
        ? { ...describe(context, node, service.id), by: across(context, node, service.id, own) }
        : derive(context, node.inner, service.id);
      return { derivation, weight: null, leftOut: leftOut(scores.of(service.id, node.measure.id)) };
    }),
    steps:
      score?.kind === 'interval'
        ? [{ kind: 'combine', rule: combine, value: amountOf(score), maximum: score.max.toFraction() }]
        : [],
  };
}

function asRow(score: Score | undefined): LargeRow | undefined {
  if (score?.kind !== 'interval') return undefined;
  const denominator = score.low.d * score.high.d * score.max.d;
  const whole = (value: Fraction) => value.s * value.n * (denominator / value.d);
  return { low: whole(score.low), high: whole(score.high), max: whole(score.max), denominator };
}
