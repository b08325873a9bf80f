const MEGABYTE = 1_000_000;

/** What queries may take: each, and all of one edition together. Loading the tables does not count. */
export interface QueryLimits {
  /** Milliseconds for one query. */
  readonly time: number;
  /** Bytes that the process of the queries may take beyond what the tables need. */
  readonly memory: number;
  /** Rows and bytes that one query may return. */
  readonly rows: number;
  readonly bytes: number;
  /** Milliseconds and bytes of all queries together; those after are not run. */
  readonly timeOfAll: number;
  readonly bytesOfAll: number;
}

/** For a query that somebody asks. */
export const QUERY_LIMITS: QueryLimits = {
  time: 10_000,
  memory: 512 * MEGABYTE,
  rows: 1_000_000,
  bytes: 64 * MEGABYTE,
  timeOfAll: 60_000,
  bytesOfAll: 64 * MEGABYTE,
};

/** For claims: their queries give what a sentence can say, and an edition may be somebody else’s and have many. */
export const CLAIM_LIMITS: QueryLimits = { ...QUERY_LIMITS, rows: 1_000, bytes: MEGABYTE / 10 };

export const sizeText = (bytes: number) =>
  bytes < MEGABYTE ? `${bytes / 1000} kB` : `${bytes / MEGABYTE} MB`;
