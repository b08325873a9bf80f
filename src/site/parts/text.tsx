import { directionOf } from '../languages.ts';
import type { Text } from '../texts.ts';
import type { View } from '../view.ts';

const TURNS_DIRECTION = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff]/;

/**
 * A text of the edition within a line: marked with its language where that is not the page’s, and isolated wherever its letters or hidden
 * marks could turn what stands around it.
 */
export function T({ view, of }: { view: View; of: Text | undefined }) {
  if (!of) return null;
  const value = printable(of.value);
  if (of.language !== view.language) {
    view.seen.original = true;
    return (
      <bdi lang={of.language} dir={directionOf(of.language)}>
        {value}
      </bdi>
    );
  }
  return isolated(value, view);
}

/** The attributes of an element whose whole text is one of the edition’s: its language and direction, where they are not the page’s. */
export function languageOf(view: View, of: Text | undefined): { lang?: string; dir?: 'ltr' | 'rtl' } {
  if (!of || of.language === view.language) return {};
  view.seen.original = true;
  return { lang: of.language, dir: directionOf(of.language) };
}

/** A text within an element that `languageOf` has marked. */
export function Marked({ of }: { of: Text | undefined }) {
  return of ? <>{printable(of.value)}</> : null;
}

/** A name: isolated, with the direction of its own letters. */
export function Name({ view, of }: { view: View; of: Text | undefined }) {
  if (!of) return null;
  const value = printable(of.value);
  if (of.language === view.language) return isolated(value, view);
  return <bdi lang={of.language}>{value}</bdi>;
}

function isolated(value: string, view: View) {
  return view.direction === 'rtl' || TURNS_DIRECTION.test(value) ? <bdi>{value}</bdi> : <>{value}</>;
}

/** HTML has no place for control characters: they are shown by their symbols. */
export function printable(value: string): string {
  return value.replace(/(?![\t\n\r])\p{Cc}|\p{Surrogate}|[\ufdd0-\ufdef\ufffe\uffff]/gu, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x20 ? String.fromCodePoint(0x2400 + code) : '\ufffd';
  });
}

/** For places that take no markup, such as a title: hidden marks that turn the direction are closed again. */
export function plainText(value: string): string {
  const text = printable(value);
  return TURNS_DIRECTION.test(text) ? `\u2068${balanced(text)}\u2069` : text;
}

/** Takes out closing marks without an opening one, and closes those that are left open. */
function balanced(text: string): string {
  const open: string[] = [];
  let kept = '';
  for (const character of text) {
    if (/[\u2066-\u2068]/.test(character)) open.push('\u2069');
    else if (/[\u202a\u202b\u202d\u202e]/.test(character)) open.push('\u202c');
    else if (character === '\u2069' || character === '\u202c') {
      if (open.at(-1) !== character) continue;
      open.pop();
    }
    kept += character;
  }
  return kept + open.reverse().join('');
}
