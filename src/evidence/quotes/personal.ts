import type { Quote, Source } from '#edition/index';
import { CLOSINGS, NOBODY, SALUTATIONS, TITLES } from './closings.ts';
import { toUnits } from './code-points.ts';

/** Something in a quote, or in what is kept around it, that may be about a person who did not ask to be published. */
export interface Personal {
  readonly what: 'signature' | 'name' | 'e-mail address' | 'phone number';
  readonly text: string;
  /** Whether it stands in the passage itself, or in what is printed around it. */
  readonly where: 'passage' | 'context';
  /** Where it begins, in UTF-16 units from the beginning of the prefix. */
  readonly at: number;
  readonly end: number;
}

/** More than this is not told. */
const MOST = 20;

interface About {
  /** A letter; on public pages, an office’s address and a doctor’s name are what anybody may read. */
  readonly letter: boolean;
  /** People of whom it is known that they wrote or got it. */
  readonly names?: readonly string[];
}

const NAME = "\\p{Lu}[\\p{L}\\p{M}'’.-]{0,30}(?:[ \\t]+\\p{Lu}[\\p{L}\\p{M}'’.-]{0,30}){0,3}";
/** In scripts without capitals, any words can be a name. */
const OTHER_NAME = '[\\u0590-\\u09ff\\u3040-\\u9fff\\uac00-\\ud7af][^\\n]{0,40}';
const SIGNATURE = new RegExp(
  `(?:^|\\n|[.!?؟。]\\s)[ \\t>]{0,9}(?:${CLOSINGS})(?:[,.!،]{0,2}[ \\t]*\\n\\s{0,9}[^\\n]{0,60}|[,،]?[ \\t]+(?:(?-i:${NAME})|${OTHER_NAME}))`,
  'giu',
);
const NAMELESS = new RegExp(`^(?:(?:${CLOSINGS})?[^\\p{L}]*|[^█]*█[█\\s]*)$`, 'iu');
const SALUTATION = new RegExp(
  `(?:^|\\n)[ \\t>]{0,9}(?:${SALUTATIONS})[ \\t]+(?:(?:${TITLES})\\.?[ \\t]+)?((?-i:${NAME}|[\\u0600-\\u06ff]{2,20}))`,
  'giu',
);
const TITLED = new RegExp(`(?<![\\p{L}])(?:${TITLES})\\.?[ \\t]+(?-i:${NAME})`, 'giu');
const ADDRESS = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,6}/gu;
const OFFICE =
  /^(?:info|contact|kontakt|contacto|support|help|service|privacy|datenschutz|legal|press|presse|prensa|media|office|mail|hello|abuse|security|dpo|dsb|noreply|no-reply|admin|webmaster|postmaster|feedback|sales|team|law-?enforcement|transparency|compliance|corrections?)[\w.+-]*@/i;
const PHONE =
  /(?:(?:tel|telefon|téléphone|teléfono|phone|fax|mobile?|mob|cell|тел|هاتف|電話|电话|☎|✆)[.:]{0,2}\s{0,3}|(?<![\p{L}\p{N}+])(?:\+|00)(?=[1-9]))[\d(][\d\s()./-]{5,20}\d/giu;

/**
 * What in a quote may be personal: signatures, names, e-mail addresses and phone numbers, in the passage and in the 64 characters kept before and after it. It is
 * found by how letters are written, in some twenty languages; it can miss a name, and it can take a word for one. A person decides.
 */
export function personalIn(
  { prefix, exact, suffix }: Pick<Quote, 'prefix' | 'exact' | 'suffix'>,
  { letter, names = [] }: About,
): Personal[] {
  const text = prefix + exact + suffix;
  const found: Personal[] = [];
  const add = (what: Personal['what'], at: number, own: string) => {
    const begin = at + (own.length - own.trimStart().length);
    const shown = own.trim().replace(/\s+/g, ' ');
    const end = at + own.trimEnd().length;
    const taken = found.some((other) => begin < other.end && other.at < end);
    // What is blackened is gone already; and a greeting without a name names nobody.
    if (taken || found.length >= MOST || (what === 'signature' && NAMELESS.test(shown))) return;
    const inPassage = begin < prefix.length + exact.length && at + own.length > prefix.length;
    found.push({ what, text: shown, where: inPassage ? 'passage' : 'context', at: begin, end });
  };
  for (const match of text.matchAll(SIGNATURE))
    add('signature', match.index, match[0].replace(/^[.!?؟。]/, ' '));
  for (const match of text.matchAll(ADDRESS))
    if (letter || !OFFICE.test(match[0])) add('e-mail address', match.index, match[0]);
  for (const match of text.matchAll(PHONE)) if (isPhone(match[0])) add('phone number', match.index, match[0]);
  if (!letter) return found;
  for (const match of text.matchAll(SALUTATION)) {
    const name = match[1] ?? '';
    if (!NOBODY.test(name)) add('name', match.index + match[0].length - name.length, name);
  }
  for (const match of text.matchAll(TITLED)) add('name', match.index, match[0]);
  for (const name of names.filter(isPerson))
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) add('name', at, name);
  return found;
}

const isPhone = (text: string) => {
  const digits = text.replace(/\D/g, '').length;
  return digits >= 7 && digits <= 15 && !/^\D*\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\D*$/.test(text);
};

/** A name of two words or more; one word is an office (“Support”), or too common to look for. */
const isPerson = (name: string) => new RegExp(`^${NAME}$`, 'u').test(name) && /\s/.test(name);

/** The people whom the head of an e-mail names, from its text. */
export function namesInHead(text: string): string[] {
  const head = text.slice(0, 4000).split('\n\n')[0] ?? '';
  return [...head.matchAll(/^(?:From|To|Cc): (.{1,1000})$/gm)]
    .flatMap(([, people = '']) => people.split(/,\s/))
    .map((person) => person.replace(/\s*<[^>]*>\s*$/, '').trim())
    .filter(isPerson);
}

/** In words: what it is, and where. */
export function personalWords(found: readonly Personal[]): string {
  return found
    .map(
      ({ what, text, where }) =>
        `${what} “${text.slice(0, 80)}” ${where === 'passage' ? 'in it' : 'beside it'}`,
    )
    .join('; ');
}

/** What may be personal in a quote of a source, with all that is known of who wrote it to whom. */
export function personalInQuote(quote: Quote, source: Source | undefined, text: string): Personal[] {
  const letter =
    source?.type === 'personal_communication' ||
    source?.custom.kind === 'letter' ||
    source?.custom.kind === 'correspondence';
  return personalIn(quote, { letter, names: letter ? namesInHead(text) : [] });
}

/** The lines of the text, from 1, in which something stands that was found. */
export function linesOfPersonal(
  text: string,
  { start, prefix }: Pick<Quote, 'start' | 'prefix'>,
  { at, end }: Personal,
): readonly [from: number, to: number] {
  const begin = toUnits(text)(start) - prefix.length;
  const line = (unit: number) => text.slice(0, Math.max(0, begin + unit)).split('\n').length;
  return [line(at), line(end - 1)];
}
