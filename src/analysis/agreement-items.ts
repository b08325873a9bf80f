import { PairMap } from '#edition/index';

/** What one rater answered about one unit on one measure. */
export interface Rating {
  readonly unit: string;
  readonly measure: string;
  readonly rater: string;
  readonly answer: string;
}

export interface Item {
  readonly unit: string;
  readonly measure: string;
  readonly answers: ReadonlyMap<string, string>;
}

export function itemsOf(ratings: readonly Rating[]): Item[] {
  const items = new PairMap<Item & { answers: Map<string, string> }>();
  for (const { unit, measure, rater, answer } of ratings) {
    const item = items.get(unit, measure) ?? { unit, measure, answers: new Map<string, string>() };
    items.set(unit, measure, item);
    item.answers.set(rater, answer);
  }
  return [...items].map(([, , item]) => item);
}

const isNumber = (text: string) => /^-?\d+(?:\.\d+)?$/.test(text);

export function observedDomain(ratings: readonly Rating[]): string[] {
  const answers = [...new Set(ratings.map(({ answer }) => answer))];
  return answers.every(isNumber) ? answers.toSorted((a, b) => Number(a) - Number(b)) : answers.toSorted();
}

export interface Values {
  readonly areNumbers: boolean;
  /** Whether one answer is more than another. */
  readonly isOrdered: boolean;
  of(answer: string): number;
}

/** Answers as numbers: themselves, or where they are words their places in the domain. */
export function valuesOf(domain: readonly string[], isDeclared: boolean): Values {
  const areNumbers = domain.every(isNumber);
  const places = new Map(domain.map((answer, place) => [answer, place + 1]));
  return {
    areNumbers,
    isOrdered: areNumbers || isDeclared,
    of: (answer) => (areNumbers ? Number(answer) : (places.get(answer) ?? Number.NaN)),
  };
}

/** What raters disagree on, the widest apart first. */
export interface Disagreement {
  readonly unit: string;
  readonly measure: string;
  readonly spread: number;
  readonly answers: Readonly<Record<string, string>>;
}

export function disagreementsOf(
  items: readonly Item[],
  domain: readonly string[],
  toNumber: (answer: string) => number,
): Disagreement[] {
  const places = new Map(domain.map((answer, place) => [answer, place]));
  return items
    .flatMap(({ unit, measure, answers }) => {
      const values = [...answers.values()].map(toNumber);
      const spread = Math.max(...values) - Math.min(...values);
      const differ = new Set([...answers.values()].map((answer) => places.get(answer))).size > 1;
      return differ ? [{ unit, measure, spread, answers: Object.fromEntries([...answers].toSorted()) }] : [];
    })
    .toSorted((a, b) => b.spread - a.spread);
}
