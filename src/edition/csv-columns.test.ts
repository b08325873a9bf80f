import { describe, expect, it } from 'vitest';
import { parseCsvColumns } from './csv-columns.ts';
import { parseCsv } from './csv-file.ts';
import { textFile } from './place.ts';

const COLUMNS = ['unit', 'answer', 'note'] as const;

/** Many times what is parsed at once, with line ends and quotes in cells, so that every border falls anywhere. */
function large(rows: number): string {
  const notes = ['plain', '"two\nlines"', '"a ""word"", and a comma"', '', '"\n\n"', 'x'.repeat(90)];
  const lines = Array.from(
    { length: rows },
    (_, row) => `unit-${row % 50},${row % 4},${notes[row % notes.length]}`,
  );
  return `unit,answer,note\n${lines.join('\n')}\n`;
}

function both(text: string) {
  const problems: string[] = [];
  const report = (rule: string, place: { line: number; column: number }, message: string) => {
    problems.push(`${place.line}:${place.column} ${rule} ${message}`);
  };
  const source = textFile('answers.csv', text);
  const columns = parseCsvColumns(source, COLUMNS, ['note'], report);
  return { columns, rows: parseCsv(source, COLUMNS, report), problems };
}

describe('a large file by its columns', () => {
  it('has the cells and the places that it has by its rows', () => {
    const { columns, rows } = both(large(250_000));
    expect(columns?.length).toBe(rows?.rows.length);
    COLUMNS.forEach((name, index) => {
      const expected = rows?.rows.map((row) => row[index]) ?? [];
      const found = columns?.column(name) ?? [];
      expect(found.findIndex((cell, row) => cell !== expected[row])).toBe(-1);
    });
    for (const row of [0, 1, 60_001, 249_999])
      expect(columns?.at(row, 'note')).toEqual(rows?.at(row, 'note'));
  });

  it.each([
    ['a row with too few cells', (text: string) => `${text}ash,1\n`],
    ['an empty line', (text: string) => text.replace('\nunit-7,', '\n\nunit-7,')],
    ['a quote that is open', (text: string) => `${text}ash,1,"open\n`],
    ['a column that is not known', (text: string) => text.replace('note', 'notes')],
  ])('says where %s stands', (_, damage) => {
    const { columns, rows, problems } = both(damage(large(120_000)));
    expect([columns, rows]).toEqual([undefined, undefined]);
    const half = problems.length / 2;
    expect(problems.slice(0, half)).toEqual(problems.slice(half));
    expect(half).toBeGreaterThan(0);
  });
});
