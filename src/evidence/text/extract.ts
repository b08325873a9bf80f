import type { Block } from './blocks.ts';
import { decodeText } from './charset.ts';
import { ExtractError } from './extract-error.ts';
import { htmlText, TextLimitError, type Unsure } from './html-text.ts';
import { mailText } from './mail-text.ts';
import { pdfText } from './pdf-text.ts';
import { sheetText } from './sheet-text.ts';

export type DocumentKind = 'html' | 'pdf' | 'mail' | 'sheet' | 'text' | 'picture' | 'other';

/** The text of a document, as quotes stand in it, and how it was read. */
export interface Extracted {
  readonly kind: DocumentKind;
  readonly type: string;
  readonly title: string;
  readonly language: string | undefined;
  readonly text: string;
  /** What the page does not show, or strikes out. */
  readonly hidden: string;
  /** Where the pages of a PDF begin and end, in UTF-16 units; empty for others. */
  readonly pages: readonly (readonly [start: number, end: number])[];
  /** What the text is made of; empty for others than pages. */
  readonly blocks: readonly Block[];
  /** What could change what a reader of the page sees, and is not known. */
  readonly unsure: readonly Unsure[];
  /** Addresses of frames of which the text is not here. */
  readonly frames: readonly string[];
  readonly charset: string | undefined;
  readonly replaced: number;
  readonly extractor: { readonly id: string; readonly version: string };
}

/** Raise the version of a kind when the text it gives changes: quotes name the text by its hash. */
const VERSIONS: Readonly<Record<DocumentKind, string>> = {
  html: '2',
  pdf: '1',
  mail: '1',
  sheet: '1',
  text: '1',
  picture: '1',
  other: '1',
};

interface Document {
  readonly bytes: Uint8Array;
  readonly contentType?: string | undefined;
  /** The name of the file, or the path of the address. */
  readonly name?: string | undefined;
}

/** Reads the text of a document of any kind. What has none (a picture) gives an empty one. @throws ExtractError */
export async function extractText(document: Document): Promise<Extracted> {
  const { kind, type } = kindOf(document);
  try {
    return {
      ...NOTHING,
      ...(await read(kind, document)),
      kind,
      type,
      extractor: { id: kind, version: VERSIONS[kind] },
    };
  } catch (error) {
    if (error instanceof TextLimitError) throw new ExtractError(error.message);
    throw error;
  }
}

const NOTHING = {
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
} satisfies Partial<Extracted>;

async function read(kind: DocumentKind, { bytes, contentType }: Document): Promise<Partial<Extracted>> {
  switch (kind) {
    case 'html': {
      const { text: html, charset, replaced } = decodeText(bytes, contentType);
      return { ...htmlText(html), charset, replaced };
    }
    case 'pdf': {
      const { title, pages } = await pdfText(bytes);
      return { title, ...joinPages(pages) };
    }
    case 'mail':
      return mailText(bytes);
    case 'sheet':
      return { text: await sheetText(bytes) };
    case 'text': {
      const decoded = decodeText(bytes, contentType);
      return { ...decoded, text: decoded.text.replace(/^\uFEFF/, '') };
    }
    case 'picture':
    case 'other':
      return {};
  }
}

function joinPages(pages: readonly string[]): Pick<Extracted, 'text' | 'pages'> {
  let text = '';
  const ranges = pages.map((page): [number, number] => {
    if (text !== '') text += '\n\n';
    const start = text.length;
    text += page.replace(/\r\n?/g, '\n').trim();
    return [start, text.length];
  });
  return { text, pages: ranges };
}

const MAGIC: readonly (readonly [RegExp, DocumentKind, string])[] = [
  [/^[\s\S]{0,1024}%PDF-/, 'pdf', 'application/pdf'],
  [/^\x89PNG\r\n/, 'picture', 'image/png'],
  [/^\xff\xd8\xff/, 'picture', 'image/jpeg'],
  [/^GIF8[79]a/, 'picture', 'image/gif'],
  [/^RIFF[\s\S]{4}WEBP/, 'picture', 'image/webp'],
];
const SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const NAMES: readonly (readonly [RegExp, DocumentKind, string])[] = [
  [/\.x?html?$/i, 'html', 'text/html'],
  [/\.eml$/i, 'mail', 'message/rfc822'],
  [/\.xlsx$/i, 'sheet', SHEET],
  [/\.csv$/i, 'text', 'text/csv'],
  [/\.md$/i, 'text', 'text/markdown'],
  [/\.(?:txt|text|tsv|json|xml|ya?ml)$/i, 'text', 'text/plain'],
];

/** What a document is: by its first bytes where they tell, then by what the server says, then by its name, then by how it looks. */
function kindOf({ bytes, contentType = '', name = '' }: Document): { kind: DocumentKind; type: string } {
  const start = Buffer.from(bytes.subarray(0, 2048)).toString('latin1');
  for (const [pattern, kind, type] of MAGIC) if (pattern.test(start)) return { kind, type };
  const said = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (said === 'text/html' || said === 'application/xhtml+xml') return { kind: 'html', type: said };
  if (said === 'message/rfc822') return { kind: 'mail', type: said };
  if (said === SHEET) return { kind: 'sheet', type: said };
  for (const [pattern, kind, type] of NAMES) if (pattern.test(name)) return { kind, type: said || type };
  if (/^\s*(?:<!doctype html|<html|<head|<body)/i.test(start)) return { kind: 'html', type: 'text/html' };
  if (said.startsWith('text/') || /(?:json|xml)$/.test(said)) return { kind: 'text', type: said };
  return start.includes('\0')
    ? { kind: 'other', type: said || 'application/octet-stream' }
    : { kind: 'text', type: said || 'text/plain' };
}
