import { didYouMean } from './ids.ts';
import type { Exception, Measure, Methodology } from './methodology-schema.ts';
import { crossingOf, partsOf, type Service } from './model.ts';
import type { Report } from './place.ts';
import type { Structured } from './structured-file.ts';

/** Exceptions are for units that there are, and on which the measure is scored. */
export function checkExceptionUnits(
  methodology: Structured<Methodology>,
  companies: ReadonlySet<string>,
  services: ReadonlyMap<string, Service>,
  report: Report,
): void {
  const measures = new Map(methodology.value.measures.map((measure) => [measure.id, measure]));
  const wholes = new Set(partsOf([...services.values()]).keys());
  methodology.value.exceptions?.forEach((exception, index) => {
    const { unit } = exception;
    const fail = (key: string, message: string) =>
      report('exception', methodology.at(['exceptions', index, key]), message);
    if (!companies.has(unit) && !services.has(unit)) {
      const units = [...companies, ...services.keys()];
      report(
        'unknown-id',
        methodology.at(['exceptions', index, 'unit']),
        `There is no unit “${unit}”.${didYouMean(unit, units)}`,
      );
      return;
    }
    const measure = measures.get(exception.measure);
    if (!measure) return;
    const crossing = crossingOf(measures, measure);
    if (services.has(unit)) checkService(exception, measure, crossing, wholes.has(unit), fail);
    else if (
      exception.across === undefined &&
      crossing &&
      crossing !== measure &&
      ![...services.values()].some(({ company }) => company === unit)
    )
      fail('unit', `“${measure.id}” is scored for services, and “${unit}” has none.`);
  });
}

function checkService(
  exception: Exception,
  measure: Measure,
  crossing: Measure | undefined,
  hasParts: boolean,
  fail: (key: string, message: string) => void,
): void {
  const { unit } = exception;
  if (!crossing)
    fail('unit', `“${measure.id}” is scored for companies; “${unit}” is a service. Name its company.`);
  else if (hasParts && measure !== crossing)
    fail(
      'unit',
      `“${unit}” is made of its parts at “${crossing.id}”, and has no score on “${measure.id}” below it. Except “${crossing.id}”, or its parts.`,
    );
  else if (exception.across && !hasParts)
    fail('across', `“${unit}” has no parts, so there is nothing to combine for it.`);
  else if (exception.across?.scope)
    fail('across', '“scope” is about the services of a company. Say it for the company.');
  else if (hasParts && exception.combine)
    fail('combine', `“${unit}” is made of its parts, not of measures. Say “across”, or except its parts.`);
  else if (exception.weight !== undefined && measure === crossing)
    fail('weight', `“${measure.id}” is weighed in the company, not in its services. Name the company.`);
}
