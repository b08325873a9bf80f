import { checkAssessments } from './check-assessments.ts';
import { checkCitations } from './check-citations.ts';
import { checkCorrections } from './check-corrections.ts';
import { checkEvidence } from './check-evidence.ts';
import { checkNesting } from './check-nesting.ts';
import { checkNumbers } from './check-numbers.ts';
import { checkPublished } from './check-published.ts';
import { checkTranslations } from './check-translations.ts';
import { checkWording } from './check-wording.ts';
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
  checkWording(draft, report);
  checkEvidence(draft, report);
  checkCarriedOver(draft, report);
}

/** What was carried over is named until somebody has looked at it. */
function checkCarriedOver({ meta }: Draft, report: Report): void {
  const carried = meta?.value['carried-over'];
  carried?.['not-looked-at'].forEach((file, index) => {
    report(
      'carried-over',
      meta?.at(['carried-over', 'not-looked-at', index]) ?? nowhere,
      `“${file}” is as it was in “${carried.from}”. Look at it, mend what has changed, and take it off this list.`,
    );
  });
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
