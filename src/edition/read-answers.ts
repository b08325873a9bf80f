import { codeIn, isAskedOf, type Leaf, leavesOf } from './answer-leaves.ts';
import { type Answers, CODE, STATES } from './answers.ts';
import { parseCsvColumns } from './csv-columns.ts';
import { isErrorValue, spreadsheetDamage } from './csv-file.ts';
import { type AnswersTable, explainRow } from './explain-answers.ts';
import type { Methodology } from './methodology-schema.ts';
import type { Company, Service } from './model.ts';
import type { Place, Report, TextFile } from './place.ts';
import { COLUMNS } from './records.ts';

/** The answers of a folder, and where each row of them stands. */
export interface PlacedAnswers {
  readonly answers: Answers;
  /** What the rows cite that could not be taken. */
  readonly citedElsewhere: readonly string[];
  at(row: number, column: string): Place;
}

/** Parses answers.csv; what its cells mean is looked up afterwards. */
export const parseAnswers = (source: TextFile, report: Report): AnswersTable | undefined =>
  parseCsvColumns(source, COLUMNS.answers, ['note'], report);

/**
 * Looks up the ids and answers in the rows of answers.csv and lays the answers out densely. Rows that do not hold are reported and
 * left out; what is missing is reported too. Cost: one pass over the rows, and units × leaves codes.
 */
export function lookUpAnswers(
  table: AnswersTable,
  methodology: Methodology,
  companies: readonly Company[],
  services: readonly Service[],
  report: Report,
): PlacedAnswers {
  const companyIds = new Set(companies.map((company) => company.id)); // sets, as a doubled id is one mistake and reported elsewhere
  const units = [...companyIds.union(new Set(services.map((service) => service.id)))];
  const unitIndex = new Map(units.map((unit, index) => [unit, index]));
  const leaves = leavesOf(methodology, services);
  const leafOf = new Map(leaves.map((leaf) => [leaf.measure.id, leaf]));
  const columns = COLUMNS.answers.map((name) => table.column(name));
  const codes = new Uint16Array(units.length * leaves.length);
  const kept = keptRows(table.length);
  const citedElsewhere: string[] = [];
  const explain = explainRow(table, methodology, unitIndex, companyIds.size, leafOf, report);
  for (let row = 0; row < table.length; row++) {
    const [unitId = '', measure = '', answer = '', citations = '', note = ''] = columns.map(
      (cells) => cells[row],
    );
    const unit = unitIndex.get(unitId);
    const leaf = leafOf.get(measure);
    const code = leaf && codeIn(leaf, answer);
    const isAsked =
      leaf === undefined || unit === undefined || isAskedOf(leaf, unitId, unit < companyIds.size);
    const isWithheld = leaf?.isWithheld(unitId) === true;
    const cell = unit === undefined || leaf === undefined ? -1 : unit * leaves.length + leaf.index;
    if (unit === undefined || leaf === undefined || code === undefined || !isAsked || isWithheld) {
      explain(row, unit, leaf, code, isAsked);
      citedElsewhere.push(citations);
      // A row whose answer alone is wrong still answers its leaf: it is not missing as well.
      if (cell >= 0 && !isWithheld) codes[cell] ||= CODE.NOT_ASSESSED;
    } else if (codes[cell] !== CODE.NONE) {
      report(
        'answer-double',
        table.at(row, 'measure'),
        `“${unitId}” is answered twice for “${measure}”. Keep one of the rows.`,
      );
    } else {
      codes[cell] = code;
      kept.add(row, unit, leaf.index);
    }
    if (isErrorValue(citations))
      report('spreadsheet-damage', table.at(row, 'citations'), spreadsheetDamage(citations) ?? '');
    if (isErrorValue(note))
      report('spreadsheet-damage', table.at(row, 'note'), spreadsheetDamage(note) ?? '');
  }
  reportMissing(table, codes, units, companyIds.size, leaves, report);
  const numbers = new Map(
    leaves.flatMap((leaf) =>
      leaf.number
        ? [
            [
              leaf.measure.id,
              [...leaf.codes.keys()].filter((text) => !STATES.some((state) => state === text)),
            ] as const,
          ]
        : [],
    ),
  );
  const answers: Answers = {
    units,
    leaves: leaves.map((leaf) => leaf.measure.id),
    codes,
    numbers,
    rows: {
      ...kept.rows(),
      citations: kept.cells(table.column('citations')),
      note: kept.cells(table.column('note')),
    },
  };
  return {
    answers,
    citedElsewhere,
    at: (row, name) => table.at(kept.row(row), name as (typeof COLUMNS.answers)[number]),
  };
}

/** The rows of a table that hold: which they are, of whom and on what. */
function keptRows(most: number) {
  const [rows, units, leaves] = [new Int32Array(most), new Int32Array(most), new Int32Array(most)];
  let length = 0;
  return {
    add: (row: number, unit: number, leaf: number): void => {
      rows[length] = row;
      units[length] = unit;
      leaves[length] = leaf;
      length++;
    },
    row: (index: number): number => rows[index] ?? 0,
    rows: () => ({ length, unit: units.slice(0, length), leaf: leaves.slice(0, length) }),
    /** A column of the table without the rows that do not hold. */
    cells: (column: readonly string[]): readonly string[] =>
      length === column.length ? column : Array.from(rows.subarray(0, length), (row) => column[row] ?? ''),
  };
}

function reportMissing(
  table: AnswersTable,
  codes: Uint16Array,
  units: readonly string[],
  companies: number,
  leaves: readonly Leaf[],
  report: Report,
): void {
  if (!codes.includes(CODE.NONE)) return;
  const end = table.at(table.length, 'unit');
  let missing = 0;
  units.forEach((unit, index) => {
    const kind = index < companies ? 'company' : 'service';
    for (const leaf of leaves) {
      if (
        leaf.unit !== kind ||
        (kind === 'service' && !leaf.asked.has(unit)) ||
        leaf.isWithheld(unit) ||
        codes[index * leaves.length + leaf.index] !== CODE.NONE
      )
        continue;
      missing++;
      if (missing > MOST_MISSING) continue;
      const what = `There is no row for “${unit}” on “${leaf.measure.id}”`;
      report('answer-missing', end, `${what}. Add one; if nobody looked, answer not-assessed.`);
    }
  });
  if (missing > MOST_MISSING) {
    report(
      'answer-missing',
      end,
      `${missing.toLocaleString('en')} rows are missing in all; the first ${MOST_MISSING} are listed.`,
    );
  }
}

/** So many missing rows are listed one by one; a file that lacks more lacks something else. */
const MOST_MISSING = 1000;
