/**
 * Makes the pictures of the README from the real site: `npm run screenshots`. It takes the system’s Chromium.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { findChromium } from '#evidence/chromium';
import { scoreAndRank } from '#scoring/index';
import { buildSite, serveFolder } from '#site/index';
import { checkEdition } from '#tables/check';

const PICTURES = [
  { name: 'ranking', path: 'index.html', width: 1100, height: 860 },
  { name: 'score', path: 'scores/telegram/encrypts-by-default.html', width: 1100, height: 860 },
  { name: 'ranking-arabic-dark', path: 'ar/index.html', width: 420, height: 860, dark: true },
] as const;

const executablePath = findChromium();
if (!executablePath) throw new Error('There is no Chromium. Install it (on Debian: apt install chromium).');
const { edition, claims } = await checkEdition('editions/message-privacy/2016');
if (!edition) throw new Error('The edition does not hold; run assay check on it.');
const folder = mkdtempSync(join(tmpdir(), 'assay-screenshots-'));
await buildSite(folder, { scored: scoreAndRank(edition), claims });
const served = await serveFolder(folder, 0);
const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
try {
  for (const { name, path, width, height, ...rest } of PICTURES) {
    const page = await browser.newPage({
      viewport: { width, height },
      colorScheme: 'dark' in rest ? 'dark' : 'light',
    });
    await page.goto(served.url + path);
    const picture = await page.screenshot();
    await sharp(picture).png({ palette: true, compressionLevel: 9 }).toFile(`docs/images/${name}.png`);
    await page.close();
  }
} finally {
  await browser.close();
  await served.close();
  rmSync(folder, { recursive: true });
}
