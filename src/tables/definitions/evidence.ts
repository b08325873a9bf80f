import { ownValue } from '#edition/index';
import { type Cell, integer, type TableDefinition, text } from '../table.ts';

/** What the citations rest on: copies of sources, passages in them, and searches that found nothing. */

export const captures: TableDefinition = {
  name: 'captures',
  about: 'The stored copies of sources, in the order of the ledgers together.',
  key: ['ledger', 'number'],
  columns: [
    text('ledger', 'The ledger that the entry stands in; empty for ledger.jsonl.'),
    integer('number', 'The place of the entry in its ledger, from 0.'),
    text('source', 'The source.'),
    text('time', 'When it was captured: ISO 8601, UTC.'),
    text('verdict', 'ok; soft-block, login-wall or error where something else was shown.'),
    text('address', 'The address it was fetched from; null for a file.'),
    text('manifest', 'SHA-256 of the manifest, which names all that was kept.'),
    text('text', 'SHA-256 of the extracted text; null if there is none.'),
  ],
  rows: ({ edition }) =>
    edition.evidence.captures.map((entry): Cell[] => [
      entry.ledger,
      entry.number,
      entry.source,
      entry.time,
      entry.verdict,
      entry.address ?? null,
      entry.manifest,
      entry.text ?? null,
    ]),
};

export const quotes: TableDefinition = {
  name: 'quotes',
  about: 'Passages of sources, exactly as they stand in a capture.',
  key: ['id'],
  columns: [
    text('id', 'Id of the quote.'),
    text('source', 'The source.', 'sources.id'),
    text('exact', 'The passage.'),
    text('prefix', 'What stands before it.'),
    text('suffix', 'What stands after it.'),
    integer('start', 'Where it begins in the text, in Unicode code points.'),
    integer('end', 'Where it ends, exclusive.'),
    text('text', 'SHA-256 of the text of the capture that it stands in.'),
    integer('page', 'The page of a PDF; null for others.'),
    text('verdict', 'What the latest re-check found; null if there was none.'),
    text('note', 'Remarks.'),
  ],
  rows: ({ edition: { quotes: all, evidence } }) =>
    all.map((quote): Cell[] => [
      quote.id,
      quote.source,
      quote.exact,
      quote.prefix,
      quote.suffix,
      quote.start,
      quote.end,
      quote.text,
      quote.page ?? null,
      ownValue(evidence.checks.get(quote.source)?.verdicts, quote.id) ?? null,
      quote.note ?? '',
    ]),
};

export const searches: TableDefinition = {
  name: 'searches',
  about: 'Searches that found nothing: the evidence of no-evidence answers.',
  key: [],
  columns: [
    text('unit', 'The company or service.'),
    text('measure', 'The measure.', 'measures.id'),
    text('date', 'When it was searched.'),
    text('place', 'Where it was searched.'),
    text('words', 'With what words.'),
    text('note', 'Remarks.'),
  ],
  rows: ({ edition }) =>
    edition.searches.map((search): Cell[] => [
      search.unit,
      search.measure,
      search.date,
      search.where,
      search.words,
      search.note,
    ]),
};
