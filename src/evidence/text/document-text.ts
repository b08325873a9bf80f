import type { Block } from './blocks.ts';
import type { Unsure } from './page/html-text.ts';

/** What a reader of any kind makes of a document. */
export interface DocumentText {
  readonly title: string;
  readonly language: string | undefined;
  readonly text: string;
  /** What a reader of the document does not see, or not where it stands: hidden words, running heads of a PDF. */
  readonly hidden: string;
  /** What the text is made of; empty for others than pages. */
  readonly blocks: readonly Block[];
  /** What could change what a reader of the page sees, and is not known. */
  readonly unsure: readonly Unsure[];
  /** Addresses of frames of which the text is not here. */
  readonly frames: readonly string[];
  /** Where the pages of a PDF begin and end, in UTF-16 units; empty for others. */
  readonly pages: readonly (readonly [start: number, end: number])[];
  readonly charset: string | undefined;
  /** How many characters could not be read in that character set. */
  readonly replaced: number;
  /** Who wrote it to whom and when, where the document says so. */
  readonly letter: LetterFacts;
  /** What a person should know of the text: doubts, and what is not in it. */
  readonly remarks: readonly string[];
}

export interface LetterFacts {
  readonly author?: string | undefined;
  readonly recipients?: readonly string[] | undefined;
  /** A day: 2026-12-01. */
  readonly date?: string | undefined;
}
