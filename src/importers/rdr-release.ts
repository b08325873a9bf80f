import {
  type AnswerRow,
  didYouMean,
  type Measure,
  type Methodology,
  ownValue,
  type PublishedFigure,
  type Source,
  WEB_ADDRESS,
} from '#edition/index';
import { slug } from './ids.ts';
import { ImportError } from './import-error.ts';
import type { Remarks } from './imported.ts';
import { type Row, type Rows, readRows } from './rows.ts';
import type { SourceFile } from './source-files.ts';
import { sayUneven } from './table-rows.ts';

/** What both layouts of the Ranking Digital Rights release come to before an edition is made of it. */
export interface Release {
  readonly year: string;
  /** As the release calls itself. */
  readonly title: string;
  readonly companies: readonly { readonly id: string; readonly name: string; readonly group: string }[];
  readonly services: readonly Part[];
  readonly measures: readonly Measure[];
  readonly rounding: Methodology['rounding'];
  readonly answers: readonly AnswerRow[];
  readonly published: readonly PublishedFigure[];
  readonly sources: readonly Source[];
}

/** A part of a company: the group, the operating company, its services, each service. */
export interface Part {
  readonly id: string;
  readonly company: string;
  readonly part_of: string;
  readonly name: string;
  readonly kind: string;
}

/** The kinds of outermost parts, which are combined into the company. */
export const GROUP = 'group';
export const OPERATING_COMPANY = 'operating-company';
export const SERVICES = 'services';

/** What an indicator is scored for. */
export const SCOPES: Readonly<Record<string, readonly string[]>> = {
  company: [GROUP, OPERATING_COMPANY],
  services: [SERVICES],
  full: [GROUP, OPERATING_COMPANY, SERVICES],
};

export const CATEGORIES: readonly { readonly id: string; readonly letter: string; readonly name: string }[] =
  [
    { id: 'governance', letter: 'G', name: 'Governance' },
    { id: 'freedom-of-expression', letter: 'F', name: 'Freedom of Expression' },
    { id: 'privacy', letter: 'P', name: 'Privacy' },
  ];

/** The total is the mean of the indicators, not of the categories above them. */
export const TOP_MEASURES: readonly Measure[] = [
  { id: 'total', name: 'Total', combine: 'mean', of: 'indicator' },
  ...CATEGORIES.map(
    ({ id, name }): Measure => ({ id, parent: 'total', name, level: 'category', combine: 'mean' }),
  ),
];

export const categoryOf = (indicator: string): string =>
  CATEGORIES.find(({ letter }) => indicator.startsWith(letter))?.id ?? 'governance';

