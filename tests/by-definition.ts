import Fraction from 'fraction.js';
import { type Edition, type Measure, unitOfLeaf } from '#edition/index';

/**
 * Scoring written once more, straight from its definition in docs/methodology.md: fractions, recursion, no plan, no columns, nothing
 * fast. The tests hold the real thing against it.
 */
export type Value = { readonly low: Fraction; readonly high: Fraction; readonly max: Fraction } | undefined;

export function valueByDefinition(edition: Edition, unit: string, measure: Measure, within = false): Value {
  if (measure.across && !within) {
    const services = edition.services.filter((service) => service.company === unit);
    const values = services.map((service) => ({
      value: valueByDefinition(edition, service.id, measure, true),
      weight: new Fraction(1),
    }));
    return combine(measure.across.services, values);
  }
  if (measure.scale !== undefined) return leafValue(edition, unit, measure);
  const children = edition.methodology.measures.filter(
    (child) => child.parent === measure.id && !child.recorded,
  );
  const weighs = measure.combine?.startsWith('weighted') === true;
  const values = children.map((child) => ({
    value: valueByDefinition(edition, unit, child),
    weight: new Fraction(weighs ? (child.weight ?? 0) : 1),
  }));
  const combined = combine(measure.combine ?? 'sum', values);
  const outOf = measure['out-of'];
  if (!combined || outOf === undefined) return combined;
  if (combined.max.compare(0) <= 0) return undefined; // nothing can be attained
  const share = (value: Fraction) => value.div(combined.max).mul(outOf);
  return { low: share(combined.low), high: share(combined.high), max: new Fraction(outOf) };
}

function combine(rule: string, parts: readonly { value: Value; weight: Fraction }[]): Value {
  const applicable = parts.flatMap(({ value, weight }) => (value ? [{ value, weight }] : []));
  if (applicable.length === 0) return undefined;
  const weights = applicable.reduce((sum, { weight }) => sum.add(weight), new Fraction(0));
  const of = (end: 'low' | 'high' | 'max'): Fraction => {
    const values = applicable.map(({ value }) => value[end]);
    if (rule === 'min') return values.reduce((a, b) => (a.compare(b) < 0 ? a : b));
    if (rule === 'max') return values.reduce((a, b) => (a.compare(b) > 0 ? a : b));
    const sum = applicable.reduce(
      (total, { value, weight }) => total.add(value[end].mul(weight)),
      new Fraction(0),
    );
    return rule.endsWith('sum') ? sum : sum.div(weights);
  };
  if (rule.endsWith('mean') && weights.equals(0)) return undefined;
  return { low: of('low'), high: of('high'), max: of('max') };
}

function leafValue({ answers, methodology }: Edition, unit: string, leaf: Measure): Value {
  const byId = new Map(methodology.measures.map((measure) => [measure.id, measure]));
  const scale = methodology.scales.find((candidate) => candidate.id === leaf.scale);
  const code =
    answers.codes[answers.units.indexOf(unit) * answers.leaves.length + answers.leaves.indexOf(leaf.id)] ?? 0;
  if (!scale || code < 2 || !unitOfLeaf(byId, leaf)) return undefined;
  const points = scale.answers.map((answer) => new Fraction(answer.points ?? 0));
  const all = [...points, new Fraction(scale['no-evidence'] ?? 0)].toSorted((a, b) => a.compare(b));
  const [lowest, highest] = [all[0], all.at(-1)];
  if (!lowest || !highest) return undefined;
  if (code === 3) return { low: lowest, high: highest, max: highest };
  const value = code === 2 ? new Fraction(scale['no-evidence'] ?? 0) : points[code - 4];
  return value && { low: value, high: value, max: highest };
}
