import type { Methodology } from '#edition/index';
import type { Progress, Remarks } from './imported.ts';
import type { SourceFile } from './source-files.ts';
import type { Mapping } from './table-mapping.ts';

/** What tables are read with. */
export interface TableInput {
  readonly mapping: Mapping;
  readonly methodology: Methodology;
  readonly files: readonly SourceFile[];
  readonly remarks: Remarks;
  readonly progress: Progress;
}
