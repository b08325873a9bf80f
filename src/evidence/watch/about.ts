import { isSettled } from '#edition/index';
import { sha256 } from '../archive/hash.ts';
import type { JudgedQuote } from '../quotes/judge-quote.ts';

/**
 * A name for what a person is shown of a change: the same as long as the passage and what is around it stay as they are, whatever else a page changes.
 * What was decided about it holds that long. Undefined where there is nothing to decide.
 */
export function aboutChange({
  verdict,
  why,
  passage,
  difference,
  surroundings,
}: JudgedQuote): string | undefined {
  if (isSettled(verdict) && surroundings === undefined) return undefined;
  // Why a site cannot be reached is told in other words each time.
  const reason = verdict === 'address-moved' || verdict === 'ambiguous' ? why : undefined;
  return sha256(JSON.stringify([verdict, reason, passage?.exact, difference, surroundings])).slice(0, 32);
}
