import { describe, expect, it } from 'vitest';
import type { Block } from '../text/blocks.ts';
import { layoutOf } from './layout.ts';
import { settingOf } from './setting.ts';

/** What stands around a passage of a text. */
function around(text: string, passage: string, blocks?: readonly Block[]) {
  const start = text.indexOf(passage);
  return settingOf(layoutOf(text, blocks), { start, end: start + passage.length });
}

const kinds = (text: string) =>
  layoutOf(text).blocks.map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`);

describe('the blocks of a plain text', () => {
  it.each([
    ['Sharing\n\nWe share nothing.', ['heading: Sharing', 'paragraph: We share nothing.']],
    ['Sharing\nWe share nothing.', ['heading: Sharing', 'paragraph: We share nothing.']],
    [
      'We never:\n\nsell your data\nshare it',
      ['paragraph: We never:', 'item: sell your data', 'item: share it'],
    ],
    [
      'We never:\n• sell your data\n• share it',
      ['paragraph: We never:', 'item: • sell your data', 'item: • share it'],
    ],
    ['Home\nAbout\nContact', ['item: Home', 'item: About', 'item: Contact']],
    ['We do not\nshare your data.', ['paragraph: We do not\nshare your data.']],
    ['The agree-\nment ends.', ['paragraph: The agree-\nment ends.']],
    [
      'Printed 12 March 2026\n\nWe share nothing.',
      ['paragraph: Printed 12 March 2026', 'paragraph: We share nothing.'],
    ],
  ])('%j', (text, expected) => {
    expect(kinds(text)).toEqual(expected);
  });

  it('puts the lines of a set paragraph together', () => {
    const set =
      'We do not share your data with anybody in Germany, France or\nSpain, unless a court of law has ordered us to hand it over to\nthe Police of that country, which has not happened until now.';
    expect(kinds(set)).toEqual([`paragraph: ${set}`]);
  });

  it('gives cells the heads of their row and column', () => {
    const { blocks } = layoutOf('Data\tKept\tSold\nName\tYes\tNo');
    expect(blocks.map(({ heads }) => heads)).toEqual([
      undefined,
      ['Data'],
      ['Data'],
      ['Data'],
      ['Name', 'Kept'],
      ['Name', 'Sold'],
    ]);
  });

  it('takes no row of values for the heads of the others', () => {
    const { blocks } = layoutOf('Encrypted\tYes\nLogs\tNo\nPlace\tYes');
    expect(blocks.map(({ heads }) => heads?.join())).toEqual([
      undefined,
      'Encrypted',
      undefined,
      'Logs',
      undefined,
      'Place',
    ]);
  });
});

describe('what stands around a passage', () => {
  it('is its introduction, outer items included', () => {
    const text = 'We never:\n\nsell:\nyour name\nyour place';
    const at = (part: string, kind: Block['kind'], level?: number): Block => {
      const start = text.indexOf(part);
      return { start, end: start + part.length, kind, ...(level === undefined ? {} : { level }) };
    };
    const blocks = [
      at('We never:', 'paragraph'),
      at('sell:', 'item', 1),
      at('your name', 'item', 2),
      at('your place', 'item', 2),
    ];
    expect(around(text, 'your place', blocks).introductions).toEqual(['sell:', 'We never:']);
    expect(around(text, 'sell:', blocks).introductions).toEqual(['We never:']);
  });

  it('is known in a text of very many lines with colons', () => {
    const text = `We never:\n${'x:\n'.repeat(150_000)}sell your data`;
    expect(around(text, 'sell your data').introductions.length).toBeGreaterThan(0);
  });

  it('is known in a table of very many rows', () => {
    const { blocks } = layoutOf(`Data\tSold\n${'a\tb\n'.repeat(60_000)}Name\tNo`);
    expect(blocks.length).toBeLessThan(70_000);
    expect(blocks.at(-1)?.heads).toEqual(['Data\tSold']);
  });

  it('is the headings that it stands under, by their levels', () => {
    const text = 'Policy\n\nMail\n\nOld.\n\nChat\n\nLogs\n\nNone.';
    const levels = { Policy: 1, Mail: 2, Chat: 2, Logs: 3 };
    const blocks = [...text.matchAll(/\S+/g)].map(({ 0: word, index }): Block => {
      const level = Object.entries(levels).find(([own]) => own === word)?.[1];
      const range = { start: index, end: index + word.length };
      return level === undefined ? { ...range, kind: 'paragraph' } : { ...range, kind: 'heading', level };
    });
    expect(around(text, 'None.', blocks).headings).toEqual(['Logs', 'Chat', 'Policy']);
  });

  it('is the sentence before and after, in its block or in the paragraph next to it', () => {
    expect(around('One. Two. Three.', 'Two.')).toMatchObject({ before: 'One.', after: 'Three.' });
    expect(around('One.\n\nTwo.\n\nThree. Four.', 'Two.')).toMatchObject({ before: 'One.', after: 'Three.' });
    expect(around('- One.\n- Two.\n- Three.', 'Two.')).toMatchObject({ before: '', after: '' });
  });

  it('is the question that it answers', () => {
    expect(around('Do you sell my data?\n\nNo, never.', 'No, never.').introductions).toEqual([
      'Do you sell my data?',
    ]);
    expect(around('Do you sell my data?\n\nWe have a policy.', 'We have').introductions).toEqual([]);
  });

  it('is the keys that lead to a value of JSON', () => {
    const text = '{"logs": {"kept": "30 days", "list": ["a", "b c"]}}';
    expect(around(text, '30 days')).toMatchObject({ sentence: '"30 days"', heads: ['"logs"', '"kept"'] });
    expect(around(text, 'b c')).toMatchObject({ sentence: '"b c"', heads: ['"logs"', '"list"'] });
    expect(around(text, '"kept": "30 days"')).toMatchObject({ heads: ['"logs"'] });
  });

  it('is what says that the text holds no longer', () => {
    const text = 'This policy was superseded.\n\nPolicy\n\nRead it.\n\nWe sell nothing.';
    expect(around(text, 'We sell nothing.').validity).toEqual(['This policy was superseded.']);
  });

  it('leaves the numbers and marks of items aside', () => {
    expect(around('3. We sell nothing\n4. We keep nothing', 'keep').sentence).toBe('We keep nothing');
    expect(around('• We sell nothing', 'sell').sentence).toBe('We sell nothing');
    expect(around('+ We sell nothing', 'sell').sentence).toBe('+ We sell nothing');
  });
});
