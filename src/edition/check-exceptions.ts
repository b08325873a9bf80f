import Fraction from 'fraction.js';
import { didYouMean } from './ids.ts';
import type { Context } from './methodology-context.ts';
import type { Exception, Measure } from './methodology-schema.ts';
import { rangeOf } from './ranges.ts';

const KINDS = ['leave-out', 'score', 'weight', 'combine', 'across'] as const;

/** Each exception is for something, and for one thing; that its unit exists is checked with the units. */
export function checkExceptions(context: Context): void {
  const { methodology, measures, failAt } = context;
  const seen = new Set<string>();
  methodology.exceptions?.forEach((exception, index) => {
    const fail = (key: string, message: string) => failAt('exception', ['exceptions', index, key], message);
    const measure = measures.get(exception.measure);
    const kinds = KINDS.filter((kind) => exception[kind] !== undefined);
    const key = `${exception.unit} ${exception.measure}`;
    if (seen.has(key))
      fail('measure', `There is already an exception for “${exception.unit}” on “${exception.measure}”.`);
    seen.add(key);
    if (!measure)
      failAt(
        'unknown-id',
        ['exceptions', index, 'measure'],
        `There is no measure “${exception.measure}”.${didYouMean(exception.measure, measures.keys())}`,
      );
    else if (measure.recorded)
      fail('measure', `“${measure.id}” is recorded, not scored; there is nothing to except.`);
    else if (kinds.length !== 1)
      fail(
        'measure',
        `An exception says one of ${KINDS.join(', ')}; this one says ${kinds.length === 0 ? 'none' : kinds.join(' and ')}.`,
      );
    else checkKind(context, exception, measure, fail);
  });
}

function checkKind(
  context: Context,
  exception: Exception,
  measure: Measure,
  fail: (key: string, message: string) => void,
): void {
  if (exception.weight !== undefined) {
    if (context.isWeighed(measure).size === 0)
      fail('weight', `Nothing combines “${measure.id}” by weight, so it has none for this unit either.`);
    else if (new Fraction(exception.weight).compare(0) < 0) fail('weight', 'Weights are 0 or more.');
  }
  if (exception.combine !== undefined && (!measure.combine || !isPlain(exception.combine)))
    fail(
      'combine',
      measure.combine
        ? 'For one unit a measure can be combined by sum, mean, min or max.'
        : `“${measure.id}” combines nothing.`,
    );
  if (exception.across !== undefined && !measure.across)
    fail('across', `“${measure.id}” does not go across services.`);
  const range = exception.score === undefined ? undefined : rangeOf(context, measure);
  const score = new Fraction(exception.score ?? 0);
  if (range && (score.compare(range.low) < 0 || score.compare(range.high) > 0))
    fail(
      'score',
      `“${measure.id}” goes from ${range.low.toFraction()} to ${range.high.toFraction()}; ${exception.score} is outside.`,
    );
}

const isPlain = (rule: string) => ['sum', 'mean', 'min', 'max'].includes(rule);
