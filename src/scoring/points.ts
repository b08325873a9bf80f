import Fraction from 'fraction.js';
import {
  type Answers,
  CODE,
  exactOf,
  type Measure,
  type Methodology,
  pointsOf,
  type Scale,
} from '#edition/index';
import type { LargeRow } from './columns.ts';
import { decimalRow } from './decimal-row.ts';
import { leastCommonMultiple } from './divisors.ts';
import { normaliser } from './normalise.ts';

/** Points by answer code. What is not applicable has none. */
export interface PointsTable {
  /** Exact, of any size; of floating points the decimal that is shown. */
  readonly rows: readonly (LargeRow | undefined)[];
  /** The same as doubles over `denominator`, for the fast path; exact while they are within what doubles hold. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** The most that the scale can give: what a share of the maximum is a share of. */
  readonly max: number;
  readonly denominator: number;
  /** Whether the points are floating-point numbers, being normalised. */
  readonly floating: boolean;
}

interface Points {
  readonly low: Fraction;
  readonly high: Fraction;
}

/** What becomes of an answer that nobody assessed. */
type NotAssessed = NonNullable<Methodology['not-assessed']>;

/** The points of a leaf whose answers are listed by its scale. */
export function listedPoints(measure: Measure, scale: Scale, notAssessed: NotAssessed): PointsTable {
  const answers = [...pointsOf(measure, scale).values()];
  return exactTable(answers, scale, answers, notAssessed);
}

/** The points of a leaf that is answered with numbers: themselves, or what normalising makes of them over all units. */
export function numberPoints(
  measure: Measure,
  scale: Scale,
  answers: Answers,
  notAssessed: NotAssessed,
): PointsTable {
  const texts = answers.numbers.get(measure.id) ?? [];
  if (!measure.normalise) {
    const ends = [scale.min, scale.max].flatMap((end) => (end === undefined ? [] : [new Fraction(end)]));
    const values = texts.map(exactOf);
    return exactTable(values, scale, ends.length === 2 ? ends : [...ends, ...values], notAssessed);
  }
  const numbers = texts.map(Number);
  const { of, range } = normaliser(measure, numbersOfUnits(answers, measure.id, numbers));
  const none = scale['no-evidence'] === undefined ? [] : [new Fraction(scale['no-evidence']).valueOf()];
  const ends = [...range, ...none];
  const states = stateValues(none[0], Math.min(...ends), Math.max(...ends), notAssessed);
  const values = [...states, ...numbers.map((number) => ({ low: of(number), high: of(number) }))];
  return {
    rows: values.map((value) => value && decimalRow(value.low, value.high, Math.max(...ends))),
    low: Float64Array.from(values, (value) => value?.low ?? Number.NaN),
    high: Float64Array.from(values, (value) => value?.high ?? Number.NaN),
    max: Math.max(...ends),
    denominator: 1,
    floating: true,
  };
}

/** One number for each unit that has one, as the mean and deviation count them. */
function numbersOfUnits({ codes, leaves }: Answers, measure: string, numbers: readonly number[]): number[] {
  const found: number[] = [];
  for (let at = leaves.indexOf(measure); at < codes.length; at += leaves.length) {
    const number = numbers[(codes[at] ?? 0) - CODE.FIRST_ANSWER];
    if (number !== undefined) found.push(number);
  }
  return found;
}

function exactTable(
  answers: readonly Fraction[],
  scale: Scale,
  spanned: readonly Fraction[],
  notAssessed: NotAssessed,
): PointsTable {
  const none = scale['no-evidence'] === undefined ? undefined : new Fraction(scale['no-evidence']);
  const ends = [...spanned, ...(none ? [none] : [])].toSorted((a, b) => a.compare(b));
  const [min = new Fraction(0), max = new Fraction(0)] = [ends[0], ends.at(-1)];
  const values: (Points | undefined)[] = [
    ...stateValues(none, min, max, notAssessed),
    ...answers.map((value) => ({ low: value, high: value })),
  ];
  const all = [max, ...values.flatMap((value) => (value ? [value.low, value.high] : []))];
  const denominator = all.reduce((common, value) => leastCommonMultiple(common, value.d), 1n);
  const whole = (value: Fraction) => value.s * value.n * (denominator / value.d);
  const rows = values.map(
    (value) => value && { low: whole(value.low), high: whole(value.high), max: whole(max), denominator },
  );
  return {
    rows,
    low: Float64Array.from(rows, (row) => Number(row?.low ?? 0)),
    high: Float64Array.from(rows, (row) => Number(row?.high ?? 0)),
    max: Number(whole(max)),
    denominator: Number(denominator),
    floating: false,
  };
}

/** What the codes before the answers stand for: no row, not applicable, no evidence, not assessed. */
function stateValues<T>(
  none: T | undefined,
  min: T,
  max: T,
  notAssessed: NotAssessed,
): ({ readonly low: T; readonly high: T } | undefined)[] {
  const open = {
    range: { low: min, high: max },
    lowest: { low: min, high: min },
    highest: { low: max, high: max },
    'left-out': undefined,
  };
  return [
    undefined,
    undefined,
    none === undefined ? undefined : { low: none, high: none },
    open[notAssessed],
  ];
}
