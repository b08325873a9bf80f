import type { Company } from '#edition/index';
import type { Site } from '../site.ts';
import type { View } from '../view.ts';
import { Name } from './text.tsx';

/** A choice among the companies that works without script: each value has a class, and the style sheet hides the rows without it. */
export interface Filter {
  readonly kind: 'headquarters';
  readonly values: readonly { readonly value: string; readonly companies: ReadonlySet<string> }[];
}

/** More values than these are no choice any more. */
const MOST_VALUES = 24;

const made = new WeakMap<Site, readonly Filter[]>();

export function filtersOf(site: Site): readonly Filter[] {
  const known = made.get(site);
  if (known) return known;
  const { companies } = site.edition;
  const headquarters = grouped(
    companies.map(({ id, country, headquarters: place }) => [country || place, id]),
  );
  const filters = [{ kind: 'headquarters' as const, values: headquarters }].filter(
    ({ values }) => values.length > 1 && values.length <= MOST_VALUES,
  );
  made.set(site, filters);
  return filters;
}

function grouped(pairs: readonly (readonly [value: string, company: string])[]): Filter['values'] {
  const groups = Map.groupBy(pairs, ([value]) => value);
  return [...groups]
    .filter(([value]) => value !== '')
    .map(([value, own]) => ({ value, companies: new Set(own.map(([, company]) => company)) }))
    .toSorted((a, b) => b.companies.size - a.companies.size || (a.value < b.value ? -1 : 1));
}

const className = (index: number) => `h${index}`;

export function filterClasses(_site: Site, filters: readonly Filter[], company: Company): string {
  return filters
    .flatMap((filter) =>
      filter.values.flatMap(({ companies }, index) => (companies.has(company.id) ? className(index) : [])),
    )
    .join(' ');
}

export function FilterForm({ view, filters }: { view: View; filters: readonly Filter[] }) {
  if (filters.length === 0) return null;
  const { say } = view;
  return (
    <details class="filters">
      <summary>{say('filter.title')}</summary>
      {filters.map((filter) => (
        <fieldset>
          <legend>{say(`filter.${filter.kind}`)}</legend>
          <label>
            <input type="radio" name={filter.kind} checked /> {say('filter.all')}
          </label>
          {filter.values.map((value, index) => (
            <label>
              <input type="radio" name={filter.kind} id={`f-${className(index)}`} />{' '}
              <FilterName view={view} filter={filter} value={value.value} /> ({value.companies.size})
            </label>
          ))}
        </fieldset>
      ))}
    </details>
  );
}

function FilterName({ view, filter, value }: { view: View; filter: Filter; value: string }) {
  if (filter.kind === 'headquarters' && /^[A-Z]{2}$/.test(value)) return <>{countryName(view, value)}</>;
  return <Name view={view} of={view.texts.original(value)} />;
}

export const countryName = (view: View, country: string): string => countryNameIn(view.language, country);

export function countryNameIn(language: string, country: string): string {
  return new Intl.DisplayNames([language], { type: 'region' }).of(country) ?? country;
}

/** The rules of the style sheet that make the filters of a site work. */
export function filterStyles(site: Site): string {
  return filtersOf(site)
    .flatMap((filter) => filter.values.map((_, index) => className(index)))
    .map((name) => `main:has(#f-${name}:checked) tbody tr:not(.${name}){display:none}`)
    .join('\n');
}
