import Papa from 'papaparse';
import { characterSetOf, decoderOf } from '#formats/charset';
import { ImportError } from '../import-error.ts';
import type { SourceFile } from '../source-files.ts';

/** A record of a CSV file, and the line of the file in which it begins. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvForm {
  readonly skip: number;
  readonly separator: string | undefined;
  readonly encoding: string | undefined;
}
type Say = (message: string) => void;

export const SEPARATORS = { comma: ',', semicolon: ';', tab: '\t', bar: '|' } as const;

/** So much text is parsed at once; a record longer than that is tried again when there is twice as much, so that time grows with length only. */
const STEP = 256 * 1024;

/**
 * The records of a CSV file, those that are skipped too. The separator is found in what is not skipped.
 * @param say is told of what was read with a doubt
 * @throws ImportError for a quote that is not closed, or a character set that there is not
 */
export async function* csvRecords(file: SourceFile, form: CsvForm, say: Say): AsyncGenerator<CsvRecord> {
  const reader = recordReader(file.name, form, say);
  for await (const piece of decoded(file, await encodingOf(file, form.encoding, say)))
    yield* reader.take(piece, 'goes on');
  yield* reader.take('', 'ends');
}

function recordReader(name: string, { skip, separator: wanted }: CsvForm, say: Say) {
  let [text, line, enough, left] = ['', 1, STEP, skip];
  let separator = wanted;
  function* placed(records: readonly (readonly string[])[]): Generator<CsvRecord> {
    for (const cells of records) {
      yield { line, cells };
      line += linesIn(cells);
    }
  }
  return {
    *take(piece: string, then: 'goes on' | 'ends'): Generator<CsvRecord> {
      text += piece;
      if (then === 'goes on' && text.length < enough) return;
      enough = Math.max(STEP, 2 * text.length);
      const above = recordsAbove(text, left);
      if (above.length < left && then === 'goes on') return;
      const start = above.join('').length;
      separator ??= separatorOf(text.slice(start));
      if (left > 0) yield* placed(cellsAbove(above, separator));
      left = 0;
      const { records, end, errors } = parsed(text.slice(start), separator, then);
      const wrong = Map.groupBy(errors, ({ row }) => row ?? 0);
      let at = line;
      for (const [index, cells] of records.entries()) {
        refuseQuotes(name, at, cells, wrong.get(index) ?? [], say);
        at += linesIn(cells);
      }
      yield* placed(records);
      text = text.slice(start + end);
      enough = Math.max(STEP, 2 * text.length);
    },
  };
}

/** The first records of a text, whole, with their line ends. What stands above a table may have other separators than it, or none. */
function recordsAbove(text: string, count: number): string[] {
  const records: string[] = [];
  let [start, isQuoted] = [0, false];
  for (let at = 0; at < text.length && records.length < count; at++) {
    const character = text[at];
    if (character === '"' && (isQuoted || at === start || /[,;\t|]/.test(text[at - 1] ?? '')))
      isQuoted = !isQuoted;
    if (character !== '\n' || isQuoted) continue;
    records.push(text.slice(start, at + 1));
    start = at + 1;
  }
  return records;
}

const cellsAbove = (records: readonly string[], separator: string): (readonly string[])[] =>
  records.map((record) => parsed(record.replace(/\n$/, ''), separator, 'ends').records[0] ?? ['']);

/** A quote that is not closed takes in what follows it; what is in quotes that are not doubled is read, and said. */
function refuseQuotes(
  name: string,
  line: number,
  cells: readonly string[],
  errors: readonly Papa.ParseError[],
  say: Say,
): void {
  if (errors.length === 0) return;
  const index = Math.max(
    0,
    cells.findLastIndex((cell) => cell.includes('\n')),
  );
  const cell = cells[index] ?? '';
  const at = line + linesIn(cells.slice(0, index)) - 1;
  const begin = cell.split('\n')[0]?.slice(0, 60) ?? '';
  if (errors.some(({ code }) => code === 'MissingQuotes') || cell.includes('\n'))
    throw new ImportError(
      `${name}, line ${at}: a quote opens before “${begin || cells.at(-1)?.slice(0, 60)}” and is not closed, so that the rows below it would be one cell. Close it; a quote within a cell in quotes is written twice.`,
    );
  say(
    `${name}, line ${line}: a quote within a cell in quotes is not written twice; it is read as it stands.`,
  );
}

