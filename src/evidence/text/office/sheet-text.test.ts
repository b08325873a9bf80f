import { describe, expect, it } from 'vitest';
import { xlsx } from '../../../../tests/office.ts';
import { extractText } from '../extract.ts';

const STYLES = (...formats: string[]) =>
  `<styleSheet><numFmts>${formats.map((code, index) => `<numFmt numFmtId="${200 + index}" formatCode="${code}"/>`).join('')}</numFmts><cellXfs><xf numFmtId="0"/>${formats.map((_, index) => `<xf numFmtId="${200 + index}"/>`).join('')}<xf numFmtId="9"/><xf numFmtId="14"/></cellXfs></styleSheet>`;
const cells = (...values: string[]) =>
  `<sheetData><row r="1">${values.map((value, index) => `<c r="${'ABCDEFGHIJ'[index]}1" ${value}</c>`).join('')}</row></sheetData>`;
const read = (...input: Parameters<typeof xlsx>) => extractText({ bytes: xlsx(...input), name: 'a.xlsx' });

describe('the text of a spreadsheet', () => {
  it.each([
    ['text', 't="inlineStr"><is><t>a b</t></is>', 'a b'],
    ['text of a formula', 't="str"><f>A2</f><v>x</v>', 'x'],
    ['a number', '><v>0.30000000000000004</v>', '0.3'],
    ['a percentage', 's="3"><v>0.45</v>', '45%'],
    ['a day', 's="4"><v>46000</v>', '2025-12-09'],
    ['as it is formatted', 's="1"><v>1234.5</v>', '€ 1,234.50'],
    ['a date as it is formatted', 's="2"><v>46000</v>', '09.12.2025'],
    ['yes and no', 't="b"><v>1</v>', 'TRUE'],
    ['an error', 't="e"><v>#DIV/0!</v>', '#DIV/0!'],
  ])('%s is what the sheet shows', async (_, cell, text) => {
    const styles = STYLES('&quot;€ &quot;#,##0.00', 'dd.mm.yyyy');
    expect((await read([{ name: 'S', xml: cells(cell) }], { 'xl/styles.xml': styles })).text).toBe(
      `S\n${text}`,
    );
  });

  it('has shared strings without how they are spoken, and empty cells between', async () => {
    const strings =
      '<sst><si><t>東京</t><rPh><t>トウキョウ</t></rPh></si><si><r><t>b</t></r><r><t>c</t></r></si></sst>';
    const xml =
      '<sheetData><row r="2"><c r="B2" t="s"><v>0</v></c><c r="D2" t="s"><v>1</v></c></row><row r="5"><c r="B5"><v>1</v></c></row></sheetData>';
    expect((await read([{ name: 'S', xml }], { 'xl/sharedStrings.xml': strings })).text).toBe(
      'S\n東京\t\tbc\n\n1',
    );
  });

  it('gives what is hidden apart', async () => {
    const { text, hidden } = await read([
      {
        name: 'Shown',
        xml: '<cols><col min="2" max="2" hidden="1"/></cols><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2" hidden="1"><c r="A2"><v>3</v></c></row></sheetData>',
      },
      { name: 'Away', state: 'veryHidden', xml: cells('><v>4</v>') },
    ]);
    expect(text).toBe('Shown\n1');
    expect(hidden.split(/\s+/).toSorted()).toEqual(['2', '3', '4', 'Away', 'Shown', 'Shown'].toSorted());
  });

  it('says that formulas have no value', async () => {
    const { remarks } = await read([{ name: 'S', xml: cells('><f>1+1</f>', '><v>1</v>') }]);
    expect(remarks).toEqual([expect.stringContaining('1 of its formulas')]);
  });
});
