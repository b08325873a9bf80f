import writeExcelFile from 'write-excel-file/node';
import { type Fraction, fraction, rounded } from '#arithmetic/index';
import { CODE, capitalised, type Edition, limitsOf, type Rounding, unitNames } from '#edition/index';
import { type ComparedBy, comparedBy, type Scored } from '#scoring/index';
import { TABLES } from './definitions.ts';
import { withStoredValues } from './stored-values.ts';
import { type FormulaContext, hasFormula, type LeafNode, scoreFormula } from './workbook-formulas.ts';
import { type Layout, layOut } from './workbook-layout.ts';

/**
 * The edition as a spreadsheet that computes: the sheet “Scores” holds the points and, above them, the weights; totals
 * and ranks are formulas over both, so that changing a weight changes the ranking. The tables follow as sheets of values.
 */

type Value = string | number | null;
interface SheetCell {
  readonly value: string | number;
  readonly type: StringConstructor | NumberConstructor | 'Formula';
  /** What a formula comes to: it stands in the file for programs that do not compute. */
  readonly stored?: string | number;
  readonly fontWeight?: 'bold';
  readonly backgroundColor?: string;
  readonly wrap?: boolean;
}
type Row = readonly (SheetCell | null)[];
export interface Sheet {
  readonly sheet: string;
  readonly data: readonly Row[];
  readonly columns: readonly { readonly width: number }[];
  readonly stickyRowsCount?: number;
  readonly stickyColumnsCount?: number;
}

/** The sheets that compute: the ranking, the scores, and what could be reached. */
export function computingSheets(scored: Scored): Sheet[] {
  const layout = layOut(scored.scores.plan);
  const highest = hasOpenTotals(scored) ? [scoresSheet(scored, layout, 'high')] : [];
  return [
    rankingSheet(scored, layout),
    scoresSheet(scored, layout, 'low'),
    ...highest,
    maximumSheet(scored, layout),
  ];
}

/** Gives the bytes of an XLSX file. */
export async function workbook(scored: Scored): Promise<Buffer> {
  const sheets = computingSheets(scored);
  for (const table of TABLES) {
    if (table.name === 'ranking' || table.name === 'scores') continue; // they are formulas here
    sheets.push(
      tableSheet(
        table.name,
        table.columns.map((column) => column.name),
        table.rows(scored),
      ),
    );
  }
  // The library’s types want mutable arrays; the data are only read.
  const input = sheets.map((sheet) => ({
    ...sheet,
    data: sheet.data.map((row) => [...row]),
    columns: [...sheet.columns],
  }));
  return withStoredValues((await writeExcelFile(input).toBuffer()) as Buffer, sheets);
}

/** The rows of the sheet “Scores” above the units: ids, names, weights. */
export const FIRST_UNIT_ROW = 4;

interface ScoredSheet {
  readonly name: string;
  readonly subtitle: readonly SheetCell[];
  readonly weights: readonly (SheetCell | null)[];
  /** The points of a leaf for a unit, over the denominator of the leaf; undefined where it is not applicable. */
  points(leaf: LeafNode, unit: number): number | undefined;
  readonly end: 'low' | 'high' | 'max';
}

/** A row a unit, a column a scored measure: constants at the leaves, formulas above them. */
function scoredSheet(
  { edition, scores }: Scored,
  layout: Layout,
  { name, subtitle, weights, points, end }: ScoredSheet,
): Sheet {
  const companies = edition.companies.length;
  const rows = [...edition.companies, ...edition.services].map((unit, index): Row => {
    const kind = index < companies ? 'company' : 'service';
    const context: FormulaContext = {
      layout,
      edition,
      unit: kind === 'company' ? index : index - companies,
      row: FIRST_UNIT_ROW + index,
      sheet: name,
      points: (leaf) => points(leaf, index),
      value: (node) => {
        if (hasFormula(scores, edition, node, unit.id)) return undefined;
        const score = scores.of(unit.id, node.measure.id);
        return score?.kind === 'interval' ? score[end].valueOf() : 'n/a';
      },
    };
    const cells = layout.columns.map((column) => {
      const isScored = column.node.unit === kind && scores.of(unit.id, column.node.measure.id) !== undefined;
      const score = scores.of(unit.id, column.node.measure.id);
      const stored = score?.kind === 'interval' ? score[end].valueOf() : 'n/a';
      return isScored ? asCell(scoreFormula(column, context), stored) : null;
    });
    return [plain(unit.id), plain('company' in unit ? String(unit.company) : ''), ...cells];
  });
  const ids = [bold('Measure'), bold(''), ...layout.columns.map((column) => bold(column.node.measure.id))];
  return {
    sheet: name,
    data: [ids, subtitle, [bold('Weight'), ...weights], ...rows],
    columns: [{ width: 22 }, { width: 16 }, ...layout.columns.map(() => ({ width: 14 }))],
    stickyRowsCount: 3,
    stickyColumnsCount: 2,
  };
}

