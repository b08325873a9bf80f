import { IntlMessageFormat } from 'intl-messageformat';
import { capitalised, namesOr, type SaidNames, type UnitNames } from '#edition/index';
import type { Language } from './languages.ts';
import ar from './messages/ar.json' with { type: 'json' };
import en from './messages/en.json' with { type: 'json' };
import es from './messages/es.json' with { type: 'json' };
import fr from './messages/fr.json' with { type: 'json' };
import namedAr from './messages/named/ar.json' with { type: 'json' };
import namedEn from './messages/named/en.json' with { type: 'json' };
import namedEs from './messages/named/es.json' with { type: 'json' };
import namedFr from './messages/named/fr.json' with { type: 'json' };

/** The interface texts: ICU messages, one catalogue a language. English is the one that says which keys there are. */
export type MessageKey = keyof typeof en;
export type MessageArguments = Readonly<Record<string, string | number>>;
export type Say = (key: MessageKey, values?: MessageArguments) => string;

export const CATALOGUES: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en, fr, es, ar };

/** What speaks of units, where an edition has its own names for them: in words that fit any noun, whatever its gender and case. */
export const NAMED: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: namedEn,
  fr: namedFr,
  es: namedEs,
  ar: namedAr,
};

/** What units are called where an edition does not say: one, several; of what is ranked, and of its parts. */
const USUAL: Readonly<Record<Language, UnitNames>> = {
  en: { ranked: { one: 'company', many: 'companies' }, parts: { one: 'service', many: 'services' } },
  fr: { ranked: { one: 'entreprise', many: 'entreprises' }, parts: { one: 'service', many: 'services' } },
  es: { ranked: { one: 'empresa', many: 'empresas' }, parts: { one: 'servicio', many: 'servicios' } },
  ar: { ranked: { one: 'شركة', many: 'شركات' }, parts: { one: 'خدمة', many: 'خدمات' } },
};

/** Figures are printed in the digits of the data, 0–9, in every language: whoever compares them must find them alike. */
const LOCALES: Readonly<Record<Language, string>> = { en: 'en', fr: 'fr', es: 'es', ar: 'ar-u-nu-latn' };

/**
 * The texts of one language.
 *
 * @param names what the edition calls its units; undefined where it has no names of its own
 * @throws Error for a message that is missing or lacks a value, since a page with a hole must not be published
 */
export function translator(language: Language, names?: SaidNames): Say {
  const catalogue = names ? { ...CATALOGUES[language], ...NAMED[language] } : CATALOGUES[language];
  const nouns = names && nounValues(namesOr(USUAL[language], names));
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
    const text = String((formats.get(key) ?? formatOf(key)).format(nouns ? { ...nouns, ...values } : values));
    if (values === undefined) fixed.set(key, text);
    return text;
  };
}

const nounValues = ({ ranked, parts }: UnitNames): MessageArguments => ({
  one: ranked.one,
  many: ranked.many,
  part: parts.one,
  parts: parts.many,
  One: capitalised(ranked.one),
  Many: capitalised(ranked.many),
  Parts: capitalised(parts.many),
});

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
