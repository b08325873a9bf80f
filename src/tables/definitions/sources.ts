import { citationsIn, citationsInCell, type Edition, LABELS, type Label, labeller } from '#edition/index';
import { type Cell, integer, type TableDefinition, text } from '../table.ts';

/** What is cited where, and the letters. */

export const sources: TableDefinition = {
  name: 'sources',
  about: 'What is cited.',
  key: ['id'],
  columns: [
    text('id', 'Id of the source.'),
    text('kind', 'What sort of source it is.'),
    text('type', 'Its CSL type.'),
    text('title', 'Title.'),
    text('authors', 'Authors, separated by semicolons; empty if none are named.'),
    text('container', 'The publication it stands in.'),
    text('publisher', 'Publisher.'),
    text('issued', 'Date of publication: year, month or day; empty when not known.'),
    text('url', 'Address; empty when none is given.'),
    text('footnotes', 'Where the origin of the edition cites it.'),
    text('note', 'Remarks on the entry.'),
  ],
  rows: ({ edition }) =>
    edition.sources.map((source) => [
      source.id,
      source.custom.kind,
      source.type,
      source.title,
      (source.author ?? [])
        .map((name) =>
          'literal' in name ? name.literal : [name.given, name.family].filter(Boolean).join(' '),
        )
        .join('; '),
      source['container-title'] ?? '',
      source.publisher ?? '',
      issuedText(source.issued),
      source.URL ?? '',
      (source.custom.footnotes ?? []).join(' '),
      source.custom.note ?? '',
    ]),
};

function issuedText(issued: Edition['sources'][number]['issued']): string {
  if (!issued) return '';
  if (!('date-parts' in issued)) return 'raw' in issued ? issued.raw : issued.literal;
  return issued['date-parts']
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join('-'))
    .join('/');
}

export const citations: TableDefinition = {
  name: 'citations',
  about: 'Every place where a source is cited.',
  key: [],
  columns: [
    text('source', 'The source.', 'sources.id'),
    text('locator', 'Where in the source; empty for the whole.'),
    text(
      'place',
      'What cites it: answer, assessment, methodology, finding, users, origin, method, recommendations or background (the texts of that name), or correspondence (a letter, or the text).',
    ),
    text('unit', 'The company or service that the citation is about; null if none.'),
    text('measure', 'The measure that it is about; null if none.'),
    text('quote', 'The passage that is cited; null if none.', 'quotes.id'),
    text('label', 'quoted (an exact passage in a capture), captured (a stored copy) or cited (neither).'),
  ],
  rows: ({ edition }) => citationRows(edition),
};

/** How many citations of an edition have each label. */
export function labelCounts(edition: Edition): Record<Label, number> {
  const counts: Record<Label, number> = { cited: 0, captured: 0, quoted: 0 };
  for (const row of citationRows(edition)) {
    const label = LABELS.find((own) => own === row.at(-1));
    if (label) counts[label]++;
  }
  return counts;
}

function* citationRows(edition: Edition): Iterable<readonly Cell[]> {
  const { rows, units, leaves } = edition.answers;
  const labelOf = labeller(edition);
  const whole = (source: string) => [null, labelOf({ source, locator: '' })];
  for (let row = 0; row < rows.length; row++) {
    for (const citation of citationsInCell(rows.citations[row] ?? '')) {
      yield [
        citation.source,
        citation.locator,
        'answer',
        units[rows.unit[row] ?? 0] ?? null,
        leaves[rows.leaf[row] ?? 0] ?? null,
        citation.quote ?? null,
        labelOf(citation),
      ];
    }
  }
  for (const { place, unit, measure, prose } of prosePlaces(edition)) {
    for (const citation of citationsIn(prose))
      yield [
        citation.source,
        citation.locator,
        place,
        unit,
        measure,
        citation.quote ?? null,
        labelOf(citation),
      ];
  }
  for (const letter of edition.correspondence)
    if (letter.source)
      yield [letter.source, '', 'correspondence', letter.company, null, ...whole(letter.source)];
  for (const service of edition.services)
    if (service.users_source)
      yield [service.users_source, '', 'users', service.id, null, ...whole(service.users_source)];
  if (edition.meta.origin !== undefined)
    yield [edition.meta.origin, '', 'origin', null, null, ...whole(edition.meta.origin)];
}

function prosePlaces(edition: Edition) {
  return [
    ...edition.assessments.flatMap(({ unit, introduction, sections }) => [
      { place: 'assessment', unit, measure: null, prose: introduction },
      ...sections.map((section) => ({
        place: 'assessment',
        unit,
        measure: section.measure,
        prose: section.text,
      })),
    ]),
    ...edition.methodology.measures.map(({ id, guidance }) => ({
      place: 'methodology',
      unit: null,
      measure: id,
      prose: guidance ?? '',
    })),
    ...Object.entries(edition.prose).map(([place, prose]) => ({ place, unit: null, measure: null, prose })),
    ...edition.findings.map((finding) => ({
      place: 'finding',
      unit: null,
      measure: null,
      prose: finding.text,
    })),
  ];
}

export const correspondence: TableDefinition = {
  name: 'correspondence',
  about: 'Letters to and from the companies.',
  key: [],
  columns: [
    text('company', 'The company.', 'companies.id'),
    text('date', 'Date: year, month or day; empty when not known.'),
    text('direction', 'sent (to the company) or received (from it).'),
    text('kind', 'letter or email.'),
    integer('round', 'Which round of letters it belongs to, from 1.'),
    text('about', 'What it asked or argued.'),
    text('outcome', 'What came of it.'),
    text('source', 'The letter among the sources; empty if it is not cited.'),
    text('reply_by', 'Of a letter that was sent: the last day for a reply; empty where it is not known.'),
    text('remark', 'What the editors say of the letter.'),
  ],
  rows: ({ edition }) =>
    edition.correspondence.map((letter) => [
      letter.company,
      letter.date,
      letter.direction,
      letter.kind,
      letter.round,
      letter.about,
      letter.outcome,
      letter.source,
      letter.reply_by,
      letter.remark,
    ]),
};
