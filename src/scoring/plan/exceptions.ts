import { crossingOf, type Edition, type Exception, type Measure, partsOf } from '#edition/index';
import { type Combine, RULES } from '#scoring/rules/index';
import type { BranchNode, Exceptions } from './plan.ts';
import { type Weighing, weigh } from './weigh.ts';

type Units = Pick<Edition, 'methodology' | 'services'>;

/**
 * Exceptions by measure and by the unit that the measure is scored for: one for a company on a measure that only its services have a score on
 * is one for each of them that is answered itself, unless it has its own.
 */
export function exceptionsOf({ methodology, services }: Units): Exceptions {
  const measures = new Map(methodology.measures.map((measure) => [measure.id, measure]));
  const wholes = partsOf(services);
  const answered = Map.groupBy(
    services.filter(({ id }) => !wholes.has(id)),
    (service) => service.company,
  );
  const found = new Map<string, Map<string, Exception>>();
  for (const exception of methodology.exceptions ?? []) {
    const measure = measures.get(exception.measure);
    const units =
      measure && isOfServices(measures, measure)
        ? (answered.get(exception.unit)?.map(({ id }) => id) ?? [])
        : [];
    const byUnit = found.get(exception.measure) ?? new Map<string, Exception>();
    found.set(exception.measure, byUnit);
    for (const unit of units) if (!byUnit.has(unit)) byUnit.set(unit, exception);
    byUnit.set(exception.unit, exception);
  }
  return found;
}

function isOfServices(measures: ReadonlyMap<string, Measure>, measure: Measure): boolean {
  const crossing = crossingOf(measures, measure);
  return crossing !== undefined && crossing !== measure;
}

/** The rule and the weights by which a branch combines its children for one unit. */
export interface UnitRule extends Weighing {
  readonly combine: Combine;
}

export function ruleFor(node: BranchNode, unit: string, exceptions: Exceptions): UnitRule {
  const combine = exceptions.get(node.measure.id)?.get(unit)?.combine ?? node.combine;
  const declared = node.children.map(
    (child) => exceptions.get(child.node.measure.id)?.get(unit)?.weight ?? child.node.measure.weight,
  );
  return { combine, ...weigh(RULES[combine], declared) };
}

/** The units for which a branch has another rule or other weights. */
export function unitsWithRules(node: BranchNode, exceptions: Exceptions): ReadonlySet<string> {
  const units = new Set<string>();
  for (const [unit, { combine }] of exceptions.get(node.measure.id) ?? []) if (combine) units.add(unit);
  for (const child of node.children)
    for (const [unit, { weight }] of exceptions.get(child.node.measure.id) ?? []) if (weight) units.add(unit);
  return units;
}
