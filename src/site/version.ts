import { readFileSync } from 'node:fs';

/** The version of the program, for whoever computes something again. */
export const ASSAY_VERSION = String(
  (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string })
    .version,
);
