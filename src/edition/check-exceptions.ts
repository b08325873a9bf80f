import { fraction } from '#arithmetic/index';
import { didYouMean } from './ids.ts';
import type { Context } from './methodology-context.ts';
import type { Exception, Measure } from './methodology-schema.ts';
import { PairMap } from './pairs.ts';
import { rangeOf, rangeWithin } from './ranges.ts';

const KINDS = ['leave-out', 'score', 'given', 'weight', 'combine', 'across'] as const;

/** Each exception is for something, and for one thing; that its unit exists is checked with the units. */
export function checkExceptions(context: Context): void {
  const { methodology, measures, failAt } = context;
  const seen = new PairMap<true>();
  methodology.exceptions?.forEach((exception, index) => {
    const fail = (key: string, message: string) => failAt('exception', ['exceptions', index, key], message);
    const measure = measures.get(exception.measure);
    const kinds = KINDS.filter((kind) => exception[kind] !== undefined);
    if (seen.has(exception.unit, exception.measure))
      fail('measure', `There is already an exception for “${exception.unit}” on “${exception.measure}”.`);
    seen.set(exception.unit, exception.measure, true);
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
    if (measure.weight === undefined || context.isWeighed(measure).size === 0)
      fail('weight', `Nothing combines “${measure.id}” by weight, so it has none for this unit either.`);
    else if (fraction(exception.weight).compare(0) < 0) fail('weight', 'Weights are 0 or more.');
  }
  if (exception.combine !== undefined && !measure.combine)
    fail('combine', `“${measure.id}” combines nothing.`);
  if (exception.across !== undefined && !measure.across)
    fail('across', `“${measure.id}” does not go across services.`);
  const asked = measure.across?.scope;
  const beyond = exception.across?.scope?.find((kind) => asked && !asked.includes(kind));
  if (beyond !== undefined)
    fail(
      'across',
      `Services of the kind “${beyond}” are not in the scope of “${measure.id}”, so nobody asked them.`,
    );
  if (exception.given !== undefined && !measure.combine && !measure.across)
    fail('given', `“${measure.id}” has no parts; say “score”, or answer it.`);
  checkScore(context, exception, measure, fail);
}

/** What is set lies within what the measure can be: of a company, or of a service where it goes across them. */
function checkScore(
  context: Context,
  exception: Exception,
  measure: Measure,
  fail: (key: string, message: string) => void,
): void {
  const key = exception.given === undefined ? 'score' : 'given';
  const set = exception[key];
  if (set === undefined) {
    if (exception.maximum !== undefined)
      fail('maximum', '“maximum” goes with “score” or “given”: the most that it could have been.');
    return;
  }
  const ranges = [rangeOf(context, measure), rangeWithin(context, measure)];
  const isWithin = ranges.some(
    ({ low, high }) => (!low || low.compare(set) <= 0) && (!high || high.compare(set) >= 0),
  );
  const [{ low, high } = { low: undefined, high: undefined }] = ranges;
  if (!isWithin)
    fail(
      key,
      `“${measure.id}” goes from ${low?.toFraction() ?? 'no lower limit'} to ${high?.toFraction() ?? 'no upper limit'}; ${set} is outside.`,
    );
  if (exception.maximum !== undefined && fraction(exception.maximum).compare(set) < 0)
    fail('maximum', `The most that it could have been, ${exception.maximum}, is below the score, ${set}.`);
  else if (exception.maximum !== undefined && high && high.compare(exception.maximum) < 0)
    fail('maximum', `“${measure.id}” can be ${high.toFraction()} at most; ${exception.maximum} is above.`);
  if (exception.given !== undefined && exception.maximum === undefined)
    fail(
      'given',
      'Say “maximum” too: of a given score nobody can work out what it could have been at most, and every score is shown as a part of that.',
    );
}
