/** Where Chromium’s own services are sent to: a name that never exists (RFC 2606), so that a page’s use of the real ones is not touched. */
const NOWHERE = 'https://nowhere.invalid/';

/**
 * Where Chromium itself asks for updates, time, trials, lists and models, against all switches: hosts that no page has a use for. Others that it could
 * ask (accounts.google.com) are the business of pages, too; for these it is led nowhere by the switches below.
 */
const HOME_HOSTS = new Set([
  'android.clients.google.com',
  'chromekanonymity-pa.googleapis.com',
  'chromewebstore.googleapis.com',
  'clients2.google.com',
  'clients4.google.com',
  'clientservices.googleapis.com',
  'content-autofill.googleapis.com',
  'edgedl.me.gvt1.com',
  'mtalk.google.com',
  'nowhere.invalid',
  'optimizationguide-pa.googleapis.com',
  'redirector.gvt1.com',
  'safebrowsing.googleapis.com',
  'safebrowsing.google.com',
  'safebrowsingohttpgateway.googleapis.com',
  'sb-ssl.google.com',
  'update.googleapis.com',
]);

/** Whether a host is one that only the browser asks, never a page. */
export const isCallHome = (host: string): boolean => HOME_HOSTS.has(host.toLowerCase().replace(/\.+$/, ''));

/**
 * What is switched off. Chromium obeys the last `--disable-features` only, so this is the one list: what Playwright switches off to drive a page, then
 * what would look for networks or call home.
 */
const FEATURES_OFF = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'AutofillServerCommunication',
  'CertificateTransparencyComponentUpdater',
  'DialMediaRouteProvider',
  'InterestFeedContentSuggestions',
  'NetworkPrediction',
  'OptimizationGuideModelDownloading',
  'OptimizationTargetPrediction',
  'Prerender2',
  'Reporting',
  'NetworkErrorLogging',
  'ReduceAcceptLanguage',
  'SpeculativePreconnect',
  'Translate',
];

const FEATURES_ON = ['CDPScreenshotNewSurface', 'SkipListAccountsWithoutGaiaCookies'];

const CACHE_BYTES = 64 * 1024 * 1024;

export interface BrowserStart {
  /** The folder of the profile, which is thrown away. */
  readonly profile: string;
  readonly proxy: string;
  /** Root cannot have one. */
  readonly sandbox: boolean;
  /** What is asked for, as in `accept-language`. */
  readonly languages?: string | undefined;
}

/** Every switch that Chromium is started with, in one place: Playwright’s own are left out of the start, and those that are needed stand here. */
export function chromiumSwitches({ profile, proxy, sandbox, languages }: BrowserStart): string[] {
  return [
    // The way out: the proxy for everything, also for loopback; nothing past it.
    `--proxy-server=${proxy}`,
    '--proxy-bypass-list=<-loopback>',
    '--disable-quic',
    '--dns-prefetch-disable',
    // The name that it obeys; “--force-webrtc-…” is one of other programs, and does nothing.
    '--webrtc-ip-handling-policy=disable_non_proxied_udp',
    `--disable-features=${FEATURES_OFF.join(',')}`,
    `--enable-features=${FEATURES_ON.join(',')}`,
    // Calls home.
    '--disable-background-networking',
    '--disable-breakpad',
    '--disable-client-side-phishing-detection',
    '--disable-component-extensions-with-background-pages',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-domain-reliability',
    '--disable-extensions',
    '--disable-field-trial-config',
    '--disable-sync',
    '--metrics-recording-only',
    '--no-pings',
    '--no-service-autorun',
    `--gaia-url=${NOWHERE}`,
    `--google-apis-url=${NOWHERE}`,
    `--component-updater=url-source=${NOWHERE}`,
    `--autofill-server-url=${NOWHERE}`,
    `--optimization-guide-service-get-hints-url=${NOWHERE}`,
    `--optimization-guide-service-get-models-url=${NOWHERE}`,
    `--variations-server-url=${NOWHERE}`,
    `--variations-insecure-server-url=${NOWHERE}`,
    // What a page may take; what this does not count (ArrayBuffers, storage) is watched from outside.
    '--js-flags=--max-old-space-size=512',
    `--disk-cache-size=${CACHE_BYTES}`,
    `--media-cache-size=${CACHE_BYTES}`,
    // A window that nobody sees.
    '--headless',
    '--hide-scrollbars',
    '--mute-audio',
    '--disable-gpu',
    '--enable-unsafe-swiftshader',
    '--force-color-profile=srgb',
    '--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4',
    ...(languages === undefined ? [] : [`--accept-lang=${languages}`]),
    // As Playwright needs it.
    '--allow-pre-commit-input',
    '--disable-back-forward-cache',
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-dev-shm-usage',
    '--disable-hang-monitor',
    '--disable-ipc-flooding-protection',
    '--disable-popup-blocking',
    '--disable-prompt-on-repost',
    '--disable-renderer-backgrounding',
    '--disable-search-engine-choice-screen',
    '--no-default-browser-check',
    '--no-first-run',
    '--password-store=basic',
    '--use-mock-keychain',
    '--unsafely-disable-devtools-self-xss-warnings',
    ...(sandbox ? [] : ['--no-sandbox']),
    `--user-data-dir=${profile}`,
    '--remote-debugging-pipe',
    'about:blank',
  ];
}
