import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scoreAndRank } from '#scoring/index';
import { buildSite, LANGUAGES, OutputError } from '#site/index';
import { checkEdition } from '#tables/check';
import { temporaryFolder } from './folders.ts';
import { attributes, deadLinks, filesOf, htmlErrors } from './html.ts';

const EDITION = 'editions/message-privacy/2016';

async function buildEdition(edition: string, folder: string) {
  const { edition: found, claims } = await checkEdition(edition);
  if (!found) throw new Error(`${edition} does not hold.`);
  return buildSite(folder, { scored: scoreAndRank(found), claims });
}

describe('the site of the edition of 2016', () => {
  let folder: string;
  let pages: ReadonlyMap<string, string>;
  let files: ReadonlySet<string>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'assay-site-test-'));
    await buildEdition(EDITION, folder);
    const all = filesOf(folder).filter((file) => statSync(join(folder, file)).isFile());
    files = new Set(all);
    pages = new Map(
      all
        .filter((file) => file.endsWith('.html'))
        .map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
    );
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has the same pages in every language', () => {
    const english = [...pages.keys()].filter((file) => !/^(?:fr|es|ar)\//.test(file));
    expect(english.length).toBeGreaterThan(350);
    for (const language of LANGUAGES.filter((own) => own !== 'en'))
      expect(english.filter((file) => !pages.has(`${language}/${file}`))).toEqual([]);
  });

  it('has a page with reasons for every company and criterion', () => {
    for (const company of ['apple', 'telegram', 'tencent'])
      for (const criterion of ['recognises-threats', 'encrypts-by-default', 'discloses-requests'])
        expect([...files]).toContain(`scores/${company}/${criterion}.html`);
  });

  it('is valid HTML on every page', () => {
    expect([...pages].flatMap(([file, html]) => htmlErrors(html, file)).slice(0, 20)).toEqual([]);
  }, 120_000);

  it('has no link that leads nowhere', () => {
    expect(deadLinks(pages, files).slice(0, 20)).toEqual([]);
  });

  it('can be reached as a whole from its first page', () => {
    const reached = new Set<string>(['index.html']);
    for (const file of reached)
      for (const address of attributes(pages.get(file) ?? '', 'href')) {
        const target = new URL(address, `http://site/${file}`);
        if (target.host === 'site') reached.add(decodeURIComponent(target.pathname.slice(1)));
      }
    expect(
      [...pages.keys()].filter((file) => !reached.has(file) && !/(?:report|404)\.html$/.test(file)),
    ).toEqual([]);
  });

  it('runs nothing, styles nothing and loads nothing that is not its own', () => {
    for (const [file, html] of pages) {
      expect(html, file).not.toMatch(
        /<(?:style|svg|iframe|object|embed|base)\b|\sstyle=|\son[a-z]+=|javascript:/i,
      );
      expect(html.match(/<script\b/g)?.length ?? 0, file).toBeLessThanOrEqual(1);
      expect(
        attributes(html, 'src').every((address) => /assets\/(?:search|sort|weights)\.js$/.test(address)),
        file,
      ).toBe(true);
      expect(html, file).toContain(
        `content="default-src &#39;none&#39;; style-src &#39;self&#39;; img-src &#39;self&#39;; script-src &#39;self&#39;;`,
      );
    }
  });

  it('says on every page as of when it holds and what it does not say', () => {
    for (const [file, html] of pages) {
      expect(html, file).toContain('2016');
      expect(html.match(/<footer>.*<\/footer>/s)?.[0].length ?? 0, file).toBeGreaterThan(300);
    }
  });

  it('names its language and direction', () => {
    expect(pages.get('index.html')).toMatch(/<html lang="en" dir="ltr">/);
    expect(pages.get('ar/index.html')).toMatch(/<html lang="ar" dir="rtl">/);
    expect(pages.get('fr/scores/apple/informs-users.html')).toMatch(
      /<div class="prose" lang="en" dir="ltr">/,
    );
  });

  it('shows a score as figure, word and pattern', () => {
    expect(pages.get('index.html')).toMatch(
      /<td class="s s-high" data-label="Threats"><a href="scores\/apple\/recognises-threats.html"><b>2<\/b> <small>Largely met<\/small><span class="bar w67"/,
    );
  });

  it('is light: the ranking and all that a first visit loads', () => {
    const packed = (file: string) => gzipSync(readFileSync(join(folder, file))).length;
    expect(packed('index.html')).toBeLessThanOrEqual(15_000);
    const first = ['index.html', 'assets/site.css', 'assets/sort.js'];
    expect(first.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0)).toBeLessThanOrEqual(
      60_000,
    );
  });

  it('lists every file with its checksum, also in the archive', () => {
    const [mark, ...sums] = readFileSync(join(folder, 'SHA256SUMS'), 'utf8').trim().split('\n');
    expect(mark).toMatch(/^# /);
    expect(sums.map((line) => line.slice(66)).toSorted()).toEqual(
      [...files].filter((file) => file !== 'SHA256SUMS').toSorted(),
    );
    for (const line of sums)
      expect(
        createHash('sha256')
          .update(readFileSync(join(folder, line.slice(66))))
          .digest('hex'),
      ).toBe(line.slice(0, 64));
    const archive = unzipSync(readFileSync(join(folder, 'message-privacy-2016.zip')));
    expect(Object.keys(archive).toSorted()).toEqual(
      [...files].filter((file) => !file.endsWith('2016.zip')).toSorted(),
    );
    expect(Buffer.from(archive['index.html'] ?? []).toString()).toBe(pages.get('index.html'));
  });

  it('is the same bytes when it is built again elsewhere', async () => {
    const again = temporaryFolder();
    await buildEdition(EDITION, again);
    expect(readFileSync(join(again, 'SHA256SUMS'), 'utf8')).toBe(
      readFileSync(join(folder, 'SHA256SUMS'), 'utf8'),
    );
  }, 60_000);

  it('writes only what has changed when it is built again in place', async () => {
    const [edition, site] = [join(temporaryFolder(), 'edition'), temporaryFolder()];
    cpSync(EDITION, edition, { recursive: true });
    await buildEdition(edition, site);
    for (const file of filesOf(site))
      if (statSync(join(site, file)).isFile()) utimesSync(join(site, file), 1, 1);
    const answers = readFileSync(join(edition, 'services.csv'), 'utf8');
    writeFileSync(
      join(edition, 'services.csv'),
      answers.replace('Shares one screen with ordinary SMS.', 'Shares a screen with SMS.'),
    );
    const { changed } = await buildEdition(edition, site);
    const touched = filesOf(site).filter(
      (file) => statSync(join(site, file)).isFile() && statSync(join(site, file)).mtimeMs > 1000,
    );
    const html = touched.filter((file) => file.endsWith('.html'));
    expect(html.filter((file) => !/(?:^|\/)(?:services\/imessage|data)\.html$/.test(file))).toEqual([]);
    expect(html).toContain('services/imessage.html');
    expect(changed).toBe(touched.length - 1); // SHA256SUMS is written always
  }, 60_000);
});

