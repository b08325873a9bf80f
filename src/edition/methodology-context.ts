import type Fraction from 'fraction.js';
import type { Report } from './place.ts';
import type { Measure, Methodology, Scale } from './schema.ts';
import type { Path } from './structured-file.ts';

/** What every check of a methodology looks at. */
export interface Context {
  readonly methodology: Methodology;
  readonly scales: ReadonlyMap<string, Scale>;
  readonly measures: ReadonlyMap<string, Measure>;
  /** The scored children of each measure, in order. */
  readonly children: ReadonlyMap<string, readonly Measure[]>;
  /** Reports at a key of a measure; at the measure itself if it has no such key. */
  fail(rule: Parameters<Report>[0], measure: Measure, key: string, message: string): void;
  failAt(rule: Parameters<Report>[0], path: Path, message: string): void;
}

/** A fraction in a message: as a decimal where it ends, else as a fraction. */
export function shown(value: Fraction): string {
  const decimal = value.toString();
  return decimal.includes('(') ? value.toFraction() : decimal;
}
