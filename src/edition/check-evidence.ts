import { AnswerTable } from './answer-table.ts';
import { CODE } from './answers.ts';
import type { Draft } from './draft.ts';
import { LABELS, type Label, labeller, NO_EVIDENCE } from './evidence.ts';
import { suggester } from './ids.ts';
import { citationsIn, citationsInCell } from './markdown.ts';
import { PairMap } from './pairs.ts';
import type { Report } from './place.ts';

/** Quotes are of sources, searches of answers, and every scored answer rests on what the edition asks for. */
export function checkEvidence(draft: Draft, report: Report): void {
  checkQuotes(draft, report);
  checkSearches(draft, report);
  checkLabels(draft, report);
}

function checkQuotes({ quotes, sources }: Draft, report: Report): void {
  const known = sources && new Set(sources.value.map(({ id }) => id));
  const suggest = known && suggester(known);
  const seen = new Set<string>();
  quotes?.value.forEach((quote, index) => {
    if (seen.has(quote.id))
      report(
        'duplicate-id',
        quotes.at([index, 'id']),
        `There is already a quote “${quote.id}”. Give one of them another id.`,
      );
    seen.add(quote.id);
    if (known && !known.has(quote.source))
      report(
        'unknown-id',
        quotes.at([index, 'source']),
        `There is no source “${quote.source}”.${suggest?.(quote.source)}`,
      );
    const length = [...quote.exact].length;
    if (quote.end - quote.start !== length)
      report(
        'quote',
        quotes.at([index, 'end']),
        `The passage has ${length} code points, but from ${quote.start} to ${quote.end} there are ${quote.end - quote.start}. Quote it again with “assay quote”.`,
      );
  });
}

function checkSearches({ searches, answers, methodology, companies, services }: Draft, report: Report): void {
  if (!searches || !methodology || !companies) return;
  const units = new Set([...companies.records, ...(services?.records ?? [])].map(({ id }) => id));
  const leaves = new Set(
    methodology.value.measures.filter(({ scale }) => scale !== undefined).map(({ id }) => id),
  );
  const suggest = { unit: suggester(units), measure: suggester(leaves) };
  const table = answers && new AnswerTable(answers.answers);
  for (const search of searches.records) {
    if (!units.has(search.unit))
      report(
        'unknown-id',
        searches.at(search, 'unit'),
        `There is no company or service “${search.unit}”.${suggest.unit(search.unit)}`,
      );
    if (!leaves.has(search.measure))
      report(
        'unknown-id',
        searches.at(search, 'measure'),
        `There is no measure “${search.measure}” that is answered.${suggest.measure(search.measure)}`,
      );
    else if (
      table?.has(search.unit, search.measure) &&
      table.code(search.unit, search.measure) !== CODE.NO_EVIDENCE
    )
      report(
        'search-unused',
        searches.at(search, 'measure'),
        `A search is the evidence of a no-evidence answer; “${search.unit}” is answered otherwise on “${search.measure}”.`,
      );
  }
}

/** The rule that the edition has set itself: `evidence` in edition.yaml. */
function checkLabels(draft: Draft, report: Report): void {
  const { meta, answers, sources, searches } = draft;
  const asked = meta?.value.evidence ?? 'cited';
  if (asked === 'cited' || !answers || !sources) return;
  const searched = new PairMap(searches?.records.map(({ unit, measure }) => [unit, measure, true] as const));
  const bestLabel = bestLabels(draft);
  for (const { row, unit, measure, code } of foundAnswers(draft)) {
    if (code === CODE.NO_EVIDENCE) {
      if (!searched.has(unit, measure))
        report(
          'search-missing',
          answers.at(row, 'answer'),
          `“${unit}” has no-evidence on “${measure}”, and no search is recorded. Add it to searches.csv: when, where, with what words.`,
        );
      continue;
    }
    const best = bestLabel(row, unit, measure);
    if (LABELS.indexOf(best) < LABELS.indexOf(asked))
      report(
        'evidence-weak',
        answers.at(row, 'citations'),
        `The answer of “${unit}” on “${measure}” rests on what is only ${best}; this edition asks for ${asked}. ${asked === 'quoted' ? 'Quote the passage with “assay quote”, and cite it as source#quote.' : 'Capture the source with “assay capture”.'}`,
      );
  }
}

/** The scored answers that somebody found something for, or searched in vain. */
function foundAnswers({ answers, methodology }: Draft) {
  if (!answers || !methodology) return [];
  const recorded = new Set(
    methodology.value.measures.filter((measure) => measure.recorded).map(({ id }) => id),
  );
  return [...new AnswerTable(answers.answers).rows()].filter(
    ({ measure, code }) =>
      !recorded.has(measure) && code !== CODE.NOT_APPLICABLE && code !== CODE.NOT_ASSESSED,
  );
}

/** The best label among what a row, or the section of its assessment, cites. */
function bestLabels({ answers, assessments, quotes, evidence }: Draft) {
  const labelOf = labeller({ quotes: quotes?.value ?? [], evidence: evidence ?? NO_EVIDENCE });
  const sections = new PairMap(
    assessments.flatMap(({ assessment }) =>
      assessment.sections.map(({ measure, text }) => [assessment.unit, measure, text] as const),
    ),
  );
  return (row: number, unit: string, measure: string): Label => {
    const cited = [
      ...citationsInCell(answers?.answers.rows.citations[row] ?? ''),
      ...citationsIn(sections.get(unit, measure) ?? ''),
    ].map(labelOf);
    return LABELS.findLast((label) => cited.includes(label)) ?? 'cited';
  };
}
