import { fraction, print } from '#arithmetic/index';
import type { Figure, PublishedFigure } from '#edition/index';
import { gradeOf, printRank, printScore, roundingOf } from './amount.ts';
import type { Scored } from './ranking/ranking.ts';

/** A published figure that the rules do not give. */
export interface FoundDeviation {
  readonly unit: string;
  readonly measure: string;
  readonly figure: Figure;
  /** As it was printed. */
  readonly published: string;
  /** As the rules give it, rounded as they say. */
  readonly computed: string;
  /** Whether deviations.yaml explains this very difference. */
  readonly explained: boolean;
  readonly explanation: string;
  /** The index of the figure in `Edition.published`. */
  readonly index: number;
}

export interface Verification {
  readonly checked: number;
  readonly matched: number;
  readonly deviations: readonly FoundDeviation[];
  /** Explanations of differences that do not exist (any more), or have other values: indices into deviations.yaml. */
  readonly stale: readonly {
    readonly deviation: number;
    readonly figure: number;
    readonly message: string;
  }[];
}

/** Re-derives every published figure of an edition and compares it with what was printed. No rule bends to meet one. */
export function verify(scored: Scored): Verification {
  const { edition } = scored;
  const explanations = new Map(
    edition.deviations.flatMap((deviation) =>
      deviation.figures.map(
        (figure) => [keyOf(figure), { ...figure, explanation: deviation.explanation }] as const,
      ),
    ),
  );
  const computedFigure = figureComputer(scored);
  const found = new Map<string, FoundDeviation>();
  edition.published.forEach((figure, index) => {
    const computed = computedFigure(figure);
    if (isSame(figure.value, computed) || isFiner(figure, scored)) return;
    const known = explanations.get(keyOf(figure));
    const explained = known !== undefined && known.published === figure.value && known.computed === computed;
    const { unit, measure, figure: what } = figure;
    found.set(keyOf(figure), {
      unit,
      measure,
      figure: what,
      published: figure.value,
      computed,
      explained,
      explanation: explained ? known.explanation : '',
      index,
    });
  });
  const stale = edition.deviations.flatMap((deviation, place) =>
    deviation.figures.flatMap((figure, index) => {
      const actual = found.get(keyOf(figure));
      if (actual?.explained) return [];
      const message = actual
        ? `printed ${actual.published}, computed ${actual.computed}, not ${figure.published} and ${figure.computed}`
        : 'there is no such difference: the figure is as the rules give it, or is not in published.csv';
      return [{ deviation: place, figure: index, message }];
    }),
  );
  return {
    checked: edition.published.length,
    matched: edition.published.length - found.size,
    deviations: [...found.values()],
    stale,
  };
}

const keyOf = ({ unit, measure, figure }: { unit: string; measure: string; figure: string }) =>
  `${unit} ${measure} ${figure}`;

function figureComputer({ edition, scores, ranks }: Scored): (figure: PublishedFigure) => string {
  const measures = new Map(edition.methodology.measures.map((measure) => [measure.id, measure]));
  const companyIndex = new Map(edition.companies.map((company, index) => [company.id, index]));
  return ({ unit, measure, figure }) => {
    if (figure === 'position') {
      const company = companyIndex.get(unit) ?? -1;
      return printRank(ranks.best[company] ?? 0, ranks.worst[company] ?? 0);
    }
    const score = scores.of(unit, measure);
    const own = measures.get(measure);
    if (figure === 'grade') return (score && own && gradeOf(own, score)) ?? 'n/a';
    return score ? printScore(score, roundingOf(edition.methodology, measure)) : 'n/a';
  };
}

/** The same in print, or the same number (`73` and `73.0`). */
function isSame(published: string, computed: string): boolean {
  if (published.toLowerCase() === computed.toLowerCase()) return true;
  const number = /^-?\d+(?:\.\d+)?$/;
  return number.test(published) && number.test(computed) && fraction(published).equals(fraction(computed));
}

const NUMBER = /^-?\d+(?:\.(?<decimals>\d+))?$/;
/** A double has no more decimals that mean something. */
const MOST_DECIMALS = 10;
const NOISE = fraction(1n, 10n ** 12n);

/**
 * A figure that was published with more digits than the rules print is a finer view of the score: it agrees if the exact score, rounded to as
 * many digits by the same rule, is that figure. With eleven decimals or more it is a double as a program wrote it, noise in the last digits
 * included, and agrees if it differs from the exact score by at most one part in 10^12.
 */
function isFiner({ figure, unit, measure, value }: PublishedFigure, { edition, scores }: Scored): boolean {
  const decimals = NUMBER.exec(value)?.groups?.decimals?.length ?? 0;
  const rounding = roundingOf(edition.methodology, measure);
  if ((figure !== 'score' && figure !== 'total') || decimals <= rounding.digits) return false;
  const score = scores.of(unit, measure);
  if (score?.kind !== 'interval' || !score.low.equals(score.high)) return false;
  if (decimals <= MOST_DECIMALS) return isSame(value, print(score.low, { ...rounding, digits: decimals }));
  return fraction(value).sub(score.low).abs().compare(score.low.abs().mul(NOISE)) <= 0;
}
