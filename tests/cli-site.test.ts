import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, get } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { smallEdition, temporaryFolder } from './folders.ts';

/** `assay build` and `assay serve` as a person runs them, from `dist/` (`npm test` builds it first). */
function assay(...args: readonly string[]) {
  const result = spawnSync(process.execPath, ['dist/cli/main.js', ...args], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

describe('assay build', () => {
  it('builds the site and says how many pages it has', () => {
    const out = join(temporaryFolder(), 'site');
    const built = assay('build', smallEdition(), '-o', out, '--languages', 'en,fr');
    expect(built.out).toMatch(/^\d+ pages in en, fr; \d+ files in .*: \d+ written, the others as they were/);
    expect(built.code).toBe(0);
    expect(existsSync(join(out, 'fr/scores/north/drills.html'))).toBe(true);
  });

  it('builds nothing from an edition that does not hold, and says what does not', () => {
    const out = join(temporaryFolder(), 'site');
    const edition = smallEdition({ 'answers.csv': 'unit,measure,answer,citations,note\n' });
    const { code, err } = assay('build', edition, '-o', out);
    expect(code).toBe(1);
    expect(err).toContain('answer-missing');
    expect(existsSync(out)).toBe(false);
  });

  it('builds nothing where a claim of a finding does not hold', () => {
    const edition = smallEdition();
    const findings = readFileSync(join(edition, 'findings.md'), 'utf8').replace('[One]', '[Two]');
    writeFileSync(join(edition, 'findings.md'), findings);
    const { code, err } = assay('build', edition, '-o', join(temporaryFolder(), 'site'));
    expect(code).toBe(1);
    expect(err).toContain('claim-disagrees');
  });

  it.each([
    [['--languages', 'en,de'], 'There is no catalogue for “de”; the languages are en, fr, es, ar.'],
    [['--url', 'example.org'], '“example.org” is no address of a site. Give it whole'],
    [['--url', 'javascript:alert(1)'], 'is no address of a site'],
    [['--earlier', 'templates/edition'], 'is not of the same series'],
    [['--earlier', 'tests/editions/small'], 'is this edition itself'],
  ])('ends with 2 for %j', (options, message) => {
    const { code, err } = assay('build', smallEdition(), '-o', join(temporaryFolder(), 'site'), ...options);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });

  it('writes neither among the files of the edition nor over somebody’s files', () => {
    const edition = smallEdition();
    const before = readdirSync(edition).toSorted();
    expect(assay('build', edition, '-o', edition).err).toContain('among the files of the edition');
    expect(assay('build', edition, '-o', join(edition, 'site')).code).toBe(2);
    expect(assay('build', edition, '-o', join(edition, '..')).code).toBe(2);
    expect(readdirSync(edition).toSorted()).toEqual(before);
    const mine = temporaryFolder();
    writeFileSync(join(mine, 'letter.txt'), 'mine');
    expect(assay('build', edition, '-o', mine).err).toContain(
      'holds files, and none says that a site was built there',
    );
    expect(readdirSync(mine)).toEqual(['letter.txt']);
    writeFileSync(join(mine, 'file'), '');
    expect(assay('build', edition, '-o', join(mine, 'file')).err).toContain('is a file');
  });

  it('names the address of the site where it is known', () => {
    const out = join(temporaryFolder(), 'site');
    const silent = assay('build', smallEdition(), '-o', out, '--url', 'https://example.org/harbour');
    expect(silent.err).toContain('Nobody could object to what this publishes');
    const text = readFileSync('tests/editions/small/edition.yaml', 'utf8');
    const edition = smallEdition({ 'edition.yaml': `${text}contact: wrong@example.org\n` });
    assay('build', edition, '-o', out, '--languages', 'en', '--url', 'https://example.org/harbour');
    const page = readFileSync(join(out, 'companies/north.html'), 'utf8');
    expect(page).toContain('<link rel="canonical" href="https://example.org/harbour/companies/north.html"/>');
    expect(page).toContain(
      'href="mailto:wrong@example.org?subject=harbour-2026%3A%20companies%2Fnorth.html"',
    );
    expect(readFileSync(join(out, 'sitemap.xml'), 'utf8')).toContain(
      '<loc>https://example.org/harbour/companies/north.html</loc>',
    );
    expect(readFileSync(join(out, 'data/citation.bib'), 'utf8')).toContain(
      'url = {https://example.org/harbour/}',
    );
    expect(readFileSync(join(out, 'corrections.atom'), 'utf8')).toContain(
      'https://example.org/harbour/corrections.html#correction-wording',
    );
  });

  it('says that the PDF needs a browser where there is none', () => {
    const result = spawnSync(
      process.execPath,
      [
        '--import',
        'data:text/javascript,import fs from "node:fs"; import { syncBuiltinESMExports } from "node:module"; const was = fs.existsSync; fs.existsSync = (path) => !/chrom/i.test(String(path)) %26%26 was(path); syncBuiltinESMExports();',
        'dist/cli/main.js',
        'build',
        smallEdition(),
        '-o',
        join(temporaryFolder(), 'site'),
        '--pdf',
      ],
      { encoding: 'utf8' },
    );
    expect(result.stderr).toContain('The PDF is printed by Chromium, and there is none. Install it');
    expect(result.status).toBe(2);
  });
});

describe('a build that is cut short', () => {
  const OWN = (sums: string) => sums.split('\n').filter((line) => /^[0-9a-f]{64} /.test(line));
  /** Runs a build, and ends it as Ctrl+C does as soon as `isTime`. */
  const interrupted = async (isTime: () => boolean, ...args: readonly string[]) => {
    const temporary = temporaryFolder();
    const child = spawn(process.execPath, ['dist/cli/main.js', ...args], {
      env: { ...process.env, NO_COLOR: '1', TMPDIR: temporary },
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let err = '';
    child.stderr.on('data', (chunk) => (err += chunk));
    const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
    const timer = setInterval(() => {
      if (isTime() || readdirSync(temporary).some((name) => name.startsWith('assay-site-'))) {
        clearInterval(timer);
        child.kill('SIGINT');
      }
    }, 1);
    const code = await ended;
    clearInterval(timer);
    return { code, err, left: readdirSync(temporary) };
  };

  it('says so; its checksums claim nothing; and building again gives what a whole build gives', async () => {
    const [edition, folder] = [smallEdition(), temporaryFolder()];
    const [out, whole] = [join(folder, 'site'), join(folder, 'whole')];
    assay('build', edition, '-o', whole);
    const isTime = () => existsSync(join(out, 'assets/site.css'));
    const { code, err, left } = await interrupted(isTime, 'build', edition, '-o', out);
    expect(err).toContain(`“${out}” holds what was made so far, and its SHA256SUMS says so.`);
    expect({ code, left }).toEqual({ code: 130, left: [] });
    const sums = readFileSync(join(out, 'SHA256SUMS'), 'utf8');
    expect(sums).toContain('# Unfinished: ');
    expect(OWN(sums)).toEqual([]);
    expect(assay('build', edition, '-o', out).code).toBe(0);
    expect(readFileSync(join(out, 'SHA256SUMS'), 'utf8')).toBe(
      readFileSync(join(whole, 'SHA256SUMS'), 'utf8'),
    );
  });

  it('over an earlier one: nothing is left of it once it is built again', async () => {
    const [edition, out] = [smallEdition(), join(temporaryFolder(), 'site')];
    assay('build', edition, '-o', out, '--languages', 'en,fr');
    const page = join(out, 'index.html');
    const before = readFileSync(page, 'utf8');
    const changed = smallEdition();
    const meta = readFileSync(join(changed, 'edition.yaml'), 'utf8');
    writeFileSync(join(changed, 'edition.yaml'), meta.replace('Harbour Index 2026', 'Other Index 2026'));
    const isTime = () =>
      existsSync(join(out, 'data/edition.json')) &&
      !readFileSync(join(out, 'data/edition.json'), 'utf8').includes('Harbour Index 2026');
    const { code } = await interrupted(isTime, 'build', changed, '-o', out, '--languages', 'en,fr');
    expect(code).toBe(130);
    expect(OWN(readFileSync(join(out, 'SHA256SUMS'), 'utf8'))).toEqual([]);
    assay('build', edition, '-o', out, '--languages', 'en');
    expect(readFileSync(page, 'utf8')).not.toBe(''); // made again, in one language
    expect(before).toContain('Harbour Index 2026');
    expect(existsSync(join(out, 'fr'))).toBe(false);
    const sums = OWN(readFileSync(join(out, 'SHA256SUMS'), 'utf8'));
    const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
    expect(files).toHaveLength(sums.length + 1);
  });

  it('leaves no temporary folder where the site was only to be looked at', async () => {
    expect(await interrupted(() => false, 'serve', smallEdition(), '--port', '0')).toEqual({
      code: 130,
      err: '',
      left: [],
    });
  });
});

describe('a series', () => {
  it('has a page over time that compares what is comparable and marks what is not', () => {
    const [before, out] = [smallEdition(), join(temporaryFolder(), 'site')];
    const change = (file: string, from: string, to: string) =>
      writeFileSync(join(before, file), readFileSync(join(before, file), 'utf8').replace(from, to));
    change('edition.yaml', 'id: harbour-2026', 'id: harbour-2024');
    change('edition.yaml', 'title: Harbour Index 2026', 'title: Harbour Index 2024');
    change('answers.csv', 'north,drills,2', 'north,drills,1');
    change('methodology.yaml', 'answer: partly, points: 0.5', 'answer: partly, points: 0.25');
    for (const file of ['published.csv', 'deviations.yaml', 'corrections.yaml'])
      writeFileSync(join(before, file), file.endsWith('csv') ? 'unit,measure,figure,value,where\n' : '[]\n');
    const built = assay('build', smallEdition(), '-o', out, '--earlier', before, '--languages', 'en');
    expect(built.err).toBe('');
    const page = readFileSync(join(out, 'over-time.html'), 'utf8')
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ');
    expect(page).toContain(
      'Drills Company Harbour Index 2024 Harbour Index 2026 North Line 1 2 South Line 0 0',
    );
    expect(page).toContain(
      'Overall score Company Harbour Index 2024 Harbour Index 2026 North Line break 83.3',
    );
    expect(page).toContain('Accounts published: changed, not comparable (scale: yes = 1, partly = 1/4');
    const score = readFileSync(join(out, 'scores/north/drills.html'), 'utf8');
    expect(score).toMatch(/Harbour Index 2024: 1</);
  });
});

describe('assay serve', () => {
  const serve = async (...options: readonly string[]) => {
    const child = spawn(
      process.execPath,
      ['dist/cli/main.js', 'serve', smallEdition(), '--languages', 'en', ...options],
      { env: { ...process.env, TMPDIR: temporaryFolder() } },
    );
    onTestFinished(() => void child.kill('SIGKILL'));
    let out = '';
    let err = '';
    child.stderr.on('data', (chunk) => (err += chunk));
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.on('data', (chunk) => {
        out += chunk;
        const found = /The site is at (\S+)/.exec(out)?.[1];
        if (found) resolve(found);
      });
      child.on('exit', (code) => reject(new Error(`${code}: ${err}`)));
    });
    return { child, url, out: () => out };
  };

  it('shows the site with strict headers, and ends when asked to', async () => {
    const { child, url } = await serve('--port', '0');
    const page = await fetch(url);
    expect(await page.text()).toContain('Harbour Index 2026');
    expect(page.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await fetch(`${url}embed.html`)).headers.get('content-security-policy')).toContain(
      'frame-ancestors *',
    );
    expect((await fetch(`${url}assets/site.css`)).headers.get('content-type')).toBe(
      'text/css; charset=utf-8',
    );
    expect((await fetch(`${url}data/edition.sqlite`, { method: 'HEAD' })).headers.get('content-type')).toBe(
      'application/vnd.sqlite3',
    );
    const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  it('answers its own names only, so that no page can read it under a name of its own', async () => {
    const { url } = await serve('--port', '0');
    const { port } = new URL(url);
    const status = (host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        get({ host: '127.0.0.1', port, path: '/', headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        }).on('error', reject);
      });
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`])
      expect([host, await status(host)]).toEqual([host, 200]);
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      `127.0.0.1.evil.example:${port}`,
      `localhost.evil.example:${port}`,
      `evil.example:${port}@127.0.0.1:${port}`,
      '127.0.0.1',
      'localhost',
      '127.0.0.1:1',
      `0.0.0.0:${port}`,
      `127.1:${port}`,
    ])
      expect([host, await status(host)]).toEqual([host, 421]);
    expect((await fetch(url)).headers.get('cross-origin-resource-policy')).toBe('same-origin');
  });

  it('gives nothing but files of the site', async () => {
    const { url } = await serve('--port', '0');
    for (const path of [
      'nothing.html',
      '..%2f..%2fetc/passwd',
      '%2e%2e/%2e%2e/etc/passwd',
      'data',
      'data/',
      '%00',
      '%',
      'index.html%00.css',
    ])
      expect((await fetch(url + path)).status, path).toBe(404);
    expect((await fetch(url, { method: 'POST' })).status).toBe(405);
    expect((await fetch(`${url}index.html?a=b`)).status).toBe(200);
  });

  it('says what is wrong with a port', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const address = other.address();
    const port = String(typeof address === 'object' && address ? address.port : 0);
    const taken = assay('serve', smallEdition(), '--languages', 'en', '--port', port);
    expect(taken).toMatchObject({ code: 2 });
    expect(taken.err).toContain(`Port ${port} is taken. Give another, or leave --port out.`);
    expect(assay('serve', smallEdition(), '--port', '99999').err).toContain('“99999” is no port');
  });

  it('keeps what it built where a folder is given', async () => {
    const out = join(temporaryFolder(), 'kept');
    mkdirSync(out);
    const { child } = await serve('--port', '0', '-o', out);
    const ended = new Promise((resolve) => child.on('exit', resolve));
    child.kill('SIGINT');
    await ended;
    expect(existsSync(join(out, 'index.html'))).toBe(true);
  });
});
