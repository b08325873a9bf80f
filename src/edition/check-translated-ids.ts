import type { Answers } from './answers.ts';
import type { Draft } from './draft.ts';
import { suggester } from './ids.ts';
import type { Report } from './place.ts';
import type { TranslatedTexts } from './schema.ts';
import type { Structured } from './structured-file.ts';

/** Every id in a translation must be one of the edition’s, in its place: one that is not belongs to a text that nobody would see. */
export function checkTranslatedIds(
  draft: Draft,
  { value, at }: Structured<TranslatedTexts>,
  report: Report,
): void {
  for (const { path, record, ids, missing } of keyedIn(value, whatThereIs(draft))) {
    if (!record || !ids) continue;
    const known = new Set(ids);
    const suggest = suggester(known);
    for (const id of Object.keys(record))
      if (!known.has(id)) report('unknown-id', at([...path, id]), `${missing(id)}${suggest(id)}`);
  }
}

type ThereIs = ReturnType<typeof whatThereIs>;

/** What could not be read is undefined, and not asked for: it was reported already. */
function whatThereIs({ companies, services, methodology, answers, assessments, findings }: Draft) {
  const idsOf = (records: readonly { id: string }[] | undefined) => records?.map(({ id }) => id);
  const scales = methodology?.value.scales.map(
    ({ id, answers: options }) => [id, options.map((option) => option.answer)] as const,
  );
  const options = scales && new Map(scales);
  return {
    companies: idsOf(companies?.records),
    services: companies && (idsOf(services?.records) ?? []),
    measures: idsOf(methodology?.value.measures),
    options,
    optionsOfMeasure: new Map(
      methodology?.value.measures.map(({ id, scale }) => [id, options?.get(scale ?? '') ?? []]),
    ),
    findings: findings.map(({ finding }) => finding.id),
    sections: new Map(
      assessments.map(({ assessment: { unit, sections } }) => [unit, sections.map(({ measure }) => measure)]),
    ),
    answered: answers && answeredLeaves(answers.answers),
  };
}

interface Keyed {
  readonly path: readonly string[];
  readonly record: object | undefined;
  readonly ids: Iterable<string> | undefined;
  missing(id: string): string;
}

/** Everything in a translation that has ids for keys, with those that may stand there. */
function keyedIn(texts: TranslatedTexts, there: ThereIs): Keyed[] {
  const top = (
    part: keyof TranslatedTexts & string,
    what: string,
    ids: Iterable<string> | undefined,
  ): Keyed => ({
    path: [part],
    record: typeof texts[part] === 'object' ? texts[part] : undefined,
    ids,
    missing: (id) => `There is no ${what} “${id}”.`,
  });
  const each = <T>(part: Readonly<Record<string, T>> | undefined, keyed: (id: string, inner: T) => Keyed) =>
    Object.entries(part ?? {}).map(([id, inner]) => keyed(id, inner));
  return [
    top('companies', 'company', there.companies),
    top('services', 'service', there.services),
    top('measures', 'measure', there.measures),
    top('scales', 'scale', there.options?.keys()),
    top('findings', 'finding', there.findings),
    top('assessments', 'assessment of', there.sections.keys()),
    top('answers', 'unit', there.answered?.keys()),
    ...each(texts.scales, (scale, record) => ({
      path: ['scales', scale],
      record,
      ids: there.options?.get(scale),
      missing: (answer) => `The scale “${scale}” has no answer “${answer}”.`,
    })),
    ...each(texts.measures, (measure, { meanings: record }) => ({
      path: ['measures', measure, 'meanings'],
      record,
      ids: there.optionsOfMeasure.get(measure),
      missing: (answer) => `The measure “${measure}” has no answer “${answer}”.`,
    })),
    ...each(texts.assessments, (unit, { sections: record }) => ({
      path: ['assessments', unit, 'sections'],
      record,
      ids: there.sections.get(unit),
      missing: (measure) => `The assessment of “${unit}” has no section on “${measure}”.`,
    })),
    ...each(texts.answers, (unit, record) => ({
      path: ['answers', unit],
      record,
      ids: there.answered?.get(unit),
      missing: (measure) => `There is no answer of “${unit}” on “${measure}”.`,
    })),
  ];
}

/** The leaves that have a row in answers.csv, for each unit. */
function answeredLeaves({ units, leaves, rows }: Answers): Map<string, string[]> {
  const answered = new Map(units.map((unit): [string, string[]] => [unit, []]));
  for (let row = 0; row < rows.length; row++)
    answered.get(units[rows.unit[row] ?? 0] ?? '')?.push(leaves[rows.leaf[row] ?? 0] ?? '');
  return answered;
}
