import { checkExceptionUnits } from './check-exception-units.ts';
import type { Draft } from './draft.ts';
import { didYouMean } from './ids.ts';
import { DEEPEST, type Service } from './model.ts';
import type { Place, Report } from './place.ts';

/** Services that are part of another are so within one company, and not of each other; scopes and exceptions name what there is. */
export function checkNesting({ services, companies, methodology }: Draft, report: Report): void {
  const own = new Map(services?.records.map((service) => [service.id, service]));
  const at = (service: Service): Place =>
    services?.at(service, 'part_of') ?? { file: 'services.csv', line: 1, column: 1 };
  for (const service of own.values()) {
    if (service.part_of === '') continue;
    const whole = own.get(service.part_of);
    if (!whole)
      report(
        'unknown-id',
        at(service),
        `There is no service “${service.part_of}”.${didYouMean(service.part_of, own.keys())}`,
      );
    else if (whole.company !== service.company)
      report(
        'nesting',
        at(service),
        `“${service.id}” is of “${service.company}”, and “${whole.id}”, of which it is part, of “${whole.company}”. Both must be of one company.`,
      );
    else if (isRound(service, own))
      report(
        'nesting',
        at(service),
        `“${service.id}” is part of itself, by way of what it is part of. Give one of them another place.`,
      );
    else if (isTooDeep(service, own))
      report(
        'nesting',
        at(service),
        `“${service.id}” is part of a part more than ${DEEPEST - 1} levels deep. Let it be part of one further out.`,
      );
  }
  checkScopes(own, methodology, report);
  if (methodology && companies)
    checkExceptionUnits(methodology, new Set(companies.records.map(({ id }) => id)), own, report);
  if (methodology?.value.ranking.within === 'group') checkGroups(companies, report);
}

function isRound(service: Service, byId: ReadonlyMap<string, Service>): boolean {
  const seen = new Set<string>();
  for (let at: Service | undefined = service; at && seen.size <= DEEPEST; at = byId.get(at.part_of)) {
    if (seen.has(at.id)) return true;
    seen.add(at.id);
  }
  return false;
}

function isTooDeep(service: Service, byId: ReadonlyMap<string, Service>): boolean {
  let levels = 0;
  for (let at: Service | undefined = service; at && levels <= DEEPEST; at = byId.get(at.part_of)) levels++;
  return levels > DEEPEST;
}

function checkScopes(
  services: ReadonlyMap<string, Service>,
  methodology: Draft['methodology'],
  report: Report,
): void {
  const kinds = new Set(
    [...services.values()].filter((service) => service.part_of === '').map((service) => service.kind),
  );
  for (const list of ['measures', 'exceptions'] as const)
    methodology?.value[list]?.forEach(({ across }, index) => {
      across?.scope?.forEach((kind, place) => {
        if (!kinds.has(kind))
          report(
            'unknown-id',
            methodology.at([list, index, 'across', 'scope', place]),
            `No service that is not part of another is of the kind “${kind}”.${didYouMean(kind, kinds)}`,
          );
      });
    });
}

function checkGroups(companies: Draft['companies'], report: Report): void {
  for (const company of companies?.records ?? [])
    if (company.group === '')
      report(
        'value',
        companies?.at(company, 'id') ?? { file: 'companies.csv', line: 1, column: 1 },
        `“${company.id}” has no group, and companies are ranked within groups. Fill in the column “group”.`,
      );
}
