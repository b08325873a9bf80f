import type { Place, Report, TextFile } from './place.ts';

/**
 * The little of Markdown that an edition gives a meaning to: front matter, headings with an id in braces, citations in
 * square brackets, claims, and fenced queries. Everything else is passed on as it stands.
 */

export interface Section {
  readonly level: number;
  readonly heading: string;
  /** What stands in braces after the heading: `{#id}`; undefined without. */
  readonly id: string | undefined;
  /** What else stands there: `.lead`, `chart=measure-id`. */
  readonly marks: readonly string[];
  /** The text below the heading, trimmed. */
  readonly text: string;
  readonly place: Place;
  /** Where `text` begins in the file. */
  readonly offset: number;
}

/** One source of a citation such as `[@id, p. 3; @other#quote]`. */
export interface Citation {
  readonly source: string;
  /** The id of a quote from that source. */
  readonly quote?: string;
  readonly locator: string;
}

// Whatever stands in a file, these must stay linear: no two quantifiers may compete for the same characters.
const HEADING = /^(#{1,6})[ \t]/;
const FENCE = /^(`{3,}|~{3,})/;

/** The front matter between lines of three hyphens (as offsets), and where the body begins. */
export function frontMatter(source: TextFile): { yaml: string; offset: number; body: number } | undefined {
  if (!source.text.startsWith('---\n')) return undefined;
  const end = /^---[ \t]*$/m.exec(source.text.slice(4));
  if (!end) return undefined;
  return { yaml: source.text.slice(4, 4 + end.index), offset: 4, body: 4 + end.index + end[0].length + 1 };
}

/** Splits a text into its sections; what stands before the first heading is given as `before`. Headings in fences do not count. */
export function splitSections(source: TextFile, from: number): { before: string; sections: Section[] } {
  const heads: {
    level: number;
    heading: string;
    id: string | undefined;
    marks: readonly string[];
    start: number;
    end: number;
  }[] = [];
  const fenced = fences(source.text.slice(from)).map(({ start, after }) => ({
    start: from + start,
    after: from + after,
  }));
  let next = 0;
  for (let at = from; at < source.text.length; ) {
    const lineEnd = source.text.indexOf('\n', at);
    const end = lineEnd < 0 ? source.text.length : lineEnd;
    const block = fenced[next];
    if (block && at >= block.start) {
      at = Math.max(block.after, end + 1);
      next++;
      continue;
    }
    const line = source.text.slice(at, end);
    const marks = HEADING.exec(line)?.[1];
    if (marks)
      heads.push({ level: marks.length, ...headingOf(line.slice(marks.length).trim()), start: at, end });
    at = end + 1;
  }
  const sections = heads.map((head, index) => {
    const until = heads[index + 1]?.start ?? source.text.length;
    const raw = source.text.slice(head.end, until);
    const offset = head.end + (raw.length - raw.trimStart().length);
    return {
      level: head.level,
      heading: head.heading,
      id: head.id,
      marks: head.marks,
      text: raw.trim(),
      place: source.at(head.start),
      offset,
    };
  });
  return { before: source.text.slice(from, heads[0]?.start ?? source.text.length).trim(), sections };
}

/** `id .mark key=value`, as stands in braces after a heading. */
function marksOf(text: string): { id: string; marks: readonly string[] } {
  const [id = '', ...marks] = text.trim().split(/\s+/);
  return { id, marks };
}

/** The text of a heading, and the id and marks that may stand in braces at its end. */
function headingOf(text: string): { heading: string; id: string | undefined; marks: readonly string[] } {
  const brace = text.endsWith('}') ? text.lastIndexOf('{#') : -1;
  return brace < 0
    ? { heading: text, id: undefined, marks: [] }
    : { heading: text.slice(0, brace).trimEnd(), ...marksOf(text.slice(brace + 2, -1)) };
}

const BRACKET = /\[(@[^[\]]*)\]/g;

/**
 * The citations of a text. With `report`, brackets that begin with `@` and are no citation are reported.
 * @param base where the text begins in the file
 */
export function citationsIn(
  text: string,
  report?: (offset: number, message: string) => void,
): (Citation & { offset: number })[] {
  const found: (Citation & { offset: number })[] = [];
  for (const match of text.matchAll(BRACKET)) {
    let offset = match.index + 1;
    for (const part of (match[1] ?? '').split(';')) {
      const parsed = /^@([a-z0-9][a-z0-9-]*)(?:#([a-z0-9][a-z0-9-]*))?(?:,\s*(\S[\s\S]*))?$/.exec(
        part.trim(),
      );
      const at = offset + (part.length - part.trimStart().length);
      if (parsed)
        found.push({
          source: parsed[1] ?? '',
          ...(parsed[2] === undefined ? {} : { quote: parsed[2] }),
          locator: (parsed[3] ?? '').replace(/\s+/g, ' '),
          offset: at,
        });
      else report?.(at, `“${part.trim()}” is no citation. Write [@source-id, p. 3; @other-source#quote-id].`);
      offset += part.length + 1;
    }
  }
  return found;
}

/** The citations of a cell of answers.csv: `source-id, locator; source-id#quote-id`. Throws nothing; ids are checked elsewhere. */
export function citationsInCell(cell: string): Citation[] {
  if (cell.trim() === '') return [];
  return cell.split(';').map((part) => {
    const comma = part.indexOf(',');
    const [cited = '', locator] =
      comma < 0 ? [part.trim(), ''] : [part.slice(0, comma).trim(), part.slice(comma + 1).trim()];
    const hash = cited.indexOf('#');
    return hash < 0
      ? { source: cited, locator }
      : { source: cited.slice(0, hash), quote: cited.slice(hash + 1), locator };
  });
}

