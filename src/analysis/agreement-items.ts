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
/** What an edition says of what is not answered: these have no place among the answers. (What nobody assessed is no rating.) */
const isState = (answer: string) => answer === 'not-applicable' || answer === 'no-evidence';

/** The answers that were given: numbers in their order, words by the alphabet, states last. */
export function observedDomain(ratings: readonly Rating[]): string[] {
  const answers = [...new Set(ratings.map(({ answer }) => answer))];
  const graded = answers.filter((answer) => !isState(answer));
  const sorted = graded.every(isNumber)
    ? graded.toSorted((a, b) => Number(a) - Number(b))
    : graded.toSorted();
  return [...sorted, ...answers.filter(isState).toSorted()];
}

export interface Values {
  readonly areNumbers: boolean;
  /** Whether one answer is more than another. */
  readonly isOrdered: boolean;
  /** The answers that have a place among the others, and their values: numbers, or the places of words. */
  readonly graded: readonly { readonly answer: string; readonly value: number }[];
}

export function valuesOf(domain: readonly string[], isDeclared: boolean): Values {
  const graded = domain.filter((answer) => !isState(answer));
  const areNumbers = graded.every(isNumber);
  return {
    areNumbers,
    isOrdered: areNumbers || isDeclared,
    graded: graded.map((answer, place) => ({ answer, value: areNumbers ? Number(answer) : place + 1 })),
  };
}

/** What raters disagree on, the widest apart first. */
export interface Disagreement {
  readonly unit: string;
  readonly measure: string;
  readonly spread: number;
  readonly answers: Readonly<Record<string, string>>;
}

/** An answer and a state are as far apart as two answers can be. */
export function disagreementsOf(items: readonly Item[], { graded }: Values): Disagreement[] {
  const values = new Map(graded.map(({ answer, value }) => [answer, value]));
  const all = [...values.values()];
  const widest = all.length > 0 ? Math.max(...all) - Math.min(...all) : 0;
  return items
    .flatMap(({ unit, measure, answers }) => {
      const given = new Set(answers.values());
      if (given.size < 2) return [];
      const own = [...given].flatMap((answer) => values.get(answer) ?? []);
      const spread = own.length < given.size ? widest : Math.max(...own) - Math.min(...own);
      return [{ unit, measure, spread, answers: Object.fromEntries([...answers].toSorted()) }];
    })
    .toSorted((a, b) => b.spread - a.spread);
}
