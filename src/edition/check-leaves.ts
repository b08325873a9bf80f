import { fraction } from '#arithmetic/index';
import { didYouMean } from './ids.ts';
import type { Context } from './methodology-context.ts';
import type { Measure, Scale } from './methodology-schema.ts';
import { ownValue } from './own-value.ts';

/** Scales are whole in themselves. */
export function checkScales({ methodology, failAt }: Context): void {
  const seen = new Set<string>();
  methodology.scales.forEach((scale, index) => {
    if (seen.has(scale.id))
      failAt(
        'duplicate-id',
        ['scales', index, 'id'],
        `There are two scales “${scale.id}”. Rename or remove one.`,
      );
    seen.add(scale.id);
    checkKind(scale, (key, message) =>
      failAt('value', key === '' ? ['scales', index] : ['scales', index, key], message),
    );
    const answers = new Set<string>();
    scale.answers.forEach(({ answer }, place) => {
      const path = ['scales', index, 'answers', place, 'answer'];
      if (answers.has(answer))
        failAt('duplicate-id', path, `The scale “${scale.id}” has the answer “${answer}” twice.`);
      answers.add(answer);
      if (scale.kind === 'levels' && !/^-?\d+$/.test(answer))
        failAt(
          'value',
          path,
          `“${answer}” is no level; levels are whole numbers. Or declare the scale as options.`,
        );
      if (['not-applicable', 'no-evidence', 'not-assessed'].includes(answer))
        failAt('value', path, `“${answer}” is one of the three states and cannot be an answer of a scale.`);
    });
  });
}

function checkKind(scale: Scale, fail: (key: string, message: string) => void): void {
  if (scale.kind === 'number') {
    if (scale.answers.length > 0)
      fail(
        'answers',
        `“${scale.id}” is a scale of numbers, which has no list of answers. Remove one of the two.`,
      );
    if (scale.min !== undefined && scale.max !== undefined && fraction(scale.min).compare(scale.max) >= 0)
      fail('max', `“max” must be above “min”, which is ${scale.min}.`);
    return;
  }
  if (scale.answers.length < 2)
    fail(
      scale.answers.length === 0 ? '' : 'answers',
      `The scale “${scale.id}” must have at least two answers.`,
    );
  for (const key of ['min', 'max', 'measured-in'] as const)
    if (scale[key] !== undefined) fail(key, `“${key}” belongs to a scale of numbers.`);
}

/** What stands at a leaf about its points fits its scale. */
export function checkLeaf({ methodology, scales, fail }: Context, measure: Measure): void {
  const scale = scales.get(measure.scale ?? '');
  const wrong = (key: string, message: string) => fail('measure-shape', measure, key, message);
  for (const key of ['points', 'reversed', 'normalise', 'excludes'] as const) {
    if (measure[key] === undefined) continue;
    if (measure.scale === undefined || measure.recorded)
      wrong(key, `“${key}” belongs to a scored measure that is answered on a scale.`);
    else if (scale && isOfNumbers(key) !== (scale.kind === 'number'))
      wrong(
        key,
        scale.kind === 'number'
          ? `“${key}” is for answers that are listed; “${scale.id}” is a scale of numbers.`
          : `“${key}” is for numbers; “${scale.id}” lists its answers.`,
      );
  }
  if (!scale || measure.recorded) return;
  if (scale.kind === 'number') checkNumber(measure, scale, methodology['not-assessed'] ?? 'range', wrong);
  else checkPoints(measure, scale, fail);
}

const isOfNumbers = (key: string) => key === 'normalise';

function checkPoints(measure: Measure, scale: Scale, fail: Context['fail']): void {
  const answers = scale.answers.map((option) => option.answer);
  for (const answer of Object.keys(measure.points ?? {}))
    if (!answers.includes(answer))
      fail(
        'unknown-id',
        measure,
        'points',
        `The scale of “${measure.id}” has no answer “${answer}”.${didYouMean(answer, answers)}`,
      );
  checkExcluded(measure, answers, fail);
  const lacking = scale.answers.filter(
    (option) =>
      option.points === undefined &&
      ownValue(measure.points, option.answer) === undefined &&
      !measure.excludes?.includes(option.answer),
  );
  if (lacking.length === 0) return;
  fail(
    'scale-points',
    measure,
    'scale',
    measure.points
      ? `“${measure.id}” gives no points for ${lacking.map((option) => `“${option.answer}”`).join(', ')}, and its scale does not either.`
      : `“${measure.id}” is scored, but the scale “${scale.id}” has answers without points. Give them points, or mark the measure as recorded.`,
  );
}

function checkExcluded(measure: Measure, answers: readonly string[], fail: Context['fail']): void {
  for (const answer of measure.excludes ?? [])
    if (!answers.includes(answer))
      fail(
        'unknown-id',
        measure,
        'excludes',
        `The scale of “${measure.id}” has no answer “${answer}”.${didYouMean(answer, answers)}`,
      );
  if (answers.every((answer) => measure.excludes?.includes(answer)))
    fail('measure-shape', measure, 'excludes', `“${measure.id}” admits none of the answers of its scale.`);
}

function checkNumber(
  measure: Measure,
  scale: Scale,
  notAssessed: string,
  wrong: (key: string, message: string) => void,
): void {
  const { normalise } = measure;
  const isOpen = scale.min === undefined || scale.max === undefined;
  if (
    isOpen &&
    (normalise ? normalise.method === 'min-max' && notAssessed === 'range' : notAssessed !== 'left-out')
  )
    wrong(
      'scale',
      `“${scale.id}” needs “min” and “max”: what is not assessed could be anything else. Or say not-assessed: left-out.`,
    );
  if (!normalise) return;
  if (normalise.method !== 'goalposts' && normalise.outliers && notAssessed === 'range')
    wrong(
      'normalise',
      'Which numbers are outliers is not known where some are not assessed. Say not-assessed: left-out, lowest or highest.',
    );
  if (normalise.method === 'z-score') {
    if (fraction(normalise.sd ?? 1).compare(0) <= 0) wrong('normalise', '“sd” must be above 0.');
    if (notAssessed !== 'left-out')
      wrong(
        'normalise',
        'A z-score has no lowest and highest value, which what is not assessed could have. Say not-assessed: left-out, or normalise otherwise.',
      );
    return;
  }
  if (fraction(normalise.to[0]).compare(normalise.to[1]) >= 0)
    wrong(
      'normalise',
      `“to” goes from the lowest to the highest; ${normalise.to[1]} is not above ${normalise.to[0]}.`,
    );
  if (normalise.method === 'goalposts' && fraction(normalise.from[0]).compare(normalise.from[1]) >= 0)
    wrong(
      'normalise',
      `“from” goes from the lowest to the highest; ${normalise.from[1]} is not above ${normalise.from[0]}. For what is better when it is lower, say direction: lower.`,
    );
}
