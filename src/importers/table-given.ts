import { fraction } from '#arithmetic/index';
import {
  combinedBy,
  crossingOf,
  type Edition,
  type Exception,
  type Measure,
  type Methodology,
  PairMap,
  type PublishedFigure,
  type Service,
} from '#edition/index';
import { scoreEdition } from '#scoring/index';
import type { Remarks } from './imported.ts';

interface Units {
  readonly methodology: Methodology;
  readonly companies: Edition['companies'];
  readonly services: readonly Service[];
}

/**
 * Scores that were published without their parts: where no table answers anything below a branch, the published score of the branch nearest to
 * the leaves counts in their place.
 * @param isAnswered whether a table answers a leaf for a unit
 */
export function givenScores(
  units: Units,
  isAnswered: PairMap<true>,
  published: readonly PublishedFigure[],
): Exception[] {
  const { measures } = units.methodology;
  const byId = new Map(measures.map((measure) => [measure.id, measure]));
  const combined = combinedBy(units.methodology);
  const printed = new PairMap(
    published
      .filter(({ figure }) => figure === 'score' || figure === 'total')
      .map((figure) => [figure.unit, figure.measure, figure] as const),
  );
  const inside = Map.groupBy(units.services, (service) => service.company);
  const found: Exception[] = [];
  const visit = (unit: string, whom: readonly string[], measure: Measure, seen: PairMap<State>): State => {
    const known = seen.get(unit, measure.id);
    if (known) return known;
    seen.set(unit, measure.id, 'answered'); // what combines itself is refused elsewhere
    const state = stateOf(unit, whom, measure, seen);
    seen.set(unit, measure.id, state);
    return state;
  };
  const stateOf = (unit: string, whom: readonly string[], measure: Measure, seen: PairMap<State>): State => {
    if (measure.scale !== undefined)
      return whom.some((own) => isAnswered.has(own, measure.id)) ? 'answered' : 'lacking';
    const parts = (combined.get(measure.id) ?? []).map((part) => visit(unit, whom, part, seen));
    if (parts.some((part) => part !== 'lacking')) return 'answered';
    const figure = printed.get(unit, measure.id);
    const crossing = crossingOf(byId, measure);
    if (!figure || !/^-?\d+(?:\.\d+)?$/.test(figure.value) || (crossing && crossing !== measure))
      return 'lacking';
    found.push({
      unit,
      measure: measure.id,
      reason: `Published as ${figure.value} without its parts (${figure.where}).`,
      given: figure.value,
    });
    return 'answered';
  };
  const seen = new PairMap<State>();
  for (const { id } of units.companies) {
    const whom = [id, ...(inside.get(id) ?? []).map((service) => service.id)];
    for (const measure of measures) if (!measure.recorded) visit(id, whom, measure, seen);
  }
  return found;
}

type State = 'answered' | 'lacking';

/**
 * The exceptions with what the scores could have been at most: the most that any unit could get. Those of which nobody can tell are left out,
 * and said.
 */
export function withMaxima(edition: Edition, given: readonly Exception[], remarks: Remarks): Exception[] {
  if (given.length === 0) return [];
  const scores = scoreEdition(edition);
  return given.flatMap((exception): Exception[] => {
    const said = `The score of “${exception.unit}” on “${exception.measure}” was published as ${exception.given}, and none of its parts`;
    const most = edition.companies
      .flatMap(({ id }) => {
        const score = scores.of(id, exception.measure);
        return score?.kind === 'interval' ? [score.max] : [];
      })
      .toSorted((a, b) => b.compare(a))[0];
    if (!most || most.compare(fraction(exception.given ?? '0')) < 0) {
      remarks.add(
        'given',
        `${said}: what it could have been at most is not known. Say it in the methodology: an exception with “given” and “maximum”.`,
      );
      return [];
    }
    remarks.add('given', `${said}: it counts as given, of at most ${most.toFraction()}.`);
    return [{ ...exception, maximum: most.toFraction() }];
  });
}
