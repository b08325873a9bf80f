/**
 * How long the pages of a site take, and how that grows. Each size runs in a process of its own, which says how much memory it took:
 *   node bench/site.ts            all sizes
 *   node bench/site.ts pages 500  the pages of 500 companies alone
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { scoreAndRank } from '#scoring/index';
import { languageView } from '../dist/site/build.js';
import { buildSite } from '../dist/site/index.js';
import { Output } from '../dist/site/output.js';
import { companyPages } from '../dist/site/pages/company.js';
import { allPages } from '../dist/site/pages/index.js';
import { rankingPages } from '../dist/site/pages/ranking.js';
import { renderPage } from '../dist/site/render.js';
import { makeSite } from '../dist/site/site.js';
import { generateEdition } from './generate.ts';

const LEAVES = 5;
const siteOf = (companies: number, leaves = LEAVES, branches = 1) =>
  makeSite({
    scored: scoreAndRank(generateEdition({ companies, leaves, branches })),
    claims: [],
    earlier: [],
    files: [],
    url: undefined,
    languages: ['en'],
  });

const works: Readonly<Record<string, (companies: number, folder: string) => void | Promise<void>>> = {
  /** The pages of the companies, made and written. */
  pages(companies, folder) {
    const site = siteOf(companies);
    const view = languageView(site, 'en', new Set(allPages(site).map((page) => page.path)));
    const start = performance.now();
    const output = new Output(join(folder, 'site'));
    for (const page of companyPages(site)) output.write(page.path, renderPage(view, page));
    output.finish();
    say('company pages', companies, performance.now() - start);
    mkdirSync(join(folder, 'plain'));
    let plain = 0;
    companyPages(site).forEach((page, index) => {
      const html = renderPage(view, page);
      const before = performance.now();
      writeFileSync(join(folder, 'plain', `${index}.html`), html);
      plain += performance.now() - before;
    });
    say('files of the same bytes, written by a loop', companies, plain);
  },
  /** The ranking of as many companies: how large its pages are. */
  ranking(companies) {
    const site = siteOf(companies, 250, 10);
    const view = languageView(site, 'en', new Set(allPages(site).map((page) => page.path)));
    const start = performance.now();
    const sizes = rankingPages(site).map((page) => gzipSync(renderPage(view, page)).length);
    say('pages of the ranking, 250 leaves in 10', sizes.length, performance.now() - start);
    console.log(`    the largest has ${(Math.max(...sizes) / 1000).toFixed(1)} kB gzipped`);
  },
  /** Everything, as `assay build` makes it in one language; then again with nothing changed. */
  async site(companies, folder) {
    const scored = scoreAndRank(generateEdition({ companies, leaves: LEAVES, branches: 1 }));
    for (const what of ['files of a whole site', 'files, built again']) {
      const start = performance.now();
      const { files } = await buildSite(folder, { scored, claims: [], languages: ['en'] });
      say(what, files, performance.now() - start);
    }
  },
};

function say(what: string, count: number, milliseconds: number): void {
  const each = (milliseconds / count).toFixed(3);
  console.log(
    `  ${`${count.toLocaleString('en')} ${what}`.padEnd(44)} ${(milliseconds / 1000).toFixed(2)} s   ${each} ms each`,
  );
}

const [work, size] = process.argv.slice(2);
if (work) {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));
  try {
    await works[work]?.(Number(size), folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
} else {
  for (const [what, sizes] of [
    ['pages', [500, 5_000, 50_000]],
    ['ranking', [2_000]],
    ['site', [500, 5_000]],
  ] as const)
    for (const companies of sizes) {
      const command = [
        'time',
        '-f',
        '    %M',
        process.execPath,
        import.meta.filename,
        what,
        String(companies),
      ];
      const run = spawnSync('/usr/bin/env', command, { encoding: 'utf8' });
      if (run.status !== 0)
        throw new Error(`The benchmark ended with ${run.status}: ${run.stderr.slice(0, 2000)}`);
      const megabytes = Math.round(Number(run.stderr.trim().split('\n').at(-1)) / 1024);
      console.log(`${run.stdout.trimEnd()}\n    ${megabytes} MB in all`);
    }
}
