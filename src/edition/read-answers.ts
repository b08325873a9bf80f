import { fraction } from '#arithmetic/index';
import { type Answers, CODE, codeOf, STATES } from './answers.ts';
import { isErrorValue, parseCsv, spreadsheetDamage, type Table } from './csv-file.ts';
import { didYouMean, ID_PATTERN, suggester } from './ids.ts';
import type { Measure, Methodology, Scale } from './methodology-schema.ts';
import { askedOf, type Company, type Service, type UnitKind, unitOfLeaf } from './model.ts';
import type { Place, Report, TextFile } from './place.ts';
import { COLUMNS } from './records.ts';

/** The answers of a folder, and where each row of them stands. */
export interface PlacedAnswers {
  readonly answers: Answers;
  at(row: number, column: string): Place;
}

/** A leaf, ready for looking its answers up. */
interface Leaf {
  readonly index: number;
  readonly measure: Measure;
  readonly unit: UnitKind;
  /** The code of every answer and state that it admits; of numbers, of those met so far. */
  readonly codes: Map<string, number>;
  /** The scale, if it is answered with numbers. */
  readonly number: Scale | undefined;
  /** The ids of the services that are asked, where not the companies are. */
  readonly asked: ReadonlySet<string>;
}

type AnswersTable = Table<(typeof COLUMNS.answers)[number]>;

/** Parses answers.csv; what its cells mean is looked up afterwards. */
export const parseAnswers = (source: TextFile, report: Report): AnswersTable | undefined =>
  parseCsv(source, COLUMNS.answers, report);

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
  const order = COLUMNS.answers.map((name) => table.columns.indexOf(name));
  const codes = new Uint16Array(units.length * leaves.length);
  const kept = {
    row: [] as number[],
    unit: [] as number[],
    leaf: [] as number[],
    citations: [] as string[],
    note: [] as string[],
  };
  const explain = explainRow(table, methodology, unitIndex, companyIds.size, leafOf, report);
  table.rows.forEach((cells, row) => {
    const [unitId = '', measure = '', answer = '', citations = '', note = ''] = order.map(
      (index) => cells[index],
    );
    const unit = unitIndex.get(unitId);
    const leaf = leafOf.get(measure);
    const code = leaf && codeIn(leaf, answer);
    const isAsked =
      leaf === undefined || unit === undefined || isAskedOf(leaf, unitId, unit < companyIds.size);
    const cell = unit === undefined || leaf === undefined ? -1 : unit * leaves.length + leaf.index;
    if (unit === undefined || leaf === undefined || code === undefined || !isAsked) {
      explain(row, unit, leaf, code, isAsked);
      // A row whose answer alone is wrong still answers its leaf: it is not missing as well.
      if (cell >= 0) codes[cell] ||= CODE.NOT_ASSESSED;
    } else if (codes[cell] !== CODE.NONE) {
      report(
        'answer-double',
        table.at(row, 'measure'),
        `“${unitId}” is answered twice for “${measure}”. Keep one of the rows.`,
      );
    } else {
      codes[cell] = code;
      kept.row.push(row);
      kept.unit.push(unit);
      kept.leaf.push(leaf.index);
      kept.citations.push(citations);
      kept.note.push(note);
    }
    if (isErrorValue(citations))
      report('spreadsheet-damage', table.at(row, 'citations'), spreadsheetDamage(citations) ?? '');
    if (isErrorValue(note))
      report('spreadsheet-damage', table.at(row, 'note'), spreadsheetDamage(note) ?? '');
  });
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
      length: kept.row.length,
      unit: Int32Array.from(kept.unit),
      leaf: Int32Array.from(kept.leaf),
      citations: kept.citations,
      note: kept.note,
    },
  };
  return {
    answers,
    at: (row, name) => table.at(kept.row[row] ?? 0, name as (typeof COLUMNS.answers)[number]),
  };
}

const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/;
/** Codes are sixteen bits wide. */
const MOST_NUMBERS = 65_000;

/** The code of an answer; a number that was not met before gets the next one. */
function codeIn(leaf: Leaf, answer: string): number | undefined {
  const known = leaf.codes.get(answer);
  if (known !== undefined || !leaf.number || !NUMBER.test(answer) || leaf.codes.size >= MOST_NUMBERS)
    return known;
  if (isBeyond(answer, leaf.number)) return undefined;
  const numbers = [...leaf.codes.values()].filter((code) => code >= CODE.FIRST_ANSWER).length;
  const code = CODE.FIRST_ANSWER + numbers;
  leaf.codes.set(answer, code);
  return code;
}

function isBeyond(answer: string, { min, max }: Scale): boolean {
  const value = fraction(answer);
  return (min !== undefined && value.compare(min) < 0) || (max !== undefined && value.compare(max) > 0);
}

const isAskedOf = (leaf: Leaf, unit: string, isCompany: boolean) =>
  leaf.unit === 'company' ? isCompany : leaf.asked.has(unit);