/** `G01.02` as an id. */
/** The number of a source as part of an id; a prime tells two apart. */
export const sourceNumber = (number: string): string => slug(number.replace(/['’′]/g, ' prime'));

export const measureId = (code: string): string => slug(code.replace('.', '-'));

export const across = (scope: string | undefined): Measure['across'] => ({
  services: 'mean',
  scope: [...(ownValue(SCOPES, scope ?? '') ?? [SERVICES])],
});

/** What a release calls itself: the heading of its README; else what the index is called. */
export async function titleOf(files: readonly SourceFile[], year: string): Promise<string> {
  const readme = files.find(({ name }) => /(?:^|\/)readme\.(?:md|txt)$/i.test(name));
  const chunks: Uint8Array[] = [];
  for await (const chunk of readme?.open() ?? []) chunks.push(chunk);
  const heading = /^#*\s*(\S.*)/.exec(Buffer.concat(chunks).toString('utf8'))?.[1] ?? '';
  const title = heading
    .split(/\s+[-–—]\s+/)
    .filter((part) => !/^read ?me$|\b(?:dataset|csv)\b/i.test(part))
    .join(' – ');
  return title.includes(year) ? title : `Ranking Digital Rights Index ${year}`;
}

/** Finds the one file whose name ends like this. @throws ImportError */
export function fileNamed(files: readonly SourceFile[], pattern: RegExp, what: string): SourceFile {
  const found = files.find((file) => pattern.test(file.name));
  if (!found)
    throw new ImportError(
      `There is no ${what} among the files. Give the folder or the ZIP archive of the release.`,
    );
  return found;
}

/** What a release can be read without: a remark says that it is not there. */
export function fileIfAny(
  files: readonly SourceFile[],
  pattern: RegExp,
  what: string,
  remarks: Remarks,
): SourceFile | undefined {
  const found = files.find((file) => pattern.test(file.name));
  if (!found) remarks.add('unread', `There is no ${what} among the files; nothing of it is in the edition.`);
  return found;
}

/** Calls with each row of a table that must have these columns. @throws ImportError if one is missing */
export async function eachRow(
  file: SourceFile,
  columns: readonly string[],
  remarks: Remarks,
  take: (row: Row) => void,
): Promise<void> {
  const table = await readRows(file, {}, remarks);
  const missing = missingIn(table, columns);
  if (missing.length > 0) throw new ImportError(missingText(file, missing, table));
  for await (const row of table.rows) take(row);
  sayUneven(file.name, table, remarks);
}

/** One file of many: if it cannot be read, or lacks a column that is needed, a remark says so, and the release is read without it. */
export async function eachRowIfRead(
  file: SourceFile,
  columns: { readonly needed: readonly string[]; readonly wanted: readonly string[] },
  remarks: Remarks,
  take: (row: Row) => void,
): Promise<void> {
  try {
    const table = await readRows(file, {}, remarks);
    const missing = missingIn(table, columns.needed);
    if (missing.length > 0) throw new ImportError(missingText(file, missing, table));
    const without = missingIn(table, columns.wanted);
    if (without.length > 0)
      remarks.add('unread', `${missingText(file, without, table)} The file is read without.`);
    for await (const row of table.rows) take(row);
    sayUneven(file.name, table, remarks);
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    remarks.add('unread', `${error.message} The file is passed over.`, 'unread: files passed over');
  }
}

const missingIn = (table: Rows, columns: readonly string[]) =>
  columns.filter((column) => table.find(column) === undefined);
const missingText = (file: SourceFile, missing: readonly string[], table: Rows) =>
  `“${file.name}” has no column ${missing.map((name) => `“${name}”`).join(', ')}.${didYouMean(missing[0] ?? '', table.columns)} Its columns are ${table.columns.join(', ')}.`;

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

export interface ListedSource {
  readonly number: string;
  readonly title: string;
  readonly url: string;
  readonly issued: string;
  readonly accessed: string;
}

/** A row of a company’s list of sources as CSL-JSON. */
export function sourceOf(company: string, listed: ListedSource, remarks: Remarks): Source {
  const isUrl = WEB_ADDRESS.test(listed.url);
  if (listed.url && !isUrl)
    remarks.add(
      'unread',
      `Source ${listed.number} of “${company}”: “${listed.url.slice(0, 80)}” is no web address.`,
      'unread: web addresses',
    );
  return {
    id: `${company}-${sourceNumber(listed.number)}`,
    type: 'webpage',
    title: listed.title || listed.url || `Source ${listed.number}`,
    ...(isUrl ? { URL: listed.url } : {}),
    ...dated('issued', listed.issued),
    ...dated('accessed', listed.accessed),
    custom: { kind: 'website', footnotes: [listed.number] },
  };
}

function dated(key: 'issued' | 'accessed', text: string) {
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (year) return { [key]: { 'date-parts': [[Number(year), Number(month), Number(day)]] } };
  return text && !/^(?:n\/?a|undated)$/i.test(text) ? { [key]: { literal: text } } : {};
}

/** Where nothing else is cited, the release itself is. */
export const RELEASE_SOURCE = 'release';

/** What has a score is applicable, though its answer says otherwise: it stays open, and is said. */
export function scoredThough(answer: string | undefined, row: Row, remarks: Remarks): string | undefined {
  const score = row.cell('Score').trim();
  if (answer !== 'not-applicable' || !/^-?\d/.test(score)) return answer;
  remarks.add(
    'doubt',
    `${row.place()}: it does not apply, and has a score of ${score}. It is taken as not-assessed.`,
    'doubt: scores without an answer',
  );
  return 'not-assessed';
}

/** Companies of which there is no list of sources. */
export function sayUnlisted(
  companies: Iterable<string>,
  listed: ReadonlySet<string>,
  remarks: Remarks,
): void {
  for (const company of companies)
    if (!listed.has(company))
      remarks.add(
        'unread',
        `There is no list of sources of “${company}”; where it refers to one, the release is cited.`,
        'unread: lists of sources',
      );
}

/** Reads references such as `16; 29` against the sources of a company. */
export function citationsOf(
  references: string,
  company: string,
  known: ReadonlySet<string>,
  remarks: Remarks,
): string {
  const cited = references.split(/[;,]/).flatMap((part) => {
    const number = part.trim();
    if (number === '' || /^n\/?a$/i.test(number)) return [];
    const id = `${company}-${sourceNumber(number)}`;
    if (known.has(id)) return [id];
    const isDate =
      /^\d{1,4}[-/.]\w{1,3}(?:[-/.]\d{1,4})?$|^(?:[A-Z][a-z]{2}|\d{1,2})-(?:[A-Z][a-z]{2}|\d{2})$/.test(
        number,
      );
    remarks.add(
      isDate ? 'date-as-reference' : 'dangling-reference',
      isDate
        ? `“${company}” refers to “${number}”, which looks like numbers of sources that a spreadsheet turned into a date.`
        : `“${company}” refers to source ${number}, which is not in its list of sources.`,
    );
    return [];
  });
  return [...new Set(cited)].join('; ') || RELEASE_SOURCE;
}
