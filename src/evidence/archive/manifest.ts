import type { CaptureVerdict } from '#edition/index';

/** One request and its answer, as it went over the wire. */
export interface Hop {
  readonly address: string;
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** What a part of a capture is. */
export type Role =
  /** the response, or the file, as it came (content encodings undone) */
  | 'body'
  /** the document after the browser had run its scripts */
  | 'dom'
  /** what the browser painted, as JSON; the text is made of it */
  | 'painted'
  /** of captures by earlier versions: what the browser showed, as text */
  | 'visible'
  /** the text that quotes stand in */
  | 'text'
  /** text of the page that it does not show */
  | 'hidden'
  /** the first screen, as PNG */
  | 'picture'
  /** a letter in segments that can be redacted */
  | 'sealed';

export interface Part {
  readonly role: Role;
  readonly type: string;
  readonly sha256: string;
  readonly bytes: number;
  /** The name of the file; for steps of a walk-through, in their order. */
  readonly name?: string;
}

/** What was kept of one capture, and how it was made. Stored as canonical JSON; its SHA-256 stands in the ledger. */
export interface Manifest {
  readonly format: 1;
  readonly tool: string;
  readonly source: string;
  readonly time: string;
  readonly method: 'fetch' | 'browser' | 'file' | 'import';
  readonly address?: string;
  readonly final?: string;
  readonly hops?: readonly Hop[];
  readonly browser?: string;
  /** What a person asked for: languages, by their tags, and the character set that the page is in. The next capture is made alike. */
  readonly asked?: { readonly language?: string | undefined; readonly charset?: string | undefined };
  readonly parts: readonly Part[];
  readonly extractor?: { readonly id: string; readonly version: string };
  readonly title?: string;
  readonly language?: string;
  readonly charset?: string;
  /** How many characters could not be read in that character set. */
  readonly replaced?: number;
  /** What could change what a reader sees, and is not known from the page alone. */
  readonly unsure?: readonly ('style-sheets' | 'scripts')[];
  /** Frames that hold text of their own, which is not in this capture. */
  readonly frames?: readonly string[];
  /** Where the pages of a PDF begin and end in the text, in code points. */
  readonly pages?: readonly (readonly [start: number, end: number])[];
  readonly verdict: CaptureVerdict;
  /** Why the verdict is not ok. */
  readonly reason?: string;
  readonly note?: string;
}

export const partOf = (manifest: Manifest, role: Role): Part | undefined =>
  manifest.parts.find((part) => part.role === role);
