import { fraction } from '#arithmetic/index';
import { checkBands } from './check-bands.ts';
import { checkCombining, checkDirection, leadsSomewhere } from './check-combining.ts';
import { checkExceptions } from './check-exceptions.ts';
import { checkLeaf, checkScales } from './check-leaves.ts';
import { checkWeights, weighedMeasures } from './check-weights.ts';
import { didYouMean, suggester } from './ids.ts';
import type { Context } from './methodology-context.ts';
import type { Measure, Methodology } from './methodology-schema.ts';
import { combinedBy, DEEPEST, lineage, scaleOf } from './model.ts';
import type { Report } from './place.ts';
import type { Structured } from './structured-file.ts';

/** Holds the scales and the tree of measures together. Reports everything; gives whether scoring could run on it. */
export function checkMethodology(file: Structured<Methodology>, report: Report): boolean {
  const methodology = file.value;
  let good = true;
  const failAt: Context['failAt'] = (rule, path, message) => {
    good = false;
    report(rule, file.at(path), message);
  };
  const measures = new Map(methodology.measures.map((measure) => [measure.id, measure]));
  const combined = combinedBy(methodology);
  const context: Context = {
    methodology,
    measures,
    scales: new Map(methodology.scales.map((scale) => [scale.id, scale])),
    combined,
    exceptions: Map.groupBy(methodology.exceptions ?? [], (exception) => exception.measure),
    ranges: new Map(),
    isWeighed: weighedMeasures(methodology, combined),
    failAt,
    fail: (rule, measure, key, message) => {
      const path = ['measures', methodology.measures.indexOf(measure)];
      failAt(rule, key in measure ? [...path, key] : path, message);
    },
  };
  checkScales(context);
  checkTree(context);
  for (const measure of methodology.measures) {
    checkShape(context, measure);
    checkCombining(context, measure);
    checkDirection(context, measure);
    checkLeaf(context, measure);
    checkUnit(context, measure);
    checkWeights(context, measure);
  }
  checkExceptions(context);
  if (good) for (const measure of methodology.measures) checkBands(context, measure);
  return good;
}

/** What answers take on a measure can be said only of answers that there are. */
function checkMeanings(methodology: Methodology, measure: Measure, fail: Context['fail']): void {
  const answers = scaleOf(methodology, measure)?.answers.map((option) => option.answer) ?? [];
  for (const answer of Object.keys(measure.meanings ?? {}))
    if (!answers.includes(answer))
      fail(
        'unknown-id',
        measure,
        'meanings',
        `The scale of “${measure.id}” has no answer “${answer}”.${didYouMean(answer, answers)}`,
      );
}

function checkTree(context: Context): void {
  const { methodology, measures, fail, failAt } = context;
  const suggest = suggester(measures);
  const seen = new Set<string>();
  const { ranking } = methodology;
  const ranked = measures.get(ranking.measure);
  if (!ranked)
    failAt(
      'unknown-id',
      ['ranking', 'measure'],
      `There is no measure “${ranking.measure}”.${didYouMean(ranking.measure, measures.keys())}`,
    );
  else if (ranked.recorded)
    failAt(
      'measure-shape',
      ['ranking', 'measure'],
      `“${ranked.id}” is recorded, not scored: nothing can be ranked by it.`,
    );
  if (ranked) checkRankedUnit(ranked, measures, failAt);
  for (const measure of methodology.measures) {
    if (seen.has(measure.id))
      fail('duplicate-id', measure, 'id', `There are two measures “${measure.id}”. Rename or remove one.`);
    seen.add(measure.id);
    if (measure.parent !== undefined && !measures.has(measure.parent)) {
      fail(
        'unknown-id',
        measure,
        'parent',
        `There is no measure “${measure.parent}”.${suggest(measure.parent)}`,
      );
      continue;
    }
    checkMeanings(methodology, measure, fail);
    const line = lineage(measures, measure);
    if (line.length > DEEPEST) {
      fail(
        'measure-shape',
        measure,
        'parent',
        `“${measure.id}” stands more than ${DEEPEST - 1} levels deep. Make the tree flatter.`,
      );
      return;
    }
    const above = line.at(-1)?.parent ?? '';
    if (above === measure.id) {
      const round = [...line, measure].map((step) => step.id).join(' → ');
      fail(
        'measure-cycle',
        measure,
        'parent',
        `“${measure.id}” is its own ancestor: ${round}. Give one of them another parent.`,
      );
    } else if (!measures.has(above) && ranked && !leadsSomewhere(context, measure, ranked)) {
      const where = measure.parent === undefined ? '' : ` (it leads to “${line.at(-1)?.id}”)`;
      fail(
        'measure-orphan',
        measure,
        'parent',
        `“${measure.id}” does not lead up to “${ranked.id}”, by which is ranked${where}, nor to a measure beside it that lists what it combines. Give it a parent that does, or mark it as recorded.`,
      );
    }
  }
}

