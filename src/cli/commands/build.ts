import { Command } from 'commander';
import { type Scored, scoreAndRank } from '#scoring/index';
import type { BuildOptions, Built } from '#site/index';
import { openChecked } from '../checked.ts';
import { interruption } from '../interruption.ts';
import { Exit, openEdition } from '../open.ts';
import { isWithin } from '../out-folder.ts';
import { complain, count, harmless, paint, write, writeJson } from '../terminal.ts';

/** What `build` and `serve` ask for alike. */
export interface SiteOptions {
  readonly url?: string;
  readonly languages?: string;
  readonly earlier: readonly string[];
  readonly pdf?: boolean;
  readonly json?: boolean;
}

const collect = (value: string, before: readonly string[]) => [...before, value];

export function withSiteOptions(command: Command): Command {
  return command
    .option(
      '--languages <tags>',
      'languages of the interface, separated by commas; the first stands at the root',
    )
    .option(
      '--earlier <edition>',
      'an earlier edition of the series, for “over time”; may be given again',
      collect,
      [],
    )
    .option('--url <address>', 'where the site will stand, for citations, the feed and previews')
    .option('--pdf', 'print the report as PDF; needs Chromium');
}

export function buildCommand(): Command {
  return withSiteOptions(
    new Command('build')
      .description('build the public site: static pages, data, feed, archive, checksums')
      .argument('<edition>', 'folder of the edition'),
  )
    .requiredOption('-o, --out <folder>', 'folder to write into; empty, or an earlier build')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ assay build editions/message-privacy/2016 -o site\n  $ assay build editions/message-privacy/2016 -o site --pdf --url https://example.org/ranking/',
    )
    .action(async (folder: string, options: SiteOptions & { out: string }) => {
      const started = performance.now();
      refuseEditionFolder(folder, options.out);
      const input = await checkedInput(folder, options);
      const built = await build(options.out, input, interruption());
      if (options.json) writeJson({ folder: options.out, ...built });
      else write(builtText(built, options.out, performance.now() - started));
    });
}

/** What is to be built: an edition that holds, and earlier ones of its series. What does not hold ends the program. */
export async function checkedInput(folder: string, options: SiteOptions): Promise<BuildOptions> {
  const site = await import('#site/index');
  const url = options.url === undefined ? undefined : addressOf(options.url);
  const { scored, claims } = await openChecked(folder);
  if (url !== undefined && scored.edition.meta.contact === undefined)
    throw new Exit(
      2,
      'Nobody could object to what this publishes: edition.yaml names no address. Add one, such as “contact: corrections@example.org”, or build without --url to look at it here.',
    );
  const earlier = options.earlier.map((path) => scoreAndRank(openEdition(path)));
  checkSeries(scored, earlier, options.earlier);
  const languages = options.languages
    ?.split(',')
    .map((tag) => tag.trim())
    .map((tag) => {
      if (site.isLanguage(tag)) return tag;
      throw new Exit(
        2,
        `There is no catalogue for “${tag}”; the languages are ${site.LANGUAGES.join(', ')}.`,
      );
    });
  return {
    scored,
    claims,
    earlier,
    ...(languages ? { languages: [...new Set(languages)] } : {}),
    ...(url === undefined ? {} : { url }),
    pdf: options.pdf ?? false,
  };
}

/** Builds a site, with progress on a terminal; if it is cut short, says what is left. */
export async function build(out: string, input: BuildOptions, signal: AbortSignal): Promise<Built> {
  const site = await import('#site/index');
  const progress = progressBar();
  try {
    const built = await site.buildSite(out, { ...input, progress, signal });
    progress.end();
    for (const warning of built.warnings)
      complain(`${paint('yellow', 'warning:', process.stderr)} ${harmless(warning)}`);
    return built;
  } catch (error) {
    progress.end();
    if (signal.aborted)
      throw new Exit(
        130,
        `Ended before the site was whole. “${out}” holds what was made so far, and its SHA256SUMS says so. Build into it again, or remove it.`,
      );
    if (error instanceof site.OutputError || error instanceof site.NoBrowserError)
      throw new Exit(2, error.message);
    throw error;
  }
}

function addressOf(text: string): string {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash)
    throw new Exit(
      2,
      `“${text}” is no address of a site. Give it whole, such as https://example.org/ranking/.`,
    );
  return url.href.endsWith('/') ? url.href : `${url.href}/`;
}

export function refuseEditionFolder(edition: string, out: string): void {
  if (isWithin(out, edition) || isWithin(edition, out))
    throw new Exit(
      2,
      `The site cannot be written to “${out}”: it would stand among the files of the edition. Give another folder.`,
    );
}

function checkSeries(now: Scored, earlier: readonly Scored[], folders: readonly string[]): void {
  const { series, id } = now.edition.meta;
  earlier.forEach(({ edition }, index) => {
    if (edition.meta.id === id)
      throw new Exit(2, `“${folders[index]}” is this edition itself; --earlier takes another one.`);
    if (series === undefined || edition.meta.series !== series)
      throw new Exit(
        2,
        `“${folders[index]}” is not of the same series (“${edition.meta.series ?? 'none'}”, not “${series ?? 'none'}”). Mend “series” in edition.yaml, or leave it out.`,
      );
    const [before, after] = [edition.meta['cut-off']?.date, now.edition.meta['cut-off']?.date];
    if (before !== undefined && after !== undefined && before > after)
      throw new Exit(
        2,
        `“${folders[index]}” holds up to ${before}, this edition up to ${after}; --earlier takes one from before.`,
      );
  });
}

interface Progress {
  (done: number, of: number, what: string): void;
  end(): void;
}

/** A line that is written over, where somebody looks at it. */
function progressBar(): Progress {
  const shown = process.stderr.isTTY;
  const bar = (done: number, of: number, what: string) => {
    if (!shown) return;
    const text = of > 1 ? `${what} ${done.toLocaleString('en')} of ${of.toLocaleString('en')}` : `${what} …`;
    process.stderr.write(`\r\x1b[K${paint('dim', `  ${text}`, process.stderr)}`);
  };
  return Object.assign(bar, { end: () => void (shown && process.stderr.write('\r\x1b[K')) });
}

export function builtText(built: Built, out: string, milliseconds: number): string {
  const { pages, files, changed, removed, languages } = built;
  const left = removed > 0 ? `, ${removed.toLocaleString('en')} removed` : '';
  return [
    `${count(pages, 'page')} in ${languages.join(', ')}; ${count(files, 'file')} in ${out}: ${changed.toLocaleString('en')} written${left}, the others as they were (${(milliseconds / 1000).toFixed(1)} s).`,
    `Checksums: ${out}/SHA256SUMS. Look at it: assay serve, or open ${out}/index.html.`,
  ].join('\n');
}
