import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Edition } from '#edition/index';
import { scoreAndRank } from '#scoring/index';
import { buildSite, type Language, type Served, serveFolder } from '#site/index';
import { checkEdition } from '#tables/check';
import { CHROMIUM, launch, withPage } from './browser.ts';
import { HOSTILE_TEXTS, hostileEdition } from './hostile.ts';

/** One page of every kind. */
const KINDS = [
  'index.html',
  'ranking/company.html',
  'findings.html',
  'companies/telegram.html',
  'raise/kakao.html',
  'scores/apple/informs-users.html',
  'services/whatsapp.html',
  'measures/encrypts-by-default.html',
  'measures/encryption-mode.html',
  'measures/total.html',
  'compare.html',
  'compare/apple/telegram.html',
  'methodology.html',
  'background.html',
  'correspondence.html',
  'verification.html',
  'corrections.html',
  'sources.html',
  'sources/whatsapp-one-billion-2016.html',
  'data.html',
  'about.html',
  'a-z.html',
  'embed.html',
  'report.html',
];
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
interface Reading extends BrowserContextOptions {
  readonly script?: boolean;
}
const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 320, height: 640 };

/** Builds the site; with `printed`, in these languages and with its report as PDF. */
async function built(
  edition: Edition,
  claims: Parameters<typeof buildSite>[1]['claims'],
  printed?: readonly Language[],
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-browser-test-'));
  const pdf = printed ? { pdf: true, languages: printed } : {};
  await buildSite(folder, { scored: scoreAndRank(edition), claims, ...pdf });
  return folder;
}

