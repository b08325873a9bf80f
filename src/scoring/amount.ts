import { type Fraction, fraction, print } from '#arithmetic/index';
import type { Measure, Methodology, Rounding } from '#edition/index';
import type { Score } from './exact/score.ts';

/** An exact value as text: `"220/3"` (of floating point a decimal); two of them where it is an interval; null where the measure is not applicable. */
export type Amount = string | readonly [low: string, high: string] | null;

export function amountOf(score: Score): Amount {
  if (score.kind === 'not-applicable') return null;
  const text = (value: Fraction) => (score.floating ? String(value.valueOf()) : value.toFraction());
  const [low, high] = [text(score.low), text(score.high)];
  return low === high ? low : [low, high];
}

/** The rounding that holds for a measure. */
export function roundingOf(methodology: Methodology, measure: string): Rounding {
  return methodology.measures.find((candidate) => candidate.id === measure)?.rounding ?? methodology.rounding;
}

/** A score in print: `73`, `40–47` where the printed ends differ, `n/a` where it is not applicable. */
export function printScore(score: Score, rounding: Rounding): string {
  if (score.kind === 'not-applicable') return 'n/a';
  const [low, high] = [score.low, score.high].map((end) => print(end, rounding, score.floating)) as [
    string,
    string,
  ];
  return low === high ? low : `${low}–${high}`;
}

/** A score on a measure in print. The points of an answer are what they are; only what is made of several is rounded. */
export function printedScore(score: Score, methodology: Methodology, id: string): string {
  const measure = methodology.measures.find((own) => own.id === id);
  const isAnswer = measure?.scale !== undefined && measure.rounding === undefined;
  if (!isAnswer || score.kind === 'not-applicable') return printScore(score, roundingOf(methodology, id));
  const [low, high] = [score.low, score.high].map((value) => decimalOf(value.toFraction()));
  return low === high ? `${low}` : `${low}–${high}`;
}

/** What a score is called by the grades of its measure: `B`, `B–A` where it may be either; null where there are no grades or no score. */
export function gradeOf({ grades }: Measure, score: Score): string | null {
  if (!grades || score.kind === 'not-applicable') return null;
  const name = (value: Fraction) =>
    grades.findLast(({ from }) => from === undefined || value.compare(from) >= 0)?.name ?? '';
  const [low, high] = [name(score.low), name(score.high)];
  return low === high ? low : `${low}–${high}`;
}

/** A rank in print: `2`, or `2–4` where missing answers leave it open; `–` where the company is not ranked. */
export function printRank(best: number, worst: number): string {
  if (best === 0) return '–';
  return best === worst ? String(best) : `${best}–${worst}`;
}

/** A fraction as a decimal to read: exact where it ends within four digits, else marked as cut: `26.6667…`. */
export function decimalOf(exact: string): string {
  const value = fraction(exact);
  const shown = print(value, { rule: 'half-up', digits: 4 }).replace(/\.?0{1,4}$/, '');
  return fraction(shown).equals(value) ? shown : `${shown}…`;
}
