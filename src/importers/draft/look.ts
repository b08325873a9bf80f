import { openSpreadsheet } from '#formats/sheets';
import { ImportError } from '../import-error.ts';
import { type Row, readRows, type TableForm } from '../rows.ts';
import type { SourceFile } from '../source-files.ts';
import { NUMBERLIKE } from './column.ts';

/** A table as one finds it: where its heading is, and its rows. */
export interface LookedTable {
  readonly file: string;
  readonly sheet: string | undefined;
  readonly skip: number;
  readonly heading: number;
  readonly columns: readonly string[];
  /** What stands over several columns, in the row above the heading, by column. */
  readonly sections: ReadonlyMap<string, string>;
  readonly rows: readonly Row[];
}

/** A heading stands within so many rows. */
const MOST_ABOVE = 12;
/** So many rows show what a column is. */
const MOST_ROWS = 20_000;
const GLANCE = 40;

/** The tables of a file: of a spreadsheet, each sheet that is not hidden and has a heading. */
export async function tablesIn(file: SourceFile): Promise<LookedTable[]> {
  const tables: LookedTable[] = [];
  for (const sheet of await sheetsOf(file)) {
    const table = await tableIn(file, sheet);
    if (table) tables.push(table);
  }
  return tables;
}

async function sheetsOf(file: SourceFile): Promise<(string | undefined)[]> {
  if (!/\.(?:xls[xmb]?|ods)$/i.test(file.name)) return [undefined];
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.open()) chunks.push(chunk);
  try {
    return openSpreadsheet(Buffer.concat(chunks)).flatMap(({ name, hidden }) => (hidden ? [] : [name]));
  } catch {
    await readRows(file); // refuses it in words
    return [];
  }
}

async function tableIn(file: SourceFile, sheet: string | undefined): Promise<LookedTable | undefined> {
  const candidates: { readonly form: TableForm; readonly worth: number }[] = [];
  for (let skip = 0; skip <= MOST_ABOVE; skip++) {
    const form = { sheet, skip };
    const single = await worthOf(file, form);
    const below = await worthOf(file, { sheet, skip: skip + 1 });
    if (single) candidates.push({ form, worth: single.worth });
    // Two rows make a heading where the lower one alone calls two columns the same.
    if (!below?.isTwice) continue;
    const two = { sheet, skip, heading: 2 };
    const double = await worthOf(file, two);
    if (double) candidates.push({ form: two, worth: double.worth });
  }
  const most = Math.max(...candidates.map(({ worth }) => worth));
  // The first that is nearly as good as the best: a row of the table may look like a heading too.
  const best = candidates.find(({ worth }) => worth >= 0.9 * most);
  if (!best) return undefined;
  const table = await readRows(file, best.form);
  const rows: Row[] = [];
  for await (const row of table.rows) {
    if (rows.length >= MOST_ROWS) break;
    rows.push(row);
  }
  const { skip = 0, heading = 1 } = best.form;
  const sections =
    heading === 1 && skip > 0 ? await sectionsOver(file, { sheet, skip: skip - 1, heading: 2 }) : NONE;
  return { file: file.name, sheet, skip, heading, columns: table.columns, sections, rows };
}

const NONE: ReadonlyMap<string, string> = new Map();

/** The row above a heading, where two texts or more stand over several columns each: the sections of a questionnaire. */
async function sectionsOver(file: SourceFile, form: TableForm): Promise<ReadonlyMap<string, string>> {
  const { columns } = await readRows(file, form);
  const named = columns.flatMap((joined) => {
    const at = joined.indexOf(' / ');
    return at < 0 ? [] : [[joined.slice(at + 3), joined.slice(0, at)] as const];
  });
  const wide = [...Map.groupBy(named, ([, section]) => section).values()].filter(({ length }) => length > 1);
  return wide.length > 1 ? new Map(wide.flat()) : NONE;
}

/** How good a row is as the heading: it names as many columns as it can, each once, in words, and rows follow that fill them. */
async function worthOf(
  file: SourceFile,
  form: TableForm,
): Promise<{ readonly worth: number; readonly isTwice: boolean } | undefined> {
  try {
    const { columns, rows } = await readRows(file, form);
    const names = columns.filter((name) => name !== '' && name.length < 200 && !NUMBERLIKE.test(name));
    const once = names.filter((name) => !/ \(\d+\)$/.test(name) && !names.includes(`${name} (2)`));
    let [seen, filled] = [0, 0];
    for await (const row of rows) {
      if (seen > GLANCE) break;
      // A row of one cell is a heading among the rows, or no row of this table at all.
      const weight = row.holdsOne() ? 0.5 : 1;
      seen += weight;
      filled += (weight * once.filter((name) => row.peek(name).trim() !== '').length) / once.length;
    }
    if (seen === 0 || once.length < 2) return undefined;
    const worth = once.length * (0.5 + filled / seen) - 0.01 * (form.skip ?? 0);
    return { worth, isTwice: once.length < names.length };
  } catch (error) {
    if (error instanceof ImportError) return undefined;
    throw error;
  }
}
