import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pickerStyles } from './pages/compare.tsx';
import { barStyles } from './parts/bar.tsx';
import { filterStyles } from './parts/filters.tsx';
import type { Site } from './site.ts';

export const ASSETS = fileURLToPath(new URL('./assets', import.meta.url));
/** What `npm run build` compiles for the browser, wherever this runs from. */
export const BUILT_ASSETS = fileURLToPath(new URL('../../dist/site/assets', import.meta.url));

/** The style sheet of a site: the same for all, and the rules that make its own filters and choices work without script. */
export function styleSheet(site: Site): string {
  const common = readFileSync(join(ASSETS, 'site.css'), 'utf8');
  return `${common}\n@layer choices {\n${barStyles()}\n${filterStyles(site)}\n${pickerStyles(site)}\n}\n`;
}
