import { Command } from 'commander';
import {
  type Amount,
  decimalOf,
  type RankingRow,
  rankingOf,
  roundingOf,
  type Scored,
  scoreAndRank,
  verify,
} from '#scoring/index';
import { openEdition } from '../open.ts';
import { type Column, count, harmless, paint, table, wrap, write, writeJson } from '../terminal.ts';

export function rankCommand(): Command {
  return new Command('rank')
    .description('compute the ranking from the answers and print it')
    .argument('<edition>', 'folder of the edition')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ assay rank editions/message-privacy/2016\n  $ assay rank editions/message-privacy/2016 --json',
    )
    .action((folder: string, options: { json?: boolean }) => {
      const scored = scoreAndRank(openEdition(folder));
      const { rows, measures } = rankingOf(scored);
      if (options.json) writeJson({ edition: scored.edition.meta.id, rows });
      else write(rankingText(scored, rows, measures, folder));
    });
}

function rankingText(
  scored: Scored,
  rows: readonly RankingRow[],
  measures: readonly string[],
  folder: string,
): string {
  const { meta, methodology } = scored.edition;
  const byId = new Map(methodology.measures.map((measure) => [measure.id, measure]));
  const hasGrades = rows.some((row) => row.grade !== null);
  const columns: Column[] = [
    { title: 'Rank', align: 'right' },
    { title: 'Company' },
    { title: 'Score', align: 'right' },
    ...(hasGrades ? [{ title: 'Grade' }] : []),
    ...measures.map(
      (id): Column => ({ title: byId.get(id)?.short ?? byId.get(id)?.name ?? id, align: 'right' }),
    ),
  ];
  const line = (row: RankingRow) => [
    rankText(row.rank),
    row.name,
    row.published,
    ...(hasGrades ? [row.grade ?? ''] : []),
    ...measures.map((measure) => amountText(row.scores[measure] ?? null)),
  ];
  const tables = [...Map.groupBy(rows, (row) => row.group)].flatMap(([group, own]) => [
    ...(group ? [`  ${paint('bold', harmless(group))}`, ''] : []),
    table(columns, own.map(line), { keep: 3 }),
    '',
  ]);
  const cutOff = meta['cut-off'] ? paint('dim', `  evidence up to ${meta['cut-off'].date}`) : '';
  const scale = byId.get(methodology.ranking.measure)?.['out-of'];
  return [
    '',
    `  ${paint('bold', harmless(meta.title))}${cutOff}`,
    '',
    ...tables,
    ...(scale
      ? [
          paint(
            'dim',
            wrap(
              `Score out of ${scale}, rounded ${roundingOf(methodology, methodology.ranking.measure).rule}. Equal totals share a rank.`,
              '  ',
            ),
          ),
        ]
      : []),
    ...verifiedLine(scored, folder),
    ...meta['does-not-say']
      .slice(0, 1)
      .map((sentence) => paint('dim', wrap(`What this does not say: ${sentence}`, '  '))),
    '',
  ].join('\n');
}

const rankText = (rank: RankingRow['rank']) =>
  rank === null ? '–' : typeof rank === 'number' ? String(rank) : rank.join('–');
const amountText = (amount: Amount) =>
  amount === null ? 'n/a' : typeof amount === 'string' ? shortened(amount) : amount.map(shortened).join('–');
/** Floating-point scores have many digits, of which a table needs few. */
const shortened = (amount: string) => (/\.\d{5}/.test(amount) ? decimalOf(amount) : amount);

function verifiedLine(scored: Scored, folder: string): string[] {
  const { checked, matched, deviations } = verify(scored);
  if (checked === 0) return [];
  const unexplained = deviations.filter(({ state }) => state !== 'explained').length;
  const deviate =
    deviations.length === 0
      ? ''
      : `, ${deviations.length} ${deviations.length === 1 ? 'deviates' : 'deviate'} (${unexplained === 0 ? 'all explained' : `${unexplained} unexplained`}; see assay verify ${folder})`;
  const text = `${count(checked, 'published figure')} re-derived: ${matched} as printed${deviate}.`;
  return [unexplained === 0 ? wrap(text, '  ') : paint('red', wrap(text, '  '))];
}
