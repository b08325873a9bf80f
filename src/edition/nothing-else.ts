import { NO_EVIDENCE } from './evidence.ts';
import type { Edition } from './model.ts';

/** What an edition may do without: an edition that is made of tables, or begun, has none of it. */
export const NOTHING_ELSE: Omit<
  Edition,
  'meta' | 'methodology' | 'companies' | 'services' | 'answers' | 'sources'
> = {
  assessments: [],
  correspondence: [],
  prose: {},
  findings: [],
  published: [],
  deviations: [],
  corrections: [],
  translations: [],
  quotes: [],
  searches: [],
  evidence: NO_EVIDENCE,
};
