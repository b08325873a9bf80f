import type { Source } from '#edition/index';
export interface CiteItem {
  readonly id: string;
  readonly type: 'dataset' | 'report';
  readonly title: string;
  readonly publisher?: string;
  readonly issued?: string;
  readonly URL?: string;
  readonly licence?: string;
}
export const citeText = (item: CiteItem) => item.title;
export const bibtex = (item: CiteItem) => item.title;
export const ris = (item: CiteItem) => item.title;
export const cslJson = (item: CiteItem) => JSON.stringify(item);
export const sourcesAsBibtex = (sources: readonly Source[]) => String(sources.length);
export const sourcesAsRis = (sources: readonly Source[]) => String(sources.length);
