import { type Edition, type Figure, PairMap } from '#edition/index';
import type { Scored } from '../ranking/ranking.ts';
import { figureComparer } from './figures.ts';

/** A published figure that the rules do not give. */
export interface FoundDeviation {
  readonly unit: string;
  readonly measure: string;
  readonly figure: Figure;
  /** As it was printed. */
  readonly published: string;
  /** As the rules give it, with the digits that the printed one was held against. */
  readonly computed: string;
  /** Whether deviations.yaml names this very difference: explained by a person, or with a cause that a program proposes. */
  readonly state: 'explained' | 'proposed' | 'unexplained';
  readonly explanation: string;
  /** Who explains it; empty where nobody does. */
  readonly by: string;
  /** The index of the figure in `Edition.published`. */
  readonly index: number;
}

export interface Verification {
  readonly checked: number;
  readonly matched: number;
  /** Of the matched figures, those that are as printed only within what the rounding of the answers can cause: indices into `Edition.published`. */
  readonly withinInputs: readonly number[];
  readonly deviations: readonly FoundDeviation[];
  /** Entries for differences that do not exist (any more), or have other values: indices into deviations.yaml. */
  readonly stale: readonly {
    readonly deviation: number;
    readonly figure: number;
    readonly message: string;
  }[];
}

/** Re-derives every published figure of an edition and compares it with what was printed. No rule bends to meet one. */
export function verify(scored: Scored): Verification {
  const { edition } = scored;
  const known = namedDifferences(edition);
  const compare = figureComparer(scored);
  const found = new PairMap<FoundDeviation>();
  const withinInputs: number[] = [];
  const deviations = edition.published.flatMap((figure, index): FoundDeviation[] => {
    const { holds, computed } = compare(figure);
    if (holds === 'within-inputs') withinInputs.push(index);
    if (holds) return [];
    const named = known.get(figure.unit, partOf(figure));
    const isNamed = named?.published === figure.value && named.computed === computed;
    const deviation: FoundDeviation = {
      unit: figure.unit,
      measure: figure.measure,
      figure: figure.figure,
      published: figure.value,
      computed,
      ...accountOf(isNamed ? named : undefined),
      index,
    };
    found.set(figure.unit, partOf(figure), deviation);
    return [deviation];
  });
  return {
    checked: edition.published.length,
    matched: edition.published.length - deviations.length,
    withinInputs,
    deviations,
    stale: staleEntries(edition, found),
  };
}

/** What deviations.yaml says of a difference: nothing counts as explained until a person says so. */
function accountOf(
  named: { readonly explanation: string; readonly by?: string | undefined } | undefined,
): Pick<FoundDeviation, 'state' | 'explanation' | 'by'> {
  if (!named) return { state: 'unexplained', explanation: '', by: '' };
  const { explanation, by } = named;
  return by === undefined
    ? { state: 'proposed', explanation, by: '' }
    : { state: 'explained', explanation, by };
}

/** The second of the two names of a figure. */
const partOf = ({ measure, figure }: { readonly measure: string; readonly figure: string }) =>
  `${measure} ${figure}`;

function namedDifferences({ deviations }: Edition) {
  return new PairMap(
    deviations.flatMap(({ explanation, by, figures }) =>
      figures.map((figure) => [figure.unit, partOf(figure), { ...figure, explanation, by }] as const),
    ),
  );
}

function staleEntries(edition: Edition, found: PairMap<FoundDeviation>): Verification['stale'] {
  return edition.deviations.flatMap((deviation, place) =>
    deviation.figures.flatMap((figure, index) => {
      const actual = found.get(figure.unit, partOf(figure));
      if (actual && actual.state !== 'unexplained') return [];
      const message = actual
        ? `printed ${actual.published}, computed ${actual.computed}, not ${figure.published} and ${figure.computed}`
        : 'there is no such difference: the figure is as the rules give it, or is not in published.csv';
      return [{ deviation: place, figure: index, message }];
    }),
  );
}
