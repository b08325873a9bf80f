import type { Evidence, Quote, Search } from './evidence.ts';
import type { PlacedFinding } from './findings.ts';
import type { Section } from './markdown.ts';
import type { Methodology } from './methodology-schema.ts';
import type { Assessment, Company, Letter, PublishedFigure, Service } from './model.ts';
import type { Place, TextFile } from './place.ts';
import type { PlacedAnswers } from './read-answers.ts';
import type { Records } from './records.ts';
import type { Correction, Deviation, EditionMeta, ProseFile, Source, TranslatedTexts } from './schema.ts';
import type { Structured } from './structured-file.ts';

export interface PlacedAssessment {
  readonly assessment: Assessment;
  readonly source: TextFile;
  readonly unitPlace: Place;
  readonly sections: readonly Section[];
}

export interface PlacedTranslation {
  readonly language: string;
  readonly file: string;
  readonly texts: Structured<TranslatedTexts>;
}

/** What the files of a folder hold, each read on its own; what could not be read is undefined. */
export interface Draft {
  /** Whether a file could not be read, so that nobody knows what stands in it. */
  readonly isPartial: boolean;
  readonly meta: Structured<EditionMeta> | undefined;
  readonly methodology: Structured<Methodology> | undefined;
  readonly companies: Records<Company> | undefined;
  readonly services: Records<Service> | undefined;
  readonly answers: PlacedAnswers | undefined;
  readonly assessments: readonly PlacedAssessment[];
  readonly sources: Structured<readonly Source[]> | undefined;
  readonly correspondence: Records<Letter> | undefined;
  readonly prose: Readonly<Partial<Record<ProseFile, TextFile>>>;
  readonly findings: readonly PlacedFinding[];
  readonly findingsFile: TextFile | undefined;
  readonly published: Records<PublishedFigure> | undefined;
  readonly deviations: Structured<readonly Deviation[]> | undefined;
  readonly corrections: Structured<readonly Correction[]> | undefined;
  readonly translations: readonly PlacedTranslation[];
  readonly quotes: Structured<readonly Quote[]> | undefined;
  readonly searches: Records<Search> | undefined;
  readonly evidence: Evidence | undefined;
}
