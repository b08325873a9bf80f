import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { editionFiles } from '#edition/folder';
import { AnswerTable, PairMap } from '#edition/index';
import type { Scored } from '#scoring/index';
import { type CheckedClaim, exportEdition } from '#tables/index';
import { at } from './addresses.ts';
import { bibtex, cslJson, ris, sourcesAsBibtex, sourcesAsRis } from './cite.ts';
import { roCrate } from './crate.ts';
import { atomFeed } from './feed.ts';
import { firmnessCsv, firmnessOf } from './firmness.ts';
import { isLanguage, LANGUAGES, type Language } from './languages.ts';
import { translator } from './messages.ts';
import { CHECKSUMS, Output, type Written } from './output.ts';
import type { Page } from './page.ts';
import { citeItem } from './pages/data.tsx';
import { allPages } from './pages/index.ts';
import { pictureOf } from './picture.ts';
import { printReport } from './print.ts';
import { renderPage } from './render.tsx';
import { makeSite, type Site, type SiteFile } from './site.ts';
import { sitemapOf } from './sitemap.ts';
import { ASSETS, BUILT_ASSETS, styleSheet } from './style-sheet.ts';
import { textsOf } from './texts.ts';
import { type LanguageView, languageFolder } from './view.ts';
import { zipOf, zipOfFiles } from './zip.ts';

export interface BuildOptions {
  readonly scored: Scored;
  readonly claims: readonly CheckedClaim[];
  /** Earlier editions of the series, oldest first. */
  readonly earlier?: readonly Scored[];
  /** The languages of the interface; the first stands at the root. Those that the edition has texts for, if not said. */
  readonly languages?: readonly Language[];
  /** Where the site will stand. */
  readonly url?: string;
  /** Whether to print the report as PDF, which takes Chromium. */
  readonly pdf?: boolean;
  readonly progress?: (done: number, of: number, what: string) => void;
  /** Ends the build between two files once it is aborted. */
  readonly signal?: AbortSignal;
}

export interface Built extends Written {
  readonly pages: number;
  readonly languages: readonly Language[];
  /** What could not be made, in words. */
  readonly warnings: readonly string[];
}

/**
 * Builds the whole site of an edition into a folder: pages in each language, data, feed, pictures, an archive of it all, and checksums. The same
 * input gives the same bytes, and files whose bytes are as they were are not written.
 * @throws OutputError if the folder holds something else; Error if a page cannot be made: nothing is left out in silence; the reason of the
 * signal if it is aborted. The folder then says that it is unfinished, and building again mends it.
 */
export async function buildSite(folder: string, options: BuildOptions): Promise<Built> {
  const output = new Output(folder);
  try {
    return await writeSite(output, options);
  } catch (error) {
    output.abandon();
    throw error;
  }
}

async function writeSite(output: Output, options: BuildOptions): Promise<Built> {
  const languages = options.languages ?? languagesOf(options.scored);
  const { progress = () => undefined, signal } = options;
  const warnings: string[] = [];
  const files = await writeData(output, options);
  await pause(signal);
  const input = {
    scored: options.scored,
    claims: options.claims,
    earlier: options.earlier ?? [],
    firmness: await firmnessOf(options.scored),
    url: options.url,
    languages,
  };
  if (input.firmness) files.push(put(output, 'data/firmness.csv', firmnessCsv(input.firmness)));
  files.push(put(output, 'data/edition.zip', zipOfFiles(editionFiles(options.scored.edition))));
  files.push(put(output, 'data/csv.zip', zipOfFiles(csvFilesOf(output, files))));
  await pause(signal);
  const draft = makeSite({ ...input, files });
  files.push(...citationFiles(output, draft));
  writeAssets(output, draft);
  for (const language of languages) {
    const picture = await pictureOf(languageView(draft, language, new Set()));
    if (picture) files.push(put(output, `card-${language}.png`, picture));
  }
  if (!files.some((file) => file.path.startsWith('card-')))
    warnings.push(
      'No picture for social media: this machine has no fonts (on Debian: apt install fonts-dejavu-core).',
    );
  const pages = allPages(draft);
  if (options.pdf) files.push(...(await writeReports(output, draft, pages)));

  const site = makeSite({ ...input, files });
  await writePages(output, site, allPages(site), options);
  if (options.url !== undefined) output.write('sitemap.xml', sitemapOf(options.url, site, allPages(site)));
  output.write('corrections.atom', atomFeed(languageView(site, languages[0] ?? 'en', new Set())));
  output.write(
    'ro-crate-metadata.json',
    `${JSON.stringify(roCrate(site.edition.meta, site.edition.evidence, files), null, 2)}\n`,
  );
  progress(1, 1, 'archive');
  output.writeLast(`${site.edition.meta.id}.zip`, () => zipOf(output));
  return { ...output.finish(), pages: pages.length * languages.length, languages, warnings };
}

