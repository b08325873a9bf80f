import { type Leaf, MOST_NUMBERS, NUMBER } from './answer-leaves.ts';
import type { ColumnTable } from './csv-columns.ts';
import { spreadsheetDamage } from './csv-file.ts';
import { didYouMean, ID_PATTERN, suggester } from './ids.ts';
import type { Methodology, Scale } from './methodology-schema.ts';
import type { Report } from './place.ts';
import type { COLUMNS } from './records.ts';

export type AnswersTable = ColumnTable<(typeof COLUMNS.answers)[number]>;

/** Gives what says what is wrong with a row that could not be taken. */
export function explainRow(
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
    const cell = (name: (typeof COLUMNS.answers)[number]) => table.column(name)[row] ?? '';
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
    if (unit !== undefined) {
      const why = whyNotAsked(leaf, cell('unit'), unit < companies, isAsked);
      if (why) report('answer-wrong-unit', table.at(row, 'unit'), why);
    }
  };
}

/** Undefined where the unit is asked. */
function whyNotAsked(leaf: Leaf, unit: string, isCompany: boolean, isAsked: boolean): string | undefined {
  const { id } = leaf.measure;
  if (isAsked)
    return leaf.isWithheld(unit)
      ? `A score is given for “${unit}” in the place of what “${id}” counts for. Remove the row, or the exception.`
      : undefined;
  if (leaf.unit === 'service' && !isCompany)
    return `“${unit}” is not among the services that are asked “${id}”: it has parts, which are asked, or is of a kind that is not in scope.`;
  const wanted = leaf.unit === 'company' ? 'companies' : 'services';
  return `“${id}” is answered for ${wanted}; “${unit}” is a ${isCompany ? 'company' : 'service'}.`;
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
    const isExcluded = leaf.measure.excludes?.includes(answer);
    const off = isExcluded
      ? `“${leaf.measure.id}” does not admit “${answer}”`
      : `“${answer}” is not on the scale of “${leaf.measure.id}”`;
    const said = answer === '' ? 'The answer is missing' : off;
    report(
      'answer-off-scale',
      place,
      `${said}; it ${isExcluded ? 'admits' : 'has'} ${[...leaf.codes.keys()].join(', ')}.${likely(answer, leaf)}`,
    );
  }
}

/** What people and spreadsheets write for an answer or a state. */
const WRITTEN: Readonly<Record<string, readonly string[]>> = {
  'not-applicable': ['n/a', 'na', 'n.a.', 'not applicable', '#n/a'],
  'not-assessed': ['-', '–', '?', 'tbd', 'todo', 'none', 'nan', 'null', 'not assessed'],
  'no-evidence': ['no evidence', 'nothing found', 'not found'],
  yes: ['true', 'y', 'yes', 'x', '1'],
  no: ['false', 'n', 'no', '0'],
};

function likely(answer: string, { codes }: Leaf): string {
  const word = answer.trim().toLowerCase();
  const meant =
    [...codes.keys()].find((own) => own.toLowerCase() === word) ??
    [...codes.keys()].find((own) => WRITTEN[own]?.includes(word));
  return meant === undefined ? didYouMean(answer, codes.keys()) : ` Did you mean “${meant}”?`;
}

function offNumbers(answer: string, leaf: Leaf, { min, max }: Scale): string {
  if (answer === '') return 'The answer is missing. Write a number or a state.';
  if (!NUMBER.test(answer) && likely(answer, leaf) !== '')
    return `“${answer}” is no answer to “${leaf.measure.id}”.${likely(answer, leaf)}`;
  if (!NUMBER.test(answer))
    return `“${answer}” is no number, as “${leaf.measure.id}” is answered with. Write it with digits, a point for decimals, and no separators.`;
  if (leaf.codes.size >= MOST_NUMBERS)
    return `“${leaf.measure.id}” has more than ${MOST_NUMBERS.toLocaleString('en')} different numbers. Round them.`;
  return `${answer} is outside the scale of “${leaf.measure.id}”, which goes from ${min ?? 'any number'} to ${max ?? 'any number'}. Mend the answer or the scale.`;
}
