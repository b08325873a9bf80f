import { readApart } from './apart/reader.ts';
import { type DocumentKind, kindOf, refusalOf } from './document-kind.ts';
import type { DocumentText } from './document-text.ts';
import { ExtractError } from './extract-error.ts';

export type { DocumentKind } from './document-kind.ts';

/** The text of a document, as quotes stand in it, and how it was read. */
export interface Extracted extends DocumentText {
  readonly kind: DocumentKind;
  readonly type: string;
  readonly extractor: { readonly id: string; readonly version: string };
}

/** Raise the version of a kind when the text it gives changes: quotes name the text by its hash. */
export const EXTRACTORS: Readonly<Record<DocumentKind, string>> = {
  html: '2',
  pdf: '2',
  mail: '3',
  sheet: '2',
  word: '2',
  text: '2',
  picture: '1',
  other: '1',
};

export interface Document {
  readonly bytes: Uint8Array;
  readonly contentType?: string | undefined;
  /** The name of the file, or the path of the address. */
  readonly name?: string | undefined;
  /** The character set, where a person knows better than what the document declares. */
  readonly charset?: string | undefined;
}

const NOTHING: DocumentText = {
  title: '',
  language: undefined,
  text: '',
  hidden: '',
  pages: [],
  blocks: [],
  unsure: [],
  frames: [],
  charset: undefined,
  replaced: 0,
  letter: {},
  remarks: [],
};

/**
 * Reads the text of a document of any kind, in a process of its own with limits of time and memory. What has none (a picture) gives an empty one.
 * @throws ExtractError if it cannot be read
 */
export async function extractText(document: Document): Promise<Extracted> {
  const extracted = withoutText(document);
  const { kind, type } = extracted;
  const refusal = refusalOf(document);
  if (refusal !== undefined) throw new ExtractError(refusal);
  if (kind === 'picture' || kind === 'other' || document.bytes.length === 0) return extracted;
  const { contentType, charset, bytes } = document;
  const { memoryMiB: _, ...read } = await readApart({ kind, type, contentType, charset }, bytes);
  return { ...extracted, ...read };
}

/** What is known of a document whose text is not read. */
export function withoutText(document: Document): Extracted {
  const { kind, type } = kindOf(document);
  return { ...NOTHING, kind, type, extractor: { id: kind, version: EXTRACTORS[kind] } };
}
