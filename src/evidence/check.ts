import { ledgerFiles, signedOf } from '#edition/folder';
import type { EditionMeta, Problem } from '#edition/index';
import { type CheckResult, checkEdition as checkWithoutArchive } from '#tables/check';
import { openArchive } from './archive/archive.ts';
import { type ArchiveReport, verifyArchive } from './archive/verify-archive.ts';
import { personalInQuote, personalWords } from './quotes/personal.ts';
import { weaknesses } from './quotes/quote.ts';

/**
 * Everything that does not hold in the folder of an edition, its archive included: each quote is looked up in the text of its capture.
 * @throws NoEditionError if the folder is not there
 */
export async function checkEdition(folder: string): Promise<CheckResult> {
  const checked = await checkWithoutArchive(folder);
  const { edition } = checked;
  if (!edition || (ledgerFiles(folder).length === 0 && edition.quotes.length === 0)) return checked;
  const { quotes, meta } = edition;
  const report = await verifyArchive(folder, { quotes, signed: signedOf(meta) });
  const byId = new Map(quotes.map((quote) => [quote.id, quote]));
  const start = { file: report.ledgers[0]?.file ?? 'ledger', line: 1, column: 1 };
  const flaws = report.flaws.map(({ of, message, quote: id, place }): Problem => {
    const quote = byId.get(id ?? '');
    return quote
      ? {
          ...checked.quoteAt(quote, 'exact'),
          rule: 'quote',
          message: `The quote “${quote.id}” does not hold: ${message}.`,
        }
      : { ...start, ...place, rule: 'ledger', message: `${of}: ${message}.` };
  });
  const broken = new Set(report.flaws.map(({ quote }) => quote));
  const archive = openArchive(folder);
  const weak: Problem[] = [];
  for (const quote of quotes) {
    const capture = edition.evidence.captures.findLast(
      ({ source, text }) => source === quote.source && text === quote.text,
    );
    if (!capture || broken.has(quote.id)) continue;
    const manifest = await archive.manifest(capture.manifest).catch(() => undefined); // said above
    if (!manifest) continue;
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
  return { ...checked, problems: [...checked.problems, ...flaws, ...open(report, meta), ...weak] };
}

/** Where the edition says who signs, what nobody has signed proves nothing, and does not count. */
function open({ open: number, openSources, ledgers }: ArchiveReport, meta: EditionMeta): Problem[] {
  if (number === 0 || meta['signed-by'] === undefined) return [];
  const sources = openSources.length === 0 ? '' : `, captures of ${openSources.join(', ')} among them`;
  return [
    {
      file: ledgers.find((own) => own.open > 0)?.file ?? 'ledger',
      line: 1,
      column: 1,
      rule: 'ledger-open',
      message: `${number} ${number === 1 ? 'entry is' : 'entries are'} not signed${sources}: what rests on them counts as cited only. Look at them, and sign: assay archive head --vouch, with ASSAY_KEY.`,
    },
  ];
}
