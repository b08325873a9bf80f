import { type Derivation, explain, type Scored } from '#scoring/index';
export function explainer(scored: Scored): (unit: string, measure: string) => Derivation | undefined {
  return (unit, measure) => explain(scored.edition, scored.scores, unit, measure);
}
export type NextLevel = { unit: string; measure: string; answer: string } & (
  | {
      next: {
        answer: string;
        name: string;
        meaning: string;
        points: string;
        outcome: { published: string; rank: number | readonly [number, number] | null };
      };
    }
  | { next?: undefined; why: 'highest' | 'not-applicable' | 'not-assessed' }
);
export function nextLevels(_scored: Scored): (company: string) => readonly NextLevel[] {
  return () => [];
}
