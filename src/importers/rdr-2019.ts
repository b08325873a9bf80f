import { type AnswerRow, type Measure, ownValue, type PublishedFigure, type Source } from '#edition/index';
import { slug } from './ids.ts';
import { ImportError } from './import-error.ts';
import type { Progress, Remarks } from './imported.ts';
import { answerIn, noteOf } from './rdr-2020.ts';
import {
  across,
  CATEGORIES,
  categoryOf,
  citationsOf,
  eachRowIfRead,
  fileIfAny,
  GROUP,
  measureId,
  OPERATING_COMPANY,
  type Part,
  type Release,
  SERVICES,
  sayUnlisted,
  scoredThough,
  sourceOf,
  TOP_MEASURES,
  titleOf,
} from './rdr-release.ts';
import { type Row, readRows } from './rows.ts';
import type { SourceFile } from './source-files.ts';

/**
 * The layout of 2019: a table for each company, in which elements, levels and indicators stand one below the other. Governance is
 * answered twice, for freedom of expression and for privacy.
 */

export const isLayout2019 = (files: readonly SourceFile[]): boolean =>
  files.some(({ name }) => /_Outcome\.csv$/.test(name));

/** To require a name is worse. (F9.2, which later releases reverse as F09.02, counts forwards in the scores of 2019.) */
const REVERSED: ReadonlySet<string> = new Set(['F11.1']);

/** What is not scored for services alone. The release does not say it in a table; the methodology of that year does. */
const SCOPE: Readonly<Record<string, string>> = {
  G1: 'company',
  G5: 'company',
  G2: 'full',
  G3: 'full',
  G4: 'full',
};

const COLUMNS = {
  needed: [
    'Company',
    'Class',
    'Service_Name',
    'Level',
    'Indicator',
    'Scoring_Level',
    'Element',
    'Score',
    'Answer',
  ],
  wanted: ['Company_Category', 'Comments', 'Sources'],
};

export async function readRelease2019(
  files: readonly SourceFile[],
  remarks: Remarks,
  progress: Progress,
): Promise<Release> {
  const outcomes = files.filter(({ name }) => /_Outcome\.csv$/.test(name));
  const gathered: Gathered = {
    companies: new Map(),
    parts: new Map(),
    measures: new Map(),
    answers: [],
    published: [],
    seen: new Set(),
  };
  const sources = await readSources(files, outcomes, remarks);
  const known = new Set(sources.map(({ id }) => id));
  let rows = 0;
  for (const file of outcomes) {
    const references = new Map<string, string>();
    const elements: Row[] = [];
    await eachRowIfRead(file, COLUMNS, remarks, (row) => {
      rows++;
      if (row.cell('Scoring_Level') === 'Element') elements.push(row);
      else if (row.cell('Scoring_Level') === 'Indicator') takeIndicator(row, gathered);
      else takeLevel(row, gathered, known, references, remarks);
    });
    for (const row of elements) takeElement(file.name, row, gathered, references, remarks);
    progress(file.name, rows);
  }
  await takeSummary(files, gathered, remarks);
  const year = /RDR\D*(\d{4})/i.exec(outcomes[0]?.name ?? '')?.[1] ?? '2019';
  return {
    year,
    title: await titleOf(files, year),
    companies: [...gathered.companies.values()],
    services: [...gathered.parts.values()],
    measures: [...TOP_MEASURES, ...inOrder([...gathered.measures.values()])],
    rounding: { rule: 'half-up', digits: 2 },
    answers: gathered.answers,
    published: gathered.published,
    sources,
  };
}

interface Gathered {
  readonly companies: Map<string, { id: string; name: string; group: string }>;
  readonly parts: Map<string, Part>;
  readonly measures: Map<string, Measure>;
  readonly answers: AnswerRow[];
  readonly published: PublishedFigure[];
  readonly seen: Set<string>;
}

function companyOf(row: Row, { companies }: Gathered): string {
  const id = slug(row.cell('Company'));
  if (!companies.has(id))
    companies.set(id, { id, name: row.cell('Company'), group: row.cell('Company_Category') });
  return id;
}

function partOf(row: Row, gathered: Gathered): string {
  const company = companyOf(row, gathered);
  const keep = (key: string, name: string, kind: string, whole: string): string => {
    const id = `${company}-${key}`;
    if (!gathered.parts.has(id)) gathered.parts.set(id, { id, company, part_of: whole, name, kind });
    return id;
  };
  const [kind, name] = [row.cell('Class'), row.cell('Service_Name')];
  if (kind === 'Group') return keep('group', 'Group', GROUP, '');
  if (kind === 'Operating Company') return keep('opcom', 'Operating company', OPERATING_COMPANY, '');
  const services = keep('services', 'All services', SERVICES, '');
  if (kind !== 'Pre and Postpaid Mobile') return keep(slug(name), name, slug(kind), services);
  const mobile = keep('mobile', 'Mobile', 'mobile', services);
  return name === kind ? mobile : keep(slug(name), name, slug(kind), mobile);
}