/** What is written for a processor that allows more than the site does, and would be printed as it stands. */
export function unshownMarks(text: string): { offset: number; message: string }[] {
  const prose = withoutFences(text).replace(/`[^`\n]*`/g, (code) => ' '.repeat(code.length));
  const found = (pattern: RegExp, message: string) =>
    Array.from(prose.matchAll(pattern), ({ index }) => ({ offset: index, message }));
  return [
    ...found(/!\[[^[\]\n]*\]\(/g, 'Pictures are not shown; a link to it is. Write [words](address).'),
    ...found(
      /<\/?[a-z][a-z0-9]*(?:\s[^<>\n]*)?>/gi,
      'HTML is shown as it is written. Use Markdown, or leave it out.',
    ),
    ...looseCitations(prose).map((offset) => ({
      offset,
      message: 'A source is cited in square brackets: [@source-id, p. 3].',
    })),
  ].toSorted((a, b) => a.offset - b.offset);
}

/** Where `@source-id` begins a word that no bracket holds; an id of one word may be somebody’s name elsewhere. */
function looseCitations(prose: string): number[] {
  return Array.from(prose.matchAll(/[\w.@+-]+/g)).flatMap(({ 0: word, index }) => {
    if (!/^@+[a-z0-9]+-[a-z0-9]/.test(word) || prose[index + word.length] === ']') return [];
    let before = index - 1;
    while (prose[before] === ' ' || prose[before] === '\t') before--;
    return ['[', ';'].includes(prose[before] ?? '') ? [] : [index + word.lastIndexOf('@', word.indexOf('-'))];
  });
}

/** A span such as `[three]{claim=id}`, with its attributes. */
export interface Span {
  readonly figure: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly offset: number;
}

const SPAN = /\[([^[\]]*)\]\{([^{}]*)\}/g;
const ATTRIBUTE = /\s*([a-z]+)=(?:"([^"]*)"|([^\s"]+))/y;

export function spansIn(text: string, report: (offset: number, message: string) => void): Span[] {
  return [...text.matchAll(SPAN)].flatMap((match) => {
    const attributes = new Map<string, string>();
    const inner = (match[2] ?? '').trimEnd();
    ATTRIBUTE.lastIndex = 0;
    let end = 0;
    for (let part = ATTRIBUTE.exec(inner); part; part = ATTRIBUTE.exec(inner)) {
      attributes.set(part[1] ?? '', part[2] ?? part[3] ?? '');
      end = ATTRIBUTE.lastIndex;
    }
    if (end < inner.length) {
      report(
        match.index,
        `“{${match[2]}}” cannot be read. Write {claim=id}, {claim=id is="6"} or {undecided="why"}.`,
      );
      return [];
    }
    return [{ figure: (match[1] ?? '').replace(/[*_]/g, ''), attributes, offset: match.index }];
  });
}

/** A fenced block with its info string. */
export interface Fenced {
  readonly info: string;
  readonly content: string;
  readonly offset: number;
}

/** The blocks between fences of three or more backquotes or tildes. One that is not closed ends with the text. */
export function fencedIn(text: string): Fenced[] {
  return fences(text).map(({ start, end, info, content }) => ({
    info,
    content: text.slice(content, end).trim(),
    offset: start,
  }));
}

/** A text without its fenced blocks, each replaced by spaces, so that offsets stay. */
export function withoutFences(text: string): string {
  let kept = '';
  let at = 0;
  for (const { start, after } of fences(text)) {
    kept += text.slice(at, start) + text.slice(start, after).replace(/[^\n]/g, ' ');
    at = after;
  }
  return kept + text.slice(at);
}

/** Where each fenced block begins, its content begins and ends, and the text goes on. */
function fences(
  text: string,
): { start: number; info: string; content: number; end: number; after: number }[] {
  const found: ReturnType<typeof fences> = [];
  let open: { start: number; info: string; content: number; mark: string } | undefined;
  for (let at = 0; at < text.length; ) {
    const lineEnd = text.indexOf('\n', at);
    const next = lineEnd < 0 ? text.length : lineEnd + 1;
    const mark = FENCE.exec(text.slice(at, next))?.[1];
    if (mark !== undefined) {
      const info = text.slice(at + mark.length, next).trim();
      const inline = mark.startsWith('`') && info.includes('`'); // ```code``` within a sentence
      if (open === undefined && !inline) open = { start: at, info, content: next, mark };
      else if (open && info === '' && mark.startsWith(open.mark)) {
        found.push({ ...open, end: at, after: next });
        open = undefined;
      }
    }
    at = next;
  }
  if (open) found.push({ ...open, end: text.length, after: text.length });
  return found;
}

/** Reports a front matter that is missing or unfinished, naming what it must hold. */
export function requireFrontMatter(
  source: TextFile,
  holds: string,
  report: Report,
): ReturnType<typeof frontMatter> {
  const found = frontMatter(source);
  if (!found) {
    const message = source.text.startsWith('---')
      ? 'The front matter is not closed; end it with a line of three hyphens.'
      : `The file must begin with a front matter: a line of three hyphens, “${holds}”, and three hyphens again.`;
    report('front-matter', source.at(0), message);
  }
  return found;
}