function leavesOf(methodology: Methodology, services: readonly Service[]): Leaf[] {
  const byId = new Map(methodology.measures.map((measure) => [measure.id, measure]));
  const scales = new Map(methodology.scales.map((scale) => [scale.id, scale]));
  const asked = askedOf(byId, services);
  return methodology.measures
    .filter((measure) => measure.scale !== undefined)
    .map((measure, index) => {
      const scale = scales.get(measure.scale ?? '');
      const options = scale?.answers.map((answer) => answer.answer) ?? [];
      const codes = new Map<string, number>();
      options.forEach((answer, option) => {
        codes.set(answer, CODE.FIRST_ANSWER + option);
      });
      for (const state of ['not-applicable', 'no-evidence', 'not-assessed']) {
        if (state === 'no-evidence' && !measure.recorded && scale?.['no-evidence'] === undefined) continue;
        codes.set(state, codeOf(state, options) ?? CODE.NONE);
      }
      const unit = unitOfLeaf(byId, measure);
      return {
        index,
        measure,
        unit,
        codes,
        number: scale?.kind === 'number' ? scale : undefined,
        asked: new Set(unit === 'service' ? asked(measure).map((service) => service.id) : []),
      };
    });
}

/** Says what is wrong with a row that could not be taken. */
function explainRow(
  table: AnswersTable,
  methodology: Methodology,
  unitIndex: ReadonlyMap<string, number>,
  companies: number,
  leafOf: ReadonlyMap<string, Leaf>,
  report: Report,
) {
  const measures = new Map(methodology.measures.map((measure) => [measure.id, measure]));
  const suggest = { unit: suggester(unitIndex), measure: suggester(leafOf) };
  return (
    row: number,
    unit: number | undefined,
    leaf: Leaf | undefined,
    code: number | undefined,
    isAsked: boolean,
  ) => {
    const cell = (name: (typeof COLUMNS.answers)[number]) =>
      table.rows[row]?.[table.columns.indexOf(name)] ?? '';
    const unknown = (name: 'unit' | 'measure') => {
      const id = cell(name);
      const damage = ID_PATTERN.test(id) ? undefined : spreadsheetDamage(id);
      if (damage) report('spreadsheet-damage', table.at(row, name), damage);
      else if (!ID_PATTERN.test(id))
        report(
          'bad-id',
          table.at(row, name),
          `“${id}” is no id: lower-case words of a–z and 0–9 joined by single hyphens.${suggest[name](id)}`,
        );
      else report('unknown-id', table.at(row, name), `There is no ${name} “${id}”.${suggest[name](id)}`);
    };
    if (unit === undefined) unknown('unit');
    if (leaf === undefined) {
      if (measures.has(cell('measure'))) {
        report(
          'answer-to-branch',
          table.at(row, 'measure'),
          `“${cell('measure')}” combines other measures and is not answered itself. Answer its leaves.`,
        );
      } else unknown('measure');
      return;
    }
    if (code === undefined) reportOffScale(table, row, leaf, cell('answer'), report);
    if (unit !== undefined && !isAsked) {
      const wanted = leaf.unit === 'company' ? 'companies' : 'services';
      const isCompany = unit < companies;
      const why =
        leaf.unit === 'service' && !isCompany
          ? `“${cell('unit')}” is not among the services that are asked “${leaf.measure.id}”: it has parts, which are asked, or is of a kind that is not in scope.`
          : `“${leaf.measure.id}” is answered for ${wanted}; “${cell('unit')}” is a ${isCompany ? 'company' : 'service'}.`;
      report('answer-wrong-unit', table.at(row, 'unit'), why);
    }
  };
}

function reportOffScale(table: AnswersTable, row: number, leaf: Leaf, answer: string, report: Report): void {
  const damage = leaf.number && NUMBER.test(answer) ? undefined : spreadsheetDamage(answer);
  const place = table.at(row, 'answer');
  if (leaf.number && answer !== 'no-evidence' && !damage)
    report('answer-off-scale', place, offNumbers(answer, leaf, leaf.number));
  else if (damage) report('spreadsheet-damage', place, damage);
  else if (answer === 'no-evidence') {
    report(
      'answer-off-scale',
      place,
      `The scale of “${leaf.measure.id}” gives no points for no-evidence. Declare them in the scale, or answer otherwise.`,
    );
  } else {
    const said =
      answer === '' ? 'The answer is missing' : `“${answer}” is not on the scale of “${leaf.measure.id}”`;
    report(
      'answer-off-scale',
      place,
      `${said}; it has ${[...leaf.codes.keys()].join(', ')}.${didYouMean(answer, leaf.codes.keys())}`,
    );
  }
}

function offNumbers(answer: string, leaf: Leaf, { min, max }: Scale): string {
  if (answer === '') return 'The answer is missing. Write a number or a state.';
  if (!NUMBER.test(answer))
    return `“${answer}” is no number, as “${leaf.measure.id}” is answered with. Write it with digits, a point for decimals, and no separators.`;
  if (leaf.codes.size >= MOST_NUMBERS)
    return `“${leaf.measure.id}” has more than ${MOST_NUMBERS.toLocaleString('en')} different numbers. Round them.`;
  return `${answer} is outside the scale of “${leaf.measure.id}”, which goes from ${min ?? 'any number'} to ${max ?? 'any number'}. Mend the answer or the scale.`;
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
  const end = table.at(table.rows.length, 'unit');
  let missing = 0;
  units.forEach((unit, index) => {
    const kind = index < companies ? 'company' : 'service';
    for (const leaf of leaves) {
      if (
        leaf.unit !== kind ||
        (kind === 'service' && !leaf.asked.has(unit)) ||
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
