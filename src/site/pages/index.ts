import type { Page } from '../page.ts';
import type { Site } from '../site.ts';
import { aboutPages } from './about.tsx';
import { companyPages, raisePages, scorecardPages } from './company.tsx';
import { comparePages } from './compare.tsx';
import { dataPages } from './data.tsx';
import { findingsPages } from './findings.tsx';
import { firmnessPages } from './firmness.tsx';
import { measurePages } from './measure.tsx';
import { methodologyPages } from './methodology.tsx';
import { overTimePages } from './over-time.tsx';
import { rankingPages } from './ranking.tsx';
import { recordPages } from './records.tsx';
import { relyPages } from './rely.tsx';
import { reportPages } from './report.tsx';
import { scorePages } from './score.tsx';
import { searchPages } from './search.tsx';
import { servicePages } from './service.tsx';
import { servicesPages } from './services.tsx';
import { sourcePages } from './sources.tsx';
import { weightsPages } from './weights.tsx';

/**
 * Every page of a site, the same in each language.
 * @throws Error if two pages have one address
 */
export function allPages(site: Site): readonly Page[] {
  const pages = [
    ...rankingPages(site),
    ...findingsPages(site),
    ...companyPages(site),
    ...raisePages(site),
    ...scorecardPages(site),
    ...servicesPages(site),
    ...weightsPages(site),
    ...relyPages(site),
    ...searchPages(site),
    ...scorePages(site),
    ...servicePages(site),
    ...measurePages(site),
    ...comparePages(site),
    ...methodologyPages(site),
    ...firmnessPages(site),
    ...recordPages(site),
    ...overTimePages(site),
    ...sourcePages(site),
    ...dataPages(),
    ...aboutPages(site),
    ...reportPages(site),
  ];
  const seen = new Set<string>();
  for (const { path } of pages) {
    if (seen.has(path)) throw new Error(`Two pages of the site have the address ${path}.`);
    seen.add(path);
  }
  return pages;
}
