import { unzipTexts, walkXml } from '#formats/packed';
import type { DocumentText } from '../document-text.ts';
import { makeTextWriter, type TextWriter } from '../text-writer.ts';
import { docxStyles, isOn, type Look } from './docx-styles.ts';
import { propertiesOf } from './word-properties.ts';

const PARTS = /^(?:word\/(?:document\d*|footnotes|endnotes|styles|header\d*|footer\d*)|docProps\/core)\.xml$/;

/**
 * The text of a Word document as one reads it: paragraphs, cells with tabs between, footnotes at the end, heads and feet of its pages once. Words that are
 * deleted, hidden or struck out are given apart.
 * @throws Error if it is none
 */
export function docxText(bytes: Uint8Array): Partial<DocumentText> {
  const files = unzipTexts(bytes, (name) => PARTS.test(name));
  const body =
    files.get('word/document.xml') ?? [...files].find(([name]) => name.startsWith('word/document'))?.[1];
  if (body === undefined) throw new Error('it holds no document');
  const looks = docxStyles(files.get('word/styles.xml'));
  const notesSeen = new Map<string, number>();
  const read = (xml: string) => readPart(xml, looks, notesSeen);
  const those = (pattern: RegExp) =>
    [...files]
      .filter(([name]) => pattern.test(name))
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([, xml]) => read(xml));
  const heads = those(/\/header\d*\.xml$/);
  const main = read(body);
  const notes = those(/\/(?:footnotes|endnotes)\.xml$/);
  const feet = those(/\/footer\d*\.xml$/);
  const all = [...heads, main, ...notes, ...feet];
  const changes = all.reduce((sum, { changes: own }) => sum + own, 0);
  return {
    ...propertiesOf(files.get('docProps/core.xml')),
    text: joined([...once(heads), main.text, ...notes.map(({ text }) => text), ...once(feet)]),
    hidden: joined(all.map(({ hidden }) => hidden)),
    remarks:
      changes > 0 ? [`It holds tracked changes: what was inserted is read, what was deleted is not`] : [],
  };
}

const joined = (texts: readonly string[]) => texts.filter(Boolean).join('\n\n');
const once = (parts: readonly Part[]) => [...new Set(parts.map(({ text }) => text))];

interface Part {
  readonly text: string;
  readonly hidden: string;
  readonly changes: number;
}

/** Elements that hold words which are not read where they stand, or not at all. */
const SKIPPED = new Set(['Fallback', 'instrText', 'rPrChange', 'pPrChange', 'sectPr']);
const GONE = new Set(['del', 'moveFrom']);
const MARKS: Readonly<Record<string, string>> = { tab: '\t', noBreakHyphen: '\u2011', softHyphen: '\u00ad' };

/** Where the walk through a part stands. */
interface Place {
  readonly shown: TextWriter;
  readonly hidden: TextWriter;
  readonly looks: ReadonlyMap<string, Look>;
  /** The numbers of notes, in the order in which the text names them. */
  readonly notes: Map<string, number>;
  changes: number;
  skipped: number;
  gone: number;
  inProperties: boolean;
  inText: boolean;
  inRun: boolean;
  paragraph: Look;
  run: Look;
  /** For each table that is open: how many cells of the row there were, and whether this one holds something. */
  readonly rows: { cells: number; filled: boolean }[];
}

function readPart(xml: string, looks: ReadonlyMap<string, Look>, notes: Map<string, number>): Part {
  const place: Place = {
    notes,
    shown: makeTextWriter(),
    hidden: makeTextWriter(),
    looks,
    changes: 0,
    skipped: 0,
    gone: 0,
    inProperties: false,
    inText: false,
    inRun: false,
    paragraph: {},
    run: {},
    rows: [],
  };
  walkXml(xml, {
    open: (name, attributes) => open(place, name, attributes),
    close: (name) => close(place, name),
    text(text) {
      if (place.inText && place.skipped === 0) writerOf(place).text(text);
    },
  });
  return { text: place.shown.end(), hidden: place.hidden.end(), changes: place.changes };
}

