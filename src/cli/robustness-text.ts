import type { Alternative, Neighbours, Robustness } from '#analysis/index';
import { capitalised, type Noun } from '#edition/index';
import { harmless, paint, table, wrap } from './terminal.ts';

/** How firm a ranking is, for a terminal. */

const SCENARIOS = {
  'any-weights': 'Any weights',
  'noisy-weights': 'Weights',
  answers: 'Answers',
  open: 'Not assessed',
  raters: 'Raters',
  all: 'All at once',
} as const;

/** @param noun what is ranked is called */
export function robustnessText(report: Robustness, noun: Noun): string {
  const { settings, scenarios, generator } = report;
  return [
    '',
    ...intervalTables(report, noun),
    paint(
      'dim',
      wrap(
        `Ranks between which the ${noun.one} lies in 90 % of ${settings.draws.toLocaleString('en')} draws. Any weights: uniform on the simplex. Weights: each up to ${percent(settings.spread)} off. Answers: each a level off with a chance of ${percent(settings.chance)}. ${scenarios.map(({ id, used, refused, failed }) => `${SCENARIOS[id]}: ${used.toLocaleString('en')} used, ${refused.toLocaleString('en')} refused, ${failed.toLocaleString('en')} failed`).join('; ')}. ${generator.name}, seed ${generator.seed}.`,
        '  ',
      ),
    ),
    '',
    ...bandLines(report, noun),
    ...neighbourTable(report),
    ...alternativeTable('Left out, and how ranks move', report.leaveOneOut, noun),
    ...alternativeTable('Other rules, and how ranks move', report.alternatives, noun),
    ...sensitivityLines(report),
  ].join('\n');
}

function intervalTables(
  { ranking, scenarios, settings, singleAnswers, open }: Robustness,
  noun: Noun,
): string[] {
  const byCompany = scenarios.map(({ companies }) => new Map(companies.map((own) => [own.company, own])));
  const single = new Map(singleAnswers.map((own) => [own.company, own]));
  const most = settings.among.filter((k) => k <= ranking.length);
  const all = byCompany.at(-1);
  const line = ({ company, name, best, worst }: Robustness['ranking'][number]) => [
    range(best, worst),
    name,
    ...byCompany.map((own) => {
      const summary = own.get(company);
      return summary ? range(summary.low, summary.high) : '–';
    }),
    single.has(company) ? range(single.get(company)?.best ?? 0, single.get(company)?.worst ?? 0) : '–',
    ...most.map((k) => percent(all?.get(company)?.first[k] ?? 0)),
  ];
  const columns = [
    { title: 'Rank', align: 'right' as const },
    { title: capitalised(noun.one) },
    ...scenarios.map(({ id }) => ({ title: SCENARIOS[id], align: 'right' as const })),
    { title: 'One answer', align: 'right' as const },
    ...most.map((k) => ({ title: k === 1 ? 'First' : `First ${k}`, align: 'right' as const })),
  ];
  return [
    ...[...Map.groupBy(ranking, ({ group }) => group)].flatMap(([group, own]) => [
      ...(group ? [`  ${paint('bold', harmless(group))}`, ''] : []),
      table(columns, own.map(line), { keep: 3 }),
      '',
    ]),
    ...(open.length > 0
      ? [
          wrap(
            `Whatever the answers that nobody assessed: ${open.map(({ company, best, worst }) => `${company} ${range(best, worst)}`).join(', ')}.`,
            '  ',
          ),
          '',
        ]
      : []),
  ];
}

const range = (best: number, worst: number) => (best === worst ? String(best) : `${best}–${worst}`);
const percent = (value: number) => (value > 0 && value < 0.01 ? '< 1 %' : `${Math.round(value * 100)} %`);

function bandLines({ bands, ranking, settings }: Robustness, noun: Noun): string[] {
  if (!bands)
    return [wrap(`There are too many ${noun.many} to compare each with each; no bands are given.`, '  '), ''];
  const names = new Map(ranking.map(({ company, name }) => [company, name]));
  return [
    `  ${paint('bold', `Bands that the data can tell apart in ${percent(settings.confidence)} of all draws`)}`,
    ...bands.map((band, index) =>
      wrap(`${index + 1}. ${band.map((company) => names.get(company)).join(', ')}`, '  '),
    ),
    '',
  ];
}

const MOST_NEIGHBOURS = 40;

