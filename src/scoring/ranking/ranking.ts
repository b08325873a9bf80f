import type { Rounding } from '#arithmetic/index';
import type { Edition } from '#edition/index';
import { type Amount, amountOf, gradeOf, printScore, roundingOf } from '../amount.ts';
import { type Scores, scoreEdition } from '../exact/score.ts';
import { groupsOf } from './compared-by.ts';
import { type Ranks, rankCompanies } from './rank.ts';

/** One company in the ranking. */
export interface RankingRow {
  readonly company: string;
  readonly name: string;
  /** What it is ranked among; empty where all are ranked together. */
  readonly group: string;
  /** Two ranks where missing answers leave it open; null where the company is not ranked. */
  readonly rank: number | readonly [best: number, worst: number] | null;
  /** The exact total. */
  readonly exact: Amount;
  /** The total as it is printed. */
  readonly published: string;
  /** The total with so many digits as tell it from one that is printed alike and has another rank; null where there is none. */
  readonly apart: string | null;
  /** What the total is called; null where there are no grades. */
  readonly grade: string | null;
  /** The exact scores on the measures of `Ranking.measures`. */
  readonly scores: Readonly<Record<string, Amount>>;
}

export interface Ranking {
  readonly rows: readonly RankingRow[];
  /** The finest measures that are scored for a company itself, in the methodology’s order. */
  readonly measures: readonly string[];
}

/** An edition with everything the rules make of it; what most readers need, computed once. */
export interface Scored {
  readonly edition: Edition;
  readonly scores: Scores;
  readonly ranks: Ranks;
}

export function scoreAndRank(edition: Edition): Scored {
  const scores = scoreEdition(edition);
  return { edition, scores, ranks: rankCompanies(edition, scores) };
}

/** The ranking as it is shown: companies in the order of their ranks. */
export function rankingOf({ edition, scores, ranks }: Scored): Ranking {
  const total = edition.methodology.ranking.measure;
  const rounding = roundingOf(edition.methodology, total);
  const isGrouped = edition.methodology.ranking.within === 'group';
  const ranked = edition.methodology.measures.find((measure) => measure.id === total);
  const measures = finestOfCompanies(scores);
  const apart = apartness({ edition, scores, ranks }, total, rounding);
  const rows = [...ranks.order].flatMap((index): RankingRow[] => {
    const company = edition.companies[index];
    const score = company && scores.of(company.id, total);
    if (!company || !score) return [];
    return [
      {
        company: company.id,
        name: company.name,
        group: isGrouped ? company.group : '',
        rank: rankAt(ranks, index),
        exact: amountOf(score),
        published: printScore(score, rounding),
        apart: apart(index),
        grade: ranked ? gradeOf(ranked, score) : null,
        // Of a large index most readers want none of them.
        get scores() {
          return Object.fromEntries(
            measures.map((measure) => [
              measure,
              amountOf(scores.of(company.id, measure) ?? { kind: 'not-applicable' }),
            ]),
          );
        },
      },
    ];
  });
  return { rows, measures };
}

/** A double has no more digits that mean something. */
const MOST_DIGITS = 12;

/** Gives the digits that tell a total from those that are printed alike, among the same rivals, and rank otherwise. */
function apartness(
  { edition, scores, ranks }: Scored,
  total: string,
  rounding: Rounding,
): (company: number) => string | null {
  const groups = groupsOf(edition);
  const printed = edition.companies.map(({ id }, company) => {
    const score = ranks.best[company] ? scores.of(id, total) : undefined;
    return score && { score, text: printScore(score, rounding) };
  });
  const alike = Map.groupBy(
    printed.flatMap((own, company) => (own ? [{ ...own, company }] : [])),
    ({ text, company }) => `${groups[company]} ${text}`,
  );
  const found = new Map<number, string>();
  for (const own of alike.values()) {
    const rankOf = (company: number) => `${ranks.best[company]} ${ranks.worst[company]}`;
    const different = new Set(own.map(({ company }) => rankOf(company))).size;
    if (different < 2) continue;
    for (let digits = rounding.digits + 1; digits <= MOST_DIGITS; digits++) {
      const finer = own.map(({ score, company }) => ({
        company,
        text: printScore(score, { ...rounding, digits }),
      }));
      for (const { company, text } of finer) found.set(company, text);
      const byText = Map.groupBy(finer, ({ text }) => text);
      if (
        [...byText.values()].every((same) => new Set(same.map(({ company }) => rankOf(company))).size === 1)
      )
        break;
    }
  }
  return (company) => found.get(company) ?? null;
}

export function rankAt({ best, worst }: Ranks, company: number): RankingRow['rank'] {
  const [from = 0, to = 0] = [best[company], worst[company]];
  if (from === 0) return null;
  return from === to ? from : [from, to];
}

function finestOfCompanies({ plan }: Scores): string[] {
  return plan.nodes
    .filter((node) => node.unit === 'company' && node.kind !== 'branch')
    .map((node) => node.measure.id);
}