describe.skipIf(!CHROMIUM)('the site in a browser', () => {
  let folder: string;
  let edition: Edition;
  let browser: Browser;
  let served: Served;

  beforeAll(async () => {
    const checked = await checkEdition('editions/message-privacy/2016');
    if (!checked.edition) throw new Error('The edition of 2016 does not hold.');
    edition = checked.edition;
    folder = await built(edition, checked.claims);
    [browser, served] = await Promise.all([launch(), serveFolder(folder, 0)]);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await served.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = (path: string, options: Reading, work: (page: Page) => Promise<void>) =>
    withPage(browser, options, async (page) => {
      // As where scripts do not run; the browser’s own tools still do.
      if (options.script === false) await page.route('**/*.js', (route) => route.abort());
      const requests: string[] = [];
      const complaints: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      page.on('console', (message) => complaints.push(message.text()));
      await page.goto(served.url + path);
      await work(page);
      expect(requests.filter((url) => !url.startsWith(served.url))).toEqual([]);
      expect(complaints.filter((text) => options.script !== false || !text.includes('ERR_FAILED'))).toEqual(
        [],
      );
    });

  const readings: readonly (readonly [string, string, Reading])[] = [
    ['wide', '', { viewport: WIDE }],
    ['narrow and dark, without script', '', { viewport: NARROW, colorScheme: 'dark', script: false }],
    ['from right to left', 'ar/', { viewport: WIDE, script: false }],
  ];
  it.each(readings)(
    'has no violation of accessibility: %s',
    async (_name, prefix, options) => {
      await eachOf(KINDS, (kind) =>
        open(prefix + kind, options, async (page) =>
          expect(await violations(page), prefix + kind).toEqual([]),
        ),
      );
    },
    240_000,
  );

  it('needs no sideways scrolling of the page, also at 200 % and 400 %', async () => {
    const paths = [...KINDS, 'ar/index.html', 'ar/scores/apple/informs-users.html', 'fr/methodology.html'];
    await eachOf(paths, (path) =>
      open(path, { viewport: WIDE }, async (page) => {
        for (const width of [320, 640, 768, 1440]) {
          await page.setViewportSize({ width, height: 700 });
          const needed = await page.evaluate('document.documentElement.scrollWidth');
          expect(needed, `${path} at ${width} px`).toBeLessThanOrEqual(width);
        }
      }),
    );
  }, 120_000);

  it('can be read and used with the keyboard alone, with the focus always visible', async () => {
    for (const path of ['index.html', 'scores/apple/informs-users.html', 'data.html', 'compare.html'])
      await open(path, { viewport: WIDE, javaScriptEnabled: true }, async (page) => {
        const stops = await tabThrough(page);
        expect(
          stops.filter((stop) => !stop.visible),
          path,
        ).toEqual([]);
        expect(stops.length, path).toBe(await page.evaluate(COUNT_STOPS));
      });
  }, 120_000);

  it('sorts in place where scripts run, and by pages where they do not', async () => {
    const firstCompany = (page: Page) => page.locator('table.sortable tbody th a').first().innerText();
    await open('index.html', { viewport: WIDE }, async (page) => {
      await page.getByRole('link', { name: 'Company', exact: true }).click();
      expect(new URL(page.url()).pathname).toBe('/index.html');
      expect(await firstCompany(page)).toBe('Apple');
      expect(await page.locator('th.company').getAttribute('aria-sort')).toBe('ascending');
      expect(await page.locator('th.rank').getAttribute('aria-sort')).toBe(null);
      await page.getByRole('link', { name: 'Requests', exact: true }).click();
      expect(await page.locator('table.sortable tbody tr').last().innerText()).toContain('Tencent');
      await page.getByRole('link', { name: 'Requests', exact: true }).click();
      expect(await page.locator('th[aria-sort]').getAttribute('aria-sort')).toBe('ascending');
    });
    await open('index.html', { viewport: WIDE, javaScriptEnabled: false }, async (page) => {
      await page.getByRole('link', { name: 'Company', exact: true }).click();
      expect(new URL(page.url()).pathname).toBe('/ranking/company.html');
      expect(await firstCompany(page)).toBe('Apple');
    });
  });

  it('filters and compares without script', async () => {
    await open('index.html', { viewport: WIDE, javaScriptEnabled: false }, async (page) => {
      await page.getByText('Filter companies').click();
      await page.getByLabel('Canada').check();
      expect(await page.locator('table.sortable tbody tr:visible').allInnerTexts()).toHaveLength(1);
      expect(await page.locator('table.sortable tbody tr:visible').innerText()).toContain('Blackberry');
    });
    await open('compare.html', { viewport: WIDE, javaScriptEnabled: false }, async (page) => {
      await page.getByLabel('Apple').check();
      await page.getByLabel('Telegram').check();
      expect(await page.locator('.compare thead th:visible').allInnerTexts()).toEqual(['Apple', 'Telegram']);
    });
  });

  it('works from the file system, with its styles and its script', async () => {
    await withPage(browser, { viewport: WIDE }, async (page) => {
      await page.goto(pathToFileURL(join(folder, 'index.html')).href);
      await page.getByRole('link', { name: 'Company', exact: true }).click();
      expect(await page.locator('table.sortable tbody th a').first().innerText()).toBe('Apple');
      expect(
        await page.evaluate('getComputedStyle(document.querySelector("table.sortable")).borderCollapse'),
      ).toBe('collapse');
      await page.getByRole('link', { name: 'Telegram', exact: true }).click();
      expect(await page.title()).toContain('Telegram');
    });
  });

  it('can be embedded in a page of somebody else', async () => {
    const host = await pageWithFrame(`${served.url}embed.html`);
    try {
      await withPage(browser, { javaScriptEnabled: false }, async (page) => {
        await page.goto(host.url);
        const frame = page.frameLocator('iframe');
        expect(await frame.locator('tbody th').first().innerText()).toBe('Facebook');
        expect(await frame.locator('footer').innerText()).toContain('No. A high place is not an endorsement');
      });
    } finally {
      host.server.close();
    }
  });

  it('prints its report as a tagged PDF, the same bytes each time', async () => {
    const folders = [await built(edition, [], ['en']), await built(edition, [], ['en'])];
    try {
      const [one, two] = folders.map((own) => readFileSync(join(own, 'report-en.pdf')));
      expect(one?.equals(two ?? Buffer.alloc(0))).toBe(true);
      const text = one?.toString('latin1') ?? '';
      expect(text).toMatch(/\/MarkInfo\s*<<[^>]*\/Marked true/);
      expect(text).toContain('/StructTreeRoot');
      expect(text).toContain('/Outlines');
      expect(text).toMatch(/\/Lang\s*\(en\)/);
    } finally {
      for (const own of folders) rmSync(own, { recursive: true });
    }
  }, 120_000);

  it('shows quotes, stored copies and searches to everybody alike', async () => {
    const { edition: example, claims } = await checkEdition('editions/example/2026');
    if (!example) throw new Error('The example does not hold.');
    const own = await built(example, claims);
    const site = await serveFolder(own, 0);
    try {
      for (const viewport of [WIDE, NARROW])
        await withPage(browser, { viewport }, async (page) => {
          for (const path of [
            'scores/heron/sharing.html',
            'sources/heron-privacy.html',
            'scores/lark/requests.html',
            'about.html',
          ]) {
            await page.goto(site.url + path);
            expect(await violations(page), path).toEqual([]);
            expect(await page.evaluate('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(
              viewport.width,
            );
          }
        });
    } finally {
      await site.close();
      rmSync(own, { recursive: true });
    }
  }, 60_000);

  it('stands a hostile edition: nothing runs, nothing overflows, nothing is lost', async () => {
    const hostile = await built(hostileEdition(edition), []);
    const site = await serveFolder(hostile, 0);
    try {
      for (const width of [320, 1280])
        await withPage(browser, { viewport: { width, height: 800 } }, async (page) => {
          const events: string[] = [];
          page.on('dialog', (dialog) => void dialog.dismiss().then(() => events.push('dialog')));
          page.on('request', (request) => request.url().startsWith(site.url) || events.push(request.url()));
          page.on('console', (message) => events.push(message.text()));
          for (const path of KINDS) {
            await page.goto(site.url + path);
            expect(await page.evaluate('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(
              width,
            );
          }
          await page.goto(`${site.url}companies/apple.html`);
          const text = await page.locator('body').evaluate((body) => body.textContent ?? '');
          for (const own of HOSTILE_TEXTS.company) expect(text).toContain(own);
          await page.goto(`${site.url}scores/apple/informs-users.html`);
          const reasons = await page.locator('main').evaluate((main) => main.textContent ?? '');
          for (const own of HOSTILE_TEXTS.prose) expect(reasons).toContain(own);
          await page.goto(`${site.url}sources/whatsapp-one-billion-2016.html`);
          const quoted = await page.locator('.quote').evaluate((quote) => quote.textContent ?? '');
          expect(quoted).toContain('</blockquote>');
          expect(quoted).toContain('<img src=x onerror=alert(1)>');
          expect(events).toEqual([]);
        });
    } finally {
      await site.close();
      rmSync(hostile, { recursive: true });
    }
  }, 120_000);
});

/** Does a work for each, two at a time. */
async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all([worker(), worker()]);
}

async function violations(page: Page): Promise<string[]> {
  // Evaluated by the browser itself, so that it runs where the page may not run scripts.
  await page.evaluate(axeSource);
  const found = (await page.evaluate(
    'axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })',
  )) as { violations: { id: string; nodes: { html: string }[] }[] };
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.length} × ${nodes[0]?.html.slice(0, 200)}`);
}

/** How many places the tab key should stop at: of radio buttons with one name, one. */
const COUNT_STOPS = `(() => {
  const seen = new Set();
  return [...document.querySelectorAll('a[href], button, input, textarea, summary, [tabindex="0"]')].filter((element) => {
    if (!element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) return false;
    if (element.tabIndex < 0) return false; // reached by arrow keys, from its row
    if (element.type !== 'radio') return true;
    const fresh = !seen.has(element.name);
    seen.add(element.name);
    return fresh;
  }).length;
})()`;

interface Stop {
  readonly name: string;
  readonly visible: boolean;
}

async function tabThrough(page: Page): Promise<Stop[]> {
  const stops: Stop[] = [];
  for (let press = 0; press < 1000; press++) {
    await page.keyboard.press('Tab');
    const stop = (await page.evaluate(`(() => {
      const element = document.activeElement;
      if (!element || element === document.body || element.dataset.seen) return null;
      element.dataset.seen = 'yes';
      const style = getComputedStyle(element);
      const { width, height, bottom, top } = element.getBoundingClientRect();
      const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
      return { name: element.outerHTML.slice(0, 80), visible: outlined && width > 0 && height > 0 && bottom > 0 && top < innerHeight };
    })()`)) as Stop | null;
    if (!stop) break;
    stops.push(stop);
  }
  return stops;
}

function pageWithFrame(address: string): Promise<{ url: string; server: Server }> {
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(
      `<!DOCTYPE html><title>Host</title><iframe src="${address}" title="Ranking" width="600" height="600"></iframe>`,
    );
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const own = server.address();
      resolve({ url: `http://127.0.0.1:${typeof own === 'object' && own ? own.port : 0}/`, server });
    });
  });
}
