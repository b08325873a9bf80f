import fc from 'fast-check';
import type { Correction, Edition, Translation } from '#edition/index';

/** Arbitrary corrections and translations that go with an edition of arbitrary.ts. */

/** Prose of any kind that YAML has a meaning of its own for; trimmed, as it is read, and without citations. */
const prose = fc
  .oneof(
    fc.constantFrom(
      'yes',
      'no',
      'null',
      '0',
      '1.0',
      '1e3',
      '2026-01-01',
      '~',
      '- a',
      '# a',
      'a: b',
      '---',
      '*a',
    ),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
    fc
      .array(
        fc.constantFrom('word', '  ', '\n', '\n\n', ' # ', ': ', '“q”', '"', "'", '\t', '\\', '[a](b)', '|'),
        {
          minLength: 1,
          maxLength: 40,
        },
      )
      .map((parts) => parts.join('')),
  )
  .map((text) => text.trim())
  .filter((text) => text !== '' && !text.includes('[@'));

const optional = <T extends object>(of: { readonly [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record<T, never>(of, { requiredKeys: [] });
/** A text, or none, for some of these ids. */
const byId = <T>(ids: readonly string[], of: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  fc
    .subarray([...ids])
    .chain((some) => fc.tuple(...some.map((id) => of.map((value) => [id, value] as const))))
    .map((entries) => Object.fromEntries(entries));

/** Corrections of an edition, in the order of their days; what they say is not held against its scores. */
export function arbitraryCorrections({ companies, methodology }: Edition): fc.Arbitrary<Correction[]> {
  const concern = fc
    .tuple(
      fc.constantFrom(...companies.map(({ id }) => id)),
      fc.constantFrom(...methodology.measures.map(({ id }) => id)),
      fc.option(fc.tuple(prose, prose), { nil: undefined }),
    )
    .map(([unit, measure, values]) => ({
      unit,
      measure,
      ...(values ? { was: values[0], is: values[1] } : {}),
    }));
  const correction = fc.record(
    {
      date: fc.constantFrom('2026-02-28', '2026-12-31', '2028-02-29'),
      kind: fc.constantFrom('correction', 'change'),
      text: prose,
      concerns: fc.array(concern, { minLength: 1, maxLength: 3 }),
    },
    { requiredKeys: ['date', 'kind', 'text'] },
  );
  return fc
    .array(correction, { maxLength: 4 })
    .map((some) =>
      some
        .toSorted((a, b) => a.date.localeCompare(b.date))
        .map((one, index) => ({ id: `correction-${index}`, ...one })),
    );
}

/** Translations of an edition, in the order of their languages. */
export function arbitraryTranslations(edition: Edition): fc.Arbitrary<Translation[]> {
  const { methodology, companies, services, answers } = edition;
  const leafOf = (row: number) => answers.leaves[answers.rows.leaf[row] ?? 0] ?? '';
  const answeredBy = (unit: number) =>
    Array.from({ length: answers.rows.length }, (_, row) => row)
      .filter((row) => answers.rows.unit[row] === unit)
      .map(leafOf);
  const optionsOf = new Map(
    methodology.scales.map((own) => [own.id, own.answers.map(({ answer }) => answer)]),
  );
  const ids = (records: readonly { id: string }[]) => records.map(({ id }) => id);
  const texts: fc.Arbitrary<Translation['texts']> = optional({
    by: prose,
    edition: optional({
      title: prose,
      summary: prose,
      headline: prose,
      warning: prose,
      'cut-off-basis': prose,
      'does-not-say': fc.tuple(prose).map((limits) => [...limits]),
    }),
    scales: byId(
      ['scale-0'],
      byId(optionsOf.get('scale-0') ?? [], optional({ name: prose, meaning: prose })),
    ),
    measures: byId(
      ids(methodology.measures),
      optional({ name: prose, short: prose, question: prose, guidance: prose }),
    ),
    companies: byId(ids(companies), optional({ name: prose, headquarters: prose, note: prose })),
    services: byId(ids(services), optional({ name: prose, kind: prose, note: prose })),
    answers: byId(['ash'], byId(answeredBy(answers.units.indexOf('ash')), prose)),
    background: prose,
    method: prose,
    notice: prose,
  });
  return fc
    .subarray(['fr', 'fr-CA', 'pt-BR', 'zh-Hant'])
    .chain((languages) =>
      fc.tuple(...languages.map((language) => texts.map((own) => ({ language, texts: own })))),
    );
}
