import { dirname, join } from 'node:path';
import { readYamlFile } from '#edition/folder';
import { AnswerTable, CODE, type Edition, methodologySchema, type Problem } from '#edition/index';
import { type Scored, scoreAndRank, verify } from '#scoring/index';
import { proposeCauses } from './causes/propose.ts';
import { draftMapping } from './draft/draft.ts';
import { ImportError } from './import-error.ts';
import { collectRemarks, type Imported, type Progress, type Remarks } from './imported.ts';
import { readOpenDataIndex } from './open-data-index.ts';
import { isLayout2019, readRelease2019 } from './rdr-2019.ts';
import { isLayout2020, readRelease2020 } from './rdr-2020.ts';
import { rdrEdition } from './rdr-edition.ts';
import { type SourceFile, sourceFiles } from './source-files.ts';
import { readTables } from './table.ts';
import { mappingSchema } from './table-mapping.ts';

export { ImportError } from './import-error.ts';
export { type Imported, type Progress, REMARKS, type Remark, type RemarkKind } from './imported.ts';
export { type RatingColumns, type RatingForm, type RatingRow, readRatings } from './ratings.ts';
export { type ReturnedAnswers, type ReturnedChange, readReturnedAnswers } from './returned-answers.ts';
/** Other people’s published indexes → editions. */
export { mappingSchema } from './table-mapping.ts';

/** How many published figures of a place agree with what the rules give. */
export interface Agreement {
  readonly where: string;
  readonly checked: number;
  readonly matched: number;
}

/** The public release of the Ranking Digital Rights index, in the layout of 2019 or of 2020 and later. */
export async function importRdr(path: string, progress: Progress): Promise<Imported[]> {
  const files = sourceFiles(path);
  const remarks = collectRemarks();
  const read = isLayout2020(files) ? readRelease2020 : isLayout2019(files) ? readRelease2019 : undefined;
  if (!read)
    throw new ImportError(
      `“${path}” holds no release of Ranking Digital Rights: neither a table of element scores (since 2020) nor tables of outcomes (2019).`,
    );
  const edition = rdrEdition(await read(files, remarks, progress));
  return [imported(edition, '', files, remarks)];
}

/** The tables of the Global Open Data Index: an edition for each of its years. */
export async function importOpenDataIndex(path: string, progress: Progress): Promise<Imported[]> {
  const remarks = collectRemarks();
  const files = sourceFiles(path);
  const editions = await readOpenDataIndex(files, remarks, progress);
  const [first, ...later] = editions;
  const nothing = collectRemarks();
  const folderOf = (edition: Edition) => edition.meta.id.replace('open-data-index-', '');
  return [
    ...(first ? [imported(first, folderOf(first), files, remarks)] : []),
    ...later.map((edition) => imported(edition, folderOf(edition), [], nothing)),
  ];
}

/** An edition with all that is to be said of reading it. */
const imported = (
  edition: Edition,
  folder: string,
  files: readonly SourceFile[],
  remarks: Remarks,
): Imported => ({
  edition: withReasonsCounted(edition),
  folder,
  remarks: remarks.all(),
  others: remarks.others(),
  accounts: remarks.accounts(),
  unopened: remarks.unopened(files.map(({ name }) => name)),
});

/** The edition says how many of its scored answers have no reasons, since the tables give none. */
function withReasonsCounted(edition: Edition): Edition {
  const recorded = new Set(
    edition.methodology.measures.filter((measure) => measure.recorded).map(({ id }) => id),
  );
  let bare = 0;
  for (const { measure, code, note } of new AnswerTable(edition.answers).rows())
    if (note === '' && !recorded.has(measure) && code !== CODE.NOT_APPLICABLE && code !== CODE.NOT_ASSESSED)
      bare++;
  return bare === 0 ? edition : { ...edition, meta: { ...edition.meta, 'without-reasons': bare } };
}

/** A mapping, or the methodology that it names, does not hold. */
export class MappingError extends Error {
  readonly problems: readonly Problem[];
  constructor(message: string, problems: readonly Problem[]) {
    super(message);
    this.problems = problems;
  }
}

/**
 * Any tables, by a mapping file.
 * @param isOwn whether the tables are one’s own, as “own” in the mapping says too
 * @throws MappingError if the mapping or its methodology does not hold, ImportError if the tables do not fit them
 */
export async function importTables(
  path: string,
  mappingPath: string,
  progress: Progress,
  isOwn = false,
): Promise<Imported[]> {
  const { value, problems } = readYamlFile(mappingPath, mappingSchema);
  if (!value) throw new MappingError(`The mapping “${mappingPath}” does not hold.`, problems);
  const mapping = isOwn ? { ...value, own: true as const } : value;
  const method =
    typeof mapping.method === 'string'
      ? readYamlFile(join(dirname(mappingPath), mapping.method), methodologySchema)
      : { value: mapping.method, problems: [] };
  if (!method.value)
    throw new MappingError(`The methodology that the mapping names does not hold.`, method.problems);
  const remarks = collectRemarks();
  const files = sourceFiles(path);
  const edition = await readTables({ mapping, methodology: method.value, files, remarks, progress });
  return [imported(edition, '', files, remarks)];
}

/**
 * A first mapping of tables that nobody has mapped yet, as YAML with comments.
 * @throws ImportError if there is no table in the files
 */
export async function draftTables(paths: readonly string[]): Promise<string> {
  return draftMapping(paths.flatMap(sourceFiles));
}

/** What an imported edition comes to once it holds: with the causes of deviations that a program can propose. */
export function withVerification(imported: Imported): Imported {
  if (imported.edition.meta.origin === undefined) return withOwnFigures(imported);
  const { deviations, remarks } = proposeCauses(scoreAndRank(imported.edition), imported.others);
  return {
    ...imported,
    edition: { ...imported.edition, deviations },
    remarks: [...imported.remarks, ...remarks],
  };
}

/** What one’s own tables add up is no published figure: where it differs from what the rules give, a remark says so. */
function withOwnFigures(imported: Imported): Imported {
  const { deviations } = verify(scoreAndRank(imported.edition));
  const remarks = collectRemarks();
  for (const { index, figure, unit, measure, published, computed } of deviations)
    remarks.add(
      'parts',
      `${imported.edition.published[index]?.where}: the ${figure} of “${unit}” on “${measure}” is ${published}, and the rules give ${computed}.`,
    );
  return {
    ...imported,
    edition: { ...imported.edition, published: [] },
    remarks: [...imported.remarks, ...remarks.all()],
  };
}

/** By the place where they were printed, how many figures are as the rules give them. */
export function agreements(scored: Scored): Agreement[] {
  const { published } = scored.edition;
  const deviating = new Set(verify(scored).deviations.map(({ index }) => index));
  const groups = Map.groupBy(
    published.map((figure, index) => ({ ...figure, index })),
    ({ where, figure }) => `${where}${figure === 'score' ? '' : `, ${figure}s`}`,
  );
  return [...groups].map(([where, own]) => ({
    where,
    checked: own.length,
    matched: own.filter(({ index }) => !deviating.has(index)).length,
  }));
}
