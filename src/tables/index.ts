/** The edition as relational tables: SQL queries, claims, exports. */
export { type CheckedClaim, checkClaims } from './claims.ts';
export { labelCounts } from './definitions/sources.ts';
export { TABLES } from './definitions.ts';
export { exportEdition, FORMATS, type Format } from './export.ts';
export { type QueryResult, runQueries } from './query.ts';
export { type EditionStatus, type Progress, statusOf } from './status.ts';
export type { Cell, TableColumn, TableDefinition } from './table.ts';
