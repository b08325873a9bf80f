import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readRows } from './rows.ts';
import { soundWorkbook } from './workbook-limits.ts';

const sheet = (...cells: readonly string[]) =>
  `<worksheet><sheetData>${cells.map((at) => `<row><c r="${at}"><v>1</v></c></row>`).join('')}</sheetData></worksheet>`;
const workbook = (xml: string) => zipSync({ 'xl/worksheets/sheet1.xml': strToU8(xml) });

describe('a workbook', () => {
  it.each(['XFD1048576', 'CVA20000', 'A99999999999', 'aaaaaa9999'])(
    'with a cell at %s only is refused before it is laid out',
    async (at) => {
      const content = workbook(sheet('A1', at));
      const file = {
        name: 'a.xlsx',
        async *open() {
          yield content;
        },
      };
      const reading = readRows(file);
      if (at.startsWith('A9'))
        await expect(reading).rejects.toThrow('“a.xlsx”'); // one long column
      else
        await expect(reading).rejects.toThrow(
          /has a sheet of [\d,]+ rows and [\d,]+ columns, more than can be read/,
        );
    },
  );

  it('that many people have is read on', () => {
    const cells = Array.from({ length: 50_000 }, (_, row) => `CV${row + 1}`);
    expect(() => soundWorkbook('a.xlsx', workbook(sheet(...cells)))).not.toThrow();
  });

  it('that unpacks to more than can be held is refused', () => {
    const mebibyte = 2 ** 20;
    const bomb = zipSync({ 'xl/a': new Uint8Array(3 * mebibyte) });
    expect(() => soundWorkbook('a.xlsx', bomb)).not.toThrow();
    expect(() => soundWorkbook('a.xlsx', bomb, 2 * mebibyte)).toThrow('unpacks to more than 2 MiB');
  });

  it('that is cut off is refused, and not waited for', () => {
    const whole = workbook(sheet('A1'));
    for (let length = 0; length < whole.length; length++)
      expect(() => soundWorkbook('a.xlsx', whole.subarray(0, length))).toThrow('is no spreadsheet');
  });
});
