import { type Company, didYouMean, type Service } from '#edition/index';
import { idMaker } from './ids.ts';
import { ImportError } from './import-error.ts';
import type { Row } from './rows.ts';
import type { TableInput } from './table-input.ts';
import { eachTableRow } from './table-rows.ts';
import { DATE_LIKE } from './table-sources.ts';

/** Who is assessed, by what the tables call them. */
export interface Units {
  /** Undefined for an empty cell; a unit that is met first is kept, unless a table lists them all. */
  idOf(text: string, place: string): string | undefined;
  all(): { readonly companies: readonly Company[]; readonly services: readonly Service[] };
}

const folded = (text: string) => text.trim().replace(/\s+/g, ' ');

export async function readUnits(input: TableInput): Promise<Units> {
  const { mapping, remarks } = input;
  const makeId = idMaker();
  const ids = new Map<string, string>();
  const spellings = new Map<string, string>();
  const companies: Company[] = [];
  const services: Service[] = [];
  const table = mapping.units;
  const rows: Row[] = [];
  const keep = (text: string): string => {
    const id = makeId(text);
    ids.set(text, id);
    return id;
  };
  if (table) {
    const columns = [
      table.name,
      table.group,
      table.headquarters,
      table.country,
      table.note,
      table.company,
      table['part-of'],
      table.kind,
    ];
    await eachTableRow(
      input,
      table,
      { key: table.id, others: columns.flatMap((name) => name ?? []), isList: true },
      (row) => {
        const key = folded(row.cell(table.id));
        if (key === '') return row.passOver('rows without a name');
        if (ids.has(key)) {
          row.passOver('rows that stand there twice');
          remarks.add('doubled', `${row.place()}: “${key}” stands there twice; the first row counts.`);
        } else {
          keep(key);
          rows.push(row);
        }
      },
    );
    for (const row of rows) addUnit(row, table, ids, companies, services);
  }
  return {
    idOf: (text, place) => {
      const key = folded(text);
      if (key === '') {
        remarks.add('unread', `${place}: no unit is named.`, 'unread: rows without a unit');
        return undefined;
      }
      if (DATE_LIKE.test(key))
        remarks.add(
          'date-as-reference',
          `${place}: a unit is called “${key}”, which looks like a date that a spreadsheet made of a name or number.`,
          'date-as-reference: units',
        );
      const known = ids.get(key);
      if (known !== undefined) return known;
      if (table) {
        remarks.add(
          'unread',
          `${place}: “${key}” is not among the units of ${table.file}.${didYouMean(key, ids.keys())}`,
          'unread: units',
        );
        return undefined;
      }
      const alike = spellings.get(key.toLowerCase());
      if (alike !== undefined)
        remarks.add(
          'doubt',
          `${place}: “${key}” and “${alike}” are two units. If they are one, mend the table, or list it in “units”.`,
          'doubt: units that are called alike',
        );
      spellings.set(key.toLowerCase(), key);
      const id = keep(key);
      companies.push({ id, name: key, headquarters: '', country: '', group: '', note: '' });
      return id;
    },
    all: () => {
      if (companies.length === 0)
        throw new ImportError('The tables name no unit. Look at “unit” and “where” in the mapping.');
      return { companies, services };
    },
  };
}

function addUnit(
  row: Row,
  table: NonNullable<TableInput['mapping']['units']>,
  ids: ReadonlyMap<string, string>,
  companies: Company[],
  services: Service[],
): void {
  const cell = (name: string | undefined) => (name === undefined ? '' : folded(row.cell(name)));
  const id = ids.get(folded(row.cell(table.id))) ?? '';
  const name = cell(table.name) || folded(row.cell(table.id));
  const idIn = (column: string | undefined): string => {
    const text = cell(column);
    const found = ids.get(text);
    if (text !== '' && found === undefined)
      throw new ImportError(`${row.place()}: there is no unit “${text}”.${didYouMean(text, ids.keys())}`);
    return found ?? '';
  };
  const company = idIn(table.company);
  if (company === '' || company === id)
    companies.push({
      id,
      name,
      headquarters: cell(table.headquarters),
      country: /^[A-Z]{2}$/.test(cell(table.country)) ? cell(table.country) : '',
      group: cell(table.group),
      note: cell(table.note),
    });
  else
    services.push({
      id,
      company,
      part_of: idIn(table['part-of']),
      name,
      kind: cell(table.kind),
      users: undefined,
      users_counted: '',
      users_as_of: '',
      users_source: '',
      note: cell(table.note),
    });
}