describe('the site of the example, whose sources are captured', () => {
  it('is valid, links to nothing that is not there, and shows each quote in its context', async () => {
    const folder = temporaryFolder();
    await buildEdition('editions/example/2026', folder);
    const files = filesOf(folder).filter((file) => statSync(join(folder, file)).isFile());
    const pages = new Map(
      files
        .filter((file) => file.endsWith('.html'))
        .map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
    );
    expect([...pages].flatMap(([file, html]) => htmlErrors(html, file)).slice(0, 20)).toEqual([]);
    expect(deadLinks(pages, new Set(files)).slice(0, 20)).toEqual([]);
    const score = pages.get('scores/heron/sharing.html') ?? '';
    expect(score).toContain('<span class="label">quoted</span>');
    expect(score).toMatch(
      /<mark>We do not share your data with advertisers[^<]*<\/mark>.*Not looked at again since/s,
    );
    expect(pages.get('sources/heron-privacy.html')).toContain('Stored copies');
    expect(pages.get('about.html')).toMatch(/Of 9 citations, 8 are quoted, 1 captured and 0 only cited\./);
    const crate = JSON.parse(readFileSync(join(folder, 'ro-crate-metadata.json'), 'utf8'));
    const listed = crate['@graph'].filter((entity: { '@type': string }) => entity['@type'] === 'File');
    for (const { '@id': path, sha256 } of listed)
      expect(
        createHash('sha256')
          .update(readFileSync(join(folder, path)))
          .digest('hex'),
        path,
      ).toBe(sha256);
    expect(listed.length).toBeGreaterThan(20);
  }, 60_000);
});

describe('the folder a site is written to', () => {
  it('is left alone if it holds something else', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'thesis.txt'), 'mine');
    await expect(buildEdition('tests/editions/small', folder)).rejects.toThrow(OutputError);
    expect(filesOf(folder)).toEqual(['thesis.txt']);
  });

  it('loses what an earlier build made and this one does not, and nothing else', async () => {
    const folder = temporaryFolder();
    await buildEdition(EDITION, folder);
    writeFileSync(join(folder, 'CNAME'), 'example.org');
    await buildEdition('tests/editions/small', folder);
    expect(filesOf(folder)).toContain('CNAME');
    expect(filesOf(folder)).not.toContain('scores/apple/informs-users.html');
    expect(filesOf(folder)).not.toContain('message-privacy-2016.zip');
  }, 60_000);

  it('is none that has checksums of something else', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'thesis.txt'), 'mine');
    writeFileSync(join(folder, 'SHA256SUMS'), `${'0'.repeat(64)}  thesis.txt\n`);
    await expect(buildEdition('tests/editions/small', folder)).rejects.toThrow(
      'none says that a site was built there',
    );
    expect(readFileSync(join(folder, 'thesis.txt'), 'utf8')).toBe('mine');
  });

  it('is not left by names in forged checksums', async () => {
    const folder = join(temporaryFolder(), 'site');
    const outside = join(folder, '../outside.txt');
    await buildEdition('tests/editions/small', folder);
    writeFileSync(outside, 'mine');
    writeFileSync(
      join(folder, 'SHA256SUMS'),
      `# The files of a site built by assay\n${'0'.repeat(64)}  ../outside.txt\n${'0'.repeat(64)}  ${outside}\n`,
    );
    await buildEdition('tests/editions/small', folder);
    expect(readFileSync(outside, 'utf8')).toBe('mine');
  }, 60_000);
});
