import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../archive/hash.ts';
import { fragmentLink } from '../exchange/annotation.ts';
import { toCodePoints, toUnits } from './code-points.ts';
import { quoteHolds, quotePassage, weaknesses } from './quote.ts';

const captured = (text: string, hidden = '') => ({
  source: 'own',
  hash: sha256(text),
  text,
  hidden,
  pages: undefined,
});
const cutOff = { time: '2026-05-01T00:00:00.000Z', cutOff: '2026-05-31' };

describe('marking a passage', () => {
  it('counts in code points, and keeps 64 of them before and after', () => {
    const text = `${'🦜'.repeat(100)} We never sell data. ${'é'.repeat(100)}`;
    const found = quotePassage(captured(text), 'We never sell data.');
    expect(found).toMatchObject({
      kind: 'found',
      typographic: false,
      passage: { start: 101, end: 120, exact: 'We never sell data.', text: sha256(text) },
    });
    const { prefix = '', suffix = '' } = found.kind === 'found' ? found.passage : {};
    expect([...prefix]).toHaveLength(64);
    expect([...suffix]).toHaveLength(64);
    expect(prefix.isWellFormed() && suffix.isWellFormed()).toBe(true);
  });

  it('asks where it stands more than once', () => {
    expect(quotePassage(captured('We may. We may.'), 'We may')).toMatchObject({
      kind: 'ambiguous',
      passages: [{ start: 0 }, { start: 8 }],
    });
  });

  it('says when it stands only in what the page does not show', () => {
    expect(quotePassage(captured('Shown.', 'We sell data.'), 'We sell data')).toMatchObject({
      kind: 'hidden',
      passage: { hidden: true, start: 0, end: 12 },
    });
  });

  it('gives what is nearest where it does not stand there, and never takes it', () => {
    expect(quotePassage(captured('We share your data.'), 'We do not share your data.')).toMatchObject({
      kind: 'absent',
      nearest: { exact: expect.stringContaining('share your data') },
    });
    expect(quotePassage(captured('We share your data.'), 'Nothing alike')).toEqual({
      kind: 'absent',
      nearest: undefined,
    });
  });

  it('knows the page of a PDF', () => {
    const text = 'One.\n\nTwo is here.\n\nThree.';
    const found = quotePassage(
      {
        ...captured(text),
        pages: [
          [0, 4],
          [6, 18],
          [20, 26],
        ],
      },
      'Two is here',
    );
    expect(found).toMatchObject({ passage: { page: 2 } });
  });

  it('holds exactly where it says, and nowhere else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.nat(), fc.nat(), (text, from, length) => {
        const points = [...text];
        const start = from % points.length;
        const end = Math.min(points.length, start + 1 + (length % 20));
        const exact = points.slice(start, end).join('');
        expect(quoteHolds({ start, end, exact }, text)).toBe(true);
        expect(quoteHolds({ start, end, exact: `${exact}x` }, text)).toBe(false);
        expect(toUnits(text)(toCodePoints(text)(points.slice(0, start).join('').length))).toBe(
          points.slice(0, start).join('').length,
        );
      }),
    );
  });
});

describe('a quote is weak', () => {
  const weak = (text: string, quote: string, when = cutOff) => {
    const found = quotePassage(captured(text), quote);
    const passage =
      found.kind === 'found' ? found.passage : found.kind === 'ambiguous' ? found.passages[0] : undefined;
    if (!passage) throw new Error(found.kind);
    return weaknesses(passage, text, when);
  };

  it('if it stands there twice, is very short, boilerplate, or later than the edition', () => {
    expect(weak('We never sell your data to anyone.', 'We never sell your data')).toEqual([]);
    expect(weak('We may end this. We may end this.', 'We may end this')).toEqual([
      'the text holds it 2 times',
    ]);
    const hidden = 'Menu\n\n[struck out]\nWe do not share your data.\n\nWe do not keep it either.';
    const at = (exact: string) => ({
      start: hidden.indexOf(exact),
      end: hidden.indexOf(exact) + exact.length,
    });
    for (const [exact, why] of [
      ['We do not share your data.', 'the page strikes out words of it'],
      ['We do not keep it either.', 'it stands only in text that the page does not show'],
    ] as const)
      expect(
        weaknesses(
          { source: 'own', text: 'x', ...at(exact), exact, prefix: '', suffix: '', hidden: true },
          hidden,
          { time: '2026-01-01T00:00:00.000Z', cutOff: undefined },
        ),
      ).toEqual([why]);
    expect(weak('Never.', 'Never.')).toEqual(['it has only 6 characters']);
    expect(weak('© 2026 All rights reserved.', '© 2026 All rights reserved.')).toEqual([
      'it is of a kind that stands on every page',
    ]);
    expect(
      weak('We never sell your data.', 'We never sell your data', {
        ...cutOff,
        time: '2026-06-01T00:00:00.000Z',
      }),
    ).toEqual(['it was captured on 2026-06-01, after the cut-off date 2026-05-31']);
  });
});

describe('a link to a passage', () => {
  const quote = {
    id: 'a',
    source: 'own',
    text: 'x',
    start: 0,
    end: 1,
    exact: 'a-b, c & d',
    prefix: '',
    suffix: '',
  };
  const source = {
    id: 'own',
    type: 'webpage',
    title: 'T',
    URL: 'https://example.org/p#top',
    custom: { kind: 'policy' as const },
  };

  it('escapes what has a meaning there, and names long passages by their ends', () => {
    expect(fragmentLink(quote, source)).toBe('https://example.org/p#:~:text=a%2Db%2C%20c%20%26%20d');
    const words = Array.from({ length: 60 }, (_, index) => `w${index}`);
    expect(fragmentLink({ ...quote, exact: words.join(' ') }, source)).toBe(
      'https://example.org/p#:~:text=w0%20w1%20w2%20w3%20w4,w55%20w56%20w57%20w58%20w59',
    );
    expect(fragmentLink({ ...quote, hidden: true }, source)).toBeUndefined();
    expect(fragmentLink(quote, { ...source, URL: undefined as never })).toBeUndefined();
  });
});
