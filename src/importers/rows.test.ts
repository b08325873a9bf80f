import { describe, expect, it } from 'vitest';
import { ods, xlsx } from '../../tests/office.ts';
import { readRows } from './rows.ts';

async function rowsOf(text: string, step: number) {
  const bytes = Buffer.from(text);
  const { rows, columns } = await readRows({
    name: 'a.csv',
    async *open() {
      for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
    },
  });
  const found: string[][] = [];
  for await (const row of rows) found.push([String(row.line), ...columns.map((name) => row.cell(name))]);
  return found;
}

describe('rows of a CSV file', () => {
  it('are the same however the file comes in', async () => {
    const lines = Array.from({ length: 40_000 }, (_, row) => `${row};"x;\r\n""${row}"""\r\n`);
    const text = `a;b\r\n${lines.join('')}`;
    const rows = await rowsOf(text, 777);
    expect(rows).toHaveLength(40_000);
    expect(rows[39_999]).toEqual(['80000', '39999', 'x;\n"39999"']);
    expect(await rowsOf(text, text.length)).toEqual(rows);
  });

  it('are refused where a quote is never closed, soon', async () => {
    await expect(rowsOf(`a,b\n"${'1,2\n'.repeat(400_000)}`, 100_000)).rejects.toThrow(
      'a.csv, line 2: a quote',
    );
  });

  it.each([
    ['empty lines', `a,b\n${'\n'.repeat(400_000)}1,2`, 1],
    ['short lines', `a,b\n${'1,2\n'.repeat(200_000)}`, 200_000],
    ['quotes', `a,b\n${'"'.repeat(400_000)}`, 1],
  ])('are read in a time that grows with their length: %s', async (_, text, number) => {
    // These took minutes where what was left was looked through for each row; there is nothing to time, only to come to an end.
    expect((await rowsOf(text, 100_000)).length).toBe(number);
  });
});

describe('rows of a spreadsheet', () => {
  const rowsIn = async (name: string, bytes: Uint8Array) => {
    const { rows } = await readRows({
      name,
      async *open() {
        yield bytes;
      },
    });
    let count = 0;
    for await (const row of rows) count += row.line > 0 ? 1 : 0;
    return count;
  };

  it('that is repeated without end is refused before it takes the memory', async () => {
    const row =
      '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>';
    const bytes = ods(`<table:table table:name="A">${row.repeat(1000)}</table:table>`);
    await expect(rowsIn('a.ods', bytes)).rejects.toThrow('more than 5,000,000 cells');
  });

  it('are read where blocks that are merged cover the whole sheet many times', async () => {
    const merges = Array.from({ length: 5000 }, (_, row) => `<mergeCell ref="A${row + 2}:XFD1048576"/>`);
    const rows = Array.from(
      { length: 5000 },
      (_, row) => `<row r="${row + 1}"><c r="A${row + 1}"><v>1</v></c><c r="B${row + 1}"><v>2</v></c></row>`,
    );
    const xml = `<sheetData>${rows.join('')}</sheetData><mergeCells>${merges.join('')}</mergeCells>`;
    expect(await rowsIn('a.xlsx', xlsx([{ name: 'A', xml }]))).toBe(4999);
  });
});