function scoresSheet(scored: Scored, layout: Layout, end: 'low' | 'high'): Sheet {
  const names = layout.columns.map((column) => ({
    ...bold(column.node.measure.short ?? column.node.measure.name),
    wrap: true,
  }));
  const weights = layout.columns.map((column, index) =>
    end === 'low'
      ? { value: column.weight, type: Number, backgroundColor: '#fff3bf' }
      : formula(`Scores!${layout.letter(index)}3`, column.weight),
  );
  return scoredSheet(scored, layout, {
    name: end === 'low' ? 'Scores' : 'Scores, highest',
    subtitle: [bold('Name'), bold(''), ...names],
    weights: [bold(end === 'low' ? 'change me' : 'see Scores'), ...weights],
    points: (leaf, unit) => leafPoints(scored.edition, leaf, unit)?.[end],
    end,
  });
}

/** What each unit could get at most, what is not applicable left out. */
function maximumSheet(scored: Scored, layout: Layout): Sheet {
  return scoredSheet(scored, layout, {
    name: 'Maximum',
    subtitle: [bold('The most that each unit could get, what is not applicable left out')],
    weights: [
      bold('see Scores'),
      ...layout.columns.map(({ weight }, index) => formula(`Scores!${layout.letter(index)}3`, weight)),
    ],
    points: (leaf, unit) => leafPoints(scored.edition, leaf, unit)?.max,
    end: 'max',
  });
}

/** Whether missing answers leave the total of any company open. */
function hasOpenTotals({ edition, scores }: Scored): boolean {
  return edition.companies.some((company) => {
    const total = scores.of(company.id, edition.methodology.ranking.measure);
    return total?.kind === 'interval' && !total.low.equals(total.high);
  });
}

function rankingSheet(scored: Scored, layout: Layout): Sheet {
  const { edition, scores, ranks } = scored;
  const { ranking, rounding: general, measures } = edition.methodology;
  const total = layout.columns.findIndex(
    (column) => column.node.measure.id === ranking.measure && column.node.unit === 'company',
  );
  const rounding = measures.find((measure) => measure.id === ranking.measure)?.rounding ?? general;
  const by = comparedBy(edition.methodology, ranking.measure, layout.columns[total]?.node.floating ?? false);
  const last = edition.companies.length + 1;
  const isGrouped = ranking.within === 'group';
  const open = hasOpenTotals(scored);
  const header = [
    'Rank',
    capitalised(unitNames(edition.meta).ranked.one),
    'Published',
    'Exact',
    'Compared',
    ...(open ? ['Worst rank', 'Published, highest', 'Exact, highest', 'Compared, highest'] : []),
    ...(isGrouped ? ['Group'] : []),
  ];
  const group = open ? 'J' : 'F';
  const rows = [...ranks.order].map((index, place): Row => {
    const row = place + 2;
    const cell = `${layout.letter(total)}${FIRST_UNIT_ROW + index}`;
    const high = open ? 'I' : 'E';
    const score = scores.of(edition.companies[index]?.id ?? '', ranking.measure);
    const end = (column: string) =>
      score?.kind === 'interval' ? score[column === 'D' ? 'low' : 'high'] : undefined;
    const published = (exact: string) =>
      formula(
        `IF(ISNUMBER(${exact}${row}),${roundFormula(`${exact}${row}`, rounding)},"n/a")`,
        numberOf(end(exact), (value) => rounded(value, rounding).valueOf()),
      );
    const compared = (exact: string) =>
      formula(
        `IF(ISNUMBER(${exact}${row}),${comparedFormula(`${exact}${row}`, by)},"n/a")`,
        numberOf(end(exact), (value) => comparedValue(value, by)),
      );
    const [worse, better] = by.sign < 0 ? (['H', 'D'] as const) : (['D', 'H'] as const);
    const above = (column: string, than: string) =>
      isGrouped
        ? `COUNTIFS(${column}$2:${column}$${last},">"&${than}${row},${group}$2:${group}$${last},${group}${row})`
        : `COUNTIF(${column}$2:${column}$${last},">"&${than}${row})`;
    return [
      formula(`IF(ISNUMBER(E${row}),1+${above('E', high)},"–")`, ranks.best[index] || '–'),
      plain(edition.companies[index]?.name ?? ''),
      published('D'),
      formula(
        `Scores!${cell}`,
        numberOf(end('D'), (value) => value.valueOf()),
      ),
      compared(open ? worse : 'D'),
      ...(open
        ? [
            formula(
              `IF(ISNUMBER(E${row}),1+${above('I', 'E')}-IF(I${row}>E${row},1,0),"–")`,
              ranks.worst[index] || '–',
            ),
            published('H'),
            formula(
              `'Scores, highest'!${cell}`,
              numberOf(end('H'), (value) => value.valueOf()),
            ),
            compared(better),
          ]
        : []),
      ...(isGrouped ? [plain(edition.companies[index]?.group ?? '')] : []),
    ];
  });
  const notes: Row[] = [
    [],
    [plain(edition.meta.title)],
    [
      plain(
        'Ranks and totals are formulas over the sheet “Scores”; change a weight there, and they change here.',
      ),
    ],
    ...(scores.plan.nodes.length > 0 ? limitsOf(edition.meta).map(({ text }): Row => [plain(text)]) : []),
  ];
  return {
    sheet: 'Ranking',
    data: [header.map(bold), ...rows, ...notes],
    columns: [{ width: 8 }, { width: 28 }, ...header.slice(2).map(() => ({ width: 18 }))],
    stickyRowsCount: 1,
  };
}

