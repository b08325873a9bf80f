import type { Draft } from './draft.ts';
import type { Report } from './place.ts';

/** What can be recognised of wording that readers stumble over. English only: other languages say it otherwise. */
export function checkWording(draft: Draft, report: Report): void {
  const language = draft.meta?.value.languages[0] ?? '';
  if (!/^en\b/.test(language)) return;
  checkLevels(draft, report);
  checkHeadings(draft, report);
  checkReportIsNamed(draft, report);
}

/** “not enough for 2”, “the conditions for 2 do not hold”, “see level 1”, “a score of 3”. */
const OTHER_LEVEL = /\b(?:(?:conditions?|enough|asks?|needs?|required?) for \d|levels? \d|scores? of \d)\b/i;

/** A level is read alone: on a score page it is the verdict, elsewhere it is advice. */
function checkLevels({ methodology }: Draft, report: Report): void {
  const look = (text: string | undefined, path: readonly (string | number)[]) => {
    const found = OTHER_LEVEL.exec(text ?? '')?.[0];
    if (methodology && found)
      report(
        'level-wording',
        methodology.at([...path]),
        `“${found}” names another level by its number; a reader sees this one alone. Say what it takes.`,
      );
  };
  methodology?.value.scales.forEach((scale, index) => {
    if (scale.kind === 'levels')
      for (const [place, option] of scale.answers.entries())
        look(option.meaning, ['scales', index, 'answers', place, 'meaning']);
  });
  methodology?.value.measures.forEach((measure, index) => {
    for (const part of ['meanings', 'advice'] as const)
      for (const [answer, text] of Object.entries(measure[part] ?? {}))
        look(text, ['measures', index, part, answer]);
  });
}

const NO_SUBJECT = /^(?:it|they|this|these|those|he|she|others)\s/i;

/** A heading stands on the first page and on cards, where nothing goes before it. */
function checkHeadings({ findings, findingsFile }: Draft, report: Report): void {
  for (const { finding } of findings) {
    const word = NO_SUBJECT.exec(finding.heading)?.[0].trim();
    const offset = findingsFile?.text.indexOf(finding.heading) ?? -1;
    if (word && findingsFile && offset >= 0)
      report(
        'heading-wording',
        findingsFile.at(offset),
        `The heading begins with “${word}”, and nothing before it says who that is. Begin with a name.`,
      );
  }
}

/** Where figures are carried over, “the report” is somebody’s: each page that speaks of it names whose once. */
function checkReportIsNamed({ meta, sources, findingsFile, assessments }: Draft, report: Report): void {
  const origin = sources?.value.find(({ id }) => id === meta?.value.origin);
  const names = [
    origin?.publisher,
    ...(origin?.author ?? []).map((name) => ('literal' in name ? name.literal : name.family)),
  ].filter((name) => name !== undefined);
  if (names.length === 0) return;
  for (const source of [...assessments.map((placed) => placed.source), findingsFile]) {
    const offset = source?.text.search(/\bthe report\b/i) ?? -1;
    if (source && offset >= 0 && !names.some((name) => source.text.replace(/\s+/g, ' ').includes(name)))
      report(
        'report-wording',
        source.at(offset),
        `“The report” is nobody’s here. Name whose it is once, such as “${names[0]}’s report”.`,
      );
  }
}
