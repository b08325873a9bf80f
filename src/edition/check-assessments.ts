import { AnswerTable } from './answer-table.ts';
import { CODE } from './answers.ts';
import type { Draft, PlacedAssessment } from './draft.ts';
import { ID_PATTERN, suggester } from './ids.ts';
import { citationsIn, type Section } from './markdown.ts';
import type { Methodology } from './methodology-schema.ts';
import { PairMap } from './pairs.ts';
import type { Report } from './place.ts';
import type { PlacedAnswers } from './read-answers.ts';

/** Every assessment is of a unit, every section on a measure, and every scored answer has reasons and a source. */
export function checkAssessments(draft: Draft, report: Report): void {
  const { assessments, methodology, companies, services, answers } = draft;
  const units = new Set([...(companies?.records ?? []), ...(services?.records ?? [])].map((unit) => unit.id));
  const measures = methodology && new Set(methodology.value.measures.map((measure) => measure.id));
  const suggest = suggester(units);
  const seen = new Set<string>();
  for (const { assessment, unitPlace, sections } of assessments) {
    const { unit } = assessment;
    if (companies && !units.has(unit)) {
      report('unknown-id', unitPlace, `There is no company or service “${unit}”.${suggest(unit)}`);
    }
    if (seen.has(unit))
      report('duplicate-id', unitPlace, `There is already an assessment of “${unit}”. Join the two files.`);
    seen.add(unit);
    checkSections(sections, measures, report);
  }
  if (methodology && answers) checkReasons(assessments, methodology.value, answers, report);
}

function checkSections(
  sections: readonly Section[],
  measures: ReadonlySet<string> | undefined,
  report: Report,
): void {
  const suggest = measures && suggester(measures);
  const seen = new Set<string>();
  for (const { id, place } of sections) {
    if (id === undefined || !ID_PATTERN.test(id)) {
      report(
        'section-unknown',
        place,
        'The heading of a section ends with the id of its measure in braces: {#measure-id}.',
      );
      continue;
    }
    if (measures && !measures.has(id))
      report('section-unknown', place, `There is no measure “${id}”.${suggest?.(id)}`);
    if (seen.has(id)) report('section-unknown', place, `There are two sections on “${id}”. Join them.`);
    seen.add(id);
  }
}

/** A scored answer has reasons (its note or a section) and cites a source (in the row or in the section). */
function checkReasons(
  assessments: readonly PlacedAssessment[],
  methodology: Methodology,
  placed: PlacedAnswers,
  report: Report,
): void {
  const sections = new PairMap(
    assessments.flatMap(({ assessment }) =>
      assessment.sections.map((section) => [assessment.unit, section.measure, section.text] as const),
    ),
  );
  const recorded = new Set(
    methodology.measures.filter((measure) => measure.recorded).map((measure) => measure.id),
  );
  for (const { row, unit, measure, code, note, citations } of new AnswerTable(placed.answers).rows()) {
    const [noted, cited] = [note !== '', citations !== ''];
    if (recorded.has(measure) || (noted && cited)) continue;
    if (code === CODE.NOT_APPLICABLE || code === CODE.NOT_ASSESSED) continue; // there is nothing to give reasons for
    const section = sections.get(unit, measure) ?? '';
    const who = `The answer of “${unit}” on “${measure}”`;
    if (!noted && section === '') {
      report(
        'score-without-reasons',
        placed.at(row, 'note'),
        `${who} has no reasons. Add a note here, or a section {#${measure}} to the assessment of “${unit}”.`,
      );
    } else if (!cited && citationsIn(section).length === 0) {
      report(
        'score-without-citation',
        placed.at(row, 'citations'),
        `${who} cites no source. Cite one here, or in its section as [@source-id].`,
      );
    }
  }
}
