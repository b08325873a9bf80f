import { type Edition, NOTHING_ELSE, packAnswers } from '#edition/index';
import { RELEASE_SOURCE, type Release } from './rdr-release.ts';

/** The edition that a release comes to: its method, written as the rules of a methodology. */
export function rdrEdition(release: Release): Edition {
  const methodology: Edition['methodology'] = {
    scales: [
      {
        id: 'disclosure',
        kind: 'options',
        answers: [
          { answer: 'yes', points: '100', name: 'Yes' },
          { answer: 'partial', points: '50', name: 'Partial' },
          { answer: 'no', points: '0', name: 'No' },
        ],
        'no-evidence': '0',
      },
    ],
    measures: [...release.measures],
    rounding: release.rounding,
    ranking: {
      measure: 'total',
      basis: 'published',
      ties: 'competition',
      rounding: { rule: 'half-up', digits: 0 },
      within: 'group',
    },
  };
  const companies = release.companies.map((company) => ({
    ...company,
    headquarters: '',
    country: '',
    note: '',
  }));
  const services = release.services.map((part) => ({
    ...part,
    users: undefined,
    users_counted: '',
    users_as_of: '',
    users_source: '',
    note: '',
  }));
  const units = [...companies, ...services].map((unit) => unit.id);
  return {
    ...NOTHING_ELSE,
    meta: {
      format: 1,
      id: `rdr-${release.year}`,
      series: 'rdr',
      title: release.title,
      publisher: 'Ranking Digital Rights',
      origin: RELEASE_SOURCE,
      licence: 'LicenseRef-as-published',
      languages: ['en'],
      'does-not-say': [
        'This edition was made by a program from the public release. What the index finds is said by its publisher alone.',
      ],
    },
    methodology,
    companies,
    services,
    answers: packAnswers(methodology, units, release.answers),
    sources: [
      {
        id: RELEASE_SOURCE,
        type: 'dataset',
        title: `${release.title}: public CSV dataset`,
        publisher: 'Ranking Digital Rights',
        issued: { 'date-parts': [[Number(release.year)]] },
        custom: { kind: 'report' },
      },
      ...release.sources,
    ],
    published: release.published,
  };
}