function writerOf({ paragraph, run, gone, shown, hidden }: Place): TextWriter {
  const look = { ...paragraph, ...run };
  return gone > 0 || look.vanish || look.strike ? hidden : shown;
}

function breakAll({ shown, hidden }: Place, number: 1 | 2): void {
  shown.breakLine(number);
  hidden.breakLine(number);
}

type Attributes = Readonly<Record<string, string>>;

function open(place: Place, name: string, attributes: Attributes): void {
  if (place.skipped > 0 || SKIPPED.has(name)) place.skipped++;
  else if (GONE.has(name)) {
    place.gone++;
    place.changes++;
  } else if (name === 'ins' || name === 'moveTo') place.changes++;
  else if (name === 'rPr' || name === 'pPr') place.inProperties = true;
  else if (place.inProperties) openProperty(place, name, attributes.val);
  else if (!openStructure(place, name)) openContent(place, name, attributes);
}

function openProperty(place: Place, name: string, value: string | undefined): void {
  if (name === 'pStyle') place.paragraph = { ...place.looks.get(value ?? '') };
  else if (name === 'rStyle') place.run = { ...place.looks.get(value ?? ''), ...place.run };
  else if (name === 'vanish') place.run = { ...place.run, vanish: isOn(value) };
  else if (name === 'strike' || name === 'dstrike') place.run = { ...place.run, strike: isOn(value) };
}

function openStructure(place: Place, name: string): boolean {
  const row = place.rows.at(-1);
  if (name === 'p') {
    place.paragraph = {};
    // A second paragraph of one cell stays in its row.
    if (row?.filled) place.shown.text(' ');
  } else if (name === 'r') {
    place.run = {};
    place.inRun = true;
  } else if (name === 'tbl') place.rows.push({ cells: 0, filled: false });
  else if (name === 'tr' && row) row.cells = 0;
  else if (name === 'tc' && row) {
    if (row.cells++ > 0) place.shown.text('\t');
    row.filled = false;
  } else return false;
  return true;
}

function openContent(place: Place, name: string, attributes: Attributes): void {
  const row = place.rows.at(-1);
  if (name === 't' || name === 'delText') {
    place.inText = true;
    if (row) row.filled = true;
  } else if (name === 'br' || name === 'cr') row ? writerOf(place).text(' ') : writerOf(place).line();
  else if (name === 'footnoteReference' || name === 'endnoteReference')
    writerOf(place).text(noteMark(place, name, attributes.id));
  else if ((name === 'footnote' || name === 'endnote') && attributes.type === undefined)
    place.shown.text(`${noteMark(place, `${name}Reference`, attributes.id)} `);
  else if (place.inRun && Object.hasOwn(MARKS, name)) writerOf(place).text(MARKS[name] ?? '');
  else if (name === 'sym') writerOf(place).text(symbol(attributes.char));
}

/** A note has the number that readers see: they are counted as they come, whatever the file calls them. */
function noteMark({ notes }: Place, kind: string, id = ''): string {
  const key = `${kind} ${id}`;
  const number = notes.get(key) ?? notes.size + 1;
  notes.set(key, number);
  return `[${number}]`;
}

function close(place: Place, name: string): void {
  if (place.skipped > 0) place.skipped--;
  else if (GONE.has(name)) place.gone--;
  else if (name === 'rPr' || name === 'pPr') {
    // The look of a paragraph’s mark is not the look of its words.
    if (name === 'pPr') place.run = {};
    place.inProperties = false;
  } else if (name === 't' || name === 'delText') place.inText = false;
  else if (name === 'r') place.inRun = false;
  else if (name === 'p' && place.rows.length === 0) breakAll(place, 2);
  else if (name === 'tr') breakAll(place, 1);
  else if (name === 'tbl') {
    place.rows.pop();
    breakAll(place, place.rows.length > 0 ? 1 : 2);
  }
}

/** A character of a symbol font; those of its private area mean nothing without it. */
function symbol(code: string | undefined): string {
  const point = Number.parseInt(code ?? '', 16);
  return Number.isNaN(point) || (point >= 0xe000 && point <= 0xf8ff) || point > 0xffff
    ? '\uFFFD'
    : String.fromCodePoint(point);
}