/** All tables in one archive, under the names that they have on their own. */
function csvFilesOf(output: Output, files: readonly SiteFile[]): Map<string, Uint8Array> {
  return new Map(
    files
      .filter(({ path }) => path.endsWith('.csv') || path.endsWith('datapackage.json'))
      .map(({ path }) => [path.replace(/^data\//, ''), readFileSync(join(output.folder, path))]),
  );
}

/** The languages that an edition has texts for, its own first, as far as the interface speaks them; English where it speaks none. */
export function languagesOf({ edition }: Scored): readonly Language[] {
  const tags = [...edition.meta.languages, ...edition.translations.map(({ language }) => language)];
  const own = tags.map((tag) => tag.split('-')[0] ?? tag).filter(isLanguage);
  return own.length > 0 ? [...new Set(own)] : LANGUAGES.slice(0, 1);
}

/** The site in one language. */
export function languageView(site: Site, language: Language, pages: ReadonlySet<string>): LanguageView {
  const notes = new PairMap<string>();
  for (const { unit, measure, note } of new AnswerTable(site.edition.answers).rows())
    if (note !== '') notes.set(unit, measure, note);
  const [tag = 'en'] = site.edition.meta.languages;
  const own = isLanguage(tag) ? tag : language;
  const texts = textsOf(site.edition, notes, language);
  return {
    site,
    language,
    folder: languageFolder(site, language),
    say: translator(language, texts.units),
    original: { language: own, say: translator(own, site.edition.meta.units) },
    texts,
    pages,
  };
}

/** Lets the program hear that somebody ends it. */
async function pause(signal: AbortSignal | undefined): Promise<void> {
  await setImmediate();
  signal?.throwIfAborted();
}

const PAUSE_AFTER = 100;

async function writePages(
  output: Output,
  site: Site,
  pages: readonly Page[],
  { progress, signal }: BuildOptions,
): Promise<void> {
  const paths = new Set(pages.map((page) => page.path));
  const all = pages.length * site.languages.length;
  let done = 0;
  for (const language of site.languages.filter(isLanguage)) {
    const view = languageView(site, language, paths);
    for (const page of pages) {
      output.write(view.folder + page.path, renderPage(view, page));
      done++;
      if (done % PAUSE_AFTER !== 0) continue;
      progress?.(done, all, 'pages');
      await pause(signal);
    }
  }
}

function put(output: Output, path: string, content: string | Uint8Array): SiteFile {
  const bytes = typeof content === 'string' ? Buffer.byteLength(content) : content.length;
  return { path, bytes, sha256: output.write(path, content) };
}

async function writeData(output: Output, { scored, progress }: BuildOptions): Promise<SiteFile[]> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-data-'));
  try {
    const names = await exportEdition(scored, folder, { progress: (file) => progress?.(0, 1, file) });
    return names.map((name) => put(output, `data/${name}`, readFileSync(join(folder, name))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function citationFiles(output: Output, site: Site): SiteFile[] {
  const item = citeItem(site);
  return [
    put(output, 'data/citation.bib', bibtex(item)),
    put(output, 'data/citation.ris', ris(item)),
    put(output, 'data/citation.json', cslJson(item)),
    put(output, 'data/sources.bib', sourcesAsBibtex(site.edition.sources)),
    put(output, 'data/sources.ris', sourcesAsRis(site.edition.sources)),
    put(output, 'data/sources.json', `${JSON.stringify(site.edition.sources, null, 1)}\n`),
  ];
}

function writeAssets(output: Output, site: Site): void {
  output.write('assets/site.css', styleSheet(site));
  for (const file of ['sort.js', 'search.js', 'icon.png'])
    output.write(`assets/${file}`, readFileSync(join(ASSETS, file)));
  output.write('assets/weights.js', readFileSync(join(BUILT_ASSETS, 'weights.js')));
}

/** The report of each language as PDF: its page and the style sheet are there already when Chromium opens it. */
async function writeReports(output: Output, site: Site, pages: readonly Page[]): Promise<SiteFile[]> {
  const report = pages.find((page) => page.path === at.report);
  if (!report) return [];
  const paths = new Set(pages.map((page) => page.path));
  const html = new Map(
    site.languages
      .filter(isLanguage)
      .map((language) => [language, renderPage(languageView(site, language, paths), report)]),
  );
  const printed = await printReport(html, styleSheet(site), site.url);
  return [...printed].map(([language, pdf]) => put(output, `report-${language}.pdf`, pdf));
}

export { CHECKSUMS };