function neighbourTable({ neighbours, ranking }: Robustness): string[] {
  if (neighbours.length === 0) return [];
  const names = new Map(ranking.map(({ company, name }) => [company, name]));
  const rows = neighbours
    .slice(0, MOST_NEIGHBOURS)
    .map((pair) => [
      `${names.get(pair.higher)} > ${names.get(pair.lower)}`,
      pair.tied ? 'tied' : weightsText(pair.weights),
      pair.tied ? '' : answersText(pair.answers),
      pair.overtakes === undefined ? '' : percent(pair.overtakes),
    ]);
  return [
    table(
      [
        { title: 'What swaps neighbours' },
        { title: 'Least change of weights' },
        { title: 'Fewest answers' },
        { title: 'Swapped in draws', align: 'right' },
      ],
      rows,
    ),
    ...(neighbours.length > rows.length
      ? [paint('dim', `  (${neighbours.length - rows.length} more pairs: use --json)`)]
      : []),
    '',
  ];
}

function weightsText(swap: Neighbours['weights']): string {
  if (swap.state === 'possible') return `${percent(fraction(swap.share))} of the weight`;
  return swap.state === 'impossible' ? 'no weights do' : 'not computed';
}

function answersText(swap: Neighbours['answers']): string {
  if (swap.state === 'impossible') return 'no answers do';
  const ways = [swap.lowerUp ? `${swap.lowerUp} up` : '', swap.higherDown ? `${swap.higherDown} down` : ''];
  return ways.filter(Boolean).join(' or ') || 'more than one';
}

function fraction(text: string): number {
  const [numerator = '0', denominator = '1'] = text.split('/');
  return Number(numerator) / Number(denominator);
}

const MOST_ALTERNATIVES = 25;

function alternativeTable(title: string, alternatives: readonly Alternative[], noun: Noun): string[] {
  const used = alternatives.flatMap((own) => (own.state === 'used' ? [own] : []));
  const moving = used.filter(({ shift }) => shift.moved > 0).toSorted((a, b) => b.shift.mean - a.shift.mean);
  const still = used.filter(({ shift }) => shift.moved === 0);
  const refused = alternatives.flatMap((own) => (own.state === 'refused' ? [own] : []));
  const shown = moving.slice(0, MOST_ALTERNATIVES);
  const hasLevels = alternatives.some(({ depth }) => depth !== undefined);
  return [
    ...(shown.length > 0
      ? [
          table(
            [
              { title },
              { title: hasLevels ? 'Level' : 'Kind', align: hasLevels ? 'right' : 'left' },
              { title: 'Mean shift', align: 'right' },
              { title: 'Most', align: 'right' },
              { title: capitalised(noun.many), align: 'right' },
            ],
            shown.map(({ what, kind, depth, shift }) => [
              what,
              String(depth ?? kind),
              shift.mean.toFixed(2),
              String(shift.most),
              String(shift.moved),
            ]),
          ),
        ]
      : alternatives.length > 0
        ? [`  ${paint('bold', title)}`]
        : []),
    ...(moving.length > shown.length
      ? [paint('dim', `  (${moving.length - shown.length} more, which move less: use --json)`)]
      : []),
    ...(still.length > 0 ? [wrap(`Nobody moves: ${some(still.map(({ what }) => what))}.`, '  ')] : []),
    ...refused.map(({ what, why }) => wrap(`Refused: ${what}, ${why}.`, '  ')),
    ...(alternatives.length > 0 ? [''] : []),
  ];
}

const MOST_NAMED = 12;
const some = (names: readonly string[]) =>
  names.length <= MOST_NAMED
    ? names.join(', ')
    : `${names.slice(0, MOST_NAMED).join(', ')}, and ${names.length - MOST_NAMED} more`;

function sensitivityLines({ sensitivity }: Robustness): string[] {
  if (sensitivity.state === 'not-computed')
    return [wrap(`What matters most was not computed: ${sensitivity.why}.`, '  '), ''];
  const interval = (values: readonly [number, number] | undefined) =>
    values ? `${values[0].toFixed(2)} to ${values[1].toFixed(2)}` : '';
  return [
    table(
      [
        { title: 'What moves ranks most' },
        { title: 'Alone', align: 'right' },
        { title: '90 %' },
        { title: 'In all', align: 'right' },
        { title: '90 %' },
      ],
      sensitivity.inputs
        .toSorted((a, b) => b.total - a.total)
        .map((own) => [
          own.input,
          own.first.toFixed(2),
          interval(own.firstInterval),
          own.total.toFixed(2),
          interval(own.totalInterval),
        ]),
    ),
    paint(
      'dim',
      wrap(
        `Sobol’ indices of ${sensitivity.target}, from ${sensitivity.runs.toLocaleString('en')} runs; intervals from ${sensitivity.resamples} resamples.`,
        '  ',
      ),
    ),
    ...sensitivity.openOrder.map(([above, below]) =>
      paint('yellow', wrap(`Whether “${above}” or “${below}” matters more is left open.`, '  ')),
    ),
    '',
  ];
}
