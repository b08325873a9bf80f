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
  const lines: string[] = [];
  const section = (title: string, body: readonly string[]) => {
    if (body.length > 0) lines.push('', `  ${paint('bold', title)}`, ...body);
  };
  const by = Map.groupBy(measures, (measure) => measure.status);
  const number = (status: (typeof measures)[number]['status']) => by.get(status)?.length ?? 0;
  section('Measures', [
    `  ${number('same')} the same, ${number('reworded')} reworded, ${number('changed')} changed (not comparable), ${number('added')} added, ${number('removed')} removed`,
    ...measures
      .filter(({ status }) => status !== 'same')
      .map(({ measure, status, why }) =>
        wrap(`${measure}: ${status}${why.length > 0 ? ` (${why.join('; ')})` : ''}`, '    '),
      ),
  ]);
  section('Units', [
    ...units.added.map((unit) => `  + ${unit}`),
    ...units.removed.map((unit) => `  - ${unit}`),
  ]);
  section(
    `Answers: ${count(answers.length, 'difference')}`,
    changeTable(
      answers.map(({ unit, measure, before, after }) => [unit, measure, before ?? '–', after ?? '–']),
    ),
  );
  section(
    `Scores: ${count(scores.length, 'difference')}`,
    changeTable(
      scores.map(({ unit, measure, before, after }) => [unit, measure, amount(before), amount(after)]),
    ),
  );
  const rankRows = ranks.map(({ company, before, after }) => [company, rank(before), rank(after)]);
  const rankLines =
    rankRows.length === 0
      ? []
      : [
          table(
            [{ title: 'Company' }, { title: 'Before', align: 'right' }, { title: 'After', align: 'right' }],
            rankRows,
          ),
        ];
  section(
    ranksComparable ? `Ranks: ${count(ranks.length, 'difference')}` : 'Ranks',
    ranksComparable
      ? rankLines.length > 0
        ? rankLines
        : ['  the same']
      : ['  not comparable: what is ranked by has changed'],
  );
  return [...lines, ''].join('\n');
}

function changeTable(rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return ['  the same'];
  return [table([{ title: 'Unit' }, { title: 'Measure' }, { title: 'Before' }, { title: 'After' }], rows)];
}

const amount = (value: Amount) =>
  value === null ? 'n/a' : typeof value === 'string' ? value : value.join('–');
const rank = (value: number | readonly [number, number] | null) =>
  value === null ? '–' : typeof value === 'number' ? String(value) : value.join('–');
