import { fraction, print } from '#arithmetic/index';
import type { Edition, PublishedFigure, Rounding } from '#edition/index';
import { roundingOf, type Scored, verify } from '#scoring/index';
import type { Remark } from './imported.ts';

const RULES = ['half-up', 'half-even', 'floor'] as const;

/** Where published figures deviate: whether another rounding would give more of them, and how many totals are not what their parts give. */
export function roundingRemarks(scored: Scored): Remark[] {
  const { edition } = scored;
  const deviating = new Set(verify(scored).deviations.map(({ index }) => index));
  if (deviating.size === 0) return [];
  const figures = edition.published.map((figure, index) => ({ figure, deviates: deviating.has(index) }));
  const groups = Map.groupBy(
    figures.filter(({ figure }) => figure.figure === 'score' || figure.figure === 'total'),
    ({ figure }) => levelOf(edition, figure),
  );
  return [...groups].flatMap(([level, own]): Remark[] => {
    const wrong = own.filter(({ deviates }) => deviates).length;
    if (wrong === 0) return [];
    const counts = new Map(
      RULES.map((rule) => [rule, own.filter(({ figure }) => agrees(figure, rule, scored)).length]),
    );
    const declared = roundingOf(edition.methodology, own[0]?.figure.measure ?? '').rule;
    const most = Math.max(...counts.values());
    const best = [...counts].flatMap(([rule, count]) => (count === most ? [rule] : []));
    if (most > (counts.get(declared) ?? 0))
      return [
        {
          kind: 'cut-off',
          message: `${most} of ${own.length} ${level} agree with ${best.join(' or ')}, ${counts.get(declared)} with ${declared}, which is declared.`,
        },
      ];
    return [
      {
        kind: 'parts',
        message: `${wrong} of ${own.length} ${level} are not what their parts give; “assay verify” lists them.`,
      },
    ];
  });
}

function levelOf({ methodology }: Edition, { measure, figure }: PublishedFigure): string {
  if (figure === 'total') return 'totals';
  const level = methodology.measures.find(({ id }) => id === measure)?.level;
  return level ? `scores on measures of the level “${level}”` : `scores on “${measure}”`;
}

function agrees(
  { unit, measure, value }: PublishedFigure,
  rule: Rounding['rule'],
  { edition, scores }: Scored,
): boolean {
  const score = scores.of(unit, measure);
  if (score?.kind !== 'interval' || !score.low.equals(score.high) || !/^-?\d+(?:\.\d+)?$/.test(value))
    return false;
  const { digits } = roundingOf(edition.methodology, measure);
  const decimals = Math.max(digits, value.split('.')[1]?.length ?? 0);
  if (decimals > 10) return false;
  return fraction(print(score.low, { rule, digits: decimals })).equals(fraction(value));
}
