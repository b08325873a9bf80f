import { fraction } from '#arithmetic/index';
import type { Deviation, Edition, PublishedFigure } from '#edition/index';
import { type FoundDeviation, figureComparer, printedNumber, type Scored, verify } from '#scoring/index';
import type { Remark } from '../imported.ts';
import { type Candidate, candidatesFor } from './candidates.ts';

export interface Proposals {
  /** Entries for deviations.yaml that nobody has taken over. */
  readonly deviations: readonly Deviation[];
  readonly remarks: readonly Remark[];
}

/**
 * Causes that a program can think of for published figures that the rules do not give. A cause is proposed only if it accounts for more of
 * all figures of the kind, those that agree included, than the rules and than every other cause do; what fits a figure alone is a coincidence.
 * Nothing is explained by it: that is for a person to say.
 *
 * @param others figures as another file of the release has them
 */
export function proposeCauses(scored: Scored, others: readonly PublishedFigure[]): Proposals {
  const { edition } = scored;
  const found = new Map(verify(scored).deviations.map((deviation) => [deviation.index, deviation]));
  const kinds = Map.groupBy(
    edition.published.map((figure, index) => ({ figure, deviation: found.get(index) })),
    ({ figure }) => kindOf(edition, figure),
  );
  const proposals = [...kinds].flatMap(([kind, own]): Proposals[] => {
    const deviating = own.flatMap(({ deviation }) => deviation ?? []);
    if (deviating.length === 0) return [];
    const figures = own.map(({ figure }) => figure);
    return [proposalFor(kind, figures, deviating, trials(scored, figures, others))];
  });
  return {
    deviations: proposals.flatMap(({ deviations }) => deviations),
    remarks: proposals.flatMap(({ remarks }) => remarks),
  };
}

function kindOf({ methodology }: Edition, { measure, figure }: PublishedFigure): string {
  if (figure === 'total') return 'totals';
  const level = methodology.measures.find(({ id }) => id === measure)?.level;
  const on = level ? `measures of the level “${level}”` : `“${measure}”`;
  return `${figure}s on ${on}`;
}

interface Trial {
  readonly candidate: Candidate;
  readonly count: number;
}

function trials(
  scored: Scored,
  figures: readonly PublishedFigure[],
  others: readonly PublishedFigure[],
): Trial[] {
  const ids = new Set(figures.map(({ measure }) => measure));
  const measures = scored.edition.methodology.measures.filter(({ id }) => ids.has(id));
  const byTheRules = figureComparer(scored);
  // What the rounding of answers lets be is no more for a cause than it is for the rules.
  const agrees = (candidate: Candidate, figure: PublishedFigure) => {
    const holds = candidate.agrees(figure);
    return holds === 'within-inputs' ? byTheRules(figure).holds === holds : holds;
  };
  const all = candidatesFor(scored, measures, others).map((candidate) => ({
    candidate,
    count: figures.filter((figure) => agrees(candidate, figure)).length,
  }));
  const countOf = (candidate: Candidate | undefined) =>
    all.find((trial) => trial.candidate === candidate)?.count ?? -1;
  return all
    .filter(({ candidate, count }) => count > countOf(candidate.plainer))
    .toSorted((a, b) => b.count - a.count);
}

function proposalFor(
  kind: string,
  figures: readonly PublishedFigure[],
  deviating: readonly FoundDeviation[],
  [best, next]: readonly Trial[],
): Proposals {
  const declared = figures.length - deviating.length;
  const pattern = patternOf(deviating);
  const all = figures.length.toLocaleString('en');
  if (!best || best.count <= declared)
    return {
      deviations: [],
      remarks: [
        {
          kind: 'parts',
          message: `${deviating.length} of ${all} ${kind} are not what the rules give${pattern}, and no cause that was tried accounts for more of them; “assay verify” lists them.`,
        },
      ],
    };
  if (next && next.count === best.count)
    return {
      deviations: [],
      remarks: [
        {
          kind: 'cause',
          message: `${best.count} of ${all} ${kind} agree with each of two causes, and ${declared} with the rules${pattern}; the figures do not tell which it is. One: ${best.candidate.what} The other: ${next.candidate.what}`,
        },
      ],
    };
  const counted = `${best.count} of ${all} ${kind} agree with it, ${declared} with the rules as they are; next best ${Math.max(next?.count ?? 0, 0)}`;
  const accounted = deviating.filter(({ index: _, ...figure }) =>
    best.candidate.agrees({ ...figure, value: figure.published, where: '' }),
  );
  return {
    deviations: [
      {
        explanation: `${best.candidate.what} ${counted}${pattern}.`,
        figures: accounted.map(({ unit, measure, figure, published, computed }) => ({
          unit,
          measure,
          figure,
          published,
          computed,
        })),
      },
    ],
    remarks: [{ kind: 'cause', message: `${best.candidate.what} ${counted}${pattern}.` }],
  };
}

/** How printed and computed differ, where all are numbers. */
function patternOf(deviating: readonly FoundDeviation[]): string {
  const differences = deviating.map(({ published, computed }) => {
    const [printed, own] = [printedNumber(published), printedNumber(computed)];
    return printed && own ? printed.value.sub(own.value) : undefined;
  });
  const known = differences.filter((difference) => difference !== undefined);
  if (known.length < deviating.length || known.length === 0) return '';
  const sorted = known.toSorted((a, b) => a.compare(b));
  const text = (value: (typeof sorted)[number] | undefined) => {
    const own = value ?? fraction(0);
    return `${own.compare(0) > 0 ? '+' : ''}${own.toString().replace('-', '−')}`;
  };
  const [least, most] = [text(sorted[0]), text(sorted.at(-1))];
  return least === most ? ` (printed − computed: ${least})` : ` (printed − computed: ${least} to ${most})`;
}
