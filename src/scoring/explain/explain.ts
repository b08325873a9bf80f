import {
  AnswerTable,
  answerOf,
  CODE,
  citationsInCell,
  type Edition,
  optionsOf,
  ownValue,
  partsOf,
  type Service,
  type UnitKind,
} from '#edition/index';
import { RULES } from '#scoring/rules/index';
import { amountOf, gradeOf, printScore } from '../amount.ts';
import type { Score, Scores } from '../exact/score.ts';
import { ruleFor } from '../plan/exceptions.ts';
import type { AcrossNode, BranchNode, LeafNode, Node } from '../plan/plan.ts';
import type { Scored } from '../ranking/ranking.ts';
import type { Answered, Combined, Derivation, Explainer, Part, Step } from './derivation.ts';
import { acrossSteps, branchSteps, leafSteps } from './steps.ts';

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
    table: new AnswerTable(edition.answers),
    names: new Map([...edition.companies, ...edition.services].map(({ id, name }) => [id, name])),
    services: Map.groupBy(
      edition.services.filter((service) => service.part_of === ''),
      (service) => service.company,
    ),
    parts: new Map([...partsOf(edition.services)].filter(([whole]) => whole !== '')),
    options: optionsOf(edition.methodology, edition.answers.numbers),
    companyOf: new Map(edition.services.map(({ id, company }) => [id, company])),
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
  readonly table: AnswerTable;
  readonly names: ReadonlyMap<string, string>;
  /** By company, its services that are not part of another. */
  readonly services: ReadonlyMap<string, readonly Service[]>;
  /** By service, its parts. */
  readonly parts: ReadonlyMap<string, readonly Service[]>;
  /** By service. */
  readonly companyOf: ReadonlyMap<string, string>;
  /** By leaf, what the codes of its answers stand for. */
  readonly options: (leaf: string) => readonly string[];
  /** What was derived before, by node and unit. */
  readonly kept: Map<string, Derivation>;
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
  const above =
    parts && node.kind !== 'across' ? context.scores.plan.nodeOf(node.measure.id, 'company') : node;
  if (above?.kind === 'across')
    return {
      ...describe(context, node, unit),
      by: across(context, above, unit, parts ?? context.services.get(unit) ?? []),
    };
  if (node.kind === 'across') throw new Error(`“${node.measure.id}” is not combined over services.`);
  const by = node.kind === 'leaf' ? answered(context, node, unit) : branch(context, node, unit);
  return { ...describe(context, node, unit), by };
}

/** All of a derivation but how it came about. */
function describe({ edition, scores, names }: Context, node: Node, unit: string): Omit<Derivation, 'by'> {
  const score = scores.of(unit, node.measure.id) ?? { kind: 'not-applicable' };
  const rounding = node.measure.rounding ?? edition.methodology.rounding;
  return {
    unit,
    unitName: names.get(unit) ?? unit,
    measure: node.measure.id,
    name: node.measure.name,
    exact: amountOf(score),
    missing: score.kind === 'interval' ? null : (score.missing ?? null),
    maximum: score.kind === 'interval' ? score.max.toFraction() : null,
    published: printScore(score, rounding),
    rounding: { rule: rounding.rule, digits: rounding.digits },
    grade: gradeOf(node.measure, score),
    floating: node.floating,
    exception: scores.plan.exceptions.get(node.measure.id)?.get(unit) ?? null,
  };
}

/** What an exception makes of the score that the rules give, where it sets one. */
function exceptionStep({ scores }: Context, node: Node, unit: string): Step[] {
  const exception = scores.plan.exceptions.get(node.measure.id)?.get(unit);
  const isSet = exception && (exception['leave-out'] ?? exception.score ?? exception.given) !== undefined;
  if (!isSet) return [];
  return [
    { kind: 'exception', value: amountOf(scores.of(unit, node.measure.id) ?? { kind: 'not-applicable' }) },
  ];
}

function answered(context: Context, node: LeafNode, unit: string): Answered {
  const { table, options } = context;
  const { answers } = context.edition;
  const code = table.code(unit, node.measure.id);
  const answer = answerOf(code, options(node.measure.id)) ?? '';
  const option = node.scale.answers.find((candidate) => candidate.answer === answer);
  const row = table.rowOf(unit, node.measure.id) ?? -1;
  const isNumber = node.scale.kind === 'number' && code >= CODE.FIRST_ANSWER;
  return {
    kind: 'answered',
    answer,
    name: option?.name ?? null,
    measuredIn: (isNumber && node.scale['measured-in']) || null,
    meaning: ownValue(node.measure.meanings, answer) ?? option?.meaning ?? '',
    note: answers.rows.note[row] ?? '',
    citations: citationsInCell(answers.rows.citations[row] ?? ''),
    steps: [...leafSteps(node, node.points.rows[code]), ...exceptionStep(context, node, unit)],
  };
}

function leftOut(score: Score | undefined): Part['leftOut'] {
  if (score?.kind === 'interval') return null;
  return score?.missing ? 'missing' : 'not-applicable';
}

function branch(context: Context, node: BranchNode, unit: string): Combined {
  const { scores } = context;
  const { exceptions } = scores.plan;
  const rule = ruleFor(node, unit, exceptions);
  const { weighs } = RULES[rule.combine];
  const isWeighed =
    weighs === 'always' ||
    (weighs === 'if-declared' && node.children.some((child) => child.node.measure.weight !== undefined));
  const parts = node.children.map(({ node: child }): Part => {
    const weight = exceptions.get(child.measure.id)?.get(unit)?.weight ?? child.measure.weight ?? '1';
    return {
      derivation: derive(context, child, unit),
      weight: isWeighed ? weight : null,
      leftOut: leftOut(scores.of(unit, child.measure.id)),
    };
  });
  const isMissing = scores.lacks(node, unit);
  return {
    kind: 'combined',
    rule: rule.combine,
    over: 'measures',
    parts,
    steps: [
      ...(isMissing ? [] : branchSteps(node, rule, unit, scores)),
      ...exceptionStep(context, node, unit),
    ],
  };
}

/** The services of a company, or the parts of a service, combined. */
function across(context: Context, node: AcrossNode, unit: string, own: readonly Service[]): Combined {
  const { scores } = context;
  const exceptions = scores.plan.exceptions.get(node.measure.id);
  const company = context.companyOf.get(unit);
  const rule = exceptions?.get(unit)?.across ?? exceptions?.get(company ?? '')?.across ?? node.across;
  const combine = company === undefined ? rule.services : (rule.nested ?? rule.services);
  const counted = company === undefined ? own.filter((part) => rule.scope?.includes(part.kind) ?? true) : own;
  const ids = counted.map(({ id }) => id);
  return {
    kind: 'combined',
    rule: combine,
    over: 'services',
    parts: counted.map(
      (service): Part => ({
        derivation: derive(context, node.inner, service.id),
        weight: null,
        leftOut: leftOut(scores.of(service.id, node.measure.id)),
      }),
    ),
    steps: [...acrossSteps(node, combine, ids, scores), ...exceptionStep(context, node, unit)],
  };
}
