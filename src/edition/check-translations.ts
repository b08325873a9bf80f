import type { Draft } from './draft.ts';
import { suggester } from './ids.ts';
import { fencedIn, spansIn, withoutFences } from './markdown.ts';
import { type Finding, scaleOf } from './model.ts';
import type { Place, Report } from './place.ts';
import type { TranslatedTexts } from './schema.ts';
import type { Structured } from './structured-file.ts';

type Translated = Structured<TranslatedTexts>;
type Path = readonly (string | number)[];

/** Translations are of texts that there are: every id in them is one of the edition’s, and findings keep their figures. */
export function checkTranslations(draft: Draft, report: Report): void {
  const own = draft.meta?.value.languages[0];
  for (const { language, file, texts } of draft.translations) {
    if (language === own)
      report(
        'translation',
        { file, line: 1, column: 1 },
        `“${language}” is the language of the edition itself; its texts stand in the other files.`,
      );
    checkIds(draft, texts, report);
    checkLimits(draft, texts, report);
    for (const [id, finding] of Object.entries(texts.value.findings ?? {}))
      checkFinding(draft, finding?.text, id, texts.at(['findings', id, 'text']), report);
  }
}

function checkIds(draft: Draft, texts: Translated, report: Report): void {
  const { companies, services, methodology, assessments, findings } = draft;
  if (!companies || !methodology) return; // what there is, is not known
  const { value, at } = texts;
  const [companyIds, serviceIds] = [companies.records, services?.records ?? []].map((units) =>
    units.map((unit) => unit.id),
  );
  const unitIds = [...(companyIds ?? []), ...(serviceIds ?? [])];
  const measureIds = methodology.value.measures.map((measure) => measure.id);
  const known = (
    what: string,
    ids: readonly string[] | undefined,
    record: object | undefined,
    path: Path,
  ) => {
    const all = new Set(ids);
    const suggest = suggester(all);
    for (const id of Object.keys(record ?? {}))
      if (!all.has(id)) report('unknown-id', at([...path, id]), `There is no ${what} “${id}”.${suggest(id)}`);
  };
  known('company', companyIds, value.companies, ['companies']);
  known('service', serviceIds, value.services, ['services']);
  known('measure', measureIds, value.measures, ['measures']);
  known(
    'scale',
    methodology.value.scales.map((scale) => scale.id),
    value.scales,
    ['scales'],
  );
  for (const scale of methodology.value.scales)
    known(
      `answer of the scale “${scale.id}”`,
      scale.answers.map((option) => option.answer),
      value.scales?.[scale.id],
      ['scales', scale.id],
    );
  for (const measure of methodology.value.measures)
    known(
      `answer of “${measure.id}”`,
      scaleOf(methodology.value, measure)?.answers.map((option) => option.answer),
      value.measures?.[measure.id]?.meanings,
      ['measures', measure.id, 'meanings'],
    );
  known(
    'finding',
    findings.map(({ finding }) => finding.id),
    value.findings,
    ['findings'],
  );
  known('unit', unitIds, value.answers, ['answers']);
  for (const unit of unitIds) known('measure', measureIds, value.answers?.[unit], ['answers', unit]);
  known(
    'assessment of',
    assessments.map(({ assessment }) => assessment.unit),
    value.assessments,
    ['assessments'],
  );
  for (const { assessment } of assessments)
    known(
      `section of “${assessment.unit}” on`,
      assessment.sections.map((section) => section.measure),
      value.assessments?.[assessment.unit]?.sections,
      ['assessments', assessment.unit, 'sections'],
    );
}

function checkLimits({ meta }: Draft, { value, at }: Translated, report: Report): void {
  const translated = value.edition?.['does-not-say'];
  const original = meta?.value['does-not-say'];
  if (translated && original && translated.length !== original.length)
    report(
      'translation',
      at(['edition', 'does-not-say']),
      `The original has ${original.length} under does-not-say, the translation ${translated.length}. Translate each, in their order.`,
    );
}

/** The figures of a finding are checked in the original; its translation must mark the same ones. */
function checkFinding(
  { findings }: Draft,
  text: string | undefined,
  id: string,
  place: Place,
  report: Report,
): void {
  const original = findings.find(({ finding }) => finding.id === id)?.finding;
  if (!original || text === undefined) return;
  const fail = (message: string) => report('translation', place, message);
  if (fencedIn(text).some(({ info }) => /^sql\b/.test(info)))
    fail('Queries stand in findings.md only. Leave them out of the translation.');
  const spans = spansIn(withoutFences(text), (_, message) => fail(message));
  const marked = spans.flatMap((span) => span.attributes.get('claim') ?? []);
  const claims = claimsOf(original);
  for (const claim of claims)
    if (!marked.includes(claim))
      fail(`The figure of the claim “${claim}” is not marked. Mark it: [figure]{claim=${claim}}.`);
  for (const claim of new Set(marked))
    if (!claims.has(claim)) fail(`The finding has no claim “${claim}” in the original. Remove or rename it.`);
  const undecided = spans.filter((span) => span.attributes.has('undecided')).length;
  if (undecided !== original.undecided.length)
    fail(
      `The original marks ${original.undecided.length} figures as undecided, the translation ${undecided}.`,
    );
}

const claimsOf = (finding: Finding) => new Set(finding.claims.map((claim) => claim.id));
