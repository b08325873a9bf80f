import type { Draft } from './draft.ts';
import { ID_PATTERN, suggester } from './ids.ts';
import { type Citation, citationsIn, citationsInCell, unshownMarks } from './markdown.ts';
import type { Place, Report } from './place.ts';
import type { PlacedAnswers } from './read-answers.ts';
import type { TranslatedTexts } from './schema.ts';
import type { Structured } from './structured-file.ts';

/** Everything that is cited must be a source; every source should be cited. */
export function checkCitations(draft: Draft, report: Report): void {
  const { sources } = draft;
  if (!sources) return;
  const ids = new Set<string>();
  sources.value.forEach((source, index) => {
    if (ids.has(source.id))
      report(
        'duplicate-id',
        sources.at([index, 'id']),
        `There are two sources “${source.id}”. Join them, or give one another id.`,
      );
    ids.add(source.id);
  });
  const suggest = suggester(ids);
  const used = new Set<string>();
  const quotes = new Map(draft.quotes?.value.map((quote) => [quote.id, quote.source]));
  const suggestQuote = suggester(quotes);
  const usedQuotes = new Set<string>();
  const cite: Cite = ({ source: id, quote, locator }, place) => {
    used.add(id);
    if (!ids.has(id)) {
      report('dangling-citation', place(), `There is no source “${id}”.${suggest(id)}`);
      return false;
    }
    if (ids.has(locator ?? ''))
      report(
        'citation-comma',
        place(),
        `“${locator}” is a source, but stands where a locator does. Put a semicolon before it.`,
      );
    if (quote === undefined) return true;
    usedQuotes.add(quote);
    const of = quotes.get(quote);
    if (of === id) return true;
    report(
      'dangling-quote',
      place(),
      of === undefined
        ? `There is no quote “${quote}”.${suggestQuote(quote)}`
        : `The quote “${quote}” is from “${of}”, not from “${id}”. Write ${of}#${quote}.`,
    );
    return false;
  };
  citeInTexts(draft, cite, report);
  citeInTables(draft, cite, report);
  if (!draft.answers || !draft.meta || !draft.methodology || draft.isPartial) return; // what they cite is not known
  for (const { source, quote } of draft.answers.citedElsewhere.flatMap(citationsInCell)) {
    used.add(source);
    if (quote !== undefined) usedQuotes.add(quote);
  }
  const carried = draft.meta.value['carried-over']?.['not-looked-at'].includes('sources.json');
  sources.value.forEach((source, index) => {
    if (!used.has(source.id) && !carried)
      report(
        'unused-source',
        sources.at([index, 'id']),
        `Nothing cites the source “${source.id}”. Cite it, or remove it.`,
      );
  });
  draft.quotes?.value.forEach(({ id, source }, index) => {
    if (!usedQuotes.has(id))
      report(
        'unused-quote',
        draft.quotes?.at([index, 'id']) ?? nowhere,
        `Nothing cites the quote “${id}”. Cite it as ${source}#${id}, or remove it.`,
      );
  });
}

/** Notes that a source, and perhaps a quote, is cited; reports it, and gives false, if there is none. */
type Cite = (citation: Omit<Citation, 'locator'> & Partial<Citation>, place: () => Place) => boolean;

function citeInTexts(
  { assessments, prose, findingsFile, methodology, corrections, translations }: Draft,
  cite: Cite,
  report: Report,
): void {
  for (const source of [
    ...assessments.map((placed) => placed.source),
    ...Object.values(prose),
    findingsFile,
  ]) {
    if (!source) continue;
    const fail = (offset: number, message: string) => report('citation-syntax', source.at(offset), message);
    for (const citation of citationsIn(source.text, fail)) cite(citation, () => source.at(citation.offset));
    for (const { offset, message } of unshownMarks(source.text))
      report('markdown', source.at(offset), message);
  }
  corrections?.value.forEach((correction, index) => {
    const place = () => corrections.at([index, 'text']);
    const fail = (_: number, message: string) => report('citation-syntax', place(), message);
    for (const citation of citationsIn(correction.text, fail)) cite(citation, place);
  });
  for (const { texts } of translations) citeInTranslation(texts, cite, report);
  methodology?.value.measures.forEach((measure, index) => {
    const place = () => methodology.at(['measures', index, 'guidance']);
    for (const citation of citationsIn(measure.guidance ?? '', (_, message) =>
      report('citation-syntax', place(), message),
    ))
      cite(citation, place);
  });
}

/** A translation cites as the original does: any text in it may. */
function citeInTranslation(texts: Structured<TranslatedTexts>, cite: Cite, report: Report): void {
  const visit = (value: unknown, path: readonly (string | number)[]): void => {
    if (typeof value === 'string') {
      const fail = (_: number, message: string) => report('citation-syntax', texts.at([...path]), message);
      for (const citation of citationsIn(value, fail)) cite(citation, () => texts.at([...path]));
    } else if (value !== null && typeof value === 'object')
      for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key]);
  };
  visit(texts.value, []);
}

function citeInTables({ meta, answers, services, correspondence }: Draft, cite: Cite, report: Report): void {
  if (meta?.value.origin !== undefined) cite({ source: meta.value.origin }, () => meta.at(['origin']));
  for (const service of services?.records ?? []) {
    if (service.users_source)
      cite({ source: service.users_source }, () => services?.at(service, 'users_source') ?? nowhere);
  }
  for (const letter of correspondence?.records ?? []) {
    if (letter.source) cite({ source: letter.source }, () => correspondence?.at(letter, 'source') ?? nowhere);
  }
  if (answers) citeInAnswers(answers, cite, report);
}

const nowhere: Place = { file: '', line: 1, column: 1 };

function citeInAnswers(placed: PlacedAnswers, cite: Cite, report: Report): void {
  const good = new Set<string>(); // large editions cite the same few sources in very many cells
  placed.answers.rows.citations.forEach((cell, row) => {
    if (cell === '' || good.has(cell)) return;
    const place = () => placed.at(row, 'citations');
    const holds = citationsInCell(cell).map((citation) => {
      const { source, quote } = citation;
      if (ID_PATTERN.test(source) && (quote === undefined || ID_PATTERN.test(quote)))
        return cite(citation, place);
      report(
        'citation-syntax',
        place(),
        `“${quote === undefined ? source : `${source}#${quote}`}” is no id of a source. Write source-id, locator; other-source#quote-id.`,
      );
      return false;
    });
    if (holds.every(Boolean)) good.add(cell);
  });
}
