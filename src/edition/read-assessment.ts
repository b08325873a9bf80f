import { z } from 'zod';
import type { PlacedAssessment } from './draft.ts';
import { ID_PATTERN } from './ids.ts';
import { requireFrontMatter, splitSections } from './markdown.ts';
import type { Report, TextFile } from './place.ts';
import { parseYaml } from './structured-file.ts';

const unitSchema = z.strictObject({
  unit: z.string().regex(ID_PATTERN, 'must be lower-case words of a–z and 0–9 joined by single hyphens'),
});

/** Reads the assessment of one unit: its front matter, and a section for each measure. */
export function parseAssessment(source: TextFile, report: Report): PlacedAssessment | undefined {
  const matter = requireFrontMatter(source, 'unit: the-id-of-the-unit', report);
  if (!matter) return undefined;
  const front: Report = (rule, place, message) =>
    report(rule === 'unknown-key' ? rule : 'front-matter', place, message);
  const header = parseYaml(
    { ...source, text: source.text.slice(0, matter.offset + matter.yaml.length) },
    unitSchema,
    front,
    matter.offset,
  );
  if (!header) return undefined;
  const { before, sections } = splitSections(source, matter.body);
  const top = sections.filter((section) => section.level === 1);
  const below = joinSubsections(sections.filter((section) => section.level > 1));
  if (top.length !== 1 || before !== '') {
    report(
      'section-unknown',
      top[1]?.place ?? source.at(matter.body),
      'An assessment begins with one heading of level 1: the name of the unit.',
    );
  }
  const assessment = {
    unit: header.value.unit,
    title: top[0]?.heading ?? '',
    introduction: top[0]?.text ?? '',
    sections: below.map((section) => ({
      measure: section.id ?? '',
      heading: section.heading,
      text: section.text,
    })),
  };
  return { assessment, source, unitPlace: header.at(['unit']), sections: below };
}

/** Headings below level 2 belong to the section above them. */
function joinSubsections<T extends { level: number; heading: string; id: string | undefined; text: string }>(
  sections: readonly T[],
): T[] {
  const joined: { section: T; texts: string[] }[] = [];
  for (const section of sections) {
    const last = joined.at(-1);
    if (section.level === 2 || !last) joined.push({ section, texts: [section.text] });
    else last.texts.push(`${'#'.repeat(section.level)} ${section.heading}`, section.text);
  }
  return joined.map(({ section, texts }) => ({
    ...section,
    text: texts.filter((text) => text !== '').join('\n\n'),
  }));
}
