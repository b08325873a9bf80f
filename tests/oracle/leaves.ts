import type Fraction from 'fraction.js';
import type { Edition, Measure, Methodology, Scale } from '#edition/index';
import { normalised } from './numbers.ts';
import { least, most, numbersOf, one, type Result, type Row } from './values.ts';

/** What an answer is worth on a leaf. */
export function answeredScore(edition: Edition, measure: Measure, answer: string): Result {
  const { scales } = edition.methodology;
  const notAssessed = edition.methodology['not-assessed'] ?? 'range';
  const scale = scales.find((own) => own.id === measure.scale);
  if (!scale) throw new Error(`${measure.id} has no scale`);
  if (answer === 'not-applicable') return 'none';
  if (answer === 'not-assessed' && notAssessed === 'left-out') return 'too-few';
  if (measure.normalise) return normalised(edition, measure, scale, answer);
  const none = scale['no-evidence'] === undefined ? undefined : one(scale['no-evidence']);
  const points = pointsOf(edition, measure, scale);
  const all = [...points.values(), ...(none ? [none] : [])];
  const [min, max] = [least(all), most(all)];
  if (answer === 'not-assessed') return unknown(notAssessed, min, max);
  const value = answer === 'no-evidence' ? none : (points.get(answer) ?? one(answer));
  return value ? { low: value, high: value, max, min } : 'none';
}

const unknown = (rule: NonNullable<Methodology['not-assessed']>, min: Fraction, max: Fraction): Row => ({
  low: rule === 'highest' ? max : min,
  high: rule === 'lowest' ? min : max,
  max,
  min,
});

function pointsOf(edition: Edition, measure: Measure, scale: Scale): Map<string, Fraction> {
  if (scale.kind === 'number') {
    const ends = [scale.min, scale.max].filter((end) => end !== undefined);
    const answered = ends.length === 2 ? [] : numbersOf(edition, measure.id);
    return new Map([...ends, ...answered].map((value) => [value, one(value)]));
  }
  const admitted = scale.answers.filter(({ answer }) => !measure.excludes?.includes(answer));
  const points = new Map(
    admitted.map(({ answer, points: usual }) => [answer, one(measure.points?.[answer] ?? usual ?? 0)]),
  );
  if (!measure.reversed) return points;
  const ends = least([...points.values()]).add(most([...points.values()]));
  return new Map([...points].map(([answer, value]) => [answer, ends.sub(value)]));
}
