import type { Draft } from './draft.ts';
import { suggester } from './ids.ts';
import type { Measure } from './methodology-schema.ts';
import { crossingOf } from './model.ts';
import { PairMap } from './pairs.ts';
import type { Place, Report } from './place.ts';
import type { Figure } from './schema.ts';

interface NamedFigure {
  readonly unit: string;
  readonly measure: string;
  readonly figure: Figure;
}

/** Published figures, and those of deviations.yaml, are of what there is, each once. */
export function checkPublished(draft: Draft, report: Report): void {
  const { published, deviations } = draft;
  const check = figureChecker(draft, report);
  if (!check) return;
  const nowhere: Place = { file: 'published.csv', line: 1, column: 1 };
  const seen = new PairMap<true>();
  for (const figure of published?.records ?? []) {
    const at = (column: string) => published?.at(figure, column) ?? nowhere;
    check(figure, at);
    if (isKnown(seen, figure))
      report(
        'duplicate-id',
        at('figure'),
        `The ${figure.figure} of “${figure.unit}” on “${figure.measure}” is given twice. Keep one row.`,
      );
  }
  const explained = new PairMap<true>();
  deviations?.value.forEach((deviation, index) => {
    deviation.figures.forEach((figure, place) => {
      check(figure, (column) => deviations.at([index, 'figures', place, column]));
      if (isKnown(explained, figure))
        report(
          'duplicate-id',
          deviations.at([index, 'figures', place]),
          `The ${figure.figure} of “${figure.unit}” on “${figure.measure}” is explained twice. Keep one explanation.`,
        );
    });
  });
}

function isKnown(seen: PairMap<true>, { unit, measure, figure }: NamedFigure): boolean {
  const known = seen.has(unit, `${measure} ${figure}`);
  seen.set(unit, `${measure} ${figure}`, true);
  return known;
}

function figureChecker(
  { companies, services, methodology }: Draft,
  report: Report,
): ((figure: NamedFigure, at: (column: string) => Place) => void) | undefined {
  if (!companies || !methodology) return undefined;
  const own = new Set(services?.records.map(({ id }) => id));
  const units = new Set([...companies.records.map(({ id }) => id), ...own]);
  const measures = new Map(methodology.value.measures.map((measure) => [measure.id, measure]));
  const ranked = methodology.value.ranking.measure;
  const suggest = { unit: suggester(units), measure: suggester(measures) };
  return (figure, at) => {
    if (!units.has(figure.unit))
      report('unknown-id', at('unit'), `There is no unit “${figure.unit}”.${suggest.unit(figure.unit)}`);
    const measure = measures.get(figure.measure);
    if (!measure)
      report(
        'unknown-id',
        at('measure'),
        `There is no measure “${figure.measure}”.${suggest.measure(figure.measure)}`,
      );
    else if (own.has(figure.unit) && (figure.figure === 'total' || figure.figure === 'position'))
      report(
        'published-value',
        at('unit'),
        `“${figure.unit}” is a service; only companies are ranked. Write score.`,
      );
    else {
      const why = whyNot(measure, figure, measures.has(ranked) ? ranked : measure.id, measures);
      if (why) report('published-value', at('measure'), why);
    }
  };
}

/** Why a measure has no such figure; undefined where it has. */
function whyNot(
  measure: Measure,
  { figure }: NamedFigure,
  ranked: string,
  measures: ReadonlyMap<string, Measure>,
): string | undefined {
  if (measure.recorded) return `“${measure.id}” is recorded, not scored; it has no ${figure} to compare.`;
  const crossing = crossingOf(measures, measure);
  switch (figure) {
    case 'score':
      return undefined;
    case 'total':
      return measure.id === ranked
        ? undefined
        : `Only “${ranked}”, by which is ranked, has a total. For other measures write score.`;
    case 'grade':
      return measure.grades
        ? undefined
        : `“${measure.id}” has no grades, so there is none to compare. Declare them in methodology.yaml, or write score.`;
    case 'position':
      return crossing === undefined || crossing === measure
        ? undefined
        : `“${measure.id}” is scored for services, and only companies are ranked. Write score.`;
  }
}
