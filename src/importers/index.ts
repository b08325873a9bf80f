import { type Scored, scoreAndRank, verify } from '#scoring/index';
import { withDeviations } from './explain-deviations.ts';
import { ImportError } from './import-error.ts';
import { collectRemarks, type Imported, type Progress } from './imported.ts';
import { readOpenDataIndex } from './open-data-index.ts';
import { isLayout2019, readRelease2019 } from './rdr-2019.ts';
import { isLayout2020, readRelease2020 } from './rdr-2020.ts';
import { rdrEdition } from './rdr-edition.ts';
import { sourceFiles } from './source-files.ts';

/** Other people’s published indexes → editions. */
export { ImportError } from './import-error.ts';
export { type Imported, type Progress, REMARKS, type Remark, type RemarkKind } from './imported.ts';

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
  const all = remarks.all();
  return [{ edition: withDeviations(scoreAndRank(edition), all), folder: '', remarks: all }];
}

/** The tables of the Global Open Data Index: an edition for each of its years. */
export async function importOpenDataIndex(path: string, progress: Progress): Promise<Imported[]> {
  const remarks = collectRemarks();
  const editions = await readOpenDataIndex(sourceFiles(path), remarks, progress);
  const all = remarks.all();
  return editions.map((edition) => ({
    edition: withDeviations(scoreAndRank(edition), all),
    folder: edition.meta.id.replace('open-data-index-', ''),
    remarks: edition === editions[0] ? all : [],
  }));
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
