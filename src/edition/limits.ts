import type { EditionMeta } from './schema.ts';

/** One thing that must not be read into an edition. */
export interface Limit {
  readonly text: string;
  /** What a reader would ask that it answers. */
  readonly question: string | undefined;
  /** Whether it is shown wherever there is room for few. */
  readonly important: boolean;
}

/** What must not be read into an edition, as the file has it: each a sentence, or a sentence with marks. */
export function limitsOf(meta: { readonly 'does-not-say': EditionMeta['does-not-say'] }): readonly Limit[] {
  return meta['does-not-say'].map((own) =>
    typeof own === 'string'
      ? { text: own, question: undefined, important: false }
      : { text: own.text, question: own.question, important: own.important ?? false },
  );
}

/** The few that are shown where there is little room: those marked as important, else the first two. */
export function fewLimits<T extends Pick<Limit, 'important'>>(limits: readonly T[]): readonly T[] {
  const important = limits.filter((limit) => limit.important);
  return important.length > 0 ? important : limits.slice(0, 2);
}
