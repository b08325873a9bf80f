import { Command } from 'commander';
import { type Amount, type Comparison, compareEditions, scoreAndRank } from '#scoring/index';
import { openEdition } from '../open.ts';
import { count, paint, table, wrap, write, writeJson } from '../terminal.ts';

export function diffCommand(): Command {
  return new Command('diff')
    .description('compare two editions: what can be compared like for like, and what has changed')
    .argument('<before>', 'folder of the earlier edition')
    .argument('<after>', 'folder of the later edition')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ assay diff editions/message-privacy/2016 my-correction-of-2016')
    .action((before: string, after: string, options: { json?: boolean }) => {
      const [old, now] = [openEdition(before), openEdition(after)];
      const comparison = compareEditions(scoreAndRank(old), scoreAndRank(now));
      if (options.json) writeJson({ before: old.meta.id, after: now.meta.id, ...comparison });
      else write(comparisonText(comparison));
    });
}

function comparisonText({ measures, units, answers, scores, ranks, ranksComparable }: Comparison): string {
  const by = Map.groupBy(measures, (measure) => measure.status);
  const number = (status: (typeof measures)[number]['status']) => by.get(status)?.length ?? 0;
  const different = measures.filter(({ status }) => status !== 'same');
  const rankTitle = ranksComparable
    ? `Ranks: ${count(ranks.length, 'difference')}`
    : 'Ranks: not comparable, since what is ranked by has changed';
  return [
    section('Measures', [
      `  ${number('same')} the same, ${number('reworded')} reworded, ${number('changed')} changed (not comparable), ${number('added')} added, ${number('removed')} removed`,
      ...different.map(({ measure, status, why }) =>
        wrap(`${measure}: ${status}${why.length > 0 ? ` (${why.join('; ')})` : ''}`, '    '),
      ),
    ]),
    ...(units.added.length + units.removed.length > 0
      ? [
          section('Units', [
            ...units.added.map((unit) => `  + ${unit}`),
            ...units.removed.map((unit) => `  - ${unit}`),
          ]),
        ]
      : []),
    section(
      `Answers: ${count(answers.length, 'difference')}`,
      changes(
        answers.map(({ unit, measure, before, after }) => [unit, measure, before ?? '–', after ?? '–']),
      ),
    ),
    section(
      `Scores: ${count(scores.length, 'difference')}`,
      changes(
        scores.map(({ unit, measure, before, after }) => [unit, measure, amount(before), amount(after)]),
      ),
    ),
    section(
      rankTitle,
      changes(ranks.map(({ company, before, after }) => [company, '', rank(before), rank(after)])),
    ),
    '',
  ].join('\n');
}

const section = (title: string, body: readonly string[]) =>
  ['', `  ${paint('bold', title)}`, ...body].join('\n');

function changes(rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const hasMeasures = rows.some((row) => row[1] !== '');
  const columns = [
    { title: 'Unit' },
    ...(hasMeasures ? [{ title: 'Measure' }] : []),
    { title: 'Before' },
    { title: 'After' },
  ];
  return [table(columns, hasMeasures ? rows : rows.map(([unit = '', , ...rest]) => [unit, ...rest]))];
}

const amount = (value: Amount) =>
  value === null ? 'n/a' : typeof value === 'string' ? value : value.join('–');
const rank = (value: number | readonly [number, number] | null) =>
  value === null ? '–' : typeof value === 'number' ? String(value) : value.join('–');
