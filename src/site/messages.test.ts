import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from './languages.ts';
import { CATALOGUES, type MessageKey, numberText, translator } from './messages.ts';

/** The names of the values that a message asks for. */
function names(elements: readonly MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.plural || element.type === TYPE.select)
      return [element.value, ...Object.values(element.options).flatMap((option) => names(option.value))];
    return element.type === TYPE.argument || element.type === TYPE.number ? [element.value] : [];
  });
}
const asked = (message: string) => [...new Set(names(parse(message, { ignoreTag: true })))].toSorted();

describe.each(LANGUAGES)('the catalogue %s', (language) => {
  const [own, english] = [CATALOGUES[language], CATALOGUES.en];

  it('has every message, and no other', () => {
    expect(Object.keys(own).toSorted()).toEqual(Object.keys(english).toSorted());
  });

  it('asks for the same values as the English one', () => {
    const differing = Object.keys(english).filter(
      (key) => String(asked(own[key] ?? '')) !== String(asked(english[key] ?? '')),
    );
    expect(differing).toEqual([]);
  });

  it('has no straight apostrophe, which would hide what follows it', () => {
    expect(Object.entries(own).filter(([, message]) => message.includes("'"))).toEqual([]);
  });

  it('gives a text for any number', () => {
    const say = translator(language);
    for (const key of Object.keys(english) as MessageKey[])
      for (const value of [0, 1, 2, 5, 11, 100, 1_000_000]) {
        const values = Object.fromEntries(asked(english[key] ?? '').map((name) => [name, value]));
        expect(say(key, values).trim(), key).not.toBe('');
      }
  });
});

describe('a translator', () => {
  it('refuses a message that lacks a value, rather than leave a hole', () => {
    expect(() => translator('en')('score.of', {})).toThrow(/maximum/);
  });

  it('speaks in the plurals of the language', () => {
    const count = (number: number) => translator('ar')('sources.cited', { count: number });
    expect([count(1), count(2), count(3), count(11)]).toEqual([
      'مذكور مرة واحدة',
      'مذكور مرتين',
      'مذكور 3 مرات',
      'مذكور 11 مرة',
    ]);
    expect(translator('fr')('ranking.more', { count: 1 })).toBe('et 1 autre entreprise');
  });

  it('writes figures in the digits of the data in every language', () => {
    expect(LANGUAGES.map((language) => numberText(1234567, language).replace(/\D/g, ''))).toEqual(
      Array(4).fill('1234567'),
    );
  });
});
