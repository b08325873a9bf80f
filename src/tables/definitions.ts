import { answerOf, citationsIn, citationsInCell, type Edition, STATES } from '#edition/index';
import { printScore, roundingOf, type Scored, verify } from '#scoring/index';

/** A value of a table: text, a number, or nothing. */
export type Cell = string | number | null;

export interface TableColumn {
  readonly name: string;
  readonly type: 'text' | 'integer' | 'number';
  readonly about: string;
  /** `table.column` to which it refers. */
  readonly refersTo?: string;
}

/** One relational table of an edition: its columns, documented, and its rows. */
export interface TableDefinition {
  readonly name: string;
  readonly about: string;
  /** The columns that tell rows apart; empty where rows have no key. */
  readonly key: readonly string[];
  readonly columns: readonly TableColumn[];
  rows(scored: Scored): Iterable<readonly Cell[]>;
}

const text = (name: string, about: string, refersTo?: string): TableColumn => ({
  name,
  type: 'text',
  about,
  ...(refersTo ? { refersTo } : {}),
});
const integer = (name: string, about: string): TableColumn => ({ name, type: 'integer', about });
const number = (name: string, about: string): TableColumn => ({ name, type: 'number', about });

const companies: TableDefinition = {
  name: 'companies',
  about: 'The companies assessed.',
  key: ['id'],
  columns: [
    text('id', 'Id of the company.'),
    text('name', 'Name.'),
    text('headquarters', 'Where its headquarters are, as the edition words it.'),
    text('country', 'ISO 3166-1 alpha-2 code of that country; empty if not given.'),
    text('note', 'Remarks.'),
  ],
  rows: ({ edition }) =>
    edition.companies.map(({ id, name, headquarters, country, note }) => [
      id,
      name,
      headquarters,
      country,
      note,
    ]),
};

const services: TableDefinition = {
  name: 'services',
  about: 'The services of the companies.',
  key: ['id'],
  columns: [
    text('id', 'Id of the service.'),
    text('company', 'The company it belongs to.', 'companies.id'),
    text('name', 'Name.'),
    text('kind', 'What it is for.'),
    integer('users', 'How many there are of what users_counted says; null when not known.'),
    text('users_counted', 'What is counted.'),
    text('users_as_of', 'As of when: year, month or day; empty when not known.'),
    text('users_source', 'The source of the figure; empty when there is none.'),
    text('note', 'Remarks.'),
  ],
  rows: ({ edition }) =>
    edition.services.map((service) => [
      service.id,
      service.company,
      service.name,
      service.kind,
      service.users ?? null,
      service.users_counted,
      service.users_as_of,
      service.users_source,
      service.note,
    ]),
};

const measures: TableDefinition = {
  name: 'measures',
  about: 'The measures of the methodology, in its order.',
  key: ['id'],
  columns: [
    text('id', 'Id of the measure.'),
    text('parent', 'The measure above it; null for the topmost.', 'measures.id'),
    integer('position', 'Its place in the methodology, from 1.'),
    text('name', 'Name.'),
    text('question', 'What is asked; empty if nothing is.'),
    text('guidance', 'How to answer it, in Markdown.'),
    text('scale', 'The scale it is answered on; null if it combines others.'),
    integer('recorded', '1 if it is answered but never scored.'),
    text('unit', 'Who it is answered for: company or service; null if it combines others.'),
    text('combine', 'How it combines its children; null if it is answered.'),
    text('weight', 'Its weight in the mean of its parent, as a decimal or fraction; null without.'),
    text('out_of', 'The score is the share of the attainable maximum times this; null without.'),
  ],
  rows: ({ edition, scores }) =>
    edition.methodology.measures.map((measure, index) => [
      measure.id,
      measure.parent ?? null,
      index + 1,
      measure.name,
      measure.question ?? '',
      measure.guidance ?? '',
      measure.scale ?? null,
      measure.recorded ? 1 : 0,
      measure.scale === undefined
        ? null
        : (measure.unit ?? (scores.plan.nodeOf(measure.id, 'service') ? 'service' : 'company')),
      measure.combine ?? null,
      measure.weight ?? null,
      measure['out-of'] ?? null,
    ]),
};

const scales: TableDefinition = {
  name: 'scales',
  about: 'The answers that each scale admits.',
  key: ['scale', 'answer'],
  columns: [
    text('scale', 'Id of the scale.'),
    text('answer', 'The answer as it stands in answers.'),
    integer('position', 'Its place on the scale, from 1.'),
    text('points', 'What it gives, as a decimal or fraction; null on scales that are only recorded.'),
    text('name', 'Name of the answer.'),
    text('meaning', 'What it means.'),
  ],
  rows: ({ edition }) =>
    edition.methodology.scales.flatMap((scale) =>
      scale.answers.map(({ answer, points, name, meaning }, index) => [
        scale.id,
        answer,
        index + 1,
        points ?? null,
        name,
        meaning ?? '',
      ]),
    ),
};

