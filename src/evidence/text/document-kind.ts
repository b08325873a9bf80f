export type DocumentKind = 'html' | 'pdf' | 'mail' | 'sheet' | 'word' | 'text' | 'picture' | 'other';

interface Described {
  readonly bytes: Uint8Array;
  readonly contentType?: string | undefined;
  readonly name?: string | undefined;
}

const SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
export const ODT = 'application/vnd.oasis.opendocument.text';
export const RTF = 'application/rtf';

const MAGIC: readonly (readonly [RegExp, DocumentKind, string])[] = [
  [/^[\s\S]{0,1024}%PDF-/, 'pdf', 'application/pdf'],
  [/^\x89PNG\r\n/, 'picture', 'image/png'],
  [/^\xff\xd8\xff/, 'picture', 'image/jpeg'],
  [/^GIF8[79]a/, 'picture', 'image/gif'],
  [/^RIFF[\s\S]{4}WEBP/, 'picture', 'image/webp'],
  [/^\s{0,20}\{\\rtf/, 'word', RTF],
];

/** What a ZIP is, by the names of the files in it. */
const ZIPS: readonly (readonly [string, DocumentKind, string])[] = [
  ['word/document.xml', 'word', DOCX],
  ['xl/workbook.xml', 'sheet', SHEET],
  [ODT, 'word', ODT],
];

const TYPES: Readonly<Record<string, DocumentKind>> = {
  'text/html': 'html',
  'application/xhtml+xml': 'html',
  'message/rfc822': 'mail',
  [SHEET]: 'sheet',
  [DOCX]: 'word',
  [ODT]: 'word',
};

const NAMES: readonly (readonly [RegExp, DocumentKind, string])[] = [
  [/\.x?html?$/i, 'html', 'text/html'],
  [/\.eml$/i, 'mail', 'message/rfc822'],
  [/\.xlsx$/i, 'sheet', SHEET],
  [/\.docx$/i, 'word', DOCX],
  [/\.odt$/i, 'word', ODT],
  [/\.csv$/i, 'text', 'text/csv'],
  [/\.md$/i, 'text', 'text/markdown'],
  [/\.(?:txt|text|tsv|json|xml|ya?ml)$/i, 'text', 'text/plain'],
];

/** What a document is: by its bytes where they tell, then by what the server says, then by its name, then by how it looks. */
export function kindOf({ bytes, contentType = '', name = '' }: Described): {
  kind: DocumentKind;
  type: string;
} {
  const start = latin1(bytes.subarray(0, 2048));
  for (const [pattern, kind, type] of MAGIC) if (pattern.test(start)) return { kind, type };
  const zip = start.startsWith('PK\x03\x04') ? kindOfZip(bytes) : undefined;
  if (zip) return zip;
  const said = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  const kind = Object.hasOwn(TYPES, said) ? TYPES[said] : undefined;
  if (kind) return { kind, type: said };
  for (const [pattern, kind, type] of NAMES) if (pattern.test(name)) return { kind, type: said || type };
  if (/^\s*(?:<!doctype html|<html|<head|<body)/i.test(start)) return { kind: 'html', type: 'text/html' };
  if (said.startsWith('text/') || /(?:json|xml)$/.test(said)) return { kind: 'text', type: said };
  return start.includes('\0')
    ? { kind: 'other', type: said || 'application/octet-stream' }
    : { kind: 'text', type: said || 'text/plain' };
}

/** The names in a ZIP stand at its end; an OpenDocument says what it is in its first file. */
function kindOfZip(bytes: Uint8Array): { kind: DocumentKind; type: string } | undefined {
  const names = latin1(bytes.subarray(0, 512)) + latin1(bytes.subarray(-256 * 1024));
  const found = ZIPS.find(([name]) => names.includes(name));
  return found && { kind: found[1], type: found[2] };
}

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

const OLD_OFFICE = 'd0cf11e0a1b11ae1';

/** Why a document of a kind that is not read is refused, and what to do; undefined for all others. */
export function refusalOf({ bytes, name = '', contentType = '' }: Described): string | undefined {
  if (Buffer.from(bytes.subarray(0, 8)).toString('hex') !== OLD_OFFICE) return undefined;
  if (Buffer.from(bytes).includes(Buffer.from('EncryptedPackage', 'utf16le')))
    return 'the document is locked with a password: save it without one, and capture that file';
  const [what, how] =
    /\.xls$/i.test(name) || /excel/i.test(contentType)
      ? ['a spreadsheet of the old form (.xls)', '.xlsx']
      : /\.msg$/i.test(name)
        ? ['a message of Outlook (.msg)', '.eml']
        : /\.doc$/i.test(name) || /msword/i.test(contentType)
          ? ['a Word file of the old form (.doc)', '.docx or PDF']
          : ['a file of an old Office program', '.docx, .xlsx or PDF'];
  return `it is ${what}, which is not read: open it, save it as ${how}, and capture that file`;
}
