import type { DocumentText } from '../document-text.ts';
import { readCells, type SheetRow } from './sheet-cells.ts';
import { numberShow } from './sheet-numbers.ts';
import { workbookOf } from './sheet-package.ts';
import { walkXml } from './xml.ts';
import { unzipTexts } from './zip-files.ts';

/** Beyond this many columns apart, cells stand side by side: one cell far out must not cost a tab for each before it. */
const FAR = 256;

/**
 * A spreadsheet as it is shown: each sheet with its name, a line a row, a tab between columns, numbers and dates as they are formatted. Only cells that are there
 * are read, wherever they stand. What is in hidden sheets, rows and columns is given apart.
 * @throws Error if it is none
 */
export function sheetText(bytes: Uint8Array): Partial<DocumentText> {
  const files = unzipTexts(
    bytes,
    (name) => /\.(?:xml|rels)$/i.test(name) && !/drawing|theme|media|pivot|vml/i.test(name),
  );
  const { sheets, from1904, strings: shared, styles } = workbookOf(files);
  if (sheets.length === 0) throw new Error('it holds no sheet');
  const strings = sharedStrings(shared);
  const show = numberShow(styles, from1904);
  const shown: string[] = [];
  const hidden: string[] = [];
  let unstored = 0;
  for (const sheet of sheets) {
    const own = readCells(files.get(sheet.path) ?? '', strings, show);
    unstored += own.unstored;
    const visible = own.rows.filter((row) => !row.hidden);
    (sheet.hidden ? hidden : shown).push([sheet.name, ...linesOf(visible)].join('\n'));
    const away = own.rows.filter((row) => row.hidden);
    if (away.length > 0) hidden.push([sheet.name, ...linesOf(away)].join('\n'));
    if (own.hiddenCells.length > 0) hidden.push([sheet.name, ...linesOf(own.hiddenCells)].join('\n'));
  }
  return {
    text: shown.join('\n\n'),
    hidden: hidden.join('\n\n'),
    remarks:
      unstored > 0
        ? [
            `${unstored} of its formulas were saved without a value: open it, save it again, and capture that file`,
          ]
        : [],
  };
}

function linesOf(rows: readonly SheetRow[]): string[] {
  let first = Number.POSITIVE_INFINITY;
  for (const { cells } of rows) first = Math.min(first, cells[0]?.column ?? first);
  const lines: string[] = [];
  let before = 0;
  for (const { number, cells } of rows) {
    if (before > 0 && number > before + 1) lines.push('');
    before = number;
    let line = '';
    let column = first;
    for (const cell of cells) {
      const apart = cell.column - column;
      line += (apart > FAR ? '\t' : '\t'.repeat(Math.max(0, apart))) + cell.text;
      column = cell.column;
    }
    lines.push(line);
  }
  return lines;
}

/** The texts that cells name by number; how they are pronounced is left out. */
function sharedStrings(xml: string): string[] {
  const strings: string[] = [];
  let own = '';
  let spoken = 0;
  let inText = false;
  if (xml === '') return strings;
  walkXml(xml, {
    open(name) {
      if (name === 'si') own = '';
      if (name === 'rPh') spoken++;
      inText = name === 't' && spoken === 0;
    },
    close(name) {
      if (name === 'si') strings.push(own);
      if (name === 'rPh') spoken--;
      inText = false;
    },
    text(text) {
      if (inText) own += text;
    },
  });
  return strings;
}
