import { DOCX, ODT, RTF } from '../document-kind.ts';
import type { DocumentText } from '../document-text.ts';
import { docxText } from './docx-text.ts';
import { odtText } from './odt-text.ts';
import { rtfText } from './rtf-text.ts';

/**
 * The text of a document of a word processor, whatever the file is called. That words are kept apart is said here: of a letter, nothing else than its text is kept.
 * @throws Error if it is none
 */
export function wordText(bytes: Uint8Array, type: string): Partial<DocumentText> {
  const read = readerOf(bytes, type)(bytes);
  const { hidden = '', remarks = [] } = read;
  if (hidden.trim() === '') return read;
  const count = hidden.trim().length.toLocaleString('en');
  return {
    ...read,
    remarks: [
      ...remarks,
      `Some of its words are struck out, hidden, deleted or a comment: ${count} characters, which are not in the text`,
    ],
  };
}

function readerOf(bytes: Uint8Array, type: string): (bytes: Uint8Array) => Partial<DocumentText> {
  const start = Buffer.from(bytes.subarray(0, 64)).toString('latin1');
  if (type === RTF || /^\s*\{\\rtf/.test(start)) return rtfText;
  if (!start.startsWith('PK')) throw new Error('it is no document of a word processor');
  if (type === DOCX) return docxText;
  if (type === ODT) return odtText;
  throw new Error(`nothing is known of ${type}`);
}