const answers: TableDefinition = {
  name: 'answers',
  about: 'What was found: one row per unit and leaf.',
  key: ['unit', 'measure'],
  columns: [
    text('unit', 'The company or service.'),
    text('measure', 'The leaf.', 'measures.id'),
    text('answer', 'The answer, or one of the states not-applicable, no-evidence, not-assessed.'),
    text('state', 'The state, if the answer is one; else null.'),
    text('citations', 'The sources cited in the row: id, locator; …'),
    text('note', 'What was found.'),
  ],
  rows: ({ edition }) => answerRows(edition),
};

function* answerRows({ answers, methodology }: Edition): Iterable<readonly Cell[]> {
  const scales = new Map(
    methodology.scales.map((scale) => [scale.id, scale.answers.map((option) => option.answer)]),
  );
  const options = new Map(
    methodology.measures.map((measure) => [measure.id, scales.get(measure.scale ?? '') ?? []]),
  );
  const { rows, units, leaves, codes } = answers;
  for (let row = 0; row < rows.length; row++) {
    const [unit, leaf] = [rows.unit[row] ?? 0, rows.leaf[row] ?? 0];
    const measure = leaves[leaf] ?? '';
    const answer = answerOf(codes[unit * leaves.length + leaf] ?? 0, options.get(measure) ?? []) ?? '';
    const state = STATES.find((candidate) => candidate === answer) ?? null;
    yield [units[unit] ?? '', measure, answer, state, rows.citations[row] ?? '', rows.note[row] ?? ''];
  }
}

const scores: TableDefinition = {
  name: 'scores',
  about:
    'The score of every unit on every scored measure. An interval where something is not assessed, else low = high.',
  key: ['unit', 'measure'],
  columns: [
    text('unit', 'The company or service.'),
    text('measure', 'The scored measure.', 'measures.id'),
    text('exact_low', 'The lowest it can be, as an exact fraction; null if not applicable.'),
    text('exact_high', 'The highest it can be, as an exact fraction; null if not applicable.'),
    number('low', 'exact_low as a number (nearest double).'),
    number('high', 'exact_high as a number (nearest double).'),
    text('maximum', 'The most that the unit could have got, as an exact fraction.'),
    text('published', 'The score as it is printed.'),
  ],
  rows: scoreRows,
};

function* scoreRows({ edition, scores: scored }: Scored): Iterable<readonly Cell[]> {
  const roundings = new Map(
    edition.methodology.measures.map((measure) => [measure.id, roundingOf(edition.methodology, measure.id)]),
  );
  for (const unit of [...edition.companies, ...edition.services]) {
    for (const measure of edition.methodology.measures) {
      const score = measure.recorded ? undefined : scored.of(unit.id, measure.id);
      if (!score) continue;
      const printed = printScore(score, roundings.get(measure.id) ?? edition.methodology.rounding);
      if (score.kind === 'not-applicable') yield [unit.id, measure.id, null, null, null, null, null, printed];
      else {
        const { low, high, max } = score;
        yield [
          unit.id,
          measure.id,
          low.toFraction(),
          high.toFraction(),
          low.valueOf(),
          high.valueOf(),
          max.toFraction(),
          printed,
        ];
      }
    }
  }
}

const ranking: TableDefinition = {
  name: 'ranking',
  about:
    'The companies by rank: their totals, and the best and worst rank each can have (equal where everything is assessed).',
  key: ['company'],
  columns: [
    text('company', 'The company.', 'companies.id'),
    integer('rank', 'The best rank it can have, 1 being first; null if it is not ranked.'),
    integer('worst_rank', 'The worst rank it can have.'),
    text('exact_low', 'The lowest its total can be, as an exact fraction; null if not applicable.'),
    text('exact_high', 'The highest its total can be, as an exact fraction.'),
    number('low', 'exact_low as a number (nearest double).'),
    number('high', 'exact_high as a number (nearest double).'),
    text('published', 'The total as it is printed.'),
  ],
  rows: ({ edition, scores: scored, ranks }) =>
    [...ranks.order].flatMap((index): (readonly Cell[])[] => {
      const company = edition.companies[index];
      const total = company && scored.of(company.id, edition.methodology.ranking.measure);
      if (!company || !total) return [];
      const printed = printScore(total, roundingOf(edition.methodology, edition.methodology.ranking.measure));
      if (total.kind === 'not-applicable') return [[company.id, null, null, null, null, null, null, printed]];
      const { low, high } = total;
      return [
        [
          company.id,
          ranks.best[index] ?? null,
          ranks.worst[index] ?? null,
          low.toFraction(),
          high.toFraction(),
          low.valueOf(),
          high.valueOf(),
          printed,
        ],
      ];
    }),
};

