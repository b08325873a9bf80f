import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findChromium } from '#evidence/chromium';

/** There is no browser to print with. */
export class NoBrowserError extends Error {}

/**
 * Prints the report page of each language as tagged PDF with an outline. Its links lead to where the site stands; if that is not known, they are
 * text.
 * @throws NoBrowserError if there is no Chromium
 */
export async function printReport(
  pages: ReadonlyMap<string, string>,
  styles: string,
  url: string | undefined,
): Promise<Map<string, Uint8Array>> {
  const executablePath = findChromium();
  if (!executablePath)
    throw new NoBrowserError(
      process.env.ASSAY_CHROMIUM
        ? `ASSAY_CHROMIUM names “${process.env.ASSAY_CHROMIUM}”, and nothing is there.`
        : 'The PDF is printed by Chromium, and there is none. Install it (on Debian: apt install chromium), or leave out --pdf.',
    );
  const folder = mkdtempSync(join(tmpdir(), 'assay-print-'));
  const [first] = pages.keys();
  const folderOf = (language: string) => (language === first ? '' : `${language}/`);
  // Loaded only where something is printed: it is large.
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
  try {
    const context = await browser.newContext({ javaScriptEnabled: false, offline: true });
    const printed = new Map<string, Uint8Array>();
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'assets/site.css'), styles);
    for (const [language, html] of pages) {
      const file = join(folder, folderOf(language), 'report.html');
      mkdirSync(join(file, '..'), { recursive: true });
      writeFileSync(file, linked(html, url === undefined ? undefined : url + folderOf(language)));
      const page = await context.newPage();
      await page.goto(pathToFileURL(file).href);
      const pdf = await page.pdf({
        format: 'A4',
        tagged: true,
        outline: true,
        printBackground: true,
        preferCSSPageSize: true,
      });
      printed.set(language, withoutTimeOrCount(pdf));
      await page.close();
    }
    return printed;
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A link within the site, on paper. */
function linked(html: string, base: string | undefined): string {
  return html.replace(/<a href="((?!#|https?:|mailto:)[^"]*)"/g, (_, address: string) =>
    base === undefined ? '<a' : `<a href="${new URL(address, base).href}"`,
  );
}

/**
 * A PDF says when it was made, and numbers its elements from a count that Chromium also takes for work of its own; the same report must give the
 * same bytes. What replaces a text has its length, so that the file's table of offsets holds.
 */
function withoutTimeOrCount(pdf: Buffer): Uint8Array {
  const text = pdf
    .toString('latin1')
    .replace(/\/(CreationDate|ModDate) \(D:\d{14}[^)]{0,20}\)/g, (found, key: string) => {
      const fixed = `/${key} (D:19800101000000+00'00')`;
      return fixed.length <= found.length ? fixed.padEnd(found.length) : found;
    });
  const counted = /\(node\d{8}\)/g;
  const order = new Map([...new Set(text.match(counted))].sort().map((name, place) => [name, place]));
  return Buffer.from(
    text.replace(counted, (name) => `(node${String(order.get(name)).padStart(8, '0')})`),
    'latin1',
  );
}
