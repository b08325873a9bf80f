import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { fixFolder, readEdition } from '#edition/folder';
import { isError } from '#edition/index';
import { spreadsheetSave } from '../src/edition/spreadsheet-save.ts';
import { smallEdition } from './folders.ts';

const csv = (rows: readonly (readonly string[])[], delimiter = ',', newline = '\n') =>
  Papa.unparse(
    rows.map((row) => [...row]),
    { delimiter, newline },
  ) + newline;

/** What a spreadsheet of a country with commas and full stops makes of a file. */
function saved(rows: readonly (readonly string[])[], { mark = true, columns = 2, empty = 3 } = {}): string {
  const header = rows[0] ?? [];
  const wide = rows.map((row, index) => [
    ...row.map((cell, column) => {
      if (index === 0) return cell;
      const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(cell);
      if (day && header[column] === 'date') return `${day[3]}.${day[2]}.${day[1]}`;
      return header[column] === 'answer' && /^-?\d+\.\d+$/.test(cell) ? cell.replace('.', ',') : cell;
    }),
    ...Array.from({ length: columns }, () => ''),
  ]);
  const blank = Array.from({ length: header.length + columns }, () => '');
  return (mark ? '\uFEFF' : '') + csv([...wide, ...Array.from({ length: empty }, () => blank)], ';', '\r\n');
}

describe('an edition that a spreadsheet has saved', () => {
  const word = fc.constantFrom('ash', 'Two words', 'a; b, "c"', 'line\nbreak', 'ünï', '', 'p. 4');
  const answers = fc
    .array(
      fc.tuple(
        fc.constantFrom('u1', 'u2'),
        fc.constantFrom('m1', 'm2'),
        fc.constantFrom('yes', '2', '1.5', '-0.25', 'no-evidence'),
        word,
        word,
      ),
    )
    .map((rows) => [['unit', 'measure', 'answer', 'citations', 'note'], ...rows]);
  const letters = fc
    .array(
      fc.tuple(fc.constantFrom('ash', 'bay'), fc.constantFrom('2026-03-02', '2016', '2026-11-30', ''), word),
    )
    .map((rows) => [['company', 'date', 'about'], ...rows]);

  it.each([
    ['answers.csv', answers],
    ['answers/ash.csv', answers],
    ['correspondence.csv', letters],
  ] as const)('is as it was once it is put right: %s', (file, tables) => {
    fc.assert(
      fc.property(
        tables,
        fc.record({ mark: fc.boolean(), columns: fc.nat({ max: 3 }), empty: fc.nat({ max: 3 }) }),
        (rows, how) => {
          // Rows in which nothing stands are not there any more.
          const kept = rows.filter((row) => row.some((cell) => cell.trim() !== ''));
          expect(spreadsheetSave(file, saved(rows, how))?.text).toBe(csv(kept));
        },
      ),
    );
  });

  it('and one that was never near a spreadsheet is left alone', () => {
    fc.assert(
      fc.property(
        answers,
        (rows) =>
          spreadsheetSave('answers.csv', csv(rows)) === undefined ||
          rows.some((row) => row.some((cell) => cell !== cell.trim())),
      ),
    );
  });

  it('is read, with one remark a file, and written as it should be', () => {
    const before = readFileSync(join(smallEdition(), 'answers.csv'), 'utf8');
    const rows = Papa.parse<string[]>(before.trim()).data;
    const folder = smallEdition({ 'answers.csv': saved(rows) });
    const { problems, edition } = readEdition(folder);
    expect(problems.filter(isError)).toEqual([]);
    expect(problems.filter(({ file }) => file === 'answers.csv')).toMatchObject([
      { rule: 'spreadsheet-save', line: 1 },
    ]);
    const [fixed] = fixFolder(folder);
    expect(fixed?.found).toEqual([
      'a byte-order mark',
      'line ends of Windows',
      'semicolons',
      'empty columns',
      'empty rows',
    ]);
    const again = readEdition(folder);
    expect(again.problems.filter(({ rule }) => rule === 'spreadsheet-save')).toEqual([]);
    expect(again.edition?.answers).toEqual(edition?.answers);
    expect(Papa.parse(readFileSync(join(folder, 'answers.csv'), 'utf8').trim()).data).toEqual(rows);
    expect(fixFolder(folder)).toEqual([]);
  });

  it('what could mean two things is not changed', () => {
    const both = '\uFEFFcompany,date\r\nash,02/03/2026\r\nbay,04/05/2026\r\n';
    expect(spreadsheetSave('correspondence.csv', both)?.text).toBe(
      'company,date\nash,02/03/2026\nbay,04/05/2026\n',
    );
    const differing = 'company,date\r\nash,02/03/2026\r\nbay,25/03/2026\r\nelm,03/25/2026\r\n';
    expect(spreadsheetSave('correspondence.csv', differing)?.text).toContain('ash,02/03/2026\n');
    const answers = 'unit,measure,answer,citations,note\nu,m,"1,234",s,n \nu,n,"1,5",s,n\n';
    expect(spreadsheetSave('answers.csv', answers)?.text).toBe(
      'unit,measure,answer,citations,note\nu,m,"1,234",s,n\nu,n,1.5,s,n\n',
    );
  });

  it.each([
    ['25/03/2026', '2026-03-25', '2026-03-02'],
    ['03/25/2026', '2026-03-25', '2026-02-03'],
  ])(
    'one date that can only be read in one way tells of the others of its column: %s',
    (written, date, other) => {
      const text = `company,date\r\nash,02/03/2026\r\nbay,${written}\r\n`;
      const save = spreadsheetSave('correspondence.csv', text);
      expect(save?.text).toBe(`company,date\nash,${other}\nbay,${date}\n`);
      expect(save?.changes).toMatchObject([{ line: 2, from: '02/03/2026', to: other }, { line: 3 }]);
    },
  );

  it('a comma too many is no empty column', () => {
    const text = 'unit,measure,answer,citations,note\r\nu,m,yes,source, p. 4,\r\n';
    const { data } = Papa.parse<string[]>(spreadsheetSave('answers.csv', text)?.text.trim() ?? '');
    expect(data[1]).toHaveLength(6);
  });

  it('places are those of the file as it stands', () => {
    const rows = Papa.parse<string[]>(readFileSync(join(smallEdition(), 'answers.csv'), 'utf8').trim()).data;
    const wrong = rows.map((row, index) => (index === 3 ? row.with(2, 'Yess') : row));
    const text = saved(wrong, { empty: 0 }).replace('\r\n', '\r\n;;;;;;\r\n');
    const { problems } = readEdition(smallEdition({ 'answers.csv': text }));
    expect(problems.filter(isError)).toMatchObject([{ rule: 'answer-off-scale', line: 5 }]);
  });
});

