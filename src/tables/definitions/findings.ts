import { type Cell, integer, type TableDefinition, text } from '../table.ts';

/** What the edition says as a whole. */

export const findings: TableDefinition = {
  name: 'findings',
  about: 'The statements of the edition.',
  key: ['id'],
  columns: [
    text('id', 'Id of the finding.'),
    text('heading', 'Heading.'),
    text('theme', 'The theme under which it stands; empty under none.'),
    integer('lead', '1 where it is one of the few that come first.'),
    text('text', 'The text in Markdown, with its queries.'),
    integer('claims', 'How many of its figures a query checks.'),
    integer('undecided', 'How many of its figures the published data cannot decide.'),
  ],
  rows: ({ edition }) =>
    edition.findings.map(({ id, heading, theme, lead, text: body, claims: own, undecided }) => [
      id,
      heading,
      theme,
      Number(lead),
      body,
      own.length,
      undecided.length,
    ]),
};

export const claims: TableDefinition = {
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
