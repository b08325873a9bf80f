import fc from 'fast-check';
import readSheets from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { readEdition } from '#edition/folder';
import type { Edition } from '#edition/index';
import { openSpreadsheet } from '#formats/sheets';
import { type Scored, scoreAndRank } from '#scoring/index';
import { computingSheets, workbook } from '../src/tables/workbook.ts';
import { layOut } from '../src/tables/workbook-layout.ts';
import { anyEdition } from './oracle/editions.ts';
import { Spreadsheet } from './spreadsheet.ts';

/** The workbook, computed by its formulas: every score and every rank is what the rules give. */

const NEAR = 1e-7;

const isNear = (found: unknown, expected: unknown) =>
  typeof found === 'number' && typeof expected === 'number'
    ? Math.abs(found - expected) <= NEAR * Math.max(1, Math.abs(expected))
    : found === expected;

function differences(scored: Scored): string[] {
  const sheets = computingSheets(scored);
  const book = new Spreadsheet(sheets);
  return [
    ...scoreDifferences(
      scored,
      book,
      sheets.some(({ sheet }) => sheet === 'Scores, highest'),
    ),
    ...rankDifferences(scored, book),
  ];
}

function scoreDifferences({ edition, scores }: Scored, book: Spreadsheet, hasHighest: boolean): string[] {
  const { columns } = layOut(scores.plan);
  const units = [...edition.companies, ...edition.services];
  const ends = [
    ['Scores', 'low'],
    ...(hasHighest ? [['Scores, highest', 'high'] as const] : []),
    ['Maximum', 'max'],
  ] as const;
  const differing = (sheet: string, end: 'low' | 'high' | 'max', row: number, column: number): string[] => {
    const [id, node] = [units[row]?.id ?? '', columns[column]?.node];
    const score = node && scores.of(id, node.measure.id);
    const kind = row < edition.companies.length ? 'company' : 'service';
    if (!score || node.unit !== kind) return [];
    const found = book.at(sheet, row + 3, column + 2);
    const expected = score.kind === 'interval' ? score[end].valueOf() : 'n/a';
    return isNear(found, expected)
      ? []
      : [`${sheet}: ${id} has ${String(found)} on ${node.measure.id}, not ${expected}`];
  };
  return ends.flatMap(([sheet, end]) =>
    units.flatMap((_, row) => columns.flatMap((_column, column) => differing(sheet, end, row, column))),
  );
}

function rankDifferences({ edition, scores, ranks }: Scored, book: Spreadsheet): string[] {
  return [...ranks.order].flatMap((company, place) => {
    const { id } = edition.companies[company] ?? { id: '' };
    const score = scores.of(id, edition.methodology.ranking.measure);
    const [best, worst] = [ranks.best[company] || '–', ranks.worst[company] || '–'];
    const found = book.at('Ranking', place + 1, 0);
    const hasWorst = book.at('Ranking', 0, 5) === 'Worst rank';
    const last = hasWorst ? book.at('Ranking', place + 1, 5) : found;
    return found === best && last === worst
      ? []
      : [`${id} ranks ${String(found)}–${String(last)}, not ${best}–${worst} (${score?.kind})`];
  });
}

describe('the workbook', () => {
  it('computes the scores and ranks of any edition', () => {
    fc.assert(
      fc.property(anyEdition, (edition) => {
        expect(differences(scoreAndRank(edition))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('carries what each formula comes to beside it', () => {
    fc.assert(
      fc.property(anyEdition, (edition) => {
        const sheets = computingSheets(scoreAndRank(edition));
        const book = new Spreadsheet(sheets);
        const different = sheets.flatMap(({ sheet, data }) =>
          data.flatMap((row, line) =>
            row.flatMap((cell, column) => {
              if (cell?.type !== 'Formula') return [];
              const [found, stored] = [book.at(sheet, line, column), cell.stored];
              return isNear(found, stored) ? [] : [`${sheet} ${line} ${column}: ${found}, not ${stored}`];
            }),
          ),
        );
        expect(different).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('is read by another program with all its values, and texts that look like escapes', async () => {
    const scored = scoreAndRank(readEdition('editions/message-privacy/2016').edition as Edition);
    const bytes = await workbook(scored);
    const sheets = await readSheets(bytes);
    const [ranking] = sheets;
    const ranks = [...scored.ranks.order].map((company) => [
      scored.ranks.best[company],
      scored.edition.companies[company]?.name,
    ]);
    expect(ranking?.data.slice(1, 1 + ranks.length).map(([rank, name]) => [rank, name])).toEqual(ranks);
    const company = {
      ...scored.edition.companies[0],
      name: '_x0041_ & \u0007<b>',
      note: '=1+1',
    } as Edition['companies'][number];
    const odd = scoreAndRank({
      ...scored.edition,
      companies: [company, ...scored.edition.companies.slice(1)],
    });
    const names = openSpreadsheet(await workbook(odd))
      .find(({ name }) => name === 'companies')
      ?.read()
      .rows[1]?.cells.map(({ text }) => text);
    expect(names).toEqual(expect.arrayContaining(['_x0041_ & \u0007<b>', '=1+1']));
  });

  it('computes most cells by formulas', () => {
    const cells = fc
      .sample(anyEdition, { numRuns: 60, seed: 1 })
      .flatMap((edition) => computingSheets(scoreAndRank(edition)))
      .filter(({ sheet }) => sheet === 'Scores')
      .flatMap(({ data }) => data.slice(3).flatMap((row) => row.slice(2)))
      .filter((cell) => cell !== null);
    const formulas = cells.filter(({ type }) => type === 'Formula');
    // Leaves are values; of the rest, formulas are the rule.
    expect(formulas.length / cells.length).toBeGreaterThan(0.2);
  });
});
