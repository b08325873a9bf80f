import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Papa from 'papaparse';
import { stringify } from 'yaml';
import { answerOf } from './answers.ts';
import type { Assessment, Edition, Finding } from './model.ts';
import { COLUMNS } from './records.ts';
import type { Methodology } from './schema.ts';

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
  if (edition.background !== undefined) files.set('background.md', edition.background);
  if (edition.findings.length > 0) files.set('findings.md', findingsMarkdown(edition.findings));
  for (const assessment of edition.assessments)
    files.set(`assessments/${assessment.unit}.md`, assessmentMarkdown(assessment));
  return files;
}

const yaml = (value: unknown) => stringify(value, { lineWidth: 110 });

/** Levels are whole numbers in the file, and so are points and weights that are. */
function methodologyAsWritten(methodology: Methodology): unknown {
  return {
    ...methodology,
    scales: methodology.scales.map((scale) => ({
      ...numbers(scale),
      answers: scale.answers.map((answer) => ({
        ...numbers(answer),
        answer: scale.kind === 'levels' ? Number(answer.answer) : answer.answer,
      })),
    })),
    measures: methodology.measures.map((measure) => ({
      ...numbers(measure),
      ...(measure.bands ? { bands: measure.bands.map(numbers) } : {}),
    })),
  };
}

const EXACT_KEYS = new Set(['points', 'no-evidence', 'weight', 'weights-sum', 'out-of', 'from', 'to']);

function numbers(record: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [
      key,
      EXACT_KEYS.has(key) && typeof value === 'string' && String(Number(value)) === value
        ? Number(value)
        : value,
    ]),
  );
}

function csv(columns: readonly string[], records: readonly object[]): string {
  const rows = records.map((record) => columns.map((column) => Reflect.get(record, column) ?? ''));
  return `${Papa.unparse({ fields: [...columns], data: rows }, { newline: '\n' })}\n`;
}

function answersCsv({ answers, methodology }: Edition): string {
  const scales = new Map(
    methodology.scales.map((scale) => [scale.id, scale.answers.map((answer) => answer.answer)]),
  );
  const scaleOf = new Map(
    methodology.measures.map((measure) => [measure.id, scales.get(measure.scale ?? '') ?? []]),
  );
  const { rows, units, leaves, codes } = answers;
  const records = Array.from({ length: rows.length }, (_, row) => {
    const unit = rows.unit[row] ?? 0;
    const leaf = rows.leaf[row] ?? 0;
    const measure = leaves[leaf] ?? '';
    const answer = answerOf(codes[unit * leaves.length + leaf] ?? 0, scaleOf.get(measure) ?? []);
    return { unit: units[unit], measure, answer, citations: rows.citations[row], note: rows.note[row] };
  });
  return csv(COLUMNS.answers, records);
}

function assessmentMarkdown(assessment: Assessment): string {
  const parts = [`---\nunit: ${assessment.unit}\n---`, `# ${assessment.title}`, assessment.introduction];
  for (const section of assessment.sections)
    parts.push(`## ${section.heading} {#${section.measure}}`, section.text);
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function findingsMarkdown(findings: readonly Finding[]): string {
  return findings.map((finding) => `## ${finding.heading} {#${finding.id}}\n\n${finding.text}\n`).join('\n');
}
