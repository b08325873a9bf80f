import { IntlMessageFormat } from 'intl-messageformat';
import type { Language } from './languages.ts';
import ar from './messages/ar.json' with { type: 'json' };
import en from './messages/en.json' with { type: 'json' };
import es from './messages/es.json' with { type: 'json' };
import fr from './messages/fr.json' with { type: 'json' };

/** The interface texts: ICU messages, one catalogue a language. English is the one that says which keys there are. */
export type MessageKey = keyof typeof en;
export type MessageArguments = Readonly<Record<string, string | number>>;
export type Say = (key: MessageKey, values?: MessageArguments) => string;

export const CATALOGUES: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en, fr, es, ar };

/** Figures are printed in the digits of the data, 0–9, in every language: whoever compares them must find them alike. */
const LOCALES: Readonly<Record<Language, string>> = { en: 'en', fr: 'fr', es: 'es', ar: 'ar-u-nu-latn' };

/**
 * The texts of one language.
 * @throws Error for a message that is missing or lacks a value, since a page with a hole must not be published
 */
export function translator(language: Language): Say {
  const catalogue = CATALOGUES[language];
  const formats = new Map<MessageKey, IntlMessageFormat>();
  const fixed = new Map<MessageKey, string>();
  const formatOf = (key: MessageKey) => {
    const message = catalogue[key];
    if (message === undefined) throw new Error(`The catalogue ${language} has no message “${key}”.`);
    const format = new IntlMessageFormat(message, LOCALES[language], undefined, { ignoreTag: true });
    formats.set(key, format);
    return format;
  };
  return (key, values) => {
    const known = values === undefined ? fixed.get(key) : undefined;
    if (known !== undefined) return known;
    const text = String((formats.get(key) ?? formatOf(key)).format(values));
    if (values === undefined) fixed.set(key, text);
    return text;
  };
}

/** A number as the language groups it: 1,000,000 or 1 000 000. */
export function numberText(value: number, language: Language): string {
  return numberFormat(language).format(value);
}

const numberFormats = new Map<Language, Intl.NumberFormat>();
function numberFormat(language: Language): Intl.NumberFormat {
  const known = numberFormats.get(language) ?? new Intl.NumberFormat(LOCALES[language]);
  numberFormats.set(language, known);
  return known;
}
