import type { Scored } from '#scoring/index';

/** A value of a table: text, a number, or nothing. */
export type Cell = string | number | null;

export interface TableColumn {
  readonly name: string;
  readonly type: 'text' | 'integer' | 'number';
  readonly about: string;
  /** `table.column` to which it refers. */
  readonly refersTo?: string;
}

/** One relational table of an edition: its columns, documented, and its rows. */
export interface TableDefinition {
  readonly name: string;
  readonly about: string;
  /** The columns that tell rows apart; empty where rows have no key. */
  readonly key: readonly string[];
  readonly columns: readonly TableColumn[];
  rows(scored: Scored): Iterable<readonly Cell[]>;
}

export const text = (name: string, about: string, refersTo?: string): TableColumn => ({
  name,
  type: 'text',
  about,
  ...(refersTo ? { refersTo } : {}),
});
export const integer = (name: string, about: string): TableColumn => ({ name, type: 'integer', about });
export const number = (name: string, about: string): TableColumn => ({ name, type: 'number', about });
