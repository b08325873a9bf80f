import { existsSync, readdirSync, statSync } from 'node:fs';
import { checkMethodology } from './check-methodology.ts';
import { checkRatings } from './check-ratings.ts';
import { checkReferences } from './check-references.ts';
import type { Draft } from './draft.ts';
import { NO_EVIDENCE, type Quote } from './evidence.ts';

import { type PlacedFinding, parseFindings } from './findings.ts';
import { didYouMean } from './ids.ts';
import { methodologySchema } from './methodology-schema.ts';
import type { Claim, Edition } from './model.ts';
import { ownValue } from './own-value.ts';
import { FILES_IN_PARTS, filesOf, joinRecords, joinTables } from './parts.ts';
import { collectProblems, type Place, type Report, type TextFile } from './place.ts';
import type { EditionRatings } from './ratings.ts';
import { lookUpAnswers, parseAnswers } from './read-answers.ts';
import { readAssessments, readTranslations } from './read-folders.ts';
import { readLedgers } from './read-ledger.ts';
import { readAll, readAllQuotes, readAllSources } from './read-parts.ts';
import { readRatingsFolder } from './read-ratings.ts';
import { readCompanies, readCorrespondence, readPublished, readSearches, readServices } from './records.ts';
import { isError, type Problem, type RuleId } from './rules.ts';
import { correctionsSchema, deviationsSchema, editionSchema, PROSE_FILES, type Source } from './schema.ts';
import { signedOf } from './signers.ts';
import { tableOf } from './spreadsheet-save.ts';
import { parseYaml, type Structured } from './structured-file.ts';
import { isThere, pathWithin, readTextFile } from './text-file.ts';

/** There is no edition to read at all: the folder is missing, or may not be read. Everything else is a `Problem`. */
export class NoEditionError extends Error {}

export interface ReadResult {
  /** The edition; undefined if there are errors, but for those of evidence that is still missing. */
  readonly edition: Edition | undefined;
  /** What raters answered, each for himself, and what was decided. */
  readonly ratings: EditionRatings;
  /** Everything that does not hold, in the order of files and lines. */
  readonly problems: readonly Problem[];
  /** Where a claim stands in findings.md, for those who check its query. */
  claimAt(claim: Claim): Place;
  /** Where a published figure stands in published.csv, for those who re-derive it. */
  publishedAt(index: number): Place;
  /** Where an explained figure stands in deviations.yaml. */
  deviationAt(deviation: number, figure: number): Place;
  /** Where a correction says what it concerns, in corrections.yaml. */
  correctionAt(correction: number, concern: number): Place;
  /** Where an answer stands in answers.csv, by the place of its row in the edition. */
  answerAt(row: number, column: string): Place;
  /** Where a quote stands in quotes.yaml. */
  quoteAt(quote: Quote, key: string): Place;
}

const NEEDED = ['edition.yaml', 'methodology.yaml', 'companies.csv', 'answers.csv', 'sources.json'];
const OPTIONAL = [
  'services.csv',
  'correspondence.csv',
  ...PROSE_FILES.map((name) => `${name}.md`),
  'findings.md',
  'published.csv',
  'deviations.yaml',
  'corrections.yaml',
  'quotes.yaml',
  'searches.csv',
  'ledger.jsonl',
];
/** An edition can be scored while its evidence is still being gathered; it does not hold until it is. */
const ONLY_FOR_RELEASE: ReadonlySet<RuleId> = new Set(['evidence-weak', 'search-missing']);
/** Not read here, and no mistake: notes for people, and the evidence archive. */
const OTHER =
  /^(?:assessments|translations|captures|ledger|sources|quotes|answers|correspondence|searches|ratings|README(?:\.\w+)?|LICEN[CS]E(?:\.\w+)?|\..*)$/;

/**
 * Reads the folder of an edition and holds everything in it together. Nothing is written, and no mistake of a person in
 * the folder throws: all of them are in `problems`, at once.
 * @throws NoEditionError if the folder is not there or cannot be read
 */
