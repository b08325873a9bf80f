import {
  blocksOf,
  DEFAULT_SETTINGS,
  makeModel,
  type Robustness,
  robustness,
  runBlocks,
} from '#analysis/index';
import type { Scored } from '#scoring/index';

/** Beyond this the page would say little that a reader can take in, and building would take its time. */
const MOST_COMPANIES = 2_000;
/** Values that are computed for one kind of draw, at most about; large indexes get fewer draws, and the page says how many. */
const MOST_VALUES = 1e8;
const FEWEST_DRAWS = 200;

/** How firm a ranking is, as the site shows it: the same for the same edition. Undefined where there is nothing to rank, or too much. */
export async function firmnessOf(scored: Scored): Promise<Robustness | undefined> {
  const ranked = scored.ranks.best.filter((rank) => rank > 0).length;
  if (ranked < 2 || scored.edition.companies.length > MOST_COMPANIES) return undefined;
  const values = makeModel(scored).nodes.reduce((sum, { units }) => sum + units, 0);
  const draws = Math.min(DEFAULT_SETTINGS.draws, Math.max(FEWEST_DRAWS, Math.floor(MOST_VALUES / values)));
  return robustness(scored, { ...DEFAULT_SETTINGS, draws }, (job) =>
    runBlocks(
      job,
      Array.from({ length: blocksOf(job) }, (_, block) => block),
    ),
  );
}

/** Of each company, where it came in each kind of draws: a row a company and kind. */
export function firmnessCsv({ scenarios, ranking, generator }: Robustness): string {
  const columns = [
    'company',
    'rank_best',
    'rank_worst',
    'kind',
    'low',
    'median',
    'high',
    'mean',
    'first',
    'draws',
    'generator',
    'seed',
  ];
  const ranks = new Map(ranking.map((row) => [row.company, row]));
  const rows = scenarios.flatMap(({ id, used, companies }) =>
    companies.map((own) => {
      const row = ranks.get(own.company);
      return [
        own.company,
        row?.best ?? '',
        row?.worst ?? '',
        id,
        own.low,
        own.median,
        own.high,
        own.mean,
        own.first[1] ?? '',
        used,
        generator.name,
        generator.seed,
      ].join(',');
    }),
  );
  return `${[columns.join(','), ...rows].join('\n')}\n`;
}

/** The ranks between which a company lies nine times out of ten, when everything that is uncertain is drawn at once. */
export function likelyRanks(
  firmness: Robustness | undefined,
  company: string,
): readonly [low: number, high: number] | undefined {
  const summary = firmness?.scenarios
    .find(({ id }) => id === 'all')
    ?.companies.find((own) => own.company === company);
  return summary && [summary.low, summary.high];
}
