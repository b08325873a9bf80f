import { checkAssessments } from './check-assessments.ts';
import { checkCitations } from './check-citations.ts';
import { checkCorrections } from './check-corrections.ts';
import { checkEvidence } from './check-evidence.ts';
import { checkNesting } from './check-nesting.ts';
import { checkNumbers } from './check-numbers.ts';
import { checkTranslations } from './check-translations.ts';
import type { Draft } from './draft.ts';
import { suggester } from './ids.ts';
import type { Place, Report } from './place.ts';

/** Holds the files against each other: every id that is used must be somebody’s, and every source should be cited. */
export function checkReferences(draft: Draft, report: Report): void {
  checkUnits(draft, report);
  checkNesting(draft, report);
  checkNumbers(draft, report);
  checkPublished(draft, report);
  checkAssessments(draft, report);
  checkCitations(draft, report);
  checkCorrections(draft, report);
  checkTranslations(draft, report);
  checkEvidence(draft, report);
}

function checkUnits({ companies, services, correspondence }: Draft, report: Report): void {
  const seen = new Set<string>();
  for (const file of [companies, services]) {
    for (const unit of file?.records ?? []) {
      if (seen.has(unit.id))
        report(
          'duplicate-id',
          file?.at(unit as never, 'id') ?? nowhere,
          `There is already a company or service “${unit.id}”. Give one of them another id.`,
        );
      seen.add(unit.id);
    }
  }
  const known = new Set(companies?.records.map((company) => company.id));
  if (companies?.records.length === 0)
    report(
      'value',
      { file: 'companies.csv', line: 1, column: 1 },
      'There is no company. Add a row for each that is assessed.',
    );
  if (!companies) return;
  const suggest = suggester(known);
  const unknown = (id: string) => `There is no company “${id}” in companies.csv.${suggest(id)}`;
  for (const service of services?.records ?? [])
    if (!known.has(service.company))
      report('unknown-id', services?.at(service, 'company') ?? nowhere, unknown(service.company));
  for (const letter of correspondence?.records ?? [])
    if (!known.has(letter.company))
      report('unknown-id', correspondence?.at(letter, 'company') ?? nowhere, unknown(letter.company));
}

const nowhere: Place = { file: '', line: 1, column: 1 };

function checkPublished(
  { companies, services, methodology, published, deviations }: Draft,
  report: Report,
): void {
  if (!companies || !methodology) return;
  const units = new Set([...companies.records, ...(services?.records ?? [])].map((unit) => unit.id));
  const measures = new Map(methodology.value.measures.map((measure) => [measure.id, measure]));
  const ranked = methodology.value.ranking.measure;
  const suggest = { unit: suggester(units), measure: suggester(measures) };
  const check = (
    figure: { unit: string; measure: string; figure: string },
    at: (column: string) => Place,
  ) => {
    if (!units.has(figure.unit))
      report('unknown-id', at('unit'), `There is no unit “${figure.unit}”.${suggest.unit(figure.unit)}`);
    const measure = measures.get(figure.measure);
    if (!measure)
      report(
        'unknown-id',
        at('measure'),
        `There is no measure “${figure.measure}”.${suggest.measure(figure.measure)}`,
      );
    else if (figure.figure !== 'score' && services?.records.some((service) => service.id === figure.unit))
      report(
        'published-value',
        at('unit'),
        `“${figure.unit}” is a service; only companies are ranked. Write score.`,
      );
    else if (measure.recorded)
      report(
        'published-value',
        at('measure'),
        `“${measure.id}” is recorded, not scored; it has no ${figure.figure} to compare.`,
      );
    else if (figure.figure !== 'score' && measure.id !== ranked && measures.has(ranked))
      report(
        'published-value',
        at('measure'),
        `Only “${ranked}”, by which is ranked, has a ${figure.figure}. For other measures write score.`,
      );
  };
  const seen = new Set<string>();
  for (const figure of published?.records ?? []) {
    check(figure, (column) => published?.at(figure, column) ?? nowhere);
    const key = `${figure.unit} ${figure.measure} ${figure.figure}`;
    if (seen.has(key))
      report(
        'duplicate-id',
        published?.at(figure, 'figure') ?? nowhere,
        `The ${figure.figure} of “${figure.unit}” on “${figure.measure}” is given twice. Keep one row.`,
      );
    seen.add(key);
  }
  const explained = new Set<string>();
  deviations?.value.forEach((deviation, index) => {
    deviation.figures.forEach((figure, place) => {
      check(figure, (column) => deviations.at([index, 'figures', place, column]));
      const key = `${figure.unit} ${figure.measure} ${figure.figure}`;
      if (explained.has(key))
        report(
          'duplicate-id',
          deviations.at([index, 'figures', place]),
          `The ${figure.figure} of “${figure.unit}” on “${figure.measure}” is explained twice. Keep one explanation.`,
        );
      explained.add(key);
    });
  });
}
