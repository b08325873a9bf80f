import Fraction from 'fraction.js';
import {
  answerOf,
  type Citation,
  citationsInCell,
  type Edition,
  type Service,
  type UnitKind,
} from '#edition/index';
import { type Amount, amountOf, printScore } from './amount.ts';
import type { LargeRow } from './columns.ts';
import { bandOf, combineRows, shareOfMaximum } from './combine.ts';
import type { AcrossNode, BranchNode, LeafNode, Node } from './plan.ts';
import type { Scored } from './ranking.ts';
import type { Interval, Score, Scores } from './score.ts';

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
  readonly rule: 'sum' | 'mean' | 'weighted-mean' | 'min' | 'max';
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
  readonly leftOut: 'not-applicable' | null;
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
    services: Map.groupBy(edition.services, (service) => service.company),
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
  readonly services: ReadonlyMap<string, readonly Service[]>;
}

function rowsByCell({ answers }: Edition): Map<number, number> {
  const { rows, leaves } = answers;
  const places = new Map<number, number>();
  for (let row = 0; row < rows.length; row++)
    places.set((rows.unit[row] ?? 0) * leaves.length + (rows.leaf[row] ?? 0), row);
  return places;
}

function derive(context: Context, node: Node, unit: string): Derivation {
  const { edition, scores } = context;
  const score = scores.of(unit, node.measure.id) ?? { kind: 'not-applicable' };
  const rounding = node.measure.rounding ?? edition.methodology.rounding;
  return {
    unit,
    unitName: context.names.get(unit) ?? unit,
    measure: node.measure.id,
    name: node.measure.name,
    exact: amountOf(score),
    maximum: score.kind === 'interval' ? score.max.toFraction() : null,
    published: printScore(score, rounding),
    rounding: { rule: rounding.rule, digits: rounding.digits },
    by:
      node.kind === 'leaf'
        ? answered(context, node, unit)
        : node.kind === 'branch'
          ? branch(context, node, unit)
          : across(context, node, unit),
  };
}

function answered({ edition, rows, units }: Context, node: LeafNode, unit: string): Answered {
  const { answers } = edition;
  const cell = (units.get(unit) ?? -1) * answers.leaves.length + node.leaf;
  const answer =
    answerOf(
      answers.codes[cell] ?? 0,
      node.scale.answers.map((option) => option.answer),
    ) ?? '';
  const option = node.scale.answers.find((candidate) => candidate.answer === answer);
  const row = rows.get(cell) ?? -1;
  return {
    kind: 'answered',
    answer,
    name: option?.name ?? STATE_NAMES[answer] ?? answer,
    meaning: node.measure.meanings?.[answer] ?? option?.meaning ?? '',
    note: answers.rows.note[row] ?? '',
    citations: citationsInCell(answers.rows.citations[row] ?? ''),
  };
}

const STATE_NAMES: Readonly<Record<string, string>> = {
  'not-applicable': 'Not applicable',
  'no-evidence': 'No evidence found',
  'not-assessed': 'Not assessed',
};

function branch(context: Context, node: BranchNode, unit: string): Combined {
  const weighs = node.combine === 'weighted-mean';
  const parts = node.children.map(({ node: child }): Part => {
    const derivation = derive(context, child, unit);
    return {
      derivation,
      weight: weighs ? (child.measure.weight ?? '0') : null,
      leftOut: derivation.exact === null ? 'not-applicable' : null,
    };
  });
  const rows = node.children.map((child) => ({
    row: asRow(context.scores.of(unit, child.node.measure.id)),
    weight: child.weight,
  }));
  const combined = combineRows(
    node.combine,
    rows.flatMap(({ row, weight }) => (row ? [{ row, weight }] : [])),
  );
  return {
    kind: 'combined',
    rule: node.combine,
    over: 'measures',
    parts,
    steps: combined ? branchSteps(node, combined, context.scores.of(unit, node.measure.id)) : [],
  };
}

function branchSteps(node: BranchNode, combined: LargeRow, score: Score | undefined): Step[] {
  const value = intervalOf(combined);
  const steps: Step[] = [
    { kind: 'combine', rule: node.combine, value: amountOf(value), maximum: value.max.toFraction() },
  ];
  const shared = node.outOf ? intervalOf(shareOfMaximum(combined, node.outOf)) : value;
  if (node.outOf) steps.push({ kind: 'share', outOf: node.outOf.toFraction(), value: amountOf(shared) });
  if (node.bands && score) {
    const touched = [bandOf(shared.low, node.bands), bandOf(shared.high, node.bands)].flatMap((band) =>
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

function across(context: Context, node: AcrossNode, company: string): Combined {
  const { scores } = context;
  const parts = (context.services.get(company) ?? []).map((service): Part => {
    const derivation = derive(context, node.inner, service.id);
    return { derivation, weight: null, leftOut: derivation.exact === null ? 'not-applicable' : null };
  });
  const score = scores.of(company, node.measure.id);
  const steps: Step[] =
    score?.kind === 'interval'
      ? [{ kind: 'combine', rule: node.combine, value: amountOf(score), maximum: score.max.toFraction() }]
      : [];
  return { kind: 'combined', rule: node.combine, over: 'services', parts, steps };
}

function asRow(score: Score | undefined): LargeRow | undefined {
  if (score?.kind !== 'interval') return undefined;
  const denominator = score.low.d * score.high.d * score.max.d;
  const whole = (value: Fraction) => value.s * value.n * (denominator / value.d);
  return { low: whole(score.low), high: whole(score.high), max: whole(score.max), denominator };
}

function intervalOf(row: LargeRow): Interval {
  const of = (value: bigint) => new Fraction(value, row.denominator);
  return { kind: 'interval', low: of(row.low), high: of(row.high), max: of(row.max) };
}
