import { Command } from 'commander';
import { capitalised, fewLimits, limitsOf, unitNames } from '#edition/index';
import {
  levelsToRead,
  printedScore,
  type RankingRow,
  rankingOf,
  roundingOf,
  type Scored,
  scoreAndRank,
  verify,
} from '#scoring/index';
import { openEdition } from '../open.ts';
import { type Column, count, harmless, paint, table, wrap, write, writeJson } from '../terminal.ts';

interface Options {
  readonly json?: boolean;
  readonly all?: boolean;
}

/** More columns than these make a table that nobody reads. */
const MOST_COLUMNS = 8;

export function rankCommand(): Command {
  return new Command('rank')
    .description('compute the ranking from the answers and print it')
    .argument('<edition>', 'folder of the edition')
    .option('--all', 'show the finest measures, however many')
    .option('--json', 'print JSON, with exact fractions')
    .addHelpText(
      'after',
      '\nExample:\n  $ assay rank editions/message-privacy/2016\n  $ assay rank editions/message-privacy/2016 --json',
    )
    .action((folder: string, options: Options) => {
      const scored = scoreAndRank(openEdition(folder));
      const { rows, measures } = rankingOf(scored);
      if (options.json) writeJson({ edition: scored.edition.meta.id, rows });
      else write(rankingText(scored, rows, measures, { folder, all: options.all === true }));
    });
}

function rankingText(
  scored: Scored,
  rows: readonly RankingRow[],
  finest: readonly string[],
  { folder, all }: { readonly folder: string; readonly all: boolean },
): string {
  const { meta, methodology } = scored.edition;
  const byId = new Map(methodology.measures.map((measure) => [measure.id, measure]));
  const measures = all ? finest : levelsToRead(methodology, finest, MOST_COLUMNS);
  const hasGrades = rows.some((row) => row.grade !== null);
  const columns: Column[] = [
    { title: 'Rank', align: 'right' },
    { title: capitalised(unitNames(meta).ranked.one) },
    { title: 'Score', align: 'right' },
    ...(hasGrades ? [{ title: 'Grade' }] : []),
    ...measures.map(
      (id): Column => ({ title: byId.get(id)?.short ?? byId.get(id)?.name ?? id, align: 'right' }),
    ),
  ];
  const line = (row: RankingRow) => [
    rankText(row.rank),
    row.name,
    row.apart === null ? row.published : `${row.published} (${row.apart})`,
    ...(hasGrades ? [row.grade ?? ''] : []),
    ...measures.map((measure) =>
      printedScore(
        scored.scores.of(row.company, measure) ?? { kind: 'not-applicable' },
        methodology,
        measure,
      ),
    ),
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
    paint('dim', wrap(aboutScores(scored, rows, { scale, shown: measures.length, of: finest.length }), '  ')),
    ...verifiedLine(scored, folder),
    ...fewLimits(limitsOf(meta))
      .slice(0, 1)
      .map(({ text }) => paint('dim', wrap(`What this does not say: ${text}`, '  '))),
    '',
  ].join('\n');
}

const rankText = (rank: RankingRow['rank']) =>
  rank === null ? '–' : typeof rank === 'number' ? String(rank) : rank.join('–');

/** How scores are to be read, as far as it is not plain. */
function aboutScores(
  { edition, scores }: Scored,
  rows: readonly RankingRow[],
  { scale, shown, of }: { readonly scale: string | undefined; readonly shown: number; readonly of: number },
): string {
  const { methodology } = edition;
  const { measure, basis, tolerance } = methodology.ranking;
  const { rule, digits } = roundingOf(methodology, measure);
  const isLowerBetter = methodology.measures.find(({ id }) => id === measure)?.direction === 'lower';
  const isFloating = scores.plan.nodeOf(measure, 'company')?.floating === true;
  const sharing = [...Map.groupBy(rows, ({ group, rank }) => `${group} ${String(rank)}`).values()];
  const sharesOther = sharing.some(
    (own) => typeof own[0]?.rank === 'number' && new Set(own.map((row) => row.published)).size > 1,
  );
  return [
    `Score${scale ? ` out of ${scale}` : ''}, rounded ${rule}${digits === 0 ? '' : ` to ${count(digits, 'digit')}`}. ${isLowerBetter ? 'Lower is better. ' : ''}Equal totals share a rank.`,
    rows.some(({ apart }) => apart !== null)
      ? 'Where totals are printed alike and rank apart, the digits that decide stand beside them.'
      : '',
    sharesOther && basis === 'published' ? 'Totals are compared as the ranking rounds them.' : '',
    sharesOther && isFloating && basis === 'exact'
      ? `Totals are compared by their nearest multiples of ${tolerance ?? '0.000000001'}.`
      : '',
    (methodology.exceptions ?? []).some(({ given }) => given !== undefined)
      ? 'Some scores were given without their parts; “assay explain” marks them.'
      : '',
    shown < of
      ? `${shown === 0 ? 'No measures are' : `${count(shown, 'measure')} of the upper levels ${shown === 1 ? 'is' : 'are'}`} shown; --all shows the ${of} finest.`
      : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

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
