import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Papa from 'papaparse';
import { stringify } from 'yaml';
import { AnswerTable } from './answer-table.ts';
import { answerOf, optionsOf } from './answers.ts';
import type { Methodology } from './methodology-schema.ts';
import type { Assessment, Edition, Finding } from './model.ts';
import { COLUMNS, OPTIONAL_COLUMNS } from './records.ts';

/** Writes an edition into a folder that does not exist or is empty of its files; reading it again gives the same edition. */
export function writeEdition(edition: Edition, folder: string): void {
  for (const [file, content] of editionFiles(edition)) {
    const path = join(folder, file);
    makeFolder(dirname(path));
    writeFileSync(path, content);
  }
}

/** Makes a folder and those above it. Step by step, since Node’s own recursion does not end where a parent can never be made. */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent);
  mkdirSync(folder);
}

/** The files of an edition, by their paths in its folder. */
export function editionFiles(edition: Edition): Map<string, string> {
  const files = new Map<string, string>([
    ['edition.yaml', yaml(edition.meta)],
    ['methodology.yaml', yaml(methodologyAsWritten(edition.methodology))],
    ['companies.csv', csv(COLUMNS.companies, edition.companies)],
    ['answers.csv', answersCsv(edition)],
    ['sources.json', `${JSON.stringify(edition.sources, null, 2)}\n`],
  ]);
  if (edition.services.length > 0) files.set('services.csv', csv(COLUMNS.services, edition.services));
  if (edition.correspondence.length > 0)
    files.set('correspondence.csv', csv(COLUMNS.correspondence, edition.correspondence));
  if (edition.published.length > 0) files.set('published.csv', csv(COLUMNS.published, edition.published));
  if (edition.deviations.length > 0) files.set('deviations.yaml', yaml(edition.deviations));
  if (edition.corrections.length > 0) files.set('corrections.yaml', yaml(edition.corrections));
  if (edition.quotes.length > 0) files.set('quotes.yaml', yaml(edition.quotes));
  if (edition.searches.length > 0) files.set('searches.csv', csv(COLUMNS.searches, edition.searches));
  for (const { language, texts } of edition.translations)
    files.set(`translations/${language}.yaml`, yaml(texts));
  for (const [name, text] of Object.entries(edition.prose)) files.set(`${name}.md`, text);
  if (edition.findings.length > 0) files.set('findings.md', findingsMarkdown(edition.findings));
  for (const assessment of edition.assessments)
    files.set(`assessments/${assessment.unit}.md`, assessmentMarkdown(assessment));
  return files;
}

const yaml = (value: unknown) => stringify(value, { lineWidth: 110 });

/** Levels are whole numbers in the file, and so are points, weights and the like that are. */
function methodologyAsWritten(methodology: Methodology): unknown {
  const scales = methodology.scales.map((scale) => {
    if (scale.kind === 'number') return { ...scale, answers: undefined };
    const answer = (own: string) => (scale.kind === 'levels' ? Number(own) : own);
    return { ...scale, answers: scale.answers.map((own) => ({ ...own, answer: answer(own.answer) })) };
  });
  return withNumbers({ ...methodology, scales });
}

const EXACT_KEYS = new Set(
  'points no-evidence weight weights-sum out-of from to min max mean sd requires score tolerance'.split(' '),
);

/** The same with numbers for the exact values that JavaScript writes alike; what stands in a list or record under such a key is one too. */
function withNumbers(value: unknown, isExact = false): unknown {
  if (typeof value === 'string') return isExact && String(Number(value)) === value ? Number(value) : value;
  if (Array.isArray(value)) return value.map((each) => withNumbers(each, isExact));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, own]) => own !== undefined)
      .map(([key, own]) => [key, withNumbers(own, isExact || EXACT_KEYS.has(key))]),
  );
}

function csv(columns: readonly string[], records: readonly object[]): string {
  const written = columns.filter(
    (column) => !OPTIONAL_COLUMNS.includes(column) || records.some((record) => Reflect.get(record, column)),
  );
  const rows = records.map((record) => written.map((column) => Reflect.get(record, column) ?? ''));
  return `${Papa.unparse({ fields: written, data: rows }, { newline: '\n' })}\n`;
}

function answersCsv({ answers, methodology }: Edition): string {
  const options = optionsOf(methodology, answers.numbers);
  const records = [...new AnswerTable(answers).rows()].map(({ unit, measure, code, citations, note }) => ({
    unit,
    measure,
    answer: answerOf(code, options(measure)),
    citations,
    note,
  }));
  return csv(COLUMNS.answers, records);
}

function assessmentMarkdown(assessment: Assessment): string {
  const parts = [`---\nunit: ${assessment.unit}\n---`, `# ${assessment.title}`, assessment.introduction];
  for (const section of assessment.sections)
    parts.push(`## ${section.heading} {#${section.measure}}`, section.text);
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function findingsMarkdown(findings: readonly Finding[]): string {
  let theme = '';
  const written = findings.map((finding) => {
    const title = finding.theme === theme ? '' : `# ${finding.theme}\n\n`;
    theme = finding.theme;
    const marks = [
      `#${finding.id}`,
      ...(finding.lead ? ['.lead'] : []),
      ...(finding.chart === undefined ? [] : [`chart=${finding.chart}`]),
    ];
    return `${title}## ${finding.heading} {${marks.join(' ')}}\n\n${finding.text}\n`;
  });
  return (written[0]?.startsWith('# ') ? ['# Findings\n', ...written] : written).join('\n');
}
