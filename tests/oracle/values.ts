import Fraction from 'fraction.js';
import type { Edition } from '#edition/index';

/** What a unit got, at least and at most, and what it could have got. */
export interface Row {
  readonly low: Fraction;
  readonly high: Fraction;
  readonly max: Fraction;
  readonly min: Fraction;
}
/** No score: the measure does not apply, or answers are missing that it would need. */
export type Result = Row | 'none' | 'too-few' | 'unpublished';
export const isRow = (result: Result | undefined): result is Row => typeof result === 'object';

export const REVERSED = { low: 'high', high: 'low', max: 'min', min: 'max' } as const;
export const one = (text: string | number | bigint) => new Fraction(text);
export const least = (values: readonly Fraction[]) => values.reduce((a, b) => (b.compare(a) < 0 ? b : a));
export const most = (values: readonly Fraction[]) => values.reduce((a, b) => (b.compare(a) > 0 ? b : a));
/** A double as a decimal that says it wholly. */
export function double(value: number): Fraction {
  const [digits = '0', exponent = '0'] = value.toExponential(16).split('e');
  const power = one(10n ** BigInt(Math.abs(Number(exponent))));
  return Number(exponent) < 0 ? one(digits).div(power) : one(digits).mul(power);
}
export const NUDGE = one('1/1000000000000');
export const each = (of: (end: keyof Row) => Fraction): Row => ({
  low: of('low'),
  high: of('high'),
  max: of('max'),
  min: of('min'),
});

export function answerOf({ answers, methodology }: Edition, unit: string, leaf: string): string | undefined {
  const code =
    answers.codes[answers.units.indexOf(unit) * answers.leaves.length + answers.leaves.indexOf(leaf)];
  if (!code) return undefined;
  if (code < 4) return ['not-applicable', 'no-evidence', 'not-assessed'][code - 1];
  const measure = methodology.measures.find(({ id }) => id === leaf);
  const scale = methodology.scales.find(({ id }) => id === measure?.scale);
  return answers.numbers.get(leaf)?.[code - 4] ?? scale?.answers[code - 4]?.answer;
}

/** The numbers that units have on a leaf, one for each unit that has one. */
export const numbersOf = (edition: Edition, leaf: string): string[] =>
  edition.answers.units.flatMap((unit) => {
    const answer = answerOf(edition, unit, leaf);
    return answer === undefined || /^not?-/.test(answer) ? [] : [answer];
  });
