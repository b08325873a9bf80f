import { slug } from '../ids.ts';
import type { LookedColumn } from './column.ts';

/** A scale that would hold what stands in some columns. */
export interface DraftScale {
  readonly id: string;
  readonly kind: 'number' | 'options';
  readonly min?: number;
  readonly max?: number;
  /** From best to worst, as far as the words tell. */
  readonly answers: readonly { readonly answer: string; readonly name: string; readonly points: number }[];
}

const ENDS = [1, 2, 3, 4, 5, 10, 20, 100, 1000, 10_000];
const STATES: Readonly<Record<string, string>> = {
  'n/a': 'not-applicable',
  'not applicable': 'not-applicable',
  'not assessed': 'not-assessed',
  'no data': 'not-assessed',
  'no evidence': 'no-evidence',
  '?': 'not-assessed',
};

/** What words are worth, best first: those of one row make a scale. */
const LADDERS: readonly (readonly string[])[] = [
  ['yes', 'partial', 'no'],
  ['yes', 'partly', 'no'],
  ['yes', 'partially', 'no'],
  ['yes', 'some', 'no'],
  ['true', 'false'],
  ['y', 'p', 'n'],
  ['full', 'partial', 'none'],
  ['fully', 'partially', 'not'],
  ['high', 'medium', 'low'],
  ['good', 'fair', 'poor'],
  ['pass', 'fail'],
  ['met', 'partially met', 'not met'],
];

/** Whether texts are all words of one ladder, or states. */
export const areAnswers = (texts: readonly string[]): boolean =>
  texts.length > 0 &&
  LADDERS.some((ladder) =>
    texts.every((text) => ladder.includes(text.toLowerCase()) || STATES[text.toLowerCase()] !== undefined),
  );

/** The scale of columns, and the words that are states and no answers. */
export function scaleOf(
  columns: readonly LookedColumn[],
  taken: ReadonlySet<string>,
): { scale: DraftScale; states: ReadonlyMap<string, string> } {
  const words = new Map<string, string>();
  for (const { values } of columns) for (const text of values.keys()) words.set(text.toLowerCase(), text);
  const states = new Map(
    [...words].flatMap(([word, text]) => (STATES[word] ? [[text, STATES[word]] as const] : [])),
  );
  const name = (wanted: string) => {
    let id = wanted;
    for (let number = 2; taken.has(id); number++) id = `${wanted}-${number}`;
    return id;
  };
  if (columns.every(({ isNumeric }) => isNumeric)) {
    const numbers = columns.flatMap((column) => column.numbers.filter((number) => number !== undefined));
    const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
    const max = ENDS.find((end) => most <= end) ?? Math.ceil(most);
    return {
      scale: {
        id: name(`from-0-to-${max}`),
        kind: 'number',
        min: Math.min(0, Math.floor(least)),
        max,
        answers: [],
      },
      states,
    };
  }
  const own = [...words].filter(([word]) => !STATES[word]);
  const ladder = LADDERS.find((ladder) => own.every(([word]) => ladder.includes(word)));
  const order = ladder ? ladder.filter((word) => words.has(word)) : own.map(([word]) => word).toSorted();
  const top = ladder ? ladder.length - 1 : order.length - 1;
  const answers = order.map((word, index) => ({
    answer: slug(word) || `answer-${index + 1}`,
    name: words.get(word) ?? word,
    points: top - (ladder ? ladder.indexOf(word) : index),
  }));
  return {
    scale: {
      id: name(
        answers
          .map(({ answer }) => answer)
          .join('-')
          .slice(0, 40),
      ),
      kind: 'options',
      answers,
    },
    states,
  };
}
