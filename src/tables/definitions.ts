import { captures, quotes, searches } from './definitions/evidence.ts';
import { claims, findings } from './definitions/findings.ts';
import { meanings, measures, scales } from './definitions/methodology.ts';
import { answers, corrections, deviations, published, ranking, scores } from './definitions/results.ts';
import { citations, correspondence, sources } from './definitions/sources.ts';
import { companies, services } from './definitions/units.ts';
import type { TableDefinition } from './table.ts';

/** All tables of an edition, each after those it refers to. */
export const TABLES: readonly TableDefinition[] = [
  companies,
  services,
  scales,
  measures,
  meanings,
  answers,
  scores,
  ranking,
  sources,
  captures,
  quotes,
  citations,
  searches,
  correspondence,
  published,
  deviations,
  corrections,
  findings,
  claims,
];
