import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flatten } from './typography.ts';

const flat = (text: string) => flatten(text).flat;

describe('a text as it is compared', () => {
  it.each([
    ['“Hi” – don’t…', '"Hi" - don\'t...'],
    ['a \u00a0\n\t b', 'a b'],
    ['  edges  ', 'edges'],
    ['soft\u00adhyphen', 'softhyphen'],
    ['zero\u200bwidth, \u2066isolated\u2069', 'zerowidth, isolated'],
    ['ﬁve oﬀers, ﬂat', 'five offers, flat'],
    ['ｆｕｌｌ　ｗｉｄｔｈ', 'full width'],
    ['e\u0301te\u0301', 'été'],
    ['agree-\nment', 'agreement'],
    ['agree\u00ad\n  ment', 'agreement'],
    ['well-known', 'well-known'],
    ['Jean-\nPierre', 'Jean- Pierre'],
    ['pages 3-\n4', 'pages 3- 4'],
    ['ﻻ ﺗﺸﺎﺭﻙ', 'لا تشارك'],
    ['كـــتاب', 'كتاب'],
    ['شِّ', 'شِّ'],
    ['שָׁלוֹם', 'שָׁלוֹם'],
    ['数据 不 共享', '数据 不 共享'],
    ['𝒜 🦜', '𝒜 🦜'],
    ['30² days, 1½ years', '30² days, 1½ years'],
    ['', ''],
    ['\u00ad\u200b', ''],
  ])('%j is %j', (text, expected) => {
    expect(flat(text)).toBe(expected.normalize('NFC'));
  });

  it('keeps what a writer wrote: case, words, numbers, accents', () => {
    for (const [one, other] of [
      ['Data', 'data'],
      ['30 days', '90 days'],
      ['does not share', 'does share'],
      ['ou', 'où'],
      ['a b', 'ab'],
      ['30² days', '302 days'],
      ['1½ years', '11/2 years'],
      ['H₂O', 'H2O'],
    ] as const)
      expect(flat(one)).not.toBe(flat(other));
  });

  it('knows for each character where it stands in the text', () => {
    const text = 'A  “ﬁ”';
    const { flat: own, at } = flatten(text);
    expect(own).toBe('A "fi"');
    expect([...at]).toEqual([0, 1, 3, 4, 4, 5, 6]);
  });

  it('has places that never run backwards, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { flat: own, at } = flatten(text);
        expect(at.length).toBe(own.length + 1);
        expect(at.every((place, index) => index === 0 || place >= (at[index - 1] ?? 0))).toBe(true);
        expect(at.at(-1)).toBeLessThanOrEqual(text.length);
        expect(own).not.toMatch(/^ | {2}| $/);
      }),
    );
  });
});