const sources: TableDefinition = {
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

const citations: TableDefinition = {
  name: 'citations',
  about: 'Every place where a source is cited.',
  key: [],
  columns: [
    text('source', 'The source.', 'sources.id'),
    text('locator', 'Where in the source; empty for the whole.'),
    text(
      'place',
      'What cites it: answer, assessment, methodology, background, finding, correspondence, users or origin.',
    ),
    text('unit', 'The company or service that the citation is about; null if none.'),
    text('measure', 'The measure that it is about; null if none.'),
    text('label', 'cited: neither capture nor quote.'),
  ],
  rows: ({ edition }) => citationRows(edition),
};

function* citationRows(edition: Edition): Iterable<readonly Cell[]> {
  const { rows, units, leaves } = edition.answers;
  for (let row = 0; row < rows.length; row++) {
    for (const { source, locator } of citationsInCell(rows.citations[row] ?? '')) {
      yield [
        source,
        locator,
        'answer',
        units[rows.unit[row] ?? 0] ?? null,
        leaves[rows.leaf[row] ?? 0] ?? null,
        'cited',
      ];
    }
  }
  for (const { place, unit, measure, prose } of prosePlaces(edition)) {
    for (const { source, locator } of citationsIn(prose))
      yield [source, locator, place, unit, measure, 'cited'];
  }
  for (const letter of edition.correspondence)
    if (letter.source) yield [letter.source, '', 'correspondence', letter.company, null, 'cited'];
  for (const service of edition.services)
    if (service.users_source) yield [service.users_source, '', 'users', service.id, null, 'cited'];
  if (edition.meta.origin !== undefined) yield [edition.meta.origin, '', 'origin', null, null, 'cited'];
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
    { place: 'background', unit: null, measure: null, prose: edition.background ?? '' },
    ...edition.findings.map((finding) => ({
      place: 'finding',
      unit: null,
      measure: null,
      prose: finding.text,
    })),
  ];
}

const correspondence: TableDefinition = {
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
    ]),
};

const published: TableDefinition = {
  name: 'published',
  about: 'Figures as they were printed.',
  key: ['unit', 'measure', 'figure'],
  columns: [
    text('unit', 'The company or service.'),
    text('measure', 'The measure.', 'measures.id'),
    text('figure', 'score, total or position.'),
    text('value', 'As printed.'),
    text('place', 'Where it was printed.'),
  ],
  rows: ({ edition }) =>
    edition.published.map(({ unit, measure, figure, value, where }) => [unit, measure, figure, value, where]),
};

const deviations: TableDefinition = {
  name: 'deviations',
  about: 'Published figures that the rules do not give.',
  key: ['unit', 'measure', 'figure'],
  columns: [
    text('unit', 'The company or service.'),
    text('measure', 'The measure.', 'measures.id'),
    text('figure', 'score, total or position.'),
    text('published', 'As printed.'),
    text('computed', 'As the rules give it.'),
    integer('explained', '1 if the edition explains the difference.'),
    text('explanation', 'The explanation.'),
  ],
  rows: (scored) =>
    verify(scored).deviations.map((found) => [
      found.unit,
      found.measure,
      found.figure,
      found.published,
      found.computed,
      found.explained ? 1 : 0,
      found.explanation,
    ]),
};

const findings: TableDefinition = {
  name: 'findings',
  about: 'The statements of the edition.',
  key: ['id'],
  columns: [
    text('id', 'Id of the finding.'),
    text('heading', 'Heading.'),
    text('text', 'The text in Markdown, with its queries.'),
    integer('claims', 'How many of its figures a query checks.'),
    integer('undecided', 'How many of its figures the published data cannot decide.'),
  ],
  rows: ({ edition }) =>
    edition.findings.map(({ id, heading, text: body, claims: own, undecided }) => [
      id,
      heading,
      body,
      own.length,
      undecided.length,
    ]),
};

const claims: TableDefinition = {
  name: 'claims',
  about: 'The figures in the findings: with the query that gives them, or the reason why none can.',
  key: [],
  columns: [
    text('finding', 'The finding.', 'findings.id'),
    text('claim', 'Id of the claim; null where the figure is undecided.'),
    text('figure', 'The figure as the text prints it.'),
    text('query', 'The query that must give it; null where it is undecided.'),
    text('undecided', 'Why the published data cannot decide it; null where a query does.'),
  ],
  rows: ({ edition }) =>
    edition.findings.flatMap((finding) => [
      ...finding.claims.map((claim): Cell[] => [finding.id, claim.id, claim.figure, claim.sql, null]),
      ...finding.undecided.map(({ figure, reason }): Cell[] => [finding.id, null, figure, null, reason]),
    ]),
};

/** All tables of an edition, each after those it refers to. */
export const TABLES: readonly TableDefinition[] = [
  companies,
  services,
  scales,
  measures,
  answers,
  scores,
  ranking,
  sources,
  citations,
  correspondence,
  published,
  deviations,
  findings,
  claims,
];