/** What totals are compared by: the higher, the better. */
function comparedFormula(cell: string, { sign, rounding, tolerance }: ComparedBy): string {
  const step = tolerance === undefined ? 0 : fraction(tolerance).valueOf();
  const multiples = step === 0 ? `ROUND(${cell},9)` : `ROUND(ROUND(${cell}/${step},9),0)`;
  return `${sign < 0 ? '-' : ''}${rounding ? roundFormula(cell, rounding) : multiples}`;
}

/** The same of an exact total. */
function comparedValue(total: Fraction, { sign, rounding, tolerance }: ComparedBy): number {
  if (rounding) return sign * rounded(total, rounding).valueOf();
  const step = tolerance === undefined ? 0 : fraction(tolerance).valueOf();
  const near = (value: number) => Number(value.toFixed(9));
  return sign * (step === 0 ? near(total.valueOf()) : Math.round(near(total.valueOf() / step)));
}

const numberOf = (total: Fraction | undefined, of: (total: Fraction) => number): number | 'n/a' =>
  total === undefined ? 'n/a' : of(total);

function roundFormula(cell: string, { rule, digits }: Rounding): string {
  const power = 10 ** digits;
  // Spreadsheets count in doubles; nine digits first, so that 66.5 computed as 66.49999999999999 stays a tie.
  const near = `ROUND(${cell}*${power},9)`;
  if (rule === 'half-up') return `ROUND(ROUND(${cell},9),${digits})`;
  if (rule === 'floor') return `INT(${near})/${power}`;
  return `IF(MOD(ABS(${near}),1)=0.5,2*ROUND(${near}/2,0),ROUND(${near},0))/${power}`;
}

/** The points of an answer; undefined where the leaf is not applicable to the unit. */
function leafPoints(
  { answers }: Edition,
  { leaf, points }: LeafNode,
  unit: number,
): { low: number; high: number; max: number } | undefined {
  const row = points.rows[answers.codes[unit * answers.leaves.length + leaf] ?? CODE.NONE];
  const value = (points: bigint, denominator: bigint) => Number(points) / Number(denominator);
  return (
    row && {
      low: value(row.low, row.denominator),
      high: value(row.high, row.denominator),
      max: value(row.max, row.denominator),
    }
  );
}

function tableSheet(name: string, columns: readonly string[], rows: Iterable<readonly Value[]>): Sheet {
  const data: Row[] = [columns.map(bold)];
  for (const row of rows) {
    if (data.length === MOST_ROWS) {
      return {
        sheet: name,
        data: [[plain(`This table has more rows than a sheet can hold; it is in ${name}.csv.`)]],
        columns: [{ width: 22 }],
      };
    }
    data.push(
      row.map((value) =>
        value === null || value === ''
          ? null
          : typeof value === 'number'
            ? { value, type: Number }
            : plain(value),
      ),
    );
  }
  return {
    sheet: name,
    data,
    columns: columns.map((column) => ({ width: column === 'note' || column === 'text' ? 60 : 22 })),
    stickyRowsCount: 1,
  };
}

/** Excel specifications and limits. */
const MOST_ROWS = 1_048_576;

/** A cell holds at most 32,767 characters (Excel specifications and limits). */
const plain = (value: string): SheetCell => ({
  value: escaped(value.length > 32_000 ? `${value.slice(0, 32_000)}…` : value),
  type: String,
});
/** A text such as _x0041_ would be read as A, and XML has no control characters (ECMA-376, 22.9.2.19). */
const escaped = (value: string): string =>
  value
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(
      /[\p{Cc}--[\n\t]]/gv,
      (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    );
const bold = (value: string): SheetCell => ({ ...plain(value), fontWeight: 'bold' });
/** In the file format formulas stand without their equals sign (ECMA-376, part 1, 18.3.1.40). */
const formula = (value: string, stored: string | number): SheetCell => ({ value, type: 'Formula', stored });
const asCell = (value: ReturnType<typeof scoreFormula>, stored: string | number): SheetCell =>
  typeof value === 'object'
    ? formula(value.formula, stored)
    : typeof value === 'number'
      ? { value, type: Number }
      : plain(value);
