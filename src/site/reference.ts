import type { CslName, Source } from '#edition/index';
import { cslDateText, formatDate } from './dates.ts';
import type { Say } from './messages.ts';

/** A piece of a reference: what a work is called is set apart from what stands around it. */
export interface ReferencePart {
  readonly kind: 'text' | 'title' | 'work';
  readonly text: string;
}

/** More names than these are cut to the first, and “et al.”. */
const MOST_NAMES = 3;
/** Works that stand alone: their titles are set in italics, those of parts of something in quotation marks. */
const WHOLE = new Set([
  'book',
  'report',
  'thesis',
  'dataset',
  'motion_picture',
  'legislation',
  'bill',
  'treaty',
  'standard',
  'software',
]);

/**
 * A source as a list of references gives it, without its address: who, “what”, in what, by whom published, when. Commas join what there is, so
 * nothing is doubled and nothing dangles.
 */
export function reference(source: Source, language: string, say: Say): readonly ReferencePart[] {
  const text = (value: string | undefined): ReferencePart[][] =>
    value ? [[{ kind: 'text', text: value }]] : [];
  const authors = namesText(source.author ?? [], say);
  const recipients = namesText(source.recipient ?? [], say);
  const publisher = source.publisher === authors ? undefined : source.publisher;
  const issued = cslDateText(source.issued);
  const pieces = [
    ...text(authors),
    titleOf(source),
    ...text(
      recipients && !source.title.includes(recipients)
        ? say('reference.to', { recipient: recipients })
        : undefined,
    ),
    ...containerOf(source),
    ...text(publisher),
    ...text(stringOf(source.number)),
    ...text(issued === undefined ? say('reference.undated') : dateText(issued, language)),
    ...text(typeof source.DOI === 'string' ? `doi:${source.DOI}` : undefined),
  ];
  return joined(pieces);
}

/** The same as plain text. */
export function referenceText(parts: readonly ReferencePart[]): string {
  return parts.map((part) => part.text).join('');
}

export function nameText(name: CslName): string {
  if ('literal' in name) return name.literal;
  const particles = [name['non-dropping-particle'], name.family].filter(Boolean).join(' ');
  return [particles, name.given, name['dropping-particle'], name.suffix].filter(Boolean).join(', ');
}

function namesText(all: readonly CslName[], say: Say): string {
  // Some sources name their first author only, “and others”.
  const names = all.filter((name) => !('literal' in name && name.literal === 'others'));
  const shown = names.length > MOST_NAMES ? names.slice(0, 1) : names;
  const text = shown.map(nameText).join('; ');
  return shown.length < all.length ? say('reference.et-al', { names: text }) : text;
}

function titleOf({ title, type }: Source): ReferencePart[] {
  if (WHOLE.has(type)) return [{ kind: 'work', text: title }];
  return [
    { kind: 'text', text: '“' },
    { kind: 'title', text: title },
    { kind: 'text', text: '”' },
  ];
}

function containerOf(source: Source): ReferencePart[][] {
  const container = source['container-title'];
  if (!container) return [];
  const [volume, issue, page] = [source.volume, source.issue, source.page].map(stringOf);
  const place = [volume, issue && `(${issue})`].filter(Boolean).join(' ');
  const rest = [place, page].filter(Boolean).join(', ');
  return [
    [{ kind: 'work', text: container }, ...(rest ? [{ kind: 'text' as const, text: ` ${rest}` }] : [])],
  ];
}

const stringOf = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

function dateText(issued: string, language: string): string {
  return issued
    .split('/')
    .map((date) => formatDate(date, language))
    .join(' – ');
}

/** Joins with commas, except after what ends with a mark of its own; a full stop at the end. */
function joined(pieces: readonly (readonly ReferencePart[])[]): ReferencePart[] {
  const parts: ReferencePart[] = [];
  for (const piece of pieces) {
    const last = referenceText(parts).at(-1);
    if (last !== undefined) parts.push({ kind: 'text', text: /[,;:]/.test(last) ? ' ' : ', ' });
    parts.push(...piece);
  }
  if (!/[.!?…]$/.test(referenceText(parts))) parts.push({ kind: 'text', text: '.' });
  return parts;
}