/** How many lines of the file a record takes up. */
function linesIn(cells: readonly string[]): number {
  let lines = 1;
  for (const cell of cells)
    for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) lines++;
  return lines;
}

/** The records of a text; of one that goes on, without the last, which may not be whole. */
function parsed(text: string, delimiter: string, then: 'goes on' | 'ends') {
  const form: Papa.ParseConfig = { delimiter, newline: '\n' };
  const { data, meta, errors } = new Papa.Parser(form).parse(text, 0, then === 'goes on') as Papa.ParseResult<
    string[]
  >;
  return { records: data, end: meta.cursor, errors: errors.filter(({ type }) => type === 'Quotes') };
}

/** So much of a table shows what separates its cells. */
const GLANCE = 64 * 1024;

/** What separates the cells of a table: what divides most of its first rows into as many cells as its first, and those into most. */
function separatorOf(text: string): string {
  const candidates = Object.values(SEPARATORS).map((separator) => {
    const { records } = parsed(text.slice(0, GLANCE), separator, 'ends');
    const rows = records.filter((cells) => cells.some((cell) => cell.trim() !== '')).slice(0, 100);
    const columns = rows[0]?.length ?? 1;
    const alike = rows.filter((cells) => cells.length === columns).length / Math.max(1, rows.length);
    return { separator, columns, alike: columns < 2 ? 0 : alike };
  });
  const [best] = candidates.toSorted((a, b) => b.alike - a.alike || b.columns - a.columns);
  return best && best.alike > 0 ? best.separator : ',';
}

/** Lines end in LF, whatever the file has: of a carriage return at the end of a piece, the next tells whether it stands alone. */
async function* decoded(file: SourceFile, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  let held = '';
  for await (const chunk of file.open()) {
    const text = held + decoder.decode(chunk, { stream: true });
    held = text.endsWith('\r') ? '\r' : '';
    yield text.slice(0, text.length - held.length).replace(/\r\n?/g, '\n');
  }
  yield (held + decoder.decode()).replace(/\r\n?/g, '\n');
}

/** What is looked at to tell a character set. */
const SAMPLE = 1024 * 1024;

/** The character set that is said; else by its byte-order mark; else UTF-8 if all of it is; else the likeliest, which is said. */
async function encodingOf(file: SourceFile, wanted: string | undefined, say: Say): Promise<string> {
  if (wanted !== undefined) {
    const decoder = decoderOf(wanted);
    if (decoder) return decoder.encoding;
    throw new ImportError(
      `There is no encoding “${wanted}”. Say one such as utf-8, utf-16le, windows-1252, windows-1251 or iso-8859-2.`,
    );
  }
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let sample = new Uint8Array(0);
  let isUtf8 = true;
  for await (const chunk of file.open()) {
    if (sample.length === 0) refuseOtherFormat(file.name, chunk);
    if (sample.length < SAMPLE) sample = Buffer.concat([sample, chunk]);
    else if (!isUtf8) break;
    isUtf8 &&= reads(utf8, chunk, true);
  }
  isUtf8 &&= reads(utf8, new Uint8Array(0), false);
  const guess = characterSetOf(sample);
  if (isUtf8 && (guess === undefined || !/^utf-16/.test(guess))) return 'utf-8';
  const likeliest = guess ?? 'windows-1252';
  if (sample[0] !== 0xff && sample[0] !== 0xfe)
    say(
      `“${file.name}” does not say its encoding and is not UTF-8; it is read as ${likeliest}, by the frequencies of its letters. If letters look wrong, say “encoding” in the mapping.`,
    );
  return likeliest;
}

const OTHER_FORMATS: readonly (readonly [begins: string, is: string])[] = [
  ['PK\u0003\u0004', 'a spreadsheet or another archive: call it .xlsx or .ods if it is one'],
  [
    '\u00d0\u00cf\u0011\u00e0',
    'in an old format of Excel: open it in a spreadsheet program and save it as XLSX',
  ],
  ['%PDF', 'a PDF: take the table out of it first'],
];

/** What is no text is said to be none before anybody reads it as one. */
function refuseOtherFormat(name: string, bytes: Uint8Array): void {
  const begin = Buffer.from(bytes.subarray(0, 8)).toString('latin1');
  for (const [begins, is] of OTHER_FORMATS)
    if (begin.startsWith(begins)) throw new ImportError(`“${name}” is no CSV file but ${is}.`);
}

function reads(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array, stream: boolean): boolean {
  try {
    decoder.decode(bytes, { stream });
    return true;
  } catch {
    return false;
  }
}
