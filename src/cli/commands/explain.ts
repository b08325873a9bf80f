import { Command } from 'commander';
import {
  combinedBy,
  counted,
  didYouMean,
  type Edition,
  type Exception,
  type Rounding,
  type UnitNames,
  unitNames,
} from '#edition/index';
import {
  type Amount,
  type Answered,
  type Derivation,
  decimalOf,
  explain,
  gradeOf,
  groupsOf,
  printedScore,
  rankAt,
  rankCompanies,
  type Scored,
  type Step,
  scoreAndRank,
} from '#scoring/index';
import { RULES } from '#scoring/rules/index';
import { Exit, openEdition } from '../open.ts';
import { count, harmless, paint, wrap, write, writeJson } from '../terminal.ts';

export function explainCommand(): Command {
  return new Command('explain')
    .description('show how a score came about, from the answers up')
    .argument('<edition>', 'folder of the edition')
    .argument('<unit>', 'id of a company or service')
    .argument('[measure]', 'id of a scored measure; the ranked total if not given')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  $ assay explain editions/message-privacy/2016 apple\n  $ assay explain editions/message-privacy/2016 apple informs-users',
    )
    .action((folder: string, unit: string, measure: string | undefined, options: { json?: boolean }) => {
      const edition = openEdition(folder);
      const scored = scoreAndRank(edition);
      const wanted = measure ?? edition.methodology.ranking.measure;
      const derivation = explain(edition, scored.scores, unit, wanted);
      if (!derivation) throw new Exit(2, whyNot(edition, unit, wanted));
      if (options.json) {
        writeJson(derivation);
        return;
      }
      write(
        `\n${paint('bold', harmless(derivation.unitName))}${rankText(scored, unit, wanted)}\n\n${derivationText(derivation, unitNames(edition.meta)).join('\n')}\n${reasons(edition, derivation)}${measure === undefined ? beside(scored, unit) : ''}`,
      );
    });
}

/** The rank on a measure, among those it is ranked with; empty where it has none. */
function rankText({ edition, scores }: Scored, unit: string, measure: string): string {
  const company = edition.companies.findIndex(({ id }) => id === unit);
  if (company < 0 || !scores.plan.nodeOf(measure, 'company')) return '';
  const rank = rankAt(rankCompanies(edition, scores, measure), company);
  if (rank === null) return '';
  const groups = groupsOf(edition);
  const rivals = groups.filter((group) => group === groups[company]).length;
  return `, rank ${typeof rank === 'number' ? rank : rank.join('–')} of ${counted(rivals, unitNames(edition.meta).ranked)}`;
}

/** What is published beside the total: measures that count for nothing above them. */
function beside(scored: Scored, unit: string): string {
  const { edition, scores } = scored;
  const combined = new Set([...combinedBy(edition.methodology).values()].flat().map(({ id }) => id));
  const others = edition.methodology.measures.filter(
    ({ id, recorded }) =>
      !recorded && !combined.has(id) && id !== edition.methodology.ranking.measure && scores.of(unit, id),
  );
  if (others.length === 0) return '';
  const lines = others.map((measure) => {
    const score = scores.of(unit, measure.id) ?? { kind: 'not-applicable' as const };
    const grade = gradeOf(measure, score);
    return `  ${harmless(measure.name)} ${paint('dim', measure.id)}: ${paint('bold', printedScore(score, edition.methodology, measure.id))}${grade === null ? '' : `, ${harmless(grade)}`}${rankText(scored, unit, measure.id)}`;
  });
  return `\nBeside it:\n${lines.join('\n')}\n`;
}

function whyNot({ meta, companies, services, methodology }: Edition, unit: string, measure: string): string {
  const units = [...companies, ...services].map((candidate) => candidate.id);
  if (!units.includes(unit))
    return `There is no ${unitNames(meta).ranked.one} or ${unitNames(meta).parts.one} “${unit}”.${didYouMean(unit, units)}`;
  const known = methodology.measures.find((candidate) => candidate.id === measure);
  const scored = methodology.measures
    .filter((candidate) => !candidate.recorded)
    .map((candidate) => candidate.id);
  if (!known)
    return `There is no measure “${measure}”.${didYouMean(measure, scored)} Scored measures: ${scored.join(', ')}.`;
  if (known.recorded) return `“${measure}” is recorded, not scored. “assay query” shows its answers.`;
  return `“${measure}” is not scored for “${unit}”: it is about the other kind of unit.`;
}

