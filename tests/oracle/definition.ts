import type Fraction from 'fraction.js';
import type { Edition, Exception, Measure, Service } from '#edition/index';
import { combine, roundedBy } from './combine.ts';
import { answeredScore } from './leaves.ts';
import { answerOf, double, each, isRow, least, most, NUDGE, one, type Result, type Row } from './values.ts';

/**
 * Scoring written once more, as docs/methodology.md says it: fractions, recursion, nothing fast, nothing shared with what it is
 * the measure of. Floating-point values are the decimals of their doubles.
 */

export interface Definition {
  /** Undefined where the measure is not scored for the unit. */
  score(unit: string, measure: string): Result | undefined;
  isFloating(measure: string): boolean;
  /** Whether the unit is not asked the leaf, since every way from it up leads through a score that is given. */
  isWithheld(unit: string, leaf: string): boolean;
}

export function definitionOf(edition: Edition): Definition {
  const { measures, exceptions = [], rounding } = edition.methodology;
  const measureOf = (id: string): Measure => {
    const found = measures.find((measure) => measure.id === id);
    if (!found) throw new Error(`no measure ${id}`);
    return found;
  };
  const serviceOf = (id: string) => edition.services.find((service) => service.id === id);
  const parts = (id: string) => edition.services.filter((service) => service.part_of === id);
  const up = (measure: Measure): Measure[] =>
    measure.parent === undefined ? [measure] : [measure, ...up(measureOf(measure.parent))];
  const crossing = (measure: Measure) => up(measure).find((above) => above.across);
  const below = (measure: Measure) => measures.filter((own) => own.parent === measure.id && !own.recorded);
  const nearest = (measure: Measure, level: string): Measure[] =>
    below(measure).flatMap((child) => (child.level === level ? [child] : nearest(child, level)));

  function combinedBy(measure: Measure): Measure[] {
    if (measure.combines) return measure.combines.map(measureOf);
    return measure.of === undefined ? below(measure) : nearest(measure, measure.of);
  }

  const floats = new Map<Measure, boolean>();
  function isFloating(measure: Measure): boolean {
    const known = floats.get(measure) ?? floatsAnew(measure);
    floats.set(measure, known);
    return known;
  }

  function floatsAnew(measure: Measure): boolean {
    if (measure.scale !== undefined) return measure.normalise !== undefined;
    return (
      measure.combine === 'geometric-mean' ||
      measure.combine === 'harmonic-mean' ||
      combinedBy(measure).some(isFloating)
    );
  }

  /** Its own exception, or that of its company where the measure is only of services. */
  function exceptionOf(unit: string, measure: Measure): Exception | undefined {
    const own = exceptions.find((other) => other.unit === unit && other.measure === measure.id);
    const service = serviceOf(unit);
    const above = crossing(measure);
    if (own || !service || !above || above === measure || parts(unit).length > 0) return own;
    return exceptions.find((other) => other.unit === service.company && other.measure === measure.id);
  }

  const kept = new Map<string, Result | undefined>();
  function score(unit: string, measure: Measure): Result | undefined {
    const key = `${unit} ${measure.id}`;
    if (!kept.has(key)) kept.set(key, settled(measure, scoreAnew(unit, measure)));
    return kept.get(key);
  }

  /** A floating value is a double. */
  function settled<R extends Result | undefined>(measure: Measure, result: R): R | Row {
    if (!isRow(result) || !isFloating(measure)) return result;
    return each((end) => double(result[end].valueOf()));
  }

  function scoreAnew(unit: string, measure: Measure): Result | undefined {
    const above = crossing(measure);
    if (serviceOf(unit)) return above ? ofService(unit, measure) : undefined;
    if (above === measure) return excepted(unit, measure, ofCompany(unit, measure));
    return above ? undefined : excepted(unit, measure, rounded(measure, within(unit, measure)));
  }

  function ofService(unit: string, measure: Measure): Result {
    const inside = parts(unit);
    if (inside.length === 0) return excepted(unit, measure, rounded(measure, within(unit, measure)));
    if (crossing(measure) !== measure) return 'none';
    const rule =
      exceptionOf(unit, measure)?.across ??
      exceptionOf(serviceOf(unit)?.company ?? '', measure)?.across ??
      measure.across;
    return excepted(
      unit,
      measure,
      rounded(measure, overServices(rule?.nested ?? rule?.services ?? 'mean', inside, measure)),
    );
  }

  function ofCompany(unit: string, measure: Measure): Result {
    const rule = exceptionOf(unit, measure)?.across ?? measure.across;
    const own = edition.services.filter((service) => service.company === unit && service.part_of === '');
    const counted = own.filter((service) => rule?.scope?.includes(service.kind) ?? true);
    return rounded(measure, overServices(rule?.services ?? 'mean', counted, measure));
  }

  function overServices(rule: string, services: readonly Service[], measure: Measure): Result {
    const results = services.map((service) => ofService(service.id, measure));
    const rows = results.filter(isRow);
    if (rows.length === 0) return results.find((result) => result !== 'none') ?? 'none';
    return combine(
      rule,
      rows.map((row) => ({ row, weight: one(1) })),
    );
  }

  /** Before rounding and exceptions. */
  function within(unit: string, measure: Measure): Result {
    if (measure.scale !== undefined) return ofLeaf(unit, measure);
    const children = combinedBy(measure);
    const rule = exceptionOf(unit, measure)?.combine ?? measure.combine ?? 'sum';
    const areWeighed =
      rule.startsWith('weighted') ||
      ((rule === 'geometric-mean' || rule === 'harmonic-mean') &&
        children.some((child) => child.weight !== undefined));
    const results = children.map((child) => score(unit, child) ?? 'none');
    if (results.includes('unpublished')) return 'unpublished';
    const present = results.filter(isRow).length;
    const missing = results.filter((result) => result === 'too-few').length;
    const needed = one(measure.requires ?? 0).mul(present + missing);
    if (missing > 0 && (present === 0 || needed.compare(present) > 0)) return 'too-few';
    const weighed = children.flatMap((child, index) => {
      const row = results[index];
      const weight = areWeighed ? (exceptionOf(unit, child)?.weight ?? child.weight ?? '1') : '1';
      return isRow(row) ? [{ row, weight: one(weight) }] : [];
    });
    const combined = settled(measure, combine(rule, weighed));
    const shared = isRow(combined) ? shareOf(measure, combined) : combined;
    return isRow(shared) && measure.bands ? banded(measure, shared) : shared;
  }

  function shareOf(measure: Measure, row: Row): Result {
    const outOf = measure['out-of'];
    if (outOf === undefined) return row;
    if (row.max.compare(0) <= 0) return 'none';
    return each((end) => row[end].div(row.max).mul(outOf));
  }

  function banded(measure: Measure, row: Row): Row {
    const bands = measure.bands ?? [];
    const nudge = isFloating(measure) ? NUDGE : one(0);
    const at = (value: Fraction) => {
      const index = bands.findLastIndex(
        ({ from }) => value.compare(one(from).sub(nudge.mul(most([one(1), one(from).abs()])))) >= 0,
      );
      return Math.max(0, index);
    };
    const points = (from: number, to: number) => bands.slice(from, to + 1).map((band) => one(band.points));
    const touched = points(at(row.low), at(row.high));
    const reached = points(0, at(row.max));
    return { low: least(touched), high: most(touched), max: most(reached), min: least(reached) };
  }

  function rounded(measure: Measure, result: Result): Result {
    if (!measure.rounded || !isRow(result)) return result;
    const rule = measure.rounding ?? rounding;
    return each((end) => roundedBy(result[end], rule, isFloating(measure)));
  }

  function excepted(unit: string, measure: Measure, result: Result): Result {
    const exception = exceptionOf(unit, measure);
    if (exception?.['leave-out']) return 'none';
    const set = exception?.score ?? exception?.given;
    if (set === undefined) return result;
    const value = one(set);
    const [max, min] = isRow(result)
      ? [most([value, result.max]), least([value, result.min])]
      : [value, value];
    return {
      low: value,
      high: value,
      max: exception?.maximum === undefined ? max : one(exception.maximum),
      min,
    };
  }

  function ofLeaf(unit: string, measure: Measure): Result {
    const answer = answerOf(edition, unit, measure.id);
    if (answer === undefined) return isWithheld(unit, measure) ? 'unpublished' : 'none';
    return answeredScore(edition, measure, answer);
  }

  /** Whether every way from the leaf up leads through a score that is given. */
  function isWithheld(unit: string, measure: Measure): boolean {
    const holders = new Set([unit]);
    for (const id of holders) {
      const service = serviceOf(id);
      if (service) holders.add(service.part_of === '' ? service.company : service.part_of);
    }
    const isGiven = (own: Measure) =>
      exceptions.some(
        (other) => other.given !== undefined && other.measure === own.id && holders.has(other.unit),
      );
    const above = (own: Measure) =>
      measures.filter((other) => other.scale === undefined && combinedBy(other).includes(own));
    const isSeen = (own: Measure): boolean => {
      const next = above(own);
      return next.length === 0 || next.some((other) => !isGiven(other) && isSeen(other));
    };
    return !isSeen(measure);
  }

  return {
    score: (unit, measure) => score(unit, measureOf(measure)),
    isFloating: (measure) => isFloating(measureOf(measure)),
    isWithheld: (unit, leaf) => !measureOf(leaf).recorded && isWithheld(unit, measureOf(leaf)),
  };
}
