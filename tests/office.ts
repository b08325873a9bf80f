import { strToU8, zipSync } from 'fflate';

/** Documents of word processors and spreadsheets, written by hand for tests. */

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

export const paragraph = (runs: string, properties = '') =>
  `<w:p>${properties && `<w:pPr>${properties}</w:pPr>`}${runs}</w:p>`;
export const run = (text: string, look = '') =>
  `<w:r>${look && `<w:rPr>${look}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`;

export function docx(body: string, parts: Readonly<Record<string, string>> = {}): Uint8Array {
  return zip({
    'word/document.xml': `<w:document xmlns:w="${W}"><w:body>${body}</w:body></w:document>`,
    ...parts,
  });
}

export function odt(body: string, styles = '', parts: Readonly<Record<string, string>> = {}): Uint8Array {
  return zip({
    mimetype: 'application/vnd.oasis.opendocument.text',
    'content.xml': `<office:document-content><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:text>${body}</office:text></office:body></office:document-content>`,
    ...parts,
  });
}

export function ods(body: string, styles = '', parts: Readonly<Record<string, string>> = {}): Uint8Array {
  return zip({
    mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
    'content.xml': `<office:document-content><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:spreadsheet>${body}</office:spreadsheet></office:body></office:document-content>`,
    ...parts,
  });
}

interface Sheet {
  readonly name: string;
  readonly xml: string;
  readonly state?: string;
}

export function xlsx(sheets: readonly Sheet[], parts: Readonly<Record<string, string>> = {}): Uint8Array {
  const entries = sheets.map(
    ({ name, state }, index) => `<sheet name="${name}" r:id="r${index}"${state ? ` state="${state}"` : ''}/>`,
  );
  const links = sheets.map((_, index) => `<Relationship Id="r${index}" Target="worksheets/s${index}.xml"/>`);
  return zip({
    'xl/workbook.xml': `<workbook><sheets>${entries.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${links.join('')}</Relationships>`,
    ...Object.fromEntries(
      sheets.map(({ xml }, index) => [`xl/worksheets/s${index}.xml`, `<worksheet>${xml}</worksheet>`]),
    ),
    ...parts,
  });
}

export function zip(files: Readonly<Record<string, string>>): Uint8Array {
  // The first file of an OpenDocument says what it is, and is not packed.
  const level = (name: string) => (name === 'mimetype' ? 0 : 6);
  return zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, text]) => [name, [strToU8(text), { level: level(name) }]]),
    ),
  );
}
