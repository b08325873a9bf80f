import { decimalOfDouble, type Fraction, fraction, highestOf, lowestOf } from '#arithmetic/index';
import { type Answers, CODE, type Measure, type Methodology, pointsOf, type Scale } from '#edition/index';
import type { Row } from '../exact/rows.ts';
import { normaliser } from './normalise.ts';
import { overOne } from './weigh.ts';

/** Points by answer code. What is not applicable has none. */
export interface PointsTable {
  /** Exact, of any size; of floating points the decimal that is shown. */
  readonly rows: readonly (Row | undefined)[];
  /** The same as doubles over `denominator`, for the fast path; exact while they are within what doubles hold. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** The most and the least that the leaf can give: what a share of the maximum is a share of. */
  readonly max: number;
  readonly min: number;
  readonly denominator: number;
  /** Whether the points are floating-point numbers, being normalised. */
  readonly floating: boolean;
}

interface Points<T> {
  readonly low: T;
  readonly high: T;
}

/** What becomes of an answer that nobody assessed. */
type NotAssessed = NonNullable<Methodology['not-assessed']>;

/** The points of a leaf whose answers are listed by its scale. */
export function listedPoints(measure: Measure, scale: Scale, notAssessed: NotAssessed): PointsTable {
  const points = pointsOf(measure, scale);
  const answers = scale.answers.map(({ answer }) => {
    const value = points.get(answer);
    return value && { low: value, high: value };
  });
  return exactTable(answers, scale, [...points.values()], notAssessed);
}

/** The points of a leaf that is answered with numbers: themselves, or what normalising makes of them over all units. */
export function numberPoints(
  measure: Measure,
  scale: Scale,
  answers: Answers,
  notAssessed: NotAssessed,
  inputs: 'exact' | 'rounded',
): PointsTable {
  const texts = answers.numbers.get(measure.id) ?? [];
  const slack = texts.map((text) => (inputs === 'exact' ? fraction(0) : halfUnit(text)));
  if (measure.normalise) return normalisedTable(measure, scale, answers, notAssessed, slack);
  const ends = [scale.min, scale.max].flatMap((end) => (end === undefined ? [] : [fraction(end)]));
  const values = texts.map((text) => fraction(text));
  const spans = values.map((value, index) => ({
    low: value.sub(slack[index] ?? 0),
    high: value.add(slack[index] ?? 0),
  }));
  return exactTable(spans, scale, ends.length === 2 ? ends : [...ends, ...values], notAssessed);
}

/** How far a number may lie from what was rounded to it: half a unit of its last digit after the point; whole numbers are what they are. */
function halfUnit(text: string): Fraction {
  const digits = /\.(?<digits>\d+)$/.exec(text)?.groups?.digits?.length ?? 0;
  return digits === 0 ? fraction(0) : fraction(1n, 2n * 10n ** BigInt(digits));
}

function normalisedTable(
  measure: Measure,
  scale: Scale,
  answers: Answers,
  notAssessed: NotAssessed,
  slack: readonly Fraction[],
): PointsTable {
  const numbers = (answers.numbers.get(measure.id) ?? []).map(Number);
  const codes = codesOf(answers, measure.id);
  const isOpen = notAssessed === 'range' && codes.includes(CODE.NOT_ASSESSED);
  const known = codes.flatMap((code) => numbers[code - CODE.FIRST_ANSWER] ?? []);
  const { between, range } = normaliser(measure, known, isOpen ? endsOf(scale) : undefined);
  const widely = (number: number, around: Fraction | undefined) => {
    const by = around?.valueOf() ?? 0;
    const ends = [between(number - by), between(number + by)];
    return { low: Math.min(...ends.map(({ low }) => low)), high: Math.max(...ends.map(({ high }) => high)) };
  };
  const none = scale['no-evidence'] === undefined ? [] : [fraction(scale['no-evidence']).valueOf()];
  const [min, max] = [Math.min(...range, ...none), Math.max(...range, ...none)];
  const values = [
    ...stateValues(none[0], min, max, notAssessed),
    ...numbers.map((number, index) => widely(number, slack[index])),
  ];
  return {
    rows: values.map((value) => value && decimalRow(value.low, value.high, max, min)),
    low: Float64Array.from(values, (value) => value?.low ?? Number.NaN),
    high: Float64Array.from(values, (value) => value?.high ?? Number.NaN),
    max,
    min,
    denominator: 1,
    floating: true,
  };
}

const endsOf = ({ min = '0', max = '0' }: Scale): readonly [number, number] => [
  fraction(min).valueOf(),
  fraction(max).valueOf(),
];

/** The codes of all units on a leaf. */
function codesOf({ codes, leaves }: Answers, measure: string): number[] {
  const found: number[] = [];
  for (let at = leaves.indexOf(measure); at < codes.length; at += leaves.length) found.push(codes[at] ?? 0);
  return found;
}

/** Doubles as the decimals of 15 digits that are shown for them. */
export function decimalRow(low: number, high: number, max: number, min: number): Row {
  const { whole, denominator } = overOne([low, high, max, min].map(decimalOfDouble));
  const [a = 0n, b = 0n, c = 0n, d = 0n] = whole;
  return { low: a, high: b, max: c, min: d, denominator };
}

/**
 * @param answers by code from the first answer on; undefined where the leaf does not admit it
 * @param spanned what its points lie between, but for those of no evidence
 */
function exactTable(
  answers: readonly (Points<Fraction> | undefined)[],
  scale: Scale,
  spanned: readonly Fraction[],
  notAssessed: NotAssessed,
): PointsTable {
  const none = scale['no-evidence'] === undefined ? undefined : fraction(scale['no-evidence']);
  const ends = none ? [...spanned, none] : spanned;
  const [min, max] = [lowestOf(ends) ?? fraction(0), highestOf(ends) ?? fraction(0)];
  const values: (Points<Fraction> | undefined)[] = [...stateValues(none, min, max, notAssessed), ...answers];
  const { denominator } = overOne([
    max,
    min,
    ...values.flatMap((value) => (value ? [value.low, value.high] : [])),
  ]);
  const whole = ({ s, n, d }: Fraction) => s * n * (denominator / d);
  const rows = values.map(
    (value) =>
      value && {
        low: whole(value.low),
        high: whole(value.high),
        max: whole(max),
        min: whole(min),
        denominator,
      },
  );
  return {
    rows,
    low: Float64Array.from(rows, (row) => Number(row?.low ?? 0)),
    high: Float64Array.from(rows, (row) => Number(row?.high ?? 0)),
    max: Number(whole(max)),
    min: Number(whole(min)),
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
): (Points<T> | undefined)[] {
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
