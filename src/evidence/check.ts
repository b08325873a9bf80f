import type { Problem } from '#edition/index';
import { type CheckResult, checkEdition as checkWithoutArchive } from '#tables/check';
import { openArchive } from './archive/archive.ts';
import { verifyArchive } from './archive/verify-archive.ts';
import { personalInQuote, personalWords } from './quotes/personal.ts';
import { weaknesses } from './quotes/quote.ts';

/**
 * Everything that does not hold in the folder of an edition, its archive included: each quote is looked up in the text of its capture.
 * @throws NoEditionError if the folder is not there
 */
export async function checkEdition(folder: string): Promise<CheckResult> {
  const checked = await checkWithoutArchive(folder);
  const { edition } = checked;
  if (!edition || (edition.evidence.entries === 0 && edition.quotes.length === 0)) return checked;
  const { quotes, meta } = edition;
  const report = await verifyArchive(folder, { quotes, signedBy: meta['signed-by'] });
  const byName = new Map(quotes.map((quote) => [`quote “${quote.id}”`, quote]));
  const flaws = report.flaws.map(({ of, message }): Problem => {
    const quote = byName.get(of);
    return quote
      ? {
          ...checked.quoteAt(quote, 'exact'),
          rule: 'quote',
          message: `The quote “${quote.id}” does not hold: ${message}.`,
        }
      : { file: 'ledger.jsonl', line: 1, column: 1, rule: 'ledger', message: `${of}: ${message}.` };
  });
  const broken = new Set(report.flaws.map(({ of }) => of));
  const archive = openArchive(folder);
  const weak: Problem[] = [];
  for (const quote of quotes) {
    const capture = edition.evidence.captures.find(
      ({ source, text }) => source === quote.source && text === quote.text,
    );
    if (!capture || broken.has(`quote “${quote.id}”`)) continue;
    const manifest = await archive.manifest(capture.manifest);
    const text = await archive.text(manifest, quote.hidden ? 'hidden' : 'text');
    const visible = await archive.text(manifest, 'visible');
    const found = weaknesses(quote, text, { time: capture.time, cutOff: meta['cut-off']?.date, visible });
    const personal = personalInQuote(
      quote,
      edition.sources.find(({ id }) => id === quote.source),
      text,
    );
    if (personal.length > 0)
      weak.push({
        ...checked.quoteAt(quote, 'exact'),
        rule: 'quote-personal',
        message: `The quote “${quote.id}” would publish what may be personal: ${personalWords(personal)}. Quote a passage further from it; in a letter, “assay archive redact” takes the line out.`,
      });
    if (found.length > 0)
      weak.push({
        ...checked.quoteAt(quote, 'exact'),
        rule: 'quote-weak',
        message: `The quote “${quote.id}” proves little: ${found.join('; ')}.`,
      });
  }
  return { ...checked, problems: [...checked.problems, ...flaws, ...weak] };
}
