import { didYouMean, type Measure, ownValue } from '#edition/index';
import { idMaker, slug } from './ids.ts';
import { ImportError } from './import-error.ts';
import { decimalOf, readNumber } from './reading/numbers.ts';
import type { Row } from './rows.ts';
import type { TableInput } from './table-input.ts';
import { eachTableRow } from './table-rows.ts';

/** What is asked, by what the tables call it. */
export interface Measures {
  /** By the mapping, by id, or by name. Undefined if neither the methodology nor the mapping knows it. */
  known(text: string): string | undefined;
  /** @throws ImportError if neither the methodology nor the mapping knows it */
  idOf(text: string, place: string): string;
  /** The leaves that the tables have and the methodology does not list. */
  all(): readonly Measure[];
}

export async function readMeasures(input: TableInput): Promise<Measures> {
  const { mapping, methodology } = input;
  const listed = new Set(methodology.measures.map(({ id }) => id));
  const ids = new Map(Object.entries(mapping.measures ?? {}).map(([text, id]) => [folded(text), id]));
  const names = namesOf(methodology.measures);
  const made = new Map<string, Measure>();
  const makeId = idMaker();
  for (const id of listed) makeId(id);
  const { leaves } = mapping;
  const known = (text: string): string | undefined => {
    const name = folded(text);
    const id = ids.get(name) ?? [name, slug(name)].find((own) => listed.has(own) || made.has(own));
    return id ?? names.get(name.toLowerCase());
  };
  const parentOf = (text: string): string | undefined =>
    Object.entries(leaves?.parents ?? {})
      .filter(([beginning]) => text.startsWith(beginning))
      .toSorted(([one], [other]) => other.length - one.length)[0]?.[1];
  const add = (text: string, rest: Partial<Measure>): string => {
    const id = makeId(text);
    ids.set(folded(text), id);
    made.set(id, {
      id,
      parent: parentOf(text) ?? leaves?.parent ?? '',
      name: text,
      scale: leaves?.scale ?? '',
      ...(leaves?.recorded ? { recorded: true } : {}),
      ...rest,
    });
    return id;
  };
  if (leaves?.from)
    await readListed(input, leaves.from, known, (text, rest) =>
      ids.has(folded(text)) ? undefined : add(text, rest),
    );
  return {
    known,
    idOf: (text, place) => {
      const id = known(text);
      if (id !== undefined) return id;
      if (leaves && !leaves.from) return add(folded(text), {});
      throw new ImportError(
        `${place}: nothing is known of a measure “${text.slice(0, 80)}”.${didYouMean(folded(text), [...ids.keys(), ...listed])} Add it to the methodology, to “measures” of the mapping, or let “leaves” make it.`,
      );
    },
    all: () => [...made.values()],
  };
}

const folded = (text: string) => text.trim().replace(/\s+/g, ' ');

/** The measures by their names, but those of which two have the same. */
function namesOf(measures: readonly Measure[]): Map<string, string> {
  const groups = Map.groupBy(measures, ({ name }) => folded(name).toLowerCase());
  return new Map(
    [...groups].flatMap(([name, [first, second]]) => (first && !second ? [[name, first.id] as const] : [])),
  );
}

type Leaves = NonNullable<TableInput['mapping']['leaves']>;
type Listed = NonNullable<Leaves['from']>;

/** The leaves that a table lists, with what it says of each. */
async function readListed(
  input: TableInput,
  from: Listed,
  known: (text: string) => string | undefined,
  add: (text: string, rest: Partial<Measure>) => void,
): Promise<void> {
  const columns = [
    ...[from.name, from.question, from.parent, from.weight, from.scale].flatMap((name) => name ?? []),
    ...Object.values(from.points ?? {}),
  ];
  const sums = new Map<string, number>();
  await eachTableRow(input, from, { key: from.id, others: columns, isList: true }, (row) => {
    const cell = (name: string | undefined) => (name === undefined ? '' : row.cell(name).trim());
    const text = folded(row.cell(from.id));
    if (text === '') return row.passOver('rows without a name');
    const above = cell(from.parent) === '' ? '' : (known(cell(from.parent)) ?? slug(cell(from.parent)));
    const weight = from.weight === undefined ? '' : weightIn(row, from.weight, input);
    if (weight !== '') sums.set(above, (sums.get(above) ?? 0) + Number(weight));
    const said: Partial<Measure> = {
      name: cell(from.name),
      question: cell(from.question),
      parent: above,
      weight,
      scale: slug(cell(from.scale)),
    };
    const filled = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== ''));
    add(text, { ...filled, ...pointsIn(row, from.points, input) });
  });
  for (const [above, sum] of sums)
    for (const whole of [1, 100])
      if (Math.abs(sum - whole) > 1e-9 && Math.abs(sum - whole) < whole / 10)
        input.remarks.add(
          'weights',
          `The weights ${above ? `below “${above}” ` : ''}in ${from.file} add up to ${Number(sum.toPrecision(12))}, not to ${whole}.`,
        );
}

function weightIn(row: Row, column: string, { mapping }: TableInput): string {
  const text = row.cell(column).trim();
  const said = mapping.leaves?.weights?.[text] ?? text;
  const isText = row.kind(column) === 'text';
  const sign = decimalOf(said);
  const decimal = !isText ? 'point' : (mapping.decimal ?? (sign === 'comma' ? 'comma' : 'point'));
  const number = readNumber(said, decimal);
  if (number) return number.value;
  throw new ImportError(
    `${row.place(column)}: “${text}” is no weight. Write a number, or say under “weights” of “leaves” what it stands for.`,
  );
}

/** A matrix of points: what each answer is worth on the question of a row. An answer without points cannot be given. */
function pointsIn(
  row: Row,
  columns: Listed['points'],
  { mapping }: TableInput,
): Pick<Measure, 'points' | 'excludes'> {
  if (columns === undefined) return {};
  const read = Object.entries(columns).map(([answer, column]) => {
    const text = row.cell(column).trim();
    const number = readNumber(ownValue(mapping.leaves?.points, text) ?? text, 'point');
    if (text !== '' && !number)
      throw new ImportError(
        `${row.place(column)}: “${text}” is no number of points. Write a number, or say under “points” of “leaves” what it stands for.`,
      );
    return { answer, value: number?.value };
  });
  const excludes = read.flatMap(({ answer, value }) => (value === undefined ? [answer] : []));
  return {
    points: Object.fromEntries(
      read.flatMap(({ answer, value }) => (value === undefined ? [] : [[answer, value]])),
    ),
    ...(excludes.length > 0 ? { excludes } : {}),
  };
}
