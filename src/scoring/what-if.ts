import type { Fraction } from '#arithmetic/index';
import { codeOf, type Edition, optionsOf, type Service } from '#edition/index';
import { type Amount, amountOf, printScore, roundingOf } from './amount.ts';
import { type Score, scoreEdition } from './exact/score.ts';
import { type ComparedBy, comparedBy, countFirst, exactKey, groupsOf } from './ranking/compared-by.ts';
import type { RankingRow, Scored } from './ranking/ranking.ts';

/** An answer that is supposed to be another. */
export interface AnswerChange {
  /** The company, or one of its services. */
  readonly unit: string;
  readonly measure: string;
  /** An answer of the leaf’s scale, or a state. */
  readonly answer: string;
}

/** What would come of it. */
export interface WhatIf {
  /** The exact total. */
  readonly exact: Amount;
  /** The total in print. */
  readonly published: string;
  readonly rank: RankingRow['rank'];
}

/**
 * What total and rank a company would have if some of its answers were others, and everything else as it is.
 *
 * Idea: a company’s total depends on its own answers alone, so that one is scored again, and its place found among the totals of the others,
 * which are sorted once. Numbers that are normalised keep the ends that all units together gave. Cost: a score of one company, and two bisections.
 *
 * @returns a function that gives undefined where there is no such company, unit of it, leaf or answer
 */
export function whatIf(
  scored: Scored,
): (company: string, changes: readonly AnswerChange[]) => WhatIf | undefined {
  const { edition, scores } = scored;
  const { methodology } = edition;
  const total = methodology.ranking.measure;
  const node = scores.plan.nodeOf(total, 'company');
  const by = comparedBy(methodology, total, node?.floating ?? false);
  const companies = new Map(edition.companies.map((company) => [company.id, company]));
  const services = Map.groupBy(edition.services, (service) => service.company);
  const totals = new Map(edition.companies.map(({ id }) => [id, endsOf(scores.of(id, total), by)]));
  const groups = groupsOf(edition);
  const groupOf = new Map(edition.companies.map(({ id }, index) => [id, groups[index] ?? 0]));
  const rivals = rivalsOf(totals, groupOf);
  const change = answerChanger(edition);
  return (company, changes) => {
    const own = companies.get(company);
    const alone = own && change(own.id, services.get(own.id) ?? [], changes);
    if (!own || !alone) return undefined;
    const supposed = { ...edition, companies: [own], services: services.get(own.id) ?? [], answers: alone };
    const score = scoreEdition(supposed, scores.plan).of(company, total) ?? { kind: 'not-applicable' };
    const now = endsOf(score, by);
    return {
      exact: amountOf(score),
      published: printScore(score, roundingOf(methodology, total)),
      rank: now ? rankAmong(rivals.get(groupOf.get(company) ?? 0), now, totals.get(company)) : null,
    };
  };
}

/** What totals are compared by, of the companies of a group, each end sorted from the highest down. */
interface Rivals {
  readonly lows: readonly Fraction[];
  readonly highs: readonly Fraction[];
}

function rivalsOf(
  totals: ReadonlyMap<string, Ends | undefined>,
  groupOf: ReadonlyMap<string, number>,
): ReadonlyMap<number, Rivals> {
  const byGroup = Map.groupBy(totals, ([id]) => groupOf.get(id) ?? 0);
  return new Map(
    [...byGroup].map(([group, own]) => {
      const ranked = own.flatMap(([, ends]) => ends ?? []);
      return [
        group,
        {
          lows: ranked.map((ends) => ends.low).sort((a, b) => b.compare(a)),
          highs: ranked.map((ends) => ends.high).sort((a, b) => b.compare(a)),
        },
      ];
    }),
  );
}

function rankAmong(rivals: Rivals | undefined, now: Ends, before: Ends | undefined): RankingRow['rank'] {
  const above = (sorted: readonly Fraction[], value: Fraction) =>
    countFirst(sorted.length, (index) => (sorted[index]?.compare(value) ?? 0) > 0);
  const best = 1 + above(rivals?.lows ?? [], now.high) - (before && before.low.compare(now.high) > 0 ? 1 : 0);
  const worst =
    1 + above(rivals?.highs ?? [], now.low) - (before && before.high.compare(now.low) > 0 ? 1 : 0);
  return best === worst ? best : [best, worst];
}

interface Ends {
  readonly low: Fraction;
  readonly high: Fraction;
}

/** What totals are compared by. */
function endsOf(score: Score | undefined, by: ComparedBy): Ends | undefined {
  if (score?.kind !== 'interval') return undefined;
  const key = exactKey(by);
  const [low, high] = [key(score.low), key(score.high)];
  return by.sign < 0 ? { low: high, high: low } : { low, high };
}

/** Gives the answers of one company and its services, some of them changed; undefined where one cannot be changed so. */
function answerChanger({ answers, methodology }: Edition) {
  const unitIndex = new Map(answers.units.map((unit, index) => [unit, index]));
  const leafIndex = new Map(answers.leaves.map((leaf, index) => [leaf, index]));
  const options = optionsOf(methodology, answers.numbers);
  const width = answers.leaves.length;
  return (
    company: string,
    services: readonly Service[],
    changes: readonly AnswerChange[],
  ): Edition['answers'] | undefined => {
    const units = [company, ...services.map((service) => service.id)];
    const codes = new Uint16Array(units.length * width);
    units.forEach((unit, row) => {
      const from = (unitIndex.get(unit) ?? 0) * width;
      codes.set(answers.codes.subarray(from, from + width), row * width);
    });
    for (const { unit, measure, answer } of changes) {
      const [row, leaf] = [units.indexOf(unit), leafIndex.get(measure)];
      const code = codeOf(answer, options(measure));
      if (row < 0 || leaf === undefined || code === undefined) return undefined;
      codes[row * width + leaf] = code;
    }
    return { ...answers, units, codes };
  };
}
