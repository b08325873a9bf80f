import type { Source } from '#edition/index';
import { cslDateText } from './dates.ts';
import { nameText } from './reference.ts';

/** What is needed to cite an edition. */
export interface CiteItem {
  readonly id: string;
  readonly title: string;
  readonly publisher?: string;
  /** `2016`, `2016-07` or `2016-07-12`. */
  readonly issued?: string;
  readonly URL?: string;
  readonly licence: string;
  /** Whose work it rests on. */
  readonly note?: string;
}

/** An edition as a list of references gives it. */
export function citeText({ title, publisher, issued, URL: address, note }: CiteItem): string {
  const year = issued?.slice(0, 4);
  const parts = [publisher, year === undefined ? undefined : `(${year})`].filter(Boolean).join(' ');
  return [parts, `${title} [data set]`, note, address]
    .filter(Boolean)
    .join('. ')
    .replace(/\.\. /g, '. ')
    .replace(/([^.])$/, '$1.');
}

/** As CSL-JSON (https://docs.citationstyles.org/), a list of one item. */
export function cslJson(item: CiteItem): string {
  return `${JSON.stringify([cslOf(item)], null, 2)}\n`;
}

function cslOf({ id, title, publisher, issued, URL: address, licence, note }: CiteItem): Source {
  return {
    id,
    type: 'dataset',
    title,
    ...(publisher ? { author: [{ literal: publisher }], publisher } : {}),
    ...(issued ? { issued: { 'date-parts': [issued.split('-').map(Number)] } } : {}),
    ...(address ? { URL: address } : {}),
    license: licence,
    ...(note ? { note } : {}),
    custom: { kind: 'statistics' },
  };
}

/** As BibLaTeX, which has an entry type for data sets. */
export function bibtex(item: CiteItem): string {
  return entry(cslOf(item));
}

/** As RIS, the exchange format of bibliography programs. */
export function ris(item: CiteItem): string {
  return record(cslOf(item));
}

/** All sources as BibLaTeX. */
export function sourcesAsBibtex(sources: readonly Source[]): string {
  return sources.map(entry).join('\n');
}

/** All sources as RIS. */
export function sourcesAsRis(sources: readonly Source[]): string {
  return sources.map(record).join('');
}

/** Entry types of the BibLaTeX manual, 2.1, and the types of RIS, by the type in CSL. */
const TYPES = new Map<string, readonly [bibtex: string, ris: string]>(
  Object.entries({
    dataset: ['dataset', 'DATA'],
    report: ['report', 'RPRT'],
    book: ['book', 'BOOK'],
    chapter: ['incollection', 'CHAP'],
    'article-journal': ['article', 'JOUR'],
    'article-magazine': ['article', 'MGZN'],
    'article-newspaper': ['article', 'NEWS'],
    webpage: ['online', 'ELEC'],
    post: ['online', 'ELEC'],
    'post-weblog': ['online', 'BLOG'],
    personal_communication: ['letter', 'PCOMM'],
    legislation: ['legislation', 'STAT'],
    bill: ['legislation', 'BILL'],
    legal_case: ['jurisdiction', 'CASE'],
    thesis: ['thesis', 'THES'],
    software: ['software', 'COMP'],
  }),
);
const typesOf = (source: Source) => TYPES.get(source.type) ?? (['misc', 'GEN'] as const);

function entry(source: Source): string {
  const names = (source.author ?? []).map((name) => {
    const text = escaped(nameText(name));
    return 'literal' in name || / and /i.test(text) ? `{${text}}` : text;
  });
  const [issued, number] = [cslDateText(source.issued), stringOf(source.number)];
  const fields: [string, string | undefined][] = [
    ['author', names.length > 0 ? names.join(' and ') : undefined],
    ['title', `{${escaped(source.title)}}`],
    ['journaltitle', source['container-title'] && escaped(source['container-title'])],
    ['publisher', source.publisher && escaped(source.publisher)],
    ['number', number && escaped(number)],
    // What is no date may stand as the year, which is any text.
    issued !== undefined && ISO_DATES.test(issued) ? ['date', issued] : ['year', issued && escaped(issued)],
    ['doi', typeof source.DOI === 'string' ? verbatim(source.DOI) : undefined],
    ['url', source.URL && verbatim(source.URL)],
  ];
  const lines = fields.flatMap(([name, value]) => (value ? [`  ${name} = {${value}},\n`] : []));
  return `@${typesOf(source)[0]}{${source.id},\n${lines.join('')}}\n`;
}

/** A date or a range of two, as BibLaTeX reads them. */
const ISO_DATES = /^\d{4}(?:-\d{2}){0,2}(?:\/\d{4}(?:-\d{2}){0,2})?$/;

const stringOf = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

const SPECIAL = new Map([
  ['\\', '\\textbackslash{}'],
  ['{', '\\{'],
  ['}', '\\}'],
  ['~', '\\textasciitilde{}'],
  ['^', '\\textasciicircum{}'],
]);

/** A text in one line, with what TeX would take as its own made harmless. */
function escaped(text: string): string {
  return oneLine(text).replace(/[\\{}~^#$%&_]/g, (sign) => SPECIAL.get(sign) ?? `\\${sign}`);
}

/**
 * An address, which BibLaTeX prints as it stands: nothing in it may end the field or, where a style prints it otherwise, begin a command
 * (`^^5c` is a backslash to TeX). Percent signs mean the same to whoever opens it.
 */
function verbatim(address: string): string {
  return address.replace(/[{}\\^$\s\p{Cc}]/gu, encodeURIComponent);
}

/** Control characters end a line for some programs, and stop TeX. */
const oneLine = (text: string) => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

function record(source: Source): string {
  const issued = cslDateText(source.issued)?.split('/')[0];
  const isDate = issued !== undefined && /^\d{4}(?:-\d{2}){0,2}$/.test(issued);
  const [year = '', month = '', day = ''] = isDate ? issued.split('-') : [];
  const fields: [string, string | undefined][] = [
    ['TY', typesOf(source)[1]],
    ...(source.author ?? []).map((name): [string, string] => ['AU', nameText(name)]),
    ['TI', source.title],
    ['T2', source['container-title']],
    ['PB', source.publisher],
    ['SN', stringOf(source.number)],
    ['PY', year],
    ['DA', isDate ? `${year}/${month}/${day}/` : issued],
    ['DO', typeof source.DOI === 'string' ? source.DOI : undefined],
    ['UR', source.URL],
    ['ID', source.id],
  ];
  const lines = fields.flatMap(([tag, value]) => (value ? [`${tag}  - ${oneLine(value)}\r\n`] : []));
  return `${lines.join('')}ER  - \r\n\r\n`;
}
