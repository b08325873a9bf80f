import { Command } from 'commander';
import type { Edition, Measure, Methodology } from '#edition/index';
import {
  type Change,
  type Comparison,
  compareEditions,
  gradeOf,
  printedScore,
  type Scored,
  scoreAndRank,
} from '#scoring/index';
import { openEdition } from '../open.ts';
import { count, harmless, paint, table, wrap, write, writeJson } from '../terminal.ts';

interface Options {
  readonly json?: boolean;
  readonly all?: boolean;
}

export function diffCommand(): Command {
  return new Command('diff')
    .description('compare two editions: what can be compared like for like, and what has changed')
    .argument('<before>', 'folder of the earlier edition')
    .argument('<after>', 'folder of the later edition')
    .option('--all', 'list every difference')
    .option('--json', 'print JSON, with exact fractions')
    .addHelpText('after', '\nExample:\n  $ assay diff editions/message-privacy/2016 my-correction-of-2016')
    .action((before: string, after: string, options: Options) => {
      const [old, now] = [scoreAndRank(openEdition(before)), scoreAndRank(openEdition(after))];
      const comparison = compareEditions(old, now);
      if (options.json) writeJson({ before: old.edition.meta.id, after: now.edition.meta.id, ...comparison });
      else
        write(
          comparisonText(old, now, comparison, options.all === true ? Number.POSITIVE_INFINITY : MOST_LISTED),
        );
    });
}

/** Of each kind, so many differences are listed. */
const MOST_LISTED = 20;

function comparisonText(before: Scored, after: Scored, comparison: Comparison, most: number): string {
  const { measures, answers, scores, ranks, ranksComparable } = comparison;
  const name = namesIn(before.edition, after.edition);
  const grades = changedGrades(before, after, scores);
  const different = measures.filter(({ status }) => status !== 'same');
  const rankTitle = ranksComparable
    ? `Ranks: ${differences(ranks.length)}`
    : 'Ranks: not comparable, since what is ranked by has changed';
  const printed = (scored: Scored, { unit, measure }: Change<unknown>) =>
    printedScore(
      scored.scores.of(unit, measure) ?? { kind: 'not-applicable' },
      scored.edition.methodology,
      measure,
    );
  return [
    section('Measures', [
      measureCounts(comparison),
      ...different.map(({ measure, status, why }) =>
        wrap(`${name(measure)}: ${status}${why.length > 0 ? ` (${why.join('; ')})` : ''}`, '    '),
      ),
    ]),
    ...unitLines(comparison, name),
    section(
      `Answers: ${differences(answers.length)}`,
      changes(
        answers.map(({ unit, measure, before: was, after: is }) => [
          name(unit),
          name(measure),
          was ?? '–',
          is ?? '–',
        ]),
        most,
      ),
    ),
    section(`Scores: ${differences(scores.length)}${byLevel(after.edition, scores)}`, [
      ...changes(
        scores.map((change) => [
          name(change.unit),
          name(change.measure),
          printed(before, change),
          printed(after, change),
        ]),
        most,
      ),
    ]),
    ...(grades.length > 0
      ? [
          section(
            `Grades: ${differences(grades.length)}`,
            changes(
              grades.map(({ unit, measure, before: was, after: is }) => [name(unit), name(measure), was, is]),
              most,
            ),
          ),
        ]
      : []),
    section(
      rankTitle,
      changes(
        ranks.map(({ company, before: was, after: is }) => [name(company), '', rank(was), rank(is)]),
        most,
      ),
    ),
    '',
  ].join('\n');
}

const differences = (number: number) => count(number, 'difference');

/** Names by ids of units and measures: those of the later edition, where both have one. */
function namesIn(...editions: readonly Edition[]): (id: string) => string {
  const names = new Map<string, string>();
  for (const { companies, services, methodology } of editions)
    for (const own of [...methodology.measures, ...companies, ...services]) names.set(own.id, own.name);
  return (id) => harmless(names.get(id) ?? id);
}

function measureCounts({ measures }: Comparison): string {
  const by = Map.groupBy(measures, (measure) => measure.status);
  const number = (status: (typeof measures)[number]['status']) => by.get(status)?.length ?? 0;
  return `  ${number('same')} the same, ${number('reworded')} reworded, ${number('changed')} changed (not comparable), ${number('added')} added, ${number('removed')} removed`;
}

function unitLines({ units }: Comparison, name: (id: string) => string): string[] {
  if (units.added.length + units.removed.length === 0) return [];
  return [
    section('Units', [
      ...units.added.map((unit) => `  + ${name(unit)}`),
      ...units.removed.map((unit) => `  - ${name(unit)}`),
    ]),
  ];
}

/** How many scores differ on the ranked measure, on each level that has a name, and on others. */
function byLevel({ methodology }: Edition, scores: Comparison['scores']): string {
  if (scores.length < 2) return '';
  const kinds = new Map(methodology.measures.map((measure) => [measure.id, kindOf(measure, methodology)]));
  const counts = Map.groupBy(scores, ({ measure }) => kinds.get(measure) ?? 'on others');
  return ` (${[...counts].map(([kind, own]) => `${own.length} ${kind}`).join(', ')})`;
}

function kindOf(measure: Measure, { ranking }: Methodology): string {
  if (measure.id === ranking.measure) return 'on the total';
  if (measure.level !== undefined) return `on the level ${measure.level}`;
  return measure.scale === undefined ? 'in between' : 'on answers';
}

function changedGrades(before: Scored, after: Scored, scores: Comparison['scores']): Change<string>[] {
  const grade = ({ edition, scores: own }: Scored, unit: string, id: string) => {
    const measure = edition.methodology.measures.find((candidate) => candidate.id === id);
    const score = own.of(unit, id);
    return (measure && score && gradeOf(measure, score)) ?? 'n/a';
  };
  return scores.flatMap(({ unit, measure }) => {
    const [was, is] = [grade(before, unit, measure), grade(after, unit, measure)];
    return was === is ? [] : [{ unit, measure, before: was, after: is }];
  });
}

const section = (title: string, body: readonly string[]) =>
  ['', `  ${paint('bold', title)}`, ...body].join('\n');

function changes(rows: readonly (readonly string[])[], most: number): string[] {
  if (rows.length === 0) return [];
  const hasMeasures = rows.some((row) => row[1] !== '');
  const columns = [
    { title: 'Unit' },
    ...(hasMeasures ? [{ title: 'Measure' }] : []),
    { title: 'Before' },
    { title: 'After' },
  ];
  const shown = rows.slice(0, most);
  const left = rows.length - shown.length;
  return [
    table(columns, hasMeasures ? shown : shown.map(([unit = '', , ...rest]) => [unit, ...rest])),
    ...(left > 0 ? [paint('dim', `  … and ${left.toLocaleString('en')} more; --all lists them.`)] : []),
  ];
}

const rank = (value: number | readonly [number, number] | null) => {
  if (value === null) return '–';
  return typeof value === 'number' ? String(value) : value.join('–');
};
