import { unzipTexts, walkXml } from '#formats/packed';
import type { DocumentText } from '../document-text.ts';
import { makeTextWriter, type TextWriter } from '../text-writer.ts';
import { propertiesOf } from './word-properties.ts';

const PARTS = new Set(['content.xml', 'styles.xml', 'meta.xml', 'META-INF/manifest.xml']);
/** Spaces that one element may stand for. */
const MOST_SPACES = 100;

/**
 * The text of an OpenDocument text as one reads it, footnotes at the end. Words that are deleted, hidden or struck out are given apart.
 * @throws Error if it is none
 */
export function odtText(bytes: Uint8Array): Partial<DocumentText> {
  const files = unzipTexts(bytes, (name) => PARTS.has(name));
  if (/<(?:\w+:)?encryption-data\b/.test(files.get('META-INF/manifest.xml') ?? ''))
    throw new Error('it is locked with a password: save it without one, and capture that file');
  const content = files.get('content.xml');
  if (content === undefined) throw new Error('it holds no document');
  const styles = files.get('styles.xml') ?? '';
  const away = new Set([...awayStyles(styles), ...awayStyles(content)]);
  const { text, hidden, notes, changes } = readBody(content, away, 'body');
  const around = styles === '' ? undefined : readBody(styles, away, 'master-styles');
  return {
    ...propertiesOf(files.get('meta.xml')),
    text: [around?.text, text, notes].filter(Boolean).join('\n\n'),
    hidden: [hidden, around?.hidden].filter(Boolean).join('\n\n'),
    remarks: changes > 0 ? [`It holds tracked changes: what was deleted is not read`] : [],
  };
}

/** Styles that hide words or strike them out. */
function awayStyles(xml: string): Set<string> {
  const away = new Set<string>();
  let style = '';
  if (xml === '') return away;
  walkXml(xml, {
    open(name, attributes) {
      if (name === 'style') style = attributes.name ?? '';
      if (name !== 'text-properties' || style === '') return;
      const line = attributes['text-line-through-style'] ?? attributes['text-line-through-type'] ?? 'none';
      if (line !== 'none' || attributes.display === 'none') away.add(style);
    },
    close(name) {
      if (name === 'style') style = '';
    },
    text() {},
  });
  return away;
}

const HIDDEN = new Set(['tracked-changes', 'hidden-text', 'hidden-paragraph', 'annotation']);
const SKIPPED = new Set([
  'title',
  'desc',
  'script',
  'forms',
  'sequence-decls',
  'user-field-decls',
  'creator',
  'date',
]);

interface Body {
  readonly text: string;
  readonly hidden: string;
  readonly notes: string;
  readonly changes: number;
}

type Where = 'shown' | 'hidden' | 'notes' | 'skip';

/** Where the walk through a part stands. */
interface Place {
  readonly writers: Readonly<Record<Exclude<Where, 'skip'>, TextWriter>>;
  /** Each open element: where its words go. */
  readonly stack: Where[];
  /** For each table that is open: how many cells of the row there were, and whether this one holds something. */
  readonly rows: { cells: number; filled: boolean }[];
  items: number;
  changes: number;
}

function readBody(xml: string, away: ReadonlySet<string>, root: string): Body {
  const place: Place = {
    writers: { shown: makeTextWriter(), hidden: makeTextWriter(), notes: makeTextWriter() },
    stack: ['skip'],
    rows: [],
    items: 0,
    changes: 0,
  };
  walkXml(xml, {
    open(name, attributes) {
      if (name === 'changed-region') place.changes++;
      place.stack.push(whereTo(place, name, attributes['style-name'] ?? '', { away, root }));
      openStructure(place, name);
      openContent(place, name, attributes);
    },
    close(name) {
      if (name === 'note-citation') write(place, ']');
      place.stack.pop();
      close(place, name);
    },
    text: (text) => write(place, text.replace(/[ \t\r\n]+/g, ' ')),
  });
  const { shown, hidden, notes } = place.writers;
  return { text: shown.end(), hidden: hidden.end(), notes: notes.end(), changes: place.changes };
}

function write({ stack, writers, rows }: Place, text: string): void {
  const where = stack.at(-1) ?? 'skip';
  if (where === 'skip') return;
  // White space between elements is the layout of the file, and none of the text’s.
  const row = rows.at(-1);
  if (row && text.trim() !== '') row.filled = true;
  writers[where].text(text);
}

function whereTo(
  { stack }: Place,
  name: string,
  style: string,
  { away, root }: { readonly away: ReadonlySet<string>; readonly root: string },
): Where {
  const now = stack.at(-1) ?? 'skip';
  if (name === root) return 'shown';
  if (now === 'skip' || SKIPPED.has(name)) return 'skip';
  if (now === 'hidden' || HIDDEN.has(name)) return 'hidden';
  if (name === 'note-body') return 'notes';
  const isStyled = name === 'p' || name === 'h' || name === 'span';
  return isStyled && away.has(style) ? 'hidden' : now;
}

function openStructure(place: Place, name: string): void {
  const row = place.rows.at(-1);
  if (name === 'table') place.rows.push({ cells: 0, filled: false });
  else if (name === 'table-row' && row) row.cells = 0;
  else if (name === 'table-cell' && row) {
    if (row.cells++ > 0) place.writers.shown.text('\t');
    row.filled = false;
  } else if (name === 'p' && row?.filled && place.stack.at(-1) === 'shown') place.writers.shown.text(' ');
  else if (name === 'list-item') place.items++;
  else if (name === 'note-body') place.writers.notes.breakLine(1);
}

function openContent(place: Place, name: string, attributes: Readonly<Record<string, string>>): void {
  if (name === 'tab') write(place, '\t');
  else if (name === 's')
    write(place, ' '.repeat(Math.min(MOST_SPACES, Math.max(1, Number(attributes.c) || 1))));
  else if (name === 'note-citation') write(place, '[');
  else if (name === 'line-break') {
    const where = place.stack.at(-1) ?? 'skip';
    if (where !== 'skip') place.writers[where].line();
  }
}

function close(place: Place, name: string): void {
  const { shown } = place.writers;
  if (name === 'list-item') place.items--;
  if (name === 'table') place.rows.pop();
  if (name === 'table-row') shown.breakLine(1);
  else if (name === 'table' || name === 'list') shown.breakLine(place.rows.length > 0 ? 1 : 2);
  else if (name === 'p' || name === 'h') endParagraph(place);
}

/** A note or comment stands within a sentence: its paragraphs end, and that sentence goes on. */
function endParagraph({ writers, stack, rows, items }: Place): void {
  const within = stack.at(-1);
  if (within === 'notes' || within === 'hidden') writers[within].breakLine(within === 'notes' ? 1 : 2);
  else if (rows.length === 0)
    for (const writer of [writers.shown, writers.hidden, writers.notes]) writer.breakLine(items > 0 ? 1 : 2);
}
