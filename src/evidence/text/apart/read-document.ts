import type { DocumentText } from '../document-text.ts';
import type { ReadRequest } from './read-frames.ts';

/** Reads a document of a kind. Runs in a process of its own; readers are loaded when the first document of their kind comes. */
export async function readDocument(request: ReadRequest, bytes: Uint8Array): Promise<Partial<DocumentText>> {
  switch (request.kind) {
    case 'html': {
      const [{ decodeText }, { htmlText }] = await Promise.all([
        import('#formats/charset'),
        import('../page/html-text.ts'),
      ]);
      const { text: html, ...decoded } = await decodeText(bytes, request);
      return { ...htmlText(html), ...decoded };
    }
    case 'text': {
      const { decodeText } = await import('#formats/charset');
      const decoded = await decodeText(bytes, request);
      return { ...decoded, text: decoded.text.replace(/^\uFEFF/, '') };
    }
    case 'mail':
      return (await import('../mail/mail-text.ts')).mailText(bytes);
    case 'pdf':
      return (await import('../pdf/pdf-text.ts')).pdfText(bytes);
    case 'sheet':
      return (await import('../office/sheet-text.ts')).sheetText(bytes);
    case 'word':
      return (await import('../office/word-text.ts')).wordText(bytes, request.type);
  }
}
