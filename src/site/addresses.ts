import type { UnitNames } from '#edition/index';
import { isLanguage } from './languages.ts';

/** Where each page stands, below the folder of its language. Ids are lower-case words with hyphens, so they are safe in paths. */
export const at = {
  ranking: 'index.html',
  sorted: (key: string, reversed: boolean, page: number) =>
    `ranking/${key}${reversed ? '/reversed' : ''}${page > 1 ? `/${page}` : ''}.html`,
  score: (company: string, measure: string) => `scores/${company}/${measure}.html`,
  scorecard: (company: string) => `scorecards/${company}.html`,
  raise: (company: string) => `raise/${company}.html`,
  measure: (id: string) => `measures/${id}.html`,
  source: (id: string) => `sources/${id}.html`,
  sources: (page: number) => (page > 1 ? `sources/page/${page}.html` : 'sources.html'),
  compare: 'compare.html',
  comparePair: (a: string, b: string) => `compare/${a}/${b}.html`,
  compareNeighbours: (company: string) => `compare/neighbours/${company}.html`,
  findings: 'findings.html',
  background: 'background.html',
  recommendations: 'recommendations.html',
  rely: 'rely.html',
  weights: 'weights.html',
  parts: 'services.html',
  glance: 'at-a-glance.html',
  chart: (id: string) => `charts/${id}.html`,
  search: 'search.html',
  missing: '404.html',
  methodology: 'methodology.html',
  firmness: 'how-firm.html',
  correspondence: 'correspondence.html',
  verification: 'verification.html',
  corrections: 'corrections.html',
  overTime: 'over-time.html',
  data: 'data.html',
  about: 'about.html',
  index: (page: number) => (page > 1 ? `a-z/${page}.html` : 'a-z.html'),
  embed: 'embed.html',
  report: 'report.html',
} as const;

/** Where each text about the edition as a whole is read. */
export const PROSE_PAGES = {
  method: at.methodology,
  recommendations: at.recommendations,
  correspondence: at.correspondence,
  background: at.background,
} as const;

/** The folders in which pages stand that are not of units. */
const TAKEN = new Set([
  'ranking',
  'scores',
  'raise',
  'scorecards',
  'cards',
  'measures',
  'sources',
  'compare',
  'a-z',
  'data',
  'findings',
  'charts',
  'assets',
  'edition',
]);

/** The folders of the pages of units: what they are called, in letters that are safe in an address; as usual where nothing is left, or it is taken. */
export function unitFolders({ ranked, parts }: UnitNames): {
  readonly ranked: string;
  readonly parts: string;
} {
  const first = folderOf(ranked.many, 'companies');
  const second = folderOf(parts.many, 'services');
  return { ranked: first, parts: second === first ? 'services' : second };
}

function folderOf(noun: string, usual: string): string {
  const plain = noun
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return plain === '' || TAKEN.has(plain) || isLanguage(plain) ? usual : plain;
}

/** The address of one file from another of the same site, so that the site works below any folder, and without a server. */
export function relative(from: string, to: string): string {
  const [path = '', fragment] = to.split('#');
  const hash = fragment === undefined ? '' : `#${fragment}`;
  if (path === from) return hash || (path.split('/').at(-1) ?? '');
  const source = from.split('/').slice(0, -1);
  const target = path.split('/');
  let shared = 0;
  while (shared < source.length && source[shared] === target[shared] && shared < target.length - 1) shared++;
  return `${'../'.repeat(source.length - shared)}${target.slice(shared).join('/')}${hash}`;
}
