import { AnswerTable, type Citation, CODE, citationsIn, citationsInCell, type Edition } from '#edition/index';
import { type RankingRow, rankAt, type Scored, whatIf } from '#scoring/index';

/** An answer that cites a quote, or a source. */
export interface RestingAnswer {
  readonly unit: string;
  readonly measure: string;
}

/** What a company would have if what rests on some quotes were not known. */
export interface WithoutIt {
  readonly company: string;
  readonly answers: readonly RestingAnswer[];
  readonly total: string;
  readonly rank: RankingRow['rank'];
  readonly totalWithout: string;
  readonly rankWithout: RankingRow['rank'];
}

/** The answers that cite each quote (`source#quote`) and each source (`source`), in their row or in the section of their reasons. */
export function answersBy(edition: Edition): ReadonlyMap<string, readonly RestingAnswer[]> {
  const by = new Map<string, RestingAnswer[]>();
  const add = ({ source, quote }: Citation, answer: RestingAnswer) => {
    const key = quote === undefined ? source : `${source}#${quote}`;
    const known = by.get(key);
    if (!known) by.set(key, [answer]);
    else if (!known.some((own) => own.unit === answer.unit && own.measure === answer.measure))
      known.push(answer);
  };
  const { rows, units, leaves } = edition.answers;
  for (let row = 0; row < rows.length; row++) {
    const answer = { unit: units[rows.unit[row] ?? 0] ?? '', measure: leaves[rows.leaf[row] ?? 0] ?? '' };
    for (const citation of citationsInCell(rows.citations[row] ?? '')) add(citation, answer);
  }
  for (const { unit, sections } of edition.assessments)
    for (const { measure, text } of sections)
      for (const citation of citationsIn(text))
        if (leaves.includes(measure)) add(citation, { unit, measure });
  return by;
}

/** What totals and ranks would be if these answers were not assessed, company by company. Answers that are not scored change neither. */
export function withoutAnswers(scored: Scored, answers: readonly RestingAnswer[]): WithoutIt[] {
  const { edition, ranks } = scored;
  const companyOf = new Map([
    ...edition.companies.map(({ id }) => [id, id] as const),
    ...edition.services.map(({ id, company }) => [id, company] as const),
  ]);
  const suppose = whatIf(scored);
  const table = new AnswerTable(edition.answers);
  return [...Map.groupBy(answers, ({ unit }) => companyOf.get(unit) ?? '')].flatMap(
    ([company, own]): WithoutIt[] => {
      const assessed = own.filter((answer) => isAssessed(table, answer));
      const now = suppose(company, []);
      const then = suppose(
        company,
        assessed.map((answer) => ({ ...answer, answer: 'not-assessed' })),
      );
      const index = edition.companies.findIndex(({ id }) => id === company);
      return now && then
        ? [
            {
              company,
              answers: own,
              total: now.published,
              rank: rankAt(ranks, index),
              totalWithout: then.published,
              rankWithout: then.rank,
            },
          ]
        : [];
    },
  );
}

function isAssessed(table: AnswerTable, { unit, measure }: RestingAnswer): boolean {
  const code = table.code(unit, measure);
  return code !== CODE.NOT_APPLICABLE && code !== CODE.NOT_ASSESSED && code !== CODE.NONE;
}
