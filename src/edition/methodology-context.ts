import type { Fraction } from '#arithmetic/index';
import type { Combine, Range } from '#scoring/rules/index';
import type { Exception, Measure, Methodology, Scale } from './methodology-schema.ts';
import type { Report } from './place.ts';
import type { Path } from './structured-file.ts';

/** What every check of a methodology looks at. */
export interface Context {
  readonly methodology: Methodology;
  readonly scales: ReadonlyMap<string, Scale>;
  readonly measures: ReadonlyMap<string, Measure>;
  /** What each measure combines, in order. */
  readonly combined: ReadonlyMap<string, readonly Measure[]>;
  /** By measure, its exceptions. */
  readonly exceptions: ReadonlyMap<string, readonly Exception[]>;
  /** The ranges of scores that were worked out before. */
  readonly ranges: Map<Measure, Range>;
  /** The rules by which a measure is weighed. */
  isWeighed(measure: Measure): ReadonlySet<Combine>;
  /** Reports at a key of a measure; at the measure itself if it has no such key. */
  fail(rule: Parameters<Report>[0], measure: Measure, key: string, message: string): void;
  failAt(rule: Parameters<Report>[0], path: Path, message: string): void;
}

/** A fraction in a message: as a decimal where it ends, else as a fraction. */
export function shown(value: Fraction): string {
  const decimal = value.toString();
  return decimal.includes('(') ? value.toFraction() : decimal;
}
