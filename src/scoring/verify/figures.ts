import { type Fraction, fraction, print, type Rounding } from '#arithmetic/index';
import { PairMap, type PublishedFigure } from '#edition/index';
import { gradeOf, printRank, printScore, roundingOf } from '../amount.ts';
import { type Interval, type Score, type Scores, scoreEdition } from '../exact/score.ts';
import { makePlan } from '../plan/make-plan.ts';
import { groupsOf } from '../ranking/compared-by.ts';
import { type Ranks, rankCompanies } from '../ranking/rank.ts';
import type { Scored } from '../ranking/ranking.ts';
import { isNothing, type PrintedNumber, printedNumber, printedRank, printedSpan } from './printed.ts';

/** What became of holding a figure against the rules. */
export interface Compared {
  /** Whether it is what the rules give; `within-inputs` where only the rounding of the answers lets it be. */
  readonly holds: boolean | 'within-inputs';
  /** What the rules give, with the digits that the printed one was held against. */
  readonly computed: string;
}

/** Gives what compares one published figure after another with what the rules give. */
export function figureComparer(scored: Scored): (figure: PublishedFigure) => Compared {
  const { edition, scores } = scored;
  const measures = new Map(edition.methodology.measures.map((measure) => [measure.id, measure]));
  const compareScore = scoreComparer(scored);
  const compareRank = rankComparer(scored);
  return (figure) => {
    const score = scores.of(figure.unit, figure.measure);
    const measure = measures.get(figure.measure);
    switch (figure.figure) {
      case 'position':
        return compareRank(figure);
      case 'grade': {
        const computed = (score && measure && gradeOf(measure, score)) ?? 'n/a';
        return { holds: isSameText(figure.value, computed), computed };
      }
      default:
        return score ? compareScore(figure, score) : { holds: isNothing(figure.value), computed: 'n/a' };
    }
  };
}

const isSameText = (printed: string, computed: string): boolean =>
  printed.trim().toLowerCase() === computed.toLowerCase() || (computed === 'n/a' && isNothing(printed));

/** A number with eleven digits or more may be a double as a program wrote it, and agrees to one part in 10^12. */
const NOISE = fraction(1n, 10n ** 12n);

/**
 * A score holds at the precision with which it was printed:
 *
 * - with as many digits as the rules print, or more: the exact score rounded to those digits by the same rule is that figure;
 * - with fewer: at the most digits that figures of its kind have, as programs drop zeros at the end; a kind that has fewer digits throughout
 *   was printed more coarsely, and is held at that;
 * - with more digits than the rounding of the answers allows: if answers that round to the given ones could lead to it.
 */
function scoreComparer(scored: Scored): (figure: PublishedFigure, score: Score) => Compared {
  const { methodology } = scored.edition;
  const digitsOfKind = mostDigits(scored.edition.published);
  const rounded = onlyOnce(() => scoresOfRounded(scored));
  return (figure, score) => {
    const rounding = roundingOf(methodology, figure.measure);
    if (score.kind === 'not-applicable')
      return { holds: isNothing(figure.value), computed: printScore(score, rounding) };
    const number = printedNumber(figure.value);
    const ends = number ? ([number, number] as const) : printedSpan(figure.value);
    const usual = printScore(score, rounding);
    if (!ends) return { holds: isSameText(figure.value, usual), computed: usual };
    const digits = Math.max(...ends.map((end) => end.digits));
    const ofKind = Math.min(rounding.digits, digitsOfKind.get(figure.measure, figure.figure) ?? 0);
    const held = { ...rounding, digits: Math.max(digits, digits < rounding.digits ? ofKind : 0) };
    const computed = printScore(score, held);
    if (holdsAt(ends, score, held)) return { holds: true, computed };
    const wide = number && rounded()?.of(figure.unit, figure.measure);
    const isWithin = number && wide?.kind === 'interval' && isPossible(number, wide, held);
    return { holds: isWithin ? 'within-inputs' : false, computed };
  };
}

function holdsAt(
  [low, high]: readonly [PrintedNumber, PrintedNumber],
  score: Interval,
  rounding: Rounding,
): boolean {
  const isEnd = (printed: PrintedNumber, exact: Fraction) =>
    fraction(print(exact, rounding, score.floating)).equals(printed.value) ||
    (printed.isDouble && printed.value.sub(exact).abs().compare(exact.abs().mul(NOISE)) <= 0);
  return isEnd(low, score.low) && isEnd(high, score.high);
}

/** Whether the last printed digit is one that the rounding of answers reaches, and answers could lead to it. */
function isPossible(printed: PrintedNumber, wide: Interval, rounding: Rounding): boolean {
  const unit = fraction(1n, 10n ** BigInt(rounding.digits));
  if (wide.high.sub(wide.low).compare(unit) < 0) return false;
  const at = (value: Fraction) => fraction(print(value, rounding, wide.floating));
  return at(wide.low).compare(printed.value) <= 0 && at(wide.high).compare(printed.value) >= 0;
}

/** The scores where every answer with digits after the point could be anything that rounds to it; undefined where there are none. */
function scoresOfRounded({ edition }: Scored): Scores | undefined {
  const hasDecimals = [...edition.answers.numbers.values()].some((numbers) =>
    numbers.some((number) => number.includes('.')),
  );
  return hasDecimals ? scoreEdition(edition, makePlan(edition, 'rounded')) : undefined;
}

function mostDigits(published: readonly PublishedFigure[]): PairMap<number> {
  const digits = new PairMap<number>();
  for (const { measure, figure, value } of published) {
    const number = printedNumber(value);
    if (number && !number.isDouble)
      digits.set(measure, figure, Math.max(number.digits, digits.get(measure, figure) ?? 0));
  }
  return digits;
}

function onlyOnce<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** A rank holds if it is the printed one, or lies in the printed band; and if others share it where that is said. */
function rankComparer({ edition, scores, ranks }: Scored): (figure: PublishedFigure) => Compared {
  const places = new Map(edition.companies.map(({ id }, place) => [id, place]));
  const groups = groupsOf(edition);
  const ranksOn = new Map<string, Ranks>([[edition.methodology.ranking.measure, ranks]]);
  return ({ unit, measure, value }) => {
    const own = ranksOn.get(measure) ?? rankCompanies(edition, scores, measure);
    ranksOn.set(measure, own);
    const company = places.get(unit) ?? -1;
    const [best, worst] = [own.best[company] ?? 0, own.worst[company] ?? 0];
    const printed = printedRank(value);
    const plain = printRank(best, worst);
    if (best === 0 || !printed)
      return { holds: isSameText(value, plain) || (best === 0 && isNothing(value)), computed: plain };
    const isShared = own.best.some(
      (other, rival) =>
        rival !== company && groups[rival] === groups[company] && other === best && own.worst[rival] === best,
    );
    const computed = printed.isShared && isShared ? `${plain}=` : plain;
    const isInside = printed.from <= best && worst <= printed.to;
    return { holds: isInside && (!printed.isShared || isShared), computed };
  };
}
