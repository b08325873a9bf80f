import { leavesOf } from './answer-leaves.ts';
import { packAnswers } from './answers.ts';
import type { Edition } from './model.ts';
import { NOTHING_ELSE } from './nothing-else.ts';

/** What the next edition is called. */
export interface NextName {
  readonly id: string;
  readonly title: string;
}

/**
 * The beginning of the next edition of an index: methodology, units, sources and texts as they are, and marked as carried over; what belongs to a
 * year is empty: answers, reasons, letters, findings, figures, corrections, evidence, and what the methodology excepts.
 */
export function nextEdition(edition: Edition, { id, title }: NextName): Edition {
  const { meta, companies, services, assessments, sources, prose } = edition;
  const { exceptions: _, ...methodology } = edition.methodology;
  const introductions = assessments
    .filter(({ introduction }) => introduction.trim() !== '')
    .map((own) => ({ ...own, introduction: withoutQuotes(own.introduction), sections: [] }));
  const units = [...companies, ...services].map((unit) => unit.id);
  const leaves = leavesOf(methodology, services);
  const rows = leaves.flatMap((leaf) =>
    (leaf.unit === 'company' ? companies : services.filter((service) => leaf.asked.has(service.id))).map(
      (unit) => ({
        unit: unit.id,
        measure: leaf.measure.id,
        answer: 'not-assessed',
        citations: '',
        note: '',
      }),
    ),
  );
  // What was recommended and written to companies belongs to a year.
  const texts = Object.entries(prose).filter(([name]) => name === 'background' || name === 'method');
  const carried = [
    'methodology.yaml',
    'companies.csv',
    ...(services.length > 0 ? ['services.csv'] : []),
    'sources.json',
    ...texts.map(([name]) => `${name}.md`),
    ...introductions.map(({ unit }) => `assessments/${unit}.md`),
  ];
  return {
    ...NOTHING_ELSE,
    meta: {
      format: 1,
      id,
      ...(meta.series === undefined ? {} : { series: meta.series }),
      title,
      ...(meta.publisher === undefined ? {} : { publisher: meta.publisher }),
      ...(meta.contact === undefined ? {} : { contact: meta.contact }),
      licence: meta.licence,
      ...(meta.units === undefined ? {} : { units: meta.units }),
      languages: meta.languages.slice(0, 1),
      ...(meta.evidence === undefined ? {} : { evidence: meta.evidence }),
      ...(meta.columns === undefined ? {} : { columns: meta.columns }),
      'carried-over': { from: meta.id, 'not-looked-at': carried },
      'does-not-say': meta['does-not-say'],
    },
    methodology,
    companies,
    services,
    answers: packAnswers(methodology, units, rows),
    assessments: introductions,
    sources: sources.map(withoutCopy),
    prose: Object.fromEntries(texts.map(([name, text]) => [name, withoutQuotes(text)])),
  };
}

/** Passages are quoted from captures, which stay with the edition that they were made for. */
const withoutQuotes = (text: string) =>
  text.replace(/(@[a-z0-9]+(?:-[a-z0-9]+)*)#[a-z0-9]+(?:-[a-z0-9]+)*/g, '$1');

/** The copy of a source stays in the edition that it was taken for. */
function withoutCopy(source: Edition['sources'][number]): Edition['sources'][number] {
  const { file: _, ...custom } = source.custom;
  return { ...source, custom };
}
