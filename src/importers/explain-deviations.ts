import { fraction, roundScaled } from '#arithmetic/index';
import { askedOf, type Deviation, type Edition } from '#edition/index';
import { type FoundDeviation, roundingOf, type Scored, verify } from '#scoring/index';
import type { Remark } from './imported.ts';

/**
 * The edition with an entry in deviations.yaml for each published figure that its rules do not give, saying what a program can find out:
 * which file says otherwise, whether another rounding would give it. What the publisher meant, only the publisher can say.
 */
export function withDeviations(scored: Scored, remarks: readonly Remark[]): Edition {
  const { edition } = scored;
  const found = verify(scored).deviations;
  const groups = Map.groupBy(found, (deviation) => explanationOf(deviation, found, scored, remarks));
  const deviations = [...groups].map(
    ([explanation, own]): Deviation => ({
      explanation,
      figures: own.map(({ unit, measure, figure, published, computed }) => ({
        unit,
        measure,
        figure,
        published,
        computed,
      })),
    }),
  );
  return { ...edition, deviations };
}

const CLOSING = 'Found when the release was imported; the publisher has not been asked.';

function explanationOf(
  deviation: FoundDeviation,
  all: readonly FoundDeviation[],
  scored: Scored,
  remarks: readonly Remark[],
): string {
  const { edition } = scored;
  const where = edition.published[deviation.index]?.where ?? '';
  const disagree = remarks.find(
    ({ kind, message }) =>
      kind === 'files-disagree' &&
      message.includes(`“${deviation.unit}”`) &&
      message.includes(deviation.published),
  );
  if (disagree)
    return `Two files of the release disagree. ${disagree.message} The rules give ${deviation.computed}. ${CLOSING}`;
  if (isCutOff(deviation, scored))
    return `The figures agree with cutting off instead of rounding. ${CLOSING}`;
  const otherwise = combinedOtherwise(deviation, scored);
  if (otherwise) return `${otherwise} (${where}). ${CLOSING}`;
  const through = below(deviation, all, scored);
  if (through) return `It follows from ${through}, which deviates too (${where}). ${CLOSING}`;
  return `The answers of the release give another figure by its own rules (${where}). ${CLOSING}`;
}

function isCutOff(deviation: FoundDeviation, { edition, scores }: Scored): boolean {
  const score = deviation.figure === 'position' ? undefined : scores.of(deviation.unit, deviation.measure);
  if (score?.kind !== 'interval' || !score.low.equals(score.high)) return false;
  if (!/^-?\d+(?:\.\d+)?$/.test(deviation.published)) return false;
  const { digits } = roundingOf(edition.methodology, deviation.measure);
  const cut = fraction(roundScaled(score.low, { rule: 'floor', digits }), 10n ** BigInt(digits));
  return cut.equals(fraction(deviation.published));
}

/** Whether the figure is what combining the services in another way would give. */
function combinedOtherwise({ unit, measure, published }: FoundDeviation, scored: Scored): string | undefined {
  const { edition, scores } = scored;
  const own = edition.methodology.measures.find(({ id }) => id === measure);
  if (!own?.across || !/^-?\d+(?:\.\d+)?$/.test(published)) return undefined;
  const byId = new Map(edition.methodology.measures.map((other) => [other.id, other]));
  const services = askedOf(byId, edition.services)(own).filter((service) => service.company === unit);
  const values = services.flatMap((service) => {
    const score = scores.of(service.id, measure);
    return score?.kind === 'interval' && score.low.equals(score.high) ? [score.low] : [];
  });
  if (values.length === 0) return undefined;
  const mean = values.reduce((sum, value) => sum.add(value)).div(values.length);
  const decimals = published.split('.')[1]?.length ?? 0;
  const near =
    mean
      .sub(fraction(published))
      .abs()
      .compare(fraction(1n, 10n ** BigInt(Math.min(decimals, 12)))) < 0;
  return near
    ? `The figure is the mean of all ${values.length} services alike, where the rules combine those that are part of another first`
    : undefined;
}

/** A measure below, of the same unit, whose published figure deviates too. */
function below(
  deviation: FoundDeviation,
  all: readonly FoundDeviation[],
  scored: Scored,
): string | undefined {
  const { methodology } = scored.edition;
  const parents = new Map(methodology.measures.map(({ id, parent }) => [id, parent]));
  const others = all.filter((other) => other.unit === deviation.unit && other.measure !== deviation.measure);
  const isBelow = (measure: string): boolean => {
    const parent = parents.get(measure);
    return parent !== undefined && (parent === deviation.measure || isBelow(parent));
  };
  const found = others.find(({ measure }) => isBelow(measure));
  return found && `“${found.measure}” of “${found.unit}”`;
}
