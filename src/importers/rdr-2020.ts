import {
  type AnswerRow,
  type Figure,
  type Measure,
  ownValue,
  type PublishedFigure,
  type Source,
} from '#edition/index';
import { slug } from './ids.ts';
import { ImportError } from './import-error.ts';
import type { Progress, Remarks } from './imported.ts';
import {
  across,
  CATEGORIES,
  categoryOf,
  citationsOf,
  eachRow,
  eachRowIfRead,
  fileIfAny,
  fileNamed,
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
import type { Row } from './rows.ts';
import type { SourceFile } from './source-files.ts';

/** The elements whose answers count the other way round: to do the thing is worse. */
const REVERSED: ReadonlySet<string> = new Set(['F09.02', 'F11.01']);

/** The layout since 2020: one long table for all companies at each level, and two tables that say what is asked. */

export const isLayout2020 = (files: readonly SourceFile[]): boolean =>
  files.some(({ name }) => /06-element-scores\.csv$/.test(name));

export async function readRelease2020(
  files: readonly SourceFile[],
  remarks: Remarks,
  progress: Progress,
): Promise<Release> {
  const counting = (what: string, take: (row: Row) => void) => {
    let rows = 0;
    return (row: Row) => {
      take(row);
      if (++rows % 5000 === 0) progress(what, rows);
    };
  };
  const read: Read = (pattern, what, columns, take) =>
    eachRow(fileNamed(files, pattern, what), columns, remarks, counting(what, take));
  const readIfAny: Read = async (pattern, what, columns, take) => {
    const file = fileIfAny(files, pattern, `table of ${what}`, remarks);
    if (file) await eachRowIfRead(file, { needed: columns, wanted: [] }, remarks, counting(what, take));
  };
  const { companies, totals, year } = await readCompanies(read);
  const measures = await readMeasures(read);
  const sources = await readSources(files, new Set(companies.map(({ id }) => id)), remarks);
  const known = new Set(sources.map(({ id }) => id));

  const parts = new Map<string, Part>();
  const published: PublishedFigure[] = [];
  const references = new Map<string, string>();
  const add = (unit: string, measure: string, figure: Figure, value: string, where: string) =>
    published.push({ unit, measure, figure, value: /^(?:NA|N\/A|)$/.test(value) ? 'n/a' : value, where });

  await readIfAny(
    /05-level-scores\.csv$/,
    'level scores',
    ['Company', 'Indicator', 'Class', 'Service', 'Composite', 'Score', 'SourceRefs'],
    (row) => {
      const unit = partOf(row, parts);
      const company = companyId(row.cell('Company'));
      references.set(
        `${unit} ${row.cell('Indicator')}`,
        citationsOf(row.cell('SourceRefs'), company, known, remarks),
      );
      add(unit, measureId(row.cell('Indicator')), 'score', row.cell('Score'), 'level scores');
    },
  );
  const answers: AnswerRow[] = [];
  const seen = new Set<string>();
  await read(
    /06-element-scores\.csv$/,
    'element scores',
    ['Company', 'Indicator', 'Element', 'Class', 'Service', 'Composite', 'Result', 'Comment', 'Score'],
    (row) => {
      const unit = partOf(row, parts);
      const measure = measureId(row.cell('Element'));
      const answer = scoredThough(answerIn(row.cell('Result')), row, remarks);
      if (seen.has(`${unit} ${measure}`) || answer === undefined) {
        const what = answer === undefined ? `“${row.cell('Result')}” is no answer` : 'it is answered twice';
        remarks.add(
          answer === undefined ? 'unread' : 'doubled',
          `Element scores, line ${row.line}: ${what}.`,
        );
        row.passOver(answer === undefined ? 'cells that are no answer' : 'rows that stand there twice');
        return;
      }
      seen.add(`${unit} ${measure}`);
      const isNone = answer === 'not-applicable';
      const citations = isNone ? '' : (references.get(`${unit} ${row.cell('Indicator')}`) ?? 'release');
      answers.push({ unit, measure, answer, citations, note: isNone ? '' : noteOf(row.cell('Comment')) });
      add(unit, measure, 'score', row.cell('Score'), 'element scores');
    },
  );
  const byName = new Map(companies.map(({ id, name }) => [name, id]));
  const indicators = measures.filter(
    ({ combine, level }) => combine && level !== 'category' && level !== undefined,
  );
  const overview = new Map<string, string>();
  await readIfAny(/02-summary-scores\.csv$/, 'summary scores', ['Company', 'Class', 'Total'], (row) => {
    const company = byName.get(row.cell('Company'));
    if (row.cell('Class') !== 'Total' || !company) return;
    for (const { id, name } of indicators)
      add(company, id, 'score', row.cell(shortCode(name)), 'summary scores');
    overview.set(company, row.cell('Total'));
  });
  await readIfAny(
    /01-quick-overview\.csv$/,
    'quick overview',
    ['Company', 'Total', ...CATEGORIES.map(({ name }) => name)],
    (row) => {
      const company = byName.get(row.cell('Company'));
      if (!company) return;
      for (const { id, name } of CATEGORIES) add(company, id, 'score', row.cell(name), 'quick overview');
    },
  );
  for (const [company, total] of totals) {
    add(company, 'total', 'total', total, 'total scores');
    const other = overview.get(company);
    if (other !== undefined && Number(other) !== Number(total)) {
      remarks.addOther({
        unit: company,
        measure: 'total',
        figure: 'total',
        value: other,
        where: 'summary scores',
      });
      remarks.add(
        'files-disagree',
        `The total of “${company}” is ${total} in the total scores and ${other} in the summary scores.`,
      );
    }
  }
  await compareIndicators(readIfAny, published, remarks);
  await readRanks(files, companies, add, remarks);
  return {
    year,
    title: await titleOf(files, year),
    companies,
    services: [...parts.values()],
    measures,
    rounding: { rule: 'half-up', digits: 2 },
    answers,
    published,
    sources,
  };
}

type Read = (
  pattern: RegExp,
  what: string,
  columns: readonly string[],
  take: (row: Row) => void,
) => Promise<void>;

/** `AmericaMovil` gives `america-movil`. */
const companyId = (key: string) => slug(key.replace(/([a-z])([A-Z])/g, '$1 $2'));
/** `G01a` as the wide tables name it: `G1a`. */
const shortCode = (name: string) => (name.split(' ')[0] ?? '').replace(/^([A-Z])0/, '$1');

async function readCompanies(read: Read) {
  const companies: { id: string; name: string; group: string }[] = [];
  const totals = new Map<string, string>();
  let year = '';
  await read(
    /03-total-scores\.csv$/,
    'total scores',
    ['Index', 'CompanyType', 'Company', 'CompanyLabel', 'Score'],
    (row) => {
      const id = companyId(row.cell('Company'));
      year ||= /\d{4}/.exec(row.cell('Index'))?.[0] ?? '';
      companies.push({ id, name: row.cell('CompanyLabel'), group: row.cell('CompanyType') });
      totals.set(id, row.cell('Score'));
    },
  );
  if (year === '')
    throw new ImportError('The table of total scores does not say the year, in the column “Index”.');
  return { companies, totals, year };
}

async function readMeasures(read: Read): Promise<Measure[]> {
  const measures: Measure[] = [...TOP_MEASURES];
  await read(
    /12-meta-indicators\.csv$/,
    'indicators',
    ['Indicator', 'isParent', 'labelLong', 'description', 'guidance', 'scoringScope', 'indicatorSuffix'],
    (row) => {
      const code = row.cell('Indicator');
      const isSub = row.cell('indicatorSuffix') !== 'NA' && row.cell('isParent') === 'FALSE';
      const family = code.replace(/[a-z]$/, '');
      measures.push({
        id: measureId(code),
        parent: isSub ? measureId(family) : categoryOf(code),
        name: `${code} ${row.cell('labelLong')}`.trim(),
        short: code,
        ...texts(row),
        level: isSub ? 'sub-indicator' : 'indicator',
        combine: 'mean',
        ...(row.cell('isParent') === 'TRUE' ? {} : { across: across(row.cell('scoringScope')) }),
      });
    },
  );
  await read(/11-meta-elements\.csv$/, 'elements', ['Indicator', 'Element', 'description'], (row) => {
    const code = row.cell('Element');
    const question = row.cell('description').trim();
    measures.push({
      id: measureId(code),
      parent: measureId(row.cell('Indicator')),
      name: code,
      ...(question ? { question } : {}),
      level: 'element',
      scale: 'disclosure',
      ...(REVERSED.has(code) ? { reversed: true } : {}),
    });
  });
  return measures;
}

function texts(row: Row): Partial<Measure> {
  const [question, guidance] = [row.cell('description').trim(), row.cell('guidance').trim()];
  return {
    ...(question && question !== 'NA' ? { question } : {}),
    ...(guidance && guidance !== 'NA' ? { guidance: plain(guidance) } : {}),
  };
}

/** Square brackets of somebody else’s text are no citations. */
const plain = (text: string) => text.replace(/\[/g, '(').replace(/\]/g, ')');

async function readSources(
  files: readonly SourceFile[],
  companies: ReadonlySet<string>,
  remarks: Remarks,
): Promise<Source[]> {
  const sources = new Map<string, Source>();
  const listed = new Set<string>();
  for (const file of files) {
    const key = /rdr-index-(\w+)-sources\.csv$/.exec(file.name)?.[1];
    if (!key) continue;
    const company = companyId(key);
    if (!companies.has(company)) remarks.add('unread', `“${file.name}” is of no company of the release.`);
    listed.add(company);
    await eachRowIfRead(
      file,
      { needed: ['SourceNr'], wanted: ['DocumentTitle', 'URL', 'DocumentDate', 'DateAccessed'] },
      remarks,
      (row) => {
        const source = sourceOf(
          company,
          {
            number: row.cell('SourceNr').trim(),
            title: row.cell('DocumentTitle').trim(),
            url: row.cell('URL').trim(),
            issued: row.cell('DocumentDate').trim(),
            accessed: row.cell('DateAccessed').trim(),
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
          remarks.add(
            'doubled',
            `${file.name}, line ${row.line}: source ${row.cell('SourceNr')} stands there twice.`,
          );
        else sources.set(source.id, source);
      },
    );
  }
  sayUnlisted(companies, listed, remarks);
  return [...sources.values()];
}

/** The part of the company that a row is about; parts that are met first are kept, with those that they are part of. */
function partOf(row: Row, parts: Map<string, Part>): string {
  const company = companyId(row.cell('Company'));
  const keep = (key: string, name: string, kind: string, whole: string): string => {
    const id = `${company}-${key}`;
    if (!parts.has(id)) parts.set(id, { id, company, part_of: whole, name, kind });
    return id;
  };
  const composite = row.cell('Composite');
  if (composite === 'Group') return keep('group', 'Group', GROUP, '');
  if (composite === 'OpCom') return keep('opcom', 'Operating company', OPERATING_COMPANY, '');
  const services = keep('services', 'All services', SERVICES, '');
  const whole = composite === 'Mobile Services' ? keep('mobile', 'Mobile', 'mobile', services) : services;
  return keep(slug(row.cell('Service')), row.cell('Service'), row.cell('Class'), whole);
}

const ANSWERS: Readonly<Record<string, string>> = {
  yes: 'yes',
  partial: 'partial',
  no: 'no',
  'no disclosure found': 'no-evidence',
  NA: 'not-applicable',
  'N/A': 'not-applicable',
};
export const answerIn = (result: string): string | undefined => ownValue(ANSWERS, result.trim());

export function noteOf(comment: string): string {
  const text = comment
    .replace(/\r\n?/g, '\n')
    .replace(/[\p{Cc}--[\n\t]]/gv, '')
    .trim();
  return text === 'NA' || text === 'N/A' ? '' : plain(text);
}

/** The long table of indicator scores says the same as the wide one, or should. */
async function compareIndicators(
  read: Read,
  published: readonly PublishedFigure[],
  remarks: Remarks,
): Promise<void> {
  const wide = new Map(
    published
      .filter(({ where }) => where === 'summary scores')
      .map(({ unit, measure, value }) => [`${unit} ${measure}`, value]),
  );
  await read(/04-indicator-scores\.csv$/, 'indicator scores', ['Company', 'Indicator', 'Score'], (row) => {
    const company = companyId(row.cell('Company'));
    const other = wide.get(`${company} ${measureId(row.cell('Indicator'))}`);
    const own = row.cell('Score');
    if (
      other === undefined ||
      other === own ||
      (own === 'NA' && other === 'n/a') ||
      Number(other) === Number(own)
    )
      return;
    remarks.add(
      'files-disagree',
      `“${company}” has ${own} on ${row.cell('Indicator')} in the indicator scores and ${other} in the summary scores.`,
      'files-disagree: indicator scores and summary scores',
    );
  });
}

async function readRanks(
  files: readonly SourceFile[],
  companies: Release['companies'],
  add: (unit: string, measure: string, figure: Figure, value: string, where: string) => void,
  remarks: Remarks,
): Promise<void> {
  const file = files.find(({ name }) => /rankings\.csv$/.test(name));
  if (!file) return;
  const known = new Set(companies.map(({ id }) => id));
  await eachRowIfRead(file, { needed: ['Company', 'Rank'], wanted: [] }, remarks, (row) => {
    const company = companyId(row.cell('Company'));
    if (known.has(company)) add(company, 'total', 'position', row.cell('Rank'), 'rankings');
    else
      remarks.add('unread', `${file.name}, line ${row.line}: there is no company “${row.cell('Company')}”.`);
  });
}
