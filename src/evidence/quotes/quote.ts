import type { Quote } from '#edition/index';
import type { Manifest } from '../archive/manifest.ts';
import { isStruck } from '../text/page/unseen.ts';
import { toCodePoints, toUnits } from './code-points.ts';
import { choosePlace, type Found, findQuote, indexText, type Range } from './find.ts';
import { isOfEarlierLetter } from './quoted-lines.ts';
import { flatten } from './typography.ts';

/** How much of the surroundings is kept with a quote, in code points. */
const CONTEXT = 64;
/** A quote shorter than this hardly proves anything. */
const SHORT = 12;

/** A capture of which something is quoted. */
export interface QuotedText {
  readonly source: string;
  /** SHA-256 of the text. */
  readonly hash: string;
  readonly text: string;
  readonly hidden: string;
  readonly pages: Manifest['pages'];
}

/** A passage with what is needed to find it again, but for its id. */
export type Passage = Omit<Quote, 'id' | 'note'>;

export type QuoteFound =
  /** It stands there once, or its surroundings decided; `typographic` where the capture sets it in another way, or in other letter case, than it was given. */
  | { readonly kind: 'found'; readonly passage: Passage; readonly typographic: boolean }
  /** It stands there more than once: a person chooses. */
  | { readonly kind: 'ambiguous'; readonly passages: readonly Passage[] }
  /** It stands only in what the page does not show. */
  | { readonly kind: 'hidden'; readonly passage: Passage }
  /** It does not stand there; what is nearest to it, if anything is. */
  | { readonly kind: 'absent'; readonly nearest: Passage | undefined };

/** Finds a passage in the text of a capture, and gives its selectors (W3C Web Annotation Data Model, sections 4.2.4 and 4.2.5). */
export function quotePassage(
  capture: QuotedText,
  quote: string,
  context: { readonly prefix: string; readonly suffix: string } = { prefix: '', suffix: '' },
): QuoteFound {
  const given = quote.trim();
  const found = findQuote(indexText(capture.text), given);
  if ('places' in found) {
    const passage = passageIn(capture, capture.text);
    const chosen = choosePlace(capture.text, found.places, context);
    return chosen
      ? { kind: 'found', passage: passage(chosen), typographic: found.kind !== 'exact' }
      : { kind: 'ambiguous', passages: found.places.map(passage) };
  }
  const inHidden = capture.hidden === '' ? undefined : placed(findQuote(indexText(capture.hidden), given));
  if (inHidden)
    return { kind: 'hidden', passage: { ...passageIn(capture, capture.hidden)(inHidden), hidden: true } };
  return {
    kind: 'absent',
    nearest: found.kind === 'near' ? passageIn(capture, capture.text)(found.range) : undefined,
  };
}

const placed = (found: Found): Range | undefined => ('places' in found ? found.places[0] : undefined);

export function passageIn({ source, hash, pages }: QuotedText, text: string): (range: Range) => Passage {
  const points = toCodePoints(text);
  return ({ start, end }) => {
    const from = points(start);
    const page = pages?.findIndex(([first, last]) => from >= first && from < last) ?? -1;
    return {
      source,
      text: hash,
      start: from,
      end: points(end),
      exact: text.slice(start, end),
      prefix: [...text.slice(Math.max(0, start - 2 * CONTEXT), start)].slice(-CONTEXT).join(''),
      suffix: [...text.slice(end, end + 2 * CONTEXT)].slice(0, CONTEXT).join(''),
      ...(page >= 0 ? { page: page + 1 } : {}),
    };
  };
}

/** Whether the passage stands in the text exactly where it says; this, and nothing else, is what it means that a quote holds. */
export function quoteHolds(
  { start, end, exact }: Pick<Quote, 'start' | 'end' | 'exact'>,
  text: string,
): boolean {
  const units = toUnits(text);
  return text.slice(units(start), units(end)) === exact;
}

/** Why a quote that holds proves less than it seems; none for most. */
export function weaknesses(
  quote: Passage,
  text: string,
  {
    time,
    cutOff,
    visible = '',
  }: { readonly time: string; readonly cutOff: string | undefined; readonly visible?: string },
): string[] {
  const places = findQuote(indexText(text), quote.exact);
  const number = 'places' in places ? places.places.length : 0;
  const length = [...flatten(quote.exact).flat].length;
  return [
    ...(quote.hidden ? [whyHidden(quote, text)] : []),
    ...(visible !== '' && !quote.hidden && !stands(visible, quote.exact)
      ? ['the browser did not show it when it was captured']
      : []),
    ...(!quote.hidden && isOfEarlierLetter(text, quote.start)
      ? ['it stands in what the letter quotes of an earlier one (“>”), and may be the words of somebody else']
      : []),
    ...(number > 1 ? [`the text holds it ${number} times`] : []),
    ...(length < SHORT ? [`it has only ${length} characters`] : []),
    ...(isBoilerplate(quote.exact) ? ['it is of a kind that stands on every page'] : []),
    ...(cutOff !== undefined && time.slice(0, cutOff.length) > cutOff
      ? [`it was captured on ${time.slice(0, 10)}, after the cut-off date ${cutOff}`]
      : []),
  ];
}

function whyHidden({ start }: Passage, hidden: string): string {
  return isStruck(hidden, toUnits(hidden)(start))
    ? 'the page strikes out words of it'
    : 'it stands only in text that the page does not show';
}

/** Whether a text holds a passage, but for typography. */
function stands(text: string, passage: string): boolean {
  return 'places' in findQuote(indexText(text), passage);
}

const BOILERPLATE =
  /^(?:(?:©|copyright|all rights reserved|(?:we use )?cookies?|accept(?: all)?|privacy(?: policy| notice)?|terms(?: of (?:use|service|sale))?|(?:skip to|back to) \w+|sign in|log in|menu|search|home|contact(?: us)?|about(?: us)?|read more|learn more|last updated)(?![a-z])[\W\d]*){1,6}$/i;

const isBoilerplate = (text: string) => BOILERPLATE.test(flatten(text).flat.trim()) && text.length < 200;
