import { DOCX, ODT, RTF } from '../document-kind.ts';
import type { DocumentText } from '../document-text.ts';
import { docxText } from './docx-text.ts';
import { odtText } from './odt-text.ts';
import { rtfText } from './rtf-text.ts';

/** The text of a document of a word processor, whatever the file is called. @throws Error if it is none */
export function wordText(bytes: Uint8Array, type: string): Partial<DocumentText> {
  const start = Buffer.from(bytes.subarray(0, 64)).toString('latin1');
  if (type === RTF || /^\s*\{\\rtf/.test(start)) return rtfText(bytes);
  if (!start.startsWith('PK')) throw new Error('it is no document of a word processor');
  if (type === DOCX) return docxText(bytes);
  if (type === ODT) return odtText(bytes);
  throw new Error(`nothing is known of ${type}`);
}
