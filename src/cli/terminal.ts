import { stripVTControlCharacters, styleText } from 'node:util';
import stringWidth from 'string-width';

/** Everything that is printed for people goes through here: colour only on a terminal that wants it, text made harmless. */

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Colours a text if the output is a terminal; `NO_COLOR` and `FORCE_COLOR` are respected. */
export function paint(
  style: Style | readonly Style[],
  text: string,
  stream: NodeJS.WriteStream = process.stdout,
): string {
  return styleText([...(typeof style === 'string' ? [style] : style)], text, { stream });
}

/** The width of the terminal; wide where the output is no terminal. */
export function terminalWidth(): number {
  return process.stdout.isTTY ? Math.max(20, process.stdout.columns) : 120;
}

/** What moves the cursor, or turns the direction of writing. */
const CONTROLS = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Texts of an edition may hold anything; on a terminal they must not move the cursor or turn the direction of writing. */
export function harmless(text: string): string {
  return stripVTControlCharacters(text).replace(CONTROLS, (character) =>
    character === '\n' || character === '\t' ? ' ' : '�',
  );
}

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/**
 * A table of plain text, as wide as the terminal at most: first columns are left out from the right (never the first `keep`), which is said
 * below it; then the widest are narrowed, and what does not fit them is cut with “…”.
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { keep = columns.length, width = terminalWidth() } = {},
): string {
  const cells = rows.map((row) => row.map(harmless));
  const natural = columns.map((column, index) =>
    cells.reduce((most, row) => Math.max(most, stringWidth(row[index] ?? '')), stringWidth(column.title)),
  );
  let shown = columns.length;
  while (shown > keep && total(natural.slice(0, shown)) > width) shown--;
  const widths = narrow(natural.slice(0, shown), process.stdout.isTTY ? width : Number.POSITIVE_INFINITY);
  const line = (texts: readonly string[]) =>
    `  ${widths.map((own, index) => pad(cut(texts[index] ?? '', own), own, columns[index]?.align ?? 'left')).join('  ')}`.trimEnd();
  const left = columns.length - shown;
  const note = `  (${count(left, 'more column')}: widen the terminal, or use --json)`;
  return [
    paint('bold', line(columns.map((column) => column.title))),
    ...cells.map(line),
    ...(left > 0 ? [paint('dim', note)] : []),
  ].join('\n');
}

const total = (widths: readonly number[]) => widths.reduce((sum, own) => sum + own + 2, 0);

/** Takes from the widest column until all fit; none gets narrower than eight. */
function narrow(widths: readonly number[], width: number): number[] {
  const narrowed = [...widths];
  while (total(narrowed) > width && Math.max(...narrowed) > 8) {
    const widest = narrowed.indexOf(Math.max(...narrowed));
    narrowed[widest] = (narrowed[widest] ?? 0) - 1;
  }
  return narrowed;
}

function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (stringWidth(kept + segment) >= width) break;
    kept += segment;
  }
  return `${kept}…`;
}

function pad(text: string, width: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - stringWidth(text)));
  return align === 'right' ? space + text : text + space;
}

/** Wraps a text at words to the width of the terminal (at most 100 columns), with an indent on every line. */
export function wrap(text: string, indent = '', width = Math.min(terminalWidth(), 100)): string {
  const lines: string[] = [];
  let line = '';
  for (const word of harmless(text).split(/\s+/).filter(Boolean)) {
    if (line && stringWidth(indent + line) + 1 + stringWidth(word) > width) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  lines.push(line);
  return lines.map((each) => indent + each).join('\n');
}

/** `1 error`, `2 errors`, `no errors`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return number === 0 ? `no ${many}` : `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

/** The styles that `paint` knows, on and off. */
const PAINT = new RegExp(`(${String.fromCharCode(27)}\\[(?:1|2|22|31|32|33|36|39)m)`);

/** A whole output as it may be printed: lines and colours stay; whatever else a text brought along that nobody made harmless does not. */
export function printable(text: string): string {
  return text
    .split(PAINT)
    .map((piece, index) =>
      index % 2 === 1
        ? piece
        : stripVTControlCharacters(piece).replace(CONTROLS, (character) =>
            character === '\n' || character === '\t' ? character : '�',
          ),
    )
    .join('');
}

export function write(text: string): void {
  process.stdout.write(`${printable(text)}\n`);
}

/** JSON of any values; the same for a program, and on a terminal nothing that moves the cursor. */
export function writeJson(value: unknown): void {
  const text = JSON.stringify(value, null, 2).replace(CONTROLS, (character) =>
    character === '\n' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  process.stdout.write(`${text}\n`);
}

export function complain(text: string): void {
  process.stderr.write(`${printable(text)}\n`);
}
