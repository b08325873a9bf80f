import { citationsIn, citationsInCell, type Edition, PROSE_FILES, type ProseFile } from '#edition/index';

/** One place that cites a source. */
export type Use =
  | {
      readonly kind: 'answer' | 'reasons';
      readonly unit: string;
      readonly measure: string;
      readonly locator: string;
    }
  | { readonly kind: 'introduction' | 'users' | 'letter'; readonly unit: string; readonly locator: string }
  | { readonly kind: 'methodology'; readonly measure: string; readonly locator: string }
  | { readonly kind: 'finding'; readonly finding: string; readonly locator: string }
  | { readonly kind: 'prose'; readonly file: ProseFile; readonly locator: string }
  | { readonly kind: 'origin'; readonly locator: string };

/** All places that cite each source, in the order of the edition. */
export function usesOfSources(edition: Edition): ReadonlyMap<string, readonly Use[]> {
  const uses = new Map<string, Use[]>();
  for (const { source, use } of allUses(edition)) {
    const known = uses.get(source);
    if (known) known.push(use);
    else uses.set(source, [use]);
  }
  return uses;
}

type Placed = { readonly source: string; readonly use: Use };

function* allUses(edition: Edition): Iterable<Placed> {
  if (edition.meta.origin) yield { source: edition.meta.origin, use: { kind: 'origin', locator: '' } };
  yield* answers(edition);
  for (const { unit, introduction, sections } of edition.assessments) {
    yield* inProse(introduction, (locator) => ({ kind: 'introduction', unit, locator }));
    for (const { measure, text } of sections)
      yield* inProse(text, (locator) => ({ kind: 'reasons', unit, measure, locator }));
  }
  for (const { id, guidance } of edition.methodology.measures)
    yield* inProse(guidance, (locator) => ({ kind: 'methodology', measure: id, locator }));
  for (const { id, text } of edition.findings)
    yield* inProse(text, (locator) => ({ kind: 'finding', finding: id, locator }));
  for (const file of PROSE_FILES)
    yield* inProse(edition.prose[file], (locator) => ({ kind: 'prose', file, locator }));
  for (const { source, company } of edition.correspondence)
    if (source) yield { source, use: { kind: 'letter', unit: company, locator: '' } };
  for (const { users_source: source, id } of edition.services)
    if (source) yield { source, use: { kind: 'users', unit: id, locator: '' } };
}

function* answers({ answers: { rows, units, leaves } }: Edition): Iterable<Placed> {
  for (let row = 0; row < rows.length; row++) {
    const [unit, measure] = [units[rows.unit[row] ?? 0] ?? '', leaves[rows.leaf[row] ?? 0] ?? ''];
    for (const { source, locator } of citationsInCell(rows.citations[row] ?? ''))
      yield { source, use: { kind: 'answer', unit, measure, locator } };
  }
}

function* inProse(prose: string | undefined, use: (locator: string) => Use): Iterable<Placed> {
  for (const { source, locator } of citationsIn(prose ?? '')) yield { source, use: use(locator) };
}