export function readEdition(folder: string): ReadResult {
  requireFolder(folder);
  const { problems, report } = collectProblems();
  const read = readDraft(folder, report);
  const draft = { ...read, isPartial: problems.some(({ rule }) => UNREAD.has(rule)) };
  // What stands in a file that is still to be merged is not known, and neither is what others lack of it.
  const ratings = readRatingsFolder(folder, report);
  if (!problems.some(({ rule }) => rule === 'merge-conflict')) {
    checkReferences(draft, report);
    checkRatings(ratings, draft, report);
  }
  checkCopies(folder, draft.sources, report);
  const sorted = problems.toSorted((a, b) =>
    a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column,
  );
  const claims = new Map<Claim, PlacedFinding>(
    draft.findings.flatMap((placed) => placed.finding.claims.map((claim) => [claim, placed])),
  );
  const start = (file: string) => ({ file, line: 1, column: 1 });
  return {
    edition: sorted.some((problem) => isError(problem) && !ONLY_FOR_RELEASE.has(problem.rule))
      ? undefined
      : assemble(draft),
    ratings,
    problems: sorted,
    claimAt: (claim) => claims.get(claim)?.claimAt(claim) ?? start('findings.md'),
    publishedAt: (index) => {
      const record = draft.published?.records[index];
      return record && draft.published ? draft.published.at(record, 'value') : start('published.csv');
    },
    deviationAt: (deviation, figure) =>
      draft.deviations?.at([deviation, 'figures', figure]) ?? start('deviations.yaml'),
    correctionAt: (correction, concern) =>
      draft.corrections?.at([correction, 'concerns', concern]) ?? start('corrections.yaml'),
    answerAt: (row, column) => draft.answers?.at(row, column) ?? start('answers.csv'),
    quoteAt: (quote, key) =>
      draft.quotes?.at([draft.quotes.value.indexOf(quote), key]) ?? start('quotes.yaml'),
  };
}

/** @throws NoEditionError if there is no folder, or nothing in it */
export function requireFolder(folder: string): void {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new NoEditionError(
      existsSync(folder)
        ? `“${folder}” is a file; an edition is a folder of files.`
        : `There is no folder “${folder}”.`,
    );
  try {
    if (readdirSync(folder).length > 0) return;
  } catch (error) {
    throw new NoEditionError(`The folder “${folder}” cannot be read.`, { cause: error });
  }
  throw new NoEditionError(
    `The folder “${folder}” is empty. “assay new ${folder}” makes an edition there to start from.`,
  );
}

/** Of a file with such a mistake, nothing is known of what it says. */
const UNREAD: ReadonlySet<RuleId> = new Set([
  'csv-syntax',
  'csv-header',
  'yaml-syntax',
  'json-syntax',
  'file-too-large',
  'unreadable-file',
  'merge-conflict',
]);

function readDraft(folder: string, report: Report): Omit<Draft, 'isPartial'> {
  const found = new Set(readdirSync(folder));
  for (const file of NEEDED) {
    if (!found.has(file) && !hasParts(folder, file))
      report(
        'missing-file',
        { file, line: 1, column: 1 },
        `The edition has no ${file}. Add it; docs/edition-format.md says what it holds.`,
      );
  }
  for (const file of [...found].toSorted()) reportUnknownFile(file, report);
  const meta = found.has('edition.yaml') ? readMeta(folder, report) : undefined;
  const withOwn = (source: TextFile): TextFile => ({
    ...source,
    ownColumns: ownValue(meta?.value.columns, tableOf(source.file)) ?? [],
  });
  const open = (file: string) => {
    const source = found.has(file) ? readTextFile(folder, file, report) : undefined;
    return source && withOwn(source);
  };
  const read = <T>(file: string, parse: (source: TextFile) => T) => {
    const source = open(file);
    return source && parse(source);
  };
  const methodology = read('methodology.yaml', (source) => parseYaml(source, methodologySchema, report));
  const scorable = methodology !== undefined && checkMethodology(methodology, report);
  const companies = read('companies.csv', (source) => readCompanies(source, report));
  const services = read('services.csv', (source) => readServices(source, report));
  const rows = joinTables(
    readAll(folder, 'answers.csv', (source) => parseAnswers(withOwn(source), report), report),
  );
  const answers =
    rows && scorable && companies && !(found.has('services.csv') && !services)
      ? lookUpAnswers(rows, methodology.value, companies.records, services?.records ?? [], report)
      : undefined;
  const findingsFile = open('findings.md');
  return {
    meta,
    methodology,
    companies,
    services,
    answers,
    assessments: found.has('assessments') ? readAssessments(folder, report) : [],
    sources: readAllSources(folder, report),
    correspondence: joinRecords(
      readAll(folder, 'correspondence.csv', (source) => readCorrespondence(withOwn(source), report), report),
    ),
    prose: proseIn(open),
    findings: findingsFile ? parseFindings(findingsFile, report) : [],
    findingsFile,
    published: read('published.csv', (source) => readPublished(source, report)),
    deviations: read('deviations.yaml', (source) => parseYaml(source, deviationsSchema, report)),
    corrections: read('corrections.yaml', (source) => parseYaml(source, correctionsSchema, report)),
    translations: found.has('translations') ? readTranslations(folder, report) : [],
    quotes: readAllQuotes(folder, report),
    searches: joinRecords(
      readAll(folder, 'searches.csv', (source) => readSearches(withOwn(source), report), report),
    ),
    evidence: readLedgers(folder, report, signedOf(meta?.value)),
  };
}