function derivationText(
  derivation: Derivation,
  names: UnitNames,
  indent = '',
  part?: { label?: string; weight: string | null },
): string[] {
  const { by } = derivation;
  const label =
    part?.label === undefined
      ? `${paint('bold', harmless(derivation.name))} ${paint('dim', derivation.measure)}`
      : harmless(part.label);
  const head = `${indent}${label}`;
  const weighed = part?.weight == null ? '' : paint('dim', `, weight ${part.weight}`);
  const exception = derivation.exception
    ? [
        `${indent}  ${paint('yellow', '!')} ${harmless(`Exception: ${exceptionText(derivation.exception, names)}. ${derivation.exception.reason}`)}`,
      ]
    : [];
  if (by.kind === 'answered') {
    const points =
      derivation.exact === null
        ? 'left out'
        : `${amount(derivation.exact)} of ${decimalOf(derivation.maximum ?? '0')}`;
    return [
      `${head}: ${paint('cyan', harmless(answerText(by)))}, ${points}${weighed}`,
      ...exception,
      ...by.steps
        .slice(1)
        .map((step) => `${indent}  ${paint('dim', '=')} ${stepText(step, 'measures', names)}`),
    ];
  }
  const labelOf = (own: Derivation) => (by.over === 'services' ? { label: own.unitName } : {});
  return [
    `${head}: ${valueText(derivation)}${weighed}`,
    ...exception,
    ...by.parts.flatMap((own) =>
      derivationText(own.derivation, names, `${indent}  `, {
        ...labelOf(own.derivation),
        weight: own.weight,
      }),
    ),
    ...by.steps.map((step) => `${indent}  ${paint('dim', '=')} ${stepText(step, by.over, names)}`),
    ...roundingLine(derivation, indent),
  ];
}

function valueText({ exact, missing, published, grade }: Derivation): string {
  if (missing === 'too-few') return 'none: too few answers';
  if (missing === 'unpublished') return 'none: its parts were not published';
  if (exact === null) return 'not applicable';
  return `${paint('bold', published)}${grade === null ? '' : `, ${harmless(grade)}`}`;
}

function stepText(step: Step, over: 'measures' | 'services', names: UnitNames): string {
  const value = amount(step.value);
  switch (step.kind) {
    case 'points':
      return `points ${value} of at most ${decimalOf(step.maximum)}`;
    case 'combine':
      return `${RULES[step.rule].words}${over === 'services' ? ` of the ${names.parts.many}` : ''} ${value} of at most ${decimalOf(step.maximum)}`;
    case 'share':
      return step.value === null
        ? 'nothing above 0 could be reached, so there is no share of it'
        : `as a share of that maximum, times ${step.outOf}: ${value}`;
    case 'band': {
      const bands = step.bands
        .map((band) => (band.name ? `“${harmless(band.name)}”` : `the band of ${band.points}`))
        .join(' to ');
      return `falls into ${bands}: ${value}`;
    }
    case 'rounded':
      return `rounded ${roundingText(step.rounding)}: ${value}`;
    case 'exception':
      return step.value === null ? 'left out by exception' : `by exception: ${value}`;
  }
}

const roundingText = ({ rule, digits }: Rounding): string =>
  `${rule}, ${digits === 0 ? 'to a whole number' : `to ${count(digits, 'digit')}`}`;

/** What an exception does, in a few words. */
function exceptionText(exception: Exception, names: UnitNames): string {
  if (exception['leave-out']) return 'it does not count';
  if (exception.score !== undefined) return `its score is set to ${exception.score}`;
  if (exception.given !== undefined) return `its score is given as ${exception.given}, without its parts`;
  if (exception.weight !== undefined) return `its weight is ${exception.weight}`;
  if (exception.combine !== undefined)
    return `what it combines is combined otherwise: ${RULES[exception.combine].words}`;
  const { services, nested, scope } = exception.across ?? { services: 'mean' as const };
  const inner = nested ? ` (those that are part of another: ${RULES[nested].words})` : '';
  const kinds = scope ? `, of the kinds ${scope.join(', ')} only` : '';
  return `its ${names.parts.many} are combined otherwise: ${RULES[services].words}${inner}${kinds}`;
}

/** An answer as it is called: by its scale, as a number with what it counts, or as a state. */
function answerText({ answer, name, measuredIn }: Answered): string {
  const states: ReadonlyMap<string, string> = new Map([
    ['not-applicable', 'Not applicable'],
    ['no-evidence', 'No evidence found'],
    ['not-assessed', 'Not assessed'],
    ['', 'not published'],
  ]);
  return name ?? states.get(answer) ?? (measuredIn ? `${answer} ${measuredIn}` : answer);
}

function roundingLine({ exact, published, rounding }: Derivation, indent: string): string[] {
  const shown =
    exact === null
      ? published
      : typeof exact === 'string'
        ? decimalOf(exact)
        : exact.map(decimalOf).join('–');
  if (shown === published || Number(shown) === Number(published)) return [];
  return [`${indent}  ${paint('dim', '≈')} printed ${paint('bold', published)} (${roundingText(rounding)})`];
}

/** Decimals to read, with the exact fraction behind where they do not end. */
function amount(value: Amount): string {
  if (value === null) return 'n/a';
  const one = (exact: string) =>
    decimalOf(exact).endsWith('…') && exact.includes('/')
      ? `${decimalOf(exact)} (${exact})`
      : decimalOf(exact);
  return typeof value === 'string' ? one(value) : `${one(value[0])} to ${one(value[1])}`;
}

/** For a single leaf: what the level means and why it was given. */
function reasons(edition: Edition, { unit, measure, by }: Derivation): string {
  if (by.kind !== 'answered') return '';
  const section = edition.assessments
    .find((assessment) => assessment.unit === unit)
    ?.sections.find((candidate) => candidate.measure === measure);
  const texts = [
    by.meaning && `What ${answerText(by)} means: ${by.meaning}`,
    by.note,
    ...(section?.text.split(/\n{2,}/) ?? []),
  ].filter(Boolean);
  return `\n${texts.map((text) => wrap(text, '  ')).join('\n\n')}\n`;
}
