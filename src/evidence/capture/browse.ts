import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, CDPSession, Page, Response } from 'playwright-core';
import { findChromium } from '../chromium.ts';
import type { PaintedNode } from '../text/painted-text.ts';
import { TextLimitError } from '../text/parse-html.ts';
import type { FetchOptions } from './fetch.ts';
import { paintedNodes } from './painted.ts';
import { startProxy } from './proxy.ts';
import { snapshotPage } from './snapshot.ts';

/** A page as a browser shows it, or why it could not. */
export type Browsed =
  | {
      readonly kind: 'page';
      readonly final: string;
      readonly status: number;
      /** The document after its scripts have run. */
      readonly dom: string;
      /** What it painted. */
      readonly painted: readonly PaintedNode[];
      /** The first screen, PNG. */
      readonly picture: Uint8Array;
      /** What the page asked for and did not get, since it is not on the public internet. */
      readonly refused: readonly string[];
      readonly browser: string;
    }
  | {
      readonly kind: 'failed';
      readonly reason: 'no-browser' | 'timeout' | 'network' | 'too-large';
      readonly message: string;
    };

const WHOLE_MS = 45_000;
const LOAD_MS = 20_000;
/** How long the network must be quiet, and how long that is waited for. */
const QUIET_MS = 5_000;
/** Longer pages are not scrolled to their end. */
const MOST_SCREENS = 60;
const SCREEN_MS = 40;
/** Things that fade in have done so by then. */
const SETTLE_MS = 500;
const MOST_CHARACTERS = 20 * 1024 * 1024;
const VIEWPORT = { width: 1280, height: 800 };

const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--disable-features=WebRtcHideLocalIpsWithMdns,NetworkPrediction',
  '--dns-prefetch-disable',
  // WebRTC would send datagrams past the proxy.
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--js-flags=--max-old-space-size=512',
];

/**
 * Opens a page in the system’s Chromium: sandboxed (which root cannot), in a profile of its own that is thrown away, through a proxy that lets nothing out
 * but to the public internet. No downloads, no permissions, no service workers. What is read of the page is read in a world of its own, where the
 * page’s scripts have no say.
 */
export async function browse(
  address: string,
  options: Pick<FetchOptions, 'allowed' | 'resolve'> & { readonly browserMs?: number },
): Promise<Browsed> {
  const executablePath = findChromium();
  if (!executablePath)
    return {
      kind: 'failed',
      reason: 'no-browser',
      message: 'there is no Chromium; install it (on Debian: apt install chromium)',
    };
  const { chromium } = await import('playwright-core');
  const proxy = await startProxy(options);
  const profile = await mkdtemp(join(tmpdir(), 'assay-browser-'));
  let context: BrowserContext | undefined;
  let timer: NodeJS.Timeout | undefined;
  try {
    const opened = chromium.launchPersistentContext(profile, {
      executablePath,
      headless: true,
      chromiumSandbox: process.getuid?.() !== 0,
      args: FLAGS,
      proxy: {
        server: proxy.server,
        username: proxy.username,
        password: proxy.password,
        bypass: '<-loopback>',
      },
      viewport: VIEWPORT,
      acceptDownloads: false,
      serviceWorkers: 'block',
      permissions: [],
      downloadsPath: profile,
      timeout: LOAD_MS,
    });
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new SlowPageError()), options.browserMs ?? WHOLE_MS);
    });
    context = await opened;
    return await Promise.race([readPage(context, address, proxy.refused), limit]);
  } catch (error) {
    if (error instanceof TextLimitError)
      return { kind: 'failed', reason: 'too-large', message: error.message };
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    const slow = error instanceof SlowPageError || /Timeout \d+ms exceeded/.test(message);
    return {
      kind: 'failed',
      reason: slow ? 'timeout' : 'network',
      message: slow ? 'the page does not come to rest' : message.replace(/^page\.\w+: /, ''),
    };
  } finally {
    clearTimeout(timer);
    await Promise.race([context?.close().catch(() => {}), new Promise((done) => setTimeout(done, 5000))]);
    await proxy.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

class SlowPageError extends Error {}

async function readPage(
  context: BrowserContext,
  address: string,
  refused: readonly string[],
): Promise<Browsed> {
  const page = context.pages()[0] ?? (await context.newPage());
  context.on('page', (other) => void (other !== page && other.close().catch(() => {})));
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => {}));
  let response: Response | null = await page.goto(address, {
    waitUntil: 'domcontentloaded',
    timeout: LOAD_MS,
  });
  page.on('response', (own) => {
    if (own.request().isNavigationRequest() && own.frame() === page.mainFrame()) response = own;
  });
  await page.waitForLoadState('load', { timeout: LOAD_MS }).catch(() => {});
  await page.waitForLoadState('networkidle', { timeout: QUIET_MS }).catch(() => {});
  await scrollThrough(context, page);
  const final = page.url();
  if (!/^https?:/.test(final)) throw new Error(`the page leads to ${final.slice(0, 100)}`);
  const session = await context.newCDPSession(page);
  const dom = await inOwnWorld(session, 'document.documentElement.outerHTML');
  const painted = paintedNodes(await snapshotPage(page));
  if (dom.length > MOST_CHARACTERS)
    return { kind: 'failed', reason: 'too-large', message: 'the page grows beyond 20 million characters' };
  const picture = await page.screenshot({ type: 'png', animations: 'disabled', timeout: LOAD_MS });
  return {
    kind: 'page',
    final,
    status: response?.status() ?? 0,
    dom: `<!DOCTYPE html>${dom}`.toWellFormed(),
    painted,
    picture,
    refused: [...refused],
    browser: `Chromium ${context.browser()?.version() ?? (await versionOf(page))}`,
  };
}

/** Goes down the page once, as a reader does: pages load and show things only when they come into sight. */
async function scrollThrough(context: BrowserContext, page: Page): Promise<void> {
  const session = await context.newCDPSession(page);
  const isEnd = 'scrollY + innerHeight >= document.documentElement.scrollHeight - 1 ? "end" : ""';
  for (let screen = 0; screen < MOST_SCREENS; screen++) {
    if ((await inOwnWorld(session, isEnd)) === 'end') break;
    await inOwnWorld(session, 'scrollBy({ top: innerHeight * 0.9, behavior: "instant" })');
    await page.waitForTimeout(SCREEN_MS);
  }
  await page.waitForLoadState('networkidle', { timeout: QUIET_MS }).catch(() => {});
  await inOwnWorld(session, 'scrollTo({ top: 0, left: 0, behavior: "instant" })');
  await page.waitForTimeout(SETTLE_MS);
}

/** A script of the page can replace what its own world has (String, innerText, JSON); another world of the same document keeps the originals. */
async function inOwnWorld(session: CDPSession, expression: string): Promise<string> {
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId } = await session.send('Page.createIsolatedWorld', {
    frameId: frameTree.frame.id,
    worldName: 'assay',
  });
  const { result } = await session.send('Runtime.evaluate', {
    expression,
    contextId: executionContextId,
    returnByValue: true,
    timeout: LOAD_MS,
  });
  return typeof result.value === 'string' ? result.value : '';
}

async function versionOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const { product } = await session.send('Browser.getVersion');
  return product.replace(/^.*\//, '');
}
