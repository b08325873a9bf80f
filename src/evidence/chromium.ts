import { existsSync } from 'node:fs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Where the system’s Chromium is, or undefined. `ASSAY_CHROMIUM` names another place; if nothing is there, there is none. */
export function findChromium(): string | undefined {
  const named = process.env.ASSAY_CHROMIUM;
  return (named ? [named] : PLACES).find((path) => existsSync(path));
}