/** The indicator, or the half of it that a row of governance is about. */
function aspectOf(row: Row): { readonly id: string; readonly name: string } | undefined {
  const level = row.cell('Level');
  if (level.endsWith('- Freedom of Expression')) return { id: 'expression', name: 'Freedom of expression' };
  return level.endsWith('- Privacy') ? { id: 'privacy', name: 'Privacy' } : undefined;
}

function indicatorOf(row: Row, { measures }: Gathered): string {
  const code = row.cell('Indicator');
  const id = measureId(code);
  if (!measures.has(id))
    measures.set(id, {
      id,
      parent: categoryOf(code),
      name: code,
      level: 'indicator',
      combine: 'mean',
      across: across(ownValue(SCOPE, code) ?? 'services'),
    });
  return id;
}

/** The measure whose elements make the level of a row. */
function levelOf(row: Row, gathered: Gathered): string {
  const indicator = indicatorOf(row, gathered);
  const aspect = aspectOf(row);
  if (!aspect) return indicator;
  const id = `${indicator}-${aspect.id}`;
  if (!gathered.measures.has(id))
    gathered.measures.set(id, {
      id,
      parent: indicator,
      name: `${row.cell('Indicator')} ${aspect.name}`,
      level: 'aspect',
      combine: 'mean',
    });
  return id;
}

const figureText = (score: string) => (/^(?:NA|N\/A|exclude|)$/.test(score) ? 'n/a' : score);

function takeLevel(
  row: Row,
  gathered: Gathered,
  known: ReadonlySet<string>,
  references: Map<string, string>,
  remarks: Remarks,
): void {
  const [unit, measure] = [partOf(row, gathered), levelOf(row, gathered)];
  const company = companyOf(row, gathered);
  references.set(`${unit} ${measure}`, citationsOf(row.cell('Sources'), company, known, remarks));
  gathered.published.push({
    unit,
    measure,
    figure: 'score',
    value: figureText(row.cell('Score')),
    where: 'levels',
  });
}

function takeIndicator(row: Row, gathered: Gathered): void {
  gathered.published.push({
    unit: companyOf(row, gathered),
    measure: indicatorOf(row, gathered),
    figure: 'score',
    value: figureText(row.cell('Score')),
    where: 'indicators',
  });
}

function takeElement(
  file: string,
  row: Row,
  gathered: Gathered,
  references: ReadonlyMap<string, string>,
  remarks: Remarks,
): void {
  const [unit, level] = [partOf(row, gathered), levelOf(row, gathered)];
  const code = row.cell('Element');
  const aspect = aspectOf(row);
  const measure = aspect ? `${measureId(code)}-${aspect.id}` : measureId(code);
  const answer = scoredThough(answerIn(row.cell('Answer')), row, remarks);
  if (answer === undefined || gathered.seen.has(`${unit} ${measure}`)) {
    const what = answer === undefined ? `“${row.cell('Answer')}” is no answer` : `${code} is answered twice`;
    remarks.add(answer === undefined ? 'unread' : 'doubled', `${file}, line ${row.line}: ${what}.`);
    row.passOver(answer === undefined ? 'cells that are no answer' : 'rows that stand there twice');
    return;
  }
  gathered.seen.add(`${unit} ${measure}`);
  if (!gathered.measures.has(measure))
    gathered.measures.set(measure, {
      id: measure,
      parent: level,
      name: aspect ? `${code} ${aspect.name}` : code,
      level: 'element',
      scale: 'disclosure',
      ...(REVERSED.has(code) ? { reversed: true } : {}),
    });
  const isNone = answer === 'not-applicable';
  gathered.answers.push({
    unit,
    measure,
    answer,
    citations: isNone ? '' : (references.get(`${unit} ${level}`) ?? 'release'),
    note: isNone ? '' : noteOf(row.cell('Comments')),
  });
  gathered.published.push({
    unit,
    measure,
    figure: 'score',
    value: figureText(row.cell('Score')),
    where: 'elements',
  });
}

