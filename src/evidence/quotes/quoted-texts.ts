import type { Quote } from '#edition/index';
import type { Block } from '../text/blocks.ts';
import { toUnits } from './code-points.ts';
import { findQuote, indexText, type Range, type TextIndex } from './find.ts';
import { type Layout, layoutOf } from './layout.ts';
import { type Passage, passageIn, type QuotedText } from './quote.ts';

/** The two texts that a quote is judged by: where it is looked for, and where it was taken from. */

/** A text in which several quotes are looked up; each of its views is made once, when it is first needed. */
export interface NewText extends QuotedText {
  readonly index: TextIndex;
  readonly layout: () => Layout;
  readonly passage: (range: Range) => Passage;
  readonly isHidden: (quote: string) => boolean;
}

export function newText(text: QuotedText, blocks?: readonly Block[]): NewText {
  const hidden = once(() => indexText(text.hidden));
  const passage = once(() => passageIn(text, text.text));
  return {
    ...text,
    index: indexText(text.text),
    layout: once(() => layoutOf(text.text, blocks)),
    passage: (range) => passage()(range),
    isHidden: (quote) => text.hidden !== '' && 'places' in findQuote(hidden(), quote),
  };
}

/** The text that quotes were taken from, as the archive has it. */
export interface OldText {
  readonly layout: () => Layout;
  /** Where a quote stands; undefined where it does not. */
  readonly at: (quote: Quote) => { readonly layout: Layout; readonly range: Range } | undefined;
}

export function oldText(text: string, blocks?: readonly Block[]): OldText {
  const units = once(() => toUnits(text));
  const layout = once(() => layoutOf(text, blocks));
  return {
    layout,
    at({ start, end, exact }) {
      const range = { start: units()(start), end: units()(end) };
      return text.slice(range.start, range.end) === exact ? { layout: layout(), range } : undefined;
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
