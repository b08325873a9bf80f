import { ID_PATTERN } from './ids.ts';
import { fencedIn, type Section, type Span, spansIn, splitSections, withoutFences } from './markdown.ts';
import type { Claim, Finding } from './model.ts';
import type { Place, Report, TextFile } from './place.ts';

const NUMBER_WORDS = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');

/**
 * What a query must return for a figure as a text prints it: an English number word up to twelve is read as a number,
 * a list joined by commas and “and” as several rows, anything else as it stands (numbers without commas between thousands).
 */
export function expectedOf(printed: string): string[] {
  const figure = printed.trim().replace(/\s+/g, ' ');
  const word = NUMBER_WORDS.indexOf(figure.toLowerCase());
  if (word >= 0) return [String(word)];
  if (/^-?\d{1,3}(?:,\d{3})+$/.test(figure)) return [figure.replaceAll(',', '')];
  return figure
    .split(/, and | and |, /) // all spaces are single by now
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

export interface PlacedFinding {
  readonly finding: Finding;
  /** Where a claim of it stands. */
  claimAt(claim: Claim): ReturnType<TextFile['at']>;
}

/** Reads findings.md: one finding for each heading of level 2. */
export function parseFindings(source: TextFile, report: Report): PlacedFinding[] {
  const ids = new Set<string>();
  let theme = '';
  return splitSections(source, 0).sections.flatMap((section, index) => {
    if (section.level === 1) {
      if (index > 0) theme = section.heading;
      return [];
    }
    if (!section.id || !ID_PATTERN.test(section.id)) {
      report(
        'bad-id',
        section.place,
        'The heading of a finding ends with its id in braces: {#three-by-default}.',
      );
      return [];
    }
    if (ids.has(section.id))
      report(
        'duplicate-id',
        section.place,
        `There is already a finding “${section.id}”. Give this one another id.`,
      );
    ids.add(section.id);
    return [parseFinding(source, section, { id: section.id, theme }, report)];
  });
}

interface Query {
  readonly sql: string;
  readonly offset: number;
}

function parseFinding(
  source: TextFile,
  section: Section,
  { id, theme }: { readonly id: string; readonly theme: string },
  report: Report,
): PlacedFinding {
  const at = (offset: number) => source.at(section.offset + offset);
  const fail = (offset: number, message: string) => report('claim-syntax', at(offset), message);
  const queries = queriesOf(section, at, report);
  const placed = new Map<Claim, number>();
  const undecided: { figure: string; reason: string }[] = [];
  for (const span of spansIn(withoutFences(section.text), fail)) {
    const reason = span.attributes.get('undecided');
    const unknown = [...span.attributes.keys()].find((name) => !['claim', 'is', 'undecided'].includes(name));
    if (unknown !== undefined)
      fail(
        span.offset,
        `“${unknown}” is not known in a span. Write {claim=id}, {claim=id is="6"} or {undecided="why"}.`,
      );
    if (reason?.trim() === '') fail(span.offset, 'An undecided figure needs the reason: {undecided="why"}.');
    const claim =
      reason === undefined ? claimOf(span, queries, (message) => fail(span.offset, message)) : undefined;
    if (reason !== undefined) undecided.push({ figure: span.figure, reason });
    if (claim) placed.set(claim, span.offset);
  }
  const claims = [...placed.keys()];
  const claimed = new Set(claims.map(({ id: claim }) => claim));
  for (const [claim, query] of queries) {
    if (!claimed.has(claim))
      fail(query.offset, `No figure of the text stands on this query. Mark one: [three]{claim=${claim}}.`);
  }
  if (claims.length + undecided.length === 0) {
    report(
      'finding-without-claim',
      section.place,
      'This finding has no figure that is checked. Mark one as a claim, or as undecided with the reason.',
    );
  }
  return {
    finding: {
      id,
      heading: section.heading,
      theme,
      ...marked(section, report),
      text: section.text,
      claims,
      undecided,
    },
    claimAt: (claim) => at(placed.get(claim) ?? 0),
  };
}

/** What the braces say besides the id. */
function marked({ marks, place }: Section, report: Report): Pick<Finding, 'lead' | 'chart'> {
  for (const mark of marks)
    if (mark !== '.lead' && !/^chart=[a-z0-9-]+$/.test(mark))
      report(
        'claim-syntax',
        place,
        `“${mark}” is not known after an id. Write {#id .lead chart=measure-id}.`,
      );
  return {
    lead: marks.includes('.lead'),
    chart: marks.find((mark) => mark.startsWith('chart='))?.slice('chart='.length),
  };
}

function queriesOf(section: Section, at: (offset: number) => Place, report: Report): Map<string, Query> {
  const queries = new Map<string, Query>();
  for (const { info, content, offset } of fencedIn(section.text)) {
    const [language, claim = ''] = info.split(/\s+/);
    if (language !== 'sql') continue;
    if (!ID_PATTERN.test(claim))
      report('claim-syntax', at(offset), 'A query begins with ```sql and the id of its claim.');
    else if (queries.has(claim))
      report(
        'duplicate-id',
        at(offset),
        `There are two queries “${claim}” in this finding. Remove or rename one.`,
      );
    else queries.set(claim, { sql: content, offset });
  }
  return queries;
}

function claimOf(
  span: Span,
  queries: ReadonlyMap<string, Query>,
  fail: (message: string) => void,
): Claim | undefined {
  const id = span.attributes.get('claim');
  if (id === undefined) {
    fail('A span in braces needs claim=id or undecided="why".');
    return undefined;
  }
  const query = queries.get(id);
  if (!query) {
    fail(`There is no query “${id}” in this finding. Add a block that begins with \`\`\`sql ${id}.`);
    return undefined;
  }
  const said = expectedOf(span.figure);
  const is = span.attributes.get('is')?.split(/;\s*/);
  if (is && /^\d+$/.test(said[0] ?? '') && said.join() !== is.join())
    fail(`The text says “${span.figure}”, but is="${is.join('; ')}". Mend one of them.`);
  return { id, figure: span.figure, expected: is ?? said, sql: query.sql };
}
