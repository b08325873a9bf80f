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
  if (methodology && answers)
    checkReasons(assessments, methodology.value, answers, draft.meta?.value['without-reasons'] ?? 0, report);
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
  allowed: number,
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
  const bare: { readonly row: number; readonly message: string }[] = [];
  for (const { row, unit, measure, code, note, citations } of new AnswerTable(placed.answers).rows()) {
    const [noted, cited] = [isReason(note), citations !== ''];
    if (recorded.has(measure) || (noted && cited)) continue;
    if (code === CODE.NOT_APPLICABLE || code === CODE.NOT_ASSESSED) continue; // there is nothing to give reasons for
    const section = sections.get(unit, measure) ?? '';
    const who = `The answer of “${unit}” on “${measure}”`;
    if (!noted && section === '') {
      const message = `${who} has no reasons${note === '' ? '' : `: “${note}” says where it stood, and not why it is so`}. Add a note here, or a section {#${measure}} to the assessment of “${unit}”.`;
      bare.push({ row, message });
    } else if (!cited && citationsIn(section).length === 0) {
      report(
        'score-without-citation',
        placed.at(row, 'citations'),
        `${who} cites no source. Cite one here, or in its section as [@source-id].`,
      );
    }
  }
  reportBare(bare, allowed, placed, report);
}

/** Answers without reasons are errors, but for as many as the edition says it has. */
function reportBare(
  bare: readonly { readonly row: number; readonly message: string }[],
  allowed: number,
  placed: PlacedAnswers,
  report: Report,
): void {
  const [first] = bare;
  if (first && bare.length <= allowed) {
    const fewer =
      bare.length < allowed ? ` edition.yaml says ${allowed}: write “without-reasons: ${bare.length}”.` : '';
    report(
      'answers-without-reasons',
      placed.at(first.row, 'note'),
      `${bare.length === 1 ? 'One scored answer has' : `${bare.length} scored answers have`} no reasons; this is the first.${fewer}`,
    );
  } else
    for (const { row, message } of bare) report('score-without-reasons', placed.at(row, 'note'), message);
}

/** What a program writes of where a cell stood says nothing of why it is so. */
const isReason = (note: string): boolean =>
  note !== '' &&
  !/^(?:From .+, (?:line|row|column) \S+\.?|The release gives no comment\.|No table has a row for it\.)$/.test(
    note,
  );
