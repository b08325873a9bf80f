import { readdirSync } from 'node:fs';
import type { PlacedAssessment, PlacedTranslation } from './draft.ts';
import type { Report } from './place.ts';
import { parseAssessment } from './read-assessment.ts';
import type { RuleId } from './rules.ts';
import { translationSchema } from './schema.ts';
import { parseYaml } from './structured-file.ts';
import { pathWithin, readTextFile } from './text-file.ts';
import { LANGUAGE } from './values.ts';

/** One file a unit: assessments/apple.md. */
export function readAssessments(folder: string, report: Report): PlacedAssessment[] {
  return namesIn(folder, 'assessments', report)
    .toSorted()
    .flatMap((name) => {
      const file = `assessments/${name}`;
      if (!name.endsWith('.md')) {
        unknown(file, 'Only Markdown files (.md) are read here. Rename it or move it away.', report);
        return [];
      }
      const source = readTextFile(folder, file, report);
      const assessment = source && parseAssessment(source, report);
      return assessment ? [assessment] : [];
    });
}

/** One file a language: translations/fr.yaml. In the order of the languages, in which `fr` comes before `fr-CA`. */
export function readTranslations(folder: string, report: Report): PlacedTranslation[] {
  const found = namesIn(folder, 'translations', report).flatMap((name) => {
    const file = `translations/${name}`;
    const language = name.replace(/\.yaml$/, '');
    if (language !== name && LANGUAGE.test(language)) return [{ file, language }];
    unknown(
      file,
      'A translation is named by its language: fr.yaml, pt-BR.yaml. Rename it or move it away.',
      report,
    );
    return [];
  });
  return found
    .toSorted((a, b) => (a.language < b.language ? -1 : 1))
    .flatMap(({ file, language }) => {
      const source = readTextFile(folder, file, report);
      const texts = source && parseYaml(source, translationSchema, report);
      return texts ? [{ language, file, texts }] : [];
    });
}

/** What stands in a folder of parts and is none; files that a system hides are nobody’s mistake. */
function unknown(file: string, message: string, report: Report): void {
  if (!/\/\.[^/]*$/.test(file)) report('unknown-file', { file, line: 1, column: 1 }, message);
}

/** The names in a folder of the edition; none, and reported, if it leads out of the edition or cannot be read. */
function namesIn(folder: string, name: string, report: Report): string[] {
  const fail = (rule: RuleId, message: string) => report(rule, { file: name, line: 1, column: 1 }, message);
  try {
    const path = pathWithin(folder, name);
    if (path) return readdirSync(path);
    fail(
      'outside-folder',
      'This is a link that leads out of the edition folder. Put the folder itself here.',
    );
  } catch {
    fail('unreadable-file', 'This must be a folder that can be read, with the files that belong there.');
  }
  return [];
}
