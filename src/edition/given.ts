import type { Methodology } from './methodology-schema.ts';
import { combinedBy, type Service } from './model.ts';

interface Units {
  readonly methodology: Methodology;
  readonly services: readonly Service[];
}

/**
 * Whether a unit is not asked a leaf, since a score that is given instead of its parts stands on every way from the leaf to what is published.
 * A score given for a company, or for what a service is part of, stands in place of the answers of the service too.
 */
export function unpublishedParts({ methodology, services }: Units): (unit: string, leaf: string) => boolean {
  const given = Map.groupBy(
    (methodology.exceptions ?? []).filter((exception) => exception.given !== undefined),
    (exception) => exception.unit,
  );
  if (given.size === 0) return () => false;
  const combiners = combinersOf(methodology);
  const byId = new Map(services.map((service) => [service.id, service]));
  const kept = new Map<string, ReadonlySet<string>>();
  return (unit, leaf) => {
    const measures =
      kept.get(unit) ??
      new Set(
        holders(unit, byId).flatMap((holder) => given.get(holder)?.map(({ measure }) => measure) ?? []),
      );
    kept.set(unit, measures);
    return measures.size > 0 && !reachesTop(leaf, combiners, measures);
  };
}

/** The unit, what it is part of, and its company. */
function holders(unit: string, services: ReadonlyMap<string, Service>): string[] {
  const found = new Set([unit]);
  for (const id of found) {
    const service = services.get(id);
    if (service) found.add(service.part_of === '' ? service.company : service.part_of);
  }
  return [...found];
}

function combinersOf(methodology: Methodology): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [above, children] of combinedBy(methodology))
    for (const { id } of children) found.set(id, [...(found.get(id) ?? []), above]);
  return found;
}

function reachesTop(
  leaf: string,
  combiners: ReadonlyMap<string, readonly string[]>,
  given: ReadonlySet<string>,
): boolean {
  const seen = new Set([leaf]);
  for (const id of seen) {
    const above = combiners.get(id) ?? [];
    if (above.length === 0) return true;
    for (const other of above) if (!given.has(other)) seen.add(other);
  }
  return false;
}
