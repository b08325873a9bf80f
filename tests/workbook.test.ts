import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Scored, scoreAndRank } from '#scoring/index';
import { computingSheets } from '../src/tables/workbook.ts';
import { layOut } from '../src/tables/workbook-layout.ts';
import { anyEdition } from './oracle/editions.ts';
import { Spreadsheet } from './spreadsheet.ts';

/** The workbook, computed by its formulas: every score and every rank is what the rules give. */

const NEAR = 1e-7;

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
  const isSame = (found: unknown, expected: number | string) =>
    typeof found === 'number' && typeof expected === 'number'
      ? Math.abs(found - expected) <= NEAR * Math.max(1, Math.abs(expected))
      : found === expected;
  const differing = (sheet: string, end: 'low' | 'high' | 'max', row: number, column: number): string[] => {
    const [id, node] = [units[row]?.id ?? '', columns[column]?.node];
    const score = node && scores.of(id, node.measure.id);
    const kind = row < edition.companies.length ? 'company' : 'service';
    if (!score || node.unit !== kind) return [];
    const found = book.at(sheet, row + 3, column + 2);
    const expected = score.kind === 'interval' ? score[end].valueOf() : 'n/a';
    return isSame(found, expected)
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
