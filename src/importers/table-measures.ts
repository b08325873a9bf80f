import { didYouMean, type Measure } from '#edition/index';
import { plainNumber } from './cells.ts';
import { idMaker, slug } from './ids.ts';
import { ImportError } from './import-error.ts';
import type { TableInput } from './table-input.ts';
import { eachTableRow } from './table-rows.ts';

/** What is asked, by what the tables call it. */
export interface Measures {
  /** @throws ImportError if neither the methodology nor the mapping knows it */
  idOf(text: string, place: string): string;
  /** The leaves that the tables have and the methodology does not list. */
  all(): readonly Measure[];
}

export async function readMeasures(input: TableInput): Promise<Measures> {
  const { mapping, methodology } = input;
  const listed = new Set(methodology.measures.map(({ id }) => id));
  const ids = new Map(Object.entries(mapping.measures ?? {}).map(([text, id]) => [folded(text), id]));
  const made = new Map<string, Measure>();
  const makeId = idMaker();
  for (const id of listed) makeId(id);
  const { leaves } = mapping;
  const add = (text: string, rest: Partial<Measure>): string => {
    const id = makeId(text);
    ids.set(folded(text), id);
    made.set(id, {
      id,
      parent: leaves?.parent ?? '',
      name: text,
      scale: leaves?.scale ?? '',
      ...(leaves?.recorded ? { recorded: true } : {}),
      ...rest,
    });
    return id;
  };
  if (leaves?.from)
    await readListed(input, leaves.from, (text, rest) =>
      ids.has(folded(text)) ? undefined : add(text, rest),
    );
  return {
    idOf: (text, place) => {
      const known =
        ids.get(folded(text)) ?? [folded(text), slug(text)].find((own) => listed.has(own) || made.has(own));
      if (known !== undefined) return known;
      if (leaves && !leaves.from) return add(folded(text), {});
      throw new ImportError(
        `${place}: nothing is known of a measure “${text.slice(0, 80)}”.${didYouMean(folded(text), [...ids.keys(), ...listed])} Add it to the methodology, to “measures” of the mapping, or let “leaves” make it.`,
      );
    },
    all: () => [...made.values()],
  };
}

const folded = (text: string) => text.trim().replace(/\s+/g, ' ');

type Listed = NonNullable<NonNullable<TableInput['mapping']['leaves']>['from']>;

/** The leaves that a table lists, with what it says of each. */
async function readListed(
  input: TableInput,
  from: Listed,
  add: (text: string, rest: Partial<Measure>) => void,
): Promise<void> {
  const columns = [from.id, from.name, from.question, from.parent, from.weight, from.scale].flatMap(
    (name) => name ?? [],
  );
  const sums = new Map<string, number>();
  await eachTableRow(input, from, columns, (row) => {
    const cell = (name: string | undefined) => (name === undefined ? '' : row.cell(name).trim());
    const text = folded(row.cell(from.id));
    if (text === '') return;
    const weight = plainNumber(cell(from.weight), input.mapping.decimal);
    if (from.weight && !/^-?\d+(?:\.\d+)?$/.test(weight))
      throw new ImportError(`${row.file}, line ${row.line}: “${cell(from.weight)}” is no weight.`);
    const above = slug(cell(from.parent));
    sums.set(above, (sums.get(above) ?? 0) + Number(weight));
    const said: Partial<Measure> = {
      name: cell(from.name),
      question: cell(from.question),
      parent: slug(cell(from.parent)),
      weight,
      scale: slug(cell(from.scale)),
    };
    add(text, Object.fromEntries(Object.entries(said).filter(([, value]) => value !== '')));
  });
  if (from.weight)
    for (const [above, sum] of sums)
      for (const whole of [1, 100])
        if (Math.abs(sum - whole) > 1e-9 && Math.abs(sum - whole) < whole / 10)
          input.remarks.add(
            'weights',
            `The weights ${above ? `below “${above}” ` : ''}in ${from.file} add up to ${Number(sum.toPrecision(12))}, not to ${whole}.`,
          );
}