function checkRankedUnit(ranked: Measure, measures: Context['measures'], failAt: Context['failAt']): void {
  const crossing = lineage(measures, ranked)
    .slice(1)
    .find((measure) => measure.across);
  if (!crossing) return;
  const message = `“${ranked.id}” is scored for services, below “${crossing.id}”, which goes across them; companies are ranked. Rank by “${crossing.id}”, or by a measure above.`;
  failAt('measure-unit', ['ranking', 'measure'], message);
}

function checkShape({ scales, combined, methodology, fail }: Context, measure: Measure): void {
  const below = combined.get(measure.id) ?? [];
  const wrong = (key: string, message: string) => fail('measure-shape', measure, key, message);
  const scale = scales.get(measure.scale ?? '');
  if (measure.scale !== undefined && !scale)
    fail(
      'unknown-id',
      measure,
      'scale',
      `There is no scale “${measure.scale}”.${didYouMean(measure.scale, scales.keys())}`,
    );
  if ((measure.scale === undefined) === (measure.combine === undefined)) {
    wrong(
      'combine',
      `“${measure.id}” must have either a scale (it is answered) or combine (it combines its children).`,
    );
    return;
  }
  if (measure.recorded && measure.combine)
    wrong('recorded', `“${measure.id}” is recorded, so it cannot combine others.`);
  if (measure.scale !== undefined && below.length > 0)
    wrong(
      'scale',
      `“${measure.id}” is answered, so “${below[0]?.id}” below it must be recorded. Or let it combine its children.`,
    );
  if (measure.combine && below.length === 0 && !measure.combines) {
    const levels = new Set(
      methodology.measures.flatMap((own) => (own.level === measure.of ? [] : (own.level ?? []))),
    );
    wrong(
      measure.of === undefined ? 'combine' : 'of',
      measure.of === undefined
        ? `“${measure.id}” has no scored children to combine.`
        : `Below “${measure.id}” there is no scored measure of the level “${measure.of}”.${didYouMean(measure.of, levels)}`,
    );
  }
  checkNumbersOf(measure, wrong);
}

function checkNumbersOf(measure: Measure, wrong: (key: string, message: string) => void): void {
  for (const key of ['bands', 'out-of', 'of', 'combines', 'requires'] as const) {
    if (measure[key] !== undefined && !measure.combine)
      wrong(key, `“${key}” belongs to a measure that combines others.`);
  }
  if (measure['out-of'] !== undefined && fraction(measure['out-of']).compare(0) <= 0)
    wrong('out-of', '“out-of” must be above 0.');
  for (const key of ['rounded', 'grades'] as const)
    if (measure[key] !== undefined && measure.recorded)
      wrong(key, `“${key}” belongs to a scored measure; “${measure.id}” is recorded.`);
  const { requires = '0' } = measure;
  if (fraction(requires).compare(0) < 0 || fraction(requires).compare(1) > 0)
    wrong('requires', `“requires” is a share from 0 to 1, not ${requires}.`);
}

function checkUnit({ measures, fail }: Context, measure: Measure): void {
  const line = lineage(measures, measure);
  const crossings = line.filter((step) => step.across);
  if (measure.across && crossings.length > 1)
    fail(
      'measure-unit',
      measure,
      'across',
      `“${crossings[1]?.id}” above goes across services already. Keep one of the two.`,
    );
  if (measure.across && measure.recorded)
    fail(
      'measure-unit',
      measure,
      'across',
      'A recorded measure is not scored, so nothing goes across services. Say unit: service.',
    );
  if (measure.unit === undefined || measure.recorded) return;
  if (!measure.scale)
    fail(
      'measure-unit',
      measure,
      'unit',
      'Only a measure that is answered has a unit. Say it at the leaves, or use across.',
    );
  else if (measure.unit === 'service' && crossings.length === 0) {
    fail(
      'measure-unit',
      measure,
      'unit',
      `“${measure.id}” is answered for services, but nothing says how they make the company’s score. Add across: { services: mean } to it or to a measure above.`,
    );
  } else if (measure.unit === 'company' && crossings.length > 0) {
    fail(
      'measure-unit',
      measure,
      'unit',
      `“${measure.id}” is answered for companies, but “${crossings[0]?.id}” goes across services. Remove one of the two.`,
    );
  }
}
