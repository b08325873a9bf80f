import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, CDPSession, Page, Response } from 'playwright-core';
import { findChromium } from '../../chromium.ts';
import type { PaintedNode } from '../../text/page/painted-nodes.ts';
import { TextLimitError } from '../../text/page/parse-html.ts';
import { allowedFor } from '../address.ts';
import type { Denial, FetchOptions } from '../fetch.ts';
import { type BrowserLimits, GreedyPageError, watchBrowser } from './browser-limits.ts';
import { chromiumSwitches } from './chromium-switches.ts';
import { paintedNodes } from './painted.ts';
import { endProcesses } from './processes.ts';
import { startProxy, type Proxy as WayOut } from './proxy.ts';
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
      readonly reason: 'no-browser' | 'timeout' | 'network' | 'too-large' | 'robots';
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

export interface BrowseOptions extends Pick<FetchOptions, 'allowed' | 'resolve' | 'language'> {
  /** How long one page may take. */
  readonly browserMs?: number;
  readonly browserLimits?: BrowserLimits;
  /** Why an address that the page goes on to is not to be opened. */
  readonly denies?: (address: string) => Promise<Denial | undefined>;
}

/**
 * Opens a page in the system’s Chromium: sandboxed (which root cannot), in a profile of its own that is thrown away, through a proxy that lets nothing out
 * but to the public internet and to the page’s own host where that was allowed. No downloads, no permissions, no service workers; memory and disk are
 * watched. What is read of the page is read in a world of its own, where the page’s scripts have no say.
 */
export async function browse(address: string, options: BrowseOptions): Promise<Browsed> {
  const executablePath = findChromium();
  if (!executablePath)
    return {
      kind: 'failed',
      reason: 'no-browser',
      message: 'there is no Chromium; install it (on Debian: apt install chromium)',
    };
  const proxy = await startProxy({ ...options, allowed: allowedFor(address, options.allowed) });
  const profile = await mkdtemp(join(tmpdir(), 'assay-browser-'));
  const forget = () => rmSync(profile, { recursive: true, force: true });
  process.once('exit', forget);
  const watch = watchBrowser(profile, options.browserLimits);
  let context: BrowserContext | undefined;
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new SlowPageError()), options.browserMs ?? WHOLE_MS);
  });
  const open = async () => {
    context = await launch(executablePath, profile, proxy, options);
    const denied = options.denies ? await guardNavigation(context, options.denies) : undefined;
    try {
      return await readPage(context, address, proxy.refused);
    } catch (error) {
      throw denied?.() ?? error;
    }
  };
  const opened = open();
  opened.catch(() => {}); // Once the time is up, nobody waits for it.
  try {
    return await Promise.race([opened, limit, watch.exceeded]);
  } catch (error) {
    if (error instanceof TextLimitError)
      return { kind: 'failed', reason: 'too-large', message: error.message };
    return failureOf(error);
  } finally {
    clearTimeout(timer);
    watch.stop();
    await within(CLOSE_MS, context?.close());
    await endProcesses(profile);
    // Where the time was up before it had begun, it ends by itself now.
    await within(CLOSE_MS, opened);
    await endProcesses(profile);
    await proxy.close();
    process.off('exit', forget);
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

async function launch(
  executablePath: string,
  profile: string,
  { server, username, password }: Pick<WayOut, 'server' | 'username' | 'password'>,
  { language }: BrowseOptions,
): Promise<BrowserContext> {
  const { chromium } = await import('playwright-core');
  const sandbox = process.getuid?.() !== 0;
  return chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    chromiumSandbox: sandbox,
    ignoreDefaultArgs: true,
    args: chromiumSwitches({ profile, proxy: server, sandbox, languages: language }),
    proxy: { server, username, password, bypass: '<-loopback>' },
    // What it puts into the folder for temporary files goes with the profile. (On a Mac, the names of sockets would become too long.)
    ...(process.platform === 'linux' ? { env: { ...process.env, TMPDIR: profile } } : {}),
    artifactsDir: join(profile, 'artifacts'),
    downloadsPath: join(profile, 'downloads'),
    viewport: VIEWPORT,
    acceptDownloads: false,
    serviceWorkers: 'block',
    permissions: [],
    timeout: LOAD_MS,
  });
}

/** The page went on to where it may not be followed. */
class DeniedError extends Error {}

/**
 * Asks before the page itself goes anywhere, by a redirect or a script, whether that is denied; its frames are its own business.
 * @returns what was denied, if anything was
 */
async function guardNavigation(
  context: BrowserContext,
  denies: NonNullable<BrowseOptions['denies']>,
): Promise<() => DeniedError | undefined> {
  const page = context.pages()[0] ?? (await context.newPage());
  const session = await context.newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  let denied: DeniedError | undefined;
  session.on('Fetch.requestPaused', ({ requestId, request: { url }, frameId }) => {
    const guard = async () => {
      const denial = frameId === frameTree.frame.id && /^https?:/.test(url) ? await denies(url) : undefined;
      if (!denial) return session.send('Fetch.continueRequest', { requestId });
      denied ??= new DeniedError(`it leads to ${url}: ${denial.message}`);
      return session.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
    };
    guard().catch(() => {}); // the page is gone
  });
  await session.send('Fetch.enable', { patterns: [{ resourceType: 'Document', requestStage: 'Request' }] });
  return () => denied;
}

function failureOf(error: unknown): Browsed {
  const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  if (error instanceof DeniedError) return { kind: 'failed', reason: 'robots', message };
  if (error instanceof GreedyPageError) return { kind: 'failed', reason: 'too-large', message };
  if (error instanceof SlowPageError || /Timeout \d+ms exceeded/.test(message))
    return { kind: 'failed', reason: 'timeout', message: 'the page does not come to rest' };
  return { kind: 'failed', reason: 'network', message: inPlainWords(message) };
}

function inPlainWords(message: string): string {
  const code = /net::(ERR_[A-Z_]+)/.exec(message)?.[1];
  if (code !== undefined) return `the browser cannot open it (${code})`;
  return /has been closed|crashed/.test(message)
    ? 'the browser ended before the page was read'
    : message.replace(/^\w+\.\w+: /, '');
}

const CLOSE_MS = 5000;

/** Waits for what may fail or never come, for a while. */
async function within(ms: number, what: Promise<unknown> | undefined): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((done) => {
    timer = setTimeout(done, ms);
  });
  await Promise.race([what?.catch(() => {}), late]);
  clearTimeout(timer);
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
