import type { Source } from '#edition/index';
export interface ReferenceWords {
  readonly undated: string;
}
export interface ReferencePart {
  readonly kind: 'text' | 'title' | 'container';
  readonly text: string;
}
export function reference(
  source: Source,
  _language: string,
  _words: ReferenceWords,
): readonly ReferencePart[] {
  return [{ kind: 'title', text: source.title }];
}
