import { integer, type TableDefinition, text } from '../table.ts';

/** Who is assessed. */

export const companies: TableDefinition = {
  name: 'companies',
  about: 'The companies assessed.',
  key: ['id'],
  columns: [
    text('id', 'Id of the company.'),
    text('name', 'Name.'),
    text('headquarters', 'Where its headquarters are, as the edition words it.'),
    text('country', 'ISO 3166-1 alpha-2 code of that country; empty if not given.'),
    text('group', 'What it is ranked among; empty where there are no groups.'),
    text('note', 'Remarks.'),
  ],
  rows: ({ edition }) =>
    edition.companies.map(({ id, name, headquarters, country, group, note }) => [
      id,
      name,
      headquarters,
      country,
      group,
      note,
    ]),
};

export const services: TableDefinition = {
  name: 'services',
  about: 'The services of the companies.',
  key: ['id'],
  columns: [
    text('id', 'Id of the service.'),
    text('company', 'The company it belongs to.', 'companies.id'),
    text('part_of', 'The service that it is part of; empty if none.'),
    text('name', 'Name.'),
    text('kind', 'What it is for.'),
    integer('users', 'How many there are of what users_counted says; null when not known.'),
    text('users_counted', 'What is counted.'),
    text('users_as_of', 'As of when: year, month or day; empty when not known.'),
    text('users_source', 'The source of the figure; empty when there is none.'),
    text('note', 'Remarks.'),
  ],
  rows: ({ edition }) =>
    edition.services.map((service) => [
      service.id,
      service.company,
      service.part_of,
      service.name,
      service.kind,
      service.users ?? null,
      service.users_counted,
      service.users_as_of,
      service.users_source,
      service.note,
    ]),
};
