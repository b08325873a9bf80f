import { checkTranslatedIds } from './check-translated-ids.ts';
import type { Draft } from './draft.ts';
import { fencedIn, spansIn, withoutFences } from './markdown.ts';
import type { Finding } from './model.ts';
import { ownValue } from './own-value.ts';
import type { Report } from './place.ts';
import type { TranslatedTexts } from './schema.ts';
import type { Structured } from './structured-file.ts';

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
    checkTranslatedIds(draft, texts, report);
    checkLimits(draft, texts, report);
    for (const { finding } of draft.findings) {
      const text = ownValue(texts.value.findings, finding.id)?.text;
      if (text === undefined) continue;
      for (const message of disagreements(finding, text))
        report('translation', texts.at(['findings', finding.id, 'text']), message);
    }
  }
}

function checkLimits({ meta }: Draft, { value, at }: Structured<TranslatedTexts>, report: Report): void {
  const translated = value.edition?.['does-not-say'];
  const original = meta?.value['does-not-say'];
  if (translated && original && translated.length !== original.length)
    report(
      'translation',
      at(['edition', 'does-not-say']),
      `The original has ${original.length} under does-not-say, the translation ${translated.length}. Translate each, in their order.`,
    );
}

/** The figures of a finding are checked in the original; its translation must mark the same ones, and nothing else. */
function disagreements(original: Finding, text: string): string[] {
  const said: string[] = [];
  if (fencedIn(text).some(({ info }) => /^sql\b/.test(info)))
    said.push('Queries stand in findings.md only. Leave them out of the translation.');
  const spans = spansIn(withoutFences(text), (_, message) => said.push(message));
  const undecided = spans.filter((span) => span.attributes.has('undecided'));
  const marked = new Set<string>();
  for (const span of spans) {
    const claim = span.attributes.get('claim');
    if (claim !== undefined) marked.add(claim);
    else if (!undecided.includes(span))
      said.push(`“[${span.figure}]” in braces needs claim=id or undecided="why", as in the original.`);
  }
  const claims = new Set(original.claims.map((claim) => claim.id));
  for (const claim of claims.difference(marked))
    said.push(`The figure of the claim “${claim}” is not marked. Mark it: [figure]{claim=${claim}}.`);
  for (const claim of marked.difference(claims))
    said.push(`The finding has no claim “${claim}” in the original. Remove or rename it.`);
  if (undecided.length !== original.undecided.length)
    said.push(
      `Figures marked as undecided: ${original.undecided.length} in the original, ${undecided.length} in the translation. Mark the same ones.`,
    );
  return said;
}
