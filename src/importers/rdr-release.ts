import {
  type AnswerRow,
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
import { type Row, readRows } from './rows.ts';
import type { SourceFile } from './source-files.ts';
import { sayUneven } from './table-rows.ts';

/** What both layouts of the Ranking Digital Rights release come to before an edition is made of it. */
export interface Release {
  readonly year: string;
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

/** Finds the one file whose name ends like this. @throws ImportError */
export function fileNamed(files: readonly SourceFile[], pattern: RegExp, what: string): SourceFile {
  const found = files.find((file) => pattern.test(file.name));
  if (!found)
    throw new ImportError(
      `There is no ${what} among the files. Give the folder or the ZIP archive of the release.`,
    );
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
  const missing = columns.filter((column) => !table.columns.includes(column));
  if (missing.length > 0)
    throw new ImportError(
      `“${file.name}” has no column ${missing.map((name) => `“${name}”`).join(', ')}. Its columns are ${table.columns.join(', ')}.`,
    );
  for await (const row of table.rows) take(row);
  sayUneven(file.name, table, remarks);
}

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