function proseIn(open: (file: string) => TextFile | undefined): Draft['prose'] {
  return Object.fromEntries(
    PROSE_FILES.flatMap((name) => {
      const source = open(`${name}.md`);
      return source ? [[name, source]] : [];
    }),
  );
}

function readMeta(folder: string, report: Report) {
  const source = readTextFile(folder, 'edition.yaml', report);
  return source && parseYaml(source, editionSchema, report);
}

/** Whether a file is there in parts; one that cannot be looked at is reported where it is read. */
function hasParts(folder: string, file: string): boolean {
  const own = FILES_IN_PARTS.find((each) => each === file);
  try {
    return own !== undefined && filesOf(folder, own).length > 0;
  } catch {
    return true;
  }
}

function reportUnknownFile(file: string, report: Report): void {
  const known = [...NEEDED, ...OPTIONAL];
  if (known.includes(file) || OTHER.test(file)) return;
  report(
    'unknown-file',
    { file, line: 1, column: 1 },
    `No part of the edition reads this.${didYouMean(file, known)} Rename it or move it away.`,
  );
}

/** The copies of sources that stand in the folder must be there, and must not lead out of it. */
function checkCopies(
  folder: string,
  sources: Structured<readonly Source[]> | undefined,
  report: Report,
): void {
  sources?.value.forEach((source, index) => {
    const file = source.custom.file;
    if (file === undefined) return;
    const place = () => sources.at([index, 'custom', 'file']);
    const leads = /^(?:[/\\~]|[a-z]:)/i.test(file) || file.split(/[/\\]/).includes('..');
    if (leads || (isThere(folder, file) && !copyStaysWithin(folder, file))) {
      report(
        'outside-folder',
        place(),
        `“${file}” leads out of the edition folder. Put the copy inside, and give its path from there.`,
      );
    } else if (!isThere(folder, file))
      report('missing-file', place(), `The copy “${file}” of this source is not there.`);
  });
}

function copyStaysWithin(folder: string, file: string): boolean {
  try {
    return pathWithin(folder, file) !== undefined;
  } catch {
    return false; // a link that leads nowhere
  }
}

function assemble(draft: Draft): Edition | undefined {
  const { meta, methodology, companies, answers, sources } = draft;
  if (!meta || !methodology || !companies || !answers || !sources) return undefined;
  return {
    meta: meta.value,
    methodology: methodology.value,
    companies: companies.records,
    services: draft.services?.records ?? [],
    answers: answers.answers,
    assessments: draft.assessments.map((placed) => placed.assessment),
    sources: sources.value,
    correspondence: draft.correspondence?.records ?? [],
    prose: Object.fromEntries(Object.entries(draft.prose).map(([name, { text }]) => [name, text])),
    findings: draft.findings.map((placed) => placed.finding),
    published: draft.published?.records ?? [],
    deviations: draft.deviations?.value ?? [],
    corrections: draft.corrections?.value ?? [],
    quotes: draft.quotes?.value ?? [],
    searches: draft.searches?.records ?? [],
    evidence: draft.evidence ?? NO_EVIDENCE,
    translations: draft.translations.map(({ language, texts }) => ({ language, texts: texts.value })),
  };
}
