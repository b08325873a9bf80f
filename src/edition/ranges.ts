import { type Fraction, fraction, highestOf, lowestOf, rounded } from '#arithmetic/index';
import { hull, type Range, RULES, rangeOfMany, scaled } from '#scoring/rules/index';
import type { Context } from './methodology-context.ts';
import type { Across, Measure, Scale } from './methodology-schema.ts';
import { ownValue } from './own-value.ts';

/** What the ranges of measures depend on. */
type Tree = Pick<Context, 'methodology' | 'scales' | 'combined' | 'exceptions' | 'ranges'>;

const OPEN: Range = { low: undefined, high: undefined };

/**
 * The lowest and highest score that a measure can have for any unit, whatever of it applies and whatever exceptions say; where it goes across
 * services, that of the company. Undefined ends are no limits.
 */
export function rangeOf(tree: Tree, measure: Measure): Range {
  const known = tree.ranges.get(measure);
  if (known) return known;
  tree.ranges.set(measure, OPEN); // what combines itself has no limits, and is refused elsewhere
  const range = rangeAcross(tree, measure);
  tree.ranges.set(measure, range);
  return range;
}

/** The same for a service of a measure that goes across services, and for a part of one. */
export function rangeWithin(tree: Tree, measure: Measure): Range {
  if (measure.bands)
    return roundedRange(tree, measure, spanOf(measure.bands.map((band) => fraction(band.points))));
  const scale = tree.scales.get(measure.scale ?? '');
  return roundedRange(tree, measure, scale ? leafRange(measure, scale) : combinedRange(tree, measure));
}

function rangeAcross(tree: Tree, measure: Measure): Range {
  const within = rangeWithin(tree, measure);
  if (!measure.across) return within;
  const others = (tree.exceptions.get(measure.id) ?? []).flatMap(({ across }) => across ?? []);
  return roundedRange(
    tree,
    measure,
    hull([measure.across, ...others].map((across) => combinedAcross(across, within))),
  );
}

function combinedAcross({ services, nested }: Across, within: Range): Range {
  const wholes = hull([within, rangeOfMany(RULES[nested ?? services], within)]);
  return rangeOfMany(RULES[services], wholes);
}

function roundedRange({ methodology }: Tree, measure: Measure, { low, high }: Range): Range {
  if (!measure.rounded) return { low, high };
  const rounding = measure.rounding ?? methodology.rounding;
  return { low: low && rounded(low, rounding), high: high && rounded(high, rounding) };
}

function leafRange(measure: Measure, scale: Scale): Range {
  const none = scale['no-evidence'] === undefined ? [] : [fraction(scale['no-evidence'])];
  if (scale.kind !== 'number') return spanOf([...pointsOf(measure, scale).values(), ...none]);
  const { normalise } = measure;
  if (normalise?.method === 'z-score') return OPEN;
  if (normalise) return spanOf([...normalise.to.map((end) => fraction(end)), ...none]);
  return {
    low: scale.min === undefined ? undefined : lowestOf([fraction(scale.min), ...none]),
    high: scale.max === undefined ? undefined : highestOf([fraction(scale.max), ...none]),
  };
}

/**
 * The points of each answer that a leaf admits: its own or those of the scale, mirrored between their lowest and highest if it is
 * reversed.
 */
export function pointsOf(measure: Measure, scale: Scale): ReadonlyMap<string, Fraction> {
  const points = new Map(
    scale.answers
      .filter(({ answer }) => !measure.excludes?.includes(answer))
      .map(({ answer, points }) => [answer, fraction(ownValue(measure.points, answer) ?? points ?? 0)]),
  );
  if (!measure.reversed) return points;
  const values = [...points.values()];
  const ends = (lowestOf(values) ?? fraction(0)).add(highestOf(values) ?? fraction(0));
  return new Map([...points].map(([answer, value]) => [answer, ends.sub(value)]));
}

/** The range before bands: what the rule makes of the parts, or rules where exceptions name others, as a share where that is declared. */
export function combinedRange(tree: Tree, measure: Measure): Range {
  const children = tree.combined.get(measure.id) ?? [];
  const others = (tree.exceptions.get(measure.id) ?? []).flatMap(({ combine }) => combine ?? []);
  const rules = [...new Set([measure.combine ?? 'sum', ...others])].map((name) => RULES[name]);
  if (measure['out-of'] !== undefined) return shareRange(tree, measure, children);
  return hull(
    rules.map((rule) =>
      rule.range(
        children.map((child) => {
          const range = rangeOf(tree, child);
          return rule.linear === 'sum' && rule.weighs === 'always'
            ? scaled(range, weightsOf(tree, child))
            : range;
        }),
      ),
    ),
  );
}

/** The weight that a child declares, and those that exceptions give it. */
function weightsOf(tree: Tree, child: Measure): Fraction[] {
  const others = (tree.exceptions.get(child.id) ?? []).flatMap(({ weight }) => weight ?? []);
  return [child.weight ?? '1', ...others].map((weight) => fraction(weight));
}

/**
 * As a share of the maximum. Where nothing is below 0, no share of a sum, mean, lowest or highest lies outside of the shares of its parts
 * (for sums, the mediant inequality); else what applies decides, and there is no lower limit.
 */
function shareRange(tree: Tree, measure: Measure, children: readonly Measure[]): Range {
  const outOf = fraction(measure['out-of'] ?? 1);
  const ranges = children.map((child) => rangeOf(tree, child));
  const negative = children.some((child) => weightsOf(tree, child).some((weight) => weight.compare(0) < 0));
  const shares = ranges.flatMap(({ low, high }) =>
    low && high && low.compare(0) >= 0 ? [high.compare(0) > 0 ? low.div(high) : fraction(0)] : [],
  );
  const isBounded = !negative && shares.length === ranges.length;
  return { low: isBounded ? lowestOf(shares)?.mul(outOf) : undefined, high: outOf };
}

const spanOf = (values: readonly Fraction[]): Range => ({ low: lowestOf(values), high: highestOf(values) });

/** Whether a measure rests on numbers without a declared lowest or highest. */
export function hasOpenLeaf(tree: Tree, measure: Measure, seen = new Set<Measure>()): boolean {
  if (seen.has(measure)) return false;
  seen.add(measure);
  const scale = tree.scales.get(measure.scale ?? '');
  if (scale) {
    const { low, high } = leafRange(measure, scale);
    return !low || !high;
  }
  return (tree.combined.get(measure.id) ?? []).some((child) => hasOpenLeaf(tree, child, seen));
}