async function takeSummary(
  files: readonly SourceFile[],
  gathered: Gathered,
  remarks: Remarks,
): Promise<void> {
  const file = fileIfAny(files, /Summary_Scores\.csv$/, 'table of summary scores', remarks);
  if (!file) return;
  const byName = new Map([...gathered.companies.values()].map(({ id, name }) => [name, id]));
  const columns: Readonly<Record<string, string>> = {
    governance: 'G',
    'freedom-of-expression': 'FoE',
    privacy: 'P',
  };
  const totals = new Map<string, string>();
  const summary = { needed: ['Company', 'Class', 'Total', ...Object.values(columns)], wanted: [] };
  await eachRowIfRead(file, summary, remarks, (row) => {
    const unit = byName.get(row.cell('Company').trim());
    if (row.cell('Class') !== 'Overall' || row.cell('Company') === 'all companies') return;
    if (!unit) {
      remarks.add(
        'unread',
        `${file.name}, line ${row.line}: there is no outcome of “${row.cell('Company')}”.`,
      );
      return;
    }
    const where = 'summary scores';
    for (const { id } of CATEGORIES)
      gathered.published.push({
        unit,
        measure: id,
        figure: 'score',
        value: figureText(row.cell(columns[id] ?? '')),
        where,
      });
    gathered.published.push({ unit, measure: 'total', figure: 'total', value: row.cell('Total'), where });
    totals.set(unit, row.cell('Total'));
  });
  const overview = files.find(({ name }) => /Quick_Overview\.csv$/.test(name));
  if (!overview) return;
  await eachRowIfRead(overview, { needed: ['Company', 'Total'], wanted: [] }, remarks, (row) => {
    const total = totals.get(byName.get(row.cell('Company').trim()) ?? '');
    if (total === undefined)
      remarks.add(
        'unread',
        `${overview.name}, line ${row.line}: there is no total of “${row.cell('Company')}”.`,
      );
    else if (Math.abs(Number(total) - Number(row.cell('Total'))) > 0.005 + 1e-9)
      remarks.add(
        'files-disagree',
        `The total of “${row.cell('Company')}” is ${row.cell('Total')} in the quick overview and ${total} in the summary scores.`,
      );
  });
}

/** By category, indicator and element, in the order of their numbers. */
function inOrder(measures: readonly Measure[]): Measure[] {
  const rank = ({ id }: Measure) => `GFP`.indexOf(id[0]?.toUpperCase() ?? '');
  const natural = new Intl.Collator('en', { numeric: true });
  return measures.toSorted((a, b) => rank(a) - rank(b) || natural.compare(a.id, b.id));
}

async function readSources(
  files: readonly SourceFile[],
  outcomes: readonly SourceFile[],
  remarks: Remarks,
): Promise<Source[]> {
  const companies = new Map<string, string>();
  for (const file of outcomes) {
    const name = await firstCompany(file);
    if (name !== '') companies.set(keyOf(file.name), slug(name));
  }
  const listed = new Set<string>();
  const sources = new Map<string, Source>();
  for (const file of files) {
    if (!/_Sources\.csv$/.test(file.name)) continue;
    const company = companies.get(keyOf(file.name)) ?? nearest(keyOf(file.name), companies);
    if (!company) {
      remarks.add('unread', `“${file.name}” is of no company of the release.`);
      continue;
    }
    listed.add(company);
    const columns = { needed: ['Source reference number'], wanted: ['Document title', 'URL'] };
    await eachRowIfRead(file, columns, remarks, (row) => {
      const number = row.cell('Source reference number').trim();
      if (number === '') return;
      const source = sourceOf(
        company,
        {
          number,
          title: row.cell('Document title').trim(),
          url: row.cell('URL').trim(),
          issued: (
            row.cell('Date of document (if applicable)') || row.cell('Date of documen (if applicable)')
          ).trim(),
          accessed: row.cell('Date accessed').trim(),
        },
        remarks,
      );
      if (/^(?:NA|)$/.test(source.custom.footnotes?.[0] ?? ''))
        remarks.add(
          'unread',
          `${file.name}, line ${row.line}: the source has no number, so that nothing can refer to it.`,
          'unread: sources without a number',
        );
      else if (sources.has(source.id))
        remarks.add('doubled', `${file.name}, line ${row.line}: source ${number} stands there twice.`);
      else sources.set(source.id, source);
    });
  }
  sayUnlisted(companies.values(), listed, remarks);
  return [...sources.values()];
}

const keyOf = (name: string) =>
  slug(
    /^RDR\d+_(.+)_(?:Outcome|Sources)\.csv$/s.exec(name.slice(Math.max(0, name.search(/RDR\d+_/))))?.[1] ??
      '',
  );

/** A misspelt file name: the company whose key has the same letters in another order or differs by one. */
function nearest(key: string, companies: ReadonlyMap<string, string>): string | undefined {
  const letters = (text: string) => [...text].toSorted().join('');
  return [...companies].find(([own]) => letters(own) === letters(key))?.[1];
}

/** The company that a table is of; empty where it cannot be read, which is said when its rows are. */
async function firstCompany(file: SourceFile): Promise<string> {
  try {
    const { rows } = await readRows(file);
    for await (const row of rows) return row.cell('Company');
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
  }
  return '';
}
