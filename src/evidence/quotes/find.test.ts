import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choosePlace, findQuote, indexText } from './find.ts';

const POLICY = `Privacy

We keep spare parts for ten years after a product was last sold.

Sharing
We do not share your data with advertisers. We do not share it with
traders, either. The agree-
ment may be ended at any time – “at once”, if you like.`;

/** What a search gives, with the passages as text. */
function find(text: string, quote: string) {
  const found = findQuote(indexText(text), quote);
  if ('places' in found)
    return { kind: found.kind, passages: found.places.map(({ start, end }) => text.slice(start, end)) };
  return found.kind === 'near'
    ? { kind: found.kind, passage: text.slice(found.range.start, found.range.end), distance: found.distance }
    : found;
}

describe('a quote', () => {
  it('is found character by character', () => {
    expect(find(POLICY, 'spare parts for ten years')).toEqual({
      kind: 'exact',
      passages: ['spare parts for ten years'],
    });
    expect(find(POLICY, 'We do not share')).toMatchObject({ kind: 'exact', passages: { length: 2 } });
  });

  it('is found where only typography differs, and given as it stands there', () => {
    expect(find(POLICY, 'The agreement may be ended at any time - "at once"')).toEqual({
      kind: 'typographic',
      passages: ['The agree-\nment may be ended at any time – “at once”'],
    });
    expect(find(POLICY, 'share it with traders')).toMatchObject({ kind: 'typographic' });
  });

  it('is only near where words differ, however alike', () => {
    expect(find(POLICY, 'We do share your data with advertisers.')).toMatchObject({
      kind: 'near',
      distance: 4,
    });
    expect(find(POLICY, 'spare parts for six years after a product')).toMatchObject({
      kind: 'near',
      passage: 'spare parts for ten years after a product',
      distance: 3,
    });
  });

  it('is not found in what has nothing to do with it', () => {
    expect(find(POLICY, 'Cookies help us to measure how the site is used by visitors')).toEqual({
      kind: 'none',
    });
    expect(find(POLICY, '')).toEqual({ kind: 'none' });
    expect(find('', 'words')).toEqual({ kind: 'none' });
    expect(find('short', 'a quote that is longer than the text it is looked for in')).toEqual({
      kind: 'none',
    });
    expect(find(POLICY, '\u200b')).toEqual({ kind: 'none' });
  });

  it.each([
    ['我们不会与广告商分享您的个人数据，除非法律要求。其他内容。', '不会与广告商分享您的个人数据'],
    ['広告主とデータを共有することはありません。以上です。', 'データを共有することはありません'],
    ['نحن لا نشارك بياناتك مع المعلنين أبدًا. وهذا كل شيء.', 'لا نشارك بياناتك مع المعلنين'],
    ['אנחנו לא חולקים את המידע שלך עם מפרסמים. זה הכול.', 'לא חולקים את המידע שלך'],
    ['เราไม่แบ่งปันข้อมูลของคุณกับผู้ลงโฆษณา', 'ไม่แบ่งปันข้อมูลของคุณ'],
    ['Data 🦜 are deleted 🦜 at once', 'are deleted 🦜 at'],
  ])('is found in any script: %s', (text, quote) => {
    expect(find(text, quote)).toEqual({ kind: 'exact', passages: [quote] });
    const letters = [...quote];
    letters[Math.floor(letters.length / 2)] = 'x';
    expect(find(text, letters.join(''))).toMatchObject({ kind: 'near', distance: 1 });
  });

  it('is found wherever it is taken from, and again after a few letters were changed', () => {
    const words = fc.array(
      fc.constantFrom(
        'we',
        'keep',
        'data',
        'days',
        'after',
        'account',
        'closed',
        'partner',
        'share',
        'policy',
        'never',
      ),
      {
        minLength: 60,
        maxLength: 300,
      },
    );
    fc.assert(
      fc.property(words, fc.nat(), fc.array(fc.nat(), { maxLength: 8 }), (list, from, edits) => {
        const text = list.join(' ');
        const start = from % (text.length - 100);
        const quote = text.slice(start, start + 100);
        const exact = findQuote(indexText(text), quote);
        expect(exact.kind === 'exact' && exact.places.some((place) => place.start === start)).toBe(true);
        const letters = [...quote];
        for (const edit of edits) letters[edit % letters.length] = 'q';
        const near = findQuote(indexText(text), letters.join(''));
        expect(near.kind).not.toBe('none');
        if (near.kind === 'near') expect(near.distance).toBeLessThanOrEqual(edits.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('of several places', () => {
  const text = 'First: we may. Second: we may. Third: we may.';
  const places = [7, 23, 38].map((start) => ({ start, end: start + 6 }));

  it('the surroundings decide, if they can', () => {
    expect(choosePlace(text, places, { prefix: 'Second: ', suffix: '. Third' })).toEqual(places[1]);
    expect(choosePlace(text, places, { prefix: '', suffix: '' })).toBeUndefined();
    expect(choosePlace(text, places, { prefix: 'Fourth: ', suffix: '' })).toBeUndefined();
    expect(choosePlace(text, places.slice(0, 1), { prefix: 'gone', suffix: '' })).toEqual(places[0]);
  });
});