describe('what people write in answers', () => {
  it.each([
    ['N/A', 'not-applicable'],
    ['Yes', 'yes'],
    ['TRUE', 'yes'],
    ['No', 'no'],
    ['TBD', 'not-assessed'],
  ])('“%s”: did you mean “%s”?', (written, meant) => {
    const text = readFileSync(join(smallEdition(), 'answers.csv'), 'utf8').replace(/,yes,/, `,${written},`);
    const { problems } = readEdition(smallEdition({ 'answers.csv': text }));
    const [problem] = problems.filter(({ rule }) => rule === 'answer-off-scale');
    expect(problem?.message).toContain(`Did you mean “${meant}”?`);
  });

  it('a typo in a row does not make its sources unused', () => {
    const text = readFileSync(join(smallEdition(), 'answers.csv'), 'utf8').replace(
      'north,accounts',
      'nroth,accounts',
    );
    const { problems } = readEdition(smallEdition({ 'answers.csv': text }));
    expect(problems.map(({ rule }) => rule)).toContain('unknown-id');
    expect(problems.filter(({ rule }) => rule === 'unused-source')).toEqual([]);
  });
});

describe('columns that an edition keeps for itself', () => {
  const withColumn = (declared: boolean) => {
    const folder = smallEdition();
    const answers = readFileSync(join(folder, 'answers.csv'), 'utf8').trim().split('\n');
    writeFileSync(
      join(folder, 'answers.csv'),
      `${answers.map((line, index) => `${line},${index === 0 ? '_note' : 'ask Ann'}`).join('\n')}\n`,
    );
    if (declared)
      writeFileSync(
        join(folder, 'edition.yaml'),
        `${readFileSync(join(folder, 'edition.yaml'), 'utf8')}columns: { answers: [_note] }\n`,
      );
    return readEdition(folder);
  };

  it('are declared, and passed over', () => {
    const { edition, problems } = withColumn(true);
    expect(problems.filter(isError)).toEqual([]);
    expect(JSON.stringify(edition?.answers.rows)).not.toContain('ask Ann');
  });

  it('are refused otherwise, with what to do', () => {
    const { problems } = withColumn(false);
    expect(problems[0]?.message).toContain('declared in edition.yaml, under “columns”');
  });
});
